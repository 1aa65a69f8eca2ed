# shellcheck shell=sh
# SPDX-License-Identifier: BSD-2-Clause
#
# For the scripts that quickstart's parts run: how they fail.

die() {
	printf '%s: %s\n' "$(basename "$0" .sh)" "$*" >&2
	exit 1
}

# quietly LOG COMMAND...: its output is shown if it fails.
quietly() {
	log=$1
	shift
	"$@" >"$log" 2>&1 || {
		tail -n 20 "$log" >&2
		die "failed: $* (all of it in $log)"
	}
}
