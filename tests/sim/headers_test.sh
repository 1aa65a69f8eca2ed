#!/usr/bin/env atf-sh
# shellcheck shell=sh
# SPDX-License-Identifier: BSD-2-Clause
#
# The headers by themselves: every one compiles alone where the original does,
# and has the numbers, the const and the kind of name of the original.

personality='@personality@'
include='@abs_top_srcdir@/sim/include/'$(echo $personality | tr _ -)
constants='@abs_top_srcdir@/tests/sim/constants.csv'
cc='@CC@'
cxx=c++

# Solaris wants <security/pam_appl.h> before its other headers.
program()
{
	case $personality in
	solaris | illumos)
		echo '#include <security/pam_appl.h>'
		;;
	esac
	echo "#include <security/$1>"
	echo 'int not_empty;'
}

atf_test_case alone
alone_head()
{
	atf_set descr "each header compiles alone, in C and C++"
}
alone_body()
{
	for file in "$include"/security/*.h; do
		program "${file##*/}" >try.c
		cp try.c try.cc
		for standard in c89 c99 c11 c17; do
			atf_check $cc -std=$standard -isystem \
			    "$include" -Wall -Wextra -Werror -c try.c
		done
		for standard in c++98 c++17; do
			atf_check $cxx -std=$standard -isystem \
			    "$include" -Wall -Wextra -Werror -c try.cc
		done
	done
}

atf_test_case constants
constants_head()
{
	atf_set descr "the numbers, and whether the preprocessor sees them"
}
constants_body()
{
	column=$(head -n 1 "$constants" |
	    tr ',' '\n' | grep -nx "$personality" | cut -d : -f 1)
	{
		program pam_modules.h | sed '/not_empty/d'
		case $personality in
		linux_pam)
			echo '#include <security/pam_misc.h>'
			;;
		esac
		tail -n +2 "$constants" |
		    awk -F , -v column="$column" '$column != "" {
			printf("int is_%s[(long)%s == (long)%sL ? 1 : -1];\n",
			    $1, $1, $column);
			if ($2 == "enum" && column > 3 && column < 6)
				printf("#ifdef %s\n#error %s\n#endif\n",
				    $1, $1);
		}
		$column == "" {
			printf("#ifdef %s\n#error %s is not there\n#endif\n",
			    $1, $1);
		}'
	} >try.c
	atf_check $cc -isystem "$include" -c try.c
}

# The native types, spelled out; a compiler takes no others.
prototypes()
{
	case $personality in
	solaris)
		in='' out='' text=''
		;;
	*)
		in=const out=const text=const
		;;
	esac
	case $personality in
	linux_pam)
		handle=
		;;
	*)
		handle=const
		;;
	esac
	program pam_modules.h
	case $personality in
	openpam | apple)
		echo '#include <security/openpam.h>'
		;;
	esac
	cat <<-EOF
	int (*conv)(int, $in struct pam_message **, struct pam_response **,
	    void *);
	struct pam_conv filled;
	int (*get_item)(const pam_handle_t *, int, $out void **) = pam_get_item;
	int (*get_user)(pam_handle_t *, $out char **, const char *) =
	    pam_get_user;
	$text char *(*get_env)(pam_handle_t *, const char *) = pam_getenv;
	const char *(*text)($handle pam_handle_t *, int) = pam_strerror;
	int (*set_item)(pam_handle_t *, int, const void *) = pam_set_item;
	int (*get_data)(const pam_handle_t *, const char *, const void **) =
	    pam_get_data;
	void fill(void) { filled.conv = conv; }
	EOF
}

atf_test_case types
types_head()
{
	atf_set descr "what is const, and what is not"
}
types_body()
{
	prototypes >try.c
	atf_check $cc -isystem "$include" \
	    -Werror=incompatible-pointer-types -Werror -c try.c
	case $personality in
	illumos)
		personality=solaris
		prototypes >try.c
		atf_check $cc -isystem "$include" -Werror \
		    -D_PAM_LEGACY_NONCONST -c try.c
		;;
	esac
}

atf_init_test_cases()
{
	atf_add_test_case alone
	atf_add_test_case constants
	atf_add_test_case types
}
