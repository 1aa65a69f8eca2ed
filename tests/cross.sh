#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# cross.sh all JOBS | target NAME
#
# Builds pamport for systems that are not at hand, with the compiler and the
# headers of zig, without a warning: against the simulated personality that fits,
# which is cross-compiled too.  And pamport's own tests with musl's C library,
# which run on any Linux.  For ./quickstart cross, which sets TOP, the sources, and
# BUILD, where all of it goes.
set -eu

zig_version=0.17.1
cross=$BUILD/cross
zig=$cross/venv/bin/python-zig

# NAME HOST PERSONALITY, of what zig has a C library for.
targets='
x86_64-linux-musl x86_64-linux-musl linux-pam
aarch64-linux-musl aarch64-linux-musl linux-pam
x86_64-freebsd x86_64-unknown-freebsd14.0 openpam
aarch64-freebsd aarch64-unknown-freebsd14.0 openpam
x86_64-netbsd x86_64-unknown-netbsd10.0 openpam
aarch64-netbsd aarch64-unknown-netbsd10.0 openpam
x86_64-openbsd x86_64-unknown-openbsd7.8 openpam
aarch64-openbsd aarch64-unknown-openbsd7.8 openpam
x86_64-macos x86_64-apple-darwin apple
aarch64-macos aarch64-apple-darwin apple
'
lacking='Solaris, illumos, DragonFly: zig has no headers of them'

# The caches of zig are ours too.
ZIG_GLOBAL_CACHE_DIR=$cross/cache
ZIG_LOCAL_CACHE_DIR=$cross/cache
export ZIG_GLOBAL_CACHE_DIR ZIG_LOCAL_CACHE_DIR TOP

# shellcheck source=/dev/null
. "$TOP/tests/quietly.sh"

install_zig() {
	mkdir -p "$cross"
	[ ! -x "$zig" ] || [ "$("$zig" version)" != "$zig_version" ] || return 0
	rm -rf "$cross/venv"
	quietly "$cross/venv.log" python3 -m venv "$cross/venv"
	quietly "$cross/pip.log" "$cross/venv/bin/pip" install --quiet \
	    --disable-pip-version-check "ziglang==$zig_version"
}

# wrapper FILE WORD...: a program of one name, as configure wants it.
wrapper() {
	printf '#!/bin/sh\nexec %s "$@"\n' "$2" >"$1"
	chmod +x "$1"
}

# --- One target ----------------------------------------------------------------

# The simulated libpam for that system, as PREFIX of --with-pam.
make_pam() {
	case $name in
	*-freebsd | *-macos | *-netbsd | *-openbsd) dl= ;;
	*) dl=-ldl ;;
	esac
	SIM=$tree/sim CC=$tree/cc LDFLAGS='' LIBS='' DL=$dl \
	    FLAGS='-O2 -Wall -Wextra -Werror' quietly "$tree/sim.log" \
	    sh "$TOP/sim/build.sh" libraries "$1" "$tree/pam"
	case $name in
	*-macos) ln -sf libpam.so "$tree/pam/lib/libpam.dylib" ;;
	# NetBSD's OpenPAM has two items more, which our headers know.
	*-netbsd) sed -e 's/PAM_NUM_ITEMS = 14/PAM_SOCKADDR = 14, PAM_NUSER = 15, PAM_NUM_ITEMS = 16/' \
	    "$TOP/sim/include/openpam/security/pam_constants.h" \
	    >"$tree/pam/include/security/pam_constants.h" ;;
	esac
}

# What the systems' own headers make of one source for all.
more_flags() {
	case $name in
	# initgroups takes an int.
	*-macos) echo '-Wno-sign-conversion' ;;
	# Its libc has data that the linker will not copy into a program.
	aarch64-linux-musl) echo '-fPIE' ;;
	esac
}

# The headers have what only a newer system than the target has.
more_answers() {
	case $name in
	*-macos) echo ac_cv_func_pipe2=no ;;
	esac
}

build_target() {
	# shellcheck disable=SC2046,SC2086 # one word a column
	set -- $(printf '%s\n' "$targets" | grep "^$1 ")
	name=$1 host=$2 personality=$3
	tree=$cross/$name
	rm -rf "$tree"
	mkdir -p "$tree"
	wrapper "$tree/cc" "$zig cc -target $name"
	wrapper "$tree/ar" "$zig ar"
	wrapper "$tree/ranlib" "$zig ranlib"
	make_pam "$personality"
	cd "$tree"
	# shellcheck disable=SC2046 # one word an answer
	quietly configure.log "$TOP/configure" $(more_answers) \
	    --host="$host" CC="$tree/cc" \
	    AR="$tree/ar" RANLIB="$tree/ranlib" CFLAGS="-g -O2 $(more_flags)" \
	    --with-pam="$tree/pam" --enable-warnings
	quietly make.log make all
	# Libtool warns of its own choices.
	if grep -i 'warning:' sim.log make.log | grep -v ':libtool: ' >&2; then
		die "$name: there are warnings"
	fi
	printf '%s: %s; login records: %s; processes: %s\n' "$name" \
	    "$personality, built without a warning" \
	    "$(sed -n 's/^pamport_cv_accounting=//p' config.log)" \
	    "$(sed -n 's/^pamport_cv_process=//p' config.log)" >result
}

# --- musl, whose tests run here --------------------------------------------------

# libatf for musl, from Debian's source package: nothing of it stays elsewhere.
make_atf() {
	atf=$cross/atf
	[ ! -f "$atf/.libs/libatf-c.a" ] || return 0
	rm -rf "$atf" "$cross/apt"
	mkdir -p "$atf" "$cross/apt/lists/partial" "$cross/apt/parts"
	for list in /etc/apt/sources.list.d/*.sources; do
		[ ! -f "$list" ] || sed 's/^Types:.*/Types: deb-src/' "$list" \
		    >"$cross/apt/parts/${list##*/}"
	done
	cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null |
	    sed -n 's/^deb /deb-src /p' >"$cross/apt/parts/all.list"
	set -- -qq -o Dir::Etc::SourceList=/dev/null \
	    -o Dir::Etc::SourceParts="$cross/apt/parts" \
	    -o Dir::State::Lists="$cross/apt/lists" -o APT::Sandbox::User=root
	cd "$cross/apt"
	quietly update.log apt-get "$@" update
	quietly source.log apt-get "$@" source --download-only atf
	tar -C "$atf" --strip-components 1 -xf atf_*.orig.tar.*
	cd "$atf"
	# There is no C++ library for musl, and none is needed.
	quietly "$cross/apt/configure.log" ./configure CC=musl-gcc \
	    CXX=musl-gcc --disable-shared
	quietly "$cross/apt/make.log" make -j "$jobs" libatf-c.la
}

# Without install_test, whose consumers are built by the machine's own compilers.
test_musl() {
	tree=$cross/musl
	make_atf
	rm -rf "$tree"
	mkdir -p "$tree"
	cd "$tree"
	SIM=$tree/sim CC=musl-gcc LDFLAGS='' LIBS='' DL='' \
	    FLAGS='-O2 -Wall -Wextra -Werror' quietly sim.log \
	    sh "$TOP/sim/build.sh" libraries linux-pam "$tree/pam"
	quietly configure.log "$TOP/configure" CC=musl-gcc \
	    CPPFLAGS="-isystem $atf" LDFLAGS="-L$atf/.libs" \
	    --with-pam="$tree/pam" --enable-warnings
	quietly make.log make -j "$jobs" check-programs
	kyua --logfile=kyua.log test --kyuafile="$TOP/Kyuafile" \
	    --build-root="$tree" --results-file="$tree/kyua-check.db" \
	    tests/compat tests/examples tests/fixture_test tests/lib \
	    tests/overlay/configure_test tests/overlay/sources_test \
	    tests/overlay/symbols_test tests/platform >test.log 2>&1 ||
		[ -s kyua-check.db ] || die "the tests did not run: $tree/test.log"
}

build_all() {
	jobs=$1
	names=$(printf '%s\n' "$targets" | sed 's/ .*//;/^$/d')
	rm -f "$cross"/*/result
	install_zig
	# shellcheck disable=SC2086 # one word a target
	printf '%s\n' $names | xargs -n 1 -P "$jobs" sh "$0" target || :
	failed=0 count=0
	for name in $names; do
		count=$((count + 1))
		cat "$cross/$name/result" 2>/dev/null || {
			echo "$name: FAILED, see above"
			failed=$((failed + 1))
		}
	done
	echo "not built: $lacking"
	echo "cross: $count targets, $failed failed"
	test_musl
	echo "musl: built by musl-gcc, and its tests run, but tests/overlay/install_test: its consumers are built by compilers for another C library"
	[ "$failed" -eq 0 ]
}

case $1 in
all) build_all "$2" ;;
target) build_target "$2" ;;
*) die 'usage: cross.sh all JOBS | target NAME' ;;
esac
