#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# tar.sh SOURCES DIRECTORY: an archive of DIRECTORY on the standard output, for
# `make dist`.  The same files make the same archive, whoever made them, where
# and when; that takes GNU tar, and any other makes an archive all the same.
set -eu

sources=$1 directory=$2

# The time of the last commit; without one, of the last change of the sources.
epoch() {
	if [ -e "$sources/.git" ]; then
		git -C "$sources" log -1 --format=%ct 2>/dev/null && return
	fi
	date -r "$sources/NEWS" +%s
}

tar=tar
for name in gtar gnutar; do
	if command -v "$name" >/dev/null 2>&1; then
		tar=$name
	fi
done
case $("$tar" --version 2>/dev/null) in
*'GNU tar'*) ;;
*)
	echo 'tar.sh: no GNU tar: this archive cannot be made again' >&2
	exec "$tar" chof - "$directory"
	;;
esac
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(epoch)}
LC_ALL=C exec "$tar" --create --file=- --format=ustar --sort=name \
    --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner \
    --mode=a+rX,u+w,go-w "$directory"
