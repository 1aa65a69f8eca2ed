/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * No memory: each allocation of each function fails once.  The sources are
 * compiled again for this program with malloc called test_malloc and so on,
 * and so the library's copies stay out of it.
 */
#include <config.h>

#include <sys/types.h>
#include <sys/resource.h>
#include <atf-c.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "compat/compat.h"
#include <pamport/openpam.h>
#include <pamport/pam_misc.h>

#undef malloc
#undef calloc
#undef strdup

/* libc's, which the headers have declared under the other names. */
void *malloc(size_t);
void *calloc(size_t, size_t);

/* Which allocation from now on fails; 0 is none. */
static int failing;

static bool
fails_now(void)
{
	return failing > 0 && --failing == 0;
}

void *
test_malloc(size_t size)
{
	return fails_now() ? NULL : malloc(size);
}

void *
test_calloc(size_t number, size_t size)
{
	return fails_now() ? NULL : calloc(number, size);
}

char *
test_strdup(const char *text)
{
	size_t size = strlen(text) + 1;
	char *copy = fails_now() ? NULL : malloc(size);

	return copy == NULL ? NULL : memcpy(copy, text, size);
}

static struct pam_response mark;

static int
handle_binary(void *data, pamport_binary_prompt *prompt)
{
	(void)data;
	(void)prompt;
	return PAM_SUCCESS;
}

/* A prompt and a binary prompt, in that order. */
static int
converse(struct pam_response **answers)
{
	static char text[] = "? ", binary[] = { 0, 0, 0, 5, 1 };
	struct pam_message messages[2] = {
		{ PAM_PROMPT_ECHO_ON, text },
		{ PAM_BINARY_PROMPT, binary }
	};
	const struct pam_message *list[2] = { &messages[0], &messages[1] };
	int ends[2];

	ATF_REQUIRE_EQ(0, pipe(ends));
	ATF_REQUIRE_EQ(4, write(ends[1], "bob\n", 4));
	ATF_REQUIRE_EQ(STDIN_FILENO, dup2(ends[0], STDIN_FILENO));
	close(ends[0]);
	close(ends[1]);
	pamport_binary_handler_fn = handle_binary;
	*answers = &mark;
	return pamport_misc_conv(2, list, answers, NULL);
}

ATF_TC_WITHOUT_HEAD(rule_30__misc_conv_without_memory);
ATF_TC_BODY(rule_30__misc_conv_without_memory, tc)
{
	static const int expected[] = {
		PAM_BUF_ERR,	/* the array */
		PAM_BUF_ERR,	/* the answer */
		PAM_BUF_ERR,	/* the copy of the binary prompt */
		PAM_SUCCESS	/* nothing else is allocated */
	};
	struct pam_response *answers;
	int i;

	for (i = 0; i < 4; i++) {
		failing = i + 1;
		ATF_CHECK_EQ_MSG(expected[i], converse(&answers), "%d", i);
		ATF_CHECK_EQ(i == 3, answers != &mark);
	}
	ATF_CHECK_EQ(1, failing);
	free(answers[0].resp);
	free(answers[1].resp);
	free(answers);
}

/* The pipe for signals; without it a signal would leave the echo off. */
ATF_TC_WITHOUT_HEAD(rule_30__misc_conv_without_descriptors);
ATF_TC_BODY(rule_30__misc_conv_without_descriptors, tc)
{
	static char text[] = "? ";
	struct pam_message prompt = { PAM_PROMPT_ECHO_ON, text };
	const struct pam_message *list[1] = { &prompt };
	struct pam_response *answers = &mark;
	struct rlimit limit;

	ATF_REQUIRE_EQ(0, getrlimit(RLIMIT_NOFILE, &limit));
	limit.rlim_cur = 3;
	ATF_REQUIRE_EQ(0, setrlimit(RLIMIT_NOFILE, &limit));
	ATF_CHECK_EQ(PAM_CONV_ERR,
	    pamport_misc_conv(1, list, &answers, NULL));
	ATF_CHECK(answers == &mark);
	limit.rlim_cur = limit.rlim_max;
	ATF_REQUIRE_EQ(0, setrlimit(RLIMIT_NOFILE, &limit));
}

ATF_TC_WITHOUT_HEAD(rule_30__setenv_without_memory);
ATF_TC_BODY(rule_30__setenv_without_memory, tc)
{
	pam_handle_t *pamh;

	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_start("other", NULL, NULL, &pamh));
	failing = 1;
	ATF_CHECK_EQ(PAM_BUF_ERR, pamport_setenv(pamh, "A", "1", 1));
	failing = 1;
	ATF_CHECK_EQ(PAM_BUF_ERR, pamport_misc_setenv(pamh, "A", "1", 0));
	ATF_CHECK(pamport_getenv(pamh, "A") == NULL);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_end(pamh, PAM_SUCCESS));
}

ATF_TC_WITHOUT_HEAD(rule_30__prompt_without_memory);
ATF_TC_BODY(rule_30__prompt_without_memory, tc)
{
	pam_handle_t *pamh;
	char *response = NULL;

	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_start("other", NULL, NULL, &pamh));
	failing = 1;
	ATF_CHECK_EQ(PAM_BUF_ERR, pamport_prompt(pamh, PAM_PROMPT_ECHO_ON,
	    &response, "? "));
	ATF_CHECK(response == NULL);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_end(pamh, PAM_SUCCESS));
}

ATF_TP_ADD_TCS(tp)
{
	ATF_TP_ADD_TC(tp, rule_30__misc_conv_without_memory);
	ATF_TP_ADD_TC(tp, rule_30__misc_conv_without_descriptors);
	ATF_TP_ADD_TC(tp, rule_30__setenv_without_memory);
	ATF_TP_ADD_TC(tp, rule_30__prompt_without_memory);
	return atf_no_error();
}
