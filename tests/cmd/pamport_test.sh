#!/usr/bin/env atf-sh
# shellcheck shell=sh
# SPDX-License-Identifier: BSD-2-Clause
#
# What all subcommands have in common: help, complaints, colour, exit codes.

pamport='@abs_top_builddir@/pamport'
top_builddir='@abs_top_builddir@'

atf_test_case version__tells_both_libraries
version__tells_both_libraries_head() { :; }
version__tells_both_libraries_body() {
	atf_check -o match:'^pamport [0-9]+\.[0-9]+' \
	    -o match:'^libpam  .*/.*libpam' "$pamport" --version
}

atf_test_case help__is_there_for_each
help__is_there_for_each_head() { :; }
help__is_there_for_each_body() {
	for name in doctor code session sim; do
		atf_check -o match:"^  $name " "$pamport" help
		atf_check -o match:"^usage: pamport $name" "$pamport" help $name
		atf_check -o match:"^usage: pamport $name" "$pamport" $name -h
		atf_check -o match:"^usage: pamport $name" "$pamport" $name --help
	done
	atf_check -o match:'--converse SERVICE' -o match:'-h, --help' \
	    "$pamport" help doctor
}

# Wherever another option could stand, and nowhere else.
atf_test_case help__may_stand_anywhere
help__may_stand_anywhere_head() { :; }
help__may_stand_anywhere_body() {
	while read -r name words; do
		# shellcheck disable=SC2086
		atf_check -o match:"^usage: pamport $name" \
		    "$pamport" $name $words
	done <<-'END'
		doctor -v --help
		doctor -vh
		doctor login -h
		code PAM_AUTH_ERR --help
		session run --help
		session run nobody -h
		session close -s login --help
		session list --tty x --help
		sim run --help
		sim run nothing --help
		sim --dir /nowhere list -h
	END
	# A value, and what stands behind "--", is none.
	atf_check -s exit:1 -e match:'none in --help' \
	    "$pamport" sim list --dir --help
	atf_check -s exit:1 -e match:'the name --help' "$pamport" code -- --help
	atf_check -s exit:2 -e match:'no option --help=1' \
	    "$pamport" doctor --help=1
	atf_check -s exit:2 -e match:'no option --nothing' \
	    "$pamport" doctor --nothing --help
	# What is behind the command belongs to it: sim refuses the personality.
	atf_check -s exit:2 -e match:'no personality nothing' \
	    "$pamport" sim run nothing ls --help
	atf_check -s exit:2 -e match:'no personality nothing' \
	    "$pamport" sim run nothing -- --help
}

atf_test_case usage__is_2_and_on_standard_error
usage__is_2_and_on_standard_error_head() { :; }
usage__is_2_and_on_standard_error_body() {
	atf_check -s exit:2 -e match:'^usage: pamport' "$pamport"
	atf_check -s exit:2 -e match:'did you mean doctor' "$pamport" docter
	atf_check -s exit:2 -e match:'no subcommand xyzzyx$' "$pamport" xyzzyx
	atf_check -s exit:2 -e match:'no subcommand nothing' "$pamport" help nothing
	for name in doctor code session sim; do
		atf_check -s exit:2 -e match:'no option --nothing' \
		    "$pamport" $name --nothing
		atf_check -s exit:2 -e match:'no option -Z' "$pamport" $name -Z
	done
	atf_check -s exit:2 -e match:'value is missing after --conf' \
	    "$pamport" sim list --conf
	atf_check -s exit:2 -e match:'no value is taken by --json=1' \
	    "$pamport" code --json=1
	atf_check -s exit:2 -e match:'one name or number' "$pamport" code 1 2
	atf_check -s exit:2 -e match:'one service' "$pamport" doctor a b
}

atf_test_case output_that_is_lost__is_2
output_that_is_lost__is_2_head() { :; }
output_that_is_lost__is_2_body() {
	[ -w /dev/full ] || atf_skip 'no /dev/full'
	for what in code '--version'; do
		"$pamport" $what >/dev/full 2>said
		atf_check_equal 2 $?
		atf_check_equal 1 "$(grep -c 'pamport: standard output: ' said)"
	done
}

# on_terminal NAME=VALUE: what a terminal shows of "pamport code 14".
on_terminal() {
	: >script
	env TERM=vt100 "$@" "$top_builddir/tests/expect" script "$pamport" \
	    code 14
}

atf_test_case colour__is_for_terminals
colour__is_for_terminals_head() { :; }
colour__is_for_terminals_body() {
	escape=$(printf '\033')
	env -u NO_COLOR TERM=vt100 "$pamport" code 14 >piped
	if grep -q "$escape" piped; then
		atf_fail 'colour in a pipe'
	fi
	unset NO_COLOR
	on_terminal A=1 >shown
	grep -q "$escape" shown || atf_fail 'no colour on a terminal'
	on_terminal NO_COLOR=1 >shown
	if grep -q "$escape" shown; then
		atf_fail 'colour with NO_COLOR'
	fi
	on_terminal TERM=dumb >shown
	if grep -q "$escape" shown; then
		atf_fail 'colour on a dumb terminal'
	fi
}

atf_init_test_cases() {
	atf_add_test_case version__tells_both_libraries
	atf_add_test_case help__is_there_for_each
	atf_add_test_case help__may_stand_anywhere
	atf_add_test_case usage__is_2_and_on_standard_error
	atf_add_test_case output_that_is_lost__is_2
	atf_add_test_case colour__is_for_terminals
}
