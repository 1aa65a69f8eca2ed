#!/usr/bin/env atf-sh
# shellcheck shell=sh disable=SC2034,SC2154
# SPDX-License-Identifier: BSD-2-Clause
#
# What pamport session prints, and what it makes of those who use it wrongly or
# mean harm.

top_srcdir='@abs_top_srcdir@'
top_builddir='@abs_top_builddir@'
cc='@CC@'
pam_cppflags='@PAM_CPPFLAGS@'
pam_implementation='@PAM_IMPLEMENTATION@'
# shellcheck source=/dev/null
. "$top_srcdir/tests/cmd/session.sh"

# --- What is printed ------------------------------------------------------------------

atf_test_case list__is_empty
as_root list__is_empty
list__is_empty_body() {
	begin
	atf_check -o inline:'no session is recorded\n' ./session list
	atf_check -o inline:'[]\n' ./session list --json
	atf_check -o inline:'[]\n' ./session reap --json
	atf_check -o inline:'no session is recorded\n' ./session reap
	[ ! -d records ] || atf_fail 'looking made the directory'
	atf_check -s exit:1 -e match:'no such record' ./session show 1-2
	mkdir -m 700 records
	atf_check -o inline:'no session is recorded\n' ./session list
	for id in '' ../etc/passwd . a/b 'a b'; do
		atf_check -s exit:1 -e match:'no such record' \
		    ./session show "$id"
		atf_check -s exit:1 -e match:'not the name of a record' \
		    ./session close "$id"
	done
}

atf_test_case list__names_the_open_ones
as_root list__names_the_open_ones
list__names_the_open_ones_body() {
	begin env=FROM_MODULE=yes
	begin_leader
	open_for $$ --tty /dev/pts/77 --from there
	first=$id
	open_for "$leader"
	end_leader
	atf_check -o match:'^ID +USER +TTY +FROM +SERVICE +SINCE +STATE' \
	    -o match:"^$first +$user +/dev/pts/77 +there +pamport-session +.* open +$$\$" \
	    -o match:"^$id +$user +${invented:--} +- +pamport-session +.* open +$leader \\(gone\\)\$" \
	    ./session list
	atf_check -o match:"^user +$user\$" -o match:'^tty +/dev/pts/77$' \
	    -o match:"^leader +$$ \\(alive\\)\$" \
	    -o match:"^confdir +${confdir:--}\$" \
	    -o match:'^environment +FROM_MODULE=yes$' ./session show "$first"
}

# Where time_t has 32 bits there is no such time, and no other is told.
atf_test_case time__beyond_2038
as_root time__beyond_2038
time__beyond_2038_body() {
	begin
	open_for $$
	sed 's/^since .*/since 5000000000/' "records/$id.open" >later
	cat later >"records/$id.open"
	atf_check -o match:'^since +(-|2128-06-1[0-2] .*)$' \
	    ./session show "$id"
}

atf_test_case json__says_the_same
json__says_the_same_head() {
	atf_set require.user root
	atf_set require.progs python3
}
json__says_the_same_body() {
	begin env=FROM_MODULE=yes
	cat >check.py <<-'END'
		import json, sys
		records = json.load(open("list.json"))
		record = json.load(open("show.json"))
		assert len(records) == 1
		assert record["environment"] == ["FROM_MODULE=yes"]
		for key in records[0]:
		    assert records[0][key] == record[key], key
		assert record["id"] == sys.argv[1]
		assert record["user"] == sys.argv[2]
		assert record["leader"] == int(sys.argv[3])
		assert record["leader_state"] == "alive"
		assert record["state"] == "open"
		assert record["tty"] == (sys.argv[4] or None)
		assert record["from"] == "there"
		assert record["service"] == "pamport-session"
		assert record["confdir"] == (sys.argv[5] or None)
		assert record["since"] > 1500000000
		reaped = json.load(open("reap.json"))[0]
		assert reaped["action"] == "left" and reaped["code"] == 0
	END
	open_for $$ --from there
	./session list --json >list.json || atf_fail 'list'
	./session show --json "$id" >show.json || atf_fail 'show'
	./session reap --json >reap.json || atf_fail 'reap'
	atf_check python3 check.py "$id" "$user" $$ "$invented" "$confdir"
	# Each of its members is in the page, and none else.
	page=$top_srcdir/man/pamport.1
	sed -n '/^JSON is an array/,/^\.El/s/^\.It \([a-z_]*\) Ta.*/\1/p' "$page" |
	    sort >in_page
	python3 -c 'import json
print("\n".join(sorted(set(json.load(open("show.json"))) |
    set(json.load(open("reap.json"))[0]))))' >in_output
	atf_check diff in_page in_output
}

# as_nobody COMMAND...
as_nobody() {
	setpriv --reuid=65534 --regid=65534 --clear-groups "$@"
}

atf_test_case nobody__is_told_what_needs_root
nobody__is_told_what_needs_root_head() {
	atf_set require.user root
	atf_set require.progs setpriv
}
nobody__is_told_what_needs_root_body() {
	begin
	cp "$pamport" copy
	chmod 755 . copy
	as_nobody ./copy --version >ignored 2>&1 ||
		atf_skip 'others cannot run what is built here'
	for action in list reap 'show 1-2'; do
		# shellcheck disable=SC2086
		atf_check -s exit:2 -e match:'only root has records' \
		    setpriv --reuid=65534 --regid=65534 --clear-groups \
		    ./copy session $action
	done
	for action in 'open nobody' 'close 1-2'; do
		# shellcheck disable=SC2086
		atf_check -s exit:2 -e match:'only root can' \
		    setpriv --reuid=65534 --regid=65534 --clear-groups \
		    ./copy session $action
	done
	atf_check -s exit:125 -e match:'only root can' \
	    setpriv --reuid=65534 --regid=65534 --clear-groups \
	    ./copy session run nobody -- true
	[ ! -s log ] || atf_fail 'a module was called'
}

# --- Used wrongly ------------------------------------------------------------------------------

# Its effective user is root, the one who runs it is not.
atf_test_case set_id__is_not_root
set_id__is_not_root_head() {
	atf_set require.user root
	atf_set require.progs setpriv
}
set_id__is_not_root_body() {
	! grep -q -e -fsanitize= "$top_builddir/config.log" ||
	    atf_skip 'set-id programs have no sanitizers'
	begin
	cp "$pamport" copy
	chmod 755 .
	chmod 4755 copy
	set -- setpriv --reuid=65534 --clear-groups ./copy session
	setpriv --ruid=65534 --clear-groups ./copy --version >ignored 2>&1 ||
		atf_skip 'others cannot run what is built here'
	atf_check -s exit:2 -e match:'only root can' "$@" open nobody
	atf_check -s exit:2 -e match:'only root can' "$@" close 1-2
	atf_check -s exit:125 -e match:'only root can' "$@" run nobody true
	[ ! -s log ] || atf_fail 'a module was called'
}

atf_test_case usage__is_told
usage__is_told_head() { :; }
usage__is_told_body() {
	set -- "$pamport" session
	atf_check -s exit:2 -e match:'run, open, close, list, show or reap\?' "$@"
	atf_check -s exit:2 -e match:'no action shut' "$@" shut 1-2
	for action in open 'open a b'; do
		# shellcheck disable=SC2086
		atf_check -s exit:2 -e match:'open takes one argument, a user$' \
		    "$@" $action
	done
	for action in close 'close a b c'; do
		# shellcheck disable=SC2086
		atf_check -s exit:2 \
		    -e match:'close takes an id, or a user and a terminal$' \
		    "$@" $action
	done
	for action in show 'show a b'; do
		# shellcheck disable=SC2086
		atf_check -s exit:2 -e match:'show takes one argument, an id$' \
		    "$@" $action
	done
	atf_check -s exit:2 -e match:'run takes a user, and the command' "$@" run
	atf_check -s exit:2 -e match:'list takes no argument$' "$@" list a
	atf_check -s exit:2 -e match:'reap takes no argument$' "$@" reap a
	atf_check -s exit:2 -e match:'list takes no --tty' "$@" list --tty x
	atf_check -s exit:2 -e match:'close takes no --retry' "$@" close -r 1
	atf_check -s exit:2 -e match:'run takes no --leader' "$@" run -l 1 a
	atf_check -s exit:2 -e match:'--service with a user and a terminal' \
	    "$@" close -s login 1-2
	for number in 0 -1 +1 ' 1' 1x '' x 4294967297 99999999999999999999; do
		atf_check -s exit:2 -e match:'not a number for --leader' \
		    "$@" open "--leader=$number" root
		atf_check -s exit:2 -e match:'not a number for --seconds' \
		    "$@" reap "--seconds=$number"
	done
}

atf_test_case leader__has_to_be_there
as_root leader__has_to_be_there
leader__has_to_be_there_body() {
	begin
	begin_leader
	end_leader
	: >log
	atf_check -s exit:1 -e match:"no process $leader" \
	    ./session open --leader "$leader" "$user"
	check_calls acct_mgmt establish open_session close_session delete
	check_no_record
}

# What failed, at which file or directory, and why.
atf_test_case errors__name_what_failed
as_root errors__name_what_failed
errors__name_what_failed_body() {
	begin
	open_for $$
	attach='cannot attach to a session by its record \(service -\)'
	chmod 644 "records/$id.open"
	atf_check -s exit:1 -e match:"$attach: $PWD/records/$id.open: " \
	    ./session close "$id"
	chmod 600 "records/$id.open"
	atf_check -s exit:1 \
	    -e match:"$attach: 1-2: there is no such open session in $PWD/records" \
	    ./session close 1-2
	mv records elsewhere
	atf_check -s exit:1 -e match:"$attach: $PWD/records: No such file" \
	    ./session close "$id"
	: >records
	atf_check -s exit:1 \
	    -e match:"cannot write the record of .*$PWD/records: Not a dir" \
	    ./session open "$user"
	rm records
	mv elsewhere records
	atf_check ./session close "$id"
}

# Where libpam says no more than PAM_ABORT.
atf_test_case confdir__is_told_what_is_wrong_with_it
as_root confdir__is_told_what_is_wrong_with_it
confdir__is_told_what_is_wrong_with_it_body() {
	begin
	mkdir empty
	: >file
	absent='No such file or directory' file='Not a directory'
	empty='neither a file for this service nor "other" is in it'
	grep -q '^#define HAVE_PAM_START_CONFDIR' "$top_builddir/config.h" ||
		absent='this libpam reads no private' file=$absent empty=$absent
	for name in absent file empty; do
		eval "why=\$$name"
		atf_check -s exit:1 \
		    -e match:"cannot start \\(service x\\): $PWD/$name: $why" \
		    "$pamport" session open -s x -d "$PWD/$name" "$user"
	done
	[ ! -s log ] || fail_with log
}

# --- Hostile ------------------------------------------------------------------------------------

atf_test_case output__that_is_lost_leaves_no_session
as_root output__that_is_lost_leaves_no_session
output__that_is_lost_leaves_no_session_body() {
	begin
	whole='acct_mgmt establish open_session close_session delete'
	no_space='No space left on device' not_open='Bad file descriptor'
	if [ -c /dev/full ]; then
		./session open "$user" >/dev/full 2>said
		atf_check_equal 2 $?
		atf_check -o inline:"pamport: standard output: $no_space\n" \
		    cat said
		# shellcheck disable=SC2086
		check_calls $whole
	fi
	./session open "$user" >&- 2>said
	atf_check_equal 2 $?
	atf_check -o inline:"pamport: standard output: $not_open\n" cat said
	# shellcheck disable=SC2086
	check_calls $whole
	./session open "$user" >&- 2>&-
	atf_check_equal 2 $?
	# shellcheck disable=SC2086
	check_calls $whole
	place wait=open_session gate="$PWD/gate"
	mkfifo pipe
	./session open "$user" >pipe 2>said &
	run=$!
	# A reader who goes before there is anything to read.
	exec 3<pipe
	read -r _ <gate
	exec 3<&-
	: >gate
	wait "$run"
	atf_check_equal 2 $?
	# shellcheck disable=SC2086
	check_calls $whole
	check_no_record
}

# No file that is opened then becomes the standard output of something.
atf_test_case descriptors__may_be_closed
as_root descriptors__may_be_closed
descriptors__may_be_closed_body() {
	begin
	(./session run "$user" -- sh -c 'exit 3' <&- >&- 2>&-)
	atf_check_equal 3 $?
	(./session run no-such-user -- true <&- >&- 2>&-)
	atf_check_equal 125 $?
	open_for $$
	(./session close "$id" <&- >&- 2>&-) || atf_fail 'close'
	(./session reap <&- >&- 2>&-)
	check_no_record
	! grep -v '^[a-z_]* pid=' log || atf_fail 'something is in the log'
}

atf_test_case strings__are_harmless
strings__are_harmless_head() {
	atf_set require.user root
	atf_set require.progs python3
}
strings__are_harmless_body() {
	begin
	long=$(awk 'BEGIN { while (i++ < 10240) printf "x" }')
	for name in "$(printf 'a\nb')" "$long" '' ../root; do
		./session open "$name" 2>said
		atf_check_equal 1 $?
		[ -s said ] || atf_fail 'nothing is said'
		./session run "$name" -- true 2>said
		atf_check_equal 125 $?
		[ -s said ] || atf_fail 'nothing is said'
	done
	! grep -q open_session log || fail_with log
	open_for $$ --tty ../x --from "$(printf 'h\033[31m\nend\302\233\377%%41')"
	./session list >list.text || atf_fail 'list'
	./session show "$id" >show.text || atf_fail 'show'
	./session list --json >list.json || atf_fail 'json'
	atf_check python3 -c 'import json
(record,) = json.load(open("list.json", encoding="utf-8"))
assert record["tty"] == "../x"
assert record["from"].startswith("h?[31m?end"), record["from"]
assert record["from"].endswith("%41")
for name in "list.text", "show.text":
    text = open(name, "rb").read()
    assert text.count(b"%41") == 1
    for line in text.split(b"\n"):
        assert all(32 <= b < 127 for b in line), line'
	# The modules have it as it was.
	: >log
	atf_check ./session close "$id"
	grep -q "$(printf 'h\033\\[31m')" log || fail_with log
	check_no_record
}

atf_test_case accounting__needs_a_terminal
as_root accounting__needs_a_terminal
accounting__needs_a_terminal_body() {
	begin
	for file in /var/run/utmp /var/log/wtmp /var/log/lastlog; do
		[ ! -f "$file" ] || cksum "$file"
	done >before
	# Neither without one nor on what is none is anything written.
	id=$(./session open --accounting "$user" </dev/null 2>said) ||
		fail_with said
	atf_check ./session close "$id"
	atf_check -o match:'^[0-9a-f-]+$' -e match:'^pamport session: ' \
	    ./session open --accounting --tty '../x y' "$user"
	for file in /var/run/utmp /var/log/wtmp /var/log/lastlog; do
		[ ! -f "$file" ] || cksum "$file"
	done >after
	atf_check cmp before after
}

# refuse WHY: no action believes, or writes to, this directory.
refuse() {
	: >log
	atf_check -s exit:1 -e match:"$PAMPORT_RECORDS: $1" \
	    ./session open "$user"
	atf_check -s exit:125 -e match:"$PAMPORT_RECORDS: $1" \
	    ./session run "$user" -- true
	atf_check -s exit:1 -e match:"$PAMPORT_RECORDS: $1" ./session close 1-2
	# No array either: nobody is to take it for an empty one.
	for action in list reap 'show 1-2' 'list --json' 'reap --json' \
	    'reap --json --dry-run' 'show --json 1-2'; do
		# shellcheck disable=SC2086
		atf_check -s exit:2 -e match:"$PAMPORT_RECORDS: $1" \
		    ./session $action
	done
	! grep -q open_session log || atf_fail 'it was opened'
}

atf_test_case records__are_roots_alone
as_root records__are_roots_alone
records__are_roots_alone_body() {
	begin
	mkdir -m 700 records way
	chmod 755 records
	refuse "it is not root's alone"
	chmod 777 records
	refuse '.*others than root'
	chmod 700 records
	chown 65534 records
	refuse '.*others than root'
	mkdir -m 700 way/records
	PAMPORT_RECORDS=$PWD/way/records
	chmod 777 way
	refuse 'others than root can change the way'
	chmod 755 way
	ln -s way link
	chown -h 65534 link
	PAMPORT_RECORDS=$PWD/link/records
	refuse 'others than root can change the way'
	: >file
	PAMPORT_RECORDS=$PWD/file
	refuse 'Not a directory'
	# Not an absolute one: somebody meant other records than those.
	PAMPORT_RECORDS='file'
	for action in 'open x' 'close 1-2' list reap 'show 1-2'; do
		# shellcheck disable=SC2086
		atf_check -s exit:2 -e match:'PAMPORT_RECORDS is file: it has to' \
		    ./session $action
	done
	atf_check -s exit:125 -e match:'PAMPORT_RECORDS is file: it has to' \
	    ./session run "$user" -- true
	PAMPORT_RECORDS='' atf_check -o not-match:"$PWD" -e not-match:"$PWD" \
	    "$pamport" session list
}

# A variable of the caller's does not lead what runs set-id to another place.
atf_test_case records__of_set_id_are_not_the_callers
records__of_set_id_are_not_the_callers_head() {
	atf_set require.user root
	atf_set require.progs setpriv
}
records__of_set_id_are_not_the_callers_body() {
	! grep -q -e -fsanitize= "$top_builddir/config.log" ||
	    atf_skip 'set-id programs have no sanitizers'
	cat >print.c <<-'END'
		#include <stdio.h>
		#include <unistd.h>
		#include <pamport/record.h>
		int
		main(void)
		{
			printf("%d %s\n", geteuid() != getuid(),
			    pamport_record_directory());
			return 0;
		}
	END
	chmod 755 .
	prefix=${pam_cppflags#-isystem }
	libraries=$(sed -n "s/^dependency_libs='\\(.*\\)'/\\1/p" \
	    "$top_builddir/libcore.la")
	# shellcheck disable=SC2086
	$cc -I"$top_srcdir/include" $pam_cppflags print.c \
	    "$top_builddir/.libs/libcore.a" $libraries \
	    ${prefix:+"-Wl,-rpath,${prefix%/include}/lib"} -o print ||
		atf_fail 'it does not compile'
	chmod 755 print
	set -- setpriv --reuid=65534 --regid=65534 --clear-groups \
	    env PAMPORT_RECORDS=/mine ./print
	"$@" >said || atf_skip 'others cannot run what is built here'
	atf_check -o inline:'0 /mine\n' cat said
	chmod 4755 print
	"$@" >said || atf_skip 'set-id programs do not work here'
	! grep -q '^0' said || atf_skip 'set-id means nothing in this directory'
	atf_check -o match:'^1 /' -o not-match:/mine cat said
}

atf_init_test_cases() {
	atf_add_test_case list__is_empty
	atf_add_test_case list__names_the_open_ones
	atf_add_test_case time__beyond_2038
	atf_add_test_case json__says_the_same
	atf_add_test_case nobody__is_told_what_needs_root
	atf_add_test_case set_id__is_not_root
	atf_add_test_case usage__is_told
	atf_add_test_case leader__has_to_be_there
	atf_add_test_case errors__name_what_failed
	atf_add_test_case confdir__is_told_what_is_wrong_with_it
	atf_add_test_case output__that_is_lost_leaves_no_session
	atf_add_test_case descriptors__may_be_closed
	atf_add_test_case strings__are_harmless
	atf_add_test_case accounting__needs_a_terminal
	atf_add_test_case records__are_roots_alone
	atf_add_test_case records__of_set_id_are_not_the_callers
}
