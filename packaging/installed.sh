#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# installed.sh SOURCES BUILD: installs BUILD below a directory of its own, builds
# the consumer for make with that, in C and, with a compiler for it, in C++, and
# runs it.  It needs no more than a compiler and make, neither pkg-config nor
# Kyua, so it is what every system can be asked for.
set -eu

sources=$1 build=$2
work=$build/installed
cc=$(sed -n 's/^CC = //p' "$build/Makefile")

unset MAKEFLAGS MAKELEVEL MFLAGS
rm -rf "$work"
mkdir -p "$work"
(cd "$build" && make install DESTDIR="$work/root") >"$work/install.log" 2>&1 || {
	tail "$work/install.log" >&2
	exit 1
}

# What the .pc file says, where it is now.
pc=$(find "$work/root" -name pamport-overlay.pc)
prefix=$(sed -n 's/^prefix=//p' "$pc")
# shellcheck disable=SC2016 # these are the variables of the file
say() {
	sed -n "s/^$1: //p" "$pc" |
	    sed -e 's|\${libdir}|'"${pc%/pkgconfig/*}|g" \
	    -e 's|\${includedir}|'"$work/root$prefix/include|g"
}

cp "$sources"/tests/use/make/Makefile "$sources"/tests/use/program*.c* "$work"
cd "$work"
programs=use
if command -v "${CXX-g++}" >/dev/null 2>&1; then
	programs='use use-cxx'
fi
# shellcheck disable=SC2086 # one word a program
make CC="$cc" CXX="${CXX-g++}" PAM_CFLAGS="$(say Cflags)" \
    PAM_LIBS="$(say Libs)" $programs
LD_LIBRARY_PATH=${pc%/pkgconfig/*}
DYLD_LIBRARY_PATH=$LD_LIBRARY_PATH
export LD_LIBRARY_PATH DYLD_LIBRARY_PATH
for program in $programs; do
	# Whether "nobody" gets in is the machine's affair, whose PAM answers.
	"./$program" >out
	cat out
	grep '^pamport: ' out >/dev/null
done
