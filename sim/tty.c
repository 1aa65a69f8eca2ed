/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Questions on the standard input and output.
 */
#include <sys/types.h>
#include <sys/select.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "sim.h"

static bool
echo_off(struct termios *saved)
{
	struct termios quiet;

	if (tcgetattr(STDIN_FILENO, saved) != 0)
		return (false);
	quiet = *saved;
	quiet.c_lflag &= ~(tcflag_t)ECHO;
	return (tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet) == 0);
}

static void
echo_on(const struct termios *saved)
{
	tcsetattr(STDIN_FILENO, TCSAFLUSH, saved);
	fputc('\n', stderr);
}

/* The next moment at which something has to happen, or 0. */
static long
next_moment(const struct sim_question *question, long now)
{
	if (question->warning > now && (question->deadline == 0 ||
	    question->warning < question->deadline))
		return (question->warning);
	return (question->deadline);
}

/* True when there is something to read; false when it is too late. */
static bool
wait_input(const struct sim_question *question)
{
	struct timeval left;
	fd_set set;
	long moment, now;
	int n;

	for (;;) {
		now = (long)time(NULL);
		if (question->deadline != 0 && now >= question->deadline)
			return (false);
		moment = next_moment(question, now);
		left.tv_sec = moment > now ? moment - now : 0;
		left.tv_usec = 0;
		FD_ZERO(&set);
		FD_SET(STDIN_FILENO, &set);
		n = select(STDIN_FILENO + 1, &set, NULL, NULL,
		    moment != 0 ? &left : NULL);
		if (n > 0 || (n < 0 && errno != EINTR))
			return (true);
		if (n == 0 && moment == question->warning &&
		    question->warning_text != NULL)
			fprintf(stderr, "%s", question->warning_text);
	}
}

/* One line without its newline. */
static enum sim_answer
read_line(const struct sim_question *question, char *line, size_t size)
{
	size_t used = 0;
	ssize_t n;
	char c;

	for (;;) {
		if (!wait_input(question))
			return (SIM_LATE);
		n = read(STDIN_FILENO, &c, 1);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return (SIM_NO_ANSWER);
		if (n == 0 && used == 0)
			return (SIM_AT_END);
		if (n == 0 || c == '\n')
			break;
		if (used + 1 < size)
			line[used++] = c;
	}
	line[used] = '\0';
	return (SIM_ANSWERED);
}

/* *answer is for the caller to free, and NULL unless something was said. */
enum sim_answer
sim_read_answer(const struct sim_question *question, char **answer)
{
	char line[PAM_MAX_RESP_SIZE] = "";
	struct termios saved;
	enum sim_answer result;
	bool quiet;

	*answer = NULL;
	fprintf(stderr, "%s", question->prompt);
	fflush(stderr);
	quiet = !question->echo && echo_off(&saved);
	result = read_line(question, line, sizeof(line));
	if (quiet)
		echo_on(&saved);
	if (result == SIM_ANSWERED && (*answer = strdup(line)) == NULL)
		result = SIM_NO_ANSWER;
	sim_wipe(line);
	return (result);
}
