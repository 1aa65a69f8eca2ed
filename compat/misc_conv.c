/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * misc_conv(3), which only Linux-PAM and Apple have.
 */
#include <config.h>

#include <limits.h>
#include <unistd.h>

#include "compat/tty.h"
#include <pamport/pam_misc.h>

/* Of a binary prompt: its length and its control byte; the longest taken. */
#define BINARY_HEADER 5
#define BINARY_MAXIMUM 0x20000

static void forget_binary(void *data, pamport_binary_prompt *prompt);

time_t pamport_misc_conv_warn_time = 0;
time_t pamport_misc_conv_die_time = 0;
const char *pamport_misc_conv_warn_line = "...Time is running out...\n";
const char *pamport_misc_conv_die_line = "...Sorry, your time is up!\n";
int pamport_misc_conv_died = 0;
int (*pamport_binary_handler_fn)(void *, pamport_binary_prompt *) = NULL;
void (*pamport_binary_handler_free)(void *, pamport_binary_prompt *) =
    forget_binary;

static void
say(const char *line)
{
	if (line != NULL)
		pamport__tty_write(STDERR_FILENO, line);
}

/* The earlier of two times, of which 0 is none. */
static time_t
earlier(time_t a, time_t b)
{
	if (a == 0 || b == 0)
		return a == 0 ? b : a;
	return a < b ? a : b;
}

static int
time_left(void *data)
{
	time_t now = time(NULL), next;

	(void)data;
	if (pamport_misc_conv_die_time != 0 &&
	    now >= pamport_misc_conv_die_time) {
		say(pamport_misc_conv_die_line);
		pamport_misc_conv_died = 1;
		return 0;
	}
	if (pamport_misc_conv_warn_time != 0 &&
	    now >= pamport_misc_conv_warn_time) {
		say(pamport_misc_conv_warn_line);
		pamport_misc_conv_warn_time = 0;
	}
	next = earlier(pamport_misc_conv_warn_time, pamport_misc_conv_die_time);
	if (next == 0)
		return -1;
	return next - now > INT_MAX / 1000 ? INT_MAX :
	    (int)(next - now) * 1000;
}

static int
ask(const struct pam_message *message, char **answer)
{
	struct pamport__tty_question question;

	fflush(stdout);
	question.in = STDIN_FILENO;
	question.out = STDERR_FILENO;
	question.echo = message->msg_style == PAM_PROMPT_ECHO_ON;
	question.prompt = pamport__dialogue_text(message);
	question.time_left = time_left;
	question.data = NULL;
	return pamport__dialogue_ask(&question, answer);
}

static int
show(FILE *stream, const struct pam_message *message)
{
	return fprintf(stream, "%s\n", pamport__dialogue_text(message)) < 0 ?
	    PAM_CONV_ERR : PAM_SUCCESS;
}

/* What a binary prompt says of its own length; 0 if that cannot be. */
static size_t
binary_size(const void *prompt)
{
	const unsigned char *byte = prompt;
	size_t size;

	size = (size_t)byte[0] << 24 | (size_t)byte[1] << 16 |
	    (size_t)byte[2] << 8 | (size_t)byte[3];
	return size < BINARY_HEADER || size > BINARY_MAXIMUM ? 0 : size;
}

static void
forget_binary(void *data, pamport_binary_prompt *prompt)
{
	(void)data;
	if (prompt == NULL || *prompt == NULL)
		return;
	explicit_bzero(*prompt, binary_size(*prompt));
	free(*prompt);
	*prompt = NULL;
}

/* An answer that the program's handler gave, or the copy that it got. */
static void
give_back(void *data, void *prompt)
{
	if (pamport_binary_handler_free != NULL && prompt != NULL)
		pamport_binary_handler_free(data, &prompt);
}

static int
ask_binary(const struct pam_message *message, char **answer, void *data)
{
	size_t size;
	void *prompt;

	if (message->msg == NULL || pamport_binary_handler_fn == NULL)
		return PAM_CONV_ERR;
	size = binary_size(message->msg);
	if (size == 0)
		return PAM_CONV_ERR;
	/* One more: a handler may read the data as a string. */
	prompt = calloc(1, size + 1);
	if (prompt == NULL)
		return PAM_BUF_ERR;
	memcpy(prompt, message->msg, size);
	if (pamport_binary_handler_fn(data, &prompt) != PAM_SUCCESS) {
		give_back(data, prompt);
		return PAM_CONV_ERR;
	}
	*answer = prompt;
	return prompt == NULL ? PAM_CONV_ERR : PAM_SUCCESS;
}

static int
answer_one(const struct pam_message *message, char **answer, void *data)
{
	switch (message->msg_style) {
	case PAM_PROMPT_ECHO_OFF:
	case PAM_PROMPT_ECHO_ON:
		return ask(message, answer);
	case PAM_ERROR_MSG:
		return show(stderr, message);
	case PAM_TEXT_INFO:
		return show(stdout, message);
	case PAM_BINARY_PROMPT:
		return ask_binary(message, answer, data);
	default:
		return PAM_CONV_ERR;
	}
}

static void
forget(const struct pam_message *message, char *answer, void *data)
{
	if (message->msg_style == PAM_BINARY_PROMPT)
		give_back(data, answer);
	else
		pamport__dialogue_forget(message, answer, data);
}

int
pamport_misc_conv(int n, PAMPORT_CONST struct pam_message **msg,
    struct pam_response **resp, void *data)
{
	struct pamport__dialogue dialogue;

	if (n <= 0 || msg == NULL || resp == NULL)
		return PAM_CONV_ERR;
	dialogue.one = answer_one;
	dialogue.forget = forget;
	dialogue.data = data;
	return pamport__dialogue(&dialogue, n, msg, resp);
}
