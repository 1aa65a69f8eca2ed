#!/usr/bin/env atf-sh
# shellcheck shell=sh
# SPDX-License-Identifier: BSD-2-Clause
#
# What configure answers to a libpam that it knows, does not know, or cannot
# find.  The answers that have nothing to do with PAM come from the build tree.
# A build against another libpam than the system's runs what depends on it only.

top_srcdir='@abs_top_srcdir@'
top_builddir='@abs_top_builddir@'
cc='@CC@'
nm='@NM@'
pam_cppflags='@PAM_CPPFLAGS@'
pam_implementation='@PAM_IMPLEMENTATION@'

# run_configure OPTION...: in the work directory, to the file out.
run_configure() {
	[ "$top_srcdir" != "$top_builddir" ] ||
		atf_skip 'the source tree is configured itself'
	sed -n '/^## Cache variables/,/^## Output variables/p' \
	    "$top_builddir/config.log" |
	    sed -n '/^[a-z]*_cv_[a-zA-Z0-9_]*=/p' |
	    grep -v -e '^pamport_cv_' -e '^ac_cv_env_' -e '^ac_cv_func_pam_' \
	    >config.cache
	grep -q '^ac_cv_' config.cache || atf_fail 'no answers in config.log'
	"$top_srcdir/configure" CC="$cc" --cache-file=config.cache "$@" \
	    >out 2>&1
}

# The directory that the native <security/pam_appl.h> is in.
native_headers() {
	echo '#include <security/pam_appl.h>' >where.c
	# shellcheck disable=SC2086
	$cc $pam_cppflags -E where.c |
		sed -n 's/^# 1 "\(.*\)\/pam_appl\.h".*/\1/p' | sed 1q
}

# The native library, as the build tree links it.
native_library() {
	prefix=${pam_cppflags#-isystem }
	prefix=${prefix%/include}
	for name in libpam.so libpam.dylib; do
		if [ -n "$pam_cppflags" ]; then
			file=$prefix/lib/$name
		else
			# shellcheck disable=SC2086
			file=$($cc -print-file-name=$name)
		fi
		[ ! -f "$file" ] || echo "$file"
	done | sed 1q
}

atf_test_case unknown_headers__stop_and_name_the_readme
unknown_headers__stop_and_name_the_readme_head() { :; }
unknown_headers__stop_and_name_the_readme_body() {
	mkdir -p other/include/security other/lib
	: >other/lib/libpam.so
	cat >other/include/security/pam_appl.h <<-'END'
		typedef struct pam_handle pam_handle_t;
		#define PAM_SUCCESS 0
		int pam_end(pam_handle_t *, int);
	END
	! run_configure --with-pam="$PWD/other" ||
		atf_fail 'configure takes a PAM that no table describes'
	atf_check -o match:'error: .* no PAM that pamport knows.*platform/README' \
	    grep error: out
}

atf_test_case broken_headers__are_told_from_unknown_ones
broken_headers__are_told_from_unknown_ones_head() { :; }
broken_headers__are_told_from_unknown_ones_body() {
	mkdir -p other/include/security other/lib
	: >other/lib/libpam.so
	echo 'this is no C' >other/include/security/pam_appl.h
	! run_configure --with-pam="$PWD/other" ||
		atf_fail 'configure takes a header that does not compile'
	atf_check -o match:'error: .*missing or does not compile' \
	    grep error: out
}

atf_test_case missing_prefix__is_named
missing_prefix__is_named_head() { :; }
missing_prefix__is_named_body() {
	! run_configure --with-pam="$PWD/nowhere" ||
		atf_fail 'configure takes a PREFIX that does not exist'
	atf_check -o match:"error: no $PWD/nowhere/include/security/pam_appl.h" \
	    grep error: out
}

atf_test_case strange_prefix__is_refused
strange_prefix__is_refused_head() { :; }
strange_prefix__is_refused_body() {
	! run_configure --with-pam=relative/path ||
		atf_fail 'configure takes a relative PREFIX'
	atf_check -o match:'error: .*absolute PREFIX' grep error: out
	! run_configure --without-pam || atf_fail 'configure takes no PAM at all'
	atf_check -o match:'error: .*needs a PREFIX' grep error: out
}

atf_test_case headers_without_library__do_not_link
headers_without_library__do_not_link_head() { :; }
headers_without_library__do_not_link_body() {
	headers=$(native_headers)
	mkdir -p other/include other/lib
	ln -s "$headers" other/include/security
	# Not even the system's library is this one.
	echo 'this is no library' >other/lib/libpam.so
	! run_configure --with-pam="$PWD/other" ||
		atf_fail 'configure takes headers without their library'
	atf_check -o match:'error: libpam does not link' grep error: out
}

# The linker would go on to the system's library.
atf_test_case prefix_without_library__is_named
prefix_without_library__is_named_head() { :; }
prefix_without_library__is_named_body() {
	headers=$(native_headers)
	mkdir -p other/include other/lib
	ln -s "$headers" other/include/security
	! run_configure --with-pam="$PWD/other" ||
		atf_fail 'configure takes headers without their library'
	atf_check -o match:"error: no libpam in $PWD/other" grep error: out
}

# /usr is where the compiler looks in its own order, with slashes or not.
atf_test_case prefix__with_slashes_at_its_end
prefix__with_slashes_at_its_end_head() { :; }
prefix__with_slashes_at_its_end_body() {
	run_configure --with-pam=/usr// || atf_fail "$(tail -1 out)"
	# shellcheck disable=SC2016
	atf_check -o inline:'Cflags: -I${includedir} \n' \
	    grep Cflags: include/pamport.pc
}

atf_test_case prefix__may_have_lib64
prefix__may_have_lib64_head() { :; }
prefix__may_have_lib64_body() {
	headers=$(native_headers)
	library=$(native_library)
	[ -n "$library" ] || atf_skip 'no shared libpam to point to'
	mkdir -p copy/include copy/lib copy/lib64
	ln -s "$headers" copy/include/security
	ln -s "$library" copy/lib64
	run_configure --with-pam="$PWD/copy/" || atf_fail "$(tail -1 out)"
	grep -e "^Libs.private: -L$PWD/copy/lib64 -Wl,-rpath,$PWD/copy/lib64 -lpam" \
	    include/pamport.pc || atf_fail 'pamport.pc names another libpam'
}

atf_test_case prefix__gives_headers_library_and_run_path
prefix__gives_headers_library_and_run_path_head() { :; }
prefix__gives_headers_library_and_run_path_body() {
	headers=$(native_headers)
	library=$(native_library)
	[ -n "$library" ] || atf_skip 'no shared libpam to point to'
	mkdir -p copy/include copy/lib
	ln -s "$headers" copy/include/security
	ln -s "$library" copy/lib
	run_configure --with-pam="$PWD/copy" || atf_fail "$(tail -1 out)"
	atf_check -o match:"$pam_implementation (.*/copy)" \
	    grep 'PAM implementation' out
	grep -e "^Libs.private: -L$PWD/copy/lib -Wl,-rpath,$PWD/copy/lib -lpam *$" \
	    include/pamport.pc || atf_fail 'pamport.pc names another libpam'
	grep -e "^Cflags: .* -isystem $PWD/copy/include$" \
	    include/pamport-overlay.pc ||
		atf_fail 'pamport-overlay.pc names other headers'
}

# A static library needs what a shared one is linked with already.
atf_test_case wtmpdb__is_for_static_programs_too
wtmpdb__is_for_static_programs_too_head() { :; }
wtmpdb__is_for_static_programs_too_body() {
	cp "$top_srcdir/tests/platform/wtmpdb/wtmpdb.h" .
	cat >wtmpdb.c <<-'END'
		#include <stddef.h>
		#include <stdint.h>
		#include "wtmpdb.h"
		int64_t wtmpdb_login(const char *db, int type, const char *user,
		    uint64_t at, const char *tty, const char *host,
		    const char *service, char **error)
		{
			(void)db, (void)type, (void)user, (void)at, (void)tty;
			(void)host, (void)service, (void)error;
			return 1;
		}
		int wtmpdb_logout(const char *db, int64_t id, uint64_t at,
		    char **error)
		{
			(void)db, (void)id, (void)at, (void)error;
			return 0;
		}
	END
	# shellcheck disable=SC2086
	atf_check -e ignore $cc -c wtmpdb.c
	ar rc libwtmpdb.a wtmpdb.o
	set -- CPPFLAGS="-I$PWD" LDFLAGS="-L$PWD"
	run_configure "$@" || atf_fail "$(tail -1 out)"
	for file in pamport pamport-overlay; do
		grep -e '^Libs.private: .*-lwtmpdb' include/$file.pc ||
			atf_fail "$file.pc has no libwtmpdb"
		! grep -e '^Libs: .*-lwtmpdb' include/$file.pc ||
			atf_fail "$file.pc has libwtmpdb for everybody"
	done
	# Inside another package nobody would know of it.
	run_configure "$@" --enable-bundled || atf_fail "$(tail -1 out)"
	atf_check -o match:'wtmpdb: none' grep 'login records' out
}

# Not every compiler makes position-independent programs unasked.
atf_test_case without_shared_library__the_command_links
without_shared_library__the_command_links_head() {
	atf_set timeout 300
}
without_shared_library__the_command_links_body() {
	unset MAKEFLAGS MAKELEVEL MFLAGS
	printf '#!/bin/sh\nexec %s -fno-pie -no-pie "$@"\n' "$cc" >compiler
	chmod +x compiler
	echo 'int main(void) { return 0; }' >program.c
	./compiler program.c -o program ||
		atf_skip 'the compiler has no -no-pie'
	cc=$PWD/compiler
	run_configure --disable-shared CFLAGS=-O0 || atf_fail "$(tail -1 out)"
	make pamport >make.log 2>&1 || atf_fail "$(tail -3 make.log)"
	atf_check -o match:'^pamport ' ./pamport --version
	# Modules cannot be built, so it is said instead.
	atf_check -s not-exit:0 -o match:'the tests need shared libraries' \
	    -e ignore make check-programs
}

# A header is no library, and FreeBSD's has another name.
atf_test_case libatf_c__is_what_links
libatf_c__is_what_links_head() { :; }
libatf_c__is_what_links_body() {
	# shellcheck disable=SC2086
	library=$($cc -print-file-name=libatf-c.so)
	echo '#include <atf-c.h>' >atf.c
	if ! $cc -fsyntax-only atf.c 2>/dev/null || [ ! -f "$library" ]; then
		atf_skip 'libatf-c is in no usual place'
	fi
	mkdir lib
	echo 'this is no library' >lib/libatf-c.so
	set -- PKG_CONFIG=false LDFLAGS="-L$PWD/lib"
	run_configure "$@" || atf_fail "$(tail -1 out)"
	atf_check -o match:'no, they need kyua and libatf-c' grep '^  tests ' out
	ln -s "$library" lib/libprivateatf-c.so
	run_configure "$@" || atf_fail "$(tail -1 out)"
	atf_check -o match:'-lprivateatf-c$' grep '^ATF_LIBS = ' Makefile
}

# The other way to export only the map's names, for linkers without version
# scripts.
atf_test_case without_version_scripts__the_same_is_exported
without_version_scripts__the_same_is_exported_head() {
	atf_set timeout 120
}
without_version_scripts__the_same_is_exported_body() {
	[ -f "$top_builddir/.libs/libpamport.so" ] ||
		atf_skip 'no libpamport.so was built'
	unset MAKEFLAGS MAKELEVEL MFLAGS
	pam=system
	if [ -n "$pam_cppflags" ]; then
		pam=${pam_cppflags#-isystem }
		pam=${pam%/include}
	fi
	run_configure --with-pam="$pam" --disable-static CFLAGS=-O0 \
	    pamport_cv_version_script=no || atf_fail "$(tail -1 out)"
	make libpamport.la >make.log 2>&1 || atf_fail "$(tail -3 make.log)"
	! grep -e '--version-script.*pamport\.map' make.log ||
		atf_fail 'a version script was used'
	for tree in "$top_builddir" .; do
		# Absolute symbols are the map's own version names.
		$nm -D "$tree/.libs/libpamport.so" |
			awk 'NF == 3 && $2 ~ /[B-TV-Z]/ { sub(/@.*/, "", $3); print $3 }' |
			sort >exported
		grep -q '^pamport_start$' exported ||
			atf_fail "$tree does not export pamport_start"
		[ -f expected ] || mv exported expected
	done
	diff expected exported || atf_fail 'the two ways differ'
}

atf_init_test_cases() {
	atf_add_test_case headers_without_library__do_not_link
	atf_add_test_case prefix_without_library__is_named
	atf_add_test_case prefix__gives_headers_library_and_run_path
	[ -z "$pam_cppflags" ] || [ "${PAMPORT_TEST_DEEP-0}" = 1 ] || return 0
	atf_add_test_case unknown_headers__stop_and_name_the_readme
	atf_add_test_case broken_headers__are_told_from_unknown_ones
	atf_add_test_case missing_prefix__is_named
	atf_add_test_case strange_prefix__is_refused
	atf_add_test_case prefix__may_have_lib64
	[ -n "$pam_cppflags" ] || atf_add_test_case prefix__with_slashes_at_its_end
	atf_add_test_case wtmpdb__is_for_static_programs_too
	atf_add_test_case without_shared_library__the_command_links
	atf_add_test_case libatf_c__is_what_links
	atf_add_test_case without_version_scripts__the_same_is_exported
}
