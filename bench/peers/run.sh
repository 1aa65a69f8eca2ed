#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# run.sh TOP BUILD OUT
#
# The transactions of the benchmark through other bindings of the libpam of this
# machine, and what a binding adds to them: start, open, close, end; and for what
# opens no sessions start, authenticate, account, end.  Each binding is fetched by
# its own package tool, if that is there, into OUT; one that cannot be had is named.
# None is needed by pamport.  Only root can configure the service, which is there
# while this runs.
set -eu

top=$1 build=$2 out=$3
service=pamport-bench-peer
count=300

missing() {
	printf '%-12s %12s  %s\n' "$1" - "$2"
}

# The least of five runs, in nanoseconds a transaction.
measure() {
	name=$1
	shift
	best=
	for _ in 1 2 3 4 5; do
		if ! now=$("$@" 2>"$out/$name.log"); then
			missing "$name" "it failed, see $out/$name.log"
			return 0
		fi
		[ -n "$best" ] && [ "$best" -le "$now" ] || best=$now
	done
	printf '%-12s %12s\n' "$name" "$best"
}

# own PROGRAM SCENARIO: as in the others, modules are loaded each time.
own() {
	"$build/bench/$1" "$service" '' "$out" "$2" |
	    awk '{ printf "%d\n", $5 / $3 }'
}

peer_go() {
	command -v go >/dev/null || { missing go 'no go'; return; }
	mkdir -p "$out/go"
	cp "$top/bench/peers/go/main.go" "$out/go"
	if (cd "$out/go" && { [ -f go.mod ] || go mod init bench; } &&
	    go get github.com/msteinert/pam/v2@v2.1.0 &&
	    go build -o ../go-peer .) >"$out/go.log" 2>&1; then
		measure go "$out/go-peer" "$service" "$count"
	else
		missing go "not built, see $out/go.log"
	fi
}

# peer_rust NAME: built outside of the sources, since cargo writes a lock file.
peer_rust() {
	command -v cargo >/dev/null || { missing "$1" 'no cargo'; return; }
	rm -rf "${out:?}/$1"
	cp -R "$top/bench/peers/$1" "$out/$1"
	if CARGO_TARGET_DIR=$out/rust-target cargo build --release --quiet \
	    --manifest-path "$out/$1/Cargo.toml" >"$out/$1.build.log" 2>&1; then
		measure "$1" "$out/rust-target/release/pamport-bench-$1" \
		    "$service" "$count"
	else
		missing "$1" "not built, see $out/$1.build.log"
	fi
}

peer_python() {
	if { [ -d "$out/venv" ] || python3 -m venv "$out/venv"; } \
	    >"$out/python.log" 2>&1 &&
	    "$out/venv/bin/pip" -q install python-pam==2.1.0 \
	    >>"$out/python.log" 2>&1; then
		measure python-pam "$out/venv/bin/python" \
		    "$top/bench/peers/python.py" "$service" "$count"
	else
		missing python-pam "not installed, see $out/python.log"
	fi
}

# A process for each transaction, so its start is in the number.
many_pamtester() {
	began=$(date +%s%N)
	i=0
	while [ "$i" -lt 30 ]; do
		pamtester "$service" root open_session close_session \
		    >/dev/null || return 1
		i=$((i + 1))
	done
	echo $((($(date +%s%N) - began) / 30))
}

peer_pamtester() {
	command -v pamtester >/dev/null || {
		missing pamtester 'not installed'
		return
	}
	measure pamtester many_pamtester
}

mkdir -p "$out"
chmod 700 "$out"
if [ "$(id -u)" -ne 0 ] || [ ! -d /etc/pam.d ]; then
	echo 'peers: only root can configure their service, in /etc/pam.d'
	exit 0
fi
trap 'rm -f /etc/pam.d/$service' EXIT
trap 'exit 1' HUP INT TERM
for facility in auth account session password; do
	printf '%s required %s\n' "$facility" \
	    "$build/bench/.libs/bench_module.so"
done >"/etc/pam.d/$service"
{
	printf '%-12s %12s\n' 'open, close' nanoseconds
	measure bare own bench_bare transaction.cold
	measure pamport own bench_ours transaction.cold
	peer_go
	peer_rust pam-client
	peer_python
	peer_pamtester
	printf '\n%-12s %12s\n' 'authenticate' nanoseconds
	measure bare own bench_bare check.cold
	measure pamport own bench_ours check.cold
	peer_rust nonstick
} | tee "$out/table.txt"
