/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The header inside extern "C", as programs wrap it, and a conversation with
 * that linkage.
 *
 * Home: linux-pam openpam apple illumos
 */
#include <stddef.h>

extern "C" {
#include <security/pam_appl.h>
#include <security/pam_modules.h>

static int
converse(int, const struct pam_message **, struct pam_response **resp, void *)
{
	*resp = NULL;
	return PAM_CONV_ERR;
}

int begin(pam_handle_t **);
}

extern "C" int
begin(pam_handle_t **pamh)
{
	static const struct pam_conv conv = { converse, NULL };
	const char *user = NULL;

	if (pam_start("own", NULL, &conv, pamh) == PAM_SUCCESS)
		return pam_get_user(*pamh, &user, NULL);
	return PAM_ABORT;
}
