#!/usr/bin/env atf-sh
# shellcheck shell=sh
# SPDX-License-Identifier: BSD-2-Clause
#
# pamport sim.  What it sets is tried with a directory that looks like a
# personality; what a personality then does, by tests/sim/example_test.

pamport='@abs_top_builddir@/pamport'
top_builddir='@abs_top_builddir@'
pam_cppflags='@PAM_CPPFLAGS@'
cc='@CC@'

make_place() {
	for name in one two; do
		mkdir -p "place/$name/include/security" "place/$name/lib"
		: >"place/$name/include/security/pam_appl.h"
		: >"place/$name/lib/libpam.so"
	done
	mkdir -p place/empty etc/pam.d
	place=$PWD/place
}

atf_test_case list__names_those_that_are_there
list__names_those_that_are_there_head() { :; }
list__names_those_that_are_there_body() {
	make_place
	atf_check -o match:"^one .*$place/one" -o match:"^two .*$place/two" \
	    -o not-match:empty "$pamport" sim list --dir "$place"
	PAMPORT_SIM_DIR=$place atf_check -o match:'^one ' "$pamport" sim list
	PAMPORT_SIM_DIR=/nowhere atf_check -o match:'^one ' \
	    "$pamport" sim list -d "$place"
	atf_check -s exit:1 -e match:'none in /nowhere' \
	    "$pamport" sim list -d /nowhere
}

atf_test_case run__sets_the_variables_in_front
run__sets_the_variables_in_front_head() { :; }
run__sets_the_variables_in_front_body() {
	make_place
	LIBRARY_PATH=/mine PAMPORT_SIM_DIR=$place "$pamport" sim run one \
	    --conf etc -- env >seen || atf_fail 'status'
	for line in "LIBRARY_PATH=$place/one/lib:$place/one/absent/lib:/mine" \
	    "C_INCLUDE_PATH=$place/one/include:$place/one/absent/include" \
	    "LD_LIBRARY_PATH=$place/one/lib" "PAMPORT_SIM=$place/one" \
	    "PAMSIM_CONF_DIR=$PWD/etc"; do
		grep -q "^$line" seen || atf_fail "no $line"
	done
	atf_check -o inline:'a b\n*\n' "$pamport" sim run -d "$place" one -- \
	    printf '%s\n' 'a b' '*'
}

# What a shell evaluates is what run sets, whatever stands in the names.
atf_test_case env__is_for_eval
env__is_for_eval_head() { :; }
env__is_for_eval_body() {
	mkdir "it's \$(here)"
	cd "it's \$(here)" || atf_fail 'no directory'
	make_place
	variables='^\(C_INCLUDE_PATH\|LIBRARY_PATH\|LD_LIBRARY_PATH\|PAMPORT_SIM\)='
	"$pamport" sim run one -d "$place" -- env | grep "$variables" >as_run
	(eval "$("$pamport" sim env one -d "$place")" && env) |
	    grep "$variables" >as_evaluated
	[ "$(grep -c "it's" as_run)" = 4 ] || atf_fail "$(cat as_run)"
	sort as_run >expected
	sort as_evaluated | diff expected - >difference ||
		atf_fail "$(cat difference)"
}

atf_test_case status__is_that_of_the_command
status__is_that_of_the_command_head() { :; }
status__is_that_of_the_command_body() {
	make_place
	PAMPORT_SIM_DIR=$place
	export PAMPORT_SIM_DIR
	atf_check -s exit:42 "$pamport" sim run one -- sh -c 'exit 42'
	atf_check -s exit:127 -e match:nothing "$pamport" sim run one -- ./nothing
	: >plain
	atf_check -s exit:126 -e match:plain "$pamport" sim run one -- ./plain
	atf_check -s exit:2 -e match:"no personality three in $place, .* one two" \
	    "$pamport" sim run three -- true
	atf_check -s exit:2 -e match:'in /nowhere, .*none of apple .* solaris$' \
	    -e match:'make install-sim' "$pamport" sim run -d /nowhere one true
	# The options of the command are its own.
	atf_check -o inline:'-d --conf --\n' \
	    "$pamport" sim run one echo -d --conf --
	for name in empty ../place/one . ..; do
		atf_check -s exit:2 -e match:'no personality' \
		    "$pamport" sim run "$name" -- true
	done
	atf_check -s exit:2 -e match:'a personality and a command' "$pamport" sim run one
	atf_check -s exit:2 -e match:'takes the name' "$pamport" sim run
	atf_check -s exit:2 -e match:'list, env or run' "$pamport" sim
	atf_check -s exit:2 -e match:'No such file' \
	    "$pamport" sim run one --conf /nowhere -- true
	atf_check -s exit:2 -e match:'no pam.conf and no pam.d' \
	    "$pamport" sim run one --conf place -- true
}

atf_test_case set_id__is_refused
set_id__is_refused_head() {
	atf_set require.user root
}
set_id__is_refused_body() {
	! grep -q -e -fsanitize= "$top_builddir/config.log" ||
	    atf_skip 'set-id programs have no sanitizers'
	make_place
	chmod 755 .
	cp "$pamport" pamport
	chown 65534 pamport
	chmod 4755 pamport
	printf '#include <unistd.h>\nint main(void) { return geteuid() != 65534; }\n' \
	    >try.c
	$cc try.c -o try && chown 65534 try && chmod 4755 try
	./try || atf_skip 'set-id programs do not work in this directory'
	./pamport --version >version 2>&1 ||
	    atf_skip 'others cannot run what is built here'
	if @NM@ pamport | grep -q '__lsan_'; then
		atf_skip 'the leak checker of this build fails in set-id programs'
	fi
	atf_check -s exit:2 -e match:'set-id' ./pamport sim list -d "$place"
	atf_check -s exit:2 -e match:'set-id' ./pamport sim run one \
	    -d "$place" -- true
	PAMPORT_SIM_DIR=$place atf_check -o not-match:'^one' \
	    ./pamport complete sim run ''
}

# The simulations that this tree has, or was configured with.
find_personalities() {
	prefix=${pam_cppflags#-isystem }
	for place in "$top_builddir/sim" "${prefix%/*/include}"; do
		if [ -f "$place/solaris/lib/libpam.so" ] &&
		    [ -d "$place/solaris/absent" ]; then
			place=$(cd "$place" && pwd -P)
			return
		fi
	done
	atf_skip 'no simulated libpams here: make sim'
}

atf_test_case machine__is_hidden
machine__is_hidden_head() { :; }
machine__is_hidden_body() {
	find_personalities
	if @NM@ -D "$place/solaris/lib/libpam.so" |
	    grep -q ' U __[a-z]*san_'; then
		atf_skip 'the simulations are built with sanitizers'
	fi
	set -- "$pamport" sim run solaris -d "$place" --
	echo 'int main(void) { return 0; }' >empty.c
	printf '#include <security/pam_appl.h>\n#ifdef __LINUX_PAM__\n#error\n#endif\n' \
	    >right.c
	atf_check "$@" "$cc" -c right.c
	echo '#include <security/pam_misc.h>' >wrong.c
	atf_check -s not-exit:0 -e match:'solaris has no' "$@" "$cc" -c wrong.c
	# clang looks into the system's directories before LIBRARY_PATH.
	case $("$cc" --version) in
	*clang*)
		atf_skip 'clang links what the machine has: only headers are hidden'
		;;
	esac
	atf_check -s not-exit:0 -e match:'solaris has no libpam_misc' \
	    "$@" "$cc" empty.c -lpam_misc
	echo 'int pam_end(void *, int); int main(void) { pam_end(0, 0); return 0; }' \
	    >linked.c
	atf_check "$@" "$cc" linked.c -o linked -lpam
	atf_check -o match:"libpam-simulated-solaris.*$place/solaris" \
	    "$@" ldd ./linked
	if command -v pkg-config >/dev/null; then
		atf_check -s not-exit:0 -e match:pam-of-solaris \
		    "$@" pkg-config --libs pam
	fi
}

atf_init_test_cases() {
	atf_add_test_case list__names_those_that_are_there
	atf_add_test_case run__sets_the_variables_in_front
	atf_add_test_case env__is_for_eval
	atf_add_test_case status__is_that_of_the_command
	atf_add_test_case set_id__is_refused
	atf_add_test_case machine__is_hidden
}
