#!/usr/bin/env atf-sh
# shellcheck shell=sh
# SPDX-License-Identifier: BSD-2-Clause
#
# The sources in sources/ compile through the overlay: with gcc and clang, in
# each standard, against the native headers and against those of every other
# implementation whose headers are at hand.  One case is one header set, one
# compiler and one standard.
#
# The comment that opens a source tells the test about it:
#
#   Home: SETS        compiles against these without the overlay ("none": the
#                     source needs the overlay everywhere)
#   Also: c++         a C source that is C++ too
#   Standards: LIST   only these
#   Warnings: some    has to compile, but not without a warning
#   Flags: FLAGS      of the compiler, always
#   Prototyped: FLAGS where a function needs a prototype: C23 and C++
#   Needs: HEADER     left out where the set is not its home, until the overlay
#                     has this one
#   Native: HEADERS   left out where the set lacks these
#
# PAMPORT_TEST_HEADERS names the directories with header sets, those of sim/
# unless told otherwise.  The native headers are tried in every standard, with
# the overlay as a system directory and as another; the other sets with less,
# unless PAMPORT_TEST_DEEP=1.  A build against another libpam than the system's
# tries its own headers only, and a C and a C++ standard of each compiler, again
# unless PAMPORT_TEST_DEEP=1: the build against the system's does the rest.

top_srcdir='@abs_top_srcdir@'
pam_cppflags='@PAM_CPPFLAGS@'
pam_implementation='@PAM_IMPLEMENTATION@'
pam_const='@PAM_CONST@'
sources=$top_srcdir/tests/overlay/sources
refused=$top_srcdir/tests/overlay/refused

full_matrix='gcc:gnu99 gcc:gnu17 gcc:c23 gcc:c++11 gcc:c++17
    clang:gnu99 clang:gnu17 clang:c23 clang:c++11 clang:c++17'
brief_matrix='gcc:gnu17 gcc:c++17 clang:c23 clang:c++11'
usual_matrix='gcc:gnu99 gcc:gnu17 gcc:c++11 gcc:c++17 clang:c23 clang:c++17'
c_warnings='-Wall -Wextra -Wpedantic -Wstrict-prototypes -Wmissing-prototypes
    -Werror'
cxx_warnings='-Wall -Wextra -Wpedantic -Werror'

# The directories with the headers of other implementations.
set_dirs() {
	if [ -n "${PAMPORT_TEST_HEADERS-}" ]; then
		echo "$PAMPORT_TEST_HEADERS"
	else
		for dir in "$top_srcdir"/sim/include/*; do
			[ ! -d "$dir/security" ] || echo "$dir"
		done
	fi
}

is_deep() {
	[ "${PAMPORT_TEST_DEEP-0}" = 1 ]
}

# use_compiler gcc|clang STANDARD: sets compiler and standard_flag, or skips.
# For C23 the first one is taken that has the standard as published, else one
# that has the draft in which () is a prototype.
use_compiler() {
	language=c
	case $2 in
	c++*)
		language=c++
		candidates=$(echo "$1" | sed 's/gcc/g++/; s/clang/clang++/')
		flags=-std=$2
		;;
	c23)
		candidates=$1
		for version in 22 21 20 19 18 17 16 15 14 13; do
			candidates="$candidates $1-$version"
		done
		flags='-std=gnu23 -std=gnu2x'
		;;
	*)
		candidates=$1
		flags=-std=$2
		;;
	esac
	echo 'extern int declared;' >probe.c
	for standard_flag in $flags; do
		for compiler in $candidates; do
			command -v "$compiler" >/dev/null || continue
			"$compiler" -x $language "$standard_flag" \
			    -fsyntax-only probe.c 2>/dev/null && return
		done
	done
	atf_skip "no $1 with $2 on PATH"
}

# set_has HEADER...: the set itself has them all; the preprocessor would find
# the system's where it has not.
set_has() {
	for header; do
		if [ -n "$set_dir" ]; then
			[ -f "$set_dir/$header" ] || return 1
			continue
		fi
		echo "#include <$header>" >probe.c
		# shellcheck disable=SC2086
		"$compiler" -x $language $set_flags -E probe.c >/dev/null 2>&1 ||
			return 1
	done
}

# tags FILE...: a line each: file|key: value|key: value...
tags() {
	awk '
	FNR == 1 { if (line != "") print line; line = FILENAME }
	/^ \* [A-Z][A-Za-z]*: / { line = line "|" substr($0, 4) }
	END { print line }' "$@"
}

# tag KEY: sets value to what the comment of $line says for it.
tag() {
	value=
	case $line in
	*"|$1: "*)
		value=${line#*"|$1: "}
		value=${value%%|*}
		;;
	esac
}

# says_home: the source of $line is at home in this set.
says_home() {
	tag Home
	case " $value " in
	*" $set_name "*) ;;
	*) return 1 ;;
	esac
}

# wanted: the source of $line is for this compiler, standard and set.
wanted() {
	tag Also
	case $language:$file:$value in
	c++:*.c:) return 1 ;;
	c:*.cc:*) return 1 ;;
	esac
	tag Standards
	case " ${value:-$standard} " in
	*" $standard "*) ;;
	*) return 1 ;;
	esac
	tag Needs
	needed=$value
	if [ -n "$needed" ] && ! says_home &&
	    [ ! -f "$top_srcdir/include/overlay/$needed" ]; then
		echo "left out: ${file##*/}, no $needed"
		return 1
	fi
	tag Native
	# shellcheck disable=SC2086
	set_has $value
}

# compile FILE: with the flags that its tags ask for.
compile() {
	all="$standard_flag $path_flags"
	tag Warnings
	case $value:$language in
	some:*) all="$all -w" ;;
	:c++) all="$all $cxx_warnings" ;;
	*) all="$all $c_warnings" ;;
	esac
	tag Flags
	all="$all $value"
	case $standard in
	c++*|c23)
		tag Prototyped
		all="$all $value"
		;;
	esac
	# No type of C23 takes functions with and without const: pamport.h has
	# a pointer to void where the native header has no const.
	case $standard:$set_name in
	c23:solaris) all="$all -Wno-pedantic" ;;
	esac
	# shellcheck disable=SC2086
	"$compiler" -x $language $all -fsyntax-only "$1"
}

# compile_all: every source that is wanted; sets count and failed.
compile_all() {
	count=0
	failed=
	while read -r line; do
		file=${line%%|*}
		wanted || continue
		count=$((count + 1))
		compile "$file" || failed="$failed ${file##*/}"
	done <list
}

# A source with every name of lib/names.def and constants.txt: each has to be a
# macro with a constant value, and no two codes, items or styles are the same.
write_names() {
	awk '
	/^PAM_/ { name[$1] }
	/^PAMPORT__[A-Z]*\(/ {
		split($0, word, /[_(),]+/)
		unit = $0
		sub(/^[^(]*\(/, "", unit)
		sub(/[,)].*/, "", unit)
		name["PAM_" unit]
		kind["PAM_" unit] = word[2]
	}
	function all_differ(which,    each) {
		print "int is_" which "(int);"
		print "int is_" which "(int n)\n{\n\tswitch (n) {"
		for (each in kind)
			if (kind[each] == which)
				print "\tcase " each ":"
		print "\t\treturn (1);\n\tdefault:\n\t\treturn (0);\n\t}\n}"
	}
	END {
		print "/*\n * Made from constants.txt and names.def.\n *"
		print " * Also: c++\n */"
		print "#include <security/pam_appl.h>"
		for (each in name) {
			print "#ifndef " each
			print "#error \"" each " is not visible to #ifdef\""
			print "#endif"
			if (!(each in kind))
				print "#error \"" each " is not in names.def\""
			print "enum { value_of_" each " = (int)(" each ") };"
		}
		all_differ("CODE")
		all_differ("ITEM")
		all_differ("STYLE")
	}' "$top_srcdir/tests/platform/constants.txt" \
	    "$top_srcdir/lib/names.def" >names.c
	[ "$(grep -c '^	case PAM_' names.c)" -gt 60 ] ||
		atf_fail 'the names were not found in lib/names.def'
}

# use_set SET: sets set_dir (empty: where the compiler looks), set_name and
# set_flags.
use_set() {
	set_dir=$1
	set_name=${1##*/}
	set_flags="-isystem $1"
	if [ "$1" = native ]; then
		set_dir=${pam_cppflags#-isystem }
		set_name=$pam_implementation
		set_flags=$pam_cppflags
		case $pam_implementation:$pam_const in
		solaris:yes) set_name=illumos ;;
		esac
	fi
}

# through_the_overlay SET COMPILER STANDARD
through_the_overlay() {
	use_set "$1"
	standard=$3
	use_compiler "$2" "$3"
	write_names
	tags names.c "$sources"/*.c "$sources"/*.cc >list
	for how in -isystem -I; do
		[ $how = -isystem ] || [ "$1" = native ] || is_deep || continue
		path_flags="$how $top_srcdir/include/overlay
		    $how $top_srcdir/include $set_flags"
		compile_all
		echo "$compiler $standard_flag $how: $count sources"
		[ -z "$failed" ] || atf_fail "with $how:$failed"
		[ $count -gt 5 ] || atf_fail "only $count sources found"
	done
}

# without_the_overlay SET: a source is what it says that it is.
without_the_overlay() {
	use_set "$1"
	path_flags=$set_flags
	for standard in gnu17 c++17; do
		use_compiler gcc $standard
		tags "$sources"/*.c "$sources"/*.cc >all
		while read -r line; do
			says_home && echo "$line"
		done <all >list
		compile_all
		[ -z "$failed" ] || atf_fail "not for $set_name:$failed"
		[ $count -gt 0 ] || atf_skip "no source is at home in $set_name"
	done
}

# refused COMPILER STANDARD: what is wrong everywhere stays wrong.
refused() {
	use_set native
	standard=$2
	use_compiler "$1" "$2"
	path_flags="-isystem $top_srcdir/include/overlay
	    -I $top_srcdir/include $set_flags"
	tags "$refused"/*.c | sed 's/$/|Also: c++/' >list
	count=0
	while read -r line; do
		file=${line%%|*}
		wanted || continue
		# Where any pointer is taken for a conversation, as compile says.
		case $standard:$set_name:${file##*/} in
		c23:solaris:conversation_[gt]*) continue ;;
		esac
		count=$((count + 1))
		! compile "$file" 2>err || atf_fail "${file##*/} compiles"
		grep 'error: ' err || atf_fail "${file##*/}: no error was told"
	done <list
	[ $count -gt 5 ] || atf_fail "only $count sources found"
}

# new_case NAME WORD...: a test case that runs the words.
new_case() {
	name=$(echo "$1" | sed 's/+/x/g; s/[^A-Za-z0-9]/_/g')
	shift
	atf_test_case "$name"
	eval "${name}_head() { :; }"
	eval "${name}_body() { $*; }"
	atf_add_test_case "$name"
}

# choose_matrices: sets sets, native_matrix and other_matrix.
choose_matrices() {
	sets="native $(set_dirs)"
	native_matrix=$full_matrix
	other_matrix=$usual_matrix
	if is_deep; then
		other_matrix=$full_matrix
	elif [ -n "$pam_cppflags" ]; then
		sets=native
		native_matrix=$brief_matrix
	fi
}

atf_init_test_cases() {
	choose_matrices
	for set in $sets; do
		matrix=$other_matrix
		[ "$set" != native ] || matrix=$native_matrix
		for cell in $matrix; do
			new_case "${set##*/}__${cell%:*}__${cell#*:}" \
			    through_the_overlay "$set" "${cell%:*}" "${cell#*:}"
		done
		new_case "${set##*/}__without_the_overlay" \
		    without_the_overlay "$set"
	done
	for cell in $native_matrix; do
		new_case "refused__${cell%:*}__${cell#*:}" \
		    refused "${cell%:*}" "${cell#*:}"
	done
}
