#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# run.sh TOP BUILD OUT
#
# The transaction of the benchmark through other bindings of the libpam of this
# machine: start, open, close, end, and what a binding adds to it.  Each is fetched
# by its own package tool, if that is there, into OUT; one that cannot be had is
# named.  None is needed by pamport.  Only root can configure the service, which
# is there while this runs.
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

# The benchmark's own program; as in the others, modules are loaded each time.
own() {
	"$build/bench/$1" "$service" '' "$out" transaction.cold |
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

peer_rust() {
	command -v cargo >/dev/null || { missing pam-client 'no cargo'; return; }
	if CARGO_TARGET_DIR=$out/rust-target cargo build --release --quiet \
	    --manifest-path "$out/rust/Cargo.toml" >"$out/rust.log" 2>&1; then
		measure pam-client "$out/rust-target/release/pamport-bench-peer" \
		    "$service" "$count"
	else
		missing pam-client "not built, see $out/rust.log"
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
rm -rf "$out/rust"
cp -R "$top/bench/peers/rust" "$out/rust"
printf '%-12s %12s\n' transaction nanoseconds
measure bare own bench_bare
measure pamport own bench_ours
peer_go
peer_rust
peer_python
peer_pamtester
missing nonstick 'not measured: 0.1.2 has no sessions for applications'
