/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The conversation adapter, between a module and an application that may both
 * do anything that memory allows, in both layouts of messages.
 */
#include <config.h>

#include "fuzz/bytes.h"
#include "lib/internal.h"

static struct pamport__platform platform;
#undef PAMPORT__PLATFORM
#define PAMPORT__PLATFORM (&platform)
#include "lib/conv.c"

#define MOST 40			/* more than PAM_MAX_NUM_MSG */
#define SEVERAL 3

static const int styles[] = { PAM_PROMPT_ECHO_OFF, PAM_PROMPT_ECHO_ON,
    PAM_ERROR_MSG, PAM_TEXT_INFO, PAM_RADIO_TYPE, PAM_BINARY_PROMPT, 0, -1,
    99 };
#define STYLES (sizeof(styles) / sizeof(styles[0]))

/* What a module says: scattered or one array, of exactly that size. */
struct said {
	int n;
	struct pam_message *array;
	PAMPORT__NATIVE_CONST struct pam_message *pointer[MOST];
	struct bytes *bytes;
};

static void
say(struct said *said, struct bytes *bytes)
{
	int i;

	said->bytes = bytes;
	said->n = (int)(bytes_one(bytes) % (MOST + 2)) - 1;
	said->array = calloc((size_t)(said->n > 0 ? said->n : 1),
	    sizeof(*said->array));
	REQUIRE(said->array != NULL);
	for (i = 0; i < said->n; i++) {
		said->array[i].msg_style = styles[bytes_one(bytes) % STYLES];
		if (bytes_one(bytes) % 8 != 0)
			said->array[i].msg = bytes_string(bytes);
		said->pointer[i] = bytes_one(bytes) % 32 == 31 ? NULL :
		    &said->array[i];
	}
	if (platform.conv_layout == PAMPORT__ARRAY)
		said->pointer[0] = bytes_one(bytes) % 16 == 15 ? NULL :
		    said->array;
}

static void
unsay(struct said *said)
{
	int i;

	for (i = 0; i < said->n; i++)
		free((void *)(uintptr_t)said->array[i].msg);
	free(said->array);
}

/* A packet that says its own length, the truth. */
static char *
packet(struct bytes *bytes)
{
	size_t size = 5 + bytes_one(bytes);
	char *block = bytes_block(bytes, size);

	block[0] = 0;
	block[1] = 0;
	block[2] = (char)(size >> 8);
	block[3] = (char)(size & 0xff);
	return block;
}

/* An application need not know what a binary prompt is: a string may come. */
static char *
answer(struct bytes *bytes, int style)
{
	unsigned int choice = bytes_one(bytes);

	if (choice % 8 == 0)
		return NULL;
	if (style == PAM_BINARY_PROMPT && choice % 2 == 0)
		return packet(bytes);
	return bytes_string(bytes);
}

static int
application(int n, const struct pam_message **msg, struct pam_response **resp,
    void *data)
{
	struct bytes *bytes = ((struct said *)data)->bytes;
	int i, choice = (int)bytes_one(bytes);

	REQUIRE(n == ((struct said *)data)->n);
	for (i = 0; i < n; i++) {
		REQUIRE(msg[i] == &(*msg)[i]);
		REQUIRE(msg[i]->msg != NULL ||
		    msg[i]->msg_style == PAM_BINARY_PROMPT);
	}
	if (choice % 16 == 1)
		pamport_conv_cancel();
	if (choice % 4 == 3) {
		/* What a failure leaves there is not to be touched. */
		*resp = (void *)(uintptr_t)8;
		return choice / 4 + 1;
	}
	if (choice % 8 == 2)
		return PAM_SUCCESS;
	*resp = calloc((size_t)n, sizeof(**resp));
	REQUIRE(*resp != NULL);
	for (i = 0; i < n; i++)
		(*resp)[i].resp = answer(bytes, msg[i]->msg_style);
	return PAM_SUCCESS;
}

static void
check(const struct said *said, int result, struct pam_response *answers)
{
	int i;

	if (result != PAM_SUCCESS) {
		REQUIRE(answers == NULL);
		REQUIRE(result == PAM_CONV_ERR || result == PAM_BUF_ERR ||
		    result == PAM_CONV_AGAIN);
		return;
	}
	for (i = 0; i < said->n; i++) {
		if (wants_answer(&said->array[i]))
			REQUIRE(answers != NULL && answers[i].resp != NULL);
		if (answers != NULL)
			free(answers[i].resp);
	}
	free(answers);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes bytes = { data, size };
	struct pam_conv conv = { application, NULL };
	struct pamport__state *state;
	struct pam_response *answers;
	struct said said;
	unsigned int choice = bytes_one(&bytes);
	int result, round;

	platform = PAMPORT_PLATFORM;
	platform.conv_layout = choice % 2 == 0 ? PAMPORT__POINTERS :
	    PAMPORT__ARRAY;
	conv.appdata_ptr = &said;
	state = pamport__state_new(choice % 16 < 2 ? NULL : &conv);
	REQUIRE(state != NULL);
	state->strict = choice % 32 >= 16;
	for (round = 0; round < SEVERAL; round++) {
		say(&said, &bytes);
		answers = (void *)(uintptr_t)8;
		result = pamport__converse(said.n, said.pointer, &answers,
		    state);
		check(&said, result, answers);
		unsay(&said);
		pamport_conv_resume();
	}
	pamport__state_free(state);
	return 0;
}
