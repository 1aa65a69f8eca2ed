#!/usr/bin/env atf-sh
# shellcheck shell=sh
# SPDX-License-Identifier: BSD-2-Clause
#
# The measured rows, one case a group: the groups are the letters of the ids.
# All rows of a group that do not agree are listed.
#
# Made once for each personality, and for the libpam of this machine ("system").

personality='@personality@'
top_builddir='@abs_top_builddir@'
tables='@abs_top_srcdir@/tests/sim'
runner=$top_builddir/tests/sim/${personality}_runner
modules=$top_builddir/sim/$(echo $personality | tr _ -)/lib/security

rows()
{
	table=$tables/$1
	shift
	column=$personality
	set -- "$table" "$@"
	case $personality in
	system)
		set -- -c -x system "$@"
		column=linux_pam
		;;
	esac
	atf_check -s exit:0 -o save:result -e ignore "$runner" \
	    -C "$column" -m "$modules/pamsim_module.so" \
	    -n "$modules/pamsim_nosession.so" "$@" ||
	    { grep -v '^ok' result; false; }
	tail -n 1 result
}

group()
{
	eval "${1}_head() { atf_set descr '$2'; }"
	eval "${1}_body() { rows $3; }"
	cases="$cases $1"
}

stacks_head()
{
	atf_set descr "the 67 measured stacks"
}
stacks_body()
{
	case $personality in
	apple)
		rows apple.tsv
		;;
	illumos)
		personality=solaris
		rows stacks.tsv
		;;
	*)
		rows stacks.tsv
		;;
	esac
}

group configuration "missing modules, services, files; syntax" \
    "situations.tsv a x L l0 E"
group solaris_other "lines of other on Solaris" "situations.tsv S"
group pairs "two controls, two results" "situations.tsv y"
group brackets "bracketed controls, substacks, includes" "situations.tsv z"
group flags "flags" "situations.tsv b"
group order "order of calls, setcred" "situations.tsv c"
group arguments "NULLs and odd names" "situations.tsv d"
group items "items" "situations.tsv e"
group environment "variables" "situations.tsv f"
group texts "pam_strerror" "situations.tsv g"
group conversation "conversations, prompts, tokens" "situations.tsv h"
group data "module data" "situations.tsv i"
group change "pam_chauthtok" "situations.tsv j"
group authenticate "authentication, accounts, tokens" "situations.tsv k"

atf_init_test_cases()
{
	for case in stacks $cases; do
		atf_add_test_case "$case"
	done
}
