/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Conversations that the library itself starts.
 *
 * One message at a time is the same in both layouts: a pointer to a pointer to
 * it.  The message is an allocation of its own, so that a reader of the wrong
 * layout finds nothing useful behind it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim.h"

/*
 * PAM_SYSTEM_ERR without a conversation function [d42, d43], otherwise what
 * the function returned.  The caller frees the response.
 */
int
sim_converse(const pam_handle_t *pamh, int style, const char *text,
    struct pam_response **response)
{
	const struct pam_conv *conv;
	struct pam_message *message;
	const struct pam_message *pointer;
	char *copy;
	int result;

	*response = NULL;
	conv = sim_item(pamh, PAM_CONV);
	if (conv == NULL || conv->conv == NULL)
		return (PAM_SYSTEM_ERR);
	if ((message = malloc(sizeof(*message))) == NULL)
		return (PAM_BUF_ERR);
	if ((copy = strdup(text)) == NULL) {
		free(message);
		return (PAM_BUF_ERR);
	}
	message->msg_style = style;
	message->msg = copy;
	pointer = message;
	/* Some headers have the first pointer const, some have not. */
	result = conv->conv(1, (void *)&pointer, response, conv->appdata_ptr);
	sim_free_secret(copy);
	free(message);
	return (result);
}

/*
 * Ask or tell; *answer, where there is a place for it, is what the first
 * response holds, also after a failure.  The caller frees it.
 */
int
sim_prompt(const pam_handle_t *pamh, int style, char **answer,
    const char *format, va_list arguments)
{
	struct pam_response *response;
	va_list again;
	char *text;
	int length, result;

	va_copy(again, arguments);
	length = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (length < 0 || (text = malloc((size_t)length + 1)) == NULL)
		return (PAM_BUF_ERR);
	vsnprintf(text, (size_t)length + 1, format, arguments);
	result = sim_converse(pamh, style, text, &response);
	sim_free_secret(text);
	if (answer != NULL)
		*answer = response != NULL ? response->resp : NULL;
	else if (response != NULL)
		sim_free_secret(response->resp);
	free(response);
	return (result);
}

int
sim_ask(const pam_handle_t *pamh, int style, char **answer,
    const char *format, ...)
{
	va_list arguments;
	int result;

	va_start(arguments, format);
	result = sim_prompt(pamh, style, answer, format, arguments);
	va_end(arguments);
	return (result);
}
