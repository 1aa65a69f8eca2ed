/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The scriptable module on Linux-PAM: messages are behind an array of pointers.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <security/pam_ext.h>

#include "module.h"

/* Each message on its own, so that nobody can take them for one array. */
int
mod_converse(const struct pam_conv *conv, int n, const int *style,
    char *const *text, struct pam_response **response)
{
	const struct pam_message *pointer[MAX_MESSAGES];
	struct pam_message *message;
	int i, result = PAM_BUF_ERR;

	for (i = 0; i < n; i++) {
		if ((message = malloc(sizeof(*message))) == NULL)
			break;
		message->msg_style = style[i];
		message->msg = text[i];
		pointer[i] = message;
	}
	pointer[i] = NULL;
	if (i == n)
		result = conv->conv(n, pointer, response, conv->appdata_ptr);
	while (i-- > 0) {
		memcpy(&message, &pointer[i], sizeof(message));
		free(message);
	}
	return (result);
}

int
mod_get_item(pam_handle_t *pamh, int number, const void **value)
{
	return (pam_get_item(pamh, number, value));
}

int
mod_get_user(pam_handle_t *pamh, const char **user, const char *prompt)
{
	return (pam_get_user(pamh, user, prompt));
}

int
mod_get_token(pam_handle_t *pamh, int item, const char *prompt,
    const char **token, bool *owned)
{
	*owned = false;
	return (pam_get_authtok(pamh, item, token, prompt));
}

int
mod_tell(pam_handle_t *pamh, bool error, char *text)
{
	return (pam_prompt(pamh, error ? PAM_ERROR_MSG : PAM_TEXT_INFO, NULL,
	    "%s", text));
}

void
mod_put_env(pam_handle_t *pamh, const char *name, char *value, size_t size)
{
	const char *found;

	found = pam_getenv(pamh, name);
	snprintf(value, size, "%s", found != NULL ? found : "NULL");
}
