#!/usr/bin/env atf-sh
# shellcheck shell=sh
# SPDX-License-Identifier: BSD-2-Clause
#
# What pamport doctor says of a service, in the format of this build tree's PAM.

top_builddir='@abs_top_builddir@'
pam_implementation='@PAM_IMPLEMENTATION@'
pamport=$top_builddir/pamport

need() {
	for name; do
		[ "$name" != "$pam_implementation" ] || return 0
	done
	atf_skip "this is about $*"
}

doctor() {
	atf_check -o save:out -e empty "$pamport" doctor -v --etc "$PWD/etc" "$1"
	sed -n '/^Service/,$p' out >said
}

says() {
	for pattern; do
		grep -E -q "$pattern" said || atf_fail "no $pattern in $(cat said)"
	done
}

atf_test_case linux__own_lines_and_those_of_other
linux__own_lines_and_those_of_other_head() { :; }
linux__own_lines_and_those_of_other_body() {
	need linux-pam
	mkdir -p etc/pam.d
	cat >etc/pam.d/svc <<-'END'
		# a comment that does not go on \
		auth [success=1 default=ignore] pam_unix.so nullok # and more
		-auth optional \
		    pam_cap.so
		session include common
		@include more
	END
	echo 'session required pam_limits.so' >etc/pam.d/common
	printf 'session optional pam_mail.so\naccount required pam_unix.so\n' \
	    >etc/pam.d/more
	echo 'auth required pam_deny.so' >etc/pam.d/other
	doctor svc
	says '^  auth +2 lines +1 line of other' \
	    '^  account +1 line +PAM_PERM_DENIED' \
	    '^  session +2 lines +PAM_PERM_DENIED' \
	    '^  password +no line +PAM_PERM_DENIED' \
	    'success=1 default=ignore +pam_unix.so +.*svc:2' \
	    'optional +pam_cap.so +.*svc:4' 'required +pam_limits.so +.*common:1'
	doctor SVC
	says '^  auth +2 lines'
	doctor nosuch
	says 'which has no configuration' '^  auth +no line +1 line of other'
}

# The directory that a program starts with: what is beside it does not count.
atf_test_case linux__private_directory
linux__private_directory_head() { :; }
linux__private_directory_body() {
	need linux-pam
	grep -q '^#define HAVE_PAM_START_CONFDIR' "$top_builddir/config.h" ||
		atf_skip 'this libpam has no pam_start_confdir'
	mkdir services pam.d empty
	printf 'auth required a.so\nsession include common\n' >services/svc
	echo 'session required b.so' >services/common
	echo 'auth required c.so' >pam.d/svc
	echo 'svc password required d.so' >pam.conf
	for option in "--confdir $PWD/services" "-d $PWD/services" '-d services'
	do
		# shellcheck disable=SC2086
		atf_check -o save:said "$pamport" doctor -v $option svc
		says '^  auth +1 line' '^  session +1 line' 'a.so .*services/svc' \
		    'b.so .*services/common' '^  password +no line'
		! grep -q '[cd]\.so' said || atf_fail "$(cat said)"
	done
	atf_check -o save:said "$pamport" doctor -d empty svc
	says 'which has no configuration' 'PAM_ABORT from pam_start'
	atf_check -s exit:2 -e match:'nothing: No such file' \
	    "$pamport" doctor -d nothing svc
	atf_check -s exit:2 -e match:'pam.conf: Not a directory' \
	    "$pamport" doctor -d pam.conf svc
	atf_check -s exit:2 -e match:'--etc or --confdir' \
	    "$pamport" doctor -d services --etc . svc
}

atf_test_case etc__is_a_directory
etc__is_a_directory_head() { :; }
etc__is_a_directory_body() {
	: >file
	atf_check -s exit:2 -e match:'doctor: nothing: No such file' \
	    "$pamport" doctor --etc nothing svc
	atf_check -s exit:2 -e match:'doctor: file: Not a directory' \
	    "$pamport" doctor --etc file svc
}

atf_test_case others__have_no_private_directory
others__have_no_private_directory_head() { :; }
others__have_no_private_directory_body() {
	need openpam apple solaris
	atf_check -s exit:2 -e match:'no private directory of services' \
	    "$pamport" doctor -d "$PWD" svc
}

atf_test_case linux__without_anything_it_does_not_start
linux__without_anything_it_does_not_start_head() { :; }
linux__without_anything_it_does_not_start_body() {
	need linux-pam
	mkdir -p etc/pam.d
	doctor svc
	says '^  auth +no line +PAM_ABORT from pam_start'
	rmdir etc/pam.d
	printf 'svc auth required a.so\nOTHER auth required b.so\n' >etc/pam.conf
	doctor svc
	says '^  auth +1 line +1 line of other' '^  session +no line +PAM_PERM'
	mkdir etc/pam.d
	doctor svc
	says '^  auth +no line +PAM_ABORT'
}

atf_test_case openpam__looks_into_both_places
openpam__looks_into_both_places_head() { :; }
openpam__looks_into_both_places_body() {
	need openpam apple
	mkdir -p etc/pam.d
	printf 'auth required "pam unix.so" x\nsession include common\n' \
	    >etc/pam.d/svc
	echo 'session required pam_lastlog.so' >etc/pam.d/common
	doctor svc
	says '^  auth +1 line' '^  session +1 line' 'required +pam unix.so'
	[ "$pam_implementation" != openpam ] ||
		says '^  password +no line +PAM_SYSTEM_ERR from pam_start'
	: >etc/pam.d/other
	doctor svc
	[ "$pam_implementation" != openpam ] ||
		says '^  password +no line +PAM_SYSTEM_ERR$'
	echo 'two auth required a.so' >etc/pam.conf
	doctor two
	says '^  auth +1 line'
}

atf_test_case solaris__says_what_would_be_granted
solaris__says_what_would_be_granted_head() { :; }
solaris__says_what_would_be_granted_body() {
	need solaris
	mkdir etc
	cat >etc/pam.conf <<-END
		svc auth required a.so
		SVC auth sufficient b.so
		svc account include $PWD/empty
		other session required c.so # an argument
	END
	echo 'svc auth required d.so' >empty
	doctor svc
	says '^  auth +2 lines +PAM_SYSTEM_ERR \(natively PAM_SUCCESS: rule 23' \
	    '^  session +no line +1 line of other' \
	    '^  account +no line, and an include without any|^  account +no line' \
	    '^  password +no line +PAM_SUCCESS'
}

atf_test_case hostile_files__are_said_and_passed_over
hostile_files__are_said_and_passed_over_head() { :; }
hostile_files__are_said_and_passed_over_body() {
	need linux-pam openpam
	mkdir -p etc/pam.d/directory
	echo 'auth required a.so' >etc/pam.d/other
	echo 'auth include loop' >etc/pam.d/loop
	printf 'auth include wide\nauth include wide\n' >etc/pam.d/wide
	mkfifo etc/pam.d/fifo
	ln -s /dev/zero etc/pam.d/device
	head -c 2000000 /dev/zero >etc/pam.d/large
	head -c 5000 /dev/urandom >etc/pam.d/random
	printf 'auth required \033[31mred\007.so\n' >etc/pam.d/escape
	printf 'auth' >etc/pam.d/short
	awk 'BEGIN { for (i = 0; i < 5000; i++) print "auth required a.so" }' \
	    >etc/pam.d/many
	awk 'BEGIN { printf("auth required a.so"); \
	    for (i = 0; i < 5000; i++) printf(" x") }' >etc/pam.d/words
	doctor loop
	says 'includes that go too deep'
	doctor wide
	says 'include each other'
	for name in directory fifo device large; do
		doctor $name
		says 'not a file that can be read'
	done
	doctor many
	says 'too many lines'
	doctor words
	says '^  auth +1 line'
	doctor random
	doctor short
	says 'an incomplete line'
	doctor escape
	if grep -q "$(printf '\033')" said; then
		atf_fail 'a file steers the terminal'
	fi
}

# refused NAME WHY
refused() {
	atf_check -s exit:2 -e match:"is no service: $2 .rule 8 of pamport" \
	    "$pamport" doctor --etc "$PWD/etc" "$1"
}

# Rule 8, and what pam_start of this libpam does with a name.
atf_test_case names__are_those_of_rule_8
names__are_those_of_rule_8_head() { :; }
names__are_those_of_rule_8_body() {
	mkdir -p etc/pam.d
	echo 'auth required a.so' | tee etc/pam.d/svc >etc/pam.d/other
	printf 'svc auth required a.so\nother auth required b.so\n' >etc/pam.conf
	refused '' 'it is empty'
	refused . 'it is a directory'
	refused .. 'it is a directory'
	refused "$(printf '%0256d' 0)" 'it is longer than 255 bytes'
	doctor "$(printf '%0255d' 0)"
	says 'which has no configuration'
	case $pam_implementation in
	linux-pam)
		for name in /etc/pam.d/svc ../pam.d/svc SVC x/Svc; do
			doctor $name
			says "^Service svc .what this libpam makes of \"$name\"" \
			    '^  auth +1 line'
		done
		doctor svc
		says '^Service svc$'
		doctor svc/none
		says '^Service none, which has no configuration .what this'
		refused svc/ 'nothing is behind the "/"'
		refused /.. 'it is a directory'
		atf_check -o match:'"name": "svc"' "$pamport" doctor --json \
		    --etc "$PWD/etc" /etc/pam.d/svc
		;;
	openpam)
		refused /etc/pam.d/svc 'this libpam refuses one with a "/"'
		refused 's vc' 'this libpam takes letters, digits, .* alone'
		rm etc/pam.conf
		doctor SVC
		says '^Service SVC, which has no configuration$'
		;;
	apple)
		refused /etc/pam.d/svc 'this libpam refuses one with a "/"'
		;;
	solaris)
		doctor /etc/pam.d/svc
		says '^Service /etc/pam.d/svc, which has no configuration$' \
		    '^  auth +no line +1 line of other'
		doctor SVC
		says '^  auth +1 line'
		;;
	esac
	# No name steers the terminal.
	escape=$(printf '\033')
	"$pamport" doctor --etc "$PWD/etc" "${escape}[31m/" >out 2>&1
	"$pamport" doctor --etc "$PWD/etc" "${escape}[31mx" >>out 2>&1
	! grep -q "$escape" out || atf_fail 'a name steers the terminal'
}

atf_test_case unreadable_file__is_said
unreadable_file__is_said_head() {
	atf_set require.progs setpriv
	atf_set require.user root
}
unreadable_file__is_said_body() {
	need linux-pam openpam
	mkdir -p etc/pam.d
	echo 'auth required a.so' >etc/pam.d/svc
	chmod 600 etc/pam.d/svc
	cp "$pamport" pamport
	chmod 755 . pamport
	set -- setpriv --reuid=65534 --regid=65534 --clear-groups ./pamport
	"$@" --version >/dev/null 2>&1 ||
		atf_skip 'others cannot run what is built here'
	TMPDIR=/tmp atf_check -o match:'svc: only others may read it' \
	    "$@" doctor --etc "$PWD/etc" svc
}

atf_init_test_cases() {
	atf_add_test_case linux__own_lines_and_those_of_other
	atf_add_test_case linux__private_directory
	atf_add_test_case etc__is_a_directory
	atf_add_test_case others__have_no_private_directory
	atf_add_test_case linux__without_anything_it_does_not_start
	atf_add_test_case openpam__looks_into_both_places
	atf_add_test_case solaris__says_what_would_be_granted
	atf_add_test_case hostile_files__are_said_and_passed_over
	atf_add_test_case names__are_those_of_rule_8
	atf_add_test_case unreadable_file__is_said
}
