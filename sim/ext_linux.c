/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What a module calls in Linux-PAM: the user's name, tokens, prompts, the log.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <security/pam_ext.h>

#include "sim.h"
#include "linux.h"

/* An empty name is a name.  [h78] */
int
pam_get_user(pam_handle_t *pamh, const char **user, const char *prompt)
{
	const struct pam_conv *conv;
	struct pam_response *response;
	int result;

	if (pamh == NULL || user == NULL)
		return (PAM_SYSTEM_ERR);
	if ((conv = sim_item(pamh, PAM_CONV)) == NULL)
		return (PAM_SERVICE_ERR);
	if ((*user = sim_item(pamh, PAM_USER)) != NULL)
		return (PAM_SUCCESS);
	if (conv->conv == NULL)
		sim_crash("pam_get_user() without a conversation [d44]");
	if (prompt == NULL)
		prompt = sim_item(pamh, PAM_USER_PROMPT);
	if (prompt == NULL)
		prompt = "login:";
	result = sim_converse(pamh, PAM_PROMPT_ECHO_ON, prompt, &response);
	if (result == PAM_SUCCESS &&
	    (response == NULL || response->resp == NULL))
		result = PAM_CONV_ERR;			/* [h72, h77] */
	if (result == PAM_SUCCESS) {
		result = sim_set_item(pamh, PAM_USER, response->resp);
		*user = sim_item(pamh, PAM_USER);
	} else if (result == PAM_CONV_AGAIN)
		result = PAM_INCOMPLETE;
	else if (result != PAM_BUF_ERR)
		result = PAM_CONV_ERR;
	if (response != NULL)
		sim_free_secret(response->resp);
	free(response);
	return (result);
}

int
pam_vprompt(pam_handle_t *pamh, int style, char **answer, const char *format,
    va_list arguments)
{
	if (pamh == NULL)
		return (PAM_SYSTEM_ERR);
	if (answer != NULL)
		*answer = NULL;
	return (sim_prompt(pamh, style, answer, format, arguments));
}

int
pam_prompt(pam_handle_t *pamh, int style, char **answer, const char *format,
    ...)
{
	va_list arguments;
	int result;

	va_start(arguments, format);
	result = pam_vprompt(pamh, style, answer, format, arguments);
	va_end(arguments);
	return (result);
}

/* How to ask for a token: once or twice, and with which words. */
struct asking {
	bool change;
	bool twice;
	const char *kind;	/* "UNIX " and the like, or "" */
	const char *prompt;
};

static int
ask_first(pam_handle_t *pamh, const struct asking *how, int item,
    char **answer)
{
	const char *gap = *how->kind != '\0' ? " " : "";

	if (how->prompt != NULL)
		return (pam_prompt(pamh, PAM_PROMPT_ECHO_OFF, answer, "%s",
		    how->prompt));
	if (how->change)
		return (pam_prompt(pamh, PAM_PROMPT_ECHO_OFF, answer,
		    "New %s%spassword: ", how->kind, gap));
	if (item == PAM_OLDAUTHTOK)
		return (pam_prompt(pamh, PAM_PROMPT_ECHO_OFF, answer,
		    "Current %s%spassword: ", how->kind, gap));
	return (pam_prompt(pamh, PAM_PROMPT_ECHO_OFF, answer, "Password: "));
}

static int
ask_again(pam_handle_t *pamh, const struct asking *how, char **answer)
{
	if (how->prompt != NULL)
		return (pam_prompt(pamh, PAM_PROMPT_ECHO_OFF, answer,
		    "Retype %s", how->prompt));
	return (pam_prompt(pamh, PAM_PROMPT_ECHO_OFF, answer,
	    "Retype new %s%spassword: ", how->kind,
	    *how->kind != '\0' ? " " : ""));
}

static int
ask_token(pam_handle_t *pamh, const struct asking *how, int item,
    char **answer)
{
	char *again = NULL;
	int result;

	result = ask_first(pamh, how, item, answer);
	if (result == PAM_SUCCESS && how->twice && *answer != NULL)
		result = ask_again(pamh, how, &again);
	if (result != PAM_SUCCESS || *answer == NULL ||
	    (how->twice && again == NULL)) {
		/* Whatever went wrong has this name.  [h61, h62, h63] */
		if (how->change)
			pam_error(pamh, "Password change has been aborted.");
		result = PAM_AUTHTOK_ERR;
	} else if (how->twice && strcmp(*answer, again) != 0) {
		pam_error(pamh, "Sorry, passwords do not match.");
		result = PAM_TRY_AGAIN;
	}
	sim_free_secret(again);
	return (result);
}

static const char *
token_kind(pam_handle_t *pamh)
{
	const char *kind;

	if ((kind = sim_option(pamh, "authtok_type")) != NULL)
		sim_set_item(pamh, PAM_AUTHTOK_TYPE, kind);
	else
		kind = sim_item(pamh, PAM_AUTHTOK_TYPE);
	return (kind != NULL ? kind : "");
}

static int
get_token(pam_handle_t *pamh, int item, const char **token,
    const char *prompt, bool verify)
{
	struct asking how = { false, false, "", prompt };
	const void *value;
	char *answer = NULL;
	int result;

	if (token == NULL || pamh == NULL)
		return (PAM_SYSTEM_ERR);
	if (pamh->call == SIM_CHAUTHTOK) {
		how.change = item == PAM_AUTHTOK;
		how.twice = how.change && verify;
		how.kind = token_kind(pamh);
	}
	result = sim_get_item(pamh, item, &value);
	if (result == PAM_SUCCESS && value != NULL) {
		*token = value;
		return (PAM_SUCCESS);
	}
	if (sim_option(pamh, "use_first_pass") != NULL ||
	    (how.change && sim_option(pamh, "use_authtok") != NULL))
		return (how.change ? PAM_AUTHTOK_ERR : PAM_AUTH_ERR);
	result = ask_token(pamh, &how, item, &answer);
	if (result == PAM_SUCCESS)
		result = sim_set_item(pamh, item, answer);
	sim_free_secret(answer);
	if (result == PAM_SUCCESS) {
		result = sim_get_item(pamh, item, &value);
		*token = value;
	}
	return (result);
}

int
pam_get_authtok(pam_handle_t *pamh, int item, const char **token,
    const char *prompt)
{
	return (get_token(pamh, item, token, prompt, true));
}

int
pam_get_authtok_noverify(pam_handle_t *pamh, const char **token,
    const char *prompt)
{
	return (get_token(pamh, PAM_AUTHTOK, token, prompt, false));
}

/* Ask for the token that is there once more; a mistake loses it. */
int
pam_get_authtok_verify(pam_handle_t *pamh, const char **token,
    const char *prompt)
{
	struct asking how = { true, true, "", prompt };
	const char *stored;
	char *again = NULL;
	int result;

	if (pamh == NULL || token == NULL || pamh->call != SIM_CHAUTHTOK)
		return (PAM_SYSTEM_ERR);
	how.kind = token_kind(pamh);
	if ((stored = sim_item(pamh, PAM_AUTHTOK)) == NULL)
		return (PAM_SYSTEM_ERR);
	result = ask_again(pamh, &how, &again);
	if (result != PAM_SUCCESS || again == NULL) {
		sim_set_item(pamh, PAM_AUTHTOK, NULL);
		pam_error(pamh, "Password change has been aborted.");
		result = PAM_AUTHTOK_ERR;
	} else if (strcmp(stored, again) != 0) {
		sim_set_item(pamh, PAM_AUTHTOK, NULL);
		pam_error(pamh, "Sorry, passwords do not match.");
		result = PAM_TRY_AGAIN;
	} else
		*token = stored;
	sim_free_secret(again);
	return (result);
}

void
pam_vsyslog(const pam_handle_t *pamh, int priority, const char *format,
    va_list arguments)
{
	const char *service;
	char text[1024];

	service = pamh != NULL ? sim_item(pamh, PAM_SERVICE) : NULL;
	vsnprintf(text, sizeof(text), format, arguments);
	sim_log("<%d> (%s): %s", priority, service != NULL ? service : "?",
	    text);
}

void
pam_syslog(const pam_handle_t *pamh, int priority, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	pam_vsyslog(pamh, priority, format, arguments);
	va_end(arguments);
}
