#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# check.sh TARBALL OUT: builds the Debian packages from TARBALL, as a user who is
# not root if there is one to be, complains about everything that lintian warns
# of, and builds the consumer with what is in the packages.  They are in OUT.
set -eu

tarball=$1
mkdir -p "$2"
out=$(cd "$2" && pwd)
name=$(basename "$tarball" .tar.gz)

unpack() {
	rm -rf "$out/work"
	mkdir -p "$out/work"
	cp "$tarball" "$out/work/$(echo "$name" | tr - _).orig.tar.gz"
	tar xzf "$tarball" -C "$out/work"
	cp -R "$out/work/$name/packaging/debian" "$out/work/$name/debian"
	rm "$out/work/$name/debian/check.sh"
}

as_nobody() {
	setpriv --reuid=nobody --regid=nogroup --clear-groups "$@"
}

# as_builder COMMAND...: what builds packages is not root, where somebody else
# can get at these files.
as_builder() {
	if [ "$(id -u)" -eq 0 ] && as_nobody test -r "$out/work" 2>/dev/null; then
		chown -R nobody:nogroup "$out/work"
		set -- as_nobody "$@"
	fi
	HOME=/nonexistent "$@"
}

build() {
	cd "$out/work/$name"
	unset MAKEFLAGS MAKELEVEL MFLAGS
	as_builder dpkg-buildpackage -us -uc >"$out/build.log" 2>&1 || {
		tail -n 40 "$out/build.log" >&2
		echo "check.sh: dpkg-buildpackage failed (all of it in $out/build.log)" >&2
		exit 1
	}
	cd "$out"
	mv work/*.deb work/*.changes work/*.dsc work/*.tar.* work/*.buildinfo .
}

# use: the package's own test, with the packages beside the system.
use() {
	rm -rf root
	for package in libpamport0 libpamport-dev; do
		dpkg-deb -x "$package"_[0-9]*.deb root
	done
	for page in pamport pamport_start pamport_session_open pamport_prompt; do
		[ -f "root/usr/share/man/man3/$page.3.gz" ] || {
			echo "check.sh: no manual page of $page" >&2
			exit 1
		}
	done
	multiarch=$(dpkg-architecture -q DEB_HOST_MULTIARCH)
	for file in "root/usr/lib/$multiarch"/pkgconfig/*.pc; do
		sed "s|^prefix=.*|prefix=$out/root/usr|" "$file" >moved
		mv moved "$file"
	done
	(cd "work/$name" &&
	    PKG_CONFIG_PATH="$out/root/usr/lib/$multiarch/pkgconfig" \
	    LD_LIBRARY_PATH="$out/root/usr/lib/$multiarch" \
	    sh packaging/debian/tests/use)
}

rm -f "$out"/*.deb "$out"/*.changes
unpack
build
# These, and nothing else but -dbgsym, are what the packages are.
ls -- *.deb
as_builder lintian --fail-on error,warning --display-info "$out"/*.changes
use
rm -rf "$out/work" "$out/root"
