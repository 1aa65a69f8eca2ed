/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A source that adapts itself: where it believes the header to have no const
 * it drops its own.  Built for Solaris against a header that has const by now
 * this is an adaptation too many.
 *
 * Home: solaris
 * Also: c++
 * Flags: -DBUILT_FOR_SOLARIS
 * Prototyped: -D_PAM_LEGACY_NONCONST
 */
#include <security/pam_appl.h>
#include <security/pam_modules.h>
#include <stdlib.h>

#ifdef BUILT_FOR_SOLARIS
#define PAM_CONST
#else
#define PAM_CONST const
#endif

int user_of(pam_handle_t *, PAM_CONST char **);

static int
converse(int n, PAM_CONST struct pam_message **msg, struct pam_response **resp,
    void *data)
{
	(void)n;
	(void)msg;
	(void)data;
	*resp = NULL;
	return (PAM_CONV_ERR);
}

int
user_of(pam_handle_t *pamh, PAM_CONST char **user)
{
	static struct pam_conv conv = { converse, NULL };
	PAM_CONST void *item = NULL;
	int error;

	error = pam_set_item(pamh, PAM_CONV, &conv);
	if (error == PAM_SUCCESS)
		error = pam_get_user(pamh, user, "login: ");
	if (error == PAM_SUCCESS)
		error = pam_get_item(pamh, PAM_USER, &item);
	return (error);
}
