#!/usr/bin/env atf-sh
# shellcheck shell=sh
# SPDX-License-Identifier: BSD-2-Clause
#
# What `make install-sim` leaves.

top_builddir='@abs_top_builddir@'
cc='@CC@'
personalities='apple illumos linux-pam openpam solaris'

install_sim() {
	unset MAKEFLAGS MAKELEVEL MFLAGS
	make -C "$top_builddir" install-sim DESTDIR="$PWD/root" \
	    libexecdir=/nowhere/libexec CFLAGS=-O0 >install.log 2>&1 ||
		atf_fail "make install-sim: $(tail -3 install.log)"
	sim=$PWD/root/nowhere/libexec/pamport/sim
}

atf_test_case each_is_a_prefix
each_is_a_prefix_head() { :; }
each_is_a_prefix_body() {
	install_sim
	cat >program.c <<-'END'
		#include <stddef.h>
		#include <stdio.h>
		#include <security/pam_appl.h>
		int main(void)
		{
			printf("%d\n", pam_end(NULL, PAM_SUCCESS) != PAM_SUCCESS);
			return 0;
		}
	END
	for name in $personalities; do
		prefix=$sim/$name
		# shellcheck disable=SC2086
		atf_check $cc -isystem "$prefix/include" program.c -o program \
		    -L"$prefix/lib" -Wl,-rpath,"$prefix/lib" -lpam
		atf_check -o match:"libpam-simulated-$name.so.0 => $prefix/lib" \
		    ldd ./program
		for part in etc lib/security; do
			grep -q "/nowhere/libexec/pamport/sim/$name/$part" \
			    "$prefix/lib/libpam.so" ||
				atf_fail "$name looks for its $part elsewhere"
		done
		for module in module nosession; do
			[ -f "$prefix/lib/security/pamsim_$module.so" ] ||
				atf_fail "$name has no pamsim_$module.so"
		done
	done
}

atf_test_case configuration__stays_when_installed_again
configuration__stays_when_installed_again_head() { :; }
configuration__stays_when_installed_again_body() {
	install_sim
	echo 'svc auth required mine.so' >"$sim/solaris/etc/pam.conf"
	echo 'auth required mine.so' >"$sim/openpam/etc/pam.d/svc"
	install_sim
	atf_check -o match:mine cat "$sim/solaris/etc/pam.conf"
	atf_check -o match:mine cat "$sim/openpam/etc/pam.d/svc"
}

atf_init_test_cases() {
	atf_add_test_case each_is_a_prefix
	atf_add_test_case configuration__stays_when_installed_again
}
