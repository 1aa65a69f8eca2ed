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
	grep -q 'make check' ../commands || atf_fail 'no commands'
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
	for page in "$top_srcdir"/man/pamport_session.3 \
	    "$top_srcdir"/man/pamport_record.3; do
		sed 's/\\e/\\/g' "$page" | awk -v name="${page##*/}" '
		    /^\.Bd -literal/ { inside = 1; n++; next }
		    /^\.Ed/ { inside = 0 }
		    inside { print >(name "-" n ".c") }'
	done
	grep -l '^#include' pamport_*.c >programs
	[ "$(wc -l <programs)" -eq 3 ] || atf_fail 'not the three programs'
	while read -r file; do
		compile "$overlay" "$file"
		link "${file%.c}" "${file%.c}.o"
	done <programs
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
	atf_add_test_case guide__commands_run
	atf_add_test_case pages__programs_compile
	atf_add_test_case page__session_is_true
	atf_add_test_case reap__units_are_valid
	atf_add_test_case reap__rc_script_reaps
}
