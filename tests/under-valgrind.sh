#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# usage: under-valgrind.sh BUILD PROGRAM...
#
# Makes the folder valgrind/ in BUILD: for each ATF program a script of the same
# name that runs it under valgrind, and the Kyuafiles to go with them.  An error
# or a block that is surely lost ends a case with status 99.  So it is with
# examples/login, which the tests run as $TEST_LOGIN.
set -eu

build=$1
shift
root=$build/valgrind
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$root"
printf 'syntax(2)\ntest_suite("pamport")\n' >"$root/Kyuafile"
cat >"$root/login" <<EOF
#!/bin/sh
exec valgrind --quiet --error-exitcode=99 --leak-check=full \\
    --errors-for-leak-kinds=definite \\
    --suppressions="$here/valgrind.supp" "$build/examples/login" "\$@"
EOF
chmod +x "$root/login"
for program; do
	folder=$(dirname "$program")
	name=$(basename "$program")
	if [ ! -f "$root/$folder/Kyuafile" ]; then
		mkdir -p "$root/$folder"
		printf 'syntax(2)\ntest_suite("pamport")\n' \
		    >"$root/$folder/Kyuafile"
		printf 'include("%s/Kyuafile")\n' "$folder" >>"$root/Kyuafile"
	fi
	printf 'atf_test_program{name="%s", timeout=600}\n' "$name" \
	    >>"$root/$folder/Kyuafile"
	cat >"$root/$folder/$name" <<EOF
#!/bin/sh
TEST_LOGIN=$root/login
TEST_UNDER_VALGRIND=yes
export TEST_LOGIN TEST_UNDER_VALGRIND
exec "$build/libtool" --quiet --mode=execute valgrind --quiet \\
    --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite \\
    --suppressions="$here/valgrind.supp" \\
    "$build/$program" "\$@"
EOF
	chmod +x "$root/$folder/$name"
done
