dnl SPDX-License-Identifier: BSD-2-Clause
dnl Which PAM is underneath.  Everything is found by compiling or linking, so it
dnl is the same when cross compiling; each answer is a cache variable that can
dnl be given by hand.

dnl PAMPORT_WITH_PAM
dnl ----------------
dnl --with-pam=PREFIX: another libpam than the system's.  Sets with_pam,
dnl PAM_CPPFLAGS, PAM_LDFLAGS and PAM_LIBS, for the probes and for what we link, and
dnl PC_PAM_LIBS for the .pc files.  A program that is linked with another libpam
dnl has to find it at run time too, before the system's, which may have the same
dnl name: so the run path is part of it.
AC_DEFUN([PAMPORT_WITH_PAM], [
	AC_ARG_WITH([pam],
	    [AS_HELP_STRING([--with-pam=PREFIX],
		[use the libpam whose headers and library are in
		PREFIX/include and PREFIX/lib, or lib64 @<:@system@:>@])],
	    [], [with_pam=system])
	AC_ARG_WITH([pam-conf],
	    [AS_HELP_STRING([--with-pam-conf=FILE-OR-DIR],
		[where the tests write the configuration that this libpam
		reads: a pam.conf with four columns, or a directory of services
		@<:@found by the tests@:>@])],
	    [], [with_pam_conf=])
	dnl The configure of a package around us may have a --with-pam of its own.
	AS_IF([test "$with_pam" = yes], [with_pam=system])
	PAMPORT_PAM_PREFIX
	AS_CASE([$with_pam],
	    [no], [AC_MSG_ERROR([--with-pam needs a PREFIX, or "system"])],
	    [system|/usr], [PAM_CPPFLAGS= PAM_LDFLAGS=],
	    [/*], [
		AS_IF([test -f "$with_pam/include/security/pam_appl.h"], [],
		    [AC_MSG_ERROR([no $with_pam/include/security/pam_appl.h])])
		AS_IF([test -n "$pamport_pam_lib"], [],
		    [AC_MSG_ERROR([no libpam in $with_pam: neither in $with_pam/lib nor in lib64, beside its headers])])
		PAM_CPPFLAGS="-isystem $with_pam/include"
		PAM_LDFLAGS="-L$pamport_pam_lib -Wl,-rpath,$pamport_pam_lib"
	    ],
	    [AC_MSG_ERROR([--with-pam needs an absolute PREFIX])])
	PAM_LIBS=-lpam
	AC_SUBST([PAM_CPPFLAGS])
	AC_SUBST([PAM_LDFLAGS])
	AC_SUBST([PAM_LIBS])
	AC_SUBST([PC_PAM_LIBS], ["$PAM_LDFLAGS $PAM_LIBS"])
	AC_ARG_WITH([pam-etc],
	    [AS_HELP_STRING([--with-pam-etc=DIRECTORY],
		[where this libpam reads pam.conf and pam.d
		@<:@/etc, or etc in the PREFIX of --with-pam@:>@])],
	    [], [with_pam_etc=])
	AS_CASE([$with_pam],
	    [system|/usr], [pamport_etc=/etc],
	    [pamport_etc=$with_pam/etc])
	AS_CASE([$with_pam_etc],
	    [''], [],
	    [/*], [pamport_etc=$with_pam_etc],
	    [AC_MSG_ERROR([--with-pam-etc needs an absolute DIRECTORY])])
	AC_DEFINE_UNQUOTED([PAMPORT_PAM_ETC], ["$pamport_etc"],
	    [The directory of this libpam's pam.conf and pam.d.])
	AC_DEFINE_UNQUOTED([TEST_WITH_PAM], ["$with_pam"],
	    [The libpam that is tested: "system", or the prefix of another.])
	AC_DEFINE_UNQUOTED([TEST_PAM_CONF], ["$with_pam_conf"],
	    [Where the tests configure services; empty: they find out.])
])

dnl PAMPORT_IF_PAM_HAS(DECLARATIONS-OR-DIRECTIVES, [IF-YES], [IF-NO])
dnl ------------------------------------------------------------------
dnl Compiles the text after the native pam_appl.h.
AC_DEFUN([PAMPORT_IF_PAM_HAS], [
	pamport_save_CPPFLAGS=$CPPFLAGS
	CPPFLAGS="$CPPFLAGS $PAM_CPPFLAGS"
	AC_COMPILE_IFELSE([AC_LANG_SOURCE([[
#include <stddef.h>
#include <security/pam_appl.h>
$1
]])], [$2], [$3])
	CPPFLAGS=$pamport_save_CPPFLAGS
])

dnl PAMPORT_PAM_IMPLEMENTATION
dnl --------------------------
dnl One row an implementation: what only its header has.  A new platform is a
dnl row here and a table in platform/, see platform/README.  Apple's comes before
dnl OpenPAM, whose macros it has too.
AC_DEFUN([PAMPORT_PAM_IMPLEMENTATION], [
	AC_CACHE_CHECK([which PAM this is], [pamport_cv_pam_implementation], [
		pamport_cv_pam_implementation=unknown
		PAMPORT_IMPLEMENTATION_ROW([linux-pam], [
#ifndef __LINUX_PAM__
#error not Linux-PAM
#endif])
		PAMPORT_IMPLEMENTATION_ROW([apple],
		    [int code = PAM_APPLE_ACCT_LOCKED;])
		PAMPORT_IMPLEMENTATION_ROW([openpam], [
#ifndef OPENPAM_VERSION
#error not OpenPAM
#endif])
		PAMPORT_IMPLEMENTATION_ROW([solaris], [
#ifndef PAM_TOTAL_ERRNUM
#error not Solaris
#endif])
	])
	AS_CASE([$pamport_cv_pam_implementation],
	    [unknown], [PAMPORT_UNKNOWN_PAM],
	    [pamport_table=`AS_ECHO(["pamport__$pamport_cv_pam_implementation"]) | tr - _`])
	AC_DEFINE_UNQUOTED([PAMPORT_PLATFORM], [$pamport_table],
	    [The table in platform/ of the PAM underneath.])
	dnl How its configuration is read, where that matters (rule 23).
	AS_CASE([$pamport_cv_pam_implementation],
	    [solaris], [PAMPORT_PAM_D],
	    [PAM_CONFIGURED=none])
	AC_SUBST([PAM_CONFIGURED])
	AC_SUBST([PAM_IMPLEMENTATION], [$pamport_cv_pam_implementation])
])

dnl PAMPORT_PAM_D
dnl -------------
dnl Whether a libpam of Solaris reads the services of a directory pam.d, for which
dnl there is no symbol: the name is in the library.  Older ones do not, and take an
dnl included file for one of four columns.  Oracle's reads both places in an order
dnl that was not measured, so there nothing is concluded.  Needed by
dnl platform/configured_solaris.c.
AC_DEFUN([PAMPORT_PAM_D], [
	AC_CACHE_CHECK([whether libpam reads pam.d], [pamport_cv_pam_d], [
		pamport_cv_pam_d=no
		for pamport_file in "$pamport_pam_lib/libpam.so" \
		    `$CC $CFLAGS -print-file-name=libpam.so 2>/dev/null` \
		    /usr/lib/libpam.so.1; do
			AS_IF([test -f "$pamport_file"], [
				AS_IF([grep '/pam\.d/' "$pamport_file" >/dev/null],
				    [pamport_cv_pam_d=yes])
				break])
		done
	])
	PAM_CONFIGURED=solaris
	AS_IF([test "$pamport_cv_pam_d" = yes], [
		AC_DEFINE([PAMPORT_READS_PAM_D], [1],
		    [Define to 1 if this libpam of Solaris reads pam.d.])
		PAMPORT_IF_PAM_HAS([int item = PAM_AUSER;], [],
		    [PAM_CONFIGURED=unknown])
	])
])

AC_DEFUN([PAMPORT_IMPLEMENTATION_ROW], [
	AS_IF([test "$pamport_cv_pam_implementation" = unknown],
	    [PAMPORT_IF_PAM_HAS([$2], [pamport_cv_pam_implementation=$1])])
])

dnl Tells a missing header from one that no row knows.
AC_DEFUN([PAMPORT_UNKNOWN_PAM], [
	PAMPORT_IF_PAM_HAS([], [
		AC_MSG_ERROR([this <security/pam_appl.h> is of no PAM that pamport knows: see platform/README, step 3 of which makes a draft])
	], [
		AC_MSG_ERROR([<security/pam_appl.h> is missing or does not compile: install the headers of libpam (Debian: libpam0g-dev), or name another libpam by --with-pam=PREFIX])
	])
])

dnl PAMPORT_PAM_CONST
dnl -----------------
dnl Whether conversation functions and pam_get_item take const.  Old Solaris has
dnl none; a conflicting declaration is an error in every compiler.  Needed by
dnl lib/conv.c, which must have the native prototype.
AC_DEFUN([PAMPORT_PAM_CONST], [
	AC_CACHE_CHECK([whether its prototypes have const],
	    [pamport_cv_pam_const], [
		PAMPORT_IF_PAM_HAS([
extern int pam_get_item(const pam_handle_t *, int, const void **);],
		    [pamport_cv_pam_const=yes], [pamport_cv_pam_const=no])
	])
	AS_IF([test "$pamport_cv_pam_const" = yes],
	    [AC_DEFINE([PAMPORT_NATIVE_CONST], [1],
		[Define if native conversation functions take const.])])
	AC_SUBST([PAM_CONST], [$pamport_cv_pam_const])
])

dnl PAMPORT_PAM_FUNCTIONS
dnl ---------------------
dnl Needed by the files of the same name in compat/ (openpam_feature.c).
AC_DEFUN([PAMPORT_PAM_FUNCTIONS], [
	pamport_save_LIBS=$LIBS
	LIBS="$PAM_LDFLAGS $PAM_LIBS $LIBS"
	AC_CACHE_CHECK([whether libpam links], [pamport_cv_pam_links], [
		AC_LINK_IFELSE([AC_LANG_CALL([], [pam_start])],
		    [pamport_cv_pam_links=yes], [pamport_cv_pam_links=no])
	])
	AS_IF([test "$pamport_cv_pam_links" = no],
	    [AC_MSG_ERROR([libpam does not link; config.log says why])])
	AC_CHECK_FUNCS([pam_start_confdir pam_fail_delay pam_unsetenv openpam_set_feature])
	LIBS=$pamport_save_LIBS
])

dnl PAMPORT_FIND_PAM_HEADER
dnl -----------------------
dnl Which file <security/pam_appl.h> is, from the preprocessor's line markers, and
dnl whether its names are enumerators: said by `pamport doctor`.
AC_DEFUN([PAMPORT_FIND_PAM_HEADER], [
	AC_CACHE_CHECK([for the file of <security/pam_appl.h>],
	    [pamport_cv_pam_header], [
		AS_ECHO(["#include <security/pam_appl.h>"]) >conftest.$ac_ext
		pamport_cv_pam_header=`($CPP $CPPFLAGS $PAM_CPPFLAGS conftest.$ac_ext) 2>/dev/null |
		    $SED -n '/^@%:@.*"[[^"]]*pam_appl\.h"/{s/^[[^"]]*"\([[^"]]*\)".*/\1/p;q;}'`
		rm -f conftest.$ac_ext
		test -n "$pamport_cv_pam_header" ||
			pamport_cv_pam_header=security/pam_appl.h
	])
	AC_DEFINE_UNQUOTED([PAMPORT_PAM_HEADER], ["$pamport_cv_pam_header"],
	    [The file that <security/pam_appl.h> is.])
	AC_CACHE_CHECK([whether its names are enumerators],
	    [pamport_cv_pam_enumerators], [
		PAMPORT_IF_PAM_HAS([
#ifdef PAM_SUCCESS
#error a macro
#endif], [pamport_cv_pam_enumerators=yes], [pamport_cv_pam_enumerators=no])
	])
	AS_IF([test "$pamport_cv_pam_enumerators" = yes],
	    [AC_DEFINE([PAMPORT_NATIVE_ENUMERATORS], [1],
		[Define if the names of the native header are enumerators.])])
])

dnl PAMPORT_FIND_PAM_VERSION
dnl ------------------------
dnl Which version the package has: the header of Linux-PAM 1.5.2 says 1.0.  Only
dnl the libpam that is used is asked for: another PREFIX has no version unless it
dnl has a pam.pc, and what the machine of the compiler has is not that of a foreign
dnl system.  The version of a simulated libpam is 0: that is none.
AC_DEFUN([PAMPORT_FIND_PAM_VERSION], [
	AC_ARG_VAR([PKG_CONFIG], [path to pkg-config])
	AC_PATH_TOOL([PKG_CONFIG], [pkg-config])
	AC_CACHE_CHECK([for the version of libpam's package],
	    [pamport_cv_pam_version], [
		pamport_cv_pam_version=
		pamport_foreign=$cross_compiling
		AS_CASE([$PKG_CONFIG:$PKG_CONFIG_LIBDIR],
		    [*/pkg-config:|*/pkgconf:], [],
		    [pamport_foreign=no])
		AS_CASE([$with_pam:$pamport_foreign],
		    [system:yes|/usr:yes], [],
		    [system:*|/usr:*], [PAMPORT_ASK_PACKAGE([])],
		    [PAMPORT_ASK_PACKAGE([PKG_CONFIG_PATH= PKG_CONFIG_LIBDIR="$with_pam/lib/pkgconfig"])])
		AS_CASE([$pamport_cv_pam_version],
		    [0|*[[!0-9A-Za-z.+~_-]]*], [pamport_cv_pam_version=])
	])
	AC_DEFINE_UNQUOTED([PAMPORT_PAM_VERSION], ["$pamport_cv_pam_version"],
	    [The version of libpam's package; empty: not known.])
])

dnl PAMPORT_ASK_PACKAGE(VARIABLES)
AC_DEFUN([PAMPORT_ASK_PACKAGE], [
	AS_IF([test -n "$PKG_CONFIG" && $1 $PKG_CONFIG --exists pam 2>/dev/null],
	    [pamport_cv_pam_version=`$1 $PKG_CONFIG --modversion pam 2>/dev/null`])
])

dnl PAMPORT_DLADDR
dnl --------------
dnl Where dladdr is, with which `pamport doctor` finds the library.
AC_DEFUN([PAMPORT_DLADDR], [
	pamport_save_LIBS=$LIBS
	LIBS=
	AC_SEARCH_LIBS([dladdr], [dl])
	CMD_LIBS=$LIBS
	LIBS=$pamport_save_LIBS
	AC_SUBST([CMD_LIBS])
])
