#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# run.sh TOP TREE OUT [TARGET...]	builds and runs these, or all
#
# Builds the targets of this folder with clang's libFuzzer and both sanitizers,
# against the config.h of TREE, and runs each for a number of inputs that is
# always the same, from the same seed: a run can be repeated.  FUZZ_TIMES=100
# runs a hundred times as many; FUZZ_SEED=2 others.  What broke a target is left
# in OUT as TARGET-crash-...; OUT/bin/TARGET FILE runs it again.
set -eu

top=$1 tree=$2 out=$3
shift 3
CC=${FUZZ_CC:-clang}
times=${FUZZ_TIMES:-1}
seed=${FUZZ_SEED:-1}
jobs=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)

# TARGET INPUTS LONGEST
targets='
accounting 10000 4096
command 40000 512
configured 20000 2048
conversation 60000 2048
policy 10000 2048
record 100000 4096
sim-linux-pam 8000 2048
sim-openpam 8000 2048
sim-apple 8000 2048
sim-solaris 8000 2048
sim-illumos 8000 2048
'

say() {
	printf '%s\n' "$*"
}

die() {
	printf 'fuzz: %s\n' "$*" >&2
	exit 1
}

# compile WORD...: with what all targets have in common.
compile() {
	$CC -g -O1 -D_GNU_SOURCE -fsanitize=address,undefined \
	    -fno-sanitize-recover=all -fno-omit-frame-pointer -w "$@"
}

# The library, of which each target takes what it does not have itself.
flags_core() {
	printf '%s\n' -fsanitize=fuzzer-no-link -DPAMPORT__BUILDING \
	    '-DPAMPORT_RECORD_DIR="/nonexistent"' \
	    '-DPAMPORT_SIM_PLACE="/nonexistent"' "-I$tree" "-I$top" \
	    "-I$top/include"
}

# object FILE [FLAG]
object() {
	file=$1
	shift
	# shellcheck disable=SC2046 # one flag a line
	compile $(flags_core) "$@" -c "$top/$file" \
	    -o "$out/core/$(printf '%s' "$file" | tr / _).o"
}

build_core() {
	mkdir -p "$out/core"
	rm -f "$out"/core/*
	(cd "$top" && ls lib/*.c compat/*.c platform/platforms.c \
	    platform/linux-pam.c platform/openpam.c platform/apple.c \
	    platform/solaris.c platform/accounting_utmpx.c \
	    platform/accounting_glibc.c platform/accounting_lastlog.c \
	    platform/configured_none.c \
	    platform/database_none.c platform/process_linux.c \
	    cmd/code.c cmd/code_returns.c cmd/complete.c cmd/doctor.c \
	    cmd/json.c cmd/names.c cmd/names_private.c cmd/native_names.c \
	    cmd/native_text.c cmd/nearest.c cmd/options.c cmd/session.c \
	    cmd/table.c) |
	    xargs -n 1 -P "$jobs" sh "$0" "$top" "$tree" "$out" .object ||
		die 'the library does not compile'
	object cmd/sim.c -Dexecvp=fuzz_execvp
	object cmd/policy.c
	object cmd/policy_dialect.c '-Dstat(a,b)=files_stat(a,b)'
	object cmd/policy_services.c
	object cmd/policy_text.c '-Dopen=files_open'
	object fuzz/files.c
	ar rc "$out/core/core.a" "$out"/core/*.o
}

build_library_target() {
	# shellcheck disable=SC2046 # one flag a line
	compile -fsanitize=fuzzer $(flags_core) "$top/fuzz/$1.c" \
	    "$out/core/core.a" -lpam -lcrypt -o "$out/bin/$1"
}

# A personality, as sim/build.sh makes it, with the files of the input.
build_sim() {
	personality=${1#sim-}
	parts='item env data conv file entry text wipe'
	openpam='conf_openpam stack_openpam ext_openpam tty_openpam cred_openpam tty'
	solaris='conf_solaris line_solaris stack_solaris api_solaris text_solaris'
	case $personality in
	linux-pam) parts="$parts conf_linux line_linux stack_linux api_linux ext_linux modutil_linux linux-pam" ;;
	openpam) parts="$parts $openpam line_openpam feature_openpam openpam" ;;
	apple) parts="$parts $openpam line_apple apple" ;;
	*) parts="$parts $solaris $personality" ;;
	esac
	name=$1
	set --
	for part in $parts; do
		set -- "$@" "$top/sim/$part.c"
	done
	includes="-I$top/sim -I$top/sim/include/$personality -I$top"
	# shellcheck disable=SC2086 # one word a flag
	compile -fsanitize=fuzzer-no-link -D_PAM_LEGACY_NONCONST $includes \
	    -Dabort=fuzz_sim_crash -c "$top/sim/handle.c" \
	    -o "$out/bin/$name-handle.o"
	# shellcheck disable=SC2086
	compile -fsanitize=fuzzer -D_PAM_LEGACY_NONCONST $includes \
	    -Dopen=files_open '-Dstat(a,b)=files_stat(a,b)' \
	    '-Drealpath(a,b)=files_realpath(a,b)' "$top/fuzz/sim.c" \
	    "$top/fuzz/files.c" "$out/bin/$name-handle.o" "$@" -o "$out/bin/$name"
}

build_target() {
	case $1 in
	sim-*) build_sim "$1" ;;
	*) build_library_target "$1" ;;
	esac
}

run_target() {
	name=$1 inputs=$(($2 * times)) longest=$3
	rm -rf "$out/found/$name" "$out/work/$name"
	mkdir -p "$out/found/$name" "$out/work/$name"
	seeds=$top/fuzz/seeds/${name%%-*}
	[ -d "$seeds" ] || die "$name has no seeds"
	cd "$out/work/$name"
	"$out/bin/$name" -runs="$inputs" -seed="$seed" -max_len="$longest" \
	    -timeout=20 -close_fd_mask=3 -print_final_stats=1 \
	    -artifact_prefix="$out/$name-" "$out/found/$name" "$seeds" \
	    </dev/null >"$out/$name.log" 2>&1 || {
		tail -n 60 "$out/$name.log" >&2
		die "$name: an input that breaks it: $out/$name-*"
	}
	ran=$(sed -n 's/^stat::number_of_executed_units: *//p' "$out/$name.log")
	[ "${ran:-0}" -ge "$inputs" ] || die "$name ran $ran of $inputs inputs"
	say "$ran" >"$out/$name.result"
	say "$name: $ran inputs, nothing found"
}

# one NAME: builds and runs it, in a lane of its own.
one() {
	# shellcheck disable=SC2046 # one word a column
	set -- $(printf '%s\n' "$targets" | grep "^$1 ")
	[ $# -eq 3 ] || die 'no such target'
	build_target "$1"
	run_target "$@"
}

all() {
	mkdir -p "$out/bin"
	rm -f "$out"/*.result "$out"/*-crash-* "$out"/*-leak-* "$out"/*-timeout-*
	[ $# -gt 0 ] || {
		# shellcheck disable=SC2046 # one word a target
		set -- $(printf '%s\n' "$targets" | sed 's/ .*//;/^$/d')
	}
	build_core
	printf '%s\n' "$@" |
	    xargs -n 1 -P "$jobs" sh "$0" "$top" "$tree" "$out" .one ||
		die 'not all targets ran to their end'
	sum=0
	for name; do
		sum=$((sum + $(cat "$out/$name.result")))
	done
	say "fuzz: $# targets, $sum inputs, seed $seed, nothing found"
}

case ${1-} in
.object) object "$2" ;;
.one) one "$2" ;;
*) all "$@" ;;
esac
