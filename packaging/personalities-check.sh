#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# personalities-check.sh SOURCES WHERE: that personalities.sh runs a project's
# tests with each libpam and with no other, and tells when one fails.
set -eu

sources=$(cd "$1" && pwd)
rm -rf "$2"
mkdir -p "$2/project" "$2/work"
cd "$2/project"
where=$(cd ../work && pwd)
cp "$sources"/tests/use/make/Makefile "$sources"/tests/use/program*.c* .

# A program in pamport's names, and one in those of libpam alone.
cat >native.c <<'END'
#include <stddef.h>
#include <stdio.h>
#include <security/pam_appl.h>
int main(void)
{
	printf("%s %d\n", pam_strerror(NULL, PAM_AUTH_ERR), PAM_AUTH_ERR);
	return 0;
}
END
# shellcheck disable=SC2016 # for the shell of the command
test='make >make.log 2>&1 && ldd ./use >libraries
	grep "libpam-simulated-$PAMPORT_PERSONALITY" libraries
	cc native.c -o native -lpam && ./native >>"$NUMBERS"'
export NUMBERS="$PWD/numbers"
sh "$sources/packaging/personalities.sh" "$where" "$test" >log 2>&1 || {
	cat log
	exit 1
}
cat log numbers
# Linux-PAM has 7, the others 9.
[ "$(grep -c ' 7$' numbers)" -eq 1 ]
[ "$(grep -c ' 9$' numbers)" -eq 4 ]

# shellcheck disable=SC2016
if PERSONALITIES='openpam solaris' sh "$sources/packaging/personalities.sh" \
    "$where" 'test "$PAMPORT_PERSONALITY" = openpam' >log 2>&1; then
	echo 'a command that fails with solaris did not fail'
	exit 1
fi
grep '^personalities.sh: failed with: solaris$' log
! grep '==> building' log
