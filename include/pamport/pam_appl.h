/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The names of <security/pam_appl.h>, on every system, as functions of pamport.
 * The overlay's <security/pam_appl.h> is this file.
 *
 * Only the functions of that header are renamed; what Linux-PAM declares in
 * pam_ext.h and pam_misc.h and OpenPAM in openpam.h comes with the overlay's
 * headers of these names, since programs use some of those names themselves.
 */
#ifndef PAMPORT_PAM_APPL_H
#define PAMPORT_PAM_APPL_H

#ifdef __GNUC__
#pragma GCC system_header
#endif

#include <pamport/pamport.h>

/*
 * A source of the Solaris dialect frees what pam_getenv returns, all others
 * must not; which one this is cannot be guessed (rule 18).
 */
#if defined(PAMPORT_GETENV_COPY) || defined(_PAM_LEGACY_NONCONST)
#define PAMPORT__GETENV pamport_getenv_copy
#else
#define PAMPORT__GETENV pamport_getenv
#endif

/*
 * Each name is declared with the symbol of pamport's function.  A macro would
 * do it too, but would also rename the methods and members that a program
 * calls pam_end, in some of its files and not in others, and would be in the
 * way of a program's own macro of that name.
 */
#ifdef __GNUC__
# define PAMPORT__TEXT_OF(word) #word
# define PAMPORT__TEXT(macro) PAMPORT__TEXT_OF(macro)
# define PAMPORT__SYMBOL(function) \
	PAMPORT__TEXT(__USER_LABEL_PREFIX__) PAMPORT__TEXT(function)
# define PAMPORT__NAME(name, function) \
	extern __typeof__(function) name __asm__(PAMPORT__SYMBOL(function))

#ifdef __cplusplus
extern "C" {
#endif

PAMPORT__NAME(pam_start, pamport_start);
PAMPORT__NAME(pam_start_confdir, pamport_start_confdir);
PAMPORT__NAME(pam_end, pamport_end);
PAMPORT__NAME(pam_strerror, pamport_strerror);
PAMPORT__NAME(pam_authenticate, pamport_authenticate);
PAMPORT__NAME(pam_acct_mgmt, pamport_acct_mgmt);
PAMPORT__NAME(pam_setcred, pamport_setcred);
PAMPORT__NAME(pam_open_session, pamport_open_session);
PAMPORT__NAME(pam_close_session, pamport_close_session);
PAMPORT__NAME(pam_chauthtok, pamport_chauthtok);
PAMPORT__NAME(pam_fail_delay, pamport_fail_delay);
PAMPORT__NAME(pam_set_item, pamport_set_item);
PAMPORT__NAME(pam_get_item, pamport_get_item);
PAMPORT__NAME(pam_get_user, pamport_get_user);
PAMPORT__NAME(pam_putenv, pamport_putenv);
PAMPORT__NAME(pam_getenvlist, pamport_getenvlist);
PAMPORT__NAME(pam_getenv, PAMPORT__GETENV);

#ifdef __cplusplus
}
#endif

#else	/* a compiler that cannot say the symbol */
# define pam_start		pamport_start
# define pam_start_confdir	pamport_start_confdir
# define pam_end		pamport_end
# define pam_strerror		pamport_strerror
# define pam_authenticate	pamport_authenticate
# define pam_acct_mgmt		pamport_acct_mgmt
# define pam_setcred		pamport_setcred
# define pam_open_session	pamport_open_session
# define pam_close_session	pamport_close_session
# define pam_chauthtok		pamport_chauthtok
# define pam_fail_delay		pamport_fail_delay
# define pam_set_item		pamport_set_item
# define pam_get_item		pamport_get_item
# define pam_get_user		pamport_get_user
# define pam_putenv		pamport_putenv
# define pam_getenvlist		pamport_getenvlist
# define pam_getenv		PAMPORT__GETENV
#endif

#endif /* PAMPORT_PAM_APPL_H */
