/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * misc_conv: what it answers, where it asks and shows, when it gives up.
 */
#include <config.h>

#include <sys/types.h>
#include <sys/wait.h>
#include <atf-c.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "compat/compat.h"
#include <pamport/pam_misc.h>
#include "tests/compat/terminal.h"

static struct pam_response mark;

static int
converse(int n, const struct pam_message *messages,
    struct pam_response **answers, void *data)
{
	const struct pam_message *list[64];
	int i;

	for (i = 0; i < n && i < 64; i++)
		list[i] = &messages[i];
	*answers = &mark;
	return pamport_misc_conv(n, list, answers, data);
}

static void
free_answers(int n, struct pam_response *answers)
{
	int i;

	for (i = 0; i < n; i++)
		free(answers[i].resp);
	free(answers);
}

static void
check_texts(int n)
{
	struct pam_message messages[64];
	struct pam_response *answers;
	int i;

	for (i = 0; i < n; i++)
		messages[i] = message(PAM_TEXT_INFO, "text");
	ATF_REQUIRE_EQ(PAM_SUCCESS, converse(n, messages, &answers, NULL));
	for (i = 0; i < n; i++) {
		ATF_CHECK(answers[i].resp == NULL);
		ATF_CHECK_EQ(0, answers[i].resp_retcode);
	}
	free_answers(n, answers);
}

/* Also more than PAM_MAX_NUM_MSG [h80, h81]. */
ATF_TC_WITHOUT_HEAD(rule_30__texts_have_no_answer);
ATF_TC_BODY(rule_30__texts_have_no_answer, tc)
{
	check_texts(1);
	check_texts(PAM_MAX_NUM_MSG);
	check_texts(PAM_MAX_NUM_MSG + 1);
}

ATF_TC_WITHOUT_HEAD(rule_30__no_message_is_an_error);
ATF_TC_BODY(rule_30__no_message_is_an_error, tc)
{
	const struct pam_message *list[1] = { NULL };
	struct pam_response *answers;

	ATF_CHECK_EQ(PAM_CONV_ERR, converse(0, NULL, &answers, NULL));
	ATF_CHECK(answers == &mark);
	ATF_CHECK_EQ(PAM_CONV_ERR, converse(-1, NULL, &answers, NULL));
	ATF_CHECK(answers == &mark);
	ATF_CHECK_EQ(PAM_CONV_ERR, pamport_misc_conv(1, list, &answers, NULL));
	ATF_CHECK_EQ(PAM_CONV_ERR, pamport_misc_conv(1, NULL, &answers, NULL));
	ATF_CHECK_EQ(PAM_CONV_ERR, pamport_misc_conv(1, list, NULL, NULL));
}

/* The answer to the first is wiped and freed, which valgrind sees [h85]. */
ATF_TC_WITHOUT_HEAD(rule_30__unknown_style_is_an_error);
ATF_TC_BODY(rule_30__unknown_style_is_an_error, tc)
{
	struct pam_message messages[2];
	struct pam_response *answers;

	put_on_stdin("hunter2\n");
	messages[0] = message(PAM_PROMPT_ECHO_OFF, "Password: ");
	messages[1] = message(99, "what?");
	ATF_CHECK_EQ(PAM_CONV_ERR, converse(2, messages, &answers, NULL));
	ATF_CHECK(answers == &mark);
}

ATF_TC_WITHOUT_HEAD(rule_30__end_of_input_is_an_error);
ATF_TC_BODY(rule_30__end_of_input_is_an_error, tc)
{
	struct pam_message prompt = message(PAM_PROMPT_ECHO_ON, "login: ");
	struct pam_response *answers;

	put_on_stdin("");
	ATF_CHECK_EQ(PAM_CONV_ERR, converse(1, &prompt, &answers, NULL));
	ATF_CHECK(answers == &mark);
}

ATF_TC_WITHOUT_HEAD(rule_30__each_prompt_has_its_line);
ATF_TC_BODY(rule_30__each_prompt_has_its_line, tc)
{
	struct pam_message messages[3];
	struct pam_response *answers;

	put_on_stdin("bob\nhunter2\n");
	messages[0] = message(PAM_PROMPT_ECHO_ON, "login: ");
	messages[1] = message(PAM_TEXT_INFO, NULL);
	messages[2] = message(PAM_PROMPT_ECHO_OFF, NULL);
	ATF_REQUIRE_EQ(PAM_SUCCESS, converse(3, messages, &answers, NULL));
	ATF_CHECK_STREQ("bob", answers[0].resp);
	ATF_CHECK(answers[1].resp == NULL);
	ATF_CHECK_STREQ("hunter2", answers[2].resp);
	free_answers(3, answers);
}

/* Answers of length and of one byte more, then another. */
static void
check_length(size_t length, int expected)
{
	struct pam_message prompt = message(PAM_PROMPT_ECHO_OFF, "? ");
	struct pam_response *answers;
	char input[PAM_MAX_RESP_SIZE + 16];

	memset(input, 'a', length);
	strcpy(input + length, "\nnext\n");
	put_on_stdin(input);
	ATF_CHECK_EQ(expected, converse(1, &prompt, &answers, NULL));
	if (expected == PAM_SUCCESS) {
		ATF_CHECK_EQ(length, strlen(answers->resp));
		free_answers(1, answers);
	}
	ATF_REQUIRE_EQ(PAM_SUCCESS, converse(1, &prompt, &answers, NULL));
	ATF_CHECK_STREQ("next", answers->resp);
	free_answers(1, answers);
}

ATF_TC_WITHOUT_HEAD(rule_30__longer_answer_is_refused_not_cut);
ATF_TC_BODY(rule_30__longer_answer_is_refused_not_cut, tc)
{
	check_length(PAM_MAX_RESP_SIZE - 1, PAM_SUCCESS);
	check_length(PAM_MAX_RESP_SIZE, PAM_CONV_ERR);
}

ATF_TC_WITHOUT_HEAD(rule_30__where_prompts_and_texts_go);
ATF_TC_BODY(rule_30__where_prompts_and_texts_go, tc)
{
	struct pam_message messages[3];
	struct pam_response *answers;
	pid_t pid;

	put_on_stdin("bob\n");
	messages[0] = message(PAM_TEXT_INFO, "100%s text");
	messages[1] = message(PAM_ERROR_MSG, "100%s error");
	messages[2] = message(PAM_PROMPT_ECHO_ON, "100%s login: ");
	pid = atf_utils_fork();
	if (pid == 0)
		exit(converse(3, messages, &answers, NULL) != PAM_SUCCESS ||
		    strcmp(answers[2].resp, "bob") != 0);
	atf_utils_wait(pid, 0, "100%s text\n", "100%s error\n100%s login: ");
}

static void
ask_for_two(void)
{
	struct pam_message messages[2];

	messages[0] = message(PAM_PROMPT_ECHO_ON, "login: ");
	messages[1] = message(PAM_PROMPT_ECHO_OFF, "Password: ");
	report_conversation(pamport_misc_conv, 2, messages);
}

ATF_TC_WITHOUT_HEAD(rule_30__on_a_terminal);
ATF_TC_BODY(rule_30__on_a_terminal, tc)
{
	struct terminal terminal;

	terminal_start(&terminal, IN_FOREGROUND, ask_for_two);
	terminal_expect(&terminal, "login: ");
	ATF_CHECK(terminal_echoes(&terminal));
	terminal_type(&terminal, "bob\n");
	terminal_expect(&terminal, "Password: ");
	ATF_CHECK(!terminal_echoes(&terminal));
	terminal_type(&terminal, "hunter2\n");
	terminal_expect_report(&terminal, "PAM_SUCCESS");
	terminal_expect_report(&terminal, "answer bob");
	terminal_expect_report(&terminal, "answer hunter2");
	terminal_finish(&terminal);
	ATF_CHECK_STREQ("login: bob\r\nPassword: \r\n", terminal.seen);
}

ATF_TC_WITHOUT_HEAD(rule_30__end_of_input_on_a_terminal);
ATF_TC_BODY(rule_30__end_of_input_on_a_terminal, tc)
{
	struct terminal terminal;

	terminal_start(&terminal, IN_FOREGROUND, ask_for_two);
	terminal_expect(&terminal, "login: ");
	terminal_type(&terminal, "bob\n");
	terminal_expect(&terminal, "Password: ");
	terminal_type(&terminal, "\004");
	terminal_expect_report(&terminal, "PAM_CONV_ERR");
	terminal_expect_report(&terminal, "resp untouched");
	terminal_expect_report(&terminal, "exit 0");
	terminal_expect_report(&terminal, "end: echo on");
	terminal_finish(&terminal);
}

/* --- Times --- */

ATF_TC_WITHOUT_HEAD(rule_30__time_is_up);
ATF_TC_BODY(rule_30__time_is_up, tc)
{
	struct pam_message prompt = message(PAM_PROMPT_ECHO_ON, "login: ");
	struct pam_response *answers;
	pid_t pid;

	put_on_stdin("bob\n");
	pamport_misc_conv_die_time = time(NULL) - 1;
	pamport_misc_conv_die_line = "Too late\n";
	pid = atf_utils_fork();
	if (pid == 0)
		exit(converse(1, &prompt, &answers, NULL) != PAM_CONV_ERR ||
		    pamport_misc_conv_died != 1 ||
		    pamport_misc_conv_die_time == 0 || answers != &mark);
	atf_utils_wait(pid, 0, "", "Too late\n");
}

ATF_TC_WITHOUT_HEAD(rule_30__warned_once);
ATF_TC_BODY(rule_30__warned_once, tc)
{
	struct pam_message prompt[2];
	struct pam_response *answers;
	pid_t pid;

	put_on_stdin("bob\nhunter2\n");
	prompt[0] = prompt[1] = message(PAM_PROMPT_ECHO_ON, "? ");
	pamport_misc_conv_warn_time = time(NULL) - 1;
	/* A year from now: not to be reached, not to overflow. */
	pamport_misc_conv_die_time = time(NULL) + 365 * 86400;
	pid = atf_utils_fork();
	if (pid == 0)
		exit(converse(2, prompt, &answers, NULL) != PAM_SUCCESS ||
		    pamport_misc_conv_died != 0 ||
		    pamport_misc_conv_warn_time != 0);
	atf_utils_wait(pid, 0, "", "...Time is running out...\n? ? ");
}

static void
ask_until_late(void)
{
	struct pam_message prompt = message(PAM_PROMPT_ECHO_OFF, "? ");

	pamport_misc_conv_die_time = time(NULL) + 1;
	report_conversation(pamport_misc_conv, 1, &prompt);
	report_echo("late");
}

/* Nobody types, so however slow the machine is, the time runs out. */
ATF_TC_WITHOUT_HEAD(rule_30__time_runs_out_at_a_prompt);
ATF_TC_BODY(rule_30__time_runs_out_at_a_prompt, tc)
{
	struct terminal terminal;

	terminal_start(&terminal, IN_FOREGROUND, ask_until_late);
	terminal_expect(&terminal, "...Sorry, your time is up!");
	terminal_expect_report(&terminal, "PAM_CONV_ERR");
	terminal_expect_report(&terminal, "resp untouched");
	terminal_expect_report(&terminal, "late: echo on");
	terminal_finish(&terminal);
}

/* --- Binary prompts --- */

static const char binary_prompt[] = { 0, 0, 0, 8, 2, 'a', '\0', 'c' };
static int context;
static void *freed;

static int
handle_binary(void *data, pamport_binary_prompt *prompt)
{
	char *bytes = *prompt;

	ATF_CHECK(data == &context);
	ATF_CHECK_EQ(0, memcmp(bytes, binary_prompt, sizeof(binary_prompt)));
	bytes[5] = 'z';
	return PAM_SUCCESS;
}

static int
refuse_binary(void *data, pamport_binary_prompt *prompt)
{
	(void)data;
	(void)prompt;
	return PAM_CONV_ERR;
}

static void
free_binary(void *data, pamport_binary_prompt *prompt)
{
	ATF_CHECK(data == &context);
	freed = *prompt;
	free(*prompt);
	*prompt = NULL;
}

static int
ask_binary(const char *prompt, struct pam_response **answers)
{
	struct pam_message binary = message(PAM_BINARY_PROMPT, prompt);

	return converse(1, &binary, answers, &context);
}

ATF_TC_WITHOUT_HEAD(rule_30__binary_prompt_goes_to_its_handler);
ATF_TC_BODY(rule_30__binary_prompt_goes_to_its_handler, tc)
{
	struct pam_response *answers;

	pamport_binary_handler_fn = handle_binary;
	ATF_REQUIRE_EQ(PAM_SUCCESS, ask_binary(binary_prompt, &answers));
	ATF_CHECK_EQ(0, memcmp(answers->resp, "\0\0\0\10\2z\0c", 8));
	free_answers(1, answers);
}

ATF_TC_WITHOUT_HEAD(rule_30__binary_prompt_without_a_handler);
ATF_TC_BODY(rule_30__binary_prompt_without_a_handler, tc)
{
	struct pam_response *answers;

	ATF_CHECK(pamport_binary_handler_fn == NULL);
	ATF_CHECK_EQ(PAM_CONV_ERR, ask_binary(binary_prompt, &answers));
	ATF_CHECK(answers == &mark);
	pamport_binary_handler_fn = refuse_binary;
	ATF_CHECK_EQ(PAM_CONV_ERR, ask_binary(binary_prompt, &answers));
	ATF_CHECK(answers == &mark);
}

ATF_TC_WITHOUT_HEAD(rule_30__binary_prompt_of_impossible_length);
ATF_TC_BODY(rule_30__binary_prompt_of_impossible_length, tc)
{
	static const char shorter[] = { 0, 0, 0, 4, 2 };
	static const char longer[] = { 0, 2, 0, 1, 2 };
	struct pam_response *answers;

	pamport_binary_handler_fn = handle_binary;
	ATF_CHECK_EQ(PAM_CONV_ERR, ask_binary(shorter, &answers));
	ATF_CHECK_EQ(PAM_CONV_ERR, ask_binary(longer, &answers));
	ATF_CHECK_EQ(PAM_CONV_ERR, ask_binary(NULL, &answers));
}

ATF_TC_WITHOUT_HEAD(rule_30__binary_answer_is_freed_by_its_handler);
ATF_TC_BODY(rule_30__binary_answer_is_freed_by_its_handler, tc)
{
	struct pam_message messages[2];
	struct pam_response *answers;

	messages[0] = message(PAM_BINARY_PROMPT, binary_prompt);
	messages[1] = message(99, NULL);
	pamport_binary_handler_fn = handle_binary;
	/* The default one first: nothing leaks. */
	ATF_CHECK_EQ(PAM_CONV_ERR, converse(2, messages, &answers, &context));
	pamport_binary_handler_free = free_binary;
	ATF_CHECK_EQ(PAM_CONV_ERR, converse(2, messages, &answers, &context));
	ATF_CHECK(freed != NULL);
}

ATF_TP_ADD_TCS(tp)
{
	ATF_TP_ADD_TC(tp, rule_30__texts_have_no_answer);
	ATF_TP_ADD_TC(tp, rule_30__no_message_is_an_error);
	ATF_TP_ADD_TC(tp, rule_30__unknown_style_is_an_error);
	ATF_TP_ADD_TC(tp, rule_30__end_of_input_is_an_error);
	ATF_TP_ADD_TC(tp, rule_30__each_prompt_has_its_line);
	ATF_TP_ADD_TC(tp, rule_30__longer_answer_is_refused_not_cut);
	ATF_TP_ADD_TC(tp, rule_30__where_prompts_and_texts_go);
	ATF_TP_ADD_TC(tp, rule_30__on_a_terminal);
	ATF_TP_ADD_TC(tp, rule_30__end_of_input_on_a_terminal);
	ATF_TP_ADD_TC(tp, rule_30__time_is_up);
	ATF_TP_ADD_TC(tp, rule_30__warned_once);
	ATF_TP_ADD_TC(tp, rule_30__time_runs_out_at_a_prompt);
	ATF_TP_ADD_TC(tp, rule_30__binary_prompt_goes_to_its_handler);
	ATF_TP_ADD_TC(tp, rule_30__binary_prompt_without_a_handler);
	ATF_TP_ADD_TC(tp, rule_30__binary_prompt_of_impossible_length);
	ATF_TP_ADD_TC(tp, rule_30__binary_answer_is_freed_by_its_handler);
	return atf_no_error();
}
