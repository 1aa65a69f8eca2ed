#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# run.sh TOP BUILD OUT
#
# Runs the benchmark of a build tree and leaves in OUT:
#
#	lines		name ours bare ratio unit, for machines
#	table.txt	the same for people, goals beside it
#	*.svg *.png	plots, where gnuplot is
#
# Instructions are those that callgrind counts, where valgrind is, and those of
# the processor's counter elsewhere and for what callgrind is too slow for.
# BENCH_QUICK=1 leaves out callgrind and configure; BENCH_LONG=1 closes 100,000
# sessions, too, which takes a quarter of an hour.
# The environment has three variables, since every start looks for two in it.
set -eu

top=$1 build=$2 out=$3
service=pamport-bench
here=$build/bench
quick=${BENCH_QUICK:-}
long=${BENCH_LONG:+-L}

say() {
	printf '==> %s\n' "$*" >&2
}

die() {
	printf 'bench: %s\n' "$*" >&2
	exit 1
}

# --- Where services are -------------------------------------------------------

# What configure found: a name in config.h.
config() {
	sed -n "s/^#define $1 \"\\{0,1\\}\\([^\"]*\\)\"\\{0,1\\}\$/\\1/p" \
	    "$build/config.h"
}

lines_of() {
	for facility in auth account session password; do
		printf '%s%s required %s %s\n' "$2" "$facility" \
		    "$here/.libs/bench_module.so" "${1#-}"
	done
}

# The four services; their modules send as many messages as the name says.
place_services() {
	confdir=
	place=$(config TEST_PAM_CONF)
	if [ -z "$place" ] && [ -n "$(config HAVE_PAM_START_CONFDIR)" ]; then
		confdir=$out/services place=$out/services
		mkdir -p "$place"
	elif [ -z "$place" ]; then
		place=/etc/pam.d
		[ -d "$place" ] || place=/etc/pam.conf
		[ -w "$place" ] || die "only root can configure a service here"
	fi
	for suffix in '' -1 -3 -32; do
		if [ -d "$place" ]; then
			lines_of "$suffix" '' >"$place/$service$suffix"
		else
			lines_of "$suffix" "$service$suffix " >>"$place"
		fi
	done
}

# shellcheck disable=SC2317 # called by the trap
remove_services() {
	if [ -d "$place" ]; then
		for suffix in '' -1 -3 -32; do
			rm -f "$place/$service$suffix"
		done
	else
		# In place: it may be a link, or locked by a test.
		sed "/^$service/d" "$place" >"$out/pam.conf"
		cat "$out/pam.conf" >"$place"
	fi
}

# --- Runs ---------------------------------------------------------------------

# Login records only where the files of the system are hidden: Linux, as root.
find_logins() {
	logins=
	[ "$(id -u)" -eq 0 ] && command -v unshare >/dev/null || return 0
	hidden true 2>/dev/null && logins=yes
}

# hidden COMMAND...: with empty files in the place of the login records.
hidden() {
	# shellcheck disable=SC2016 # for the inner shell
	unshare -m sh -e -c '
		for place in /run /var/log; do
			mount -t tmpfs tmpfs "$place"
		done
		for file in /var/run/utmp /var/log/wtmp /var/log/lastlog; do
			: >"$file"
		done
		exec "$@"' sh "$@"
}

clean() {
	env -i PATH="$PATH" HOME=/ LANG=C "$@"
}

# run PROGRAM: as fast as it can.
run() {
	if [ -n "$logins" ]; then
		# shellcheck disable=SC2086 # an option or none
		hidden env -i PATH="$PATH" HOME=/ LANG=C "$here/$1" $long -l \
		    "$service" "$confdir" "$out"
	else
		# shellcheck disable=SC2086 # an option or none
		clean "$here/$1" $long "$service" "$confdir" "$out"
	fi
}

# Callgrind writes a file each time bench_measured is left, in the order of the
# lines that the program writes.
run_callgrind() {
	rm -f "$out/callgrind.$1".*
	clean valgrind --quiet --tool=callgrind --toggle-collect=bench_measured \
	    --dump-after=bench_measured \
	    --callgrind-out-file="$out/callgrind.$1" "$here/$1" -b "$service" \
	    "$confdir" "$out" >"$out/$1.names" 2>"$out/$1.log" ||
		die "failed under callgrind: $1 (see $out/$1.log)"
	n=0
	while read -r name parameter repeat _; do
		n=$((n + 1))
		printf '%s %s %s %s\n' "$name" "$parameter" "$repeat" \
		    "$(sed -n 's/^\(summary\|totals\): *//p' \
		    "$out/callgrind.$1.$n" | head -n 1)"
	done <"$out/$1.names" >"$out/$1.callgrind"
	rm -f "$out/callgrind.$1".*
}

run_allocations() {
	LD_PRELOAD=$here/.libs/bench_allocations.so "$here/$1" -b "$service" \
	    "$confdir" "$out" >"$out/$1.heap"
	LD_PRELOAD=$here/.libs/bench_allocations.so "$here/$1" "$service" \
	    "$confdir" "$out" handles.all >>"$out/$1.heap"
}

measure() {
	say "$1: time"
	run "$1" >"$out/$1.time"
	: >"$out/$1.callgrind"
	: >"$out/$1.heap"
	if [ -f "$here/.libs/bench_allocations.so" ]; then
		say "$1: allocations"
		run_allocations "$1"
	fi
	if [ -z "$quick" ] && command -v valgrind >/dev/null; then
		say "$1: instructions, under callgrind"
		run_callgrind "$1"
	fi
}

# --- The library itself ---------------------------------------------------------

size_of() {
	size "$1" | awk 'NR == 2 { print $1 + $2 + $3 }'
}

relocations_of() {
	readelf -rW "$1" | grep -c '^[0-9a-f]\{8,\}' || :
}

# startup PROGRAM: instructions of a run that does nothing.
startup() {
	clean valgrind --tool=callgrind --callgrind-out-file=/dev/null \
	    "$here/$1" -b "$service" "$confdir" "$out" none 2>&1 |
	    sed -n 's/.*Collected *: *//p'
}

# fact NAME OURS BARE UNIT
fact() {
	printf '%s %s %s %s %s\n' "$1" "$2" "$3" "$(awk -v a="$2" -v b="$3" \
	    'BEGIN { if (b + 0 > 0) printf "%.3f", a / b; else print "-" }')" "$4"
}

library_facts() {
	command -v readelf >/dev/null && command -v size >/dev/null || return 0
	ours=$build/.libs/libpamport.so
	bare=$(ldd "$here/bench_bare" | sed -n 's/.*libpam[^ ]* => \([^ ]*\).*/\1/p' | head -n 1)
	fact library.size "$(size_of "$ours")" "$(size_of "$bare")" bytes
	fact library.relocations "$(relocations_of "$ours")" \
	    "$(relocations_of "$bare")" relocations
	command -v valgrind >/dev/null && [ -z "$quick" ] || return 0
	fact program.startup "$(startup bench_ours)" "$(startup bench_bare)" \
	    instructions
}

# In a folder of its own, with the arguments of this tree and no cache.
configure_facts() {
	[ -z "$quick" ] && [ -x "$top/configure" ] || return 0
	say 'configure'
	rm -rf "$out/configure"
	mkdir "$out/configure"
	began=$(date +%s.%N)
	(cd "$out/configure" && eval "\"$top/configure\"" \
	    "$(cd "$build" && ./config.status --config)" >log 2>&1) ||
		die "configure failed (see $out/configure/log)"
	fact configure.time "$(echo "$began $(date +%s.%N)" |
	    awk '{ printf "%.2f", $2 - $1 }')" - seconds
	fact configure.checks "$(grep -c '^checking' "$out/configure/log")" - \
	    checks
	rm -rf "$out/configure"
}

# What ./quickstart check has noted, when it began with nothing built.
check_facts() {
	[ -s "$build/../check.seconds" ] || return 0
	fact check.time "$(cat "$build/../check.seconds")" - seconds
}

# --- The report -----------------------------------------------------------------

mkdir -p "$out"
chmod 700 "$out"
out=$(cd "$out" && pwd)
place_services
trap remove_services EXIT
trap 'exit 1' HUP INT TERM
find_logins
[ -n "$logins" ] || say 'no login records: the files cannot be hidden here'
rm -f "$out"/*.time
[ -z "$quick" ] || say 'quick: no callgrind'
measure bench_bare
measure bench_ours

say 'the library and configure'
{
	awk -f "$top/bench/lines.awk" which=bare "$out/bench_bare.time" \
	    "$out/bench_bare.callgrind" "$out/bench_bare.heap" which=ours \
	    "$out/bench_ours.time" "$out/bench_ours.callgrind" \
	    "$out/bench_ours.heap"
	library_facts
	configure_facts
	check_facts
} >"$out/lines"
awk -f "$top/bench/table.awk" "$out/lines" "$top/bench/goals.tsv" \
    >"$out/table.txt"
if command -v gnuplot >/dev/null; then
	(cd "$out" && awk -f "$top/bench/plot.awk" lines &&
	    gnuplot "$top/bench/plot.gp")
else
	say 'no gnuplot: no plots'
fi
cat "$out/table.txt"
