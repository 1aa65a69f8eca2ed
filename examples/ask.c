/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The smallest conversation that does no harm: the answer is never longer than
 * modules expect, the terminal never stays without echo, and what was typed is
 * wiped wherever it is not handed on.
 */
#include <sys/types.h>
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "ask.h"

/* What would otherwise end or stop the program while there is no echo. */
static const int interruptions[] = { SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP };
#define INTERRUPTIONS (sizeof(interruptions) / sizeof(interruptions[0]))

struct silence {
	bool has_begun;
	struct termios before;
	struct sigaction action[INTERRUPTIONS];
};

static volatile sig_atomic_t interruption;

static void
note(int number)
{
	interruption = number;
}

/* The writes are volatile, so no compiler takes them for useless. */
static void
wipe(char *memory, size_t size)
{
	volatile char *byte = memory;

	while (size-- > 0)
		*byte++ = '\0';
}

/*
 * Signals are caught first and without SA_RESTART: they interrupt the read,
 * and take effect when speak_again has put the terminal right.
 */
static void
be_silent(struct silence *silence, bool without_echo)
{
	struct sigaction action;
	struct termios now;
	size_t i;

	interruption = 0;
	memset(&action, 0, sizeof(action));
	action.sa_handler = note;
	sigemptyset(&action.sa_mask);
	for (i = 0; i < INTERRUPTIONS; i++)
		(void)sigaction(interruptions[i], &action, &silence->action[i]);
	silence->has_begun = without_echo &&
	    tcgetattr(STDIN_FILENO, &silence->before) == 0;
	if (!silence->has_begun)
		return;
	now = silence->before;
	now.c_lflag &= ~(tcflag_t)ECHO;
	now.c_lflag |= ECHONL;
	(void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &now);
}

static void
speak_again(const struct silence *silence)
{
	size_t i;

	if (silence->has_begun)
		(void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &silence->before);
	for (i = 0; i < INTERRUPTIONS; i++)
		(void)sigaction(interruptions[i], &silence->action[i], NULL);
	if (interruption != 0)
		(void)raise(interruption);
}

static void
say(const char *text)
{
	size_t left = strlen(text);
	ssize_t written;

	while (left > 0) {
		written = write(STDERR_FILENO, text, left);
		if (written == -1 && errno != EINTR)
			return;
		if (written > 0) {
			text += written;
			left -= (size_t)written;
		}
	}
}

/* False at the end of the input, when interrupted, or for too long a line. */
static bool
read_line(char *line, size_t size)
{
	size_t length = 0;
	ssize_t got;
	char byte;

	/* Byte by byte: what follows the line belongs to the shell. */
	while ((got = read(STDIN_FILENO, &byte, 1)) == 1 && byte != '\n')
		if (length < size)
			line[length++] = byte;
	if ((got != 1 && length == 0) || interruption != 0 || length == size)
		return false;
	line[length] = '\0';
	return true;
}

/* NULL when there is no answer. */
static char *
prompt(const char *text, bool without_echo)
{
	char line[PAM_MAX_RESP_SIZE];
	struct silence silence;
	char *answer = NULL;

	/* First the silence, then the prompt: some type as soon as they see it. */
	be_silent(&silence, without_echo);
	say(text);
	if (read_line(line, sizeof(line)))
		answer = strdup(line);
	else
		say("\n");
	wipe(line, sizeof(line));
	speak_again(&silence);
	return answer;
}

static bool
answer_one(const struct pam_message *message, struct pam_response *response)
{
	switch (message->msg_style) {
	case PAM_PROMPT_ECHO_OFF:
	case PAM_PROMPT_ECHO_ON:
		response->resp = prompt(message->msg,
		    message->msg_style == PAM_PROMPT_ECHO_OFF);
		return response->resp != NULL;
	case PAM_ERROR_MSG:
	case PAM_TEXT_INFO:
		say(message->msg);
		say("\n");
		return true;
	default:
		return false;
	}
}

/* What was answered to the first prompts is a secret too. */
static void
forget(int n, struct pam_response *answers)
{
	int i;

	for (i = 0; i < n; i++) {
		if (answers[i].resp != NULL)
			wipe(answers[i].resp, strlen(answers[i].resp));
		free(answers[i].resp);
	}
	free(answers);
}

int
ask(int n, const struct pam_message **msg, struct pam_response **resp,
    void *data)
{
	struct pam_response *answers;
	int i;

	(void)data;
	if (n < 1)
		return PAM_CONV_ERR;
	answers = calloc((size_t)n, sizeof(*answers));
	if (answers == NULL)
		return PAM_BUF_ERR;
	for (i = 0; i < n; i++) {
		if (!answer_one(msg[i], &answers[i])) {
			forget(n, answers);
			return PAM_CONV_ERR;
		}
	}
	*resp = answers;
	return PAM_SUCCESS;
}
