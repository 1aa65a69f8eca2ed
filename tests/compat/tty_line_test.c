/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One question on what is no terminal: which line is an answer, and what is
 * left behind.
 */
#include <config.h>

#include <sys/types.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <atf-c.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "compat/tty.h"

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

static volatile sig_atomic_t handled;

static void
handler(int number)
{
	(void)number;
	handled++;
}

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

static int
too_late(void *data)
{
	(void)data;
	return 0;
}

ATF_TC_WITHOUT_HEAD(rule_30__too_late_at_once);
ATF_TC_BODY(rule_30__too_late_at_once, tc)
{
	int in = pipe_with("one\n", 4);
	struct pamport__tty_question question = question_about(in, false);
	char line[SIZE];

	question.time_left = too_late;
	memset(line, 'x', sizeof(line));
	ATF_CHECK_EQ(PAMPORT__TTY_LATE,
	    pamport__tty_ask(&question, line, sizeof(line)));
	ATF_CHECK(is_wiped(line));
	close(in);
}

static char handlers_line[SIZE];
static bool handler_found_it_wiped;

static void
look_at_line(int number)
{
	(void)number;
	handler_found_it_wiped = is_wiped(handlers_line);
}

/* Sends the signal when half a line has been taken out of the pipe. */
static void
interrupt_after_half(int in)
{
	int left = 1;

	while (left > 0)
		if (ioctl(in, FIONREAD, &left) == -1)
			_exit(1);
	kill(getppid(), SIGTERM);
	_exit(0);
}

/* A handler may never come back, so it is not too early to wipe. */
ATF_TC_WITHOUT_HEAD(rule_30__handler_finds_no_secret);
ATF_TC_BODY(rule_30__handler_finds_no_secret, tc)
{
	struct pamport__tty_question question;
	int ends[2];
	pid_t pid;

	signal(SIGTERM, look_at_line);
	ATF_REQUIRE_EQ(0, pipe(ends));
	ATF_REQUIRE_EQ(4, write(ends[1], "half", 4));
	pid = fork();
	ATF_REQUIRE(pid != -1);
	if (pid == 0)
		interrupt_after_half(ends[0]);
	question = question_about(ends[0], false);
	memset(handlers_line, 'x', sizeof(handlers_line));
	ATF_CHECK_EQ(PAMPORT__TTY_SIGNALLED,
	    pamport__tty_ask(&question, handlers_line, SIZE));
	ATF_CHECK(handler_found_it_wiped);
	ATF_REQUIRE_EQ(pid, waitpid(pid, NULL, 0));
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
	ATF_CHECK_EQ((int)PAMPORT__TTY_FAILED, WEXITSTATUS(status));
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

	signal(SIGUSR1, handler);
	ATF_REQUIRE_EQ(0, pipe(ends));
	question = question_about(ends[0], true);
	question.time_left = type_when_asked;
	question.data = &ends[1];
	ATF_CHECK_EQ(PAMPORT__TTY_ANSWERED,
	    pamport__tty_ask(&question, line, sizeof(line)));
	ATF_CHECK_STREQ("one", line);
	ATF_CHECK_EQ(1, handled);
}

struct slow {
	int end;
	int calls;
};

/* The time is due once, in the middle of the line; then its rest comes. */
static int
rest_comes_later(void *data)
{
	struct slow *slow = data;

	if (slow->calls++ == 0)
		return 1;
	ATF_REQUIRE_EQ(4, write(slow->end, "ret\n", 4));
	return -1;
}

ATF_TC_WITHOUT_HEAD(rule_30__a_pipe_that_is_slow_is_not_cut);
ATF_TC_BODY(rule_30__a_pipe_that_is_slow_is_not_cut, tc)
{
	struct pamport__tty_question question;
	struct slow slow = { -1, 0 };
	char line[SIZE];
	int ends[2];

	ATF_REQUIRE_EQ(0, pipe(ends));
	ATF_REQUIRE_EQ(3, write(ends[1], "sec", 3));
	slow.end = ends[1];
	question = question_about(ends[0], false);
	question.time_left = rest_comes_later;
	question.data = &slow;
	ATF_CHECK_EQ(PAMPORT__TTY_ANSWERED, pamport__tty_ask(&question, line,
	    SIZE));
	ATF_CHECK_STREQ("secret", line);
}

ATF_TP_ADD_TCS(tp)
{
	ATF_TP_ADD_TC(tp, rule_30__a_pipe_that_is_slow_is_not_cut);
	ATF_TP_ADD_TC(tp, rule_30__nothing_behind_the_line_is_taken);
	ATF_TP_ADD_TC(tp, rule_30__longest_answer_fits);
	ATF_TP_ADD_TC(tp, rule_30__longer_line_is_refused_to_its_end);
	ATF_TP_ADD_TC(tp, rule_30__nul_byte_is_refused);
	ATF_TP_ADD_TC(tp, rule_30__end_of_input);
	ATF_TP_ADD_TC(tp, rule_30__empty_line_is_an_answer);
	ATF_TP_ADD_TC(tp, rule_30__too_late_leaves_nothing);
	ATF_TP_ADD_TC(tp, rule_30__too_late_at_once);
	ATF_TP_ADD_TC(tp, rule_30__handler_finds_no_secret);
	ATF_TP_ADD_TC(tp, rule_30__closed_streams_are_a_failure);
	ATF_TP_ADD_TC(tp, rule_30__nothing_stays_open_or_caught);
	ATF_TP_ADD_TC(tp, rule_30__other_signals_are_the_programs_own);
	return atf_no_error();
}
