/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One question on a terminal: echo off, read a line, restore, and the loop
 * around them.
 *
 * The line is read byte by byte, so that nothing behind it is taken from a
 * program that reads the same input afterwards.
 */
#include <config.h>

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "compat/tty.h"

#define NEVER (-1)

/* What is to be undone. */
struct echo {
	bool is_terminal;
	bool is_off;
	struct termios before;
};

int64_t
pamport__milliseconds(void)
{
	struct timespec now;

	if (clock_gettime(CLOCK_MONOTONIC, &now) == -1)
		return 0;
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void
pamport__tty_write(int out, const char *text)
{
	size_t left = strlen(text);
	ssize_t written;

	while (left > 0) {
		written = write(out, text, left);
		if (written == -1 && errno == EINTR)
			continue;
		if (written <= 0)
			return;
		text += written;
		left -= (size_t)written;
	}
}

/*
 * Typed-ahead input is thrown away: it was echoed.  A terminal whose echo does
 * not go off is not asked for a secret.
 */
static enum pamport__tty_result
echo_off(const struct pamport__tty_question *question, struct echo *echo)
{
	struct termios quiet;

	echo->is_terminal = isatty(question->in) == 1;
	echo->is_off = false;
	if (question->echo || !echo->is_terminal)
		return PAMPORT__TTY_ANSWERED;
	if (tcgetattr(question->in, &echo->before) == -1)
		return PAMPORT__TTY_FAILED;
	quiet = echo->before;
	quiet.c_lflag &= ~(tcflag_t)(ECHO | ECHONL);
	/* In the background SIGTTOU comes first: stop, and start anew. */
	if (tcsetattr(question->in, TCSAFLUSH, &quiet) == -1)
		return errno == EINTR ? PAMPORT__TTY_AGAIN :
		    PAMPORT__TTY_FAILED;
	echo->is_off = true;
	return PAMPORT__TTY_ANSWERED;
}

/* The terminal is then in another's hands, the shell's for one. */
static bool
in_background(int terminal)
{
	pid_t foreground = tcgetpgrp(terminal);

	return foreground != -1 && foreground != getpgrp();
}

/*
 * Half a secret that is still in the terminal's line would be echoed to the
 * next reader: it is thrown away.
 */
static void
restore(const struct pamport__tty_question *question, const struct echo *echo,
    enum pamport__tty_result result)
{
	bool answered = result == PAMPORT__TTY_ANSWERED;

	if (echo->is_off)
		while (!in_background(question->in) &&
		    tcsetattr(question->in, answered ? TCSANOW : TCSAFLUSH,
		    &echo->before) == -1 && errno == EINTR)
			continue;
	/* Nobody has echoed the end of the line. */
	if (echo->is_off || (echo->is_terminal && !answered))
		pamport__tty_write(question->out, "\n");
}

static int
milliseconds_until(int64_t deadline)
{
	int64_t left;

	if (deadline == NEVER)
		return NEVER;
	left = deadline - pamport__milliseconds();
	if (left <= 0)
		return 0;
	return left > INT_MAX ? INT_MAX : (int)left;
}

/*
 * ANSWERED: there is something to read, or at least an error.  Poll of macOS
 * says POLLNVAL for some terminals; the read then waits without a deadline.
 */
static enum pamport__tty_result
wait_for_input(int in, int signals, int64_t deadline)
{
	struct pollfd fds[2];
	int n;

	fds[0].fd = in;
	fds[1].fd = signals;
	fds[0].events = fds[1].events = POLLIN;
	do {
		n = poll(fds, 2, milliseconds_until(deadline));
	} while (n == -1 && errno == EINTR);
	if (n == -1)
		return PAMPORT__TTY_FAILED;
	if (n == 0)
		return PAMPORT__TTY_DUE;
	if (fds[1].revents != 0)
		return PAMPORT__TTY_AGAIN;
	return PAMPORT__TTY_ANSWERED;
}

static enum pamport__tty_result
read_byte(int in, int signals, int64_t deadline, char *byte)
{
	enum pamport__tty_result result;
	ssize_t n;

	for (;;) {
		result = wait_for_input(in, signals, deadline);
		if (result != PAMPORT__TTY_ANSWERED)
			return result;
		n = read(in, byte, 1);
		if (n == 1)
			return PAMPORT__TTY_ANSWERED;
		if (n == 0)
			return PAMPORT__TTY_ENDED;
		if (errno != EINTR && errno != EAGAIN)
			return PAMPORT__TTY_FAILED;
	}
}

/* A line, perhaps one that was broken off and goes on. */
struct line {
	char *text;
	size_t size;
	size_t length;
	bool fits;
};

static void
forget(struct line *line)
{
	explicit_bzero(line->text, line->size);
	line->length = 0;
	line->fits = true;
}

/* A line that does not fit is read to its end all the same. */
static enum pamport__tty_result
read_line(int in, int signals, int64_t deadline, struct line *line)
{
	enum pamport__tty_result result;
	char byte = '\0';

	for (;;) {
		result = read_byte(in, signals, deadline, &byte);
		if (result != PAMPORT__TTY_ANSWERED || byte == '\n')
			break;
		if (byte == '\0' || line->length + 1 >= line->size)
			line->fits = false;
		else
			line->text[line->length++] = byte;
	}
	explicit_bzero(&byte, sizeof(byte));
	line->text[line->length] = '\0';
	/* The end of input ends the last line too. */
	if (result == PAMPORT__TTY_ENDED && (line->length > 0 || !line->fits))
		result = PAMPORT__TTY_ANSWERED;
	if (result == PAMPORT__TTY_ANSWERED && !line->fits)
		result = PAMPORT__TTY_UNFIT;
	return result;
}

/*
 * What was typed is typed again, but what came through a pipe is not: there it
 * is kept when only the time is due, and after a signal, for which it has to be
 * wiped, the rest does not pass for the whole line.
 */
static void
break_off(struct line *line, enum pamport__tty_result result, bool is_terminal)
{
	bool is_cut = !is_terminal && (line->length > 0 || !line->fits);

	if (result == PAMPORT__TTY_DUE && !is_terminal)
		return;
	forget(line);
	line->fits = !is_cut;
}

static enum pamport__tty_result
ask_once(const struct pamport__tty_question *question, struct line *line)
{
	struct pamport__tty_signals signals;
	enum pamport__tty_result result;
	struct echo echo;
	int64_t deadline = NEVER;
	int left;

	left = question->time_left(question->data);
	if (left == 0)
		return PAMPORT__TTY_LATE;
	if (left > 0)
		deadline = pamport__milliseconds() + left;
	if (!pamport__tty_signals_catch(&signals))
		return PAMPORT__TTY_FAILED;
	result = echo_off(question, &echo);
	if (result == PAMPORT__TTY_ANSWERED) {
		pamport__tty_write(question->out, question->prompt);
		result = read_line(question->in, signals.arrivals, deadline,
		    line);
		restore(question, &echo, result);
	}
	/* The program's own handler may never come back. */
	if (result != PAMPORT__TTY_ANSWERED)
		break_off(line, result, echo.is_terminal);
	return pamport__tty_signals_release(&signals) ?
	    PAMPORT__TTY_SIGNALLED : result;
}

enum pamport__tty_result
pamport__tty_ask(const struct pamport__tty_question *question, char *text,
    size_t size)
{
	struct line line = { text, size, 0, true };
	enum pamport__tty_result result;

	do {
		result = ask_once(question, &line);
	} while (result == PAMPORT__TTY_AGAIN || result == PAMPORT__TTY_DUE);
	if (result != PAMPORT__TTY_ANSWERED)
		forget(&line);
	return result;
}
