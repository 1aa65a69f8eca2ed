/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * libpam_misc of Linux-PAM, a library of its own there as here.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <security/pam_misc.h>

#include "sim.h"

time_t pam_misc_conv_warn_time = 0;
time_t pam_misc_conv_die_time = 0;
const char *pam_misc_conv_warn_line = "...Time is running out...\n";
const char *pam_misc_conv_die_line = "...Sorry, your time is up!\n";
int pam_misc_conv_died = 0;
int (*pam_binary_handler_fn)(void *, pamc_bp_t *) = NULL;
void (*pam_binary_handler_free)(void *, pamc_bp_t *) = NULL;

/* At the end of input a prompt succeeds, with a NULL answer.  [h84] */
static int
ask(const char *prompt, bool echo, char **answer)
{
	struct sim_question question = { prompt, echo,
	    (long)pam_misc_conv_die_time, (long)pam_misc_conv_warn_time,
	    pam_misc_conv_warn_line };

	switch (sim_read_answer(&question, answer)) {
	case SIM_ANSWERED:
	case SIM_AT_END:
		return (PAM_SUCCESS);
	case SIM_LATE:
		pam_misc_conv_died = 1;
		fprintf(stderr, "%s", pam_misc_conv_die_line);
		return (PAM_CONV_ERR);
	default:
		return (PAM_CONV_ERR);
	}
}

static int
binary(const char *prompt, char **answer, void *appdata)
{
	union {
		const char *text;
		pamc_bp_t bp;
	} from;
	pamc_bp_t bp = NULL;

	if (pam_binary_handler_fn == NULL)
		return (PAM_CONV_ERR);
	from.text = prompt;
	PAM_BP_RENEW(&bp, PAM_BP_RCONTROL(from.bp), PAM_BP_LENGTH(from.bp));
	if (bp == NULL)
		return (PAM_BUF_ERR);
	PAM_BP_FILL(&bp, 0, PAM_BP_LENGTH(from.bp), PAM_BP_RDATA(from.bp));
	if (pam_binary_handler_fn(appdata, &bp) != PAM_SUCCESS || bp == NULL)
		return (PAM_CONV_ERR);
	*answer = (char *)bp;
	return (PAM_SUCCESS);
}

static int
one_message(const struct pam_message *message, char **answer, void *appdata)
{
	*answer = NULL;
	switch (message->msg_style) {
	case PAM_PROMPT_ECHO_OFF:
	case PAM_PROMPT_ECHO_ON:
		return (ask(message->msg,
		    message->msg_style == PAM_PROMPT_ECHO_ON, answer));
	case PAM_ERROR_MSG:
		fprintf(stderr, "%s\n", message->msg);
		return (PAM_SUCCESS);
	case PAM_TEXT_INFO:
		fprintf(stdout, "%s\n", message->msg);
		fflush(stdout);
		return (PAM_SUCCESS);
	case PAM_BINARY_PROMPT:
		return (binary(message->msg, answer, appdata));
	default:
		return (PAM_CONV_ERR);			/* [h85] */
	}
}

int
misc_conv(int n, const struct pam_message **message,
    struct pam_response **response, void *appdata)
{
	struct pam_response *answers;
	int i, result = PAM_SUCCESS;

	if (n <= 0)
		return (PAM_CONV_ERR);			/* [h83] */
	if ((answers = calloc((size_t)n, sizeof(*answers))) == NULL)
		return (PAM_CONV_ERR);
	for (i = 0; i < n && result == PAM_SUCCESS; i++)
		result = one_message(message[i], &answers[i].resp, appdata);
	if (result == PAM_SUCCESS) {
		*response = answers;
		return (PAM_SUCCESS);
	}
	/* A binary answer is not a string: its owner wipes it. */
	while (i-- > 0) {
		if (message[i]->msg_style != PAM_BINARY_PROMPT)
			sim_wipe(answers[i].resp);
		free(answers[i].resp);
	}
	free(answers);
	return (PAM_CONV_ERR);
}

int
pam_misc_paste_env(pam_handle_t *pamh, const char *const *env)
{
	int result = PAM_SUCCESS;

	for (; result == PAM_SUCCESS && env != NULL && *env != NULL; env++)
		result = pam_putenv(pamh, *env);
	return (result);
}

char **
pam_misc_drop_env(char **env)
{
	char **p;

	for (p = env; p != NULL && *p != NULL; p++)
		sim_free_secret(*p);
	free(env);
	return (NULL);
}

int
pam_misc_setenv(pam_handle_t *pamh, const char *name, const char *value,
    int readonly)
{
	char *text;
	size_t size;
	int result;

	if (readonly && pam_getenv(pamh, name) != NULL)
		return (PAM_PERM_DENIED);
	size = strlen(name) + strlen(value) + 2;
	if ((text = malloc(size)) == NULL)
		return (PAM_BUF_ERR);
	snprintf(text, size, "%s=%s", name, value);
	result = pam_putenv(pamh, text);
	sim_free_secret(text);
	return (result);
}
