/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The scriptable module on Solaris and illumos: messages are one array, and
 * the application gets a pointer to the pointer to it.  Compiled with
 * _PAM_LEGACY_NONCONST, which the headers without const do not mind.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "module.h"

#define FROM_PROMPT		1

/* Private in the original: no public header has them. */
extern int __pam_get_authtok(pam_handle_t *, int, int, char *, char **);
extern int __pam_display_msg(pam_handle_t *, int, int,
    char [][PAM_MAX_MSG_SIZE], void *);

int
mod_converse(const struct pam_conv *conv, int n, const int *style,
    char *const *text, struct pam_response **response)
{
	struct pam_message *messages, *pointers[2] = { NULL, NULL };
	int i, result;

	if ((messages = calloc((size_t)n + 1, sizeof(*messages))) == NULL)
		return (PAM_BUF_ERR);
	for (i = 0; i < n; i++) {
		messages[i].msg_style = style[i];
		messages[i].msg = text[i];
	}
	/* Chance is behind the one pointer there; here it is NULL each time. */
	pointers[0] = messages;
	result = conv->conv(n, pointers, response, conv->appdata_ptr);
	free(messages);
	return (result);
}

int
mod_get_item(pam_handle_t *pamh, int number, const void **value)
{
	void *found = NULL;
	int result;

	memcpy(&found, value, sizeof(found));
	result = pam_get_item(pamh, number, &found);
	*value = found;
	return (result);
}

int
mod_get_user(pam_handle_t *pamh, const char **user, const char *prompt)
{
	char *found = NULL;
	int result;

	result = pam_get_user(pamh, &found, prompt);
	*user = found;
	return (result);
}

int
mod_get_token(pam_handle_t *pamh, int item, const char *prompt,
    const char **token, bool *owned)
{
	char *copy, *found = NULL;
	int result;

	*owned = true;
	copy = prompt != NULL ? strdup(prompt) : NULL;
	result = __pam_get_authtok(pamh, FROM_PROMPT, item, copy, &found);
	free(copy);
	*token = found;
	return (result);
}

int
mod_tell(pam_handle_t *pamh, bool error, char *text)
{
	char line[1][PAM_MAX_MSG_SIZE];

	snprintf(line[0], sizeof(line[0]), "%s", text);
	return (__pam_display_msg(pamh, error ? PAM_ERROR_MSG : PAM_TEXT_INFO,
	    1, line, NULL));
}

/* pam_getenv() gives a copy here. */
void
mod_put_env(pam_handle_t *pamh, const char *name, char *value, size_t size)
{
	char *found;

	found = pam_getenv(pamh, name);
	snprintf(value, size, "%s", found != NULL ? found : "NULL");
	free(found);
}
