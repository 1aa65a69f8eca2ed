#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# personalities.sh [-j JOBS] WHERE COMMAND: runs COMMAND, which builds and tests some other
# project, once with each simulated libpam.  For action.yml, and by hand.
#
# The sources of pamport are those that this script is in.  The first run builds
# everything below WHERE, and so does one after they have changed.  Each time COMMAND
# starts in a new copy of the current directory: what one libpam's headers were compiled
# into is of no use to the next.
# It finds that libpam as the system's, and pkg-config finds a pamport for it.
#
# PERSONALITIES in the environment says which ones, otherwise it is all five;
# COMMAND finds the name of the one that it runs with in PAMPORT_PERSONALITY.
# JOBS of make build pamport; otherwise as many as MAKEFLAGS says by -j, or as there
# are processors.
set -eu

jobs=$(printf '%s\n' "${MAKEFLAGS-}" |
    sed -n 's/.*-j *\([0-9][0-9]*\).*/\1/p')
usage() {
	echo 'usage: personalities.sh [-j JOBS] WHERE COMMAND' >&2
	exit 2
}
while getopts j: option; do
	[ "$option" = j ] || usage
	jobs=$OPTARG
	case $jobs in
	*[!0-9]*) usage ;;
	esac
done
shift $((OPTIND - 1))
[ $# -eq 2 ] || usage
[ -n "$jobs" ] || jobs=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
sources=$(cd "$(dirname "$0")/.." && pwd)
mkdir -p "$1"
where=$(cd "$1" && pwd)
case $where/ in
"$PWD"/*)
	echo 'personalities.sh: WHERE is in the directory that is copied there' >&2
	exit 2
	;;
esac
run=$2
tools=$where/tools
sim=$tools/libexec/pamport/sim
personalities=${PERSONALITIES:-linux-pam openpam apple solaris illumos}

# In the log of a workflow these fold what stands between them.
group() {
	[ -z "${GITHUB_ACTIONS-}" ] || echo "::group::$1"
	echo "==> $1"
}
end_group() {
	[ -z "${GITHUB_ACTIONS-}" ] || echo '::endgroup::'
}

# install TREE TARGET CONFIGURE-ARGUMENT...
install() {
	tree=$where/$1
	targets=$2
	shift 2
	rm -rf "$tree"
	mkdir -p "$tree"
	# shellcheck disable=SC2086 # one word a target
	(cd "$tree" && "$sources/configure" "$@" &&
	    make -j "$jobs" && make $targets) >"$tree.log" 2>&1 || {
		tail -n 40 "$tree.log" >&2
		exit 1
	}
}

# Installed into the personality's own prefix, where the command looks for it.
set_up() {
	[ -x "$sources/configure" ] || (cd "$sources" && autoreconf -fi)
	# What changes meanwhile is newer than this.
	rm -f "$where/built"
	: >"$where/begun"
	install build 'install install-sim' --prefix="$tools" \
	    --libexecdir="$tools/libexec"
	for name in linux-pam openpam apple solaris illumos; do
		install "build-$name" install --with-pam="$sim/$name" \
		    --prefix="$sim/$name" --libdir="$sim/$name/lib"
	done
	mv "$where/begun" "$where/built"
}

# Whether what was built is of these sources.
is_built() {
	[ -f "$where/built" ] && [ -z "$(cd "$sources" &&
	    find configure Makefile.am cmd compat examples include lib \
		platform sim -type f -newer "$where/built" 2>/dev/null)" ]
}

# with PERSONALITY COMMAND...
with() {
	name=$1
	shift
	"$tools/bin/pamport" sim run "$name" -- "$@"
}

if ! is_built; then
	group 'building pamport and the simulated libpams'
	set_up
	end_group
fi
failed=
for personality in $personalities; do
	group "$personality: $run"
	copy=$where/copies/$personality
	rm -rf "$copy"
	mkdir -p "$copy"
	tar cf - --exclude=.git . | (cd "$copy" && tar xf -)
	(cd "$copy" && export PAMPORT_PERSONALITY="$personality" &&
	    with "$personality" sh -e -c "$run") ||
		failed="$failed $personality"
	end_group
done
if [ -n "$failed" ]; then
	echo "personalities.sh: failed with:$failed" >&2
	exit 1
fi
echo "passed with: $personalities"
