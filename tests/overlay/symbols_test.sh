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

# The list of what was ever released is that of the Debian package, which its
# tools compare once more.
atf_test_case exports__nothing_vanished
exports__nothing_vanished_head() { :; }
exports__nothing_vanished_body() {
	list=packaging/debian/libpamport0.symbols
	sed -n 's/^ \(pamport_[a-z0-9_]*\)@PAMPORT_.*/\1/p' \
	    "$top_srcdir/$list" | sort >released
	[ "$(wc -l <released)" -gt 40 ] || atf_fail "$list was not understood"
	names_in_map >names
	if [ -f "$top_builddir/.libs/libpamport.so" ]; then
		compare_names "$top_builddir/.libs/libpamport.so"
		mv exported names
	fi
	comm -23 released names >vanished
	[ ! -s vanished ] || atf_fail "no longer exported: $(xargs <vanished)"
	comm -13 released names >added
	[ ! -s added ] || atf_fail "new, and not in $list: $(xargs <added)"
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

# A program has the numbers of the libpam that it was compiled for in it.
atf_test_case other_libpam__is_refused_by_the_loader
other_libpam__is_refused_by_the_loader_head() { :; }
other_libpam__is_refused_by_the_loader_body() {
	need_shared_library
	[ -f "$top_builddir/pamport.map" ] ||
		atf_skip 'the linker takes no version scripts'
	# Of the library, since it may be built for another one than this shell's.
	$nm -D "$library" | grep -q '@GLIBC' ||
		atf_skip 'not tried with the loader of this C library'
	! $nm -D "$library" | grep -q ' U __[a-z]*san_' ||
		atf_skip 'the library is built with sanitizers'
	echo '#include <security/pam_appl.h>
	int main(void) { return pam_end(NULL, 0) == PAM_SUCCESS; }' >program.c
	mkdir own other
	ln -s "$library" own/libpamport.so.0
	# shellcheck disable=SC2086
	atf_check $cc -isystem "$top_srcdir/include/overlay" \
	    -I"$top_srcdir/include" $pam_cppflags program.c -o program \
	    "$library" -Wl,--as-needed
	atf_check env LD_LIBRARY_PATH="$PWD/own" ./program
	sed 's/\(PAMPORT_[0-9.]*\)_[A-Z_]*/\1_OTHER_PAM/' \
	    "$top_builddir/pamport.map" >other.map
	echo 'int pamport_end(void *h, int c); int pamport_end(void *h, int c)
	{ return h != 0 || c == 0; }' >other.c
	atf_check $cc -shared -fPIC other.c -Wl,-soname,libpamport.so.0 \
	    -Wl,--version-script=other.map -o other/libpamport.so.0
	atf_check -s exit:1 -e match:'version .PAMPORT_.*_.* not found' \
	    env LD_LIBRARY_PATH="$PWD/other" ./program
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
	# A program that uses a variable of ours has it itself, so those may be.
	@NM@ -D "$library" | sed -n 's/.* [BD] \(pamport_[a-z_]*\).*/\1/p' |
	    sort >variables
	! grep 'pamport_' relocations | grep -v -F -f variables ||
		atf_fail 'these can be taken over by the program'
}

atf_init_test_cases() {
	atf_add_test_case exports__what_the_map_names
	atf_add_test_case exports__nothing_vanished
	atf_add_test_case exports__are_declared
	atf_add_test_case soname__is_that_of_the_interface
	atf_add_test_case other_libpam__is_refused_by_the_loader
	atf_add_test_case own_calls__stay_inside
}
