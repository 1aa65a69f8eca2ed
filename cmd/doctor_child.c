/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A probe in a child of its own: a libpam that crashes, or never comes back, is
 * something that was found out.
 */
#include <config.h>

#include <sys/types.h>
#include <sys/wait.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "compat/compat.h"
#include "cmd/doctor.h"

#define CRASHED 100		/* and the signal, as an exit status */

/*
 * Crashes end in a plain exit: nobody's collector of core files is to report
 * that pamport crashed.
 */
static void
crash(int number)
{
	_exit(CRASHED + number);
}

static void
catch_crashes(void)
{
	static const int signals[] = { SIGSEGV, SIGBUS, SIGABRT, SIGILL, SIGFPE };
	static char stack[65536];
	struct sigaction action;
	stack_t alternate;
	size_t i;

	memset(&alternate, 0, sizeof(alternate));
	alternate.ss_sp = stack;
	alternate.ss_size = sizeof(stack);
	(void)sigaltstack(&alternate, NULL);
	memset(&action, 0, sizeof(action));
	action.sa_handler = crash;
	action.sa_flags = SA_ONSTACK;
	for (i = 0; i < sizeof(signals) / sizeof(signals[0]); i++)
		(void)sigaction(signals[i], &action, NULL);
}

/* What libraries print is nobody's answer. */
static void
be_silent(void)
{
	int nowhere = open("/dev/null", O_RDWR);

	if (nowhere == -1)
		return;
	(void)dup2(nowhere, STDIN_FILENO);
	(void)dup2(nowhere, STDOUT_FILENO);
	(void)dup2(nowhere, STDERR_FILENO);
	if (nowhere > STDERR_FILENO)
		(void)close(nowhere);
}

static void
run_child(int answer, probe_function *function, const void *data)
{
	char text[256] = "";
	enum finding finding;
	ssize_t written;

	be_silent();
	catch_crashes();
	finding = function(data, text, sizeof(text));
	written = write(answer, text, strlen(text));
	_exit(written == -1 ? (int)FOUND_NOTHING : (int)finding);
}

static long long
now(void)
{
	struct timespec time;

	(void)clock_gettime(CLOCK_MONOTONIC, &time);
	return (long long)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/* Reads until the child has no more to say; false when the time is over. */
static bool
read_answer(int answer, char *text, size_t size)
{
	long long end = now() + PROBE_SECONDS * 1000LL, left;
	struct pollfd ready = { answer, POLLIN, 0 };
	size_t used = 0;
	ssize_t got;

	while ((left = end - now()) > 0) {
		if (poll(&ready, 1, (int)left) <= 0)
			continue;
		got = read(answer, text + used, size - 1 - used);
		if (got > 0)
			used += (size_t)got;
		if (got == 0 || (got == -1 && errno != EINTR) ||
		    used + 1 == size)
			break;
	}
	text[used] = '\0';
	return left > 0;
}

static void
judge(struct probe *probe, int status)
{
	probe->finding = FOUND_CRASH;
	if (WIFSIGNALED(status))
		probe->signal = WTERMSIG(status);
	else if (WEXITSTATUS(status) > CRASHED)
		probe->signal = WEXITSTATUS(status) - CRASHED;
	else if (WEXITSTATUS(status) <= (int)FOUND_NOTHING)
		probe->finding = (enum finding)WEXITSTATUS(status);
	/* Else a library ended the process: a crash without a signal. */
}

void
probe_run(struct probe *probe, probe_function *function, const void *data)
{
	int answer[2], status = 0;
	bool in_time;
	pid_t child, ended;

	memset(probe, 0, sizeof(*probe));
	probe->finding = FOUND_NOTHING;
	(void)fflush(NULL);
	if (pipe2(answer, O_CLOEXEC) == -1) {
		(void)snprintf(probe->text, sizeof(probe->text), "%s",
		    strerror(errno));
		return;
	}
	child = fork();
	if (child == 0)
		run_child(answer[1], function, data);
	(void)close(answer[1]);
	if (child == -1) {
		(void)snprintf(probe->text, sizeof(probe->text), "%s",
		    strerror(errno));
		(void)close(answer[0]);
		return;
	}
	in_time = read_answer(answer[0], probe->text, sizeof(probe->text));
	(void)close(answer[0]);
	if (!in_time)
		(void)kill(child, SIGKILL);
	while ((ended = waitpid(child, &status, 0)) == -1 && errno == EINTR)
		continue;
	if (!in_time)
		probe->finding = FOUND_LATE;
	else if (ended == child)
		judge(probe, status);
}
