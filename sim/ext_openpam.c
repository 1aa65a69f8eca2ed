/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What OpenPAM gives to modules and applications beyond the standard calls.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bsd.h"

int
pam_vprompt(const pam_handle_t *pamh, int style, char **answer,
    const char *format, va_list arguments)
{
	if (pamh == NULL || answer == NULL)
		sim_crash("pam_vprompt() with a NULL");
	return (sim_prompt(pamh, style, answer, format, arguments));
}

int
pam_prompt(const pam_handle_t *pamh, int style, char **answer,
    const char *format, ...)
{
	va_list arguments;
	int result;

	va_start(arguments, format);
	result = pam_vprompt(pamh, style, answer, format, arguments);
	va_end(arguments);
	return (result);
}

/*
 * To tell something without a conversation function is fatal: what nobody set
 * is freed.  [d42, d43]
 */
static int
tell(const pam_handle_t *pamh, int style, const char *format,
    va_list arguments)
{
	const struct pam_conv *conv;
	char *answer = NULL;
	int result;

	conv = pamh != NULL ? sim_item(pamh, PAM_CONV) : NULL;
	if (conv == NULL || conv->conv == NULL)
		sim_crash("pam_info() or pam_error() without a conversation "
		    "[d42, d43]");
	result = sim_prompt(pamh, style, &answer, format, arguments);
	sim_free_secret(answer);
	return (result);
}

int
pam_vinfo(const pam_handle_t *pamh, const char *format, va_list arguments)
{
	return (tell(pamh, PAM_TEXT_INFO, format, arguments));
}

int
pam_verror(const pam_handle_t *pamh, const char *format, va_list arguments)
{
	return (tell(pamh, PAM_ERROR_MSG, format, arguments));
}

int
pam_info(const pam_handle_t *pamh, const char *format, ...)
{
	va_list arguments;
	int result;

	va_start(arguments, format);
	result = pam_vinfo(pamh, format, arguments);
	va_end(arguments);
	return (result);
}

int
pam_error(const pam_handle_t *pamh, const char *format, ...)
{
	va_list arguments;
	int result;

	va_start(arguments, format);
	result = pam_verror(pamh, format, arguments);
	va_end(arguments);
	return (result);
}

/* Which item a letter in a prompt stands for, or 0. */
static int
letter_item(int letter)
{
	switch (letter) {
	case 'H':
		return (PAM_RHOST);
	case 's':
		return (PAM_SERVICE);
	case 't':
		return (PAM_TTY);
	case 'U':
		return (PAM_RUSER);
	case 'u':
		return (PAM_USER);
	case 'h':
		return (sim_bsd_host_item);
	default:
		return (0);
	}
}

/* A prompt with its letters replaced, allocated. */
char *
sim_bsd_expand(const pam_handle_t *pamh, const char *prompt)
{
	const char *value;
	char *grown, *text = NULL;
	size_t length, used = 0;
	int item;

	for (; *prompt != '\0'; prompt++) {
		value = prompt;
		length = 1;
		item = prompt[0] == '%' ? letter_item(prompt[1]) : 0;
		if (item != 0) {
			prompt++;
			value = sim_item(pamh, item);
			length = value != NULL ? strlen(value) : 0;
		} else if (prompt[0] == '%' && prompt[1] != '\0') {
			prompt++;	/* any other letter stays as it is */
			length = 2;
		}
		if ((grown = realloc(text, used + length + 1)) == NULL)
			break;
		text = grown;
		if (length > 0)
			memcpy(text + used, value, length);
		used += length;
		text[used] = '\0';
	}
	return (text != NULL ? text : strdup(""));
}

static int
ask(const pam_handle_t *pamh, int style, char **answer, const char *before,
    const char *prompt)
{
	char *text;
	int result;

	text = sim_this.policy_prompts ? sim_bsd_expand(pamh, prompt) :
	    strdup(prompt);
	if (text == NULL)
		return (PAM_BUF_ERR);
	result = sim_ask(pamh, style, answer, "%s%s", before, text);
	free(text);
	return (result);
}

/* Policy first, then the caller, then the item, then the words of old. */
static const char *
choose_prompt(const pam_handle_t *pamh, const char *option,
    const char *prompt, int item, const char *standard)
{
	const char *chosen;

	if (sim_this.policy_prompts &&
	    (chosen = sim_option(pamh, option)) != NULL)
		return (chosen);
	if (prompt != NULL)
		return (prompt);
	if ((chosen = sim_item(pamh, item)) != NULL)
		return (chosen);
	return (standard);
}

/* A NULL answer is taken for a name.  [h72, h77] */
int
pam_get_user(pam_handle_t *pamh, const char **user, const char *prompt)
{
	char *answer = NULL;
	int result;

	if (pamh == NULL || user == NULL)
		sim_crash("pam_get_user() with a NULL");
	if ((*user = sim_item(pamh, PAM_USER)) != NULL)
		return (PAM_SUCCESS);
	prompt = choose_prompt(pamh, "user_prompt", prompt, PAM_USER_PROMPT,
	    "Login:");
	result = ask(pamh, PAM_PROMPT_ECHO_ON, &answer, "", prompt);
	if (result != PAM_SUCCESS) {
		free(answer);
		return (result);
	}
	result = sim_set_item(pamh, PAM_USER, answer);
	free(answer);
	*user = sim_item(pamh, PAM_USER);
	return (result);
}

static int
ask_token(pam_handle_t *pamh, const char *prompt, bool twice, char **answer)
{
	char *again = NULL;
	int result, style;

	style = sim_option(pamh, "echo_pass") != NULL ?
	    PAM_PROMPT_ECHO_ON : PAM_PROMPT_ECHO_OFF;
	result = ask(pamh, style, answer, "", prompt);
	if (result != PAM_SUCCESS)
		return (result);
	if (twice) {
		result = ask(pamh, style, &again, "Retype ", prompt);
		if (result != PAM_SUCCESS)
			return (result);
		if (*answer == NULL || again == NULL ||
		    strcmp(*answer, again) != 0) {
			sim_free_secret(*answer);
			*answer = NULL;
		}
		sim_free_secret(again);
	}
	return (*answer != NULL ? PAM_SUCCESS : PAM_TRY_AGAIN);	/* [h61] */
}

/* True if *result is the answer: a token that is there already, or must be. */
static bool
stored_token(const pam_handle_t *pamh, int item, const char **token,
    int *result)
{
	bool must;

	must = sim_option(pamh, "use_first_pass") != NULL;
	if (!must && sim_option(pamh, "try_first_pass") == NULL)
		return (false);
	*token = sim_item(pamh, item);
	*result = *token != NULL ? PAM_SUCCESS : PAM_AUTH_ERR;
	return (*token != NULL || must);
}

/* A host that is not this one is named in the question. */
static const char *
token_question(const pam_handle_t *pamh, bool change)
{
	const char *far, *here;

	if (change)
		return ("New Password:");
	far = sim_item(pamh, PAM_RHOST);
	here = sim_bsd_host_item != 0 ?
	    sim_item(pamh, sim_bsd_host_item) : NULL;
	if (far != NULL && here != NULL && strcmp(far, here) != 0)
		return ("Password for %u@%h:");
	return ("Password:");
}

/* Whoever has an old token is taken to want a new one, in any call. */
int
pam_get_authtok(pam_handle_t *pamh, int item, const char **token,
    const char *prompt)
{
	char *answer = NULL;
	int result;
	bool change, old;

	if (pamh == NULL || token == NULL)
		sim_crash("pam_get_authtok() with a NULL");
	*token = NULL;
	if (item != PAM_AUTHTOK && item != PAM_OLDAUTHTOK)
		return (sim_bsd_bad_token);
	if (stored_token(pamh, item, token, &result))
		return (result);
	old = item == PAM_OLDAUTHTOK;
	change = !old && sim_item(pamh, PAM_OLDAUTHTOK) != NULL;
	prompt = choose_prompt(pamh,
	    old ? "oldauthtok_prompt" : "authtok_prompt", prompt,
	    old ? PAM_OLDAUTHTOK_PROMPT : PAM_AUTHTOK_PROMPT,
	    old ? "Old Password:" : token_question(pamh, change));
	result = ask_token(pamh, prompt, change, &answer);
	if (result == PAM_SUCCESS)
		result = sim_set_item(pamh, item, answer);
	sim_free_secret(answer);
	if (result == PAM_SUCCESS)
		*token = sim_item(pamh, item);
	return (result);
}

int
pam_setenv(pam_handle_t *pamh, const char *name, const char *value,
    int overwrite)
{
	char *text;
	size_t size;
	int result;

	if (pamh == NULL || name == NULL)
		sim_crash("pam_setenv() with a NULL");
	if ((*name == '\0' && !sim_this.lenient) || strchr(name, '=') != NULL)
		return (PAM_SYSTEM_ERR);
	if (!overwrite && sim_getenv(pamh, name) != NULL)
		return (PAM_SUCCESS);
	if (value == NULL)
		value = "(null)";	/* as printf() would have it */
	size = strlen(name) + strlen(value) + 2;
	if ((text = malloc(size)) == NULL)
		return (PAM_BUF_ERR);
	snprintf(text, size, "%s=%s", name, value);
	result = pam_putenv(pamh, text);
	sim_free_secret(text);
	return (result);
}

const char *
openpam_get_option(pam_handle_t *pamh, const char *name)
{
	if (pamh == NULL)
		return (NULL);
	return (sim_option(pamh, name));
}

static bool
is_option(const char *argument, const char *name)
{
	size_t n = strlen(name);

	return (strncmp(argument, name, n) == 0 &&
	    (argument[n] == '\0' || argument[n] == '='));
}

static void
drop_argument(struct sim_entry *entry, int i)
{
	free(entry->argv[i]);
	for (; i < entry->argc; i++)
		entry->argv[i] = entry->argv[i + 1];
	entry->argc--;
}

int
openpam_set_option(pam_handle_t *pamh, const char *name, const char *value)
{
	char *text;
	size_t size;
	int i;
	bool added;

	if (pamh == NULL || pamh->current == NULL)
		return (PAM_SYSTEM_ERR);
	for (i = pamh->current->argc - 1; i >= 0; i--)
		if (is_option(pamh->current->argv[i], name))
			drop_argument(pamh->current, i);
	if (value == NULL)
		return (PAM_SUCCESS);
	size = strlen(name) + strlen(value) + 2;
	if ((text = malloc(size)) == NULL)
		return (PAM_BUF_ERR);
	snprintf(text, size, "%s=%s", name, value);
	added = sim_add_argument(pamh->current, text);
	free(text);
	return (added ? PAM_SUCCESS : PAM_BUF_ERR);
}

void
openpam_free_data(pam_handle_t *pamh, void *value, int status)
{
	(void)pamh;
	(void)status;
	free(value);
}

void
openpam_free_envlist(char **list)
{
	char **p;

	for (p = list; p != NULL && *p != NULL; p++)
		free(*p);
	free(list);
}

void
_openpam_log(int level, const char *function, const char *format, ...)
{
	char text[1024];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	sim_log("<%d> %s(): %s", level, function, text);
}
