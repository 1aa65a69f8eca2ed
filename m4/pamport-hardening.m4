dnl SPDX-License-Identifier: BSD-2-Clause
dnl PAMPORT_HARDENING
dnl -----------------
dnl What compilers and linkers have against mistakes in C, each tried on its own:
dnl a library that runs as root before anybody is known has it by default.
dnl Sets HARDENING_CPPFLAGS, HARDENING_CFLAGS and HARDENING_LDFLAGS, and
dnl PIE_CFLAGS and PIE_LDFLAGS for the command.
AC_DEFUN([PAMPORT_HARDENING], [
	AC_ARG_ENABLE([hardening],
	    [AS_HELP_STRING([--disable-hardening],
		[compile and link without what protects against mistakes in C])],
	    [], [enable_hardening=yes])
	HARDENING_CPPFLAGS= HARDENING_CFLAGS= HARDENING_LDFLAGS=
	PIE_CFLAGS= PIE_LDFLAGS=
	AS_IF([test "$enable_hardening" != no], [
		PAMPORT_TRY_FORTIFY
		PAMPORT_TRY_FLAG([CFLAGS], [-fstack-protector-strong])
		PAMPORT_TRY_FLAG([CFLAGS], [-fstack-clash-protection])
		PAMPORT_TRY_FLAG([CFLAGS], [-fcf-protection])
		PAMPORT_TRY_FLAG([LDFLAGS], [-Wl,-z,relro])
		PAMPORT_TRY_FLAG([LDFLAGS], [-Wl,-z,now])
		PAMPORT_TRY_FLAG([LDFLAGS], [-Wl,-z,noexecstack])
		PAMPORT_TRY_PIE
	])
	AC_SUBST([HARDENING_CPPFLAGS])
	AC_SUBST([HARDENING_CFLAGS])
	AC_SUBST([HARDENING_LDFLAGS])
	AC_SUBST([PIE_CFLAGS])
	AC_SUBST([PIE_LDFLAGS])
])

dnl The source has an array, or there would be nothing to protect; a warning of an
dnl unknown flag is a no, and so is one of the linker.
AC_DEFUN([PAMPORT_HARDENING_PROGRAM], [AC_LANG_PROGRAM([[
#include <string.h>]], [[
char text[64];
memset(text, 'x', sizeof(text) - 1);
text[63] = 0;
return strlen(text) != 63]])])

dnl PAMPORT_TRY_FLAG(CFLAGS-OR-LDFLAGS, FLAG)
AC_DEFUN([PAMPORT_TRY_FLAG], [
	AS_VAR_PUSHDEF([pamport_Known], [pamport_cv_flag_$2])
	AC_CACHE_CHECK([for $2], [pamport_Known], [
		pamport_save_CFLAGS=$CFLAGS
		pamport_save_LDFLAGS=$LDFLAGS
		$1="$$1 $2"
		CFLAGS="$CFLAGS -Werror"
		AC_LINK_IFELSE([PAMPORT_HARDENING_PROGRAM],
		    [AS_VAR_SET([pamport_Known], [yes])],
		    [AS_VAR_SET([pamport_Known], [no])])
		AS_IF([grep -i 'warning' conftest.err >/dev/null 2>&1],
		    [AS_VAR_SET([pamport_Known], [no])])
		CFLAGS=$pamport_save_CFLAGS
		LDFLAGS=$pamport_save_LDFLAGS
	])
	AS_VAR_IF([pamport_Known], [yes], [HARDENING_$1="$HARDENING_$1 $2"])
	AS_VAR_POPDEF([pamport_Known])
])

dnl Checked functions of libc need an optimizing compiler, are not for the
dnl sanitizers, which see more, and somebody else may have chosen already.
AC_DEFUN([PAMPORT_TRY_FORTIFY], [
	AC_CACHE_CHECK([whether to ask for checked functions],
	    [pamport_cv_fortify], [
		AC_COMPILE_IFELSE([AC_LANG_SOURCE([[
#if !defined(__OPTIMIZE__) || defined(_FORTIFY_SOURCE) || \
    defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#error not here
#endif
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || \
    __has_feature(memory_sanitizer)
#error not here
#endif
#endif
int nothing;]])],
		    [pamport_cv_fortify=yes], [pamport_cv_fortify=no])
	])
	AS_IF([test "$pamport_cv_fortify" = yes],
	    [HARDENING_CPPFLAGS=-D_FORTIFY_SOURCE=2])
])

AC_DEFUN([PAMPORT_TRY_PIE], [
	AC_CACHE_CHECK([for position-independent programs], [pamport_cv_pie], [
		pamport_save_CFLAGS=$CFLAGS
		pamport_save_LDFLAGS=$LDFLAGS
		CFLAGS="$CFLAGS -fPIE -Werror"
		LDFLAGS="$LDFLAGS -pie"
		AC_LINK_IFELSE([PAMPORT_HARDENING_PROGRAM],
		    [pamport_cv_pie=yes], [pamport_cv_pie=no])
		CFLAGS=$pamport_save_CFLAGS
		LDFLAGS=$pamport_save_LDFLAGS
	])
	AS_IF([test "$pamport_cv_pie" = yes],
	    [PIE_CFLAGS=-fPIE PIE_LDFLAGS=-pie])
	dnl Without a shared library nothing else makes what the command is linked
	dnl with position-independent.
	AS_IF([test "$enable_shared" != yes && test -n "$PIE_CFLAGS"],
	    [HARDENING_CFLAGS="$HARDENING_CFLAGS $PIE_CFLAGS"])
])
