#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# usage: coverage.sh run TOP TREE FOLDER...	runs the tests of TREE, whose lib/
#						counts, in tests/FOLDER...
#        coverage.sh report TOP OUT TREE...	what all of them reached together
#
# lib/ is one source: what only one libpam can reach is counted in its tree.  The
# report fails where fewer than LEAST percent of the branches were taken, and
# shows each line that was never run, with its reason from tests/uncovered.txt.
set -eu

LEAST=90

# Each case may become somebody else, who has to be able to write its counts: the
# files are made by one program that has all of lib/ and ends at once.
open_counts() {
	find "$tree/lib" "$tree/compat" "$tree/platform" -name '*.gcda' \
	    -exec rm {} +
	"$tree/examples/login" --nothing >/dev/null 2>&1 || :
	find "$tree/lib" "$tree/compat" "$tree/platform" -name '*.gcda' \
	    -exec chmod a+rw {} +
}

run() {
	top=$1 tree=$2
	shift 2
	open_counts
	printf 'syntax(2)\ntest_suite("pamport")\n' >"$tree/Kyuafile.coverage"
	for folder; do
		cp "$top/tests/$folder/Kyuafile" "$tree/tests/$folder/Kyuafile"
		printf 'include("tests/%s/Kyuafile")\n' "$folder" \
		    >>"$tree/Kyuafile.coverage"
	done
	rm -f "$tree/kyua-coverage.db"
	# Counts of who was killed while writing them are no part of a test's output.
	GCOV_ERROR_FILE=/dev/null kyua --logfile="$tree/kyua.log" test \
	    --kyuafile="$tree/Kyuafile.coverage" \
	    --results-file="$tree/kyua-coverage.db" >"$tree/coverage.log" 2>&1
}

# gcovr SUBCOMMAND...: without the branches that no line of the source has.  Where
# a process was killed, gcov counts calls that "returned -2": such a line of its
# own is passed over.
gcovr_lib() {
	gcovr --root "$top" --exclude-unreachable-branches \
	    --exclude-throw-branches --gcov-ignore-parse-errors "$@"
}

# Writes "FILE LINE FUNCTION" for each line that was never run; a function's name stands
# at the beginning of a line.
list_uncovered() {
	gcovr_lib "$@" --txt - | awk '
		$1 ~ /^lib\// { file = $1; ranges = $5 }
		$1 ~ /^lib\// && ranges != "" {
			n = split(ranges, range, ",")
			for (i = 1; i <= n; i++) {
				split(range[i] "-" range[i], end, "-")
				for (line = end[1]; line <= end[2]; line++)
					print file, line
			}
		}' | while read -r file line; do
		printf '%s %s %s\n' "$file" "$line" "$(awk -v at="$line" '
			/^[a-z_]+\(/ { name = $0; sub(/\(.*/, "", name) }
			NR == at { print name; exit }' "$top/$file")"
	done
}

# Prints each with its reason, or that there is none.  A reason that nothing
# needs is told, no more: another libpam may need it.
explain() {
	sed -n 's/^\(lib\/[^:]*\):\([a-z_]*\)	.*/\1 \2/p' \
	    "$top/tests/uncovered.txt" | while read -r file function; do
		grep -q "^$file [0-9]* $function\$" "$out/uncovered.txt" ||
			echo "$file: $function: was run, and has a reason not to be" >&2
	done
	while read -r file line function; do
		reason=$(sed -n "s|^$file:${function}[ 	][ 	]*||p" \
		    "$top/tests/uncovered.txt")
		printf '%s:%s: %s: %s\n' "$file" "$line" "$function" \
		    "${reason:-NO REASON IS GIVEN}"
	done
}

report() {
	top=$1 out=$2
	shift 2
	mkdir -p "$out"
	set -- "$@" --
	while [ "$1" != -- ]; do
		gcovr_lib --filter "$top/lib/" \
		    --json "$out/$(basename "$1").json" "$1/lib/.libs"
		set -- "$@" --add-tracefile "$out/$(basename "$1").json"
		shift
	done
	shift
	gcovr_lib "$@" --html-details "$out/index.html"
	gcovr_lib "$@" --print-summary --txt "$out/lines.txt" | tee "$out/summary.txt"
	list_uncovered "$@" >"$out/uncovered.txt"
	explain <"$out/uncovered.txt" >"$out/explained.txt"
	cat "$out/explained.txt"
	gcovr_lib "$@" --fail-under-branch "$LEAST" >/dev/null || failed=yes
	[ -z "${failed:-}" ]
}

"$@"
