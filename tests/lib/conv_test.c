/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The conversation adapter, called as a module calls it: with messages in the
 * layout of the PAM underneath.
 */
#include <config.h>

#include <sys/types.h>
#include <atf-c.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "compat/compat.h"
#include "counted.h"

#define MANY 1000

/* What the application is to do, and what it saw. */
struct script {
	int result;
	bool no_array;
	int no_string;		/* of this message; -1: each has one */
	void *garbage;		/* left in *resp when result is a failure */
	int called;
	int n;
	bool is_one_array;
	char last[32];
};

/* Messages in the native layout. */
struct native {
	struct pam_message message[MANY];
	PAMPORT__NATIVE_CONST struct pam_message *pointer[MANY];
};

static struct native *
new_native(int n, int style)
{
	struct native *native = calloc(1, sizeof(*native));
	static char text[] = "prompt";
	int i;

	ATF_REQUIRE(native != NULL);
	/* Backwards, so that no two neighbours lie side by side by chance. */
	for (i = 0; i < n; i++) {
		native->message[n - 1 - i].msg_style = style;
		native->message[n - 1 - i].msg = text;
		native->pointer[i] = &native->message[n - 1 - i];
	}
	if (PAMPORT__PLATFORM->conv_layout == PAMPORT__ARRAY)
		native->pointer[0] = &native->message[0];
	return native;
}

static char *
copy_of(const char *string)
{
	char *copy = malloc(strlen(string) + 1);

	ATF_REQUIRE(copy != NULL);
	return strcpy(copy, string);
}

static int
application(int n, const struct pam_message **msg, struct pam_response **resp,
    void *data)
{
	struct script *script = data;
	int i;

	script->called++;
	script->n = n;
	script->is_one_array = true;
	for (i = 0; i < n; i++)
		if (&(*msg)[i] != msg[i])
			script->is_one_array = false;
	snprintf(script->last, sizeof(script->last), "%s", msg[n - 1]->msg);
	if (script->result != PAM_SUCCESS) {
		*resp = script->garbage;
		return script->result;
	}
	if (script->no_array)
		return PAM_SUCCESS;
	*resp = calloc((size_t)n, sizeof(**resp));
	ATF_REQUIRE(*resp != NULL);
	for (i = 0; i < n; i++)
		if (i != script->no_string)
			(*resp)[i].resp = copy_of("secret");
	return PAM_SUCCESS;
}

static const struct script plain = { .no_string = -1 };

static struct pamport__state *
new_state(struct script *script)
{
	struct pam_conv conv = { application, script };
	struct pamport__state *state = pamport__state_new(&conv);

	ATF_REQUIRE(state != NULL);
	return state;
}

/* One conversation of n messages of a style; frees the answers. */
static int
converse(struct script *script, int n, int style)
{
	struct pamport__state *state = new_state(script);
	struct native *native = new_native(n < 0 ? 0 : n, style);
	struct pam_response *resp = NULL;
	int i, result;

	result = pamport__converse(n, native->pointer, &resp, state);
	ATF_CHECK(result == PAM_SUCCESS || resp == NULL);
	for (i = 0; resp != NULL && i < n; i++)
		free(resp[i].resp);
	free(resp);
	free(native);
	pamport__state_free(state);
	return result;
}

ATF_TC_WITHOUT_HEAD(rule_26__messages_are_one_array);
ATF_TC_BODY(rule_26__messages_are_one_array, tc)
{
	static const int counts[] = { 1, 2, 3, 31, 32, 33, MANY };
	struct script script;
	size_t i;

	for (i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
		script = plain;
		ATF_CHECK_EQ(PAM_SUCCESS,
		    converse(&script, counts[i], PAM_PROMPT_ECHO_OFF));
		ATF_CHECK_EQ(counts[i], script.n);
		ATF_CHECK(script.is_one_array);
		ATF_CHECK_STREQ("prompt", script.last);
	}
}

ATF_TC_WITHOUT_HEAD(rule_26__both_layouts);
ATF_TC_BODY(rule_26__both_layouts, tc)
{
	struct pam_message array[3] = { { .msg_style = 1 }, { .msg_style = 2 },
	    { .msg_style = 3 } };
	PAMPORT__NATIVE_CONST struct pam_message *scattered[3] = { &array[2],
	    &array[0], &array[1] };
	PAMPORT__NATIVE_CONST struct pam_message *one = array;
	struct pam_message copy[3];
	const struct pam_message *list[3];

	ATF_REQUIRE(pamport__gather(PAMPORT__POINTERS, 3, scattered, copy,
	    list));
	ATF_CHECK_EQ(3, list[0]->msg_style);
	ATF_CHECK_EQ(1, list[1]->msg_style);
	ATF_CHECK_EQ(2, list[2]->msg_style);
	ATF_REQUIRE(pamport__gather(PAMPORT__ARRAY, 3, &one, copy, list));
	ATF_CHECK_EQ(1, list[0]->msg_style);
	ATF_CHECK_EQ(2, list[1]->msg_style);
	ATF_CHECK_EQ(3, list[2]->msg_style);
	ATF_CHECK(list[1] == &(*list)[1]);
	ATF_CHECK_STREQ("", list[0]->msg);	/* never NULL */
	scattered[1] = NULL;
	ATF_CHECK(!pamport__gather(PAMPORT__POINTERS, 3, scattered, copy,
	    list));
	one = NULL;
	ATF_CHECK(!pamport__gather(PAMPORT__ARRAY, 3, &one, copy, list));
}

ATF_TC_WITHOUT_HEAD(rule_26__at_least_one_message);
ATF_TC_BODY(rule_26__at_least_one_message, tc)
{
	struct script script = plain;

	ATF_CHECK_EQ(PAM_CONV_ERR, converse(&script, 0, PAM_TEXT_INFO));
	ATF_CHECK_EQ(PAM_CONV_ERR, converse(&script, -1, PAM_TEXT_INFO));
	ATF_CHECK_EQ(0, script.called);
}

ATF_TC_WITHOUT_HEAD(rule_26__strict_refuses_too_many_messages);
ATF_TC_BODY(rule_26__strict_refuses_too_many_messages, tc)
{
	struct script script = plain;
	struct pamport__state *state = new_state(&script);
	struct native *native = new_native(33, PAM_TEXT_INFO);
	struct pam_response *resp;

	state->strict = true;
	ATF_CHECK_EQ(PAM_CONV_ERR, pamport__converse(33, native->pointer,
	    &resp, state));
	ATF_CHECK_EQ(0, script.called);
	script.no_array = true;
	ATF_CHECK_EQ(PAM_SUCCESS, pamport__converse(32, native->pointer,
	    &resp, state));
	free(native);
	pamport__state_free(state);
}

/* Both ways in which an application forgets the answer, for each prompt. */
ATF_TC_WITHOUT_HEAD(rule_27__a_prompt_needs_an_answer);
ATF_TC_BODY(rule_27__a_prompt_needs_an_answer, tc)
{
	static const int prompts[] = { PAM_PROMPT_ECHO_OFF,
	    PAM_PROMPT_ECHO_ON, PAM_RADIO_TYPE };
	struct script script;
	size_t i;

	for (i = 0; i < sizeof(prompts) / sizeof(prompts[0]); i++) {
		script = plain;
		script.no_array = true;
		ATF_CHECK_EQ(PAM_CONV_ERR, converse(&script, 2, prompts[i]));
		script = plain;
		script.no_string = 1;
		ATF_CHECK_EQ(PAM_CONV_ERR, converse(&script, 2, prompts[i]));
		ATF_CHECK_EQ(1, script.called);
	}
}

ATF_TC_WITHOUT_HEAD(rule_27__a_text_needs_none);
ATF_TC_BODY(rule_27__a_text_needs_none, tc)
{
	struct script script = plain;

	script.no_array = true;
	ATF_CHECK_EQ(PAM_SUCCESS, converse(&script, 2, PAM_TEXT_INFO));
	ATF_CHECK_EQ(PAM_SUCCESS, converse(&script, 2, PAM_ERROR_MSG));
	ATF_CHECK_EQ(PAM_SUCCESS, converse(&script, 2, 99));
	ATF_CHECK_EQ(3, script.called);
}

/* A pointer that may not be read or freed: valgrind would tell. */
ATF_TC_WITHOUT_HEAD(rule_27__what_a_failure_leaves_is_not_touched);
ATF_TC_BODY(rule_27__what_a_failure_leaves_is_not_touched, tc)
{
	struct script script = plain;

	script.result = PAM_CONV_ERR;
	script.garbage = &script;
	ATF_CHECK_EQ(PAM_CONV_ERR, converse(&script, 1, PAM_PROMPT_ECHO_ON));
}

ATF_TC_WITHOUT_HEAD(rule_27__other_codes_become_conv_err);
ATF_TC_BODY(rule_27__other_codes_become_conv_err, tc)
{
	struct script script;
	int code, expected;

	for (code = -1; code < 130; code++) {
		if (code == PAM_SUCCESS)
			continue;
		script = plain;
		script.result = code;
		expected = PAM_CONV_ERR;
		if (code == PAM_BUF_ERR ||
		    (code == PAM_CONV_AGAIN && code < 64))
			expected = code;
		ATF_CHECK_EQ_MSG(expected,
		    converse(&script, 1, PAM_PROMPT_ECHO_ON), "%d", code);
	}
}

ATF_TC_WITHOUT_HEAD(rule_28__up_to_32_messages_allocate_nothing);
ATF_TC_BODY(rule_28__up_to_32_messages_allocate_nothing, tc)
{
	struct script script = plain;
	struct pamport__state *state = new_state(&script);
	struct native *native = new_native(32, PAM_TEXT_INFO);
	struct pam_response *resp;
	int before;

	counted_require();
	script.no_array = true;
	before = counted_allocations;
	ATF_CHECK_EQ(PAM_SUCCESS, pamport__converse(1, native->pointer, &resp,
	    state));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport__converse(32, native->pointer, &resp,
	    state));
	ATF_CHECK_EQ(before, counted_allocations);
	free(native);
	pamport__state_free(state);
}

ATF_TC_WITHOUT_HEAD(rule_28__no_memory_for_many_messages);
ATF_TC_BODY(rule_28__no_memory_for_many_messages, tc)
{
	struct script script = plain;
	struct pamport__state *state = new_state(&script);
	struct native *native = new_native(33, PAM_TEXT_INFO);
	struct pam_response *resp;
	int i;

	counted_require();
	for (i = 0; i < 2; i++) {
		counted_fail_at = i;
		ATF_CHECK_EQ(PAM_BUF_ERR, pamport__converse(33,
		    native->pointer, &resp, state));
		ATF_CHECK_EQ(-1, counted_fail_at);
	}
	ATF_CHECK_EQ(0, script.called);
	free(native);
	pamport__state_free(state);
}

static bool
is_size_known(void)
{
	void *block = malloc(8);
	bool is_known = pamport__block_size(block) >= 8;

	free(block);
	return is_known;
}

/* A binary answer may hold zeroes, and says its length in four bytes. */
ATF_TC_WITHOUT_HEAD(rule_28__answers_are_wiped);
ATF_TC_BODY(rule_28__answers_are_wiped, tc)
{
	static const char packet[8] = { 0, 0, 0, 8, 1, 's', 0, 'c' };
	struct pam_message message[2] = {
	    { .msg_style = PAM_PROMPT_ECHO_OFF },
	    { .msg_style = PAM_BINARY_PROMPT } };
	const struct pam_message *list[2] = { &message[0], &message[1] };
	struct pam_response *answers;
	int i, last;

	counted_require();
	/* Where nobody knows, nothing is wiped of a binary answer. */
	last = is_size_known() ? 2 : 1;
	for (i = 0; i < last; i++) {
		answers = calloc(2, sizeof(*answers));
		ATF_REQUIRE(answers != NULL);
		answers[0].resp = copy_of("secret");
		answers[1].resp = malloc(sizeof(packet));
		ATF_REQUIRE(answers[1].resp != NULL);
		memcpy(answers[1].resp, packet, sizeof(packet));
		counted_watched = answers[i].resp;
		counted_watched_size = i == 0 ? strlen("secret") :
		    sizeof(packet);
		counted_was_clean = -1;
		pamport__free_answers(2, list, answers);
		ATF_CHECK_EQ(1, counted_was_clean);
	}
}

/* No block is that long: nothing is believed of it. */
ATF_TC_WITHOUT_HEAD(rule_28__a_binary_answer_that_lies);
ATF_TC_BODY(rule_28__a_binary_answer_that_lies, tc)
{
	static const char packet[8] = { 0, (char)0xff, (char)0xff, (char)0xff,
	    1, 's', 0, 'c' };
	struct pam_message message = { .msg_style = PAM_BINARY_PROMPT };
	const struct pam_message *list = &message;
	struct pam_response *answer = calloc(1, sizeof(*answer));

	counted_require();
	ATF_REQUIRE(answer != NULL);
	answer->resp = malloc(sizeof(packet));
	ATF_REQUIRE(answer->resp != NULL);
	memcpy(answer->resp, packet, sizeof(packet));
	counted_watched = answer->resp;
	counted_watched_size = sizeof(packet);
	counted_was_clean = -1;
	pamport__free_answers(1, &list, answer);
	ATF_CHECK_EQ(0, counted_was_clean);
}

/* The application is not asked what no message says. */
ATF_TC_WITHOUT_HEAD(rule_26__a_message_that_is_missing);
ATF_TC_BODY(rule_26__a_message_that_is_missing, tc)
{
	static const int numbers[] = { 1, MANY };
	struct script script = plain;
	struct pamport__state *state = new_state(&script);
	struct pam_response *answers;
	struct native *native;
	size_t i;

	for (i = 0; i < 2; i++) {
		native = new_native(numbers[i], PAM_PROMPT_ECHO_OFF);
		native->pointer[0] = NULL;
		ATF_CHECK_EQ(PAM_CONV_ERR, pamport__converse(numbers[i],
		    native->pointer, &answers, state));
		ATF_CHECK(answers == NULL);
		free(native);
	}
	ATF_CHECK_EQ(0, script.called);
	pamport__state_free(state);
}

/* An empty string begins as a binary answer does, but has no length behind. */
ATF_TC_WITHOUT_HEAD(rule_28__an_empty_answer_to_a_binary_prompt);
ATF_TC_BODY(rule_28__an_empty_answer_to_a_binary_prompt, tc)
{
	struct pam_message message = { .msg_style = PAM_BINARY_PROMPT };
	const struct pam_message *list[1] = { &message };
	struct pam_response *answers = calloc(1, sizeof(*answers));
	char *behind;

	ATF_REQUIRE(answers != NULL);
	/* Blocks of one size lie side by side; the first one says 0x20000. */
	answers[0].resp = malloc(24);
	behind = malloc(24);
	ATF_REQUIRE(answers[0].resp != NULL && behind != NULL);
	memset(answers[0].resp, 0, 24);
	answers[0].resp[1] = 2;
	memset(behind, 'x', 24);
	pamport__free_answers(1, list, answers);
	ATF_CHECK(behind[0] == 'x' && behind[23] == 'x');
	free(behind);
}

ATF_TC_WITHOUT_HEAD(rule_9__no_function_is_conv_err);
ATF_TC_BODY(rule_9__no_function_is_conv_err, tc)
{
	struct pam_conv none = { NULL, NULL };
	struct pamport__state *state = pamport__state_new(&none);
	struct native *native = new_native(1, PAM_PROMPT_ECHO_ON);
	struct pam_response *resp = NULL;

	ATF_CHECK_EQ(PAM_CONV_ERR, pamport__converse(1, native->pointer, &resp,
	    state));
	ATF_CHECK_EQ(PAM_CONV_ERR, pamport__converse(1, native->pointer, NULL,
	    state));
	ATF_CHECK_EQ(PAM_CONV_ERR, pamport__converse(1, native->pointer, &resp,
	    NULL));
	free(native);
	pamport__state_free(state);
	state = pamport__state_new(NULL);
	ATF_CHECK_EQ(PAM_CONV_ERR, pamport__converse(1, NULL, &resp, state));
	pamport__state_free(state);
}

static void
cancel(int number)
{
	(void)number;
	pamport_conv_cancel();
}

/* A signal arrives while the application asks, and it answers all the same. */
static int
interrupted(int n, const struct pam_message **msg, struct pam_response **resp,
    void *data)
{
	ATF_REQUIRE_EQ(0, raise(SIGALRM));
	return application(n, msg, resp, data);
}

ATF_TC_WITHOUT_HEAD(rule_29__a_signal_ends_the_conversation);
ATF_TC_BODY(rule_29__a_signal_ends_the_conversation, tc)
{
	struct script script = plain;
	struct pam_conv conv = { interrupted, &script };
	struct pamport__state *state = pamport__state_new(&conv);
	struct native *native = new_native(2, PAM_PROMPT_ECHO_OFF);
	struct pam_response *resp = NULL;

	ATF_REQUIRE(signal(SIGALRM, cancel) != SIG_ERR);
	/* What it answered is wiped and freed, says valgrind. */
	ATF_CHECK_EQ(PAM_CONV_ERR, pamport__converse(2, native->pointer, &resp,
	    state));
	ATF_CHECK(resp == NULL);
	ATF_CHECK_EQ(1, script.called);
	ATF_CHECK_EQ(PAM_CONV_ERR, pamport__converse(2, native->pointer, &resp,
	    state));
	ATF_CHECK_EQ(1, script.called);
	script.result = PAM_CONV_ERR;
	script.garbage = &script;
	pamport_conv_resume();
	ATF_CHECK_EQ(PAM_CONV_ERR, pamport__converse(2, native->pointer, &resp,
	    state));
	ATF_CHECK_EQ(2, script.called);
	pamport_conv_resume();
	state->conv.conv = application;
	script = plain;
	ATF_CHECK_EQ(PAM_SUCCESS, pamport__converse(2, native->pointer, &resp,
	    state));
	free(resp[0].resp);
	free(resp[1].resp);
	free(resp);
	free(native);
	pamport__state_free(state);
}

ATF_TP_ADD_TCS(tp)
{
	ATF_TP_ADD_TC(tp, rule_29__a_signal_ends_the_conversation);
	ATF_TP_ADD_TC(tp, rule_9__no_function_is_conv_err);
	ATF_TP_ADD_TC(tp, rule_26__messages_are_one_array);
	ATF_TP_ADD_TC(tp, rule_26__both_layouts);
	ATF_TP_ADD_TC(tp, rule_26__at_least_one_message);
	ATF_TP_ADD_TC(tp, rule_26__strict_refuses_too_many_messages);
	ATF_TP_ADD_TC(tp, rule_27__a_prompt_needs_an_answer);
	ATF_TP_ADD_TC(tp, rule_27__a_text_needs_none);
	ATF_TP_ADD_TC(tp, rule_27__what_a_failure_leaves_is_not_touched);
	ATF_TP_ADD_TC(tp, rule_27__other_codes_become_conv_err);
	ATF_TP_ADD_TC(tp, rule_28__up_to_32_messages_allocate_nothing);
	ATF_TP_ADD_TC(tp, rule_28__no_memory_for_many_messages);
	ATF_TP_ADD_TC(tp, rule_28__answers_are_wiped);
	ATF_TP_ADD_TC(tp, rule_28__a_binary_answer_that_lies);
	ATF_TP_ADD_TC(tp, rule_26__a_message_that_is_missing);
	ATF_TP_ADD_TC(tp, rule_28__an_empty_answer_to_a_binary_prompt);
	return atf_no_error();
}
