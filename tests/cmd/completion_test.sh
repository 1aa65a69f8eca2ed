#!/usr/bin/env atf-sh
# shellcheck shell=sh
# SPDX-License-Identifier: BSD-2-Clause
#
# What the shells are told, and that a shell takes it.

top_srcdir='@abs_top_srcdir@'
top_builddir='@abs_top_builddir@'
pamport=$top_builddir/pamport

atf_test_case candidates__come_from_the_tables
candidates__come_from_the_tables_head() { :; }
candidates__come_from_the_tables_body() {
	atf_check -o match:'^doctor	' -o match:'^--version	' \
	    "$pamport" complete ''
	atf_check -o match:'^sim	' "$pamport" complete help ''
	atf_check -o match:'^--converse	' -o match:'^--confdir	' \
	    "$pamport" complete doctor --
	atf_check -o match:'^PAM_AUTH_ERR	Authentication' \
	    "$pamport" complete code ''
	atf_check -o match:'^run	' "$pamport" complete sim ''
	atf_check "$pamport" complete nothing ''
	# Those that the action takes.
	atf_check -o match:'^--json	' -o not-match:'^--[^jh]' \
	    "$pamport" complete session show --
	atf_check -o match:'^--leader	' -o not-match:'^--retry	' \
	    "$pamport" complete session open --
	atf_check -o match:'^--dir	' -o not-match:'^--conf	' \
	    "$pamport" complete sim list --
	atf_check -o match:'^--retry	' -o match:'^--leader	' \
	    "$pamport" complete session --
}

# Only root is told which are there; one record is enough, whatever is in it.
atf_test_case sessions__are_candidates
sessions__are_candidates_head() {
	atf_set require.user root
	atf_set require.progs setpriv
}
sessions__are_candidates_body() {
	PAMPORT_RECORDS=$PWD/records
	export PAMPORT_RECORDS
	atf_check -o match:'^open	Open one' -o match:'^reap	' \
	    "$pamport" complete session ''
	atf_check "$pamport" complete session close ''
	mkdir -m 700 records
	(umask 077 && : >records/6b02-1f.open)
	for action in close show; do
		atf_check -o inline:'6b02-1f	-\n' \
		    "$pamport" complete session "$action" ''
	done
	atf_check "$pamport" complete session list ''
	atf_check "$pamport" complete session close 6b02-1f ''
	cp "$pamport" copy
	chmod 755 . copy
	setpriv --reuid=65534 --clear-groups ./copy --version >version 2>&1 ||
	    atf_skip 'others cannot run what is built here'
	atf_check -o ignore -e ignore setpriv --reuid=65534 --regid=65534 \
	    --clear-groups ./copy complete ''
	atf_check setpriv --reuid=65534 --regid=65534 --clear-groups \
	    ./copy complete session close ''
}

atf_test_case bash__completes
bash__completes_head() {
	atf_set require.progs bash
}
bash__completes_body() {
	cat >try.bash <<-'END'
		. "$1"
		shift
		COMP_WORDS=(pamport "$@")
		COMP_CWORD=$#
		_pamport
		printf '%s\n' "${COMPREPLY[@]}"
	END
	PATH=$top_builddir:$PATH
	file=$top_srcdir/cmd/completion/pamport.bash
	atf_check -o inline:'doctor\n' bash try.bash "$file" 'do'
	atf_check -o inline:'PAM_AUTH_ERR\n' bash try.bash "$file" code PAM_AUTH_
	atf_check -o inline:'--describe\n' bash try.bash "$file" doctor --d
}

atf_test_case zsh__completes
zsh__completes_head() {
	atf_set require.progs zsh
}
zsh__completes_body() {
	atf_check zsh -n "$top_srcdir/cmd/completion/_pamport"
}

atf_test_case fish__completes
fish__completes_head() {
	atf_set require.progs fish
}
fish__completes_body() {
	PATH=$top_builddir:$PATH HOME=$PWD
	export HOME
	atf_check -o match:'^doctor' fish -c \
	    "source $top_srcdir/cmd/completion/pamport.fish; complete -C 'pamport do'"
}

atf_init_test_cases() {
	atf_add_test_case candidates__come_from_the_tables
	atf_add_test_case sessions__are_candidates
	atf_add_test_case bash__completes
	atf_add_test_case zsh__completes
	atf_add_test_case fish__completes
}
