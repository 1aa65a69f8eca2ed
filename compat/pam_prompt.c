/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pam_prompt(3) and its family, which Linux-PAM and OpenPAM have.
 *
 * The message goes the way of a module's: through the adapter of lib/conv.c,
 * which checks the answer.  A foreign handle has its native conversation.
 */
#include <config.h>

#include <stdio.h>

#include "compat/compat.h"
#include <pamport/pam_ext.h>

/* The whole text, from malloc; *size is that of the block. */
static char *
format_text(size_t *size, const char *format, va_list arguments)
{
	va_list again;
	char *text;
	int length;

	va_copy(again, arguments);
	length = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (length < 0)
		return NULL;
	*size = (size_t)length + 1;
	text = malloc(*size);
	if (text == NULL)
		return NULL;
	if (vsnprintf(text, *size, format, arguments) != length) {
		explicit_bzero(text, *size);
		free(text);
		return NULL;
	}
	return text;
}

static int
converse(const pam_handle_t *pamh, struct pamport__state *state,
    PAMPORT__NATIVE_CONST struct pam_message *message,
    struct pam_response **answers)
{
	const struct pamport__native_conv *conv = NULL;

	if (state != NULL)
		return pamport__converse(1, &message, answers, state);
	if (pamport_get_item(pamh, PAM_CONV, &conv) != PAM_SUCCESS ||
	    conv == NULL || conv->conv == NULL)
		return PAM_CONV_ERR;
	return conv->conv(1, &message, answers, conv->appdata_ptr);
}

static bool
is_prompt(int style)
{
	return style == PAM_PROMPT_ECHO_OFF || style == PAM_PROMPT_ECHO_ON;
}

static int
ask(const pam_handle_t *pamh, struct pamport__state *state,
    struct pam_message *message, char **response)
{
	const struct pam_message *list = message;
	struct pam_response *answers = NULL;
	int result = converse(pamh, state, message, &answers);

	/* After a failure the answers are the conversation's (rule 27). */
	if (result != PAM_SUCCESS)
		return result;
	if (is_prompt(message->msg_style) &&
	    (answers == NULL || answers->resp == NULL))
		result = PAM_CONV_ERR;
	if (answers != NULL && response != NULL) {
		*response = answers->resp;
		answers->resp = NULL;
	}
	pamport__free_answers(1, &list, answers);
	return result;
}

int
pamport_vprompt(const pam_handle_t *pamh, int style, char **response,
    const char *format, va_list arguments)
{
	struct pamport__state *state;
	struct pam_message message;
	int result = PAM_BUF_ERR;
	size_t size;
	char *text;

	if (response != NULL)
		*response = NULL;
	if (pamh == NULL || format == NULL)
		return PAM_SYSTEM_ERR;
	text = format_text(&size, format, arguments);
	if (text == NULL)
		return PAM_BUF_ERR;
	state = pamport__state_of(pamh);
	message.msg_style = style;
	message.msg = text;
	if (state == NULL || !state->strict || size <= PAM_MAX_MSG_SIZE)
		result = ask(pamh, state, &message, response);
	explicit_bzero(text, size);
	free(text);
	return result;
}

int
pamport_prompt(const pam_handle_t *pamh, int style, char **response,
    const char *format, ...)
{
	va_list arguments;
	int result;

	va_start(arguments, format);
	result = pamport_vprompt(pamh, style, response, format, arguments);
	va_end(arguments);
	return result;
}

int
pamport_vinfo(const pam_handle_t *pamh, const char *format, va_list arguments)
{
	return pamport_vprompt(pamh, PAM_TEXT_INFO, NULL, format, arguments);
}

int
pamport_info(const pam_handle_t *pamh, const char *format, ...)
{
	va_list arguments;
	int result;

	va_start(arguments, format);
	result = pamport_vinfo(pamh, format, arguments);
	va_end(arguments);
	return result;
}

int
pamport_verror(const pam_handle_t *pamh, const char *format, va_list arguments)
{
	return pamport_vprompt(pamh, PAM_ERROR_MSG, NULL, format, arguments);
}

int
pamport_error(const pam_handle_t *pamh, const char *format, ...)
{
	va_list arguments;
	int result;

	va_start(arguments, format);
	result = pamport_verror(pamh, format, arguments);
	va_end(arguments);
	return result;
}
