/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One close of a reaper's, in a child: a module that hangs or crashes there
 * harms nobody else.
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
#include <unistd.h>

#include "lib/reap.h"
#include "lib/session.h"
#include "compat/tty.h"

/* What the child tells; whole or not at all, being shorter than PIPE_BUF. */
struct report {
	int code;
	enum pamport_session_step step;
	char message[256];
};

static void
close_in_child(const struct pamport__directory *directory, const char *id,
    enum pamport_record_phase phase, int pipe_end)
{
	struct report report;
	pamport_session *session = NULL;

	memset(&report, 0, sizeof(report));
	report.code = pamport__attach(directory, id, phase, NULL, &session);
	if (report.code == PAM_SUCCESS) {
		session->directory = *directory;
		report.code = pamport_session_close(session);
	}
	if (report.code != PAM_SUCCESS) {
		report.step = pamport_session_error(session)->step;
		(void)snprintf(report.message, sizeof(report.message), "%s",
		    pamport_session_error(session)->message);
	}
	(void)pamport_session_free(session);
	/* The last thing: whoever reads it may wait for the end. */
	while (write(pipe_end, &report, sizeof(report)) == -1)
		if (errno != EINTR)
			_exit(1);
	_exit(0);
}

enum end { END_REPORTED, END_CRASHED, END_TIMED_OUT };

static void
wait_for(pid_t child, int *status)
{
	while (waitpid(child, status, 0) == -1 && errno == EINTR)
		continue;
}

static bool
read_report(int pipe_end, struct report *report)
{
	ssize_t got;

	do
		got = read(pipe_end, report, sizeof(*report));
	while (got == -1 && errno == EINTR);
	return got == (ssize_t)sizeof(*report);
}

/*
 * Something that a module left running may hold the pipe, so the end of the
 * child is looked for as well; and a module may have closed it, and then hang.
 */
static enum end
await(pid_t child, int pipe_end, unsigned int seconds, struct report *report,
    int *status)
{
	int64_t deadline = pamport__milliseconds() + (int64_t)seconds * 1000;
	struct pollfd poller;
	bool has_ended = false;

	poller.fd = pipe_end;
	poller.events = POLLIN;
	for (;;) {
		poller.revents = 0;
		if (poll(&poller, 1, has_ended ? 0 : 100) > 0) {
			if (read_report(pipe_end, report))
				break;
			poller.fd = -1;
		}
		if (has_ended)
			return END_CRASHED;
		has_ended = waitpid(child, status, WNOHANG) == child;
		if (!has_ended && pamport__milliseconds() >= deadline) {
			(void)kill(child, SIGKILL);
			wait_for(child, status);
			return END_TIMED_OUT;
		}
	}
	if (!has_ended)
		wait_for(child, status);
	return END_REPORTED;
}

void
pamport__record_acted(struct pamport__seen *seen,
    enum pamport_record_action action, const char *reason)
{
	(void)snprintf(seen->reason, sizeof(seen->reason), "%s", reason);
	seen->view.action = action;
	seen->view.reason = seen->reason;
}

void
pamport__record_not_acted(struct pamport__seen *seen, const char *reason)
{
	pamport__record_acted(seen, PAMPORT_RECORD_LEFT, reason);
	seen->view.code = PAM_SYSTEM_ERR;
}

static void
judge(struct pamport__seen *seen, const struct report *report)
{
	seen->view.code = report->code;
	if (report->code == PAM_SUCCESS)
		pamport__record_acted(seen, PAMPORT_RECORD_CLOSED,
		    "its leader is gone");
	else if (report->step == PAMPORT_STEP_CLOSE ||
	    report->step == PAMPORT_STEP_DELETE)
		pamport__record_acted(seen, PAMPORT_RECORD_CLOSE_FAILED,
		    report->message);
	else
		pamport__record_acted(seen, PAMPORT_RECORD_LEFT,
		    report->message);
}

void
pamport__record_run_close(const struct pamport__directory *directory,
    struct pamport__seen *seen, unsigned int seconds)
{
	struct report report;
	int ends[2], status = 0;
	char text[64];
	pid_t child;

	/* What modules write to a closed standard stream is no report. */
	if (!pamport__open_pipe(ends, O_CLOEXEC)) {
		pamport__record_not_acted(seen, strerror(errno));
		return;
	}
	child = fork();
	if (child == 0) {
		(void)close(ends[0]);
		close_in_child(directory, seen->view.id, seen->view.phase,
		    ends[1]);
	}
	(void)close(ends[1]);
	if (child == -1) {
		pamport__record_not_acted(seen, strerror(errno));
		(void)close(ends[0]);
		return;
	}
	switch (await(child, ends[0], seconds, &report, &status)) {
	case END_REPORTED:
		report.message[sizeof(report.message) - 1] = '\0';
		judge(seen, &report);
		break;
	case END_CRASHED:
		(void)snprintf(text, sizeof(text),
		    "the closing process ended with status 0x%x",
		    (unsigned int)status);
		pamport__record_acted(seen, PAMPORT_RECORD_CRASHED, text);
		break;
	case END_TIMED_OUT:
		pamport__record_acted(seen, PAMPORT_RECORD_TIMED_OUT,
		    "a module did not return in time");
		break;
	}
	(void)close(ends[0]);
}
