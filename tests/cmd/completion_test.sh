#!/usr/bin/env atf-sh
# shellcheck shell=sh
# SPDX-License-Identifier: BSD-2-Clause
#
# What the shells are told, and that a shell takes it.

top_srcdir='@abs_top_srcdir@'
top_builddir='@abs_top_builddir@'
pam_implementation='@PAM_IMPLEMENTATION@'
pamport=$top_builddir/pamport

atf_test_case candidates__come_from_the_tables
candidates__come_from_the_tables_head() { :; }
candidates__come_from_the_tables_body() {
	atf_check -o match:'^doctor	' -o match:'^--version	' \
	    "$pamport" complete ''
	atf_check -o match:'^sim	' "$pamport" complete help ''
	atf_check -o match:'^--converse	' -o match:'^--confdir	' \
	    "$pamport" complete doctor --
	atf_check -o match:'^PAM_AUTH_ERR	Authentication' \
	    "$pamport" complete code ''
	atf_check -o match:'^run	' "$pamport" complete sim ''
	atf_check "$pamport" complete nothing ''
	# Those that the action takes.
	atf_check -o match:'^--json	' -o not-match:'^--[^jh]' \
	    "$pamport" complete session show --
	atf_check -o match:'^--leader	' -o not-match:'^--retry	' \
	    "$pamport" complete session open --
	atf_check -o match:'^--dir	' -o not-match:'^--conf	' \
	    "$pamport" complete sim list --
	atf_check -o match:'^--retry	' -o match:'^--leader	' \
	    "$pamport" complete session --
	atf_check "$pamport" complete help doctor ''
}

make_place() {
	mkdir -p place/one/include/security place/one/lib
	: >place/one/include/security/pam_appl.h
	: >place/one/lib/libpam.so
}

# Options and their values are no arguments, wherever they stand.
atf_test_case options__are_not_counted
options__are_not_counted_head() { :; }
options__are_not_counted_body() {
	make_place
	atf_check -o match:'^PAM_AUTH_ERR	' "$pamport" complete code --json ''
	atf_check -o match:'^run	' "$pamport" complete session -s x ''
	atf_check -o match:'^--service	' -o not-match:'^--retry	' \
	    "$pamport" complete session -s x close --
	atf_check -o match:'^--dir	' -o not-match:'^--conf	' \
	    "$pamport" complete sim --dir x list --
	for option in '--dir place' --dir=place '-d place' -dplace; do
		# shellcheck disable=SC2086
		atf_check -o inline:'one	\n' \
		    "$pamport" complete sim $option run ''
		# shellcheck disable=SC2086
		atf_check -o inline:'one	\n' \
		    "$pamport" complete sim run $option ''
	done
	# What is wrong in the line is not told while it is typed.
	atf_check -o match:'^PAM_AUTH_ERR	' \
	    "$pamport" complete code --nothing --json=1 -Z ''
	# No options behind "--", but arguments.
	atf_check -o match:'^PAM_AUTH_ERR	' "$pamport" complete code -- ''
	atf_check -o not-match:'^--json' "$pamport" complete code -- -
	# Nothing, so that the shell offers files: behind an option with a value,
	# and its value when it is typed in one word.
	for words in 'sim --dir' 'sim run one --conf' 'doctor -v -d' \
	    'doctor --etc' 'session run -d'; do
		# shellcheck disable=SC2086
		atf_check "$pamport" complete $words ''
		# shellcheck disable=SC2086
		atf_check "$pamport" complete $words -
	done
	atf_check "$pamport" complete sim --dir=pl
}

# What is behind the command that is run is completed as its own: nothing here.
atf_test_case command__has_its_own
command__has_its_own_head() { :; }
command__has_its_own_body() {
	while read -r words; do
		for word in -- - '' l; do
			# shellcheck disable=SC2086
			atf_check "$pamport" complete $words "$word"
		done
	done <<-'END'
		session run nobody ls
		session run -s x nobody ls
		session run nobody -- ls
		session -s x run -- nobody ls -l
		sim run solaris ls
		sim -d x run solaris -- ls
		sim run solaris ls -l a b
	END
	# Up to there an option is one of pamport's.
	atf_check -o match:'^--tty	' "$pamport" complete session run nobody --
	atf_check -o match:'^--conf	' "$pamport" complete sim run solaris --
	atf_check "$pamport" complete session run nobody -- -
}

# Those that doctor would read, of the place that the options name.
atf_test_case services__are_candidates
services__are_candidates_head() { :; }
services__are_candidates_body() {
	mkdir -p etc/pam.d/directory empty/pam.d
	for name in login other su-l 'a b' "\$(touch ran)"; do
		: >"etc/pam.d/$name"
	done
	printf '%s\n' '# a comment' 'zz auth required a.so' '' \
	    'login auth required a.so' 'zz session required a.so' \
	    "a'b auth required a.so" >etc/pam.conf
	cp etc/pam.conf empty
	case $pam_implementation in
	linux-pam) both='login\nother\nsu-l\n' one='' ;;
	openpam | apple) both='login\nother\nsu-l\nzz\n' one='login\nzz\n' ;;
	solaris) both='login\nzz\n' one=$both ;;
	esac
	atf_check -o inline:"$both" "$pamport" complete doctor --etc etc ''
	atf_check -o inline:"$one" "$pamport" complete doctor --etc empty -v ''
	atf_check "$pamport" complete doctor --etc etc login ''
	rmdir empty/pam.d
	atf_check -o inline:'login\nzz\n' \
	    "$pamport" complete doctor --etc empty ''
	[ "$pam_implementation" != linux-pam ] || atf_check \
	    -o inline:"$both" "$pamport" complete doctor -d etc/pam.d ''
	atf_check "$pamport" complete doctor --etc nowhere ''
}

# Only root is told which are there; one record is enough, whatever is in it.
atf_test_case sessions__are_candidates
sessions__are_candidates_head() {
	atf_set require.user root
	atf_set require.progs setpriv
}
sessions__are_candidates_body() {
	PAMPORT_RECORDS=$PWD/records
	export PAMPORT_RECORDS
	atf_check -o match:'^open	Open one' -o match:'^reap	' \
	    "$pamport" complete session ''
	atf_check "$pamport" complete session close ''
	mkdir -m 700 records
	(umask 077 && : >records/6b02-1f.open)
	for action in close show; do
		atf_check -o inline:'6b02-1f	-\n' \
		    "$pamport" complete session "$action" ''
	done
	atf_check "$pamport" complete session list ''
	atf_check "$pamport" complete session close 6b02-1f ''
	atf_check -o inline:'6b02-1f	-\n' \
	    "$pamport" complete session -s x close ''
	cp "$pamport" copy
	chmod 755 . copy
	setpriv --reuid=65534 --clear-groups ./copy --version >version 2>&1 ||
	    atf_skip 'others cannot run what is built here'
	atf_check -o ignore -e ignore setpriv --reuid=65534 --regid=65534 \
	    --clear-groups ./copy complete ''
	atf_check setpriv --reuid=65534 --regid=65534 --clear-groups \
	    ./copy complete session close ''
}

atf_test_case bash__completes
bash__completes_head() {
	atf_set require.progs bash
}
bash__completes_body() {
	cat >try.bash <<-'END'
		. "$1"
		shift
		COMP_WORDS=(pamport "$@")
		COMP_CWORD=$#
		_pamport
		printf '%s\n' "${COMPREPLY[@]}"
	END
	PATH=$top_builddir:$PATH
	file=$top_srcdir/cmd/completion/pamport.bash
	atf_check -o inline:'doctor\n' bash try.bash "$file" 'do'
	atf_check -o inline:'PAM_AUTH_ERR\n' bash try.bash "$file" code PAM_AUTH_
	atf_check -o inline:'--describe\n' bash try.bash "$file" doctor --d
	# bash takes "=" for a word; nothing is evaluated, and blanks are quoted.
	make_place
	mv place/one "place/one \$(touch ran)"
	atf_check -o inline:'one\\ \\$\\(touch\\ ran\\)\n' \
	    bash try.bash "$file" sim --dir = place run o
	[ ! -f ran ] || atf_fail 'a name was evaluated'
	atf_check -o inline:'\n' bash try.bash "$file" sim --dir = pl
	atf_check -o inline:'\n' bash try.bash "$file" sim --dir =
	atf_check -o inline:'\n' bash try.bash "$file" sim run one ls --
}

atf_test_case zsh__completes
zsh__completes_head() {
	atf_set require.progs zsh
}
zsh__completes_body() {
	atf_check zsh -n "$top_srcdir/cmd/completion/_pamport"
	cat >try.zsh <<-'END'
		_describe() { print -l described $candidates }
		_files() { print files $PREFIX }
		compset() { [[ $PREFIX == *=* ]] && PREFIX=${PREFIX#*=} }
		file=$1
		shift
		words=(pamport "$@") CURRENT=$(($# + 1)) PREFIX=${@[-1]}
		. $file
	END
	PATH=$top_builddir:$PATH
	file=$top_srcdir/cmd/completion/_pamport
	atf_check -o match:'^described' -o match:'^PAM_AUTH_ERR:Auth' \
	    zsh -f try.zsh "$file" code --json ''
	atf_check -o inline:'files -\n' zsh -f try.zsh "$file" sim run x ls -
	atf_check -o inline:'files pl\n' zsh -f try.zsh "$file" sim --dir=pl
}

atf_test_case fish__completes
fish__completes_head() {
	atf_set require.progs fish
}
fish__completes_body() {
	PATH=$top_builddir:$PATH HOME=$PWD
	export HOME
	atf_check -o match:'^doctor' fish -c \
	    "source $top_srcdir/cmd/completion/pamport.fish; complete -C 'pamport do'"
	mkdir place
	for words in 'sim --dir ' 'session run nobody ls '; do
		atf_check -o match:'^place/' fish -c \
		    "source $top_srcdir/cmd/completion/pamport.fish; complete -C 'pamport $words'"
	done
	atf_check -o match:'^PAM_AUTH_ERR' -o not-match:'^place' fish -c \
	    "source $top_srcdir/cmd/completion/pamport.fish; complete -C 'pamport code --json '"
}

atf_init_test_cases() {
	atf_add_test_case candidates__come_from_the_tables
	atf_add_test_case options__are_not_counted
	atf_add_test_case command__has_its_own
	atf_add_test_case services__are_candidates
	atf_add_test_case sessions__are_candidates
	atf_add_test_case bash__completes
	atf_add_test_case zsh__completes
	atf_add_test_case fish__completes
}
