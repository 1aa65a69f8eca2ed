#!/usr/bin/env atf-sh
# shellcheck shell=sh
# SPDX-License-Identifier: BSD-2-Clause
#
# What the report of the benchmark makes of numbers; no number of it is judged.

top_srcdir='@abs_top_srcdir@'
top_builddir='@abs_top_builddir@'
bench=$top_srcdir/bench

# What both programs and callgrind write, without the name of the columns.
write_runs() {
	cat >bare.time <<-EOF
	nothing -1 100 -1 1000 -1 -1
	get_item -1 10 -1 600 -1 -1
	handles.get_item 10 10 -1 700 -1 -1
	EOF
	cat >ours.time <<-EOF
	nothing -1 100 -1 1000 -1 -1
	get_item -1 10 -1 1100 -1 -1
	handles.get_item 10 10 -1 1300 -1 -1
	EOF
	printf 'nothing -1 100 700\nget_item -1 10 420\n' >bare.callgrind
	printf 'nothing -1 100 700\nget_item -1 10 770\n' >ours.callgrind
	echo 'get_item -1 10 -1 1 20 640' >ours.heap
}

make_lines() {
	awk -f "$bench/lines.awk" which=bare bare.time bare.callgrind \
	    which=ours ours.time ours.callgrind ours.heap >lines
}

atf_test_case lines__are_of_one_call_without_the_loop
lines__are_of_one_call_without_the_loop_head() { :; }
lines__are_of_one_call_without_the_loop_body() {
	write_runs
	make_lines
	atf_check -o inline:'get_item.nanoseconds 100 50 2.000 ns
handles.get_item.10.nanoseconds 120 60 2.000 ns
get_item.instructions 70 35 2.000 instructions
get_item.allocations 2 - - allocations
get_item.bytes 640 - - bytes
' cat lines
}

# For the many handles, since callgrind is not asked for all of a series.
atf_test_case lines__counter_fills_what_callgrind_leaves
lines__counter_fills_what_callgrind_leaves_head() { :; }
lines__counter_fills_what_callgrind_leaves_body() {
	write_runs
	sed 's/^\([^ ]* [^ ]* [^ ]*\) -1/\1 1000/' bare.time >counted
	mv counted bare.time
	make_lines
	atf_check -o match:'^handles.get_item.10.instructions - 90 ' \
	    -o match:'^get_item.instructions 70 35 ' cat lines
}

atf_test_case table__says_which_goals_are_met
table__says_which_goals_are_met_head() { :; }
table__says_which_goals_are_met_body() {
	write_runs
	make_lines
	printf '%s\t%s\t1\t%s\n' \
	    one 'o:get_item.instructions -b:get_item.instructions' 35 \
	    two 'o:get_item.instructions' '34 b:get_item.instructions' \
	    three 'o:get_item.allocations -b:get_item.allocations' 1 >goals
	atf_check -o match:'^get_item.instructions  *70  *35  *2.000 ' \
	    -o match:'^one  *35.0  *35.0  yes$' \
	    -o match:'^two  *70.0  *69.0  NO$' \
	    -o match:'^three  *-  *-  not measured$' \
	    -o match:'^1 goals not met$' \
	    awk -f "$bench/table.awk" lines goals
}

# A goal for a number that nothing measures would never be missed.
atf_test_case goals__name_what_is_measured
goals__name_what_is_measured_head() { :; }
goals__name_what_is_measured_body() {
	sed -n 's/^	{ "\([^"]*\)", \(-\{0,1\}[0-9]*\),.*/\1.\2/p' \
	    "$bench"/*.c | sed 's/\.-1$//' | sort -u >measured
	[ "$(wc -l <measured)" -gt 30 ] || atf_fail "$(cat measured)"
	grep -v '^#' "$bench/goals.tsv" | tr -s '\t ' '\n' |
	    sed -n 's/^-\{0,1\}[ob]:\(.*\)\.[a-z]*$/\1/p' | sort -u >named
	[ -s named ] || atf_fail 'no goals'
	atf_check comm -23 named measured
}

atf_test_case plots__have_their_series
plots__have_their_series_head() { :; }
plots__have_their_series_body() {
	printf '%s\n' 'conversation.1.instructions 8 4 2.000 instructions' \
	    'conversation.32.instructions 9 - - instructions' \
	    'get_item.instructions 7 5 1.4 instructions' >lines
	atf_check awk -f "$bench/plot.awk" lines
	atf_check -o inline:'1 8 4\n32 9 NaN\n' \
	    cat conversation.instructions.dat
	[ "$(echo *.dat)" = conversation.instructions.dat ] ||
	    atf_fail "$(echo *.dat)"
}

# Of the programs only that they start, measure and say so.
atf_test_case programs__write_their_lines
programs__write_their_lines_head() { :; }
programs__write_their_lines_body() {
	for program in bench_bare bench_ours; do
		atf_check \
		    -o match:'^nothing -1 10000 -1 [0-9][0-9]* -1 -1$' \
		    "$top_builddir/bench/$program" -b none '' . nothing
		atf_check -s exit:2 -e match:usage \
		    "$top_builddir/bench/$program" none
	done
}

atf_init_test_cases() {
	atf_add_test_case lines__are_of_one_call_without_the_loop
	atf_add_test_case lines__counter_fills_what_callgrind_leaves
	atf_add_test_case table__says_which_goals_are_met
	atf_add_test_case goals__name_what_is_measured
	atf_add_test_case plots__have_their_series
	atf_add_test_case programs__write_their_lines
}
