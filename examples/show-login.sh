#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# show-login.sh [BUILD]
#
# Logs a user in through examples/login and the libpam of this machine, and
# shows what happened: the conversation, what the modules of the session saw
# when it was opened and closed, the environment of the shell.  BUILD is the
# directory that configure and make ran in (build/system).
#
# The user is "nobody", with a password that is in a file of this script alone.
# Nothing on the system is changed; the temporary directory is removed.

set -eu

user=nobody
password=open-sesame
# crypt(3) of the password.
# shellcheck disable=SC2016
hash='$6$pamport$sJGHbkbFw.ArUTea4XB15EoOm8SqddBPWZPu1Tvx42w7vqJjkJTz6mftJ.EFoE6x9Np3tDHMD3KxatuIFQgh91'

say() {
	printf '==> %s\n' "$*"
}

give_up() {
	printf 'show-login: %s\n' "$*" >&2
	exit 1
}

indent() {
	sed 's/^/    /'
}

# Where libpam looks for a module that is named without a directory.
has_module() {
	for directory in /lib/*/security /lib64/security /lib/security \
	    /usr/lib/*/security /usr/lib64/security /usr/lib/security; do
		if [ -f "$directory/$1" ]; then
			return 0
		fi
	done
	return 1
}

check_machine() {
	for program in examples/login tests/expect; do
		[ -x "$build/$program" ] ||
			give_up "no $program in $build: run make there first"
	done
	[ "$(id -u)" = 0 ] ||
		give_up "this needs root, as login does: it becomes another user"
	[ "$implementation" = linux-pam ] ||
		give_up "the modules used here are Linux-PAM's, and this is" \
		    "$implementation: not written yet"
	has_module pam_pwdfile.so ||
		give_up "the module pam_pwdfile is missing" \
		    "(Debian: apt-get install libpam-pwdfile)"
	id "$user" >/dev/null 2>&1 ||
		give_up "there is no user $user here"
}

write_service() {
	mkdir "$work/pam.d"
	printf '%s:%s\n' "$user" "$hash" >"$work/passwords"
	cat >"$work/variables" <<-END
		EDITOR=from-pam_env
		LD_PRELOAD=/tmp/evil.so
		PATH=/tmp/evil
	END
	cat >"$work/note" <<-'END'
		echo "$PAM_TYPE: user $PAM_USER, terminal $PAM_TTY"
	END
	cat >"$work/pam.d/show-login" <<-END
		auth     required pam_pwdfile.so pwdfile=$work/passwords nodelay
		account  required pam_permit.so
		session  required pam_env.so conffile=/dev/null envfile=$work/variables
		session  required pam_exec.so log=$work/log /bin/sh $work/note
	END
}

write_script() {
	cat >"$work/script" <<-END
		expect login:
		send $user
		expect assword:
		send wrong
		expect Login incorrect
		expect login:
		send $user
		expect assword:
		send $password
		expect $
		send id
		expect uid=
		expect $
		send env | sort; exit
	END
}

run_login() {
	"$build/tests/expect" "$work/script" \
	    env TERM=vt100 "$build/examples/login" -d "$work/pam.d" \
	    -s show-login -S /bin/sh >"$work/screen" 2>"$work/complaints" || {
		cat "$work/screen" "$work/complaints"
		give_up "login did not do what was expected of it"
	}
}

show_environment() {
	say "The environment of the shell (from pam_env: EDITOR;" \
	    "refused: LD_PRELOAD, PATH):"
	sed '1,/env | sort; exit$/d' "$work/screen" | indent
}

build=$(cd "${1:-build/system}" 2>/dev/null && pwd) ||
	give_up "no directory ${1:-build/system}"
implementation=$(sed -n "s/^pamport_cv_pam_implementation=//p" \
    "$build/config.log" 2>/dev/null) || implementation=unknown
check_machine

umask 077
work=$(mktemp -d "${TMPDIR:-/tmp}/show-login.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

say "The libpam of this machine ($implementation):"
ldd "$build/examples/login" | sed -n 's/.*=> \(.*libpam\.so[^ ]*\).*/\1/p' |
	while read -r library; do
		readlink -f "$library" | indent
	done
say "A service in a directory of its own, $work/pam.d:"
write_service
indent <"$work/pam.d/show-login"
say "Logging in as $user on a pseudo terminal, first with a wrong password:"
write_script
run_login
sed '/env | sort; exit$/q' "$work/screen" | indent
show_environment
say "What pam_exec saw when the session was opened and closed:"
sed -n '/_session: /p' "$work/log" | indent
say "Done; removing $work"
