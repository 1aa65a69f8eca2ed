/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One question on a terminal: echo, signals, stops, deadlines.
 */
#include <config.h>

#include <sys/types.h>
#include <atf-c.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "compat/tty.h"
#include "tests/compat/terminal.h"

#define SIZE 8		/* seven bytes are the longest answer here */

static int
no_deadline(void *data)
{
	(void)data;
	return -1;
}

/* One short wait, then it is too late: nobody has to be quick or slow. */
static int
soon_too_late(void *data)
{
	int *calls = data;

	return (*calls)++ == 0 ? 1 : 0;
}

static struct pamport__tty_question
question_about(int in, bool echo)
{
	struct pamport__tty_question question;

	question.in = in;
	question.out = STDOUT_FILENO;
	question.echo = echo;
	question.prompt = "Who? ";
	question.time_left = no_deadline;
	question.data = NULL;
	return question;
}

static const char *
name_of(enum pamport__tty_result result)
{
	static const char *const names[] = {
		[PAMPORT__TTY_ANSWERED] = "answered",
		[PAMPORT__TTY_ENDED] = "ended",
		[PAMPORT__TTY_UNFIT] = "unfit",
		[PAMPORT__TTY_LATE] = "late",
		[PAMPORT__TTY_SIGNALLED] = "signalled",
		[PAMPORT__TTY_FAILED] = "failed",
		[PAMPORT__TTY_AGAIN] = "again"
	};

	return names[result];
}

/* --- Jobs on a terminal --- */

static void
ask_and_report(bool echo)
{
	struct pamport__tty_question question = question_about(0, echo);
	char line[SIZE];
	enum pamport__tty_result result;

	result = pamport__tty_ask(&question, line, sizeof(line));
	report("%s %s", name_of(result), line);
}

static void
ask_secret(void)
{
	ask_and_report(false);
}

static void
ask_name(void)
{
	ask_and_report(true);
}

static void
handler(int number)
{
	report("handler %d", number);
	report_echo("handler");
}

static void
ask_with_handlers(void)
{
	static const int numbers[] = {
		SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGALRM
	};
	size_t i;

	for (i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		signal(numbers[i], handler);
	report("pid %d", (int)getpid());
	ask_secret();
}

static void
ask_ignoring(void)
{
	signal(SIGINT, SIG_IGN);
	report("pid %d", (int)getpid());
	ask_secret();
}

static void
ask_and_tell_pid(void)
{
	report("pid %d", (int)getpid());
	ask_secret();
}

/* ^C leaves the line where it is, as some terminals are set. */
static void
ask_then_read(void)
{
	struct termios modes;
	char rest[64];
	ssize_t n;

	signal(SIGINT, handler);
	tcgetattr(0, &modes);
	modes.c_lflag |= NOFLSH;
	tcsetattr(0, TCSANOW, &modes);
	ask_secret();
	n = read(0, rest, sizeof(rest) - 1);
	rest[n > 0 ? n - 1 : 0] = '\0';
	report("then %s", rest);
}

static void
ask_too_late(void)
{
	struct pamport__tty_question question = question_about(0, false);
	char line[SIZE];
	int calls = 0;

	question.time_left = soon_too_late;
	question.data = &calls;
	report("%s", name_of(pamport__tty_ask(&question, line, sizeof(line))));
	report_echo("late");
}

/* --- Terminals --- */

ATF_TC_WITHOUT_HEAD(rule_30__secret_is_not_echoed);
ATF_TC_BODY(rule_30__secret_is_not_echoed, tc)
{
	struct terminal terminal;

	terminal_start(&terminal, IN_FOREGROUND, ask_secret);
	terminal_expect(&terminal, "Who? ");
	ATF_CHECK(!terminal_echoes(&terminal));
	terminal_type(&terminal, "hunter2\n");
	terminal_expect_report(&terminal, "answered hunter2");
	terminal_expect_report(&terminal, "exit 0");
	terminal_expect_report(&terminal, "end: echo on");
	terminal_finish(&terminal);
	ATF_CHECK_STREQ("Who? \r\n", terminal.seen);
}

ATF_TC_WITHOUT_HEAD(rule_30__name_is_echoed);
ATF_TC_BODY(rule_30__name_is_echoed, tc)
{
	struct terminal terminal;

	terminal_start(&terminal, IN_FOREGROUND, ask_name);
	terminal_expect(&terminal, "Who? ");
	terminal_type(&terminal, "bob\n");
	terminal_expect_report(&terminal, "answered bob");
	terminal_finish(&terminal);
	ATF_CHECK_STREQ("Who? bob\r\n", terminal.seen);
}

ATF_TC_WITHOUT_HEAD(rule_30__handler_finds_the_terminal_restored);
ATF_TC_BODY(rule_30__handler_finds_the_terminal_restored, tc)
{
	static const int numbers[] = {
		SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGALRM
	};
	struct terminal terminal;
	size_t i;
	int pid;

	for (i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		terminal_start(&terminal, IN_FOREGROUND, ask_with_handlers);
		pid = terminal_number_reported(&terminal, "pid ");
		terminal_expect(&terminal, "Who? ");
		ATF_CHECK(!terminal_echoes(&terminal));
		ATF_REQUIRE_EQ(0, kill(pid, numbers[i]));
		terminal_expect_report(&terminal, "handler %d", numbers[i]);
		terminal_expect_report(&terminal, "handler: echo on");
		terminal_expect_report(&terminal, "signalled ");
		terminal_expect_report(&terminal, "exit 0");
		terminal_finish(&terminal);
	}
}

ATF_TC_WITHOUT_HEAD(rule_30__interrupt_without_handler_ends_the_program);
ATF_TC_BODY(rule_30__interrupt_without_handler_ends_the_program, tc)
{
	struct terminal terminal;

	terminal_start(&terminal, IN_FOREGROUND, ask_secret);
	terminal_expect(&terminal, "Who? ");
	terminal_type(&terminal, "hunt\003");
	terminal_expect_report(&terminal, "killed %d", SIGINT);
	terminal_expect_report(&terminal, "end: echo on");
	terminal_finish(&terminal);
	ATF_CHECK(strstr(terminal.seen, "hunt") == NULL);
}

ATF_TC_WITHOUT_HEAD(rule_30__ignored_signal_stays_ignored);
ATF_TC_BODY(rule_30__ignored_signal_stays_ignored, tc)
{
	struct terminal terminal;
	int pid;

	terminal_start(&terminal, IN_FOREGROUND, ask_ignoring);
	pid = terminal_number_reported(&terminal, "pid ");
	terminal_expect(&terminal, "Who? ");
	ATF_REQUIRE_EQ(0, kill(pid, SIGINT));
	terminal_type(&terminal, "bob\n");
	terminal_expect_report(&terminal, "answered bob");
	terminal_finish(&terminal);
}

ATF_TC_WITHOUT_HEAD(rule_30__stopped_and_continued_it_asks_again);
ATF_TC_BODY(rule_30__stopped_and_continued_it_asks_again, tc)
{
	struct terminal terminal;

	if (getenv("TEST_UNDER_VALGRIND") != NULL)
		atf_tc_skip("a program does not stop under valgrind");
	terminal_start(&terminal, IN_FOREGROUND, ask_secret);
	terminal_expect(&terminal, "Who? ");
	terminal_type(&terminal, "lost\032");
	terminal_expect_report(&terminal, "stopped: echo on");
	terminal_expect(&terminal, "Who? ");
	ATF_CHECK(!terminal_echoes(&terminal));
	terminal_type(&terminal, "hunter2\n");
	terminal_expect_report(&terminal, "answered hunter2");
	terminal_expect_report(&terminal, "exit 0");
	terminal_expect_report(&terminal, "end: echo on");
	terminal_finish(&terminal);
	ATF_CHECK(strstr(terminal.seen, "hunter2") == NULL);
}

/* SIGSTOP cannot be held back; the shell turns echo on meanwhile. */
ATF_TC_WITHOUT_HEAD(rule_30__after_sigstop_echo_is_off_again);
ATF_TC_BODY(rule_30__after_sigstop_echo_is_off_again, tc)
{
	struct terminal terminal;
	int pid;

	terminal_start(&terminal, IN_FOREGROUND, ask_and_tell_pid);
	pid = terminal_number_reported(&terminal, "pid ");
	terminal_expect(&terminal, "Who? ");
	ATF_REQUIRE_EQ(0, kill(pid, SIGSTOP));
	terminal_expect_report(&terminal, "stopped: echo off");
	terminal_expect(&terminal, "Who? ");
	ATF_CHECK(!terminal_echoes(&terminal));
	terminal_type(&terminal, "hunter2\n");
	terminal_expect_report(&terminal, "answered hunter2");
	terminal_finish(&terminal);
	ATF_CHECK(strstr(terminal.seen, "hunter2") == NULL);
}

ATF_TC_WITHOUT_HEAD(rule_30__background_job_waits_for_its_turn);
ATF_TC_BODY(rule_30__background_job_waits_for_its_turn, tc)
{
	struct terminal terminal;

	if (getenv("TEST_UNDER_VALGRIND") != NULL)
		atf_tc_skip("a program does not stop under valgrind");
	terminal_start(&terminal, IN_BACKGROUND, ask_secret);
	terminal_expect_report(&terminal, "background: echo on");
	terminal_expect(&terminal, "Who? ");
	ATF_CHECK(!terminal_echoes(&terminal));
	terminal_type(&terminal, "hunter2\n");
	terminal_expect_report(&terminal, "answered hunter2");
	terminal_finish(&terminal);
	ATF_CHECK(strstr(terminal.seen, "hunter2") == NULL);
}

ATF_TC_WITHOUT_HEAD(rule_30__half_a_secret_is_forgotten);
ATF_TC_BODY(rule_30__half_a_secret_is_forgotten, tc)
{
	struct terminal terminal;

	terminal_start(&terminal, IN_FOREGROUND, ask_then_read);
	terminal_expect(&terminal, "Who? ");
	terminal_type(&terminal, "hunt\003");
	terminal_expect_report(&terminal, "handler %d", SIGINT);
	terminal_expect_report(&terminal, "handler: echo on");
	terminal_expect_report(&terminal, "signalled ");
	terminal_type(&terminal, "ls\n");
	terminal_expect_report(&terminal, "then ls");
	terminal_finish(&terminal);
	ATF_CHECK(strstr(terminal.seen, "hunt") == NULL);
}

ATF_TC_WITHOUT_HEAD(rule_30__too_late_on_a_terminal);
ATF_TC_BODY(rule_30__too_late_on_a_terminal, tc)
{
	struct terminal terminal;

	terminal_start(&terminal, IN_FOREGROUND, ask_too_late);
	terminal_expect_report(&terminal, "late");
	terminal_expect_report(&terminal, "late: echo on");
	terminal_finish(&terminal);
	ATF_CHECK_STREQ("Who? \r\n", terminal.seen);
}

ATF_TC_WITHOUT_HEAD(rule_30__end_of_input_on_a_terminal);
ATF_TC_BODY(rule_30__end_of_input_on_a_terminal, tc)
{
	struct terminal terminal;

	terminal_start(&terminal, IN_FOREGROUND, ask_secret);
	terminal_expect(&terminal, "Who? ");
	terminal_type(&terminal, "\004");
	terminal_expect_report(&terminal, "ended ");
	terminal_expect_report(&terminal, "exit 0");
	terminal_expect_report(&terminal, "end: echo on");
	terminal_finish(&terminal);
}

ATF_TP_ADD_TCS(tp)
{
	ATF_TP_ADD_TC(tp, rule_30__secret_is_not_echoed);
	ATF_TP_ADD_TC(tp, rule_30__name_is_echoed);
	ATF_TP_ADD_TC(tp, rule_30__handler_finds_the_terminal_restored);
	ATF_TP_ADD_TC(tp, rule_30__interrupt_without_handler_ends_the_program);
	ATF_TP_ADD_TC(tp, rule_30__ignored_signal_stays_ignored);
	ATF_TP_ADD_TC(tp, rule_30__stopped_and_continued_it_asks_again);
	ATF_TP_ADD_TC(tp, rule_30__after_sigstop_echo_is_off_again);
	ATF_TP_ADD_TC(tp, rule_30__background_job_waits_for_its_turn);
	ATF_TP_ADD_TC(tp, rule_30__half_a_secret_is_forgotten);
	ATF_TP_ADD_TC(tp, rule_30__too_late_on_a_terminal);
	ATF_TP_ADD_TC(tp, rule_30__end_of_input_on_a_terminal);
	return atf_no_error();
}
