# shellcheck shell=sh disable=SC2034,SC2154 # quickstart's
# SPDX-License-Identifier: BSD-2-Clause
#
# The parts of ./quickstart check --deep: one function part_NAME each.

# In this order.
parts='trees valgrind sanitizers clang warnings use installed action tarball debian workflows fuzz analysis coverage threads cross processors'

# one_check WHAT COMMAND...: ends all if it fails; Kyua alone counts.
one_check() {
	say "$1"
	shift
	"$@" || die "failed: $*"
}

# begin PACKAGE...: what every part needs, since each can run alone.
begin() {
	# shellcheck disable=SC2086 # one word a package
	prepare $check "$@"
	generate
}

part_trees() {
	check_all
}

part_valgrind() {
	# shellcheck disable=SC2086 # one word a package
	begin $show $valgrind
	build_in system
	check_in system check-valgrind
}

# Modules are shared always; the sanitizers' crypt(3) calls nothing if only a
# module is linked with the real one.
part_sanitizers() {
	# shellcheck disable=SC2086 # one word a package
	begin $show
	build_in sanitized CC=gcc LIBS=-lcrypt \
	    CFLAGS='-g -O1 -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer'
	check_in sanitized
}

part_clang() {
	# shellcheck disable=SC2086 # one word a package
	begin $show $extra $clang
	build_in clang CC=clang --enable-warnings
	check_in clang
}

part_warnings() {
	begin
	build_in warnings CC=gcc --enable-warnings
}

# The consumers, with the tools that the other parts do without, on this machine's
# libpam and on the one that differs most.
part_use() {
	# shellcheck disable=SC2086 # one word a package
	begin $use
	build_in system
	use_in system
	[ -n "$personalities" ] || return 0
	make_sim
	build_sim solaris
	use_in sim-solaris
}

# use_in NAME: tests/use in build/NAME, all of it.
use_in() {
	tree=$build/$1
	quietly "$tree/check.log" make -C "$tree" -j "$jobs" check-programs
	rm -f "$tree/kyua-use.db"
	say "running tests/use in build/$1"
	PAMPORT_TEST_DEEP=1 kyua --logfile="$tree/kyua.log" test \
	    --kyuafile="$top/Kyuafile" --build-root="$tree" \
	    --results-file="$tree/kyua-use.db" tests/use >"$tree/use.log" 2>&1 ||
	    [ -s "$tree/kyua-use.db" ] || die "tests/use did not run in build/$1"
	report "$tree/kyua-use.db" "build/$1, tests/use"
}

# For systems without Kyua: this needs a compiler and make.
part_installed() {
	prepare
	generate
	build_in system
	one_check 'a program that uses what make install leaves' \
	    sh "$top/packaging/installed.sh" "$top" "$build/system"
}

part_action() {
	prepare
	generate
	one_check 'the action: a project that is tested under each personality' \
	    quietly "$build/action.log" \
	    sh "$top/packaging/personalities-check.sh" "$top" "$build/action"
}

part_tarball() {
	begin git
	build_in system
	one_check 'from a tarball (make distcheck)' quietly "$build/system/distcheck.log" \
	    make -C "$build/system" distcheck
	make_tarball
}

made=
make_tarball() {
	[ -z "$made" ] || return 0
	made=yes
	one_check 'the tarball, made twice' \
	    sh "$top/packaging/dist-twice.sh" "$top" "$build/dist"
}

part_debian() {
	# shellcheck disable=SC2086 # one word a package
	begin $debian
	[ "$packages" = apt ] || die 'Debian packages are built on Debian'
	make_tarball
	one_check 'the Debian packages, and lintian' \
	    sh "$top/packaging/debian/check.sh" "$build"/dist/pamport-*.tar.gz \
	    "$build/debian"
}

part_workflows() {
	# shellcheck disable=SC2086 # one word a package
	prepare $workflows
	one_check 'the workflows, by yamllint and actionlint' \
	    sh "$top/packaging/lint-workflows.sh" "$top" "$build/actionlint"
}

# Always the same inputs; FUZZ_TIMES=100 runs a hundred times as many.
part_fuzz() {
	# shellcheck disable=SC2086 # one word a package
	begin $clang
	build_in system
	one_check 'targets of fuzz/, each with a number of inputs' \
	    sh "$top/fuzz/run.sh" "$top" "$build/system" "$build/fuzz"
}

part_analysis() {
	# shellcheck disable=SC2086 # one word a package
	begin $analysis
	build_in system
	one_check 'gcc -fanalyzer, cppcheck and clang-tidy' \
	    env ANALYSIS_TIDY=clang-tidy-14 sh "$top/tests/analysis.sh" "$top" \
	    "$build/system"
}

# Which lines and branches of lib/ the tests reach, on this machine's libpam and
# on the two that differ most from it.
part_coverage() {
	# shellcheck disable=SC2086 # one word a package
	begin $show $coverage
	build_in system
	count_in coverage 'lib compat platform examples'
	set -- "$build/coverage"
	if [ -n "$personalities" ]; then
		make_sim
		for name in openpam solaris; do
			prefix=$build/system/sim/$name
			conf=$prefix/etc/pam.conf
			[ -f "$conf" ] || conf=$prefix/etc/pam.d
			seed_cache "$build/coverage" "$build/coverage.cache"
			cache=--cache-file=$build/coverage.cache
			count_in "coverage-$name" lib --with-pam="$prefix" \
			    --with-pam-conf="$conf"
			cache=
			set -- "$@" "$tree"
		done
	fi
	one_check 'lines and branches of lib/ that tests reach' \
	    sh "$top/tests/coverage.sh" report "$top" "$build/coverage/report" "$@"
}

# count_in NAME FOLDERS CONFIGURE-ARGUMENT...: only the library counts, and tests
# tell their counts however they end.
count_in() {
	tree=$build/$1 name=$1 folders=$2
	flags="-O0 -g -include $top/tests/coverage.h"
	shift 2
	only=Makefile
	build_in "$name" CC=gcc --disable-static CFLAGS="$flags" \
	    LDFLAGS=--coverage "$@"
	quietly "$tree/make.log" make -C "$tree" -j "$jobs" libcore.la \
	    CFLAGS="$flags --coverage -fprofile-update=atomic"
	only='callback_module.la recorder_module.la examples tests/lib/set_id_program'
	for folder in $folders; do
		for source in "$top/tests/$folder"/*_test.c; do
			only="$only tests/$folder/$(basename "$source" .c)"
		done
	done
	build_in "$name"
	only=
	say "running the tests in $build/$name"
	# shellcheck disable=SC2086 # one word a folder
	sh "$top/tests/coverage.sh" run "$top" "$tree" $folders || :
	report "$tree/kyua-coverage.db" "build/$name, coverage"
}

# The library, the simulated libpams and the module are all compiled for the
# thread sanitizer; the machine's own libpam is not, and has suppressions.
part_threads() {
	# shellcheck disable=SC2086 # one word a package
	begin $show $clang
	set -- CC=clang CFLAGS='-g -O1 -fsanitize=thread'
	threads_in threads "$build/threads" 8192 "$@"
	[ -n "$personalities" ] || return 0
	quietly "$build/threads/sim.log" make -C "$build/threads" -j "$jobs" sim
	for name in $personalities; do
		prefix=$build/threads/sim/$name
		seed_cache "$build/threads" "$build/threads.cache"
		cache=--cache-file=$build/threads.cache
		conf=$prefix/etc/pam.conf
		[ -f "$conf" ] || conf=$prefix/etc/pam.d
		threads_in "threads-$name" '' 3072 "$@" --with-pam="$prefix" \
		    --with-pam-conf="$conf"
		cache=
	done
}

# threads_in NAME SUPPRESSED TRANSACTIONS CONFIGURE-ARGUMENT...: not empty,
# SUPPRESSED says that foreign libraries may do what they do.
threads_in() {
	tree=$build/$1 options='' transactions=$3
	[ -z "$2" ] || options=suppressions=$top/tests/tsan.supp
	name=$1
	shift 3
	only=libcore.la
	build_in "$name" "$@"
	only='tests/lib/threads_test callback_module.la'
	build_in "$name" "$@"
	only=
	rm -f "$tree/kyua-threads.db"
	say "$transactions transactions in build/$name"
	TSAN_OPTIONS=$options PAMPORT_TEST_TRANSACTIONS=$transactions \
	    kyua --logfile="$tree/kyua.log" test \
	    --kyuafile="$top/tests/lib/Kyuafile.threads" \
	    --build-root="$tree/tests/lib" \
	    --results-file="$tree/kyua-threads.db" >"$tree/threads.log" 2>&1 ||
	    [ -s "$tree/kyua-threads.db" ] || die "the threads did not run in build/$name"
	report "$tree/kyua-threads.db" "build/$name, threads"
}

# elsewhere SCRIPT: what tests/SCRIPT.sh builds below build/SCRIPT.
elsewhere() {
	[ "$packages" = apt ] || die "$1 is for Debian"
	say "running tests/$1.sh in $build/$1"
	TOP=$top BUILD=$build sh "$top/tests/$1.sh" all "$jobs" || {
		echo "tests/$1.sh failed" >&2
		failed=$((failed + 1))
	}
}

# Other systems' compilers and headers: see tests/cross.sh.
part_cross() {
	# shellcheck disable=SC2086 # one word a package
	begin $cross
	elsewhere cross
	[ ! -s "$build/cross/musl/kyua-check.db" ] ||
	    report "$build/cross/musl/kyua-check.db" "build/cross/musl"
}

# i386, arm64 and s390x, each in a Debian of its own: see tests/processors.sh.
part_processors() {
	# shellcheck disable=SC2086 # one word a package
	begin $processors
	elsewhere processors
	for file in "$build"/processors/*.db; do
		[ ! -s "$file" ] || report "$file" "build/processors, ${file##*/}"
	done
}
