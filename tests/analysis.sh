#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# analysis.sh TOP TREE
#
# gcc -fanalyzer, clang-tidy (.clang-tidy says which checks) and cppcheck
# (tests/cppcheck.supp) on the sources, with the config.h of TREE.  Whatever they
# say that no exception explains is a failure.
set -eu

top=$1 tree=$2
out=$tree/analysis
jobs=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
GCC=${ANALYSIS_GCC:-gcc}
TIDY=${ANALYSIS_TIDY:-clang-tidy}

# gcc 12 takes a block for lost whose only pointer is stored in an array, behind a
# pointer to a pointer, or copied as bytes.  The leak sanitizer runs all of these.
loses_blocks='
cmd/policy.c cmd/policy_services.c lib/session_env.c sim/env.c sim/item.c
sim/line_apple.c sim/module_linux.c sim/module_openpam.c sim/tty_openpam.c
'
# gcc 12 forgets that a copy which was tested for NULL is tested.
forgets_tests='sim/item.c'

# Files for other systems have headers that are not here; ./quickstart cross
# compiles those.  configured_solaris.c needs none.
sources() {
	cd "$top"
	printf '%s\n' lib/*.c compat/*.c cmd/*.c platform/*.c examples/*.c |
	    grep -v \
	    -e 'platform/[a-z]*_apple.c' -e 'platform/[a-z]*_freebsd.c' \
	    -e 'platform/[a-z]*_netbsd.c' -e 'platform/accounting_solaris.c' \
	    -e 'platform/process_solaris.c' -e 'platform/database_wtmpdb.c'
}

flags() {
	case $1 in
	examples/*) printf '%s\n' -isystem "$top/include/overlay" ;;
	*) printf '%s\n' -DPAMPORT__BUILDING '-DPAMPORT_RECORD_DIR="/run"' \
	    '-DPAMPORT_SIM_PLACE="/sim"' ;;
	esac
	case $1 in
	*_solaris.c) printf '%s\n' '-DCONFIGURATION="/etc"' -DREADS_PAM_D=true ;;
	esac
	printf '%s\n' -D_GNU_SOURCE "-I$tree" "-I$top" "-I$top/include"
}

# exceptions FILE: of gcc.
exceptions() {
	# shellcheck disable=SC2086 # one word a file
	! printf '%s\n' $loses_blocks | grep -qx "$1" ||
		echo -Wno-analyzer-malloc-leak
	! printf '%s\n' $forgets_tests | grep -qx "$1" ||
		echo -Wno-analyzer-possible-null-argument
}

# analyze FILE FLAG...
analyze() {
	file=$1
	shift
	# shellcheck disable=SC2046 # one flag a line
	"$GCC" -O2 -fanalyzer -Werror "$@" $(exceptions "$file") \
	    -c "$top/$file" -o /dev/null
}

gcc_one() {
	# shellcheck disable=SC2046 # one flag a line
	analyze "$1" $(flags "$1")
}

# leaves FILE: what clang-tidy leaves out there.
leaves() {
	case $1 in
	# The environment and arguments of an exec are never freed.
	examples/account.c) echo --checks=-clang-analyzer-unix.Malloc ;;
	esac
}

tidy_one() {
	# shellcheck disable=SC2046 # one flag a line
	"$TIDY" --quiet --config-file="$top/.clang-tidy" $(leaves "$1") \
	    "$top/$1" -- \
	    -std=gnu99 $(flags "$1") >"$out/tidy.$$" 2>&1 ||
		{ cat "$out/tidy.$$" >&2; rm -f "$out/tidy.$$"; exit 1; }
	rm -f "$out/tidy.$$"
}

# sim_one PERSONALITY:FILE, of those that the personality consists of.
sim_one() {
	analyze "${1#*:}" -D_GNU_SOURCE -D_PAM_LEGACY_NONCONST "-I$top/sim" \
	    "-I$top/sim/include/${1%%:*}" '-DPAMSIM_DEFAULT_CONF="/etc"' \
	    '-DPAMSIM_MODULE_DIR="/lib"'
}

# One personality of each family, and what the others have beside it.
sim_sources() {
	cd "$top"
	for file in sim/*.c; do
		case $file in
		*_solaris.c | sim/solaris.c) echo "solaris:$file" ;;
		*_openpam.c | sim/openpam.c) echo "openpam:$file" ;;
		*apple.c) echo "apple:$file" ;;
		sim/illumos.c) echo "illumos:$file" ;;
		*) echo "linux-pam:$file" ;;
		esac
	done
}

# each WHAT, with a file a line: all of them, before it fails.
each() {
	xargs -n 1 -P "$jobs" sh "$0" "$top" "$tree" "$1"
}

all() {
	mkdir -p "$out"
	failed=0
	sources | each .gcc || failed=1
	sim_sources | each .sim || failed=1
	[ "$failed" -ne 0 ] || echo "$GCC -fanalyzer: clean"
	cppcheck --quiet --enable=warning,performance,portability --std=c99 \
	    -j "$jobs" --error-exitcode=1 --inline-suppr \
	    --suppressions-list="$top/tests/cppcheck.supp" -D__GNUC__ \
	    -D_GNU_SOURCE -DPAMPORT__BUILDING "-I$tree" "-I$top" \
	    "-I$top/include" "$top/lib" "$top/compat" "$top/cmd" \
	    "$top/platform" "$top/sim" "$top/examples" "$top/fuzz" &&
		echo 'cppcheck: clean' || failed=1
	sources | each .tidy && echo 'clang-tidy: clean' || failed=1
	return "$failed"
}

case ${3-} in
.gcc) gcc_one "$4" ;;
.sim) sim_one "$4" ;;
.tidy) tidy_one "$4" ;;
*) all ;;
esac
