/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The conversation functions of OpenPAM.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bsd.h"

int openpam_ttyconv_timeout = 0;

/* At the end of input a prompt succeeds, with an empty answer, or fails. */
static int
ask(const char *prompt, bool echo, char **answer)
{
	struct sim_question question = { prompt, echo, 0, 0, NULL };

	if (openpam_ttyconv_timeout > 0)
		question.deadline = (long)time(NULL) + openpam_ttyconv_timeout;
	switch (sim_read_answer(&question, answer)) {
	case SIM_ANSWERED:
		return (PAM_SUCCESS);
	case SIM_AT_END:
		if (!sim_this.end_is_answer)
			return (PAM_CONV_ERR);
		*answer = strdup("");
		return (*answer != NULL ? PAM_SUCCESS : PAM_BUF_ERR);
	case SIM_LATE:
		fprintf(stderr, "\n");
		return (PAM_CONV_ERR);
	default:
		return (PAM_CONV_ERR);
	}
}

static int
one_message(const struct pam_message *message, char **answer)
{
	switch (message->msg_style) {
	case PAM_PROMPT_ECHO_OFF:
	case PAM_PROMPT_ECHO_ON:
		return (ask(message->msg,
		    message->msg_style == PAM_PROMPT_ECHO_ON, answer));
	case PAM_ERROR_MSG:
	case PAM_TEXT_INFO:
		fprintf(message->msg_style == PAM_ERROR_MSG ? stderr : stdout,
		    "%s\n", message->msg);
		fflush(stdout);
		return (PAM_SUCCESS);
	default:
		return (PAM_CONV_ERR);
	}
}

/* A bad number leaves *response alone; a bad style sets NULL.  [h83, h85] */
int
openpam_ttyconv(int n, const struct pam_message **message,
    struct pam_response **response, void *data)
{
	struct pam_response *answers;
	int i, result = PAM_SUCCESS;

	(void)data;
	if (n <= 0 || n > PAM_MAX_NUM_MSG)
		return (PAM_CONV_ERR);
	if ((answers = calloc((size_t)n, sizeof(*answers))) == NULL)
		return (PAM_BUF_ERR);
	for (i = 0; i < n && result == PAM_SUCCESS; i++)
		result = one_message(message[i], &answers[i].resp);
	if (result == PAM_SUCCESS) {
		*response = answers;
		return (PAM_SUCCESS);
	}
	while (i-- > 0)
		sim_free_secret(answers[i].resp);
	free(answers);
	*response = NULL;
	return (PAM_CONV_ERR);
}

/* [h80] */
int
openpam_nullconv(int n, const struct pam_message **message,
    struct pam_response **response, void *data)
{
	(void)n;
	(void)message;
	(void)response;
	(void)data;
	return (PAM_CONV_ERR);
}
