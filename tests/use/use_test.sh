#!/usr/bin/env atf-sh
# shellcheck shell=sh
# SPDX-License-Identifier: BSD-2-Clause
#
# How other projects use pamport: the folders beside this file, each built from
# an installed copy, or with the sources inside, and run.
# A build against another libpam than the system's tries plain make only, unless
# PAMPORT_TEST_DEEP=1.

top_srcdir='@abs_top_srcdir@'
top_builddir='@abs_top_builddir@'
pam_cppflags='@PAM_CPPFLAGS@'
export CC='@CC@' CXX="${CXX-g++}"

# need PROGRAM...
need() {
	for program; do
		command -v "$program" >/dev/null ||
			atf_skip "no $program on PATH"
	done
}

# A consumer of a library with sanitizers would have to be built with them.
need_plain_library() {
	need "$CXX"
	unset MAKEFLAGS MAKELEVEL MFLAGS CFLAGS LDFLAGS
	! @NM@ "$top_builddir"/.libs/libcore.a 2>/dev/null |
	    grep -q ' U __[a-z]*san_' ||
		atf_skip 'the library is built with sanitizers'
}

# logged COMMAND...: fails with what the command said.
logged() {
	"$@" >log 2>&1 || {
		tail -40 log >&2
		atf_fail "failed: $*"
	}
}

# install_pamport shared|static|both: into the directory prefix, which the .pc
# files and nothing else of what is installed name.
install_pamport() {
	logged make -C "$top_builddir" install DESTDIR="$PWD/root"
	pc=$(find root -name pamport-overlay.pc)
	installed=$(sed -n 's/^prefix=//p' "$pc")
	mv "root$installed" prefix
	prefix=$PWD/prefix
	pc_files=$(find "$prefix" -type d -name pkgconfig)
	for file in "$pc_files"/*.pc; do
		sed "s|^prefix=.*|prefix=$prefix|" "$file" >moved
		! grep "=$installed" moved ||
			atf_skip 'configured with directories outside of its prefix'
		mv moved "$file"
	done
	lib=${pc_files%/pkgconfig}
	rm "$lib"/*.la
	case $1 in
	shared) rm -f "$lib"/libpamport.a; wanted="$lib/libpamport.[sd]*" ;;
	static) rm -f "$lib"/libpamport.[sd]*; wanted=$lib/libpamport.a ;;
	both) wanted="$lib/libpamport.*" ;;
	esac
	[ -n "$(find "$lib" -path "$wanted")" ] ||
		atf_skip "no $1 library was built"
}

# with_pkg_config shared|static|both: install_pamport, and where it is.
with_pkg_config() {
	need pkg-config
	need_plain_library
	install_pamport "$1"
	export PKG_CONFIG_PATH="$pc_files"
}

# consumer NAME: the folder, with the programs, as the work directory.
consumer() {
	cp -R "$top_srcdir/tests/use/$1" consumer
	chmod -R u+w consumer
	cp "$top_srcdir"/tests/use/program*.c* consumer
	mkdir -p configured
	echo 'auth required pam_permit.so' >configured/use
	configured=$PWD/configured
	cd consumer || atf_fail "no consumer $1"
}

# runs WHAT [DIRECTORY]: both programs, and the name that they say.  A private
# configuration works where libpam has such a thing.
runs() {
	export LD_LIBRARY_PATH="$lib" DYLD_LIBRARY_PATH="$lib"
	for program in use use-cxx; do
		program=${2-.}/$program
		logged "$program"
		grep -q "^$1: " log || atf_fail "$program is not $1: $(cat log)"
	done
	[ "$1" = pamport ] && has_confdir || return 0
	for program in use use-cxx; do
		atf_check -o inline:'pamport: Success\n' \
		    "${2-.}/$program" "$configured"
	done
}

has_confdir() {
	[ -z "$pam_cppflags" ] &&
		grep -q '^#define HAVE_PAM_START_CONFDIR 1' \
		    "$top_builddir/config.h"
}

# generate: configure, from the macro files that were installed.
generate() {
	need autoreconf
	[ -z "${prefix-}" ] || export ACLOCAL_PATH="$prefix/share/aclocal"
	logged autoreconf -fi
}

# links SHARED PROGRAM: whether it needs the shared library.
links() {
	command -v readelf >/dev/null || return 0
	readelf -d "$2" >dynamic
	case $1 in
	shared) grep -q 'NEEDED.*libpamport' dynamic ;;
	static) ! grep 'NEEDED.*libpamport' dynamic ;;
	esac || atf_fail "$2 is not $1"
}

atf_test_case make__shared
make__shared_head() { :; }
make__shared_body() {
	with_pkg_config shared
	consumer make
	logged make
	links shared use
	runs pamport
	logged make clean all PACKAGE=pamport CFLAGS=-DNAMED CXXFLAGS=-DNAMED
	runs pamport
}

atf_test_case make__static
make__static_head() { :; }
make__static_body() {
	with_pkg_config static
	consumer make
	logged make STATIC=--static
	links static use
	runs pamport
	logged make clean all STATIC=--static \
	    PACKAGE=pamport CFLAGS=-DNAMED CXXFLAGS=-DNAMED
	runs pamport
}

atf_test_case autoconf__shared
autoconf__shared_head() { :; }
autoconf__shared_body() {
	with_pkg_config shared
	consumer autoconf
	generate
	logged ./configure
	logged make
	links shared use
	runs pamport
}

atf_test_case autoconf__static
autoconf__static_head() { :; }
autoconf__static_body() {
	with_pkg_config static
	consumer autoconf
	generate
	logged ./configure
	logged make
	links static use
	runs pamport
}

atf_test_case autoconf__without_pkg_config
autoconf__without_pkg_config_head() { :; }
autoconf__without_pkg_config_body() {
	need_plain_library
	install_pamport both
	consumer autoconf
	generate
	logged ./configure PKG_CONFIG= ac_cv_path_ac_pt_PKG_CONFIG= \
	    ac_cv_path_PKG_CONFIG= --with-pamport="$prefix"
	logged make
	runs pamport
	! ./configure PKG_CONFIG= --with-pamport="$prefix/nowhere" >log 2>&1 ||
		atf_fail 'configure takes a PREFIX without pamport'
	atf_check -o match:'error: pamport 0.1.0 or newer was not found' cat log
	# A program that needs what is not there yet.
	sed 's/PAMPORT_CHECK(.*/PAMPORT_CHECK([99.1])/' configure.ac >newer
	mv newer configure.ac
	logged autoreconf -fi
	! ./configure PKG_CONFIG= --with-pamport="$prefix" >log 2>&1 ||
		atf_fail 'configure takes a pamport that is too old'
	atf_check -o match:'error: pamport 99.1 or newer was not found' cat log
	! ./configure --with-pamport="$prefix" >log 2>&1 ||
		atf_fail 'configure takes a pamport that is too old'
}

atf_test_case libtool__shared
libtool__shared_head() { atf_set timeout 600; }
libtool__shared_body() {
	with_pkg_config both
	consumer libtool
	generate
	logged ./configure --disable-static
	logged make
	links shared .libs/use
	runs pamport
}

atf_test_case libtool__static
libtool__static_head() { atf_set timeout 600; }
libtool__static_body() {
	with_pkg_config static
	consumer libtool
	generate
	logged ./configure --disable-shared
	logged make
	links static use
	runs pamport
}

atf_test_case optional__with_and_without
optional__with_and_without_head() { atf_set timeout 600; }
optional__with_and_without_body() {
	with_pkg_config shared
	consumer optional
	generate
	logged ./configure
	logged make
	runs pamport
	logged make distclean
	PKG_CONFIG_PATH=/nowhere
	logged ./configure
	grep -q 'undef HAVE_PAMPORT' config.h ||
		atf_fail 'there is no pamport, says config.h'
	logged make
	runs 'plain libpam'
	logged make distclean
	# Who asks for pamport does not get anything else.
	! ./configure --with-pamport >log 2>&1 ||
		atf_fail 'configure takes libpam for pamport'
	PKG_CONFIG_PATH=$pc_files
	logged ./configure --without-pamport
	logged make
	runs 'plain libpam'
}

atf_test_case cmake__shared
cmake__shared_head() { :; }
cmake__shared_body() {
	need cmake
	with_pkg_config shared
	consumer cmake
	logged cmake -S . -B build
	logged cmake --build build
	links shared build/use
	runs pamport build
}

atf_test_case cmake__static
cmake__static_head() { :; }
cmake__static_body() {
	need cmake
	with_pkg_config static
	consumer cmake
	logged cmake -S . -B build
	logged cmake --build build
	links static build/use
	runs pamport build
}

atf_test_case meson__shared
meson__shared_head() { :; }
meson__shared_body() {
	need meson ninja
	with_pkg_config shared
	consumer meson
	logged meson setup build
	logged meson compile -C build
	links shared build/use
	runs pamport build
}

atf_test_case meson__static
meson__static_head() { :; }
meson__static_body() {
	need meson ninja
	with_pkg_config static
	consumer meson
	logged meson setup build
	logged meson compile -C build
	links static build/use
	runs pamport build
}

# bundle NAME: the consumer, with what a tarball of pamport has inside.
bundle() {
	need_plain_library
	consumer "$1"
	logged make -C "$top_builddir" distdir distdir="$PWD/pamport"
	cp pamport/m4/pamport.m4 .
	echo 'ACLOCAL_AMFLAGS = -I .' >>Makefile.am
	lib=
	generate
}

# pass_through: the options of the package around it are pamport's as well.
pass_through() {
	if [ -n "$pam_cppflags" ]; then
		pam=${pam_cppflags#-isystem }
		set -- --with-pam="${pam%/include}"
	else
		# Many a package has such an option, and gives it no PREFIX.
		set -- --with-pam
	fi
	logged ./configure --prefix="$PWD/prefix" "$@"
	logged make
	runs pamport
	logged make check
	logged make install
	find prefix -type f -o -type l | sort >installed
	atf_check -o inline:'prefix/bin/use\nprefix/bin/use-cxx\n' cat installed
	links static prefix/bin/use
	runs pamport prefix/bin
}

atf_test_case bundled__without_libtool
bundled__without_libtool_head() { atf_set timeout 600; }
bundled__without_libtool_body() {
	bundle bundled
	pass_through
	# Where threads are not in libc, a program is linked with theirs.
	logged ./configure --no-recursion \
	    ac_cv_search_pthread_mutex_lock=-lpthread
	atf_check -o match:'libpamport\.a .*-lpam -lpthread *$' \
	    grep '^PAM_LIBS = ' Makefile
}

atf_test_case bundled__with_libtool
bundled__with_libtool_head() { atf_set timeout 600; }
bundled__with_libtool_body() {
	bundle bundled-libtool
	pass_through
}

atf_init_test_cases() {
	atf_add_test_case make__shared
	atf_add_test_case make__static
	[ -z "$pam_cppflags" ] || [ "${PAMPORT_TEST_DEEP-0}" = 1 ] || return 0
	atf_add_test_case autoconf__shared
	atf_add_test_case autoconf__static
	atf_add_test_case autoconf__without_pkg_config
	atf_add_test_case libtool__shared
	atf_add_test_case libtool__static
	atf_add_test_case optional__with_and_without
	atf_add_test_case cmake__shared
	atf_add_test_case cmake__static
	atf_add_test_case meson__shared
	atf_add_test_case meson__static
	atf_add_test_case bundled__without_libtool
	atf_add_test_case bundled__with_libtool
}
