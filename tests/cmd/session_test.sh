#!/usr/bin/env atf-sh
# shellcheck shell=sh
# SPDX-License-Identifier: BSD-2-Clause
#
# pamport session on the libpam of this build tree.  recorder_module.so writes
# down how it is called; tests/lib/record_test and reap_test have what a shell
# cannot provoke.

top_builddir='@abs_top_builddir@'
top_srcdir='@abs_top_srcdir@'
cc='@CC@'
pam_cppflags='@PAM_CPPFLAGS@'
pam_implementation='@PAM_IMPLEMENTATION@'
pamport=$top_builddir/pamport
module=$top_builddir/.libs/recorder_module.so

# --- What every case needs ------------------------------------------------------

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
	[ "$pam_implementation" = solaris ] && invented=pamport-session || invented=
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

# --- run -------------------------------------------------------------------------

atf_test_case run__is_the_user
as_root run__is_the_user
run__is_the_user_body() {
	begin env=FROM_MODULE=yes
	for what in -u -ru -g -rg -G; do
		atf_check_equal "$(id "$what" "$user")" \
		    "$(./session run "$user" -- id "$what")"
	done
	: >log
	MINE=no TERM=dumb ./session run "$user" -- env >seen ||
		atf_fail 'status'
	for line in "USER=$user" "LOGNAME=$user" FROM_MODULE=yes TERM=dumb; do
		grep -q "^$line\$" seen || fail_with seen
	done
	! grep -q '^MINE=\|^PAMPORT_\|^PAMSIM_' seen || fail_with seen
	check_calls acct_mgmt establish open_session close_session delete
	check_no_record
}

atf_test_case run__status_is_the_commands
as_root run__status_is_the_commands
run__status_is_the_commands_body() {
	begin
	atf_check ./session run "$user" -- true
	atf_check -s exit:42 ./session run "$user" -- sh -c 'exit 42'
	atf_check -s exit:143 ./session run "$user" -- sh -c 'kill -TERM $$'
	atf_check -s exit:137 ./session run "$user" -- sh -c 'kill -KILL $$'
	atf_check -s exit:127 -e match:'/nothing.*No such file' \
	    ./session run "$user" -- /nothing
	atf_check -s exit:126 -e match:'/etc/passwd' \
	    ./session run "$user" -- /etc/passwd
	atf_check_equal 6 "$(grep -c ^close_session log)"
	check_no_record
}

atf_test_case run__without_a_session_is_125
as_root run__without_a_session_is_125
run__without_a_session_is_125_body() {
	begin acct_mgmt=9
	: >log
	atf_check -s exit:125 -e match:'^pamport session: ' \
	    ./session run "$user" -- touch "$PWD/ran"
	check_calls acct_mgmt
	atf_check -o inline:'ran\n' ./session run --trust "$user" -- echo ran
	check_calls establish open_session close_session delete
	atf_check -s exit:125 -e match:'no such user' \
	    ./session run --trust no-such-user -- true
	place open_session=9
	: >log
	atf_check -s exit:125 -e match:'^pamport session: ' \
	    ./session run "$user" -- touch "$PWD/ran"
	check_calls acct_mgmt establish open_session delete
	[ ! -f ran ] || atf_fail 'it ran'
	check_no_record
}

atf_test_case run__no_shell_sees_the_arguments
as_root run__no_shell_sees_the_arguments
run__no_shell_sees_the_arguments_body() {
	begin
	# shellcheck disable=SC2016
	atf_check -o inline:'<a  b>\n<-x>\n<--trust>\n<$(id)>\n<;>\n<--help>\n<>\n' \
	    ./session run "$user" -- printf '<%s>\n' 'a  b' -x --trust \
	    '$(id)' ';' --help ''
	# The items, as given.
	: >log
	atf_check ./session run --tty /dev/pts/77 --from there "$user" -- true
	[ "$(grep -c 'tty=/dev/pts/77 rhost=there euid=0' log)" = 5 ] ||
		fail_with log
}

# begin_run COMMAND...: it is $run and has said its number, $program.
begin_run() {
	mkfifo said
	./session run "$user" -- "$@" >said &
	run=$!
	read -r program <said
}

atf_test_case run__passes_signals_on
as_root run__passes_signals_on
run__passes_signals_on_body() {
	begin
	for number in 1 15; do
		rm -f said
		# exec, so that the signal is the command's, not a shell's.
		begin_run sh -c 'echo $$; exec sleep 600'
		kill -"$number" "$run"
		wait "$run"
		atf_check_equal $((128 + number)) $?
	done
	atf_check_equal 2 "$(grep -c ^close_session log)"
	check_no_record
}

# The shell of `nohup pamport session run': the command is to live on.
atf_test_case run__keeps_what_the_caller_ignores
as_root run__keeps_what_the_caller_ignores
run__keeps_what_the_caller_ignores_body() {
	begin
	# shellcheck disable=SC2016
	script='kill -HUP $$; echo alive'
	atf_check -s exit:129 ./session run "$user" -- sh -c "$script"
	(trap '' HUP; ./session run "$user" -- sh -c "$script") >seen
	atf_check -o inline:'alive\n' cat seen
}

atf_test_case rule_39__run_is_killed
as_root rule_39__run_is_killed
rule_39__run_is_killed_body() {
	begin
	# shellcheck disable=SC2016
	begin_run sh -c 'echo $$; exec sleep 600'
	kill -9 "$run"
	wait "$run" 2>ignored
	: >log
	atf_check -o match:"$user .*left" ./session reap
	check_calls
	kill -9 "$program"
	while kill -0 "$program" 2>ignored; do
		:
	done
	atf_check -o match:"$user .*closed" ./session reap
	check_calls close_session delete
	atf_check -o inline:'no session is recorded\n' ./session list
}

# --- open and close -----------------------------------------------------------------

atf_test_case rule_39__close_is_another_process
as_root rule_39__close_is_another_process
rule_39__close_is_another_process_body() {
	begin env=FROM_MODULE=yes
	open_for $$ --tty /dev/pts/77 --from there
	check_calls acct_mgmt establish open_session
	atf_check ./session close "$id"
	[ "$(grep -c "user=$user tty=/dev/pts/77 rhost=there euid=0" log)" = 2 ] ||
		fail_with log
	check_calls close_session delete
	atf_check -s exit:1 -e match:"$id: there is no such open session" \
	    ./session close "$id"
	check_calls
	check_no_record
}

# The process that opened is the one that closes, by another program.
atf_test_case rule_39__close_after_exec
as_root rule_39__close_after_exec
rule_39__close_after_exec_body() {
	begin
	cat >both <<-END
		id=\$(./session open $user)
		exec ./session close "\$id"
	END
	atf_check sh both
	check_calls acct_mgmt establish open_session close_session delete
	check_no_record
}

atf_test_case rule_39__close_by_user_and_tty
as_root rule_39__close_by_user_and_tty
rule_39__close_by_user_and_tty_body() {
	begin
	open_for $$ --tty /dev/pts/77
	atf_check -s exit:1 -e match:'no open session of that user' \
	    ./session close "$user" pts/76
	atf_check -s exit:1 -e match:'no open session of that user' \
	    ./session close root pts/77
	atf_check ./session close "$user" pts/77
	atf_check -s exit:1 -e match:'no open session of that user' \
	    ./session close "$user" pts/77
	# Of the login records, where there is no such user on such a tty.
	atf_check -s exit:1 -e match:'not logged in there' \
	    ./session close --service pamport-session "$user" pts/77
	check_calls acct_mgmt establish open_session close_session delete
}

# A close that fails is one: the module said no, and is not asked again.
atf_test_case rule_39__close_that_fails
as_root rule_39__close_that_fails
rule_39__close_that_fails_body() {
	begin close_session=9
	open_for $$
	: >log
	atf_check -s exit:1 -e match:'^pamport session: ' ./session close "$id"
	check_calls close_session delete
	atf_check -s exit:1 -e match:'no such' ./session close "$id"
	check_calls
}

atf_test_case rule_39__two_close_at_once
as_root rule_39__two_close_at_once
rule_39__two_close_at_once_body() {
	begin
	open_for $$
	place wait=close_session gate="$PWD/gate"
	: >log
	./session close "$id" &
	first=$!
	read -r _ <gate
	atf_check -s exit:1 -e match:"$id" ./session close "$id"
	atf_check -o match:'left .*another process is closing it' \
	    ./session reap --retry
	: >gate
	wait "$first" || atf_fail 'the first one failed, too'
	check_calls close_session delete
	check_no_record
}

# --- What is printed ------------------------------------------------------------------

atf_test_case list__is_empty
as_root list__is_empty
list__is_empty_body() {
	begin
	atf_check -o inline:'no session is recorded\n' ./session list
	atf_check -o inline:'[]\n' ./session list --json
	atf_check -o inline:'no session is recorded\n' ./session reap
	[ ! -d records ] || atf_fail 'looking made the directory'
	atf_check -s exit:1 -e match:'no such record' ./session show 1-2
	mkdir -m 700 records
	atf_check -o inline:'no session is recorded\n' ./session list
	for id in '' ../etc/passwd . a/b 'a b'; do
		atf_check -s exit:1 -e match:'no such record' \
		    ./session show "$id"
		atf_check -s exit:1 -e match:'not the name of a record' \
		    ./session close "$id"
	done
}

atf_test_case list__names_the_open_ones
as_root list__names_the_open_ones
list__names_the_open_ones_body() {
	begin env=FROM_MODULE=yes
	begin_leader
	open_for $$ --tty /dev/pts/77 --from there
	first=$id
	open_for "$leader"
	end_leader
	atf_check -o match:'^ID +USER +TTY +FROM +SERVICE +SINCE +STATE' \
	    -o match:"^$first +$user +/dev/pts/77 +there +pamport-session +.* open +$$\$" \
	    -o match:"^$id +$user +${invented:--} +- +pamport-session +.* open +$leader \\(gone\\)\$" \
	    ./session list
	atf_check -o match:"^user +$user\$" -o match:'^tty +/dev/pts/77$' \
	    -o match:"^leader +$$ \\(alive\\)\$" \
	    -o match:'^environment +FROM_MODULE=yes$' ./session show "$first"
}

atf_test_case json__says_the_same
json__says_the_same_head() {
	atf_set require.user root
	atf_set require.progs python3
}
json__says_the_same_body() {
	begin env=FROM_MODULE=yes
	cat >check.py <<-'END'
		import json, sys
		records = json.load(open("list.json"))
		record = json.load(open("show.json"))
		assert len(records) == 1
		assert record["environment"] == ["FROM_MODULE=yes"]
		for key in records[0]:
		    assert records[0][key] == record[key], key
		assert record["id"] == sys.argv[1]
		assert record["user"] == sys.argv[2]
		assert record["leader"] == int(sys.argv[3])
		assert record["leader_state"] == "alive"
		assert record["state"] == "open"
		assert record["tty"] == (sys.argv[4] or None)
		assert record["from"] == "there"
		assert record["service"] == "pamport-session"
		assert record["since"] > 1500000000
		reaped = json.load(open("reap.json"))[0]
		assert reaped["action"] == "left" and reaped["code"] == 0
	END
	open_for $$ --from there
	./session list --json >list.json || atf_fail 'list'
	./session show --json "$id" >show.json || atf_fail 'show'
	./session reap --json >reap.json || atf_fail 'reap'
	atf_check python3 check.py "$id" "$user" $$ "$invented"
}

# as_nobody COMMAND...
as_nobody() {
	setpriv --reuid=65534 --regid=65534 --clear-groups "$@"
}

atf_test_case nobody__is_told_what_needs_root
nobody__is_told_what_needs_root_head() {
	atf_set require.user root
	atf_set require.progs setpriv
}
nobody__is_told_what_needs_root_body() {
	begin
	cp "$pamport" copy
	chmod 755 . copy
	as_nobody ./copy --version >ignored 2>&1 ||
		atf_skip 'others cannot run what is built here'
	for action in list reap 'show 1-2'; do
		# shellcheck disable=SC2086
		atf_check -s exit:2 -e match:'only root has records' \
		    setpriv --reuid=65534 --regid=65534 --clear-groups \
		    ./copy session $action
	done
	for action in 'open nobody' 'close 1-2'; do
		# shellcheck disable=SC2086
		atf_check -s exit:2 -e match:'only root can' \
		    setpriv --reuid=65534 --regid=65534 --clear-groups \
		    ./copy session $action
	done
	atf_check -s exit:125 -e match:'only root can' \
	    setpriv --reuid=65534 --regid=65534 --clear-groups \
	    ./copy session run nobody -- true
	[ ! -s log ] || atf_fail 'a module was called'
}

# --- reap --------------------------------------------------------------------------------

atf_test_case rule_39__reap_closes_what_is_over
as_root rule_39__reap_closes_what_is_over
rule_39__reap_closes_what_is_over_body() {
	begin
	begin_leader
	open_for $$
	alive=$id
	open_for "$leader"
	atf_check -o match:"^$alive .*left" -o match:"^$id .*left" ./session reap
	end_leader
	: >log
	atf_check -o match:"^$alive .*left" -o match:"^$id .*would be closed" \
	    ./session reap --dry-run
	check_calls
	atf_check -o match:"^$alive .*left" -o match:"^$id .* closed " \
	    ./session reap
	check_calls close_session delete
	atf_check -o match:"^$alive " -o not-match:"^$id " ./session list
}

# open is killed in the middle: before anybody could be told the id.
atf_test_case rule_39__reap_after_a_killed_open
as_root rule_39__reap_after_a_killed_open
rule_39__reap_after_a_killed_open_body() {
	begin wait=open_session gate="$PWD/gate"
	./session open "$user" >id &
	run=$!
	read -r opener <gate
	atf_check -o match:"$user .*opening" ./session list
	kill -9 "$opener"
	wait "$run" 2>ignored
	[ ! -s id ] || atf_fail 'it was told'
	: >log
	atf_check -o match:"$user .* closed " ./session reap
	check_calls close_session delete
	check_no_record
}

# A session whose close was killed when it had begun.
cut_off() {
	open_for $$
	place wait=close_session gate="$PWD/gate"
	./session close "$id" &
	run=$!
	read -r closer <gate
	kill -9 "$closer"
	wait "$run" 2>ignored
	place
	: >log
}

atf_test_case rule_39__cut_off_close_is_retried_on_demand
as_root rule_39__cut_off_close_is_retried_on_demand
rule_39__cut_off_close_is_retried_on_demand_body() {
	begin
	cut_off
	atf_check -o match:"^$id .*closing" ./session list
	atf_check -s exit:1 -e match:"$id" ./session close "$id"
	atf_check -s exit:1 -o match:"^$id .*cut off" ./session reap
	atf_check -o match:'would be closed' ./session reap --retry --dry-run
	check_calls
	atf_check -o match:"^$id .* closed " ./session reap --retry
	check_calls close_session delete
	check_no_record
}

atf_test_case rule_39__damaged_record_is_set_aside
as_root rule_39__damaged_record_is_set_aside
rule_39__damaged_record_is_set_aside_body() {
	begin
	open_for $$
	printf 'nonsense\n' >"records/$id.open"
	: >log
	atf_check -o match:"^$id .*damaged" ./session list
	atf_check -o match:'^because +.*format' ./session show "$id"
	atf_check -s exit:1 -e match:"$id" ./session close "$id"
	atf_check -s exit:1 -o match:"^$id .*set aside" ./session reap --dry-run
	atf_check -s exit:1 -o match:"^$id .*set aside" ./session reap
	[ -f "records/$id.damaged" ] || atf_fail "$(ls records)"
	atf_check -o inline:'no session is recorded\n' ./session reap
	check_calls
}

# The module waits for a reader of the fifo, who never comes.
atf_test_case rule_39__module_that_hangs_is_killed
as_root rule_39__module_that_hangs_is_killed
rule_39__module_that_hangs_is_killed_body() {
	begin
	begin_leader
	open_for "$leader"
	end_leader
	place wait=close_session gate="$PWD/gate"
	atf_check -s exit:1 -o match:"^$id .*timed out .*did not return" \
	    ./session reap --seconds 1
	place
	atf_check -s exit:1 -o match:"^$id .*cut off" ./session reap
}

# --- Used wrongly ------------------------------------------------------------------------------

atf_test_case usage__is_told
usage__is_told_head() { :; }
usage__is_told_body() {
	set -- "$pamport" session
	atf_check -s exit:2 -e match:'run, open, close, list, show or reap\?' "$@"
	atf_check -s exit:2 -e match:'no action shut' "$@" shut 1-2
	atf_check -s exit:2 -e match:'open takes an argument' "$@" open
	atf_check -s exit:2 -e match:'open takes an argument' "$@" open a b
	atf_check -s exit:2 -e match:'list takes no argument' "$@" list a
	atf_check -s exit:2 -e match:'list takes no --tty' "$@" list --tty x
	atf_check -s exit:2 -e match:'close takes no --retry' "$@" close -r 1
	atf_check -s exit:2 -e match:'run takes no --leader' "$@" run -l 1 a
	atf_check -s exit:2 -e match:'--service with a user and a terminal' \
	    "$@" close -s login 1-2
	for number in 0 -1 +1 ' 1' 1x '' x 4294967297 99999999999999999999; do
		atf_check -s exit:2 -e match:'not a number for --leader' \
		    "$@" open "--leader=$number" root
		atf_check -s exit:2 -e match:'not a number for --seconds' \
		    "$@" reap "--seconds=$number"
	done
}

atf_test_case leader__has_to_be_there
as_root leader__has_to_be_there
leader__has_to_be_there_body() {
	begin
	begin_leader
	end_leader
	: >log
	atf_check -s exit:1 -e match:"no process $leader" \
	    ./session open --leader "$leader" "$user"
	check_calls acct_mgmt establish open_session close_session delete
	check_no_record
}

# --- Hostile ------------------------------------------------------------------------------------

atf_test_case output__that_is_lost_leaves_no_session
as_root output__that_is_lost_leaves_no_session
output__that_is_lost_leaves_no_session_body() {
	begin
	whole='acct_mgmt establish open_session close_session delete'
	if [ -c /dev/full ]; then
		./session open "$user" >/dev/full 2>said
		atf_check_equal 2 $?
		atf_check -o match:'standard output: ' cat said
		# shellcheck disable=SC2086
		check_calls $whole
	fi
	./session open "$user" >&- 2>&-
	atf_check_equal 2 $?
	# shellcheck disable=SC2086
	check_calls $whole
	place wait=open_session gate="$PWD/gate"
	mkfifo pipe
	./session open "$user" >pipe 2>said &
	run=$!
	# A reader who goes before there is anything to read.
	exec 3<pipe
	read -r _ <gate
	exec 3<&-
	: >gate
	wait "$run"
	atf_check_equal 2 $?
	# shellcheck disable=SC2086
	check_calls $whole
	check_no_record
}

# No file that is opened then becomes the standard output of something.
atf_test_case descriptors__may_be_closed
as_root descriptors__may_be_closed
descriptors__may_be_closed_body() {
	begin
	(./session run "$user" -- sh -c 'exit 3' <&- >&- 2>&-)
	atf_check_equal 3 $?
	(./session run no-such-user -- true <&- >&- 2>&-)
	atf_check_equal 125 $?
	open_for $$
	(./session close "$id" <&- >&- 2>&-) || atf_fail 'close'
	(./session reap <&- >&- 2>&-)
	check_no_record
	! grep -v '^[a-z_]* pid=' log || atf_fail 'something is in the log'
}

atf_test_case strings__are_harmless
strings__are_harmless_head() {
	atf_set require.user root
	atf_set require.progs python3
}
strings__are_harmless_body() {
	begin
	long=$(awk 'BEGIN { while (i++ < 10240) printf "x" }')
	for name in "$(printf 'a\nb')" "$long" '' ../root; do
		./session open "$name" 2>said
		atf_check_equal 1 $?
		[ -s said ] || atf_fail 'nothing is said'
		./session run "$name" -- true 2>said
		atf_check_equal 125 $?
		[ -s said ] || atf_fail 'nothing is said'
	done
	! grep -q open_session log || fail_with log
	open_for $$ --tty ../x --from "$(printf 'h\033[31m\nend\302\233\377%%41')"
	./session list >list.text || atf_fail 'list'
	./session show "$id" >show.text || atf_fail 'show'
	./session list --json >list.json || atf_fail 'json'
	atf_check python3 -c 'import json
(record,) = json.load(open("list.json", encoding="utf-8"))
assert record["tty"] == "../x"
assert record["from"].startswith("h?[31m?end"), record["from"]
assert record["from"].endswith("%41")
for name in "list.text", "show.text":
    text = open(name, "rb").read()
    assert text.count(b"%41") == 1
    for line in text.split(b"\n"):
        assert all(32 <= b < 127 for b in line), line'
	# The modules have it as it was.
	: >log
	atf_check ./session close "$id"
	grep -q "$(printf 'h\033\\[31m')" log || fail_with log
	check_no_record
}

atf_test_case accounting__needs_a_terminal
as_root accounting__needs_a_terminal
accounting__needs_a_terminal_body() {
	begin
	for file in /var/run/utmp /var/log/wtmp /var/log/lastlog; do
		[ ! -f "$file" ] || cksum "$file"
	done >before
	# Neither without one nor on what is none is anything written.
	id=$(./session open --accounting "$user" </dev/null 2>said) ||
		fail_with said
	atf_check ./session close "$id"
	atf_check -o match:'^[0-9a-f-]+$' -e match:'^pamport session: ' \
	    ./session open --accounting --tty '../x y' "$user"
	for file in /var/run/utmp /var/log/wtmp /var/log/lastlog; do
		[ ! -f "$file" ] || cksum "$file"
	done >after
	atf_check cmp before after
}

# refuse WHY: no action believes, or writes to, this directory.
refuse() {
	: >log
	atf_check -s exit:1 -e match:"$PAMPORT_RECORDS: $1" \
	    ./session open "$user"
	atf_check -s exit:125 -e match:"$PAMPORT_RECORDS: $1" \
	    ./session run "$user" -- true
	atf_check -s exit:1 -e match:"$PAMPORT_RECORDS: $1" ./session close 1-2
	for action in list reap 'show 1-2'; do
		# shellcheck disable=SC2086
		atf_check -s exit:2 -e match:"$PAMPORT_RECORDS: $1" \
		    ./session $action
	done
	! grep -q open_session log || atf_fail 'it was opened'
}

atf_test_case records__are_roots_alone
as_root records__are_roots_alone
records__are_roots_alone_body() {
	begin
	mkdir -m 700 records way
	chmod 755 records
	refuse "it is not root's alone"
	chmod 777 records
	refuse '.*others than root'
	chmod 700 records
	chown 65534 records
	refuse '.*others than root'
	mkdir -m 700 way/records
	PAMPORT_RECORDS=$PWD/way/records
	chmod 777 way
	refuse 'others than root can change the way'
	chmod 755 way
	ln -s way link
	chown -h 65534 link
	PAMPORT_RECORDS=$PWD/link/records
	refuse 'others than root can change the way'
	: >file
	PAMPORT_RECORDS=$PWD/file
	refuse 'Not a directory'
	# Not a path at all: the one that was configured, where nothing is made.
	PAMPORT_RECORDS='file' atf_check -o not-match:"$PWD" -e not-match:"$PWD" \
	    "$pamport" session list
}

# A variable of the caller's does not lead what runs set-id to another place.
atf_test_case records__of_set_id_are_not_the_callers
records__of_set_id_are_not_the_callers_head() {
	atf_set require.user root
	atf_set require.progs setpriv
}
records__of_set_id_are_not_the_callers_body() {
	cat >print.c <<-'END'
		#include <stdio.h>
		#include <unistd.h>
		#include <pamport/record.h>
		int
		main(void)
		{
			printf("%d %s\n", geteuid() != getuid(),
			    pamport_record_directory());
			return 0;
		}
	END
	chmod 755 .
	prefix=${pam_cppflags#-isystem }
	libraries=$(sed -n "s/^dependency_libs='\\(.*\\)'/\\1/p" \
	    "$top_builddir/libcore.la")
	# shellcheck disable=SC2086
	$cc -I"$top_srcdir/include" $pam_cppflags print.c \
	    "$top_builddir/.libs/libcore.a" $libraries \
	    ${prefix:+"-Wl,-rpath,${prefix%/include}/lib"} -o print ||
		atf_fail 'it does not compile'
	chmod 755 print
	set -- setpriv --reuid=65534 --regid=65534 --clear-groups \
	    env PAMPORT_RECORDS=/mine ./print
	"$@" >said || atf_skip 'others cannot run what is built here'
	atf_check -o inline:'0 /mine\n' cat said
	chmod 4755 print
	"$@" >said || atf_skip 'set-id programs do not work here'
	! grep -q '^0' said || atf_skip 'set-id means nothing in this directory'
	atf_check -o match:'^1 /' -o not-match:/mine cat said
}

atf_init_test_cases() {
	atf_add_test_case run__is_the_user
	atf_add_test_case run__status_is_the_commands
	atf_add_test_case run__without_a_session_is_125
	atf_add_test_case run__no_shell_sees_the_arguments
	atf_add_test_case run__passes_signals_on
	atf_add_test_case run__keeps_what_the_caller_ignores
	atf_add_test_case rule_39__run_is_killed
	atf_add_test_case rule_39__close_is_another_process
	atf_add_test_case rule_39__close_after_exec
	atf_add_test_case rule_39__close_by_user_and_tty
	atf_add_test_case rule_39__close_that_fails
	atf_add_test_case rule_39__two_close_at_once
	atf_add_test_case list__is_empty
	atf_add_test_case list__names_the_open_ones
	atf_add_test_case json__says_the_same
	atf_add_test_case nobody__is_told_what_needs_root
	atf_add_test_case rule_39__reap_closes_what_is_over
	atf_add_test_case rule_39__reap_after_a_killed_open
	atf_add_test_case rule_39__cut_off_close_is_retried_on_demand
	atf_add_test_case rule_39__damaged_record_is_set_aside
	atf_add_test_case rule_39__module_that_hangs_is_killed
	atf_add_test_case usage__is_told
	atf_add_test_case leader__has_to_be_there
	atf_add_test_case output__that_is_lost_leaves_no_session
	atf_add_test_case descriptors__may_be_closed
	atf_add_test_case strings__are_harmless
	atf_add_test_case accounting__needs_a_terminal
	atf_add_test_case records__are_roots_alone
	atf_add_test_case records__of_set_id_are_not_the_callers
}
