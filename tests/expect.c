/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * expect SCRIPT PROGRAM [ARGUMENT...]
 *
 * Runs a program on a pseudo terminal of its own, types what the script says,
 * and shows on standard output what the terminal showed.  Ends with the status
 * of the program (128 and the signal if one killed it), or with 99 after a
 * line of the script that did not come true within LIMIT seconds.
 *
 *	expect TEXT	wait until the terminal has shown TEXT, after what an
 *			earlier expect waited for
 *	send TEXT	type TEXT and return
 *	end		type the end of the input
 *	kill SIGNAL	send the program HUP, INT, KILL, TERM or STOP
 *	hangup		close the terminal
 *	# ...		nothing
 *
 * After the last line the terminal is read until the program ends.
 */
#include <config.h>

#include <sys/types.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#define LIMIT 60		/* seconds for a line, and for the end */
#define STATUS_FAILED 99
#define END_OF_INPUT 4

struct terminal {
	int master;		/* -1 after the hangup */
	pid_t program;
	char shown[65536];	/* all of it, carriage returns left out */
	size_t length;
	size_t matched;		/* where the last expected text ended */
};

static void
give_up(struct terminal *terminal, const char *why, const char *what)
{
	(void)fprintf(stderr, "expect: %s: %s\n", why, what);
	if (terminal->program > 0)
		(void)kill(terminal->program, SIGKILL);
	exit(STATUS_FAILED);
}

static void
run_on(const char *name, char *argv[])
{
	int slave;

	(void)setsid();
	slave = open(name, O_RDWR);
	if (slave == -1)
		_exit(STATUS_FAILED);
	/* Where opening it was not enough to make it control the session. */
	(void)ioctl(slave, TIOCSCTTY, 0);
	(void)dup2(slave, STDIN_FILENO);
	(void)dup2(slave, STDOUT_FILENO);
	(void)dup2(slave, STDERR_FILENO);
	if (slave > STDERR_FILENO)
		(void)close(slave);
	(void)execvp(argv[0], argv);
	perror(argv[0]);
	_exit(STATUS_FAILED);
}

static void
begin(struct terminal *terminal, char *argv[])
{
	const char *name = NULL;

	memset(terminal, 0, sizeof(*terminal));
	terminal->master = posix_openpt(O_RDWR | O_NOCTTY);
	if (terminal->master != -1 && grantpt(terminal->master) == 0 &&
	    unlockpt(terminal->master) == 0)
		name = ptsname(terminal->master);
	if (name == NULL)
		give_up(terminal, "no pseudo terminal", strerror(errno));
	(void)fcntl(terminal->master, F_SETFD, FD_CLOEXEC);
	terminal->program = fork();
	if (terminal->program == -1)
		give_up(terminal, "cannot fork", strerror(errno));
	if (terminal->program == 0)
		run_on(name, argv);
}

static void
show(struct terminal *terminal, const char *bytes, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (bytes[i] == '\r')
			continue;
		(void)putchar(bytes[i]);
		if (terminal->length + 1 < sizeof(terminal->shown))
			terminal->shown[terminal->length++] = bytes[i];
	}
	(void)fflush(stdout);
}

/* False when nothing came for a while, or nothing will come any more. */
static bool
hear(struct terminal *terminal, bool *at_end)
{
	struct pollfd ready;
	char bytes[1024];
	ssize_t got;

	*at_end = terminal->master == -1;
	ready.fd = terminal->master;
	ready.events = POLLIN;
	ready.revents = 0;
	if (poll(&ready, 1, 50) <= 0)
		return false;
	got = read(terminal->master, bytes, sizeof(bytes));
	if (got > 0)
		show(terminal, bytes, (size_t)got);
	else if (got == 0 || errno != EINTR)
		*at_end = true;		/* EIO: the other side is closed */
	return got > 0;
}

static bool
is_shown(struct terminal *terminal, const char *text)
{
	const char *found;

	terminal->shown[terminal->length] = '\0';
	found = strstr(terminal->shown + terminal->matched, text);
	if (found == NULL)
		return false;
	terminal->matched = (size_t)(found - terminal->shown) + strlen(text);
	return true;
}

static void
expect(struct terminal *terminal, const char *text)
{
	time_t limit = time(NULL) + LIMIT;
	bool at_end = false;

	while (!is_shown(terminal, text)) {
		if (at_end || time(NULL) > limit)
			give_up(terminal, "did not see", text);
		(void)hear(terminal, &at_end);
	}
}

static void
type(struct terminal *terminal, const char *text, char last)
{
	char line[1024];
	int length;

	/* At once: what is typed first may end who would read the rest. */
	length = snprintf(line, sizeof(line), "%s%c", text, last);
	if (length < 0 || (size_t)length >= sizeof(line) ||
	    write(terminal->master, line, (size_t)length) != length)
		give_up(terminal, "cannot type", text);
}

static void
send_signal(struct terminal *terminal, const char *name)
{
	static const struct { const char *name; int number; } known[] = {
		{ "HUP", SIGHUP }, { "INT", SIGINT }, { "KILL", SIGKILL },
		{ "STOP", SIGSTOP }, { "TERM", SIGTERM }
	};
	size_t i;

	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		if (strcmp(name, known[i].name) == 0) {
			(void)kill(terminal->program, known[i].number);
			return;
		}
	}
	give_up(terminal, "unknown signal", name);
}

static void
hang_up(struct terminal *terminal)
{
	(void)close(terminal->master);
	terminal->master = -1;
}

static void
follow(struct terminal *terminal, char *line)
{
	char *argument = strchr(line, ' ');
	char none[] = "";

	if (argument != NULL)
		*argument++ = '\0';
	else
		argument = none;
	if (strcmp(line, "expect") == 0)
		expect(terminal, argument);
	else if (strcmp(line, "send") == 0)
		type(terminal, argument, '\n');
	else if (strcmp(line, "end") == 0)
		type(terminal, "", END_OF_INPUT);
	else if (strcmp(line, "kill") == 0)
		send_signal(terminal, argument);
	else if (strcmp(line, "hangup") == 0)
		hang_up(terminal);
	else if (line[0] != '#' && line[0] != '\0')
		give_up(terminal, "unknown line in the script", line);
}

static int
status_of(int status)
{
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) :
	    WEXITSTATUS(status);
}

/* The program may leave others behind that keep the terminal open. */
static int
finish(struct terminal *terminal)
{
	time_t limit = time(NULL) + LIMIT;
	bool at_end, has_ended = false;
	int status = 0;

	for (;;) {
		if (hear(terminal, &at_end))
			continue;
		if (has_ended)
			return status_of(status);
		if (time(NULL) > limit)
			give_up(terminal, "did not see", "the end");
		has_ended = waitpid(terminal->program, &status, WNOHANG) > 0;
		if (at_end && !has_ended)
			(void)poll(NULL, 0, 20);
	}
}

int
main(int argc, char *argv[])
{
	static struct terminal terminal;
	char line[1024];
	FILE *script;

	if (argc < 3) {
		(void)fprintf(stderr, "usage: expect script program ...\n");
		return STATUS_FAILED;
	}
	script = fopen(argv[1], "r");
	if (script == NULL) {
		perror(argv[1]);
		return STATUS_FAILED;
	}
	(void)fcntl(fileno(script), F_SETFD, FD_CLOEXEC);
	begin(&terminal, argv + 2);
	while (fgets(line, sizeof(line), script) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		follow(&terminal, line);
	}
	(void)fclose(script);
	return finish(&terminal);
}
