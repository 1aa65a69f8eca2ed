/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where a password is after a conversation and after pam_end: in no block that
 * pamport allocated, freed or not, in nothing static or thread-local, and not on
 * the stack.  The whole is done in a thread whose stack is memory of this test.
 */
#include <config.h>

#include <sys/types.h>
#include <sys/mman.h>
#include <atf-c.h>
#include <link.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "compat/compat.h"
#include <pamport/openpam.h>
#include <pamport/pam_ext.h>
#include <pamport/pam_misc.h>
#include <pamport/session.h>
#include "counted.h"
#include "fixture.h"

#define STACK (256 * 1024)
#define TRACE "trace"

/* "correct horse", each byte with COUNTED_HIDE: it stands nowhere else. */
static const char hidden[] = { '6', ':', '\'', '\'', '0', '6', '!', 'u', '=',
    ':', '\'', '&', '0' };

static struct fixture fixture;
static int asked, in_static;
static const char *stack_seen;
static bool answers_half;
static bool is_too_long;	/* the line that is typed */

/* --- The search --------------------------------------------------------------------- */

static int
look_into_object(struct dl_phdr_info *info, size_t size, void *data)
{
	const char *start;
	int i;

	(void)size;
	(void)data;
	/* The program comes first, and pamport is a part of it. */
	for (i = 0; i < info->dlpi_phnum; i++) {
		start = (const char *)(uintptr_t)(info->dlpi_addr +
		    info->dlpi_phdr[i].p_vaddr);
		if (info->dlpi_phdr[i].p_type == PT_LOAD &&
		    (info->dlpi_phdr[i].p_flags & PF_W) != 0)
			in_static += counted_has_secret(start,
			    info->dlpi_phdr[i].p_memsz);
		if (info->dlpi_phdr[i].p_type == PT_TLS &&
		    info->dlpi_tls_data != NULL)
			in_static += counted_has_secret(info->dlpi_tls_data,
			    info->dlpi_phdr[i].p_memsz);
	}
	return 1;
}

/*
 * Called in the thread, whose own storage it is; the stack comes first, before
 * others write over what functions left behind there.
 */
static void
look(const char *when)
{
	int on_stack = counted_has_secret(stack_seen, STACK);

	in_static = 0;
	(void)dl_iterate_phdr(look_into_object, NULL);
	ATF_CHECK_EQ_MSG(0, on_stack, "%s: on the stack", when);
	ATF_CHECK_EQ_MSG(0, in_static, "%s: in static storage", when);
	ATF_CHECK_EQ_MSG(0, counted_alive(), "%s: in a block", when);
	ATF_CHECK_EQ_MSG(0, counted_found, "%s: in a freed block", when);
}

/* Runs it on a stack that can be looked at through a second mapping. */
static void
on_own_stack(void *(*function)(void *), void *data)
{
	FILE *file = tmpfile();
	char *stack;
	pthread_attr_t attributes;
	pthread_t thread;

	ATF_REQUIRE(file != NULL && ftruncate(fileno(file), STACK) == 0);
	stack = mmap(NULL, STACK, PROT_READ | PROT_WRITE, MAP_SHARED,
	    fileno(file), 0);
	stack_seen = mmap(NULL, STACK, PROT_READ, MAP_SHARED, fileno(file), 0);
	ATF_REQUIRE(stack != MAP_FAILED && stack_seen != MAP_FAILED);
	ATF_REQUIRE_EQ(0, pthread_attr_init(&attributes));
	ATF_REQUIRE_EQ(0, pthread_attr_setstack(&attributes, stack, STACK));
	ATF_REQUIRE_EQ(0, pthread_create(&thread, &attributes, function, data));
	ATF_REQUIRE_EQ(0, pthread_join(thread, NULL));
	(void)fclose(file);
}

/* --- The module ----------------------------------------------------------------------- */

/* Careful itself: what it got is its own, and is wiped. */
static int
ask(pam_handle_t *pamh, const char *what, int flags)
{
	static char prompt[] = "Password: ";
	struct pam_message message[2] = {
		{ .msg_style = PAM_PROMPT_ECHO_OFF, .msg = prompt },
		{ .msg_style = answers_half ? PAM_RADIO_TYPE : PAM_TEXT_INFO,
		    .msg = prompt } };
	PAMPORT__NATIVE_CONST struct pam_message *list[2];
	PAMPORT__NATIVE_CONST void *item = NULL;
	const struct pamport__native_conv *conv;
	struct pam_response *answers = NULL;

	(void)flags;
	list[0] = &message[0];
	list[1] = &message[1];
	if (strcmp(what, "auth") != 0)
		return PAM_SUCCESS;
	if (pam_get_item(pamh, PAM_CONV, &item) != PAM_SUCCESS || item == NULL)
		return PAM_CONV_ERR;
	conv = item;
	if (conv->conv(2, list, &answers, conv->appdata_ptr) != PAM_SUCCESS)
		return PAM_AUTH_ERR;
	if (counted_has_secret(answers[0].resp, sizeof(hidden)))
		asked++;
	explicit_bzero(answers[0].resp, strlen(answers[0].resp));
	free(answers[0].resp);
	free(answers);
	return PAM_SUCCESS;
}

/* --- What is tried ---------------------------------------------------------------------- */

/* The password on standard input, once more for each question. */
static void
type(int times)
{
	char byte;
	size_t i;
	int ends[2];

	ATF_REQUIRE_EQ(0, pipe(ends));
	for (; is_too_long && times > 1; times--) {
		for (i = 0; i < sizeof(hidden); i++) {
			byte = (char)(hidden[i] ^ COUNTED_HIDE);
			ATF_REQUIRE_EQ(1, write(ends[1], &byte, 1));
		}
		for (i = 0; i <= PAM_MAX_RESP_SIZE; i++)
			ATF_REQUIRE_EQ(1, write(ends[1], i ==
			    PAM_MAX_RESP_SIZE ? "\n" : "x", 1));
	}
	for (; times > 0; times--) {
		for (i = 0; i <= sizeof(hidden); i++) {
			byte = i == sizeof(hidden) ? '\n' :
			    (char)(hidden[i] ^ COUNTED_HIDE);
			ATF_REQUIRE_EQ(1, write(ends[1], &byte, 1));
		}
	}
	ATF_REQUIRE_EQ(STDIN_FILENO, dup2(ends[0], STDIN_FILENO));
	(void)close(ends[0]);
	(void)close(ends[1]);
}

/* misc_conv answers no radio question: then what was typed is given up. */
static void *
use_handle(void *data)
{
	struct pam_conv conv = { *(int (**)(int, const struct pam_message **,
	    struct pam_response **, void *))data, NULL };
	char *answer = NULL;
	pam_handle_t *pamh;

	ATF_CHECK_EQ(PAM_SUCCESS, fixture_start(&fixture, "alice", &conv,
	    &pamh));
	ATF_CHECK_EQ(answers_half || is_too_long ? PAM_AUTH_ERR : PAM_SUCCESS,
	    pamport_authenticate(pamh, 0));
	look("after a conversation");
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_prompt(pamh, PAM_PROMPT_ECHO_OFF,
	    &answer, "%s", "Again: "));
	ATF_CHECK(answer != NULL && counted_has_secret(answer, sizeof(hidden)));
	explicit_bzero(answer, strlen(answer));
	free(answer);
	look("after pam_prompt");
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_end(pamh, PAM_SUCCESS));
	look("after pam_end");
	return NULL;
}

static void *
use_session(void *data)
{
	struct pam_conv conv = { pamport_misc_conv, NULL };
	pamport_session *session;

	(void)data;
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_start(fixture.service,
	    "alice", &conv, fixture.confdir, &session));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_authenticate(session, 0));
	look("after a session's conversation");
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_free(session));
	look("after the session");
	return NULL;
}

static void
check_trace(void)
{
	static char text[65536];
	FILE *file = fopen(TRACE, "r");

	ATF_REQUIRE(file != NULL);
	ATF_CHECK(fread(text, 1, sizeof(text), file) > 0);
	ATF_CHECK_EQ_MSG(0, counted_has_secret(text, sizeof(text)),
	    "in the trace");
	(void)fclose(file);
}

static void
begin(void)
{
	counted_require();
	if (getenv("TEST_UNDER_VALGRIND") != NULL)
		atf_tc_skip("it reads what nobody has written yet");
	ATF_REQUIRE_EQ(0, setenv("PAMPORT_TRACE", TRACE, 1));
	fixture_callback(&fixture, ask);
	counted_hidden = hidden;
	counted_hidden_size = sizeof(hidden);
}

static void
try_conversation(int (*conv)(int, const struct pam_message **,
    struct pam_response **, void *))
{
	begin();
	type(2);
	on_own_stack(use_handle, &conv);
	ATF_CHECK_EQ(answers_half || is_too_long ? 0 : 1, asked);
	check_trace();
	fixture_remove(&fixture);
}

FIXTURE_TC(rule_28__misc_conv_keeps_nothing, "")
{
	try_conversation(pamport_misc_conv);
}

FIXTURE_TC(rule_28__openpam_ttyconv_keeps_nothing, "")
{
	try_conversation(pamport_openpam_ttyconv);
}

FIXTURE_TC(rule_28__an_answer_given_up_is_wiped, "")
{
	answers_half = true;
	try_conversation(pamport_misc_conv);
}

FIXTURE_TC(rule_28__a_line_that_does_not_fit_is_wiped, "")
{
	is_too_long = true;
	try_conversation(pamport_misc_conv);
}

FIXTURE_TC(rule_28__a_session_keeps_nothing, "")
{
	begin();
	type(1);
	on_own_stack(use_session, NULL);
	ATF_CHECK_EQ(1, asked);
	check_trace();
	fixture_remove(&fixture);
}

/* --- Whether it would be found ------------------------------------------------------------ */

static char kept[sizeof(hidden)];

static void
reveal(char *to)
{
	volatile char *byte = to;
	size_t i;

	for (i = 0; i < sizeof(hidden); i++)
		byte[i] = (char)(hidden[i] ^ COUNTED_HIDE);
}

/* Far below, where what is called next does not write. */
static char *
leave_on_stack(void)
{
	void (*volatile write_down)(char *) = reveal;
	char local[16384];

	write_down(local);
	return kept;
}

static void *
leave_everywhere(void *data)
{
	char *block = malloc(sizeof(hidden));
	char *(*volatile leave)(void) = leave_on_stack;

	(void)data;
	ATF_CHECK(block != NULL);
	ATF_CHECK_EQ(0, counted_has_secret(stack_seen, STACK));
	(void)leave();
	ATF_CHECK_EQ(1, counted_has_secret(stack_seen, STACK));
	reveal(block);
	reveal(kept);
	in_static = 0;
	(void)dl_iterate_phdr(look_into_object, NULL);
	ATF_CHECK_EQ(1, in_static);
	ATF_CHECK_EQ(1, counted_alive());
	free(block);
	ATF_CHECK_EQ(1, counted_found);
	ATF_CHECK_EQ(0, counted_alive());
	return NULL;
}

ATF_TC_WITHOUT_HEAD(the_search_finds_what_is_there);
ATF_TC_BODY(the_search_finds_what_is_there, tc)
{
	counted_require();
	if (getenv("TEST_UNDER_VALGRIND") != NULL)
		atf_tc_skip("it reads what nobody has written yet");
	counted_hidden = hidden;
	counted_hidden_size = sizeof(hidden);
	on_own_stack(leave_everywhere, NULL);
}

ATF_TP_ADD_TCS(tp)
{
	ATF_TP_ADD_TC(tp, rule_28__misc_conv_keeps_nothing);
	ATF_TP_ADD_TC(tp, rule_28__openpam_ttyconv_keeps_nothing);
	ATF_TP_ADD_TC(tp, rule_28__an_answer_given_up_is_wiped);
	ATF_TP_ADD_TC(tp, rule_28__a_line_that_does_not_fit_is_wiped);
	ATF_TP_ADD_TC(tp, rule_28__a_session_keeps_nothing);
	ATF_TP_ADD_TC(tp, the_search_finds_what_is_there);
	return atf_no_error();
}
