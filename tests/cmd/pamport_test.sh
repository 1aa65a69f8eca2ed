#!/usr/bin/env atf-sh
# shellcheck shell=sh
# SPDX-License-Identifier: BSD-2-Clause
#
# What all subcommands have in common: help, complaints, colour, exit codes.

pamport='@abs_top_builddir@/pamport'
top_builddir='@abs_top_builddir@'
top_srcdir='@abs_top_srcdir@'
pam_cppflags='@PAM_CPPFLAGS@'
pam_implementation='@PAM_IMPLEMENTATION@'

atf_test_case version__tells_both_libraries
version__tells_both_libraries_head() { :; }
version__tells_both_libraries_body() {
	atf_check -o match:'^pamport [0-9]+\.[0-9]+' \
	    -o match:'^libpam  .*/.*libpam' "$pamport" --version
}

# What the header says is another: 1.0 in Linux-PAM 1.5.2.
atf_test_case version__is_that_of_the_package
version__is_that_of_the_package_head() {
	atf_set require.progs 'pkg-config python3'
}
version__is_that_of_the_package_body() {
	prefix=${pam_cppflags#-isystem }
	prefix=${prefix%/include}
	if [ -n "$prefix" ]; then
		expected=$(PKG_CONFIG_PATH='' \
		    PKG_CONFIG_LIBDIR=$prefix/lib/pkgconfig \
		    pkg-config --modversion pam 2>/dev/null)
		[ "$expected" != 0 ] || expected=
	else
		expected=$(pkg-config --modversion pam 2>/dev/null)
	fi
	case $pam_implementation in
	linux-pam) header='header version 1\.[0-9]' ;;
	solaris) header='header without a version' ;;
	*) header='header version 20[0-9]+' ;;
	esac
	atf_check -o match:"^libpam  [^0-9,]*${expected:+ $expected}, $header, " \
	    "$pamport" --version
	atf_check \
	    -o match:"^PAM +[^0-9(]*${expected:+ $expected} \\([a-z-]*\\), $header\$" \
	    -o save:text "$pamport" doctor
	atf_check -o match:"^ \\* Package: ${expected:-of no known version}\$" \
	    -o match:"^ \\* Header: .*, $header, " "$pamport" doctor --describe
	"$pamport" doctor --json >said.json || atf_fail 'doctor --json'
	atf_check python3 -c 'import json, re, sys
pam = json.load(open("said.json"))["pam"]
assert pam["package_version"] == (sys.argv[1] or None), pam
version = pam["header_version"]
assert version is None or re.match("^[0-9.]+$", version), pam
assert (version is None) is ("without" in sys.argv[2]), pam' \
	    "$expected" "$header"
}

# finds VERSION [ARGUMENT...]: the configure of the next test.
finds() {
	expected=$1
	shift
	atf_check -e ignore -o match:"^found <$expected>\$" ./configure "$@"
}

# The package of the libpam that is used, and of no other.
atf_test_case version__is_of_no_other_libpam
version__is_of_no_other_libpam_head() {
	atf_set require.progs 'autoconf pkg-config'
}
version__is_of_no_other_libpam_body() {
	cat >configure.ac <<-END
		m4_include([$top_srcdir/m4/pamport-platform.m4])
		AC_INIT([found], [1])
		AC_ARG_WITH([pam], [], [], [with_pam=system])
		PAMPORT_FIND_PAM_VERSION
		echo "found <\$pamport_cv_pam_version>"
	END
	autoconf >log 2>&1 || atf_fail "$(cat log)"
	for place in usual one zero; do
		mkdir -p $place/lib/pkgconfig
		printf 'Name: pam\nDescription: x\nVersion: %s\n' \
		    "$(echo $place | sed 's/usual/9.8.7/;s/one/1.2.3/;s/zero/0/')" \
		    >$place/lib/pkgconfig/pam.pc
	done
	mkdir none
	PKG_CONFIG_PATH=$PWD/usual/lib/pkgconfig
	export PKG_CONFIG_PATH
	finds 9.8.7
	finds 9.8.7 --with-pam=/usr
	finds 1.2.3 "--with-pam=$PWD/one"
	finds '' "--with-pam=$PWD/none"
	finds '' "--with-pam=$PWD/zero"
	finds 4.5 "--with-pam=$PWD/one" pamport_cv_pam_version=4.5
	finds '' PKG_CONFIG=/nowhere/pkg-config
	# What runs here says nothing of another system.
	finds '' cross_compiling=yes
	PKG_CONFIG_LIBDIR=$PWD/one/lib/pkgconfig finds 9.8.7 cross_compiling=yes
	printf 'Name: pam\nDescription: x\nVersion: 1"2\n' \
	    >usual/lib/pkgconfig/pam.pc
	finds ''
}

atf_test_case help__is_there_for_each
help__is_there_for_each_head() { :; }
help__is_there_for_each_body() {
	for name in doctor code session sim; do
		atf_check -o match:"^  $name " "$pamport" help
		atf_check -o match:"^usage: pamport $name" "$pamport" help $name
		atf_check -o match:"^usage: pamport $name" "$pamport" $name -h
		atf_check -o match:"^usage: pamport $name" "$pamport" $name --help
	done
	atf_check -o match:'--converse SERVICE' -o match:'-h, --help' \
	    "$pamport" help doctor
}

# Wherever another option could stand, and nowhere else.
atf_test_case help__may_stand_anywhere
help__may_stand_anywhere_head() { :; }
help__may_stand_anywhere_body() {
	while read -r name words; do
		# shellcheck disable=SC2086
		atf_check -o match:"^usage: pamport $name" \
		    "$pamport" $name $words
	done <<-'END'
		doctor -v --help
		doctor -vh
		doctor login -h
		code PAM_AUTH_ERR --help
		session run --help
		session run nobody -h
		session close -s login --help
		session list --tty x --help
		sim run --help
		sim run nothing --help
		sim --dir /nowhere list -h
	END
	# A value, and what stands behind "--", is none.
	atf_check -s exit:1 -e match:'none in --help' \
	    "$pamport" sim list --dir --help
	atf_check -s exit:1 -e match:'the name --help' "$pamport" code -- --help
	atf_check -s exit:2 -e match:'no option --help=1' \
	    "$pamport" doctor --help=1
	atf_check -s exit:2 -e match:'no option --nothing' \
	    "$pamport" doctor --nothing --help
	# What is behind the command belongs to it: sim refuses the personality.
	atf_check -s exit:2 -e match:'no personality nothing' \
	    "$pamport" sim run nothing ls --help
	atf_check -s exit:2 -e match:'no personality nothing' \
	    "$pamport" sim run nothing -- --help
}

atf_test_case usage__is_2_and_on_standard_error
usage__is_2_and_on_standard_error_head() { :; }
usage__is_2_and_on_standard_error_body() {
	atf_check -s exit:2 -e match:'^usage: pamport' "$pamport"
	atf_check -s exit:2 -e match:'did you mean doctor' "$pamport" docter
	atf_check -s exit:2 -e match:'no subcommand xyzzyx$' "$pamport" xyzzyx
	atf_check -s exit:2 -e match:'no subcommand nothing' "$pamport" help nothing
	for name in doctor code session sim; do
		atf_check -s exit:2 -e match:'no option --nothing' \
		    "$pamport" $name --nothing
		atf_check -s exit:2 -e match:'no option -Z' "$pamport" $name -Z
	done
	atf_check -s exit:2 -e match:'value is missing after --conf' \
	    "$pamport" sim list --conf
	atf_check -s exit:2 -e match:'no value is taken by --json=1' \
	    "$pamport" code --json=1
	atf_check -s exit:2 -e match:'one name or number' "$pamport" code 1 2
	atf_check -s exit:2 -e match:'one service' "$pamport" doctor a b
}

atf_test_case output_that_is_lost__is_2
output_that_is_lost__is_2_head() { :; }
output_that_is_lost__is_2_body() {
	[ -w /dev/full ] || atf_skip 'no /dev/full'
	for what in code '--version'; do
		"$pamport" $what >/dev/full 2>said
		atf_check_equal 2 $?
		atf_check_equal 1 "$(grep -c 'pamport: standard output: ' said)"
	done
}

# on_terminal NAME=VALUE: what a terminal shows of "pamport code 14".
on_terminal() {
	: >script
	env TERM=vt100 "$@" "$top_builddir/tests/expect" script "$pamport" \
	    code 14
}

atf_test_case colour__is_for_terminals
colour__is_for_terminals_head() { :; }
colour__is_for_terminals_body() {
	escape=$(printf '\033')
	env -u NO_COLOR TERM=vt100 "$pamport" code 14 >piped
	if grep -q "$escape" piped; then
		atf_fail 'colour in a pipe'
	fi
	unset NO_COLOR
	on_terminal A=1 >shown
	grep -q "$escape" shown || atf_fail 'no colour on a terminal'
	on_terminal NO_COLOR= >shown
	grep -q "$escape" shown || atf_fail 'no colour with an empty NO_COLOR'
	on_terminal env -u TERM >shown
	grep -q PAM_SESSION_ERR shown || atf_fail 'nothing without TERM'
	if grep -q "$escape" shown; then
		atf_fail 'colour without TERM'
	fi
	on_terminal NO_COLOR=1 >shown
	if grep -q "$escape" shown; then
		atf_fail 'colour with NO_COLOR'
	fi
	on_terminal TERM=dumb >shown
	if grep -q "$escape" shown; then
		atf_fail 'colour on a dumb terminal'
	fi
	# All that decides is in the page.
	sed -n '/^.Sh ENVIRONMENT/,/^.Sh EXIT/p' \
	    "$top_srcdir/man/pamport.1" >page
	for name in NO_COLOR TERM; do
		grep -q "^.It Ev $name\$" page || atf_fail "no $name in the page"
	done
}

atf_init_test_cases() {
	atf_add_test_case version__tells_both_libraries
	atf_add_test_case version__is_that_of_the_package
	atf_add_test_case version__is_of_no_other_libpam
	atf_add_test_case help__is_there_for_each
	atf_add_test_case help__may_stand_anywhere
	atf_add_test_case usage__is_2_and_on_standard_error
	atf_add_test_case output_that_is_lost__is_2
	atf_add_test_case colour__is_for_terminals
}
