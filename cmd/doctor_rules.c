/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The rules of pamport(7) that can be shown on a handle without any module, on
 * this machine, by this user; each in a child of its own.  A rule that needs
 * modules is the work of the test suite.
 *
 * To add one: a function that returns FOUND_YES when the rule holds, FOUND_NO
 * with a text when it does not, FOUND_NOTHING with a text when it cannot be
 * tried; and its row below.
 */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd/doctor.h"
#include "cmd/doctor_rules.h"
#include "cmd/names.h"

/* --- Names, before any handle ------------------------------------------------ */

static enum finding
codes_are_distinct(const void *data, char *text, size_t size)
{
	int i, j;

	(void)data;
	for (i = 0; i < NAMES; i++)
		for (j = 0; j < i; j++)
			if (names[i].kind == NAME_CODE &&
			    names[j].kind == NAME_CODE &&
			    names[i].here == names[j].here)
				return broken(text, size, "%s and %s are %u",
				    names[i].name, names[j].name,
				    names[i].here);
	return FOUND_YES;
}

static enum finding
codes_translate(const void *data, char *text, size_t size)
{
	int i, here, there;

	(void)data;
	for (i = 0; i < NAMES; i++) {
		if (names[i].kind != NAME_CODE)
			continue;
		here = (int)names[i].here;
		if (pamport_code_name(here) == NULL ||
		    strcmp(pamport_code_name(here), names[i].name) != 0)
			return broken(text, size, "%d has no name", here);
		there = pamport_code_translate(PAMPORT_HERE, PAMPORT_OPENPAM,
		    here);
		if (there != -1 && pamport_code_translate(PAMPORT_OPENPAM,
		    PAMPORT_HERE, there) != here)
			return broken(text, size, "%s", names[i].name);
	}
	return FOUND_YES;
}

static enum finding
texts_are_there(const void *data, char *text, size_t size)
{
	int code;

	(void)data;
	for (code = -1; code < 2048; code++)
		if (pamport_strerror(NULL, code) == NULL)
			return broken(text, size, "%d has no text", code);
	return FOUND_YES;
}

static enum finding
null_is_refused(const void *data, char *text, size_t size)
{
	const void *value = NULL;
	char **list = pamport_getenvlist(NULL);

	(void)data;
	if (pamport_end(NULL, PAM_SUCCESS) != PAM_SYSTEM_ERR ||
	    pamport_start(NULL, NULL, NULL, NULL) != PAM_SYSTEM_ERR ||
	    pamport_authenticate(NULL, 0) != PAM_SYSTEM_ERR ||
	    pamport_acct_mgmt(NULL, 0) != PAM_SYSTEM_ERR ||
	    pamport_setcred(NULL, 0) != PAM_SYSTEM_ERR ||
	    pamport_open_session(NULL, 0) != PAM_SYSTEM_ERR ||
	    pamport_close_session(NULL, 0) != PAM_SYSTEM_ERR ||
	    pamport_chauthtok(NULL, 0) != PAM_SYSTEM_ERR ||
	    pamport_set_item(NULL, PAM_TTY, "") != PAM_SYSTEM_ERR ||
	    pamport_get_item(NULL, PAM_TTY, &value) != PAM_SYSTEM_ERR ||
	    pamport_putenv(NULL, "A=1") != PAM_SYSTEM_ERR || list != NULL)
		return broken(text, size, "a NULL handle is taken");
	return FOUND_YES;
}

static enum finding
failed_start_gives_null(const void *data, char *text, size_t size)
{
	pam_handle_t *pamh = (pam_handle_t *)(void *)text;

	(void)data;
	(void)pamport_start(NULL, NULL, NULL, &pamh);
	return pamh == NULL ? FOUND_YES : broken(text, size,
	    "the handle stays after a failure");
}

/* --- The conversation of pam_get_user ------------------------------------------ */

struct talk {
	int messages;
	bool is_aligned;		/* rule 26 */
	bool cancels;
};

static int
answer(int n, const struct pam_message **msg, struct pam_response **resp,
    void *data)
{
	struct talk *talk = data;

	talk->messages += n;
	talk->is_aligned = n == 1 && msg[0]->msg == (*msg)[0].msg &&
	    msg[0]->msg_style == PAM_PROMPT_ECHO_ON;
	if (talk->cancels)
		pamport_conv_cancel();
	*resp = calloc((size_t)n, sizeof(**resp));
	if (*resp == NULL)
		return PAM_BUF_ERR;
	(*resp)->resp = strdup("somebody");
	return PAM_SUCCESS;
}

static int
give_nothing(int n, const struct pam_message **msg, struct pam_response **resp,
    void *data)
{
	(void)n;
	(void)msg;
	(void)data;
	*resp = NULL;
	return PAM_SUCCESS;
}

/* A handle without a user, so that the name is asked for. */
static pam_handle_t *
start_talk(const struct bench *bench, pamport_conv_prototype function,
    struct talk *talk)
{
	struct pam_conv conv;
	pam_handle_t *pamh;

	memset(talk, 0, sizeof(*talk));
	conv.conv = function;
	conv.appdata_ptr = talk;
	pamh = bench_portable(bench, &conv);
	if (pamh != NULL)
		(void)pamport_set_item(pamh, PAM_USER, NULL);
	return pamh;
}

static enum finding
messages_are_aligned(const void *data, char *text, size_t size)
{
	const char *user = NULL;
	pam_handle_t *pamh;
	struct talk talk;

	pamh = start_talk(data, answer, &talk);
	if (pamh == NULL)
		return FOUND_NOTHING;
	if (pamport_get_user(pamh, &user, "who? ") != PAM_SUCCESS ||
	    user == NULL || strcmp(user, "somebody") != 0)
		return broken(text, size, "the answer did not arrive");
	return talk.messages == 1 && talk.is_aligned ? FOUND_YES :
	    broken(text, size, "the message did not arrive as it should");
}

static enum finding
missing_answers_fail(const void *data, char *text, size_t size)
{
	const char *user = NULL;
	pam_handle_t *pamh;
	struct talk talk;
	int result;

	pamh = start_talk(data, give_nothing, &talk);
	if (pamh == NULL)
		return FOUND_NOTHING;
	result = pamport_get_user(pamh, &user, "who? ");
	return result == PAM_CONV_ERR && user == NULL ? FOUND_YES :
	    broken(text, size, "success without an answer gives %d", result);
}

static enum finding
cancelling_ends_it(const void *data, char *text, size_t size)
{
	const char *user = NULL;
	pam_handle_t *pamh;
	struct talk talk;
	int result;

	pamh = start_talk(data, answer, &talk);
	if (pamh == NULL)
		return FOUND_NOTHING;
	talk.cancels = true;
	result = pamport_get_user(pamh, &user, "who? ");
	return result == PAM_CONV_ERR ? FOUND_YES :
	    broken(text, size, "pam_get_user gives %d", result);
}

static enum finding
null_conversation_fails(const void *data, char *text, size_t size)
{
	const char *user = NULL;
	pam_handle_t *pamh = bench_portable(data, NULL);
	int result;

	if (pamh == NULL)
		return FOUND_NOTHING;
	(void)pamport_set_item(pamh, PAM_USER, NULL);
	result = pamport_get_user(pamh, &user, "who? ");
	return result == PAM_CONV_ERR ? FOUND_YES :
	    broken(text, size, "pam_get_user gives %d", result);
}

/* --- The table -------------------------------------------------------------------- */

static const struct {
	int number;
	const char *text;
	probe_function *function;
	bool needs_handle;
} table[] = {
	{ 0, "no NULL argument crashes", null_is_refused, false },
	{ 0, "a failed start leaves NULL", failed_start_gives_null, false },
	{ 2, "no two codes have one number", codes_are_distinct, false },
	{ 4, "codes have names and translate", codes_translate, false },
	{ 8, "strict: service names are portable", rule_strict_service, true },
	{ 9, "a NULL conversation fails, nothing crashes",
	    null_conversation_fails, true },
	{ 10, "pam_end", rule_end, true },
	{ 11, "every number has a text", texts_are_there, false },
	{ 12, "unknown items are PAM_BAD_ITEM", rule_unknown_item, true },
	{ 13, "items that are missing are kept", rule_private_items, true },
	{ 14, "a token that is refused is PAM_BAD_ITEM", rule_tokens, true },
	{ 15, "the conversation stays the application's", rule_conv, true },
	{ 16, "an item may be set to itself", rule_self_set, true },
	{ 17, "variables: set, empty, delete, whole names", rule_putenv, true },
	{ 18, "pam_getenv gives what the handle owns", rule_getenv, true },
	{ 19, "pam_getenvlist: in order, and whole", rule_getenvlist, true },
	{ 20, "strict: a session takes PAM_SILENT alone", rule_session_flags,
	    true },
	{ 21, "pam_setcred takes one action", rule_one_action, true },
	{ 22, "pam_chauthtok: the passes are not the caller's", rule_passes,
	    true },
	{ 26, "the message is seen in both ways", messages_are_aligned, true },
	{ 27, "success without an answer is PAM_CONV_ERR",
	    missing_answers_fail, true },
	{ 29, "a conversation can be cancelled", cancelling_ends_it, true },
	{ 30, "functions that this libpam lacks", rule_functions, true },
	{ 31, "strict: close needs an open", rule_close_needs_open, true },
	{ 32, "strict: a session needs root", rule_needs_root, true },
};

static void
judge(const struct bench *bench, const struct probe *probe, struct rule *rule)
{
	rule->proof = BROKEN;
	(void)snprintf(rule->why, sizeof(rule->why), "%s", probe->text);
	switch (probe->finding) {
	case FOUND_YES:
		rule->proof = PROVED;
		break;
	case FOUND_NO:
		break;
	case FOUND_NOTHING:
		rule->proof = NOT_PROVED;
		if (rule->why[0] == '\0')
			(void)snprintf(rule->why, sizeof(rule->why), "%.255s",
			    bench->why[0] != '\0' ? bench->why :
			    "no handle could be started");
		break;
	case FOUND_CRASH:
		(void)snprintf(rule->why, sizeof(rule->why),
		    "crashed with signal %d", probe->signal);
		break;
	case FOUND_LATE:
		(void)snprintf(rule->why, sizeof(rule->why),
		    "no end within %d seconds", PROBE_SECONDS);
		break;
	}
}

int
prove_rules(const struct bench *bench, struct rule *rule)
{
	const size_t n = sizeof(table) / sizeof(table[0]);
	struct probe probe;
	size_t i;

	for (i = 0; i < n; i++) {
		rule[i].number = table[i].number;
		rule[i].text = table[i].text;
		memset(&probe, 0, sizeof(probe));
		probe.finding = FOUND_NOTHING;
		if (!table[i].needs_handle || bench->service[0] != '\0')
			probe_run(&probe, table[i].function, bench);
		judge(bench, &probe, &rule[i]);
	}
	return (int)n;
}
