/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * openpam_ttyconv: what it answers, and which terminal it asks on.
 */
#include <config.h>

#include <sys/types.h>
#include <sys/wait.h>
#include <atf-c.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "compat/compat.h"
#include <pamport/openpam.h>
#include "tests/compat/terminal.h"

static void
ask_for_two(void)
{
	struct pam_message messages[2];

	messages[0] = message(PAM_PROMPT_ECHO_ON, "login: ");
	messages[1] = message(PAM_PROMPT_ECHO_OFF, "Password: ");
	report_conversation(pamport_openpam_ttyconv, 2, messages);
}

static void
ask_for_two_with_input_elsewhere(void)
{
	int before, after;

	put_on_stdin("from the pipe\nfrom the pipe\n");
	before = dup(0);
	close(before);
	ask_for_two();
	after = dup(0);
	close(after);
	report("left open: %d", after - before);
}

/*
 * A session of its own has no terminal.  The job leads its process group and
 * cannot leave the session, but its child can.
 */
static void
ask_for_two_without_terminal(void)
{
	pid_t pid = fork();

	if (pid != 0) {
		(void)waitpid(pid, NULL, 0);
		return;
	}
	put_on_stdin("bob\nhunter2\n");
	if (setsid() == -1)
		report("setsid failed");
	ask_for_two();
	fflush(stdout);
	_exit(0);
}

static void
type_name_and_password(struct terminal *terminal)
{
	terminal_expect(terminal, "login: ");
	ATF_CHECK(terminal_echoes(terminal));
	terminal_type(terminal, "bob\n");
	terminal_expect(terminal, "Password: ");
	ATF_CHECK(!terminal_echoes(terminal));
	terminal_type(terminal, "hunter2\n");
	terminal_expect_report(terminal, "PAM_SUCCESS");
	terminal_expect_report(terminal, "answer bob");
	terminal_expect_report(terminal, "answer hunter2");
}

ATF_TC_WITHOUT_HEAD(rule_30__asks_on_standard_input);
ATF_TC_BODY(rule_30__asks_on_standard_input, tc)
{
	struct terminal terminal;

	terminal_start(&terminal, IN_FOREGROUND, ask_for_two);
	type_name_and_password(&terminal);
	terminal_finish(&terminal);
	ATF_CHECK_STREQ("login: bob\r\nPassword: \r\n", terminal.seen);
}

ATF_TC_WITHOUT_HEAD(rule_30__asks_on_dev_tty);
ATF_TC_BODY(rule_30__asks_on_dev_tty, tc)
{
	struct terminal terminal;

	terminal_start(&terminal, IN_FOREGROUND,
	    ask_for_two_with_input_elsewhere);
	type_name_and_password(&terminal);
	terminal_expect_report(&terminal, "left open: 0");
	terminal_finish(&terminal);
	ATF_CHECK_STREQ("login: bob\r\nPassword: \r\n", terminal.seen);
}

ATF_TC_WITHOUT_HEAD(rule_30__asks_on_a_pipe_without_a_terminal);
ATF_TC_BODY(rule_30__asks_on_a_pipe_without_a_terminal, tc)
{
	struct terminal terminal;

	terminal_start(&terminal, IN_FOREGROUND,
	    ask_for_two_without_terminal);
	terminal_expect_report(&terminal, "PAM_SUCCESS");
	terminal_expect_report(&terminal, "answer bob");
	terminal_expect_report(&terminal, "answer hunter2");
	terminal_expect(&terminal, "login: Password: ");
	terminal_finish(&terminal);
}

ATF_TC_WITHOUT_HEAD(rule_30__end_of_input_is_an_error);
ATF_TC_BODY(rule_30__end_of_input_is_an_error, tc)
{
	struct terminal terminal;

	terminal_start(&terminal, IN_FOREGROUND, ask_for_two);
	terminal_expect(&terminal, "login: ");
	terminal_type(&terminal, "bob\n");
	terminal_expect(&terminal, "Password: ");
	terminal_type(&terminal, "\004");
	terminal_expect_report(&terminal, "PAM_CONV_ERR");
	terminal_expect_report(&terminal, "resp NULL");
	terminal_expect_report(&terminal, "exit 0");
	terminal_expect_report(&terminal, "end: echo on");
	terminal_finish(&terminal);
}

static void
ask_for_a_while(void)
{
	pamport_openpam_ttyconv_timeout = 3;
	ask_for_two();
}

/* Nobody types, so however slow the machine is, the time runs out. */
ATF_TC_WITHOUT_HEAD(rule_30__time_runs_out_at_a_prompt);
ATF_TC_BODY(rule_30__time_runs_out_at_a_prompt, tc)
{
	struct terminal terminal;

	terminal_start(&terminal, IN_FOREGROUND, ask_for_a_while);
	terminal_expect(&terminal, "login: ");
	terminal_expect_report(&terminal, "PAM_CONV_ERR");
	terminal_expect_report(&terminal, "resp NULL");
	terminal_finish(&terminal);
	ATF_CHECK(strstr(terminal.seen, "Password") == NULL);
}

static struct pam_response mark;

static int
converse(int n, const struct pam_message *messages,
    struct pam_response **answers)
{
	const struct pam_message *list[64];
	int i;

	for (i = 0; i < n && i < 64; i++)
		list[i] = &messages[i];
	*answers = &mark;
	return pamport_openpam_ttyconv(n, list, answers, NULL);
}

static void
check_texts(int n, int expected)
{
	struct pam_message messages[64];
	struct pam_response *answers;
	int i;

	for (i = 0; i < n; i++)
		messages[i] = message(PAM_TEXT_INFO, "text");
	ATF_REQUIRE_EQ(expected, converse(n, messages, &answers));
	if (expected == PAM_SUCCESS) {
		for (i = 0; i < n; i++)
			ATF_CHECK(answers[i].resp == NULL);
		free(answers);
	} else {
		ATF_CHECK(answers == &mark);
	}
}

ATF_TC_WITHOUT_HEAD(rule_30__number_of_messages);
ATF_TC_BODY(rule_30__number_of_messages, tc)
{
	check_texts(-1, PAM_CONV_ERR);
	check_texts(0, PAM_CONV_ERR);
	check_texts(1, PAM_SUCCESS);
	check_texts(PAM_MAX_NUM_MSG, PAM_SUCCESS);
	check_texts(PAM_MAX_NUM_MSG + 1, PAM_CONV_ERR);
}

ATF_TC_WITHOUT_HEAD(rule_30__unknown_style_is_an_error);
ATF_TC_BODY(rule_30__unknown_style_is_an_error, tc)
{
	struct pam_message messages[2];
	struct pam_response *answers;

	messages[0] = message(PAM_TEXT_INFO, "text");
	messages[1] = message(99, "what?");
	ATF_CHECK_EQ(PAM_CONV_ERR, converse(2, messages, &answers));
	ATF_CHECK(answers == NULL);
	messages[1] = message(PAM_BINARY_PROMPT, "\0\0\0\5\1");
	ATF_CHECK_EQ(PAM_CONV_ERR, converse(2, messages, &answers));
	ATF_CHECK(answers == NULL);
}

ATF_TC_WITHOUT_HEAD(rule_30__null_arguments_are_an_error);
ATF_TC_BODY(rule_30__null_arguments_are_an_error, tc)
{
	const struct pam_message *list[1] = { NULL };
	struct pam_response *answers;

	ATF_CHECK_EQ(PAM_CONV_ERR,
	    pamport_openpam_ttyconv(1, NULL, &answers, NULL));
	ATF_CHECK_EQ(PAM_CONV_ERR,
	    pamport_openpam_ttyconv(1, list, &answers, NULL));
	ATF_CHECK_EQ(PAM_CONV_ERR,
	    pamport_openpam_ttyconv(1, list, NULL, NULL));
}

ATF_TC_WITHOUT_HEAD(rule_30__each_text_is_a_line);
ATF_TC_BODY(rule_30__each_text_is_a_line, tc)
{
	struct pam_message messages[5];
	struct pam_response *answers;
	pid_t pid;

	messages[0] = message(PAM_TEXT_INFO, "100%s one");
	messages[1] = message(PAM_TEXT_INFO, "two\n");
	messages[2] = message(PAM_TEXT_INFO, "");
	messages[3] = message(PAM_TEXT_INFO, NULL);
	messages[4] = message(PAM_ERROR_MSG, "100%s error");
	pid = atf_utils_fork();
	if (pid == 0)
		exit(converse(5, messages, &answers) != PAM_SUCCESS);
	atf_utils_wait(pid, 0, "100%s one\ntwo\n", "100%s error\n");
}

ATF_TP_ADD_TCS(tp)
{
	ATF_TP_ADD_TC(tp, rule_30__asks_on_standard_input);
	ATF_TP_ADD_TC(tp, rule_30__asks_on_dev_tty);
	ATF_TP_ADD_TC(tp, rule_30__asks_on_a_pipe_without_a_terminal);
	ATF_TP_ADD_TC(tp, rule_30__end_of_input_is_an_error);
	ATF_TP_ADD_TC(tp, rule_30__time_runs_out_at_a_prompt);
	ATF_TP_ADD_TC(tp, rule_30__number_of_messages);
	ATF_TP_ADD_TC(tp, rule_30__unknown_style_is_an_error);
	ATF_TP_ADD_TC(tp, rule_30__null_arguments_are_an_error);
	ATF_TP_ADD_TC(tp, rule_30__each_text_is_a_line);
	return atf_no_error();
}
