/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * See terminal.h.
 */
#include <config.h>

#include <sys/types.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <atf-c.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "tests/compat/terminal.h"

/* Only a broken test waits that long. */
#define PATIENCE 60000

static int reports = -1;

void
report(const char *format, ...)
{
	char line[1024];
	va_list arguments;
	int length;

	va_start(arguments, format);
	length = vsnprintf(line, sizeof(line) - 1, format, arguments);
	va_end(arguments);
	if (length < 0 || length >= (int)sizeof(line) - 1)
		length = (int)sizeof(line) - 2;
	line[length] = '\n';
	if (write(reports, line, (size_t)length + 1) != length + 1)
		_exit(125);
}

void
report_echo(const char *who)
{
	struct termios modes;

	if (tcgetattr(STDIN_FILENO, &modes) == -1)
		report("%s: %s", who, strerror(errno));
	else
		report("%s: echo %s", who,
		    (modes.c_lflag & ECHO) != 0 ? "on" : "off");
}

/* --- The shell --- */

static void
take_foreground(pid_t group)
{
	sigset_t blocked, before;

	sigemptyset(&blocked);
	sigaddset(&blocked, SIGTTOU);
	sigprocmask(SIG_BLOCK, &blocked, &before);
	if (tcsetpgrp(STDIN_FILENO, group) == -1)
		report("tcsetpgrp: %s", strerror(errno));
	sigprocmask(SIG_SETMASK, &before, NULL);
}

static pid_t
start_job(enum terminal_start where, void (*job)(void))
{
	pid_t pid = fork();

	if (pid != 0) {
		if (pid > 0)
			(void)setpgid(pid, pid);
		return pid;
	}
	(void)setpgid(0, 0);
	if (where == IN_FOREGROUND)
		take_foreground(getpid());
	job();
	fflush(stdout);
	fflush(stderr);
	_exit(0);
}

static void
set_modes(const struct termios *modes)
{
	sigset_t blocked, before;

	sigemptyset(&blocked);
	sigaddset(&blocked, SIGTTOU);
	sigprocmask(SIG_BLOCK, &blocked, &before);
	(void)tcsetattr(STDIN_FILENO, TCSANOW, modes);
	sigprocmask(SIG_SETMASK, &before, NULL);
}

static void
be_shell(const char *name, enum terminal_start where, void (*job)(void))
{
	struct termios modes;
	int fd, status;
	pid_t pid;

	if (setsid() == -1 || (fd = open(name, O_RDWR)) == -1)
		_exit(126);
#ifdef TIOCSCTTY
	(void)ioctl(fd, TIOCSCTTY, 0);
#endif
	if (dup2(fd, 0) == -1 || dup2(fd, 1) == -1 || dup2(fd, 2) == -1)
		_exit(126);
	if (fd > 2)
		close(fd);
	(void)tcgetattr(STDIN_FILENO, &modes);
	pid = start_job(where, job);
	while (waitpid(pid, &status, WUNTRACED) == pid && WIFSTOPPED(status)) {
		report_echo(WSTOPSIG(status) == SIGTTOU ? "background" :
		    "stopped");
		set_modes(&modes);
		take_foreground(pid);
		kill(-pid, SIGCONT);
	}
	if (WIFSIGNALED(status))
		report("killed %d", WTERMSIG(status));
	else
		report("exit %d", WEXITSTATUS(status));
	report_echo("end");
	_exit(0);
}

/* --- The test --- */

void
terminal_start(struct terminal *terminal, enum terminal_start where,
    void (*job)(void))
{
	int ends[2];

	memset(terminal, 0, sizeof(*terminal));
	terminal->master = posix_openpt(O_RDWR | O_NOCTTY);
	ATF_REQUIRE(terminal->master != -1);
	ATF_REQUIRE_EQ(0, grantpt(terminal->master));
	ATF_REQUIRE_EQ(0, unlockpt(terminal->master));
	ATF_REQUIRE_EQ(0, pipe(ends));
	terminal->shell = fork();
	ATF_REQUIRE(terminal->shell != -1);
	if (terminal->shell == 0) {
		char name[128];

		snprintf(name, sizeof(name), "%s", ptsname(terminal->master));
		close(terminal->master);
		close(ends[0]);
		reports = ends[1];
		be_shell(name, where, job);
	}
	close(ends[1]);
	terminal->reports = ends[0];
}

/* False at the end of the terminal. */
static bool
read_some(struct terminal *terminal)
{
	struct pollfd fd;
	ssize_t n;

	fd.fd = terminal->master;
	fd.events = POLLIN;
	ATF_REQUIRE_MSG(poll(&fd, 1, PATIENCE) == 1, "nothing but: %s",
	    terminal->seen);
	n = read(terminal->master, terminal->seen + terminal->length,
	    sizeof(terminal->seen) - 1 - terminal->length);
	if (n <= 0)
		return false;
	terminal->length += (size_t)n;
	terminal->seen[terminal->length] = '\0';
	return true;
}

void
terminal_expect(struct terminal *terminal, const char *text)
{
	const char *found;

	while ((found = strstr(terminal->seen + terminal->expected, text)) ==
	    NULL)
		ATF_REQUIRE_MSG(read_some(terminal), "no '%s' in: %s", text,
		    terminal->seen);
	terminal->expected = (size_t)(found - terminal->seen) + strlen(text);
}

static void
next_report(struct terminal *terminal, char *line, size_t size)
{
	struct pollfd fd;
	size_t length = 0;

	fd.fd = terminal->reports;
	fd.events = POLLIN;
	do {
		ATF_REQUIRE_MSG(poll(&fd, 1, PATIENCE) == 1, "no report");
		ATF_REQUIRE_MSG(read(terminal->reports, &line[length], 1) == 1,
		    "no more reports");
		ATF_REQUIRE(length < size - 1);
	} while (line[length++] != '\n');
	line[length - 1] = '\0';
}

void
terminal_expect_report(struct terminal *terminal, const char *format, ...)
{
	char expected[1024], line[1024];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(expected, sizeof(expected), format, arguments);
	va_end(arguments);
	next_report(terminal, line, sizeof(line));
	ATF_REQUIRE_STREQ(expected, line);
}

int
terminal_number_reported(struct terminal *terminal, const char *prefix)
{
	char line[1024];

	next_report(terminal, line, sizeof(line));
	ATF_REQUIRE_MSG(strncmp(line, prefix, strlen(prefix)) == 0, "%s", line);
	return atoi(line + strlen(prefix));
}

void
terminal_type(struct terminal *terminal, const char *text)
{
	size_t length = strlen(text);

	ATF_REQUIRE_EQ((ssize_t)length,
	    write(terminal->master, text, length));
}

bool
terminal_echoes(const struct terminal *terminal)
{
	struct termios modes;

	ATF_REQUIRE_EQ(0, tcgetattr(terminal->master, &modes));
	return (modes.c_lflag & ECHO) != 0;
}

void
terminal_finish(struct terminal *terminal)
{
	int status;

	while (read_some(terminal))
		continue;
	ATF_REQUIRE_EQ(terminal->shell, waitpid(terminal->shell, &status, 0));
	ATF_CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	close(terminal->master);
	close(terminal->reports);
}

/* --- Conversations --- */

struct pam_message
message(int style, const char *text)
{
	struct pam_message result;
	const void *pointer = text;

	memset(&result, 0, sizeof(result));
	result.msg_style = style;
	/* Solaris has no const there. */
	memcpy(&result.msg, &pointer, sizeof(pointer));
	return result;
}

void
put_on_stdin(const char *text)
{
	size_t length = strlen(text);
	int ends[2];

	if (pipe(ends) == -1 ||
	    write(ends[1], text, length) != (ssize_t)length ||
	    dup2(ends[0], STDIN_FILENO) == -1)
		abort();
	close(ends[0]);
	close(ends[1]);
}

static void
report_answers(int n, struct pam_response *answers)
{
	int i;

	for (i = 0; i < n; i++) {
		if (answers[i].resp == NULL)
			report("no answer");
		else
			report("answer %s", answers[i].resp);
		free(answers[i].resp);
	}
	free(answers);
}

void
report_conversation(conversation *conv, int n,
    const struct pam_message *messages)
{
	const struct pam_message *list[64];
	struct pam_response mark, *answers = &mark;
	int i, result;

	for (i = 0; i < n && i < 64; i++)
		list[i] = &messages[i];
	result = conv(n, list, &answers, NULL);
	report("%s", pamport_code_name(result));
	if (result == PAM_SUCCESS)
		report_answers(n, answers);
	else
		report("resp %s", answers == NULL ? "NULL" :
		    answers == &mark ? "untouched" : "set");
}
