/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A conversation's messages, one after the other: what misc_conv and
 * openpam_ttyconv have in common.
 */
#include <config.h>

#include "compat/tty.h"

const char *
pamport__dialogue_text(const struct pam_message *message)
{
	return message->msg == NULL ? "" : message->msg;
}

void
pamport__dialogue_forget(const struct pam_message *message, char *answer,
    void *data)
{
	(void)message;
	(void)data;
	explicit_bzero(answer, strlen(answer));
	free(answer);
}

int
pamport__dialogue_ask(const struct pamport__tty_question *question,
    char **answer)
{
	char line[PAM_MAX_RESP_SIZE];
	int result = PAM_CONV_ERR;

	if (pamport__tty_ask(question, line, sizeof(line)) ==
	    PAMPORT__TTY_ANSWERED) {
		*answer = strdup(line);
		result = *answer == NULL ? PAM_BUF_ERR : PAM_SUCCESS;
	}
	explicit_bzero(line, sizeof(line));
	return result;
}

static void
forget_all(const struct pamport__dialogue *dialogue, int n,
    const struct pam_message **msg, struct pam_response *answers)
{
	int i;

	for (i = 0; i < n; i++)
		if (answers[i].resp != NULL)
			dialogue->forget(msg[i], answers[i].resp,
			    dialogue->data);
	free(answers);
}

int
pamport__dialogue(const struct pamport__dialogue *dialogue, int n,
    const struct pam_message **msg, struct pam_response **resp)
{
	struct pam_response *answers;
	int i, result = PAM_SUCCESS;

	answers = calloc((size_t)n, sizeof(*answers));
	if (answers == NULL)
		return PAM_BUF_ERR;
	for (i = 0; i < n && result == PAM_SUCCESS; i++)
		result = msg[i] == NULL ? PAM_CONV_ERR :
		    dialogue->one(msg[i], &answers[i].resp, dialogue->data);
	if (result != PAM_SUCCESS) {
		forget_all(dialogue, n, msg, answers);
		return result;
	}
	*resp = answers;
	return PAM_SUCCESS;
}
