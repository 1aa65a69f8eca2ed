#!/usr/bin/env atf-sh
# shellcheck shell=sh
# SPDX-License-Identifier: BSD-2-Clause
#
# What the shared library exports, asked of the file that was built.

top_srcdir='@abs_top_srcdir@'
top_builddir='@abs_top_builddir@'
cc='@CC@'
nm='@NM@'
pam_cppflags='@PAM_CPPFLAGS@'

need_shared_library() {
	library=$top_builddir/.libs/libpamport.so
	[ -f "$library" ] || atf_skip 'no libpamport.so was built'
}

names_in_map() {
	sed -n 's/^	\([a-z0-9_]*\);.*/\1/p' "$top_srcdir/lib/pamport.map" | sort
}

# The names of the map and of the library, in files called as the functions.
compare_names() {
	names_in_map >map
	[ "$(wc -l <map)" -gt 20 ] || atf_fail 'the map was not understood'
	# Absolute symbols are the map's own version names.
	# shellcheck disable=SC2086
	$nm -D "$1" |
		awk 'NF == 3 && $2 ~ /[B-TV-Z]/ { sub(/@.*/, "", $3); print $3 }' |
		sort >exported
	diff map exported || atf_fail "$1 does not export what the map names"
}

atf_test_case exports__what_the_map_names
exports__what_the_map_names_head() { :; }
exports__what_the_map_names_body() {
	need_shared_library
	compare_names "$library"
	! grep -v '^pamport_[a-z]' exported ||
		atf_fail 'this is internal, or a module could find it as native'
}

atf_test_case exports__are_declared
exports__are_declared_head() { :; }
exports__are_declared_body() {
	for file in "$top_srcdir"/include/pamport/*.h; do
		[ "${file##*/}" = rename.h ] ||
			echo "#include <pamport/${file##*/}>"
	done >declared.c
	# An address needs a declaration in any standard, a call not before C99.
	names_in_map | sed 's/.*/extern void (*use_&)(void);\
void (*use_&)(void) = (void (*)(void))\&&;/' >>declared.c
	# shellcheck disable=SC2086
	$cc -I"$top_srcdir/include" $pam_cppflags -fsyntax-only declared.c ||
		atf_fail 'no public header declares a function of the map'
}

atf_test_case soname__is_that_of_the_interface
soname__is_that_of_the_interface_head() { :; }
soname__is_that_of_the_interface_body() {
	need_shared_library
	command -v readelf >/dev/null || atf_skip 'no readelf on PATH'
	readelf -d "$library" | sed -n 's/.*(SONAME).*\[\(.*\)\].*/\1/p' >soname
	atf_check -o inline:'libpamport.so.0\n' cat soname
}

# A program may have a fallback of its own that is called pam_putenv, whose
# symbol through the overlay is pamport_putenv; the library must not call it.
atf_test_case own_calls__stay_inside
own_calls__stay_inside_head() { :; }
own_calls__stay_inside_body() {
	need_shared_library
	command -v readelf >/dev/null || atf_skip 'no readelf on PATH'
	readelf -rW "$library" >relocations ||
		atf_fail 'readelf does not read the library'
	grep -q 'pam_start' relocations ||
		atf_fail 'the relocations were not understood'
	! grep 'pamport_' relocations ||
		atf_fail 'these can be taken over by the program'
}

atf_init_test_cases() {
	atf_add_test_case exports__what_the_map_names
	atf_add_test_case exports__are_declared
	atf_add_test_case soname__is_that_of_the_interface
	atf_add_test_case own_calls__stay_inside
}
