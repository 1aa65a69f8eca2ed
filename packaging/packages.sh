# shellcheck shell=sh disable=SC2034,SC2154 # quickstart's
# SPDX-License-Identifier: BSD-2-Clause
#
# What quickstart installs where it is missing, with each system's packages.

# One function a package system: have_X PACKAGE, install_X PACKAGE...
have_apt() { dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q ' installed$'; }
install_apt() {
	as_root apt-get -qq update &&
	as_root env DEBIAN_FRONTEND=noninteractive \
	    apt-get -qq install -y --no-install-recommends "$@" >/dev/null
}
have_freebsd() { pkg info -e "$1"; }
install_freebsd() { as_root pkg install -y "$@"; }
have_netbsd() { pkg_info -e "$1" >/dev/null; }
# pkg_add knows the archive by itself or by PKG_PATH.
install_netbsd() {
	command -v pkgin >/dev/null 2>&1 ||
		as_root env ${PKG_PATH:+"PKG_PATH=$PKG_PATH"} pkg_add pkgin ||
		die 'there is no pkgin, and pkg_add finds none: set PKG_PATH'
	as_root pkgin -y install "$@"
}
have_omnios() { pkg list -q "$1" >/dev/null 2>&1; }
install_omnios() { as_root pkg install -q "$@"; }
have_brew() { brew list "$1" >/dev/null 2>&1; }
install_brew() { brew install "$@"; }

as_root() {
	if [ "$(id -u)" -eq 0 ]; then
		"$@"
	elif command -v sudo >/dev/null 2>&1; then
		sudo "$@"
	else
		die "root is needed for: $*"
	fi
}

# What to build with; what the shown login needs; what the tests need.
find_packages() {
	tools='' show='' check='' extra=''
	valgrind='' clang='' use='' debian='' analysis='' workflows='' cross=''
	bench='' coverage='' processors=''
	case $(uname -s) in
	Linux)
		command -v apt-get >/dev/null 2>&1 || {
			packages=none
			return
		}
		packages=apt
		tools='build-essential autoconf automake libtool pkg-config libpam0g-dev'
		show='libpam-modules libpam-pwdfile libpam-wrapper openssl'
		check='kyua libatf-dev atf-sh'
		extra='clang shellcheck mandoc'
		valgrind=valgrind
		clang='clang libclang-rt-14-dev clang-19'
		analysis='cppcheck clang-tidy-14'
		coverage=gcovr
		use='cmake meson ninja-build'
		debian='debhelper dpkg-dev lintian git'
		workflows='yamllint ca-certificates'
		cross='python3-venv musl-tools'
		bench='valgrind gnuplot-nox binutils pamtester python3-venv libclang-dev'
		processors='mmdebstrap arch-test qemu-user-static gcc-aarch64-linux-gnu gcc-s390x-linux-gnu'
		[ -x /usr/local/go/bin/go ] || command -v go >/dev/null ||
			workflows="$workflows golang-go"
		;;
	FreeBSD)
		packages=freebsd
		tools='autoconf automake libtool pkgconf'
		valgrind=valgrind
		# Newer releases come with it, and with their own libatf-c.
		[ -x /usr/bin/kyua ] || check=kyua ;;
	DragonFly)
		packages=freebsd
		tools='autoconf automake libtool pkgconf'
		check='kyua atf' ;;
	NetBSD)
		packages=netbsd
		# Neither the base system's nor a package's tools are in
		# everybody's PATH.
		PATH=$PATH:/usr/sbin:/usr/pkg/sbin:/usr/pkg/bin
		export PATH
		tools='autoconf automake libtool pkg-config'
		check='kyua' ;;
	SunOS)
		packages=omnios
		tools='developer/build/autoconf developer/build/automake developer/build/libtool developer/gcc14'
		check='ooce/developer/kyua'
		# These are OmniOS's names.  With a compiler and a configure
		# that came along, nothing is missing on the others.
		if [ -x "$top/configure" ] && command -v gcc >/dev/null 2>&1; then
			packages=none
		fi ;;
	Darwin)
		packages=brew
		tools='autoconf automake libtool pkg-config'
		check='kyua atf' ;;
	*)
		packages=none ;;
	esac
}

# install_missing PACKAGE...
install_missing() {
	missing=
	for package; do
		"have_$packages" "$package" || missing="$missing $package"
	done
	[ -z "$missing" ] && return
	say "installing:$missing"
	# Mirrors have bad moments.
	for attempt in 1 2 3; do
		# shellcheck disable=SC2086 # one word a package
		"install_$packages" $missing && break
		[ "$attempt" -lt 3 ] || die "could not install:$missing"
		sleep 20
	done
	# What configure did not find before is there now.
	touch "$build/installed"
}

# is_older FILE THAN...: whether one of the others is newer than FILE.
is_older() {
	file=$1
	shift
	[ -n "$(find "$@" -newer "$file" 2>/dev/null)" ]
}

# prepare PACKAGE...: what to build with, and these.
prepare() {
	if [ "$packages" = none ]; then
		say 'no package system known here; going on with what there is'
		return
	fi
	# shellcheck disable=SC2086 # one word a package
	install_missing $tools "$@"
}
