/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One question on a terminal, and on what is none.
 */
#include <config.h>

#include <sys/types.h>
#include <sys/wait.h>
#include <atf-c.h>
#include <errno.h>
#include <fcntl.h>
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

/* --- Pipes --- */

/* The reading end of a pipe that holds size bytes and then ends. */
static int
pipe_with(const char *bytes, size_t size)
{
	int ends[2];

	ATF_REQUIRE_EQ(0, pipe(ends));
	ATF_REQUIRE_EQ((ssize_t)size, write(ends[1], bytes, size));
	close(ends[1]);
	return ends[0];
}

static enum pamport__tty_result
ask_pipe(int in, char line[SIZE])
{
	struct pamport__tty_question question = question_about(in, false);

	memset(line, 'x', SIZE);
	return pamport__tty_ask(&question, line, SIZE);
}

static bool
is_wiped(const char line[SIZE])
{
	static const char zeros[SIZE];

	return memcmp(line, zeros, SIZE) == 0;
}

ATF_TC_WITHOUT_HEAD(rule_30__nothing_behind_the_line_is_taken);
ATF_TC_BODY(rule_30__nothing_behind_the_line_is_taken, tc)
{
	int in = pipe_with("one\ntwo\n", 8);
	char line[SIZE], rest[SIZE];

	ATF_CHECK_EQ(PAMPORT__TTY_ANSWERED, ask_pipe(in, line));
	ATF_CHECK_STREQ("one", line);
	ATF_CHECK_EQ(4, read(in, rest, sizeof(rest)));
	ATF_CHECK_EQ(0, memcmp(rest, "two\n", 4));
	close(in);
}

ATF_TC_WITHOUT_HEAD(rule_30__longest_answer_fits);
ATF_TC_BODY(rule_30__longest_answer_fits, tc)
{
	int in = pipe_with("1234567\n", 8);
	char line[SIZE];

	ATF_CHECK_EQ(PAMPORT__TTY_ANSWERED, ask_pipe(in, line));
	ATF_CHECK_STREQ("1234567", line);
	close(in);
}

ATF_TC_WITHOUT_HEAD(rule_30__longer_line_is_refused_to_its_end);
ATF_TC_BODY(rule_30__longer_line_is_refused_to_its_end, tc)
{
	int in = pipe_with("12345678\nnext\n", 14);
	char line[SIZE];

	ATF_CHECK_EQ(PAMPORT__TTY_UNFIT, ask_pipe(in, line));
	ATF_CHECK(is_wiped(line));
	ATF_CHECK_EQ(PAMPORT__TTY_ANSWERED, ask_pipe(in, line));
	ATF_CHECK_STREQ("next", line);
	close(in);
}

ATF_TC_WITHOUT_HEAD(rule_30__nul_byte_is_refused);
ATF_TC_BODY(rule_30__nul_byte_is_refused, tc)
{
	int in = pipe_with("ab\0cd\nnext\n", 11);
	char line[SIZE];

	ATF_CHECK_EQ(PAMPORT__TTY_UNFIT, ask_pipe(in, line));
	ATF_CHECK(is_wiped(line));
	ATF_CHECK_EQ(PAMPORT__TTY_ANSWERED, ask_pipe(in, line));
	ATF_CHECK_STREQ("next", line);
	close(in);
}

ATF_TC_WITHOUT_HEAD(rule_30__end_of_input);
ATF_TC_BODY(rule_30__end_of_input, tc)
{
	int in = pipe_with("last", 4);
	char line[SIZE];

	ATF_CHECK_EQ(PAMPORT__TTY_ANSWERED, ask_pipe(in, line));
	ATF_CHECK_STREQ("last", line);
	ATF_CHECK_EQ(PAMPORT__TTY_ENDED, ask_pipe(in, line));
	ATF_CHECK(is_wiped(line));
	close(in);
}

ATF_TC_WITHOUT_HEAD(rule_30__empty_line_is_an_answer);
ATF_TC_BODY(rule_30__empty_line_is_an_answer, tc)
{
	int in = pipe_with("\n", 1);
	char line[SIZE];

	ATF_CHECK_EQ(PAMPORT__TTY_ANSWERED, ask_pipe(in, line));
	ATF_CHECK_STREQ("", line);
	close(in);
}

ATF_TC_WITHOUT_HEAD(rule_30__too_late_leaves_nothing);
ATF_TC_BODY(rule_30__too_late_leaves_nothing, tc)
{
	struct pamport__tty_question question;
	char line[SIZE];
	int calls = 0, ends[2];

	ATF_REQUIRE_EQ(0, pipe(ends));
	ATF_REQUIRE_EQ(4, write(ends[1], "half", 4));
	memset(line, 'x', sizeof(line));
	question = question_about(ends[0], false);
	question.time_left = soon_too_late;
	question.data = &calls;
	ATF_CHECK_EQ(PAMPORT__TTY_LATE,
	    pamport__tty_ask(&question, line, sizeof(line)));
	ATF_CHECK(is_wiped(line));
	ATF_CHECK_EQ(2, calls);
}

/* What is opened meanwhile must not take the place of what is closed. */
ATF_TC_WITHOUT_HEAD(rule_30__closed_streams_are_a_failure);
ATF_TC_BODY(rule_30__closed_streams_are_a_failure, tc)
{
	struct pamport__tty_question question = question_about(0, false);
	char line[SIZE];
	int status;
	pid_t pid;

	pid = fork();
	ATF_REQUIRE(pid != -1);
	if (pid == 0) {
		close(0);
		close(1);
		close(2);
		question.out = 2;
		_exit((int)pamport__tty_ask(&question, line, sizeof(line)));
	}
	ATF_REQUIRE_EQ(pid, waitpid(pid, &status, 0));
	ATF_REQUIRE(WIFEXITED(status));
	ATF_CHECK_STREQ("failed", name_of(WEXITSTATUS(status)));
}

/* The descriptor that is free before is the one that is free afterwards. */
ATF_TC_WITHOUT_HEAD(rule_30__nothing_stays_open_or_caught);
ATF_TC_BODY(rule_30__nothing_stays_open_or_caught, tc)
{
	struct sigaction before, after;
	int free_before, free_after, in = pipe_with("one\n", 4);
	char line[SIZE];

	signal(SIGTERM, handler);
	ATF_REQUIRE_EQ(0, sigaction(SIGTERM, NULL, &before));
	free_before = dup(0);
	close(free_before);
	ATF_CHECK_EQ(PAMPORT__TTY_ANSWERED, ask_pipe(in, line));
	free_after = dup(0);
	close(free_after);
	ATF_CHECK_EQ(free_before, free_after);
	ATF_REQUIRE_EQ(0, sigaction(SIGTERM, NULL, &after));
	ATF_CHECK(after.sa_handler == handler);
	ATF_CHECK_EQ(before.sa_flags, after.sa_flags);
	close(in);
}

/* A handler that is not held back runs at once and does not end the wait. */
static volatile sig_atomic_t usr1_count;

static void
count_usr1(int number)
{
	(void)number;
	usr1_count++;
}

static int
type_when_asked(void *data)
{
	const int *out = data;

	(void)raise(SIGUSR1);
	ATF_REQUIRE_EQ(4, write(*out, "one\n", 4));
	return -1;
}

ATF_TC_WITHOUT_HEAD(rule_30__other_signals_are_the_programs_own);
ATF_TC_BODY(rule_30__other_signals_are_the_programs_own, tc)
{
	struct pamport__tty_question question;
	char line[SIZE];
	int ends[2];

	signal(SIGUSR1, count_usr1);
	ATF_REQUIRE_EQ(0, pipe(ends));
	question = question_about(ends[0], true);
	question.time_left = type_when_asked;
	question.data = &ends[1];
	ATF_CHECK_EQ(PAMPORT__TTY_ANSWERED,
	    pamport__tty_ask(&question, line, sizeof(line)));
	ATF_CHECK_STREQ("one", line);
	ATF_CHECK_EQ(1, usr1_count);
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
	ATF_TP_ADD_TC(tp, rule_30__nothing_behind_the_line_is_taken);
	ATF_TP_ADD_TC(tp, rule_30__longest_answer_fits);
	ATF_TP_ADD_TC(tp, rule_30__longer_line_is_refused_to_its_end);
	ATF_TP_ADD_TC(tp, rule_30__nul_byte_is_refused);
	ATF_TP_ADD_TC(tp, rule_30__end_of_input);
	ATF_TP_ADD_TC(tp, rule_30__empty_line_is_an_answer);
	ATF_TP_ADD_TC(tp, rule_30__too_late_leaves_nothing);
	ATF_TP_ADD_TC(tp, rule_30__closed_streams_are_a_failure);
	ATF_TP_ADD_TC(tp, rule_30__nothing_stays_open_or_caught);
	ATF_TP_ADD_TC(tp, rule_30__other_signals_are_the_programs_own);
	return atf_no_error();
}
