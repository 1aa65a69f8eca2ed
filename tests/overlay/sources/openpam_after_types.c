/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * <security/openpam.h> and its types before <security/pam_appl.h>, with
 * functions that only OpenPAM has.
 *
 * Home: openpam apple
 * Native: security/openpam.h
 * Also: c++
 */
#include <sys/types.h>
#include <security/pam_types.h>
#include <security/pam_constants.h>
#include <security/openpam.h>
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
	struct pam_conv conv = { openpam_nullconv, NULL };

	if (pam_set_item(pamh, PAM_CONV, &conv) != PAM_SUCCESS ||
	    pam_get_item(pamh, PAM_USER, &item) != PAM_SUCCESS ||
	    pam_prompt(pamh, PAM_PROMPT_ECHO_ON, &answer, "%s", "name: ") !=
	    PAM_SUCCESS)
		return (PAM_CONV_ERR);
	return (pam_get_authtok(pamh, PAM_AUTHTOK, &token, NULL));
}
