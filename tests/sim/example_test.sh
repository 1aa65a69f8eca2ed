#!/usr/bin/env atf-sh
# shellcheck shell=sh
# SPDX-License-Identifier: BSD-2-Clause
#
# The commands of pamport-sim(7), run as they stand there.

top_srcdir='@abs_top_srcdir@'
top_builddir='@abs_top_builddir@'

# The commands of the page to the file commands, what they print to expected.
read_page() {
	sed -n '/BEGIN EXAMPLE/,/END EXAMPLE/p' "$top_srcdir/man/pamport-sim.7" |
	    sed -n '/^\.Bd/,/^\.Ed/p' | grep -v '^\.' |
	    sed 's/\\e$/\\/' >page
	awk '/^\$ / { print substr($0, 3); more = /\\$/; next }
	    more { print; more = /\\$/ }' page >commands
	awk '/^\$ / || more { more = /\\$/; next } { print }' page >expected
	grep -q 'pamport sim run' commands || atf_fail 'no commands in the page'
	grep -q 'alice is in' expected || atf_fail 'no output in the page'
}

atf_test_case page__is_true
page__is_true_head() {
	atf_set require.progs 'cc make pkg-config'
}
page__is_true_body() {
	[ "$top_srcdir" != "$top_builddir" ] ||
		atf_skip 'the source tree is configured itself'
	# A program would have to be built with them too.
	if @NM@ -D "$top_builddir/sim/solaris/lib/libpam.so" |
	    grep -q ' U __[a-z]*san_'; then
		atf_skip 'the simulations are built with sanitizers'
	fi
	read_page
	cp -R "$top_srcdir/examples/pop3d" work
	chmod -R u+w work
	unset MAKEFLAGS MAKELEVEL MFLAGS
	cd work || atf_fail 'no copy'
	env src="$top_srcdir" PATH="$top_builddir:$PATH" \
	    PAMPORT_SIM_DIR="$top_builddir/sim" sh -e ../commands >../got \
	    2>../errors || atf_fail "$(cat ../errors)"
	diff ../expected ../got >../difference ||
		atf_fail "$(cat ../difference)"
}

atf_init_test_cases() {
	atf_add_test_case page__is_true
}
