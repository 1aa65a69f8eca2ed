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

#define pam_start		pamport_start
#define pam_start_confdir	pamport_start_confdir
#define pam_end			pamport_end
#define pam_strerror		pamport_strerror
#define pam_authenticate	pamport_authenticate
#define pam_acct_mgmt		pamport_acct_mgmt
#define pam_setcred		pamport_setcred
#define pam_open_session	pamport_open_session
#define pam_close_session	pamport_close_session
#define pam_chauthtok		pamport_chauthtok
#define pam_fail_delay		pamport_fail_delay
#define pam_set_item		pamport_set_item
#define pam_get_item		pamport_get_item
#define pam_get_user		pamport_get_user
#define pam_putenv		pamport_putenv
#define pam_getenvlist		pamport_getenvlist

/*
 * A source of the Solaris dialect frees what pam_getenv returns, all others
 * must not; which one this is cannot be guessed (rule 18).
 */
#if defined(PAMPORT_GETENV_COPY) || defined(_PAM_LEGACY_NONCONST)
#define pam_getenv		pamport_getenv_copy
#else
#define pam_getenv		pamport_getenv
#endif

#endif /* PAMPORT_PAM_APPL_H */
