# shellcheck shell=sh disable=SC2034,SC2154
# SPDX-License-Identifier: BSD-2-Clause
#
# What the tests of pamport session share: a service with recorder_module.so,
# which writes down how it is called, and records of their own.

pamport=$top_builddir/pamport
module=$top_builddir/.libs/recorder_module.so

# as_root NAME: most of it can be done by root alone.
as_root() {
	eval "${1}_head() { atf_set require.user root; }"
}

# There pamport itself reads pam.conf, to see that each facility has a line: the
# lines in the one of the tests say that much, and stay.
satisfy_rule_23() {
	conf=$(sed -n 's/^#define TEST_PAM_CONF "\(.*\)"/\1/p' \
	    "$top_builddir/config.h")
	[ -f "$conf" ] || atf_skip 'this needs --with-pam-conf'
	! grep -q '^pamport-session ' "$conf" || return 0
	for facility in auth account session password; do
		echo "pamport-session $facility required $module"
	done >>"$conf"
}

# Where this libpam can be told to read services of the test alone.
find_configuration() {
	prefix=${pam_cppflags#-isystem }
	prefix=${prefix%/include}
	if [ -f "$prefix/lib/security/pamsim_module.so" ]; then
		PAMSIM_CONF_DIR=$PWD/etc
		export PAMSIM_CONF_DIR
		confdir=
		[ "$pam_implementation" != solaris ] || satisfy_rule_23
	elif grep -q '^#define HAVE_PAM_START_CONFDIR' \
	    "$top_builddir/config.h"; then
		confdir=$PWD/etc/pam.d
	else
		atf_skip 'this libpam reads no directory of a test'
	fi
}

# place [ARGUMENT...]: the service "pamport-session" is the module, with these.
place() {
	mkdir -p etc/pam.d
	: >etc/pam.conf
	for facility in auth account session password; do
		line="$facility required $module log=$PWD/log $*"
		echo "$line" >>service
		echo "pamport-session $line" >>etc/pam.conf
	done
	mv service etc/pam.d/pamport-session
	cp etc/pam.d/pamport-session etc/pam.d/other
}

# begin [ARGUMENT...]: a service, no record, and a user who is not root.
begin() {
	[ -f "$module" ] || atf_skip 'the module is not built'
	find_configuration
	place "$@"
	user=$(awk -F: '$3 != 0 && $6 != "/" { print $1, $6 }' /etc/passwd |
	    while read -r name home; do
		[ -d "$home" ] && echo "$name" && break
	done)
	[ -n "$user" ] || atf_skip 'no unprivileged user with a home here'
	PAMPORT_RECORDS=$PWD/records
	export PAMPORT_RECORDS
	mkfifo gate
	make_session
	# Its session modules fail without a terminal (rule 35).
	invented=
	[ "$pam_implementation" != solaris ] || invented='pamport-session'
}

# ./session ACTION [ARGUMENT...]: "pamport session" with this configuration.
make_session() {
	cat >session <<-END
		#!/bin/sh
		action=\$1
		shift
		case \$action in
		run | open)
			set -- --service pamport-session \
			    ${confdir:+--confdir "$confdir"} "\$@"
			;;
		esac
		exec "$pamport" session "\$action" "\$@"
	END
	chmod +x session
}

# A process to be there for, until it is killed with end_leader.
begin_leader() {
	sleep 600 &
	leader=$!
}

end_leader() {
	kill -9 "$leader"
	wait "$leader" 2>ignored || :
}

# open_for LEADER [ARGUMENT...]: the id is $id.
open_for() {
	id=$(./session open --leader "$@" "$user") || atf_fail 'open'
	[ -f "records/$id.open" ] || atf_fail "no record of $id"
}

# The calls that were made since the last time, on one line.
calls() {
	cut -d ' ' -f 1 log | grep -v cleanup | tr '\n' ' '
	: >log
}

# check_calls CALL...
check_calls() {
	atf_check_equal "$*" "$(calls | sed 's/ $//')"
}

# No record is left; what was set aside does not count.
check_no_record() {
	find records -name '*.open*' -o -name '*.closing' >left
	[ ! -s left ] || fail_with left
}

# fail_with FILE: what is in it goes to the report.
fail_with() {
	cat "$1" >&2
	atf_fail "see the $1 above"
}
