#!/usr/bin/env atf-sh
# shellcheck shell=sh
# SPDX-License-Identifier: BSD-2-Clause
#
# What `make install` leaves, used as others use it: through pkg-config.
# A build against another libpam than the system's is tried with gcc only,
# unless PAMPORT_TEST_DEEP=1.

top_srcdir='@abs_top_srcdir@'
top_builddir='@abs_top_builddir@'
pam_cppflags='@PAM_CPPFLAGS@'
programs=$top_srcdir/tests/overlay/consumer

# install_tree: installs below the work directory; sets include and lib.
install_tree() {
	command -v pkg-config >/dev/null || atf_skip 'no pkg-config on PATH'
	unset MAKEFLAGS MAKELEVEL MFLAGS
	make -C "$top_builddir" install DESTDIR="$PWD/root" >install.log 2>&1 ||
		atf_fail "make install: $(tail -3 install.log)"
	lib=$(find "$PWD/root" -type d -name pkgconfig)
	lib=${lib%/pkgconfig}
	include=$(find "$PWD/root" -type f -path '*/pamport/pamport.h')
	include=${include%/pamport/pamport.h}
	if [ -z "$lib" ] || [ -z "$include" ]; then
		atf_fail 'nothing was installed'
	fi
}

# ask PACKAGE OPTION...: pkg-config on the installed tree, where it lies now.
ask() {
	package=$1
	shift
	PKG_CONFIG_PATH=$lib/pkgconfig pkg-config \
	    --define-variable=includedir="$include" \
	    --define-variable=libdir="${libdir-$lib}" "$@" "$package"
}

need_compiler() {
	for program; do
		command -v "$program" >/dev/null ||
			atf_skip "no $program on PATH"
	done
}

# compile_alone PACKAGE COMPILER FLAGS FILE
compile_alone() {
	# shellcheck disable=SC2086,SC2046
	"$2" $3 -Wall -Wextra -Wpedantic -Werror $(ask "$1" --cflags) \
	    -fsyntax-only "$4" || atf_fail "$2 $3, $1: $(cat "$4")"
}

# headers_alone C-COMPILER CXX-COMPILER
headers_alone() {
	need_compiler "$1" "$2"
	install_tree
	count=0
	for file in "$include"/pamport/*.h \
	    "$include"/pamport/overlay/security/*.h; do
		header=${file#"$include/"}
		packages='pamport pamport-overlay'
		case $header in
		pamport/overlay/*)
			header=${header#pamport/overlay/}
			packages=pamport-overlay
			;;
		esac
		echo "#include <$header>" >alone.c
		cp alone.c alone.cc
		# ISO C has no empty source.
		echo 'extern int declared;' >>alone.c
		for package in $packages; do
			compile_alone "$package" "$1" -std=c99 alone.c
			compile_alone "$package" "$1" -std=c17 alone.c
			compile_alone "$package" "$2" -std=c++11 alone.cc
			compile_alone "$package" "$2" -std=c++17 alone.cc
		done
		count=$((count + 1))
	done
	[ $count -ge 7 ] || atf_fail "only $count headers were installed"
}

# build PACKAGE COMPILER FLAGS FILE...: the program, and runs it.
build_and_run() {
	package=$1
	compiler=$2
	flags=$3
	shift 3
	rm -f program
	# shellcheck disable=SC2086,SC2046
	"$compiler" $flags -Wall -Wextra -Wpedantic -Werror \
	    $(ask "$package" --cflags) "$@" \
	    $(ask "$package" --libs $static) -o program ||
		atf_fail "$package with $compiler $flags does not build"
	LD_LIBRARY_PATH=${libdir-$lib} ./program ||
		atf_fail "$package with $compiler $flags does not run"
}

# A consumer of a library with sanitizers would have to be built with them.
need_plain_library() {
	if @NM@ "$top_builddir"/.libs/libpamport.a 2>/dev/null |
	    grep -q ' U __[a-z]*san_'; then
		atf_skip 'the library is built with sanitizers'
	fi
}

# consumers C-COMPILER CXX-COMPILER
consumers() {
	build_and_run pamport-overlay "$1" -std=c99 "$programs/consumer.c"
	build_and_run pamport-overlay "$1" -std=c99 "$programs/native.c"
	build_and_run pamport "$1" '-std=c99 -DNAMED' "$programs/consumer.c"
	cp "$programs/consumer.c" consumer.cc
	build_and_run pamport-overlay "$2" -std=c++11 consumer.cc
	build_and_run pamport "$2" '-std=c++11 -DNAMED' consumer.cc
	build_and_run pamport-overlay "$2" -std=c++11 "$programs/method.cc" \
	    "$programs/method_main.cc"
}

# shared C-COMPILER CXX-COMPILER
shared() {
	need_compiler "$1" "$2"
	need_plain_library
	install_tree
	ls "$lib"/libpamport.so* "$lib"/libpamport.*dylib >libraries 2>/dev/null
	[ -s libraries ] || atf_skip 'built without a shared library'
	static=
	consumers "$1" "$2"
}

# static C-COMPILER CXX-COMPILER: where there is no other than libpamport.a.
static() {
	need_compiler "$1" "$2"
	need_plain_library
	install_tree
	[ -f "$lib/libpamport.a" ] || atf_skip 'built without a static library'
	libdir=$PWD/only_static
	mkdir only_static
	cp "$lib/libpamport.a" only_static
	static=--static
	consumers "$1" "$2"
}

atf_test_case headers_alone__gcc
headers_alone__gcc_head() { :; }
headers_alone__gcc_body() { headers_alone gcc g++; }

atf_test_case headers_alone__clang
headers_alone__clang_head() { :; }
headers_alone__clang_body() { headers_alone clang clang++; }

atf_test_case shared__gcc
shared__gcc_head() { :; }
shared__gcc_body() { shared gcc g++; }

atf_test_case shared__clang
shared__clang_head() { :; }
shared__clang_body() { shared clang clang++; }

atf_test_case static__gcc
static__gcc_head() { :; }
static__gcc_body() { static gcc g++; }

atf_test_case static__clang
static__clang_head() { :; }
static__clang_body() { static clang clang++; }

atf_test_case pc_files
pc_files_head() { :; }
pc_files_body() {
	install_tree
	for package in pamport pamport-overlay; do
		! grep @ "$lib/pkgconfig/$package.pc" ||
			atf_fail "$package.pc: configure did not fill this in"
		# The system's libpam often has no .pc file.
		! grep '^Requires' "$lib/pkgconfig/$package.pc" ||
			atf_fail "$package.pc requires a package"
		ask "$package" --validate || atf_fail "$package.pc is not valid"
		ask "$package" --libs --static >libs
		grep -e '-lpamport .*-lpam' libs ||
			atf_fail "$package: libpam is missing for static programs"
	done
	# A program in pamport's own names calls libpam through pamport only.
	ask pamport --libs >libs
	! grep -e '-lpam *$' libs || atf_fail 'pamport: libpam has no use here'
	ask pamport-overlay --libs >libs
	grep -e '-lpamport .*-lpam' libs ||
		atf_fail 'pamport-overlay: native functions would not be found'
	# include_next in a header that comes by -I is an error with -pedantic.
	ask pamport-overlay --cflags >cflags
	grep -e '-isystem [^ ]*/pamport/overlay' cflags ||
		atf_fail 'pamport-overlay: the overlay is no system directory'
}

# man(1) finds each function; no page has a name that libpam's has.
atf_test_case manual__has_a_page_for_each_function
manual__has_a_page_for_each_function_head() { :; }
manual__has_a_page_for_each_function_body() {
	install_tree
	pages=$(find "$PWD/root" -name pamport_session.3)
	pages=${pages%/pamport_session.3}
	# Variables, which are told of with their functions.
	sed -n 's/^	\(pamport_.*\);$/\1/p' "$top_srcdir/lib/pamport.map" |
	    grep -v -e '^pamport_misc_conv_' -e '^pamport_binary_handler_' \
	    -e '_ttyconv_timeout$' >names
	[ "$(wc -l <names)" -gt 60 ] || atf_fail 'no names in lib/pamport.map'
	while read -r name; do
		[ -f "$pages/$name.3" ] || atf_fail "no page for $name"
		page=$(sed -n 's/^\.so man3\///p' "$pages/$name.3")
		grep -q "^\.Nm .*${name#pamport_}" "$pages/$page" ||
			atf_fail "$name is not in $page"
	done <names
	atf_check -o empty find "$pages" -name '*.3' ! -name 'pamport*'
	if command -v mandoc >/dev/null; then
		(cd "$pages/.." && mandoc man3/pamport_start.3) >shown ||
			atf_fail 'mandoc does not show pamport_start(3)'
		grep -q 'X/Open Single' shown || atf_fail 'it shows another page'
	fi
}

atf_test_case uninstall__leaves_nothing
uninstall__leaves_nothing_head() { :; }
uninstall__leaves_nothing_body() {
	install_tree
	make -C "$top_builddir" uninstall DESTDIR="$PWD/root" >uninstall.log 2>&1 ||
		atf_fail "make uninstall: $(tail -3 uninstall.log)"
	atf_check -o empty find root ! -type d
}

# Without the overlay the native header and ours cannot be in one source.
atf_test_case native_header_before_ours_is_refused
native_header_before_ours_is_refused_head() { :; }
native_header_before_ours_is_refused_body() {
	need_compiler gcc g++
	install_tree
	printf '%s\n' '#include <security/pam_appl.h>' \
	    '#include <pamport/session.h>' 'extern int declared;' >mixed.c
	for compiler in gcc g++; do
		language=c
		[ $compiler = gcc ] || language=c++
		# shellcheck disable=SC2046
		atf_check -s exit:1 -e match:'#error.*pkg-config pamport-overlay' \
		    $compiler -x $language $(ask pamport --cflags) \
		    -fsyntax-only mixed.c
		# shellcheck disable=SC2046
		atf_check $compiler -x $language \
		    $(ask pamport-overlay --cflags) -fsyntax-only mixed.c
	done
}

atf_init_test_cases() {
	atf_add_test_case headers_alone__gcc
	atf_add_test_case shared__gcc
	atf_add_test_case static__gcc
	atf_add_test_case pc_files
	atf_add_test_case manual__has_a_page_for_each_function
	atf_add_test_case uninstall__leaves_nothing
	atf_add_test_case native_header_before_ours_is_refused
	[ -z "$pam_cppflags" ] || [ "${PAMPORT_TEST_DEEP-0}" = 1 ] || return 0
	atf_add_test_case headers_alone__clang
	atf_add_test_case shared__clang
	atf_add_test_case static__clang
}
