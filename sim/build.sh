#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# build.sh libraries|runner|behaviour PERSONALITY OUT, the full name
#
# Builds what a personality is made of, for sim/Makefile.inc.  One compiler run
# makes one file: there are five of everything, and the whole takes seconds.
#
#   libraries	OUT becomes a PREFIX for --with-pam: include/security, lib,
#		lib/security with the scriptable modules, etc for services
#   runner	the program OUT, which runs tables of situations
#   behaviour	the test program OUT
#
# PERSONALITY is one of those of sim/include, or "system" for the libpam of this
# machine, of which only the modules and the programs can be built.
#
# From the environment: TOP, the sources; SIM, where the personalities are; FINAL,
# where OUT will be when it is used, if elsewhere; CC; FLAGS for the compiler;
# LDFLAGS, LIBS; DL, -ldl but where libc has dlopen; ATF_CPPFLAGS and ATF_LIBS for
# libatf-c.
set -eu

what=$1 personality=$2 out=$3
sim=$TOP/sim
prefix=$SIM/$personality

# What a personality consists of: see sim/README.
common='handle item env data conv file load entry text wipe'
linux='conf_linux line_linux stack_linux api_linux ext_linux modutil_linux'
openpam='conf_openpam stack_openpam ext_openpam tty_openpam cred_openpam tty'
solaris='conf_solaris line_solaris stack_solaris api_solaris text_solaris'
case $personality in
linux-pam | system) family=linux parts="$common $linux linux-pam" ;;
openpam) family=openpam parts="$common $openpam line_openpam feature_openpam openpam" ;;
apple) family=openpam parts="$common $openpam line_apple apple" ;;
solaris | illumos) family=solaris parts="$common $solaris $personality" ;;
*) echo "build.sh: no personality $personality" >&2; exit 2 ;;
esac
knows_family="sim/names sim/names_$family sim/module_$family"
test_parts='write answer'
runner_parts='runner script output words table'

# compile WORD...: files of the sources are named without their ends.
compile() {
	words=
	for word; do
		case $word in
		sim/* | tests/*) word=$TOP/$word.c ;;
		esac
		words="$words $word"
	done
	includes="-I$sim"
	case $personality in
	# The situations have NULLs on purpose, of which these headers warn.
	system) includes="$includes -Wno-nonnull -fno-sanitize=nonnull-attribute" ;;
	*) includes="$includes -I$sim/include/$personality" ;;
	esac
	# shellcheck disable=SC2086 # one word a flag
	$CC -D_GNU_SOURCE -D_PAM_LEGACY_NONCONST $FLAGS $includes $words
}

# in_folder FOLDER NAME...
in_folder() {
	folder=$1
	shift
	for name; do
		echo "$folder/$name"
	done
}

# shared NAME MAP WORD...: OUT/lib/NAME-simulated-PERSONALITY.so.0, and NAME.so.
shared() {
	file=$1-simulated-$personality.so.0
	link=$1.so
	map=$2
	shift 2
	# shellcheck disable=SC2086
	compile -fPIC -shared "$@" -Wl,-soname,"$file" \
	    -Wl,--version-script="$map" $LDFLAGS -o "$out/lib/$file.new"
	mv "$out/lib/$file.new" "$out/lib/$file"
	ln -sf "$file" "$out/lib/$link"
}

library() {
	# shellcheck disable=SC2046,SC2086
	shared libpam "$sim/$personality.map" $(in_folder sim $parts) \
	    -DPAMSIM_DEFAULT_CONF="\"${FINAL-$out}/etc\"" \
	    -DPAMSIM_MODULE_DIR="\"${FINAL-$out}/lib/security\"" ${DL--ldl} $LIBS
}

# Whoever is linked with libpam_misc finds its libpam beside it.
misc_library() {
	# shellcheck disable=SC2016
	shared libpam_misc "$sim/linux-pam-misc.map" \
	    sim/misc_linux sim/tty sim/wipe -L"$out/lib" -lpam \
	    -Wl,-rpath,'$ORIGIN'
}

# module NAME MAP [FLAG]
module() {
	file=$out/lib/security/pamsim_$1.so
	where=
	[ "$personality" = system ] || where=-L$out/lib
	# shellcheck disable=SC2086
	compile -fPIC -shared ${3-} sim/module sim/module_action $knows_family \
	    -Wl,--version-script="$sim/$2.map" $LDFLAGS $where -lpam $LIBS \
	    -o "$file.new"
	mv "$file.new" "$file"
}

headers() {
	mkdir -p "$out/include/security"
	for header in "$sim/include/$personality"/security/*.h; do
		cp "$header" "$out/include/security/"
		chmod 644 "$out/include/security/${header##*/}"
	done
}

# What the machine's own libpam has and this one lacks must not be found behind
# it: headers that are errors, libraries that no linker takes, packages that need
# what is not there.  Only `pamport sim run' looks into this directory.
absent() {
	mkdir -p "$out/absent/include/security" "$out/absent/lib/pkgconfig"
	for header in "$sim"/include/*/security/*.h pam_filter.h; do
		header=${header##*/}
		[ -f "$out/include/security/$header" ] ||
			echo "#error \"$personality has no <security/$header>\"" \
			    >"$out/absent/include/security/$header"
	done
	for name in pam_misc pamc; do
		[ -f "$out/lib/lib$name.so" ] ||
			echo "ASSERT(0, \"$personality has no lib$name\")" \
			    >"$out/absent/lib/lib$name.so"
	done
	for name in pam pam_misc pamc; do
		[ -f "$out/lib/pkgconfig/$name.pc" ] ||
			package "$name" "Requires: $name-of-$personality" \
			    >"$out/absent/lib/pkgconfig/$name.pc"
	done
}

# package NAME LINE...: what pkg-config reads.
package() {
	printf 'Name: %s\nDescription: simulated %s\nVersion: 0\n' "$1" \
	    "$personality"
	shift
	printf '%s\n' "$@"
}

# Linux-PAM comes with these two.
packages() {
	mkdir -p "$out/lib/pkgconfig"
	for name in pam pam_misc; do
		package "$name" "Libs: -L${FINAL-$out}/lib -l$name" \
		    >"$out/lib/pkgconfig/$name.pc"
	done
}

# What is there stays: it may have been configured.
configuration() {
	mkdir -p "$out/etc"
	if [ "$family" = solaris ]; then
		file=$out/etc/pam.conf
		line='# service type control module argument...'
	else
		mkdir -p "$out/etc/pam.d"
		file=$out/etc/pam.d/other
		line='# For services without a file: type control module argument...'
	fi
	[ -f "$file" ] || echo "$line" >"$file"
}

libraries() {
	umask 022
	mkdir -p "$out/lib/security"
	if [ "$personality" != system ]; then
		headers
		library
		if [ "$personality" = linux-pam ]; then
			misc_library
			packages
		fi
		absent
		configuration
	fi
	module module module
	module nosession module-nosession -DPAMSIM_NO_SESSION
}

# program WORD...
program() {
	link=
	[ "$personality" = system ] || link="-L$prefix/lib -Wl,-rpath,$prefix/lib"
	[ $family != linux ] || link="$link -lpam_misc"
	# shellcheck disable=SC2046,SC2086
	compile "$@" $(in_folder tests/sim $test_parts family_$family) \
	    $knows_family $LDFLAGS $link -lpam $LIBS -o "$out"
}

case $what in
libraries) libraries ;;
runner)
	# shellcheck disable=SC2046,SC2086
	program $(in_folder tests/sim $runner_parts)
	;;
behaviour)
	# shellcheck disable=SC2086
	program tests/sim/behaviour_test $ATF_CPPFLAGS \
	    -DPAMSIM_TEST_MODULE="\"$prefix/lib/security/pamsim_module.so\"" \
	    $ATF_LIBS
	;;
*) echo "build.sh: $what is no target" >&2; exit 2 ;;
esac
