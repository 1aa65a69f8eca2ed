#!/usr/bin/env atf-sh
# shellcheck shell=sh
# SPDX-License-Identifier: BSD-2-Clause
#
# What is no program: manual pages, scripts, and what every file begins with.

top_srcdir='@abs_top_srcdir@'
top_builddir='@abs_top_builddir@'
compiler='@CC@'
pam_cppflags='@PAM_CPPFLAGS@'

atf_test_case manual_pages__are_clean
manual_pages__are_clean_head() { :; }
manual_pages__are_clean_body() {
	command -v mandoc >/dev/null || atf_skip 'no mandoc on PATH'
	for page in "$top_srcdir"/man/*.[137]; do
		mandoc -T lint -W warning "$page" >report ||
			atf_fail "$(cat report)"
	done
}

# Every exported function stands in a manual page, and none that is not there.
atf_test_case manual_pages__name_every_function
manual_pages__name_every_function_head() { :; }
manual_pages__name_every_function_body() {
	sed -n 's/^	\(pamport_.*\);$/\1/p' "$top_srcdir/lib/pamport.map" |
	    sed 's/^pamport_binary_handler_.*/misc_conv/' >names
	[ -s names ] || atf_fail 'no names in lib/pamport.map'
	while read -r name; do
		common=${name#pamport_}
		grep -q -w -e "$name" -e "$common" -e "pam_$common" \
		    "$top_srcdir"/man/*.3 || atf_fail "$name is in no page"
	done <names
}

atf_test_case scripts__are_clean
scripts__are_clean_head() { :; }
scripts__are_clean_body() {
	command -v shellcheck >/dev/null || atf_skip 'no shellcheck on PATH'
	find "$top_srcdir/quickstart" "$top_srcdir/examples" \
	    "$top_srcdir/packaging" \
	    "$top_srcdir/tests" "$top_srcdir/sim" "$top_srcdir/bench" \
	    "$top_srcdir/fuzz" "$top_srcdir/man" -name quickstart -o \
	    -name '*.sh' -o -path '*/rc.d/*' >scripts
	[ -s scripts ] || atf_fail 'no scripts'
	while read -r script; do
		shellcheck "$script" >report || atf_fail "$(cat report)"
	done <scripts
}

atf_test_case sources__have_a_licence
sources__have_a_licence_head() { :; }
sources__have_a_licence_body() {
	find "$top_srcdir/include" "$top_srcdir/lib" "$top_srcdir/platform" \
	    "$top_srcdir/compat" "$top_srcdir/cmd" "$top_srcdir/sim" \
	    "$top_srcdir/examples" "$top_srcdir/packaging" "$top_srcdir/fuzz" \
	    "$top_srcdir/man" "$top_srcdir/tests" "$top_srcdir/bench" \
	    \( -name '*.[ch]' -o -name '*.def' -o \
	    -name '*.sh' -o -name '*.cc' \) \
	    -exec grep -L SPDX-License-Identifier {} + >without || :
	[ ! -s without ] || atf_fail "no licence: $(cat without)"
}

# What libFuzzer drives is built by that part of the checks alone; that it fits
# the library is told here, at every change.
atf_test_case fuzz__targets_compile
fuzz__targets_compile_head() { :; }
fuzz__targets_compile_body() {
	for target in "$top_srcdir"/fuzz/*.c; do
		set -- -DPAMPORT__BUILDING
		case $target in
		*/sim.c) set -- "-I$top_srcdir/sim" \
		    "-I$top_srcdir/sim/include/linux-pam" ;;
		esac
		# shellcheck disable=SC2086 # the compiler may have arguments
		$compiler -fsyntax-only -D_GNU_SOURCE $pam_cppflags \
		    -Werror=implicit-function-declaration \
		    -Werror=incompatible-pointer-types \
		    -Werror=int-conversion "$@" \
		    "-I$top_builddir" "-I$top_srcdir" "-I$top_srcdir/include" \
		    "$target" 2>report || atf_fail "$(cat report)"
	done
}

# What differs between systems is a field of a table or a file of its own.
atf_test_case bodies__have_no_conditionals
bodies__have_no_conditionals_head() { :; }
bodies__have_no_conditionals_body() {
	awk '
		/^\{/ { inside = 1 }
		/^\}/ { inside = 0 }
		inside && /^#[ \t]*(if|el|endif)/ {
			print FILENAME ":" FNR ": " $0
		}' "$top_srcdir"/lib/*.c "$top_srcdir"/compat/*.c \
	    "$top_srcdir"/platform/*.c "$top_srcdir"/examples/*.c \
	    "$top_srcdir"/examples/*/*.c "$top_srcdir"/cmd/*.c >found
	[ ! -s found ] || atf_fail "$(cat found)"
}

atf_init_test_cases() {
	atf_add_test_case manual_pages__are_clean
	atf_add_test_case manual_pages__name_every_function
	atf_add_test_case scripts__are_clean
	atf_add_test_case sources__have_a_licence
	atf_add_test_case fuzz__targets_compile
	atf_add_test_case bodies__have_no_conditionals
}
