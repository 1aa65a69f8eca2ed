/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Code that a program has only where the name is there, found by #ifdef.  On
 * systems with enumerators it vanishes without a word natively.
 *
 * Home: linux-pam
 * Also: c++
 */
#include <security/pam_appl.h>

int set_items(pam_handle_t *, const char *, const char *, const char *);

int
set_items(pam_handle_t *pamh, const char *tty, const char *host,
    const char *ruser)
{
	int error = PAM_SUCCESS;

#ifdef PAM_TTY
	error = pam_set_item(pamh, PAM_TTY, tty);
#define DID_TTY
#endif
#if defined(PAM_RHOST) && defined(PAM_RUSER)
	if (error == PAM_SUCCESS)
		error = pam_set_item(pamh, PAM_RHOST, host);
	if (error == PAM_SUCCESS)
		error = pam_set_item(pamh, PAM_RUSER, ruser);
#define DID_REMOTE
#endif
#if defined(PAM_REINITIALIZE_CRED) && defined(PAM_DELETE_CRED)
	if (error == PAM_SUCCESS)
		error = pam_setcred(pamh, PAM_REINITIALIZE_CRED);
#define DID_CREDENTIALS
#endif
	switch (error) {
#ifdef PAM_NEW_AUTHTOK_REQD
	case PAM_NEW_AUTHTOK_REQD:
#define DID_CODE
		return (1);
#endif
#ifdef PAM_MAXTRIES
	case PAM_MAXTRIES:
		return (2);
#endif
	default:
		return (0);
	}
}

#if !defined(DID_TTY) || !defined(DID_REMOTE) || !defined(DID_CREDENTIALS) || \
    !defined(DID_CODE)
#error "some code was dropped"
#endif
