#!/usr/bin/env atf-sh
# shellcheck shell=sh
# SPDX-License-Identifier: BSD-2-Clause
#
# A stranger's PAM, which no table has: what platform/README promises for it.

top_srcdir='@abs_top_srcdir@'
top_builddir='@abs_top_builddir@'
cc='@CC@'

# A copy of simulated Solaris with another number, and without what Solaris is
# known by.
make_stranger() {
	cp -R "$top_builddir/sim/solaris" stranger
	header=stranger/include/security/pam_appl.h
	sed -e '/PAM_TOTAL_ERRNUM/d' \
	    -e 's/\(define[	 ]*PAM_AUTH_ERR[	 ]*\)9/\1 60/' \
	    "$top_builddir/sim/solaris/include/security/pam_appl.h" >"$header"
	grep -q 'PAM_AUTH_ERR.*60' "$header" || atf_fail 'the number stayed'
}

# run_configure OPTION...
run_configure() {
	sed -n '/^## Cache variables/,/^## Output variables/p' \
	    "$top_builddir/config.log" |
	    sed -n '/^[a-z]*_cv_[a-zA-Z0-9_]*=/p' |
	    grep -v -e '^pamport_cv_' -e '^ac_cv_env_' -e '_pam_' >config.cache
	"$top_srcdir/configure" CC="$cc" CFLAGS=-O0 --cache-file=config.cache \
	    --with-pam="$PWD/stranger" "$@" >configured 2>&1
}

atf_test_case draft__is_made_of_an_unknown_header
draft__is_made_of_an_unknown_header_head() { :; }
draft__is_made_of_an_unknown_header_body() {
	[ "$top_srcdir" != "$top_builddir" ] ||
		atf_skip 'the source tree is configured itself'
	if @NM@ -D "$top_builddir/sim/solaris/lib/libpam.so" |
	    grep -q ' U __[a-z]*san_'; then
		atf_skip 'the simulations are built with sanitizers'
	fi
	unset MAKEFLAGS MAKELEVEL MFLAGS
	make_stranger
	if run_configure; then
		atf_fail 'configure knows it'
	fi
	grep -q 'platform/README, step 3' configured ||
		atf_fail "$(tail -2 configured | tr '\n' ' ')"
	run_configure pamport_cv_pam_implementation=solaris ||
		atf_fail 'configure'
	make pamport >make.log 2>&1 ||
		atf_fail "make: $(grep error make.log | head -1)"
	atf_check -s exit:1 -o match:'PAM_AUTH_ERR is 60, 9 in the table' \
	    -o match:'Please report this' ./pamport doctor
	atf_check -s exit:1 -o match:'CODE_AUTH_ERR\] = N\(60\)' \
	    -o match:'CODE_ABORT\] = N\(26\)' \
	    -o match:'getenv_copies = true.*measured' ./pamport doctor --describe
}

atf_init_test_cases() {
	atf_add_test_case draft__is_made_of_an_unknown_header
}
