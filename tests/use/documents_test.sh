#!/usr/bin/env atf-sh
# shellcheck shell=sh
# SPDX-License-Identifier: BSD-2-Clause
#
# What the documents give to be copied: the sources and commands of
# docs/porting.md, the programs of the manual pages of section 3, the session of
# pamport(1), and the files of examples/reap.

top_srcdir='@abs_top_srcdir@'
top_builddir='@abs_top_builddir@'
pam_cppflags='@PAM_CPPFLAGS@'
implementation='@PAM_IMPLEMENTATION@'
CC='@CC@'
overlay="-isystem $top_srcdir/include/overlay -I$top_srcdir/include"

# A program would have to be built with them too.
need_plain_library() {
	! @NM@ "$top_builddir"/.libs/libcore.a 2>/dev/null |
	    grep -q ' U __[a-z]*san_' ||
		atf_skip 'the library is built with sanitizers'
}

# compile FLAGS FILE...: objects beside them, without a warning.
compile() {
	flags=$1
	shift
	# shellcheck disable=SC2086 # words
	"$CC" -Wall -Wextra -Werror $flags $pam_cppflags -c "$@" 2>errors ||
		atf_fail "$(cat errors)"
}

# link PROGRAM OBJECT...: with the library of the build tree.
link() {
	program=$1
	shift
	"$top_builddir"/libtool --quiet --tag=CC --mode=link "$CC" -no-install \
	    -o "$program" "$@" "$top_builddir"/libpamport.la >log 2>&1 ||
		atf_fail "$(cat log)"
}

# The files that the guide names behind ```.
read_guide() {
	awk '/^```/ { if (out) close(out); out = NF > 1 ? $2 : ""; next }
	    out { print >out }' "$top_srcdir/docs/porting.md"
	for file in cron-before.c cron-after.c yours.c yours.h; do
		[ -s $file ] || atf_fail "no $file in docs/porting.md"
	done
}

# What rule 23 reads is below the prefix, which is not this test's to write to.
need_own_configuration() {
	[ "$implementation" != solaris ] ||
		atf_skip 'a service has to stand where rule 23 looks for it'
}

# service DIRECTORY NAME MODULE: for each way in which a libpam may read it.
service() {
	mkdir -p "$1/pam.d"
	for kind in account auth password session; do
		echo "$kind required $3" >>"$1/pam.d/$2"
		echo "$2 $kind required $3" >>"$1/pam.conf"
	done
}

atf_test_case guide__sources_compile
guide__sources_compile_head() { :; }
guide__sources_compile_body() {
	need_plain_library
	read_guide
	for file in *-after.c yours.c; do
		compile "$overlay" "$file"
	done
	# As they are, before anything is changed; and on Linux as they were.
	for file in *-before.c; do
		compile "$overlay" "$file"
		[ -n "$pam_cppflags" ] || compile '' "$file"
	done
}

atf_test_case guide__job_runs
guide__job_runs_head() { atf_set require.user root; }
guide__job_runs_body() {
	need_plain_library
	[ -n "$pam_cppflags" ] ||
		atf_skip "the system's libpam reads /etc, which is not ours"
	need_own_configuration
	read_guide
	service etc crond pamsim_module.so
	export PAMSIM_CONF_DIR="$PWD/etc"
	for way in before after; do
		compile "$overlay" cron-$way.c yours.c
		link crond-$way cron-$way.o yours.o
		atf_check -o inline:'the job runs, with 0 variables\n' \
		    ./crond-$way nobody
	done
}

# own_start SERVICE [ARGUMENT...]: sources that are compiled with $own start
# sessions with the recorder module, and have no groups while NO_GROUPS is set.
own_start() {
	name=$1
	shift
	module=$top_builddir/.libs/recorder_module.so
	[ -f "$module" ] || atf_skip 'the module is not built'
	need_own_configuration
	rm -rf etc
	service etc "$name" "$module log=$PWD/calls $*"
	export PAMSIM_CONF_DIR="$PWD/etc" PAMPORT_RECORDS="$PWD/records"
	own_confdir=NULL
	if [ -z "$pam_cppflags" ]; then
		grep -q '^#define HAVE_PAM_START_CONFDIR 1' \
		    "$top_builddir/config.h" ||
			atf_skip 'this libpam reads /etc alone'
		own_confdir="\"$PWD/etc/pam.d\""
	fi
	cat >own.h <<-END
	#include <sys/types.h>
	#include <errno.h>
	#include <grp.h>
	#include <pwd.h>
	#include <stdlib.h>
	#include <unistd.h>
	#include <pamport/session.h>

	static inline int
	own_start(const char *service, const char *user,
	    const struct pam_conv *conv, pamport_session **session)
	{
		return pamport_session_start(service, user, conv, $own_confdir,
		    session);
	}

	/* Modules look users up, too. */
	static inline int
	own_open(pamport_session *session)
	{
		int result = pamport_session_open(session);

		return getpwnam("root") == NULL ? PAM_ABORT : result;
	}

	/* No test waits for as long as a user may. */
	static inline unsigned int
	own_alarm(unsigned int seconds)
	{
		return alarm(seconds > 0);
	}

	static inline int
	own_groups(const char *user, gid_t group)
	{
		errno = EPERM;
		return getenv("NO_GROUPS") != NULL ? -1 :
		    initgroups(user, group);
	}
	#define pamport_session_start(service, user, conv, confdir, session) \\
		own_start(service, user, conv, session)
	#define pamport_session_open own_open
	#define alarm own_alarm
	#define initgroups own_groups
	END
	own="-D_DEFAULT_SOURCE -include own.h -Wno-unused-function"
}

# told PROGRAM PATTERN COMMAND...: it fails, or not, and says this on standard
# error in one line; no pattern: nothing.  There is never an empty sentence.
told() {
	program=$1
	pattern=$2
	shift 2
	"$@" >output 2>said || :
	! grep -n "^$program: *\$" said || atf_fail "$*: an empty sentence"
	if [ -z "$pattern" ]; then
		[ ! -s said ] || atf_fail "$*: $(cat said)"
		return
	fi
	atf_check -o inline:'1\n' wc -l <said
	atf_check -o match:"^$program: $pattern" cat said
}

atf_test_case guide__failures_are_told
guide__failures_are_told_head() { atf_set require.user root; }
guide__failures_are_told_body() {
	need_plain_library
	read_guide
	own_start crond
	compile "$overlay $own" cron-after.c
	sed 's/the job runs/the job of %ld runs/
	    s/\\n", n)/\\n", (long)getuid(), n)/' yours.c >own.c
	compile "$overlay" own.c
	link crond cron-after.o own.o
	told crond '' ./crond nobody
	atf_check -o match:"^the job of $(id -u nobody) runs" cat output
	told crond 'Operation not permitted' env NO_GROUPS=1 ./crond nobody
	own_start crond open_session=9
	told crond 'cannot open the session' ./crond nobody
	own_start crond close_session=9
	told crond 'cannot close the session' ./crond nobody
	own_start crond acct_mgmt=9
	told crond 'cannot use this account' ./crond nobody
}

# The daemon that the guide makes of sshd-before.c.
make_daemon() {
	own_start exampled user=nobody
	echo 'void monitor(const char *); int run_job(const void *);
	    int run_job(const void *user) { (void)user; monitor("there");
	    return 0; }' >daemon.c
	compile "$overlay $own" sshd-after.c
	sed 's/crond: /exampled: /' yours.c >own.c
	compile "$overlay" own.c
	compile '' daemon.c
	link exampled sshd-after.o own.o daemon.o
}

atf_test_case guide__daemon_tells_warnings
guide__daemon_tells_warnings_head() { atf_set require.user root; }
guide__daemon_tells_warnings_body() {
	need_plain_library
	read_guide
	make_daemon
	told exampled '' ./exampled
	atf_check -o match:'^the job runs' cat output
	told exampled 'Operation not permitted' env NO_GROUPS=1 ./exampled
	: >file
	told exampled 'cannot write the record.*/file: ' \
	    env PAMPORT_RECORDS="$PWD/file" ./exampled
	atf_check -o match:'^the job runs' cat output
	own_start exampled user=nobody close_session=9
	told exampled 'cannot close the session' ./exampled
	own_start exampled user=no-such-user
	told exampled 'that user has no account' ./exampled
	own_start exampled authenticate=9
	told exampled 'cannot authenticate' ./exampled
}

# The client says nothing, in a conversation of the daemon's own.
atf_test_case guide__grace_time_ends
guide__grace_time_ends_head() { atf_set require.user root; }
guide__grace_time_ends_body() {
	need_plain_library
	read_guide
	make_daemon
	cat >silent.c <<-END
	#include <security/pam_appl.h>
	#include <unistd.h>
	static int silent(int n, const struct pam_message **messages,
	    struct pam_response **answers, void *data) {
		char byte;
		(void)n, (void)messages, (void)answers, (void)data;
		return read(0, &byte, 1) == -1 ? PAM_CONV_ERR : PAM_ABORT; }
	const struct pam_conv converse = { silent, NULL };
	END
	compile "$overlay" silent.c
	sed '/^const struct pam_conv converse/d' own.c >own-rest.c
	compile "$overlay" own-rest.c
	link exampled sshd-after.o silent.o own-rest.o daemon.o
	own_start exampled user=nobody password=secret
	# Nobody ever writes into it.
	mkfifo nothing
	told exampled 'cannot authenticate.*PAM_CONV_ERR' \
	    ./exampled <>nothing
}

# Each conversation of the guide is asked for a password by a module, on a terminal.
atf_test_case guide__conversations_answer
guide__conversations_answer_head() { atf_set require.user root; }
guide__conversations_answer_body() {
	need_plain_library
	read_guide
	own_start asked password=secret
	cat >asked.c <<-END
	#include <stdio.h>
	#include <pamport/session.h>
	#include "yours.h"
	void tell(const char *message) { puts(message); }
	int main(void) {
		pamport_session *session;
		int result = pamport_session_start("asked", "nobody",
		    &converse, NULL, &session);
		if (result == PAM_SUCCESS)
			result = pamport_session_authenticate(session, 0);
		puts(result == PAM_SUCCESS ? "is let in" :
		    pamport_session_error(session)->message);
		pamport_session_free(session);
		return 0; }
	END
	compile "$overlay $own" asked.c
	printf 'expect assword:\nsend secret\nexpect is let in\n' >typed
	printf 'expect is let in\n' >untyped
	for name in macros-before macros-after terminal-before ttyconv-after \
	    misc-after; do
		compile "$overlay" $name.c
		link asked-$name asked.o $name.o
		script=typed
		[ "${name%-*}" != macros ] || script=untyped
		"$top_builddir/tests/expect" $script ./asked-$name >shown ||
			atf_fail "$name: $(tr '\n' ' ' <shown)"
	done
}

# With a configure and a make that only say how they are called.
atf_test_case personalities__jobs_are_the_callers
personalities__jobs_are_the_callers_head() { :; }
personalities__jobs_are_the_callers_body() {
	mkdir -p sources/packaging bin project
	cp "$top_srcdir/packaging/personalities.sh" sources/packaging
	printf '#!/bin/sh\n' >sources/configure
	printf '#!/bin/sh\necho "make $*"\nexit 1\n' >bin/make
	chmod +x sources/configure bin/make
	export PATH="$PWD/bin:$PATH"
	script=$PWD/sources/packaging/personalities.sh
	cd project || atf_fail 'no directory'
	atf_check -s exit:1 -o ignore -e match:'^make -j 7$' \
	    env MAKEFLAGS='-j3' sh "$script" -j 7 ../where true
	for flags in -j3 'k -j3 --jobserver-auth=3,4'; do
		atf_check -s exit:1 -o ignore -e match:'^make -j 3$' \
		    env MAKEFLAGS="$flags" sh "$script" ../where true
	done
	atf_check -s exit:1 -o ignore -e match:'^make -j [0-9]+$' \
	    env MAKEFLAGS=k sh "$script" ../where true
	for arguments in '' ../where '-j x ../where true' '../where true more'; do
		# shellcheck disable=SC2086 # words
		atf_check -s exit:2 -e match:'^usage: ' sh "$script" $arguments
	done
}

# A checkout may be updated; a cache of what was built is of what it was.
atf_test_case personalities__are_built_again_for_new_sources
personalities__are_built_again_for_new_sources_head() { :; }
personalities__are_built_again_for_new_sources_body() {
	mkdir -p sources/packaging sources/lib bin project where/tools/bin
	cp "$top_srcdir/packaging/personalities.sh" sources/packaging
	printf '#!/bin/sh\n' >sources/configure
	: >sources/lib/start.c
	printf '#!/bin/sh\n' >bin/make
	printf '#!/bin/sh\nshift 4\nexec "$@"\n' >where/tools/bin/pamport
	chmod +x sources/configure bin/make where/tools/bin/pamport
	touch -t 200001010000 sources/configure sources/lib/start.c
	export PATH="$PWD/bin:$PATH" PERSONALITIES=apple
	script=$PWD/sources/packaging/personalities.sh
	cd project || atf_fail 'no directory'
	atf_check -o match:'^==> building' sh "$script" ../where true
	atf_check -o not-match:'^==> building' sh "$script" ../where true
	touch -t 203501010000 ../sources/lib/start.c
	atf_check -o match:'^==> building' sh "$script" ../where true
	touch -t 200001010000 ../sources/lib/start.c
	# One that did not end is none.
	printf '#!/bin/sh\nexit 1\n' >../bin/make
	touch -t 203501010000 ../sources/configure
	atf_check -s exit:1 -o ignore sh "$script" ../where true
	touch -t 200001010000 ../sources/configure
	atf_check -s exit:1 -o match:'^==> building' sh "$script" ../where true
}

# All of section 7, which builds six times.
atf_test_case guide__commands_run cleanup
guide__commands_run_head() {
	atf_set require.user root
	atf_set timeout 1800
}
guide__commands_run_body() {
	[ "${PAMPORT_TEST_DEEP-0}" = 1 ] ||
		atf_skip 'builds pamport six times: for PAMPORT_TEST_DEEP=1'
	[ -z "$pam_cppflags" ] || atf_skip "not the machine's own libpam"
	[ "$top_srcdir" != "$top_builddir" ] ||
		atf_skip 'the source tree is configured itself'
	need_plain_library
	unset MAKEFLAGS MAKELEVEL MFLAGS CFLAGS LDFLAGS
	mkdir job
	cd job || atf_fail 'no directory'
	read_guide
	awk '/^```/ { inside = $0 == "```sh"; next } inside' \
	    "$top_srcdir/docs/porting.md" >../commands
	grep -q 'sim run solaris -- make' ../commands || atf_fail 'no commands'
	# OpenPAM loads nothing below /tmp, where this runs.
	mkdir "$top_builddir/documents-home"
	env HOME="$top_builddir/documents-home" PAMPORT="$top_srcdir" sh -ex ../commands \
	    >../got 2>../errors || atf_fail "$(tail -40 ../got ../errors)"
	atf_check -o inline:'7\n' grep -c '^the job runs' ../got
	atf_check -o match:'^pamport .* pam_open_session ' cat ../errors
}
guide__commands_run_cleanup() {
	rm -rf "$top_builddir/documents-home"
}

# Every program of a page: from .Bd -literal to .Ed, with an #include.
atf_test_case pages__programs_compile
pages__programs_compile_head() { :; }
pages__programs_compile_body() {
	need_plain_library
	programs_of pamport_session.3
	programs_of pamport_record.3
	grep -l '^#include' pamport_*.c >programs
	[ "$(wc -l <programs)" -eq 3 ] || atf_fail 'not the three programs'
	while read -r file; do
		compile "$overlay" "$file"
		link "${file%.c}" "${file%.c}.o"
	done <programs
}

# programs_of PAGE: each as PAGE-N.c.
programs_of() {
	sed 's/\\e/\\/g' "$top_srcdir/man/$1" | awk -v name="$1" '
	    /^\.Bd -literal/ { inside = 1; n++; next }
	    /^\.Ed/ { inside = 0 }
	    inside { print >(name "-" n ".c") }'
}

# What fails is told, in the page's own checks too.
atf_test_case pages__programs_tell_failures
pages__programs_tell_failures_head() { atf_set require.user root; }
pages__programs_tell_failures_body() {
	need_plain_library
	for page in pamport_session.3 pamport_record.3; do
		programs_of $page
		file=$(grep -l 'exampled' $page-*.c)
		own_start exampled user=nobody
		compile "-I$top_srcdir/include $own" "$file"
		link exampled "${file%.c}.o"
		# Its shell ends at once, and knows nothing of root's.
		told exampled '' ./exampled nobody </dev/null
		echo env >typed
		told exampled '' env OF_ROOT=secret ./exampled nobody <typed
		atf_check -o not-match:OF_ROOT -o match:'^PATH=' cat output
		told exampled 'Operation not permitted' \
		    env NO_GROUPS=1 ./exampled nobody
		own_start exampled user=no-such-user
		told exampled 'that user has no account here' \
		    ./exampled no-such-user
		own_start exampled user=nobody open_session=9
		told exampled 'cannot open the session' ./exampled nobody
		own_start exampled user=nobody close_session=9
		told exampled 'cannot close the session' ./exampled nobody \
		    </dev/null
	done
}

# The command of the page on PATH, with a service of its own.
own_pamport() {
	need_own_configuration
	if [ -n "$pam_cppflags" ]; then
		service etc pamport pamsim_module.so
		export PAMSIM_CONF_DIR="$PWD/etc"
		confdir=
	else
		service etc pamport pam_permit.so
		grep -q '^#define HAVE_PAM_START_CONFDIR 1' \
		    "$top_builddir/config.h" ||
			atf_skip 'this libpam reads /etc alone'
		confdir="--confdir $PWD/etc/pam.d"
	fi
	mkdir bin
	cat >bin/pamport <<-END
	#!/bin/sh
	case \$2 in
	run | open)
		action=\$2
		shift 2
		exec $top_builddir/pamport session \$action $confdir "\$@" ;;
	esac
	exec $top_builddir/pamport "\$@"
	END
	chmod +x bin/pamport
	export PATH="$PWD/bin:$PATH" PAMPORT_RECORDS="$PWD/records"
}

atf_test_case page__session_is_true
page__session_is_true_head() {
	atf_set require.user root
	atf_set require.progs jq
}
page__session_is_true_body() {
	need_plain_library
	own_pamport
	sed -n '/BEGIN SESSION/,/END SESSION/p' "$top_srcdir/man/pamport.1" |
	    sed -n '/^\.Bd/,/^\.Ed/p' | grep -v '^\.' >page
	sed -n 's/^# //p' page >commands
	grep -v '^# ' page >expected
	grep -q 'session reap' commands || atf_fail 'no commands in the page'
	sh -e commands >got 2>errors || atf_fail "$(cat errors)"
	diff expected got >difference || atf_fail "$(cat difference)"
}

atf_test_case reap__units_are_valid
reap__units_are_valid_head() { :; }
reap__units_are_valid_body() {
	command -v systemd-analyze >/dev/null ||
		atf_skip 'no systemd-analyze on PATH'
	for unit in pamport-reap.service pamport-reap.timer; do
		grep -v '^Documentation=' "$top_srcdir/examples/reap/$unit" |
		    sed 's|/usr/bin/pamport|/bin/true|' >$unit
		grep -q '^\[Unit\]' $unit || atf_fail "$unit is empty"
	done
	atf_check systemd-analyze verify --man=no --recursive-errors=no \
	    "$PWD/pamport-reap.service" "$PWD/pamport-reap.timer"
}

# With an rc.subr that does what those of FreeBSD and NetBSD do of it.
atf_test_case reap__rc_script_reaps
reap__rc_script_reaps_head() { :; }
reap__rc_script_reaps_body() {
	cat >rc.subr <<-'END'
	load_rc_config() { pamport_reap_program=$PWD/called; }
	run_rc_command() { echo "$rcvar"; eval "\$${1}_cmd"; }
	END
	mkdir bin
	cat >called <<-'END'
	#!/bin/sh
	echo called: "$@"
	END
	cat >bin/uname <<-'END'
	#!/bin/sh
	echo "$SYSTEM"
	END
	chmod +x called bin/uname
	sed "s|/etc/rc.subr|$PWD/rc.subr|" \
	    "$top_srcdir/examples/reap/rc.d/pamport_reap" >script
	export PATH="$PWD/bin:$PATH"
	atf_check -o inline:'pamport_reap_enable\ncalled: session reap\n' \
	    env SYSTEM=FreeBSD sh script start
	atf_check -o inline:'pamport_reap\ncalled: session reap\n' \
	    env SYSTEM=NetBSD sh script start
	atf_check -o inline:'pamport_reap\n' env SYSTEM=NetBSD sh script stop
}

atf_init_test_cases() {
	atf_add_test_case guide__sources_compile
	atf_add_test_case guide__job_runs
	atf_add_test_case guide__failures_are_told
	atf_add_test_case guide__daemon_tells_warnings
	atf_add_test_case guide__grace_time_ends
	atf_add_test_case guide__conversations_answer
	atf_add_test_case personalities__jobs_are_the_callers
	atf_add_test_case personalities__are_built_again_for_new_sources
	atf_add_test_case guide__commands_run
	atf_add_test_case pages__programs_compile
	atf_add_test_case pages__programs_tell_failures
	atf_add_test_case page__session_is_true
	atf_add_test_case reap__units_are_valid
	atf_add_test_case reap__rc_script_reaps
}
