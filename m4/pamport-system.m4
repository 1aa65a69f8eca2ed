dnl SPDX-License-Identifier: BSD-2-Clause
dnl Which of the files in platform/ that need a system's headers fit here.  Each
dnl row asks for what only one kind has; all is compiled or linked, so it is the
dnl same when cross compiling.

dnl PAMPORT_ACCOUNTING
dnl ------------------
dnl platform/accounting_*.c: who keeps login records, and how.
AC_DEFUN([PAMPORT_ACCOUNTING], [
	AC_CACHE_CHECK([how logins are recorded], [pamport_cv_accounting], [
		pamport_cv_accounting=none
		PAMPORT_CHECK_UTMPX_STUB
		AS_IF([test "$pamport_cv_utmpx_stub" = no], [
			PAMPORT_UTMPX_ROW([solaris], [
#include <lastlog.h>],
			    [entry.ut_syslen = 0; updwtmpx(WTMPX_FILE, &entry)])
			PAMPORT_UTMPX_ROW([freebsd], [],
			    [setutxdb(UTXDB_ACTIVE, 0)])
			PAMPORT_UTMPX_ROW([netbsd], [],
			    [struct lastlogx last = { .ll_line = "" };
			    updlastlogx(_PATH_LASTLOGX, 0, &last)])
			PAMPORT_UTMPX_ROW([apple], [],
			    [endutxent_wtmp(); utmpxname(_PATH_UTMPX)])
			PAMPORT_UTMPX_ROW([glibc], [
#include <lastlog.h>
#include <paths.h>],
			    [struct lastlog last = { .ll_time = 0 };
			    entry.ut_addr_v6[[0]] = last.ll_time == 0;
			    utmpxname(_PATH_UTMPX);
			    updwtmpx(_PATH_WTMPX, &entry)])
		])
	])
	AS_IF([test "$pamport_cv_utmpx_stub" = yes],
	    [AC_DEFINE([PAMPORT_UTMPX_STUB], [1],
		[Define to 1 if the functions of <utmpx.h> record nothing.])])
	AC_SUBST([ACCOUNTING], [$pamport_cv_accounting])
	AM_CONDITIONAL([UTMPX], [test "$pamport_cv_accounting" != none])
	AM_CONDITIONAL([LASTLOG], [test "$pamport_cv_accounting" = glibc ||
	    test "$pamport_cv_accounting" = solaris])
])

dnl musl has every function, and none records: its files are below /dev/null.
dnl With another utmpx in front of it, say pamport_cv_utmpx_stub=no.
AC_DEFUN([PAMPORT_CHECK_UTMPX_STUB], [
	AS_IF([test -z "$pamport_cv_utmpx_stub"], [
		AC_EGREP_CPP([./dev/null/utmp], [
#include <utmp.h>
#ifdef _PATH_UTMP
const char *path = _PATH_UTMP;
#endif],
		    [pamport_cv_utmpx_stub=yes], [pamport_cv_utmpx_stub=no])
	])
])

AC_DEFUN([PAMPORT_UTMPX_ROW], [
	AS_IF([test "$pamport_cv_accounting" = none], [
		AC_LINK_IFELSE([AC_LANG_PROGRAM([
#include <sys/types.h>
#include <utmpx.h>
$2], [
			struct utmpx entry = { .ut_type = USER_PROCESS };
			$3;
			return pututxline(&entry) == 0])],
		    [pamport_cv_accounting=$1])
	])
])

dnl PAMPORT_WTMPDB
dnl --------------
dnl platform/database_*.c: libwtmpdb, where it is.
AC_DEFUN([PAMPORT_WTMPDB], [
	AC_ARG_WITH([wtmpdb],
	    [AS_HELP_STRING([--without-wtmpdb],
		[do not record logins in wtmpdb @<:@where it is found@:>@])],
	    [], [with_wtmpdb=check])
	dnl A static library in another package says nothing of what it needs.
	AS_CASE([$enable_bundled:$with_wtmpdb], [yes:check], [with_wtmpdb=no])
	DATABASE=none
	DATABASE_LIBS=
	AS_IF([test "$with_wtmpdb" != no], [
		pamport_save_LIBS=$LIBS
		LIBS="-lwtmpdb $LIBS"
		AC_CACHE_CHECK([for libwtmpdb], [pamport_cv_wtmpdb], [
			AC_LINK_IFELSE([AC_LANG_PROGRAM([
#include <stdint.h>
#include <stddef.h>
#include <wtmpdb.h>
extern int64_t wtmpdb_login(const char *, int, const char *, uint64_t,
    const char *, const char *, const char *, char **);
extern int wtmpdb_logout(const char *, int64_t, uint64_t, char **);],
			    [return wtmpdb_login(0, 0, 0, 0, 0, 0, 0, 0) == 0 ||
				wtmpdb_logout(0, 0, 0, 0) == 0])],
			    [pamport_cv_wtmpdb=yes], [pamport_cv_wtmpdb=no])
		])
		LIBS=$pamport_save_LIBS
		AS_CASE([$pamport_cv_wtmpdb:$with_wtmpdb],
		    [yes:*], [DATABASE=wtmpdb DATABASE_LIBS=-lwtmpdb],
		    [no:yes], [AC_MSG_ERROR([--with-wtmpdb, but no libwtmpdb that pamport knows])])
	])
	AC_SUBST([DATABASE])
	AC_SUBST([DATABASE_LIBS])
])

dnl PAMPORT_PROCESS
dnl ---------------
dnl platform/process_*.c: what tells one process from another.
AC_DEFUN([PAMPORT_PROCESS], [
	AC_CHECK_MEMBERS([struct kinfo_proc2.p_ustart_sec], [], [], [
#include <sys/param.h>
#include <sys/sysctl.h>])
	AC_CACHE_CHECK([what tells processes apart], [pamport_cv_process], [
		pamport_cv_process=posix
		PAMPORT_PROCESS_ROW([freebsd], [
#include <sys/param.h>
#include <sys/sysctl.h>
#include <sys/user.h>],
		    [struct kinfo_proc process = { .ki_jid = 0 };
		    return process.ki_start.tv_sec == 0])
		PAMPORT_PROCESS_ROW([netbsd], [
#include <sys/param.h>
#include <sys/sysctl.h>
#ifndef HAVE_STRUCT_KINFO_PROC2_P_USTART_SEC
#define kinfo_proc2 kinfo_proc
#endif],
		    [struct kinfo_proc2 process = { .p_ustart_usec = 0 };
		    return process.p_ustart_sec == 0])
		PAMPORT_PROCESS_ROW([apple], [
#include <sys/types.h>
#include <sys/sysctl.h>],
		    [struct kinfo_proc process = { .kp_proc.p_pid = 0 };
		    return process.kp_proc.p_starttime.tv_sec == 0])
		PAMPORT_PROCESS_ROW([solaris], [
#include <procfs.h>
#include <zone.h>],
		    [psinfo_t process = { .pr_pid = 0 };
		    return process.pr_start.tv_nsec == getzoneid()])
		PAMPORT_PROCESS_ROW([linux], [
#ifndef __linux__
#error not Linux
#endif], [])
	])
	AC_SUBST([PROCESS], [$pamport_cv_process])
])

AC_DEFUN([PAMPORT_PROCESS_ROW], [
	AS_IF([test "$pamport_cv_process" = posix],
	    [AC_COMPILE_IFELSE([AC_LANG_PROGRAM([$2], [$3])],
		[pamport_cv_process=$1])])
])
