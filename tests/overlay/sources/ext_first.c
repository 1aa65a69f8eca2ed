/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * <security/pam_ext.h> before <security/pam_appl.h>, as natively on Linux-PAM,
 * with the functions that it declares.
 *
 * Home: linux-pam
 * Native: security/pam_ext.h
 * Also: c++
 */
#include <security/pam_ext.h>
#include <security/pam_appl.h>
#include <security/pam_modules.h>
#include <stddef.h>

int ask(pam_handle_t *);

int
ask(pam_handle_t *pamh)
{
	const char *token = NULL;
	const void *item = NULL;
	char *answer = NULL;
	struct pam_conv conv = { NULL, NULL };

	pam_syslog(pamh, 3, "%s", "own");
	if (pam_set_item(pamh, PAM_CONV, &conv) != PAM_SUCCESS ||
	    pam_get_item(pamh, PAM_USER, &item) != PAM_SUCCESS ||
	    pam_prompt(pamh, PAM_PROMPT_ECHO_ON, &answer, "%s", "name: ") !=
	    PAM_SUCCESS)
		return (PAM_CONV_ERR);
	return (pam_get_authtok(pamh, PAM_AUTHTOK, &token, NULL));
}
