/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * openpam_ttyconv(3), which only OpenPAM has.
 */
#include <config.h>

#include <fcntl.h>
#include <limits.h>
#include <unistd.h>

#include "compat/tty.h"
#include <pamport/openpam.h>

int pamport_openpam_ttyconv_timeout = 0;

/* data is when it is too late, in milliseconds; 0 is never. */
static int
time_left(void *data)
{
	const int64_t *deadline = data;
	int64_t left;

	if (*deadline == 0)
		return -1;
	left = *deadline - pamport__milliseconds();
	if (left <= 0)
		return 0;
	return left > INT_MAX ? INT_MAX : (int)left;
}

/*
 * Asks on standard input if it is a terminal, else on that of the process,
 * else on standard input all the same: there is then no echo to turn off.
 * Returns what is to be closed, or -1.
 */
static int
choose_terminal(struct pamport__tty_question *question)
{
	int opened = -1;

	question->in = STDIN_FILENO;
	question->out = STDOUT_FILENO;
	if (isatty(STDIN_FILENO) != 1) {
		opened = open("/dev/tty", O_RDWR | O_CLOEXEC);
		if (opened != -1)
			question->in = question->out = opened;
	}
	return opened;
}

static int
ask(const struct pam_message *message, char **answer)
{
	struct pamport__tty_question question;
	int64_t deadline = 0;
	int opened, result;

	if (pamport_openpam_ttyconv_timeout > 0)
		deadline = pamport__milliseconds() +
		    (int64_t)pamport_openpam_ttyconv_timeout * 1000;
	fflush(stdout);
	opened = choose_terminal(&question);
	question.echo = message->msg_style == PAM_PROMPT_ECHO_ON;
	question.prompt = pamport__dialogue_text(message);
	question.time_left = time_left;
	question.data = &deadline;
	result = pamport__dialogue_ask(&question, answer);
	if (opened != -1)
		close(opened);
	return result;
}

/* A line of its own; nothing for an empty text. */
static int
show(FILE *stream, const struct pam_message *message)
{
	const char *text = pamport__dialogue_text(message);
	size_t length = strlen(text);

	if (length == 0)
		return PAM_SUCCESS;
	return fprintf(stream, text[length - 1] == '\n' ? "%s" : "%s\n",
	    text) < 0 ? PAM_CONV_ERR : PAM_SUCCESS;
}

static int
answer_one(const struct pam_message *message, char **answer, void *data)
{
	(void)data;
	switch (message->msg_style) {
	case PAM_PROMPT_ECHO_OFF:
	case PAM_PROMPT_ECHO_ON:
		return ask(message, answer);
	case PAM_ERROR_MSG:
		return show(stderr, message);
	case PAM_TEXT_INFO:
		return show(stdout, message);
	default:
		return PAM_CONV_ERR;
	}
}

int
pamport_openpam_ttyconv(int n, PAMPORT_CONST struct pam_message **msg,
    struct pam_response **resp, void *data)
{
	struct pamport__dialogue dialogue;

	if (n <= 0 || n > PAM_MAX_NUM_MSG || msg == NULL || resp == NULL)
		return PAM_CONV_ERR;
	*resp = NULL;
	dialogue.one = answer_one;
	dialogue.forget = pamport__dialogue_forget;
	dialogue.data = data;
	return pamport__dialogue(&dialogue, n, msg, resp);
}
