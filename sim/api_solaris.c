/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The rest of what Solaris and illumos export.
 *
 * Compiled with _PAM_LEGACY_NONCONST: the const of the newer headers changes
 * nothing in the object.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "solaris.h"

#include <security/pam_impl.h>

/* The longest token, without its end.  [h64, h65] */
#define MAX_TOKEN		256

int
pam_start(const char *service, const char *user, const struct pam_conv *conv,
    pam_handle_t **handle)
{
	pam_handle_t *pamh;

	if (handle == NULL)
		sim_crash("pam_start() without a place for the handle");
	*handle = NULL;
	if ((pamh = sim_new()) == NULL)
		return (sim_privileged() ? PAM_SYSTEM_ERR : PAM_BUF_ERR);
	/* The configuration is not looked at before a call needs it.  [a13] */
	if (sim_set_item(pamh, PAM_SERVICE, service) != PAM_SUCCESS ||
	    sim_set_item(pamh, PAM_USER, user) != PAM_SUCCESS ||
	    sim_set_item(pamh, PAM_CONV, conv) != PAM_SUCCESS) {
		sim_delete(pamh, PAM_BUF_ERR);
		return (PAM_BUF_ERR);
	}
	pamh->place = SIM_APPLICATION;
	*handle = pamh;
	return (PAM_SUCCESS);
}

int
pam_end(pam_handle_t *pamh, int status)
{
	if (pamh == NULL)
		return (sim_this.no_handle_end);
	sim_delete(pamh, status);
	return (PAM_SUCCESS);
}

int
pam_set_item(pam_handle_t *pamh, int number, const void *value)
{
	return (sim_set_item(pamh, number, value));
}

int
pam_get_item(const pam_handle_t *pamh, int number, void **value)
{
	const void *found = value != NULL ? *value : NULL;
	int result;

	result = sim_get_item(pamh, number, value != NULL ? &found : NULL);
	if (value != NULL)
		memcpy(value, &found, sizeof(*value));
	return (result);
}

/* A copy, which the caller frees.  [f10] */
char *
pam_getenv(pam_handle_t *pamh, const char *name)
{
	const char *value;

	value = sim_getenv(pamh, name);
	return (value != NULL ? strdup(value) : NULL);
}

const char *
pam_strerror(const pam_handle_t *pamh, int result)
{
	(void)pamh;
	return (sim_strerror(result));
}

static int
ask(pam_handle_t *pamh, int style, const char *prompt, char **answer)
{
	struct pam_response *response;
	int result;

	*answer = NULL;
	result = sim_converse(pamh, style, prompt, &response);
	if (result == PAM_SUCCESS && response == NULL)
		sim_crash("a conversation that succeeds without a response "
		    "[h61, h72]");
	if (response != NULL)
		*answer = response->resp;
	free(response);
	return (result);
}

/* The first word of the answer, cut out of it.  [h71] */
static const char *
first_word(char *answer)
{
	char *word;

	word = answer + strspn(answer, " \t\n");
	word[strcspn(word, " \t\n")] = '\0';
	return (word);
}

/*
 * An empty name is no name [h78], and the question is put until there is one:
 * for ever, if the answer is NULL each time [h77].
 */
int
pam_get_user(pam_handle_t *pamh, char **user, const char *prompt)
{
	const char *name;
	char *answer;
	int result, rounds = 0;

	if (pamh == NULL)
		return (PAM_SYSTEM_ERR);
	*user = pamh->item[PAM_USER].value;
	if (*user != NULL && **user != '\0')
		return (PAM_SUCCESS);
	*user = NULL;
	if (prompt == NULL && (prompt = sim_item(pamh, PAM_USER_PROMPT)) ==
	    NULL)
		prompt = "Please enter user name: ";
	do {
		if (rounds++ >= 1000)
			sim_hang("pam_get_user() without an answer [h77]");
		result = ask(pamh, PAM_PROMPT_ECHO_ON, prompt, &answer);
		if (result != PAM_SUCCESS) {
			free(answer);
			return (result);
		}
		name = answer != NULL ? first_word(answer) : "";
		if (*name != '\0')
			result = sim_set_item(pamh, PAM_USER, name);
		else
			name = NULL;
		free(answer);
	} while (name == NULL);
	*user = pamh->item[PAM_USER].value;
	return (result);
}

static int
prompt_token(pam_handle_t *pamh, int item, const char *prompt, char **token)
{
	char *answer;
	int result;

	if (prompt == NULL)
		prompt = "password: ";
	result = ask(pamh, PAM_PROMPT_ECHO_OFF, prompt, &answer);
	if (result == PAM_SUCCESS && answer == NULL)
		result = PAM_SYSTEM_ERR;		/* [h62] */
	if (result == PAM_SUCCESS) {
		*token = strdup(answer);
		if (*token == NULL)
			result = PAM_BUF_ERR;
		else if (strlen(*token) > MAX_TOKEN)
			(*token)[MAX_TOKEN] = '\0';
		/* Kept as an item, if that is one.  [h60] */
		sim_set_item(pamh, item, *token);
	}
	sim_free_secret(answer);
	return (result);
}

int
__pam_get_authtok(pam_handle_t *pamh, int source, int item, char *prompt,
    char **token)
{
	const void *stored;
	int result;

	if (pamh == NULL)
		return (PAM_SYSTEM_ERR);
	*token = NULL;
	if (source == PAM_PROMPT)
		return (prompt_token(pamh, item, prompt, token));
	if (source != PAM_HANDLE ||
	    (item != PAM_AUTHTOK && item != PAM_OLDAUTHTOK))
		return (PAM_SYMBOL_ERR);
	result = sim_get_item(pamh, item, &stored);
	if (result != PAM_SUCCESS || stored == NULL)
		return (result);
	*token = strdup(stored);
	return (*token != NULL ? PAM_SUCCESS : PAM_BUF_ERR);
}

/* All messages at once, in one array.  [h50] */
int
__pam_display_msg(pam_handle_t *pamh, int style, int n,
    char text[][PAM_MAX_MSG_SIZE], void *data)
{
	const struct pam_conv *conv;
	struct pam_message *messages, *pointers[2] = { NULL, NULL };
	struct pam_response *response = NULL;
	int i, result;

	conv = pamh != NULL ? sim_item(pamh, PAM_CONV) : NULL;
	if (conv == NULL || conv->conv == NULL)
		return (PAM_SYSTEM_ERR);		/* [d42, d43] */
	if ((messages = calloc((size_t)n + 1, sizeof(*messages))) == NULL)
		return (PAM_BUF_ERR);
	for (i = 0; i < n; i++) {
		messages[i].msg_style = style;
		messages[i].msg = text[i];
	}
	/* Chance is behind the one pointer there; here it is NULL each time. */
	pointers[0] = messages;
	result = conv->conv(n, pointers, &response,
	    data != NULL ? data : conv->appdata_ptr);
	for (i = 0; response != NULL && i < n; i++)
		sim_free_secret(response[i].resp);
	free(response);
	free(messages);
	return (result);
}

void
__pam_log(int priority, const char *format, ...)
{
	char text[1024];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	sim_log("<%d> %s", priority, text);
}
