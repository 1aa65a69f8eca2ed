#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# dist-twice.sh SOURCES OUT: makes the tarball of the last commit twice, as two
# different people would, says whether both are the same, and leaves it in OUT
# with its sum.  What of the commit is not in the tarball stands below.
set -eu

sources=$(cd "$1" && pwd)
mkdir -p "$2"
out=$(cd "$2" && pwd)
work=$out/twice

# Root may read a checkout of somebody else, as in a container.
in_git() {
	git -c safe.directory="$sources" -C "$sources" "$@"
}

# For people who work on pamport, not for those who build it.
left_out='^\.ci/|^\.github/|^\.gitignore$|^action\.yml$'

# make_dist NAME UMASK TIME ZONE: in a directory of this name.
make_dist() {
	(
		umask "$2" &&
		mkdir -p "$work/$1/sources" "$work/$1/build" &&
		in_git archive HEAD | tar xf - -C "$work/$1/sources" &&
		find "$work/$1/sources" -exec touch -h -d "$3" {} + &&
		cd "$work/$1/sources" &&
		autoreconf -fi &&
		cd ../build &&
		TZ=$4 ../sources/configure &&
		TZ=$4 make dist
	) >"$work.$1.log" 2>&1 || {
		tail -n 30 "$work.$1.log" >&2
		exit 1
	}
	(cd "$work/$1/build" && sha256sum pamport-*.tar.gz) >"$work.$1.sum"
}

# Of what git has, everything that belongs into the tarball is in it.
compare_with_git() {
	in_git ls-tree -r --name-only HEAD |
	    grep -v -E "$left_out" | sort >"$work.git"
	tar tzf "$out"/pamport-*.tar.gz | sed 's|^[^/]*/||' | sort >"$work.tar"
	if comm -23 "$work.git" "$work.tar" | grep .; then
		echo 'dist-twice.sh: these are not in the tarball' >&2
		exit 1
	fi
}

rm -rf "$work" "$out"/pamport-*.tar.gz
mkdir -p "$work"
unset MAKEFLAGS MAKELEVEL MFLAGS
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(in_git log -1 --format=%ct)}
export SOURCE_DATE_EPOCH
make_dist one 022 2001-02-03 UTC0 &
first=$!
make_dist another-place 077 2021-11-12 XYZ-11
wait "$first"
if ! cmp "$work.one.sum" "$work.another-place.sum"; then
	diff -r "$work/one/sources" "$work/another-place/sources" | head -20 >&2
	echo 'dist-twice.sh: the two tarballs differ' >&2
	exit 1
fi
mv "$work"/one/build/pamport-*.tar.gz "$out"
(cd "$out" && sha256sum pamport-*.tar.gz | tee SHA256SUMS)
compare_with_git
rm -rf "$work" "$work".*
