#!/usr/bin/env atf-sh
# shellcheck shell=sh
# SPDX-License-Identifier: BSD-2-Clause
#
# pamport doctor on the libpam of this build tree.

top_builddir='@abs_top_builddir@'
top_srcdir='@abs_top_srcdir@'
cc='@CC@'
pam_cppflags='@PAM_CPPFLAGS@'
pam_implementation='@PAM_IMPLEMENTATION@'
pamport=$top_builddir/pamport

atf_test_case this_libpam__agrees_with_its_table
this_libpam__agrees_with_its_table_head() { :; }
this_libpam__agrees_with_its_table_body() {
	atf_check -o match:"^PAM .*\($pam_implementation\)" \
	    -o match:'^header +/.*pam_appl\.h: (macros|enumerators), (no )?const' \
	    -o match:'^library +/.*libpam' \
	    -o match:'^traits +[89] measured, [01] from the table, 0 differ' \
	    -o match:'^messages +(one array|an array of pointers)' \
	    -o match:'^rules +2[0-9] proved here, [0-9] not .*, 0 broken' \
	    "$pamport" doctor
	atf_check -o match:'null_item_crashes +agrees' \
	    -o match:'^  17 +proved' -o match:'texts of codes +agrees' \
	    "$pamport" doctor -v
}

# as_nobody COMMAND...: root becomes another; others are another already.
as_nobody() {
	if [ "$(id -u)" = 0 ]; then
		chmod 755 .
		setpriv --reuid=65534 --regid=65534 --clear-groups "$@"
	else
		"$@"
	fi
}

atf_test_case nobody__needs_no_root
nobody__needs_no_root_head() {
	atf_set require.progs setpriv
	atf_set require.user root
}
nobody__needs_no_root_body() {
	cp "$pamport" pamport
	chmod 755 . pamport
	as_nobody ./pamport --version >/dev/null 2>&1 ||
		atf_skip 'others cannot run what is built here'
	TMPDIR=/tmp atf_check -o match:'^As root it could also tell' \
	    -o match:' 0 differ' -o match:' 0 broken' \
	    setpriv --reuid=65534 --regid=65534 --clear-groups ./pamport doctor
	as_nobody ./pamport doctor -v >verbose
	grep -q '^  31 *not tried .*can be tried as root' verbose ||
		atf_fail "$(cat verbose)"
	grep -q '^sessions .*: unknown, only root' verbose ||
		atf_fail 'the records are seen'
	grep -q '^  32 *proved' verbose || atf_fail "$(cat verbose)"
}

atf_test_case nothing__is_left_behind
nothing__is_left_behind_head() { :; }
nothing__is_left_behind_body() {
	mkdir place
	TMPDIR=$PWD/place atf_check -o ignore "$pamport" doctor
	atf_check rmdir place
}

# Who may write where the caller says is the caller.
atf_test_case set_id__uses_no_place_of_the_callers
set_id__uses_no_place_of_the_callers_head() {
	atf_set require.user root
	atf_set require.progs setpriv
}
set_id__uses_no_place_of_the_callers_body() {
	! grep -q -e -fsanitize= "$top_builddir/config.log" ||
	    atf_skip 'set-id programs have no sanitizers'
	chmod 755 .
	cp "$pamport" pamport
	chmod 755 pamport
	mkdir mine
	chown 65534 mine
	set -- setpriv --reuid=65534 --regid=65534 --clear-groups \
	    env "TMPDIR=$PWD/mine" ./pamport doctor
	# What is made there and taken away again leaves its time.
	touch -t 200001010000 mine before
	"$@" >said || atf_skip 'others cannot run what is built here'
	[ -n "$(find mine -newer before)" ] ||
	    atf_skip 'this libpam needs no such place'
	touch -t 200001010000 mine
	chmod 4755 pamport
	"$@" >said || grep '^traits' said || atf_fail "$(cat said)"
	[ -z "$(find mine -newer before)" ] ||
	    atf_fail 'something was in its place'
}

atf_test_case environment__changes_nothing
environment__changes_nothing_head() { :; }
environment__changes_nothing_body() {
	PAMPORT_STRICT=1 PAMPORT_TRACE=$PWD/trace atf_check \
	    -o match:' 0 broken' "$pamport" doctor
	[ ! -f trace ] || atf_fail 'a trace was written'
	# A shell cannot set that, python can.
	command -v python3 >/dev/null || return 0
	atf_check -o match:' 0 differ' -o match:' 0 broken' python3 -c \
	    'import os, signal, sys
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
os.execv(sys.argv[1], sys.argv[1:])' "$pamport" doctor
}

# Where they are the system says, and nothing is made to find out.
atf_test_case records__are_named
records__are_named_head() {
	atf_set require.user root
	atf_set require.progs python3
}
records__are_named_body() {
	PAMPORT_RECORDS=$PWD/records
	export PAMPORT_RECORDS
	atf_check -o match:'^logins  +(/|not recorded)' \
	    -o match:"^sessions +$PAMPORT_RECORDS: absent, it is made when" \
	    "$pamport" doctor
	[ ! -d records ] || atf_fail 'it was made'
	"$pamport" doctor | sed -n 's/^logins *//p' | tr , '\n' >files
	while read -r file absent; do
		said='(absent)'
		case $file in
		/*) [ ! -e "$file" ] || said= ;;
		*) said=$absent ;;
		esac
		[ "$absent" = "$said" ] || atf_fail "$file $absent"
	done <files
	mkdir -m 700 records
	atf_check -o match:"^sessions +$PAMPORT_RECORDS: 0 recorded\$" \
	    -o match:'^Login records$' -o match:'^  active +(/|not kept)' \
	    -o match:'^  log ' -o match:'^  last ' -o match:'^  database ' \
	    "$pamport" doctor -v
	: >records/6-1.open
	chmod 755 records
	atf_check -o match:"^sessions +$PAMPORT_RECORDS: unsafe, it is not" \
	    "$pamport" doctor
	"$pamport" doctor --json >unsafe.json
	chmod 700 records
	"$pamport" doctor --json >safe.json
	atf_check python3 -c 'import json, sys
for name, sessions in ("unsafe", 0), ("safe", 1):
    doctor = json.load(open(name + ".json"))
    records = doctor["session_records"]
    assert records["directory"] == sys.argv[1], records
    assert records["state"] == name, records
    assert records["sessions"] == sessions, records
    assert (records["why"] is None) is (name == "safe"), records
    assert set(doctor["login_records"]) == {"name", "active", "log", "last",
        "database", "lacks", "modules"}' "$PAMPORT_RECORDS"
}

atf_test_case json__says_the_same
json__says_the_same_head() {
	atf_set require.progs python3
}
json__says_the_same_body() {
	cat >check.py <<-'END'
		import json, sys
		doctor = json.load(open(sys.argv[1]))
		assert doctor["agrees"] is (sys.argv[2] == "agrees")
		assert doctor["pam"]["implementation"] == sys.argv[3]
		assert len(doctor["traits"]) == 9
		assert len(doctor["rules"]) >= 25
		assert any(f["name"] == "misc_conv" for f in doctor["functions"])
		if len(sys.argv) > 4:
		    facilities = doctor["service"]["facilities"]
		    assert sorted(facilities) == \
		        ["account", "auth", "password", "session"]
	END
	"$pamport" doctor --json login >good.json || atf_fail 'status'
	atf_check python3 check.py good.json agrees "$pam_implementation" login
	"$top_builddir/tests/cmd/wrong_pamport" doctor --json >bad.json
	atf_check_equal 1 $?
	atf_check python3 check.py bad.json differs "$pam_implementation"
}

atf_test_case wrong_table__is_reported
wrong_table__is_reported_head() { :; }
wrong_table__is_reported_body() {
	atf_check -s exit:1 \
	    -o match:'^traits .* 3 differ' \
	    -o match:'numbers +DIFFERS .*PAM_AUTH_ERR is [79], 63 in the table' \
	    -o match:'putenv_deletes +DIFFERS' \
	    -o match:'texts of codes +DIFFERS .*63 \(PAM_AUTH_ERR\) has no text' \
	    -o match:'Please report this' \
	    -o match:'pamport doctor --describe' \
	    "$top_builddir/tests/cmd/wrong_pamport" doctor
}

# Number by number; what only some versions have may be absent here.
compare_with_table() {
	cat >compare.c <<-'END'
		#include <stdio.h>
		#include "platform/platform.h"
		extern const struct pamport__platform pamport__NAME;
		static int wrong;
		static void
		compare(const char *list, const struct pamport__cell *table,
		    const struct pamport__cell *draft, int n)
		{
			int i;
			for (i = 0; i < n; i++) {
				if (table[i].state == PAMPORT__SOME_VERSIONS &&
				    (draft[i].state == PAMPORT__ABSENT ||
				    draft[i].number == table[i].number))
					continue;
				if (draft[i].state != table[i].state ||
				    draft[i].number != table[i].number)
					wrong += printf("%s %d\n", list, i);
			}
		}
		#define COMPARE(list, n) \
			compare(#list, TABLE.list, pamport__NAME.list, n)
		int
		main(void)
		{
			COMPARE(code, PAMPORT__CODES);
			COMPARE(flag, PAMPORT__FLAGS);
			COMPARE(item, PAMPORT__ITEMS);
			COMPARE(style, PAMPORT__STYLES);
			COMPARE(limit, PAMPORT__LIMITS);
			return wrong != 0;
		}
	END
	table=pamport__$(echo "$pam_implementation" | tr - _)
	# shellcheck disable=SC2086
	$cc -I"$top_builddir" -DPAMPORT__BUILDING -I"$top_srcdir" \
	    -I"$top_srcdir/include" $pam_cppflags -DTABLE="$table" compare.c \
	    draft.c "$top_srcdir/platform/$pam_implementation.c" -o compare ||
		atf_fail 'the draft does not compile beside the table'
	atf_check ./compare
}

# The draft says what was measured, not what the table has.
atf_test_case draft__is_a_table
draft__is_a_table_head() { :; }
draft__is_a_table_body() {
	for name in pamport tests/cmd/wrong_pamport; do
		"$top_builddir/$name" doctor --describe >draft
		sed 's/PAMPORT_NAME/PAMPORT_HERE/' draft >draft.c
		# shellcheck disable=SC2086
		$cc -std=c99 -Wall -Wextra -Werror -I"$top_builddir" \
		    -DPAMPORT__BUILDING -I"$top_srcdir" \
		    -I"$top_srcdir/include" $pam_cppflags -c draft.c ||
			atf_fail 'the draft does not compile'
		grep 'putenv_deletes\|CODE_AUTH_ERR\|conv_layout' draft |
		    sed 's,/\*.*,,' >facts.${name##*/}
	done
	[ "$(wc -l <facts.pamport)" -eq 3 ] || atf_fail 'facts are missing'
	atf_check cmp facts.pamport facts.wrong_pamport
	compare_with_table
}

# Where a module can be made to send two messages: the simulated ones.
atf_test_case layout__is_measured_with_a_module
layout__is_measured_with_a_module_head() { :; }
layout__is_measured_with_a_module_body() {
	prefix=${pam_cppflags#-isystem }
	prefix=${prefix%/include}
	[ -f "$prefix/lib/security/pamsim_module.so" ] ||
		atf_skip 'no module that sends two messages here'
	mkdir -p etc/pam.d
	line='required pamsim_module.so conv=TEXT_INFOx'
	for facility in auth account session password; do
		echo "two $facility ${line}2" >>etc/pam.conf
		echo "one $facility ${line}1" >>etc/pam.conf
		echo "$facility ${line}2" >>etc/pam.d/two
		echo "$facility ${line}1" >>etc/pam.d/one
		echo "$facility required pamsim_module.so" >>etc/pam.d/other
	done
	case $pam_implementation in
	solaris) layout='one array' ;;
	*) layout='(an array of pointers|both layouts fit)' ;;
	esac
	PAMSIM_CONF_DIR=$PWD/etc atf_check -o match:'9 measured, 0 from' \
	    -o match:"conv_layout +agrees .* $layout" \
	    "$pamport" doctor -v --converse two
	PAMSIM_CONF_DIR=$PWD/etc atf_check \
	    -o match:'from the table .*one sent no two messages' \
	    "$pamport" doctor -v --converse one
}

atf_test_case service_that_is_not_there__is_no_failure
service_that_is_not_there__is_no_failure_head() { :; }
service_that_is_not_there__is_no_failure_body() {
	atf_check -o match:'cannot be started|no two messages' \
	    "$pamport" doctor -v --converse pamport-no-such-service
	atf_check -o match:'which has no configuration' \
	    "$pamport" doctor pamport-no-such-service
}

atf_test_case contradictions__are_refused
contradictions__are_refused_head() { :; }
contradictions__are_refused_body() {
	atf_check -s exit:2 -e match:'--describe or --json' \
	    "$pamport" doctor --describe --json
	atf_check -s exit:2 -e match:'one service' "$pamport" doctor su login
}

atf_init_test_cases() {
	atf_add_test_case this_libpam__agrees_with_its_table
	atf_add_test_case nobody__needs_no_root
	atf_add_test_case nothing__is_left_behind
	atf_add_test_case set_id__uses_no_place_of_the_callers
	atf_add_test_case environment__changes_nothing
	atf_add_test_case records__are_named
	atf_add_test_case json__says_the_same
	atf_add_test_case wrong_table__is_reported
	atf_add_test_case draft__is_a_table
	atf_add_test_case layout__is_measured_with_a_module
	atf_add_test_case contradictions__are_refused
	atf_add_test_case service_that_is_not_there__is_no_failure
}
