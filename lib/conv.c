/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The conversation adapter (contract rules 26 to 28).
 *
 * Modules call pamport__converse with messages in the native layout.  The
 * application gets them through pointers into one contiguous array, which
 * reads the same in both layouts, and what it answers is checked before a
 * module sees it: S follows NULL pointers there, O takes them for success.
 */
#include <config.h>

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "lib/internal.h"
#include "compat/compat.h"

/* The longest binary prompt or answer: PAM_BP_MAX_LENGTH of Linux-PAM. */
#define MAX_BINARY 0x20000

static const struct pam_message *
message_at(enum pamport__layout layout,
    PAMPORT__NATIVE_CONST struct pam_message **msg, int i)
{
	if (layout == PAMPORT__POINTERS)
		return msg[i];
	return *msg == NULL ? NULL : &(*msg)[i];
}

/*
 * Copies n native messages into array and makes list point to them.  A
 * text that is missing becomes empty, as applications print it unseen; a
 * message that is missing makes the whole fail.
 */
bool
pamport__gather(enum pamport__layout layout, int n,
    PAMPORT__NATIVE_CONST struct pam_message **msg, struct pam_message *array,
    const struct pam_message **list)
{
	static char empty[] = "";
	const struct pam_message *message;
	int i;

	for (i = 0; i < n; i++) {
		message = message_at(layout, msg, i);
		if (message == NULL)
			return false;
		array[i] = *message;
		if (array[i].msg == NULL && array[i].msg_style !=
		    PAM_BINARY_PROMPT)
			array[i].msg = empty;
		list[i] = &array[i];
	}
	return true;
}

static bool
wants_answer(const struct pam_message *message)
{
	switch (message->msg_style) {
	case PAM_PROMPT_ECHO_OFF:
	case PAM_PROMPT_ECHO_ON:
	case PAM_RADIO_TYPE:
	case PAM_BINARY_PROMPT:
		return true;
	default:
		return false;
	}
}

static bool
is_answered(int n, const struct pam_message **list,
    const struct pam_response *answers)
{
	int i;

	for (i = 0; i < n; i++)
		if (wants_answer(list[i]) &&
		    (answers == NULL || answers[i].resp == NULL))
			return false;
	return true;
}

/*
 * A binary answer says its length itself, in its first four bytes; but an
 * application that does not know binary prompts answers with a string.  No binary
 * answer is 16 MB long, so none begins with a letter.  An empty string begins as
 * a binary answer does, and ends there: so no more is believed than the block
 * has room for, and where that is not known, nothing.
 */
static size_t
answer_size(const struct pam_message *message, char *answer)
{
	const unsigned char *byte = (const unsigned char *)answer;
	size_t room, size;

	if (message->msg_style != PAM_BINARY_PROMPT || byte[0] != 0)
		return strlen(answer);
	room = pamport__block_size(answer);
	if (room < 4)
		return 0;
	size = (size_t)byte[1] << 16 | (size_t)byte[2] << 8 | (size_t)byte[3];
	if (size > MAX_BINARY)
		return 0;
	return size < room ? size : room;
}

void
pamport__free_answers(int n, const struct pam_message **list,
    struct pam_response *answers)
{
	int i;

	if (answers == NULL)
		return;
	for (i = 0; i < n; i++) {
		if (answers[i].resp == NULL)
			continue;
		explicit_bzero(answers[i].resp,
		    answer_size(list[i], answers[i].resp));
		free(answers[i].resp);
	}
	free(answers);
}

/* Rule 27: anything but these is a failure, and none of its own. */
static int
portable_result(int result)
{
	switch (result) {
	case PAM_SUCCESS:
	case PAM_BUF_ERR:
		return result;
	case PAM_CONV_AGAIN:
		if (result < PAMPORT_FIRST_PRIVATE_CODE)
			return result;
		return PAM_CONV_ERR;
	default:
		return PAM_CONV_ERR;
	}
}

/*
 * Set by a signal handler, so for the whole process: the one thing that handles
 * share.
 */
static volatile sig_atomic_t is_cancelled;

void
pamport_conv_cancel(void)
{
	is_cancelled = 1;
}

void
pamport_conv_resume(void)
{
	is_cancelled = 0;
}

static int
ask_application(struct pamport__state *state, int n,
    const struct pam_message **list, struct pam_response **resp)
{
	struct pam_response *answers = NULL;
	int given, result;

	if (is_cancelled)
		return PAM_CONV_ERR;
	given = state->conv.conv(n, list, &answers, state->conv.appdata_ptr);
	if (is_cancelled) {
		if (given == PAM_SUCCESS)
			pamport__free_answers(n, list, answers);
		return PAM_CONV_ERR;
	}
	result = portable_result(given);
	if (result != given)
		pamport__note(state, PAMPORT__NOTE_CONV_CODE);
	if (result != PAM_SUCCESS)
		return result;
	if (!is_answered(n, list, answers)) {
		pamport__note(state, PAMPORT__NOTE_NO_ANSWER);
		pamport__free_answers(n, list, answers);
		return PAM_CONV_ERR;
	}
	*resp = answers;
	return PAM_SUCCESS;
}

/* More messages than PAM allows: the one case that allocates (rule 28). */
static int
ask_many(struct pamport__state *state, int n,
    PAMPORT__NATIVE_CONST struct pam_message **msg, struct pam_response **resp)
{
	struct pam_message *array;
	const struct pam_message **list;
	int result = PAM_BUF_ERR;

	pamport__note(state, PAMPORT__NOTE_MANY_MESSAGES);
	if (state->strict)
		return PAM_CONV_ERR;
	array = calloc((size_t)n, sizeof(*array));
	list = calloc((size_t)n, sizeof(*list));
	if (array != NULL && list != NULL) {
		result = PAM_CONV_ERR;
		if (pamport__gather(PAMPORT__PLATFORM->conv_layout, n, msg,
		    array, list))
			result = ask_application(state, n, list, resp);
	}
	free(array);
	free(list);
	return result;
}

/*
 * Whether the native messages already read the same in both layouts, as most do
 * on L: then the application gets them as they are.
 */
static bool
is_contiguous(int n, PAMPORT__NATIVE_CONST struct pam_message **msg)
{
	int i;

	if (PAMPORT__PLATFORM->conv_layout != PAMPORT__POINTERS ||
	    msg[0] == NULL)
		return false;
	for (i = 0; i < n; i++)
		if (msg[i] != msg[0] + i || msg[i]->msg == NULL)
			return false;
	return true;
}

static int
ask_few(struct pamport__state *state, int n,
    PAMPORT__NATIVE_CONST struct pam_message **msg, struct pam_response **resp)
{
	struct pam_message array[PAM_MAX_NUM_MSG];
	const struct pam_message *list[PAM_MAX_NUM_MSG];

	if (!pamport__gather(PAMPORT__PLATFORM->conv_layout, n, msg, array,
	    list))
		return PAM_CONV_ERR;
	return ask_application(state, n, list, resp);
}

/*
 * What modules call.  data is the state, given to the native pam_start as
 * appdata_ptr.  On failure the module sees NULL, and what the application left
 * in its *resp is neither read nor freed (rule 27).
 */
int
pamport__converse(int n, PAMPORT__NATIVE_CONST struct pam_message **msg,
    struct pam_response **resp, void *data)
{
	struct pamport__state *state = data;

	if (resp == NULL)
		return PAM_CONV_ERR;
	*resp = NULL;
	if (n < 1 || msg == NULL || !pamport__state_is_valid(state) ||
	    state->conv.conv == NULL)
		return PAM_CONV_ERR;
	if (n > PAM_MAX_NUM_MSG)
		return ask_many(state, n, msg, resp);
	if (is_contiguous(n, msg))
		return ask_application(state, n,
		    (const struct pam_message **)msg, resp);
	return ask_few(state, n, msg, resp);
}
