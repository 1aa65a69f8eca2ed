#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# processors.sh all JOBS | one NAME JOBS
#
# The tests on other processors than this machine's: i386, whose time_t and long
# have 32 bits and which runs natively; arm64; and s390x, which is big-endian, both
# by qemu.  Each has a Debian of its own in a directory, so nothing is changed in
# this one but that the kernel knows qemu meanwhile.  For ./quickstart check
# processors, which sets TOP, the sources, and BUILD, where all of it goes; each
# processor leaves a report of Kyua, $BUILD/processors/NAME.db, and one that
# cannot run is a skipped case in it.
#
# PROCESSORS='i386 s390x' is some of them; PROCESSORS_TESTS=tests all tests;
# PROCESSORS_MUST_RUN=1 makes it a failure if none of them can run.
set -eu

: "${PROCESSORS:=i386 arm64 s390x}"
top=$TOP
all=$BUILD/processors
binfmt=/proc/sys/fs/binfmt_misc
# shellcheck source=/dev/null
release=$(. /etc/os-release && echo "$VERSION_CODENAME")

# shellcheck source=/dev/null
. "$TOP/tests/quietly.sh"

# --- What differs ----------------------------------------------------------------

# i386 has a compiler of its own; for the others, this machine's cross compiler is
# many times faster than an emulated one.
set_up() {
	name=$1
	root=$all/$name.root
	tree=$all/$name
	packages='libc6-dev libpam0g-dev libpam-modules libpam-runtime kyua libatf-dev atf-sh openssl procps libpam-pwdfile libpam-wrapper'
	variant=extract compiler=''
	case $name in
	i386)
		host=i686-linux-gnu
		variant=essential
		packages="$packages gcc g++ make libtool pkg-config python3" ;;
	arm64)
		host=aarch64-linux-gnu qemu=qemu-aarch64 ;;
	s390x)
		host=s390x-linux-gnu qemu=qemu-s390x ;;
	*)
		die "no such processor: $name" ;;
	esac
	case $variant in
	extract)
		packages="$packages bash coreutils dash debianutils diffutils findutils gawk grep login passwd sed tar util-linux base-passwd libpam-modules-bin"
		compiler="$host-gcc --sysroot=$root" ;;
	esac
}

# What is worth its time there.  tests/use and tests/tidy_test say nothing of a
# processor; where there is no compiler, what compiles is left out as well.
tests_of() {
	case $name in
	i386) echo tests/cmd tests/compat tests/examples tests/fixture_test \
	    tests/lib tests/overlay/configure_test tests/overlay/symbols_test \
	    tests/platform tests/sim ;;
	*) echo tests/compat tests/examples tests/fixture_test tests/lib \
	    tests/platform ;;
	esac
}

# --- A Debian in a directory -------------------------------------------------------

# The archive that this machine has, without its updates: mirrors are not always
# whole for all processors, and nothing of it leaves the directory.
find_archive() {
	# shellcheck disable=SC2016 # apt's own variables
	apt-get indextargets --format '$(RELEASE) deb $(REPO_URI) $(RELEASE) $(COMPONENT)' \
	    'Created-By: Packages' 'Component: main' |
	    sed -n "s/^$release deb /deb /p" | sort -u | sed -n 1p >"$all/sources"
	[ -s "$all/sources" ] || die "apt has no archive of $release"
	apt-config dump Acquire >"$all/apt.conf"
}

# It stays for the next time, as long as this file does.
make_root() {
	made=$(cksum <"$0")
	[ "$(cat "$root.made" 2>/dev/null)" != "$made" ] || return 0
	for attempt in 1 2 3; do
		rm -rf --one-file-system "$root" "$root.made"
		mmdebstrap --quiet --variant="$variant" --architectures="$name" \
		    --aptopt="$all/apt.conf" \
		    --include="$(echo "$packages" | tr ' ' ,)" \
		    "$release" "$root" "$all/sources" >"$root.log" 2>&1 && break
		[ "$attempt" -lt 3 ] || return 1
	done
	[ "$variant" != extract ] || finish_root
	echo "$made" >"$root.made"
}

# What the packages' scripts would have done, which would run emulated.
finish_root() {
	for file in passwd group; do
		cp "$root/usr/share/base-passwd/$file.master" "$root/etc/$file"
	done
	echo 'root:*:19000:0:99999:7:::' >"$root/etc/shadow"
	chmod 600 "$root/etc/shadow"
	for facility in auth account session session-noninteractive password; do
		echo "${facility%%-*} required pam_unix.so" \
		    >"$root/etc/pam.d/common-$facility"
	done
	ln -sf gawk "$root/usr/bin/awk"
	# The cross compiler looks from outside.
	find "$root/usr/lib" -name '*.so' -lname '/*' | while read -r link; do
		ln -sfr "$root$(readlink "$link")" "$link"
	done
}

# --- qemu ----------------------------------------------------------------------------

# The kernel starts their programs by qemu, wherever they are, until we are done.
register_qemu() {
	[ -f "/usr/lib/binfmt.d/$qemu.conf" ] || return 1
	[ -e "$binfmt/register" ] || {
		mount -t binfmt_misc binfmt_misc "$binfmt" || return 1
		mounted=yes
	}
	[ ! -e "$binfmt/pamport-$qemu" ] || return 0
	# F: found now, not in the chroot; P: "-sh" stays a login shell's name; C:
	# set-user-ID bits count.
	sed "s,^:$qemu:,:pamport-$qemu:,;s,:[A-Z]*\$,:OCPF," \
	    "/usr/lib/binfmt.d/$qemu.conf" >"$all/$qemu"
	cat "$all/$qemu" >"$binfmt/register" || return 1
	registered="$registered $qemu"
}

unregister() {
	for qemu in $registered; do
		echo -1 >"$binfmt/pamport-$qemu"
	done
	[ -z "$mounted" ] || umount "$binfmt"
}

# --- Inside ----------------------------------------------------------------------------

# enter DIRECTORY COMMAND...: in the root, with the sources and the build where they
# are outside, and mounts that nobody else sees.
enter() {
	mkdir -p "$tree" "$root$top" "$root$tree"
	# In a chroot, / is no mount that can be made private; the root's own is.
	propagation=private
	unshare --mount --propagation private true 2>/dev/null ||
		propagation=unchanged
	# shellcheck disable=SC2016 # the other shell's
	set -- unshare --mount --propagation "$propagation" sh -ec '
		root=$1 top=$2 tree=$3
		shift 3
		mount --bind "$root" "$root"
		mount --make-private "$root"
		mount --bind "$top" "$root$top"
		mount -o remount,bind,ro "$root$top"
		mount --bind "$tree" "$root$tree"
		mount -t proc proc "$root/proc"
		mount --bind /dev "$root/dev"
		mount -t devpts -o newinstance,ptmxmode=666,mode=620,gid=5 \
		    devpts "$root/dev/pts"
		exec chroot "$root" /usr/bin/env -i LC_ALL=C HOME=/root \
		    G_SLICE=always-malloc PATH=/usr/sbin:/usr/bin:/sbin:/bin sh -ec "$@"' \
	    enter "$root" "$top" "$tree" "$@"
	case $name in
	i386) setarch i686 "$@" ;;
	*) "$@" ;;
	esac
}

# In a chroot of its own if the processor has a compiler, with this machine's else.
build() {
	rm -rf "$tree"
	mkdir -p "$tree"
	cd "$tree"
	if [ -z "$compiler" ]; then
		# shellcheck disable=SC2016 # the other shell's
		quietly "$tree.build.log" enter 'cd "$0"
		    "$1/configure" --enable-warnings
		    make -j "$2" all && make -j "$2" check-programs' \
		    "$tree" "$top" "$jobs"
	else
		quietly configure.log "$top/configure" --host="$host" \
		    --build="$(sh "$top/build-aux/config.guess")" \
		    CC="$compiler" --enable-warnings
		quietly "$tree.build.log" make -j "$jobs" all check-programs
	fi
	# Libtool warns of its own choices.
	if grep -i 'warning:' "$tree.build.log" | grep -v ':libtool: ' >&2; then
		die "$name: there are warnings"
	fi
}

run_tests() {
	# shellcheck disable=SC2016,SC2046,SC2086 # the other shell's; words
	enter 'cd "$0" && top=$1 && shift
	    kyua --logfile=kyua.log test --kyuafile="$top/Kyuafile" \
		--build-root="$PWD" --results-file="$PWD/kyua-check.db" "$@"' \
	    "$tree" "$top" ${PROCESSORS_TESTS:-$(tests_of)} >"$tree.tests.log" 2>&1 ||
	    [ -s "$tree/kyua-check.db" ] ||
	    die "$name: the tests did not run: $tree.tests.log"
	mv "$tree/kyua-check.db" "$tree.db"
}

# cannot_run REASON: one skipped case says it.
cannot_run() {
	echo "$name: NOT RUN: $1"
	rm -rf "$tree.not"
	mkdir -p "$tree.not"
	{
		echo '#! /usr/bin/env atf-sh'
		echo "atf_test_case tests__run_on_$name"
		echo "tests__run_on_${name}_head() { :; }"
		echo "tests__run_on_${name}_body() { atf_skip '$1'; }"
		echo "atf_init_test_cases() { atf_add_test_case tests__run_on_$name; }"
	} >"$tree.not/processors_test"
	chmod +x "$tree.not/processors_test"
	printf '%s\n' 'syntax(2)' 'test_suite("pamport")' \
	    'atf_test_program{name="processors_test"}' >"$tree.not/Kyuafile"
	kyua --logfile=/dev/null test --kyuafile="$tree.not/Kyuafile" \
	    --results-file="$tree.db" >/dev/null
}

is_native() {
	[ "$(dpkg --print-architecture)" = amd64 ]
}

run_one() {
	set_up "$1"
	jobs=$2
	if [ "$name" = i386 ] && ! is_native; then
		cannot_run "this machine is not amd64"
	elif [ -n "$compiler" ] && [ ! -e "$binfmt/pamport-$qemu" ]; then
		cannot_run "the kernel starts no programs by qemu here (binfmt_misc)"
	elif ! make_root; then
		tail -n 5 "$root.log" >&2
		cannot_run "apt has no Debian for it here, see $root.log"
	elif ! enter 'exit 0' 2>"$root.log"; then
		cat "$root.log" >&2
		cannot_run "no program of this processor runs here, or nothing can be mounted"
	else
		build
		run_tests
	fi
}

# Whoever made a machine for this wants to hear that it does not do.
one_has_run() {
	for name in $PROCESSORS; do
		[ -d "$all/$name.not" ] || return 0
	done
	[ "${PROCESSORS_MUST_RUN-0}" != 1 ] || die 'no processor could run'
}

run_all() {
	mkdir -p "$all"
	rm -rf "$all"/*.db "$all"/*.not
	if [ "$(id -u)" -ne 0 ]; then
		for name in $PROCESSORS; do
			tree=$all/$name
			cannot_run 'a Debian in a directory needs root'
		done
		one_has_run
		return 0
	fi
	find_archive
	registered='' mounted=''
	trap unregister EXIT
	trap 'exit 1' HUP INT TERM
	for name in $PROCESSORS; do
		set_up "$name"
		[ -z "$compiler" ] || register_qemu || :
	done
	# One lane a processor of this machine: tests wait a good deal.
	# shellcheck disable=SC2086 # one word a name
	printf '%s\n' $PROCESSORS |
	    xargs -I NAME -P "$1" sh "$0" one NAME 1 ||
		die 'not all processors were tested'
	one_has_run
}

case $1 in
all) run_all "$2" ;;
one) run_one "$2" "$3" ;;
*) die 'usage: processors.sh all JOBS | one NAME JOBS' ;;
esac
