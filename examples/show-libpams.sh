#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# show-libpams.sh BUILDS
#
# The same examples/login.c on six libpams: that of this machine and the
# simulated ones.  BUILDS is the directory with system, sim-openpam and so on.
#
# Shows the transcript, once if all are equal, and what the scriptable module of
# pamport-sim(7) logged on each: the flags and the order of its calls, and the
# numbers of the codes it returned.  The service is written into the directories
# of the simulations in the build tree and taken away again.

set -eu

service=show-libpams
trees='system sim-linux-pam sim-openpam sim-apple sim-solaris sim-illumos'
user=nobody
codes='NEW_AUTHTOK_REQD SESSION_ERR'
rows='const in prototypes|messages|PAM_NEW_AUTHTOK_REQD'
rows="$rows|PAM_SESSION_ERR|authenticate: A|authenticate: B|acct_mgmt: A"
rows="$rows|chauthtok, 1st: A|chauthtok, 2nd: A|setcred establish: A"
rows="$rows|setcred establish: B|open_session: A|close_session: A"
rows="$rows|setcred delete: A|setcred delete: B"

say() {
	printf '==> %s\n' "$*"
}

give_up() {
	printf 'show-libpams: %s\n' "$*" >&2
	exit 1
}

indent() {
	sed 's/^/    /'
}

# Two modules for authentication, of which the first one suffices; a password
# that has expired; a message and a variable from the session.
service_lines() {
	cat <<-END
		auth     sufficient $1 id=A auth.authtok=Password:
		auth     required   $1 id=B
		account  required   $1 id=A acct=NEW_AUTHTOK_REQD
		password required   $1 id=A
		session  required   $1 id=A open.info=Welcome open.putenv=LANG=C
	END
}

# place PERSONALITY: sets option, what login has to be told of the place.
place() {
	etc=$builds/system/sim/$1/etc
	module=$builds/system/sim/$1/lib/security/pamsim_module.so
	[ -f "$module" ] || give_up "no $module: run make there first"
	option=
	case $1 in
	system)
		option="-d $work/pam.d"
		mkdir "$work/pam.d"
		service_lines "$module" >"$work/pam.d/$service"
		;;
	solaris | illumos)
		service_lines "$module" | sed "s/^/$service /" >>"$etc/pam.conf"
		;;
	*) service_lines "$module" >"$etc/pam.d/$service" ;;
	esac
}

take_away() {
	for name in linux-pam openpam apple; do
		rm -f "$builds/system/sim/$name/etc/pam.d/$service"
	done
	for name in solaris illumos; do
		file=$builds/system/sim/$name/etc/pam.conf
		[ ! -f "$file" ] || {
			sed "/^$service /d" "$file" >"$work/pam.conf"
			cat "$work/pam.conf" >"$file"
		}
	done
	rm -rf "$work"
}

write_script() {
	cat >"$work/script" <<-END
		expect login:
		send $user
		expect assword:
		send open-sesame
		expect $
		send echo LANG=\$LANG; exit
	END
}

run_login() {
	place "${1#sim-}"
	# shellcheck disable=SC2086 # two words or none
	env TERM=vt100 PAMSIM_LOG="$work/$1.log" "$builds/system/tests/expect" \
	    "$work/script" "$builds/$1/examples/login" $option -s "$service" \
	    -S /bin/sh >"$work/$1.screen" 2>"$work/$1.err" || {
		cat "$work/$1.screen" "$work/$1.err"
		give_up "login on $1 did not do what was expected of it"
	}
}

# Where the log has "A.open 0x0" the table has 0x0 in the row "open_session: A".
calls() {
	sed -n 's/^\([AB]\)\.\([a-z]*\) \(0x[0-9a-f]*\)$/\2 of \1|\3/p' "$1" |
	    awk -F '|' '
	$1 ~ /^auth/ { when = "authenticate" }
	$1 ~ /^acct/ { when = "acct_mgmt" }
	$1 ~ /^prelim/ { when = "chauthtok, 1st" }
	$1 ~ /^update/ { when = "chauthtok, 2nd" }
	$1 ~ /^open/ { when = "open_session" }
	$1 ~ /^close/ { when = "close_session" }
	$1 ~ /^cred/ { when = opened ? "setcred delete" : "setcred establish" }
	$1 ~ /^open/ { opened = 1 }
	{ print when ": " substr($1, length($1)) "|" $2 }'
}

# What the compiler and the headers say of each.
facts() {
	grep -q '^#define PAMPORT_NATIVE_CONST 1' "$builds/$1/config.h" &&
		echo 'const in prototypes|yes' || echo 'const in prototypes|no'
	case $1 in
	system | *linux-pam | *openpam | *apple)
		echo 'messages|pointers' ;;
	*) echo 'messages|one array' ;;
	esac
	for code in $codes; do
		echo "PAM_$code|$(code_number "$1" "PAM_$code")"
	done
}

# code_number TREE NAME: what the compiler makes of it, macro or enumerator.
code_number() {
	include=
	[ "$1" = system ] || include="-I$builds/system/sim/${1#sim-}/include"
	cat >"$work/code.c" <<-END
		#include <stddef.h>
		#include <stdio.h>
		#include <security/pam_appl.h>
		int main(void) { return printf("%d\\n", (int)$2) < 0; }
	END
	# shellcheck disable=SC2086 # one word or none
	cc $include "$work/code.c" -o "$work/code" && "$work/code"
}

table() {
	for tree in $trees; do
		{ facts "$tree"; calls "$work/$tree.log"; } |
			sed "s/^/${tree#sim-}|/"
	done | awk -F '|' -v trees="$trees" -v order="$rows" '
	BEGIN {
		columns = split(trees, column, " ")
		printf("%-20s", "")
		for (i = 1; i <= columns; i++) {
			sub(/^sim-/, "", column[i])
			printf("%10s", column[i] == "system" ? "real" : column[i])
		}
		print ""
	}
	{ seen[$2] = 1; cell[$2, $1] = $3 }
	function show(name) {
		printf("%-20s", name)
		for (i = 1; i <= columns; i++)
			printf("%10s", cell[name, column[i]] == "" ? "-" : \
			    cell[name, column[i]])
		print ""
	}
	END {
		n = split(order, name, "|")
		for (k = 1; k <= n; k++)
			if (name[k] in seen)
				show(name[k])
	}'
}

transcripts() {
	for tree in $trees; do
		cmp -s "$work/system.screen" "$work/$tree.screen" && continue
		say "Another transcript on ${tree#sim-}:"
		diff "$work/system.screen" "$work/$tree.screen" | indent
		different=yes
	done
	how='the transcript is the same on all'
	[ -z "$different" ] || how='the transcript of the first'
	say "The same examples/login.c, compiled six times; $how:"
	tr -d '\r' <"$work/system.screen" | indent
}

builds=$(cd "${1:-build}" 2>/dev/null && pwd) || give_up "no ${1:-build}"
[ "$(id -u)" = 0 ] || give_up 'this needs root, as login does'
umask 022
different=
work=$(mktemp -d "${TMPDIR:-/tmp}/show-libpams.XXXXXX")
trap take_away EXIT
trap 'exit 1' HUP INT TERM
write_script
for tree in $trees; do
	run_login "$tree"
done
transcripts
say 'What each native library did (calls of modules A and B, with their flags):'
table
say '"real" is the libpam of this machine, the others are simulated: pamport-sim(7)'
[ -z "$different" ]
