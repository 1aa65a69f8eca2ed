dnl pamport.m4: finds pamport, for the configure.ac of a package that uses it.
dnl
dnl SPDX-License-Identifier: FSFULLR
dnl This file is free software; the copyright holders give unlimited permission
dnl to copy and/or distribute it, with or without modifications, as long as this
dnl notice is preserved.
dnl
dnl It needs no other macro file, and pkg-config only if that is installed: the
dnl .pc file is read without it where --with-pamport=PREFIX says where it is.

dnl PAMPORT_CHECK([VERSION], [IF-FOUND], [IF-NOT-FOUND])
dnl ----------------------------------------------------
dnl Wants pamport, of VERSION or newer; without IF-NOT-FOUND configure stops.
dnl Sets PAM_CFLAGS and PAM_LIBS, for sources that include
dnl <security/pam_appl.h> or <pamport/pam_appl.h>, and defines HAVE_PAMPORT.
AC_DEFUN([PAMPORT_CHECK], [
	_PAMPORT_OPTION
	_PAMPORT_FIND([$1])
	AS_IF([test "$pamport_found" = pamport], [
		_PAMPORT_USE
		m4_default([$2], [:])
	], [
		m4_default([$3], [AC_MSG_ERROR([pamport]m4_ifnblank([$1], [ $1 or newer])[ was not found: say --with-pamport=PREFIX])])
	])
])

dnl PAMPORT_CHECK_OPTIONAL([VERSION], [IF-FOUND], [IF-NOT-FOUND])
dnl -------------------------------------------------------------
dnl The same, but without pamport the plain libpam of the system will do: then
dnl PAM_CFLAGS is empty, PAM_LIBS is -lpam, and HAVE_PAMPORT is not defined.
dnl IF-FOUND is run for both; $pamport_found is "pamport", "libpam" or "no".
dnl Who says --with-pamport gets no libpam instead, who says --without-pamport
dnl gets nothing else.
AC_DEFUN([PAMPORT_CHECK_OPTIONAL], [
	_PAMPORT_OPTION
	_PAMPORT_FIND([$1])
	AS_CASE([$pamport_found:$with_pamport],
	    [pamport:*], [_PAMPORT_USE],
	    [no:check|no:no], [_PAMPORT_NATIVE],
	    [AC_MSG_ERROR([pamport]m4_ifnblank([$1], [ $1 or newer])[ was not found in --with-pamport=$with_pamport])])
	AS_IF([test "$pamport_found" != no], [m4_default([$2], [:])],
	    [m4_default([$3], [AC_MSG_ERROR([neither pamport nor libpam was found])])])
])

dnl PAMPORT_BUNDLED(DIRECTORY)
dnl --------------------------
dnl For a package that carries the sources of pamport in DIRECTORY: configures
dnl them with its own options, as a static library that is not installed.  Put
dnl it after LT_INIT, if there is one, and DIRECTORY before . in SUBDIRS.
AC_DEFUN([PAMPORT_BUNDLED], [
	_PAMPORT_VARIABLES
	pamport_pthread=
	AS_CASE([$ac_configure_args], [*--enable-bundled*], [],
	    [ac_configure_args="$ac_configure_args '--enable-bundled'"])
	AC_CONFIG_SUBDIRS([$1])
	PAM_CFLAGS='-isystem $(top_srcdir)/$1/include/overlay -I$(top_srcdir)/$1/include'
	AC_PROVIDE_IFELSE([LT_INIT],
	    [PAM_LIBS='$(top_builddir)/$1/libpamport.la'],
	    [PAM_LIBS='$(top_builddir)/$1/.libs/libpamport.a'
	    _PAMPORT_PTHREAD])
	dnl The same libpam as in DIRECTORY, whose configure gets this option too.
	PAMPORT_PAM_PREFIX
	AS_CASE([${with_pam-}], [/usr], [], [/*], [
		PAM_CFLAGS="$PAM_CFLAGS -isystem $with_pam/include"
		PAM_LIBS="$PAM_LIBS -L$pamport_pam_lib -Wl,-rpath,$pamport_pam_lib"
	])
	PAM_LIBS="$PAM_LIBS -lpam$pamport_pthread"
	dnl In DIRECTORY this is used by those who ask for it.
	AS_CASE([$ac_configure_args],
	    [*"--with-wtmpdb'"*|*--with-wtmpdb=yes*], [PAM_LIBS="$PAM_LIBS -lwtmpdb"])
	_PAMPORT_USE
])

dnl PAMPORT_PAM_PREFIX
dnl ------------------
dnl For --with-pam=PREFIX: takes slashes from the end of with_pam, and sets
dnl pamport_pam_lib to the directory in PREFIX that has the library.  Without one
dnl the linker would go on to the system's, which is not what the headers are of.
AC_DEFUN([PAMPORT_PAM_PREFIX], [
	pamport_pam_lib=
	AS_CASE([${with_pam-}], [/*], [
		with_pam=`AS_ECHO(["$with_pam"]) | sed 's|\(.\)//*$|\1|'`
		pamport_arch=`$CC $CFLAGS -print-multiarch 2>/dev/null`
		for pamport_file in "$with_pam"/lib/libpam.* \
		    "$with_pam"/lib64/libpam.* \
		    "$with_pam/lib/$pamport_arch"/libpam.*; do
			AS_CASE([$pamport_pam_lib:$pamport_file],
			    [:*.so|:*.a|:*.dylib|:*.tbd],
				[AS_IF([test -f "$pamport_file"],
				    [pamport_pam_lib=`AS_DIRNAME(["$pamport_file"])`])])
		done
	])
])

dnl The rest is for the macros above.

AC_DEFUN([_PAMPORT_VARIABLES], [
	AC_ARG_VAR([PAM_CFLAGS], [C compiler flags for pamport, or for libpam])
	AC_ARG_VAR([PAM_LIBS], [linker flags for pamport, or for libpam])
])

AC_DEFUN([_PAMPORT_USE], [
	AC_DEFINE([HAVE_PAMPORT], [1], [Define to 1 if PAM is used through pamport.])
])

dnl _PAMPORT_PTHREAD
dnl Sets pamport_pthread to what has pthread_mutex_lock where libc has not; a
dnl libpamport.la knows it by itself.
AC_DEFUN([_PAMPORT_PTHREAD], [
	pamport_save_LIBS=$LIBS
	LIBS=
	AC_SEARCH_LIBS([pthread_mutex_lock], [pthread])
	pamport_pthread=${LIBS:+" $LIBS"}
	LIBS=$pamport_save_LIBS
])

AC_DEFUN([_PAMPORT_OPTION], [
	_PAMPORT_VARIABLES
	AC_ARG_VAR([PKG_CONFIG], [path to pkg-config])
	AC_PATH_TOOL([PKG_CONFIG], [pkg-config])
	AC_ARG_WITH([pamport],
	    [AS_HELP_STRING([--with-pamport=PREFIX],
		[use the pamport that is installed in PREFIX])],
	    [], [with_pamport=check])
])

dnl _PAMPORT_PC_FILE
dnl Sets pamport_pc to the file of --with-pamport=PREFIX, or to nothing.
AC_DEFUN([_PAMPORT_PC_FILE], [
	pamport_pc=
	pamport_arch=`$CC -print-multiarch 2>/dev/null`
	for pamport_dir in lib "lib/$pamport_arch" lib64 libdata; do
		pamport_file=$with_pamport/$pamport_dir/pkgconfig/pamport-overlay.pc
		AS_IF([test -z "$pamport_pc" && test -f "$pamport_file"],
		    [pamport_pc=$pamport_file])
	done
])

dnl _PAMPORT_READ_PC(VERSION)
dnl Does what pkg-config does, for the one file pamport_pc: its variables are
dnl written as those of the shell are.
AC_DEFUN([_PAMPORT_READ_PC], [
	pamport_edit='s/\${/${pamport_/g'
	pamport_text=`sed -n 's/^\(@<:@a-z_@:>@*\)=\(.*\)/pamport_\1="\2"/p' "$pamport_pc" | sed "$pamport_edit"`
	eval "$pamport_text"
	pamport_text=`sed -n 's/^Cflags: //p' "$pamport_pc" | sed "$pamport_edit"`
	eval "PAM_CFLAGS=\"$pamport_text\""
	pamport_text=`sed -n 's/^Libs: //p' "$pamport_pc" | sed "$pamport_edit"`
	eval "PAM_LIBS=\"$pamport_text\""
	pamport_text=`sed -n 's/^Libs.private: //p' "$pamport_pc" | sed "$pamport_edit"`
	eval "pamport_static=\"$PAM_LIBS $pamport_text\""
	pamport_is=`sed -n 's/^Version: //p' "$pamport_pc"`
	m4_ifnblank([$1], [AS_VERSION_COMPARE([$pamport_is], [$1],
	    [pamport_found=no], [], [])])
])

dnl _PAMPORT_ASK(VERSION)
dnl Asks pkg-config, for PREFIX if there is one.
AC_DEFUN([_PAMPORT_ASK], [
	pamport_path=$PKG_CONFIG_PATH
	AS_IF([test -n "$pamport_pc"],
	    [pamport_path=`AS_DIRNAME(["$pamport_pc"])`${PKG_CONFIG_PATH:+:$PKG_CONFIG_PATH}])
	AS_IF([PKG_CONFIG_PATH=$pamport_path $PKG_CONFIG m4_ifnblank([$1], [--atleast-version=$1 ])pamport-overlay 2>/dev/null], [
		PAM_CFLAGS=`PKG_CONFIG_PATH=$pamport_path $PKG_CONFIG --cflags pamport-overlay`
		PAM_LIBS=`PKG_CONFIG_PATH=$pamport_path $PKG_CONFIG --libs pamport-overlay`
		pamport_static=`PKG_CONFIG_PATH=$pamport_path $PKG_CONFIG --static --libs pamport-overlay`
	], [pamport_found=no])
])

dnl _PAMPORT_LINKS(INCLUDES, CALL, [IF-YES], [IF-NO])
AC_DEFUN([_PAMPORT_LINKS], [
	pamport_save_CPPFLAGS=$CPPFLAGS
	pamport_save_LIBS=$LIBS
	CPPFLAGS="$CPPFLAGS $PAM_CFLAGS"
	LIBS="$PAM_LIBS $LIBS"
	AC_LINK_IFELSE([AC_LANG_PROGRAM([[
#include <stddef.h>
$1]], [[$2]])], [$3], [$4])
	CPPFLAGS=$pamport_save_CPPFLAGS
	LIBS=$pamport_save_LIBS
])

dnl _PAMPORT_TRY(IF-NO)
dnl Whether PAM_CFLAGS and PAM_LIBS are those of pamport: of a static library, a
dnl session needs the most.
AC_DEFUN([_PAMPORT_TRY], [
	_PAMPORT_LINKS([
#include <security/pam_appl.h>
#include <pamport/session.h>
#ifndef PAMPORT_VERSION
#error the overlay is not in use
#endif], [return pamport_version() == NULL || pamport_session_free(NULL) == 0 || pam_end(NULL, 0) == 0;], [], [$1])
])

dnl _PAMPORT_FIND([VERSION])
dnl Sets pamport_found to "pamport" or "no".  What is in PAM_CFLAGS and PAM_LIBS
dnl already was given by hand.
AC_DEFUN([_PAMPORT_FIND], [
	AC_MSG_CHECKING([for pamport]m4_ifnblank([$1], [ $1 or newer]))
	pamport_found=pamport
	pamport_pc=
	pamport_static=
	AS_CASE([$with_pamport],
	    [no], [pamport_found=no],
	    [check|yes], [],
	    [_PAMPORT_PC_FILE
	    AS_IF([test -z "$pamport_pc"], [pamport_found=no])])
	AS_IF([test "$pamport_found" = no || test -n "$PAM_CFLAGS$PAM_LIBS"], [],
	    [test -n "$PKG_CONFIG"], [_PAMPORT_ASK([$1])],
	    [test -n "$pamport_pc"], [_PAMPORT_READ_PC([$1])],
	    [pamport_found=no])
	dnl A library that is static only may need more than a shared one.
	AS_IF([test "$pamport_found" = pamport], [
		_PAMPORT_TRY([pamport_found=no])
		AS_IF([test "$pamport_found" = no && test -n "$pamport_static"], [
			pamport_found=pamport
			PAM_LIBS=$pamport_static
			_PAMPORT_TRY([pamport_found=no])
		])
	])
	AS_CASE([$pamport_found],
	    [no], [AC_MSG_RESULT([no])],
	    [AC_MSG_RESULT([yes, $PAM_LIBS])])
])

dnl _PAMPORT_NATIVE
dnl The libpam of the system, for sources that include <security/pam_appl.h>.
AC_DEFUN([_PAMPORT_NATIVE], [
	AC_MSG_CHECKING([for plain libpam])
	PAM_CFLAGS=
	PAM_LIBS=-lpam
	_PAMPORT_LINKS([
#include <security/pam_appl.h>],
	    [return pam_end(NULL, 0) == 0;], [pamport_found=libpam])
	AC_MSG_RESULT([$pamport_found])
])
