dnl SPDX-License-Identifier: BSD-2-Clause
dnl What the compiler, the linker and the machine of the developer have.

dnl PAMPORT_CHECK_THREAD_LOCAL
dnl --------------------
dnl The keyword for a variable of each thread: needed by lib/state.c.
AC_DEFUN([PAMPORT_CHECK_THREAD_LOCAL], [
	AC_CACHE_CHECK([for thread-local variables],
	    [pamport_cv_thread_local], [
		pamport_cv_thread_local=no
		for pamport_word in _Thread_local __thread; do
			AC_COMPILE_IFELSE([AC_LANG_SOURCE([
static $pamport_word int counter;
int count(void);
int count(void) { return ++counter; }])],
			    [pamport_cv_thread_local=$pamport_word; break])
		done
	])
	AS_IF([test "$pamport_cv_thread_local" = no],
	    [AC_MSG_ERROR([pamport needs a compiler with thread-local variables])])
	AC_DEFINE_UNQUOTED([PAMPORT_THREAD_LOCAL], [$pamport_cv_thread_local],
	    [The keyword for thread-local variables.])
])

dnl PAMPORT_BLOCK_SIZE
dnl ------------------
dnl Who says how large a block of malloc is: needed by compat/libc_block_size.c.
AC_DEFUN([PAMPORT_BLOCK_SIZE], [
	AC_CHECK_HEADERS([malloc.h malloc_np.h malloc/malloc.h])
	AC_CHECK_DECLS([malloc_usable_size, malloc_size], [], [], [[
#ifdef HAVE_MALLOC_H
#include <malloc.h>
#endif
#ifdef HAVE_MALLOC_NP_H
#include <malloc_np.h>
#endif
#ifdef HAVE_MALLOC_MALLOC_H
#include <malloc/malloc.h>
#endif]])
	AC_CHECK_FUNCS([malloc_usable_size malloc_size])
])

dnl PAMPORT_VERSION_SCRIPT
dnl ----------------------
dnl Whether the linker takes lib/pamport.map; where it does not, libtool exports
dnl the names that the map lists.  Asked of a library, as it is used: a program
dnl would hide by it what some systems' libc takes of programs.
AC_DEFUN([PAMPORT_VERSION_SCRIPT], [
	AC_CACHE_CHECK([whether the linker takes version scripts],
	    [pamport_cv_version_script], [
		pamport_save_LDFLAGS=$LDFLAGS
		AS_ECHO(["PROBE { global: probe; local: *; };"]) >conftest.map
		LDFLAGS="$LDFLAGS -shared -fPIC -Wl,--version-script=conftest.map"
		AC_LINK_IFELSE([AC_LANG_SOURCE([
int probe(void);
int probe(void) { return 0; }])],
		    [pamport_cv_version_script=yes],
		    [pamport_cv_version_script=no])
		LDFLAGS=$pamport_save_LDFLAGS
		rm -f conftest.map
	])
	AM_CONDITIONAL([VERSION_SCRIPT],
	    [test "$pamport_cv_version_script" = yes])
])

dnl PAMPORT_SYMBOLIC
dnl ----------------
dnl How the linker binds our own calls to our own functions, so that a program
dnl which defines pam_getenvlist itself does not take ours over.
AC_DEFUN([PAMPORT_SYMBOLIC], [
	AC_CACHE_CHECK([how the linker binds functions inside a library],
	    [pamport_cv_symbolic], [
		pamport_save_LDFLAGS=$LDFLAGS
		LDFLAGS="$LDFLAGS -Wl,-Bsymbolic-functions"
		AC_LINK_IFELSE([AC_LANG_PROGRAM],
		    [pamport_cv_symbolic=-Wl,-Bsymbolic-functions],
		    [pamport_cv_symbolic=])
		LDFLAGS=$pamport_save_LDFLAGS
	])
	AC_SUBST([SYMBOLIC_LDFLAGS], [$pamport_cv_symbolic])
])

dnl PAMPORT_WARNINGS
dnl ----------------
dnl --enable-warnings: for those who change pamport, not for those who build it.
AC_DEFUN([PAMPORT_WARNINGS], [
	AC_ARG_ENABLE([warnings],
	    [AS_HELP_STRING([--enable-warnings],
		[compile with many warnings, each an error])],
	    [], [enable_warnings=no])
	WARNING_CFLAGS=
	AS_IF([test "$enable_warnings" = yes],
	    [WARNING_CFLAGS="-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Werror"])
	AC_SUBST([WARNING_CFLAGS])
])

dnl PAMPORT_ENABLE_BUNDLED
dnl ----------------------
dnl --enable-bundled: inside another package, see PAMPORT_BUNDLED in pamport.m4.
AC_DEFUN([PAMPORT_ENABLE_BUNDLED], [
	AC_ARG_ENABLE([bundled],
	    [AS_HELP_STRING([--enable-bundled],
		[build a static library for the package that these sources are
		a part of; install nothing, test nothing])],
	    [], [enable_bundled=no])
	AM_CONDITIONAL([BUNDLED], [test "$enable_bundled" = yes])
])

dnl PAMPORT_TEST_TOOLS
dnl ------------------
dnl Kyua runs the tests; libatf-c and atf-sh are what they are written with (the
dnl BSDs have atf-sh outside PATH).
AC_DEFUN([PAMPORT_TEST_TOOLS], [
	AC_PATH_PROG([KYUA], [kyua], [no])
	AC_PATH_PROG([ATF_SH], [atf-sh], [no], [$PATH:/usr/libexec])
	PAMPORT_FIND_ATF
	TESTS_NEED='kyua and libatf-c (Debian: kyua libatf-dev atf-sh)'
	AS_IF([test "$KYUA" = no || test "$ATF_SH" = no || test "$enable_bundled" = yes],
	    [pamport_tests=no])
	dnl PAM loads modules, and the tests have some of their own.
	AS_IF([test "$enable_shared" != yes],
	    [pamport_tests=no TESTS_NEED='shared libraries (configure --enable-shared)'])
	AC_SUBST([TESTS_NEED])
	AM_CONDITIONAL([WITH_TESTS], [test "$pamport_tests" = yes])
])

dnl Sets pamport_tests, and ATF_CPPFLAGS and ATF_LIBS if they are not given: as
dnl pkg-config has them, or where a compiler looks, or as FreeBSD's own libatf-c is
dnl called, whose headers have the common names.
AC_DEFUN([PAMPORT_FIND_ATF], [
	AC_ARG_VAR([ATF_CPPFLAGS], [preprocessor flags for the headers of libatf-c])
	AC_ARG_VAR([ATF_LIBS], [linker flags for libatf-c])
	AC_PATH_TOOL([PKG_CONFIG], [pkg-config])
	AC_MSG_CHECKING([for libatf-c])
	pamport_tests=no
	AS_IF([test -n "$ATF_CPPFLAGS$ATF_LIBS"], [
		PAMPORT_TRY_ATF([$ATF_CPPFLAGS], [$ATF_LIBS])
	], [
		AS_IF([test -n "$PKG_CONFIG" && $PKG_CONFIG atf-c >/dev/null 2>&1],
		    [PAMPORT_TRY_ATF([`$PKG_CONFIG --cflags atf-c`],
			[`$PKG_CONFIG --libs atf-c`])])
		for pamport_word in -latf-c -lprivateatf-c; do
			AS_IF([test "$pamport_tests" = no],
			    [PAMPORT_TRY_ATF([], [$pamport_word])])
		done
	])
	AS_CASE([$pamport_tests],
	    [yes], [AC_MSG_RESULT([yes, $ATF_LIBS])],
	    [AC_MSG_RESULT([no])])
])

dnl PAMPORT_TRY_ATF(CPPFLAGS, LIBS)
AC_DEFUN([PAMPORT_TRY_ATF], [
	pamport_save_CPPFLAGS=$CPPFLAGS
	pamport_save_LIBS=$LIBS
	ATF_CPPFLAGS="$1"
	ATF_LIBS="$2"
	CPPFLAGS="$CPPFLAGS $ATF_CPPFLAGS"
	LIBS="$ATF_LIBS $LIBS"
	AC_LINK_IFELSE([AC_LANG_SOURCE([
#include <sys/types.h>
#include <atf-c.h>
ATF_TP_ADD_TCS(program) { (void)program; return atf_no_error(); }])],
	    [pamport_tests=yes])
	CPPFLAGS=$pamport_save_CPPFLAGS
	LIBS=$pamport_save_LIBS
])

dnl PAMPORT_LD_WRAP
dnl ---------------
dnl Whether the linker can send malloc and its like, or system calls, elsewhere:
dnl needed by tests/counted.c, tests/swept.c and tests/faults.c.  Sets
dnl WRAP_ALLOCATIONS, WRAP_NATIVE and WRAP_SYSTEM_CALLS.
AC_DEFUN([PAMPORT_LD_WRAP], [
	PAMPORT_LINKED_NAME([fopen], [stdio.h], [fopen("", "r") != NULL])
	WRAP_ALLOCATIONS=
	for pamport_word in malloc calloc realloc strdup free realpath \
	    fdopendir $pamport_linked getline pthread_atfork; do
		WRAP_ALLOCATIONS="$WRAP_ALLOCATIONS -Wl,--wrap=$pamport_word"
	done
	# What the native library is asked for: tests/swept.c.
	WRAP_NATIVE=
	for pamport_word in pam_start pam_start_confdir pam_end pam_getenvlist \
	    pam_putenv pam_set_item; do
		WRAP_NATIVE="$WRAP_NATIVE -Wl,--wrap=$pamport_word"
	done
	WRAP_SYSTEM_CALLS=
	for pamport_word in mkdir read write fsync close renameat unlinkat \
	    pipe2 fork; do
		WRAP_SYSTEM_CALLS="$WRAP_SYSTEM_CALLS -Wl,--wrap=$pamport_word"
	done
	PAMPORT_WRAP_LINKED([open], [fcntl.h], [open("", 0)])
	PAMPORT_WRAP_LINKED([openat], [fcntl.h], [openat(0, "", 0)])
	PAMPORT_WRAP_LINKED([fcntl], [fcntl.h], [fcntl(0, F_GETFD)])
	PAMPORT_WRAP_LINKED([pread], [unistd.h], [pread(0, (void *)0, 0, 0) != 0])
	PAMPORT_WRAP_LINKED([ftruncate], [unistd.h], [ftruncate(0, 0)])
	PAMPORT_WRAP_LINKED([fstat], [sys/stat.h], [fstat(0, (void *)0)])
	PAMPORT_WRAP_LINKED([lstat], [sys/stat.h], [lstat("", (void *)0)])
	PAMPORT_WRAP_LINKED([fstatat], [sys/stat.h], [fstatat(0, "", (void *)0, 0)])
	AC_CACHE_CHECK([whether the linker wraps functions],
	    [pamport_cv_ld_wrap], [
		pamport_save_LDFLAGS=$LDFLAGS
		LDFLAGS="$LDFLAGS -Wl,--wrap=malloc"
		AC_LINK_IFELSE([AC_LANG_SOURCE([
void *__wrap_malloc(unsigned long size);
void *malloc(unsigned long size);
void *__wrap_malloc(unsigned long size) { return size == 0 ? &size : (void *)0; }
int main(void) { return malloc(1) != (void *)0; }])],
		    [pamport_cv_ld_wrap=yes], [pamport_cv_ld_wrap=no])
		LDFLAGS=$pamport_save_LDFLAGS
	])
	AS_IF([test "$pamport_cv_ld_wrap" = no],
	    [WRAP_ALLOCATIONS= WRAP_NATIVE= WRAP_SYSTEM_CALLS=])
	AC_SUBST([WRAP_ALLOCATIONS])
	AC_SUBST([WRAP_NATIVE])
	AC_SUBST([WRAP_SYSTEM_CALLS])
	AM_CONDITIONAL([LD_WRAP], [test "$pamport_cv_ld_wrap" = yes])
])

dnl PAMPORT_LINKED_NAME(FUNCTION, INCLUDE, CALL)
dnl Sets pamport_linked to the name of FUNCTION that the linker sees: where off_t or
dnl time_t of 64 bits is a choice, or came later, a header puts another in its place.
AC_DEFUN([PAMPORT_LINKED_NAME], [
	AC_CACHE_CHECK([what $1 is to the linker], [pamport_cv_linked_$1], [
		pamport_cv_linked_$1=
		AC_COMPILE_IFELSE([AC_LANG_SOURCE([
#include <$2>
int probe(void);
int probe(void) { return $3; }])],
		    [pamport_cv_linked_$1=`$NM conftest.$ac_objext |
			$SED -n 's/^.* U \(.*$1.*\)$/\1/p' | $SED 1q`])
		AS_IF([test -z "$pamport_cv_linked_$1"], [pamport_cv_linked_$1=$1])
	])
	pamport_linked=$pamport_cv_linked_$1
	AC_DEFINE_UNQUOTED([PAMPORT_LINKED_$1], ["$pamport_linked"],
	    [What the linker sees where a program has $1.])
])

dnl PAMPORT_WRAP_LINKED(FUNCTION, INCLUDE, CALL)
AC_DEFUN([PAMPORT_WRAP_LINKED], [
	PAMPORT_LINKED_NAME([$1], [$2], [$3])
	WRAP_SYSTEM_CALLS="$WRAP_SYSTEM_CALLS -Wl,--wrap=$pamport_linked"
])

dnl PAMPORT_SIM
dnl -----------
dnl Whether sim/ can be built: it is for Linux and has lists of what a library
dnl exports.  Its tests run in the build against the system's Linux-PAM, whose
dnl rows they check too.
AC_DEFUN([PAMPORT_SIM], [
	pamport_sim=no
	AS_CASE([$host_os:$pamport_cv_version_script],
	    [linux*:yes], [pamport_sim=yes])
	pamport_sim_tests=no
	AS_CASE([$pamport_sim:$pamport_tests:$with_pam:$pamport_cv_pam_implementation],
	    [yes:yes:system:linux-pam], [pamport_sim_tests=yes])
	AM_CONDITIONAL([SIM], [test "$pamport_sim" = yes])
	AM_CONDITIONAL([SIM_TESTS], [test "$pamport_sim_tests" = yes])
])
