#!/usr/bin/env atf-sh
# shellcheck shell=sh disable=SC2034,SC2154
# SPDX-License-Identifier: BSD-2-Clause
#
# pamport session run, open, close and reap on the libpam of this build tree.
# tests/lib/record_test and reap_test have what a shell cannot provoke.

top_srcdir='@abs_top_srcdir@'
top_builddir='@abs_top_builddir@'
cc='@CC@'
pam_cppflags='@PAM_CPPFLAGS@'
pam_implementation='@PAM_IMPLEMENTATION@'
# shellcheck source=/dev/null
. "$top_srcdir/tests/cmd/session.sh"

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

# What stands behind the command is its own, with and without "--".
atf_test_case run__options_of_the_command_are_its_own
as_root run__options_of_the_command_are_its_own
run__options_of_the_command_are_its_own_body() {
	begin
	name=$(id -un "$user")
	atf_check -o inline:"$name\n" ./session run "$user" id -un
	atf_check -o inline:'<-x>\n<--trust>\n<-->\n<--help>\n' \
	    ./session run "$user" printf '<%s>\n' -x --trust -- --help
	# Ours may stand up to there.
	: >log
	atf_check -o inline:'--tty\n' \
	    ./session run "$user" --tty /dev/pts/77 --trust echo --tty
	grep -q '^open_session .*tty=/dev/pts/77' log || fail_with log
	! grep -q '^acct_mgmt' log || fail_with log
	atf_check -s exit:2 -e match:'no option -x' ./session run "$user" -x id
	check_no_record
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
	# Or a zombie, for as long as nobody waits for orphans here.
	while kill -0 "$program" 2>ignored &&
	    ! grep -q '^State:.*Z' "/proc/$program/status" 2>ignored; do
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
	atf_check -o match:'^ID +USER +TTY +ACTION +WHY' \
	    -o match:"^$alive .*left" -o match:"^$id .* would be closed +its" \
	    -o not-match:'[0-9-] closed' ./session reap --dry-run
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
	atf_check -s exit:1 -o match:"^$id .* would be set aside" \
	    ./session reap --dry-run
	atf_check -s exit:1 -o match:"^$id .*set aside" ./session reap
	[ -f "records/$id.damaged" ] || atf_fail "$(ls records)"
	atf_check -o inline:'no session is recorded\n' ./session reap
	check_calls
}

# With ever more descriptors: where the records are read and no pipe can be made.
atf_test_case rule_39__close_that_cannot_start_is_told
as_root rule_39__close_that_cannot_start_is_told
rule_39__close_that_cannot_start_is_told_body() {
	begin
	begin_leader
	open_for "$leader"
	end_leader
	: >log
	: >said
	for limit in 4 5 6 7 8 9 10 11 12 13 14 15 16; do
		status=0
		# shellcheck disable=SC3045 # every sh here has it
		(ulimit -n $limit && exec "$pamport" session reap --json) \
		    >said 2>ignored || status=$?
		! grep -q 'Too many open files' said || break
	done
	grep -q 'Too many open files' said || fail_with said
	atf_check_equal 1 "$status"
	tr -d ' \n' <said >flat
	atf_check -o match:'"action":"left"' -o match:'"code":[1-9]' \
	    -o match:'"reason":"Toomanyopenfiles"' cat flat
	check_calls
	atf_check -o match:"^$id .* closed " ./session reap
	check_calls close_session delete
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
	    ./session reap --seconds 5
	place
	atf_check -s exit:1 -o match:"^$id .*cut off" ./session reap
}

atf_init_test_cases() {
	atf_add_test_case run__is_the_user
	atf_add_test_case run__status_is_the_commands
	atf_add_test_case run__without_a_session_is_125
	atf_add_test_case run__no_shell_sees_the_arguments
	atf_add_test_case run__options_of_the_command_are_its_own
	atf_add_test_case run__passes_signals_on
	atf_add_test_case run__keeps_what_the_caller_ignores
	atf_add_test_case rule_39__run_is_killed
	atf_add_test_case rule_39__close_is_another_process
	atf_add_test_case rule_39__close_after_exec
	atf_add_test_case rule_39__close_by_user_and_tty
	atf_add_test_case rule_39__close_that_fails
	atf_add_test_case rule_39__two_close_at_once
	atf_add_test_case rule_39__reap_closes_what_is_over
	atf_add_test_case rule_39__reap_after_a_killed_open
	atf_add_test_case rule_39__cut_off_close_is_retried_on_demand
	atf_add_test_case rule_39__damaged_record_is_set_aside
	atf_add_test_case rule_39__close_that_cannot_start_is_told
	atf_add_test_case rule_39__module_that_hangs_is_killed
}
