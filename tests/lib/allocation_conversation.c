/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Rows of the allocation sweep: conversations, which are the application's in a
 * call that runs modules, pamport's own on a terminal, and prompts.
 */
#include <config.h>

#include <sys/ioctl.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "counted.h"
#include "swept.h"
#include <pamport/openpam.h>
#include <pamport/pam_ext.h>
#include <pamport/pam_misc.h>

#define MANY (PAM_MAX_NUM_MSG + 1)

static pam_handle_t *pamh;
static int conversed;		/* what the module saw */

/* --- Of the application --------------------------------------------------------- */

/* What it allocates is its own. */
static int
answer(int n, const struct pam_message **msg, struct pam_response **resp,
    void *data)
{
	int i;

	(void)msg;
	(void)data;
	counted_pause();
	*resp = calloc((size_t)n, sizeof(**resp));
	ATF_REQUIRE(*resp != NULL);
	for (i = 0; i < n; i++)
		(*resp)[i].resp = strdup("answer");
	counted_resume();
	return PAM_SUCCESS;
}

static void
start(void)
{
	struct pam_conv conv = { answer, NULL };

	ATF_REQUIRE_EQ(PAM_SUCCESS, fixture_start(&recorded_fixture, "alice",
	    &conv, &pamh));
}

static void
finish(void)
{
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_end(pamh, PAM_SUCCESS));
}

/* Asks more than PAM allows: then the adapter allocates (rule 28). */
static void
ask_many(pam_handle_t *handle)
{
	static char prompt[] = "Password: ";
	struct pam_message message[MANY];
	PAMPORT__NATIVE_CONST struct pam_message *list[MANY];
	PAMPORT__NATIVE_CONST void *item = NULL;
	const struct pamport__native_conv *conv;
	struct pam_response *answers = NULL;
	int i;

	for (i = 0; i < MANY; i++) {
		message[i].msg_style = PAM_PROMPT_ECHO_OFF;
		message[i].msg = prompt;
		list[i] = &message[i];
	}
	ATF_REQUIRE_EQ(PAM_SUCCESS, pam_get_item(handle, PAM_CONV, &item));
	conv = item;
	counted_resume();
	conversed = conv->conv(MANY, list, &answers, conv->appdata_ptr);
	counted_pause();
	ATF_CHECK((answers == NULL) == (conversed != PAM_SUCCESS));
	for (i = 0; i < MANY && answers != NULL; i++)
		free(answers[i].resp);
	free(answers);
}

static void
act_conversation(void)
{
	start();
	conversed = -1;
	scripted_do("open", ask_many);
	swept_arm();
	(void)pamport_open_session(pamh, 0);
	swept_check(conversed, PAM_BUF_ERR, PAM_SUCCESS);
	scripted_do("open", NULL);
	finish();
}

static void
act_cancel(void)
{
	swept_arm();
	pamport_conv_cancel();
	pamport_conv_resume();
	SWEPT_CHECK(!swept_disarm());
}

/* --- Prompts ---------------------------------------------------------------------- */

static int
prompt_v(const char *format, ...)
{
	va_list arguments;
	char *response;
	int result;

	va_start(arguments, format);
	result = pamport_vprompt(pamh, PAM_PROMPT_ECHO_ON, &response, format,
	    arguments);
	va_end(arguments);
	SWEPT_CHECK((response == NULL) == (result != PAM_SUCCESS));
	free(response);
	return result;
}

static int
message_v(int (*function)(const pam_handle_t *, const char *, va_list),
    const char *format, ...)
{
	va_list arguments;
	int result;

	va_start(arguments, format);
	result = function(pamh, format, arguments);
	va_end(arguments);
	return result;
}

static int
prompt(void)
{
	char *response;
	int result = pamport_prompt(pamh, PAM_PROMPT_ECHO_ON, &response, "%s",
	    "who? ");

	SWEPT_CHECK((response == NULL) == (result != PAM_SUCCESS));
	free(response);
	return result;
}

#define ACT_PROMPT(name, call) \
	static void \
	act_##name(void) \
	{ \
		int result; \
		start(); \
		swept_arm(); \
		result = call; \
		swept_check(result, PAM_BUF_ERR, PAM_SUCCESS); \
		finish(); \
	}
ACT_PROMPT(prompt, prompt())
ACT_PROMPT(vprompt, prompt_v("%s", "who? "))
ACT_PROMPT(info, pamport_info(pamh, "%s", "text"))
ACT_PROMPT(error, pamport_error(pamh, "%s", "text"))
ACT_PROMPT(vinfo, message_v(pamport_vinfo, "%s", "text"))
ACT_PROMPT(verror, message_v(pamport_verror, "%s", "text"))

/* --- On a terminal ------------------------------------------------------------------ */

/* Standard input is a pipe with this in it; there is no other terminal. */
static int
type(const char *text)
{
	int ends[2], saved = dup(STDIN_FILENO), tty = open("/dev/tty", O_RDWR);

	if (tty != -1) {
		(void)ioctl(tty, TIOCNOTTY);
		(void)close(tty);
	}
	ATF_REQUIRE_EQ(0, pipe(ends));
	ATF_REQUIRE_EQ((ssize_t)strlen(text), write(ends[1], text,
	    strlen(text)));
	(void)close(ends[1]);
	ATF_REQUIRE_EQ(STDIN_FILENO, dup2(ends[0], STDIN_FILENO));
	(void)close(ends[0]);
	return saved;
}

static void
type_no_more(int saved)
{
	if (saved == -1) {
		(void)close(STDIN_FILENO);
		return;
	}
	ATF_REQUIRE_EQ(STDIN_FILENO, dup2(saved, STDIN_FILENO));
	(void)close(saved);
}

/* A program's own, which takes the copy for the answer. */
static int
take_binary(void *data, pamport_binary_prompt *binary)
{
	(void)data;
	return *binary == NULL ? PAM_CONV_ERR : PAM_SUCCESS;
}

static void
converse_on_terminal(int (*conv)(int, const struct pam_message **,
    struct pam_response **, void *), int n)
{
	static char text[] = "?", binary[] = { 0, 0, 0, 6, 1, 'x' };
	static const struct pam_message message[3] = {
		{ PAM_PROMPT_ECHO_OFF, text }, { PAM_PROMPT_ECHO_ON, text },
		{ PAM_BINARY_PROMPT, binary } };
	const struct pam_message *list[3] = { &message[0], &message[1],
	    &message[2] };
	struct pam_response *answers = NULL;
	int saved = type("secret\nlogin\n"), i, result;

	swept_arm();
	result = conv(n, list, &answers, NULL);
	swept_check(result, PAM_BUF_ERR, PAM_SUCCESS);
	SWEPT_CHECK((answers == NULL) == (result != PAM_SUCCESS));
	for (i = 0; i < n && answers != NULL; i++)
		free(answers[i].resp);
	free(answers);
	type_no_more(saved);
}

static void
act_misc_conv(void)
{
	pamport_binary_handler_fn = take_binary;
	converse_on_terminal(pamport_misc_conv, 3);
	pamport_binary_handler_fn = NULL;
}

static void
act_ttyconv(void)
{
	converse_on_terminal(pamport_openpam_ttyconv, 2);
}

static void
act_nullconv(void)
{
	const struct pam_message message = { PAM_TEXT_INFO, NULL };
	const struct pam_message *list = &message;
	struct pam_response *answers = NULL;

	swept_arm();
	ATF_CHECK_EQ(PAM_CONV_ERR, pamport_openpam_nullconv(1, &list, &answers,
	    NULL));
	SWEPT_CHECK(!swept_disarm());
}

const struct swept swept_conversation[] = {
	{ "pamport_open_session", SWEPT_ALLOCATES, act_conversation },
	{ "pamport_conv_cancel", SWEPT_NOTHING, act_cancel },
	{ "pamport_conv_resume", SWEPT_NOTHING, act_cancel },
	{ "pamport_prompt", SWEPT_ALLOCATES, act_prompt },
	{ "pamport_vprompt", SWEPT_ALLOCATES, act_vprompt },
	{ "pamport_info", SWEPT_ALLOCATES, act_info },
	{ "pamport_error", SWEPT_ALLOCATES, act_error },
	{ "pamport_vinfo", SWEPT_ALLOCATES, act_vinfo },
	{ "pamport_verror", SWEPT_ALLOCATES, act_verror },
	{ "pamport_misc_conv", SWEPT_ALLOCATES, act_misc_conv },
	{ "pamport_openpam_ttyconv", SWEPT_ALLOCATES, act_ttyconv },
	{ "pamport_openpam_nullconv", SWEPT_NOTHING, act_nullconv },
	{ "pamport_binary_handler_fn", SWEPT_NOTHING, NULL },
	{ "pamport_binary_handler_free", SWEPT_NOTHING, NULL },
	{ "pamport_misc_conv_die_line", SWEPT_NOTHING, NULL },
	{ "pamport_misc_conv_die_time", SWEPT_NOTHING, NULL },
	{ "pamport_misc_conv_died", SWEPT_NOTHING, NULL },
	{ "pamport_misc_conv_warn_line", SWEPT_NOTHING, NULL },
	{ "pamport_misc_conv_warn_time", SWEPT_NOTHING, NULL },
	{ "pamport_openpam_ttyconv_timeout", SWEPT_NOTHING, NULL },
	{ NULL, SWEPT_NOTHING, NULL }
};
