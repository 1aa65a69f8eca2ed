/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * All records: listing them, and closing what was left open (contract rule 39).
 */
#include <config.h>

#include <sys/types.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "lib/session.h"
#include "compat/compat.h"

#define DEFAULT_SECONDS 60

/* --- What a record looks like from outside --------------------------------------- */

struct seen {
	struct pamport_record view;
	struct pamport__record record;	/* what the view points into */
	int error;			/* why it could not be read, or 0 */
	char reason[256];
};

/* For terminals and logs, in place: the text is the record's. */
static const char *
printable(struct pamport__record *record, const char *value)
{
	char *text;

	if (value == NULL)
		return NULL;
	for (text = record->text + (value - record->text); *text != '\0';
	    text++)
		if ((unsigned char)*text < 0x20 || *text == 0x7f)
			*text = '?';
	return value;
}

static enum pamport_record_process
outside(enum pamport__process_state state)
{
	switch (state) {
	case PAMPORT__PROCESS_GONE:
		return PAMPORT_PROCESS_GONE;
	case PAMPORT__PROCESS_ALIVE:
		return PAMPORT_PROCESS_ALIVE;
	case PAMPORT__PROCESS_UNSURE:
		break;
	}
	return PAMPORT_PROCESS_UNSURE;
}

/* Until it is open it is the opener's; then it is there for the leader. */
static const struct pamport__process *
leader_of(const struct pamport__record *record,
    enum pamport_record_phase phase)
{
	if (phase == PAMPORT_RECORD_OPENING || record->leader.pid == 0)
		return &record->opener;
	return &record->leader;
}

static void
fill_view(struct seen *seen)
{
	struct pamport_record *view = &seen->view;
	struct pamport__record *record = &seen->record;
	const struct pamport__process *leader = leader_of(record, view->phase);
	const char *reason = NULL;
	size_t i;

	view->service = printable(record, record->service);
	view->user = printable(record, record->item[PAMPORT__ITEM_USER]);
	view->tty = printable(record, record->item[PAMPORT__ITEM_TTY]);
	view->rhost = printable(record, record->item[PAMPORT__ITEM_RHOST]);
	view->since = record->since;
	view->opener = record->opener.pid;
	view->leader = leader->pid;
	view->state = outside(pamport__process_state(leader, &reason));
	view->reason = reason;
	for (i = 0; i < PAMPORT__ITEMS; i++)
		view->items += record->item[i] != NULL;
	for (i = 0; i < record->variables; i++)
		(void)printable(record, record->environment[i]);
	view->variables = record->variables;
	view->environment = record->environment;
}

/* false: it is gone, closed meanwhile. */
static bool
look(const struct pamport__directory *directory,
    const struct pamport__listed *listed, struct seen *seen)
{
	const char *why = NULL;
	int error;

	memset(seen, 0, sizeof(*seen));
	seen->view.id = listed->id;
	seen->view.phase = listed->phase;
	seen->view.state = PAMPORT_PROCESS_UNSURE;
	error = pamport__record_load(directory, listed->id, listed->phase,
	    &seen->record, &why);
	if (error == ENOENT)
		return false;
	if (error == 0) {
		fill_view(seen);
		return true;
	}
	seen->error = error;
	if (error == EBADMSG)
		seen->view.phase = PAMPORT_RECORD_DAMAGED;
	seen->view.reason = why != NULL ? why : strerror(error);
	return true;
}

/* As above; one that was opening when it was listed may be open by now. */
static bool
look_again(const struct pamport__directory *directory,
    const struct pamport__listed *listed, struct seen *seen)
{
	struct pamport__listed now = *listed;

	for (; now.phase <= PAMPORT_RECORD_CLOSING; now.phase++) {
		if (look(directory, &now, seen)) {
			seen->view.id = listed->id;
			return true;
		}
	}
	return false;
}

/* --- Listing ------------------------------------------------------------------------ */

static int
result_of(int error)
{
	switch (error) {
	case 0:
		return PAM_SUCCESS;
	case EPERM:
		return PAM_PERM_DENIED;
	case ENOMEM:
		return PAM_BUF_ERR;
	default:
		return PAM_SYSTEM_ERR;
	}
}

/* What was seen without being read makes the whole fail where memory lacks. */
static void
note_memory(const struct seen *seen, int *error, const char **why)
{
	if (seen->error != ENOMEM)
		return;
	*error = ENOMEM;
	if (why != NULL)
		*why = strerror(ENOMEM);
}

/* ENOENT is no error: nobody has recorded anything yet. */
static int
open_all(struct pamport__directory *directory, struct pamport__listed **list,
    size_t *n, const char **why)
{
	int error = pamport__directory_open(directory, false);

	*list = NULL;
	*n = 0;
	if (error == ENOENT)
		return 0;
	if (error == 0) {
		error = pamport__record_names(directory, list, n);
		if (error != 0)
			directory->why = strerror(error);
	}
	if (error != 0 && why != NULL)
		*why = directory->why;
	return error;
}

int
pamport_record_list(pamport_record_function *function, void *data,
    const char **why)
{
	struct pamport__directory directory;
	struct pamport__listed *list;
	struct seen seen;
	size_t i, n;
	int error, stop = 0;

	if (function == NULL)
		return PAM_SYSTEM_ERR;
	error = open_all(&directory, &list, &n, why);
	for (i = 0; i < n && stop == 0; i++) {
		if (!look_again(&directory, &list[i], &seen))
			continue;
		note_memory(&seen, &error, why);
		stop = function(&seen.view, data);
		pamport__record_free(&seen.record);
	}
	free(list);
	pamport__directory_close(&directory);
	return result_of(error);
}

int
pamport_record_show(const char *id, pamport_record_function *function,
    void *data, const char **why)
{
	struct pamport__directory directory;
	struct pamport__listed listed;
	struct seen seen;
	int error;

	if (why != NULL)
		*why = "there is no such record";
	if (function == NULL || !pamport__id_is_valid(id))
		return PAM_SYSTEM_ERR;
	error = pamport__directory_open(&directory, false);
	if (error != 0 && error != ENOENT && why != NULL)
		*why = directory.why;
	if (error != 0)
		return result_of(error);
	memset(&listed, 0, sizeof(listed));
	strcpy(listed.id, id);
	listed.phase = PAMPORT_RECORD_OPENING;
	error = ENOENT;
	if (look_again(&directory, &listed, &seen)) {
		error = 0;
		note_memory(&seen, &error, why);
		(void)function(&seen.view, data);
		pamport__record_free(&seen.record);
	}
	pamport__directory_close(&directory);
	return result_of(error);
}

/* --- One close, in a child --------------------------------------------------------------- */

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

static int64_t
milliseconds(void)
{
	struct timespec now = { 0, 0 };

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
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
 * child is looked for as well.
 */
static enum end
await(pid_t child, int pipe_end, unsigned int seconds, struct report *report,
    int *status)
{
	int64_t deadline = milliseconds() + (int64_t)seconds * 1000;
	struct pollfd poller;
	bool has_ended = false, has_reported;

	poller.fd = pipe_end;
	poller.events = POLLIN;
	for (;;) {
		poller.revents = 0;
		if (poll(&poller, 1, has_ended ? 0 : 100) > 0)
			break;
		if (has_ended)
			return END_CRASHED;
		has_ended = waitpid(child, status, WNOHANG) == child;
		if (!has_ended && milliseconds() >= deadline) {
			(void)kill(child, SIGKILL);
			wait_for(child, status);
			return END_TIMED_OUT;
		}
	}
	has_reported = read_report(pipe_end, report);
	if (!has_ended)
		wait_for(child, status);
	return has_reported ? END_REPORTED : END_CRASHED;
}

static void
set_action(struct seen *seen, enum pamport_record_action action,
    const char *reason)
{
	(void)snprintf(seen->reason, sizeof(seen->reason), "%s", reason);
	seen->view.action = action;
	seen->view.reason = seen->reason;
}

static void
judge(struct seen *seen, const struct report *report)
{
	seen->view.code = report->code;
	if (report->code == PAM_SUCCESS)
		set_action(seen, PAMPORT_RECORD_CLOSED, "its leader is gone");
	else if (report->step == PAMPORT_STEP_CLOSE ||
	    report->step == PAMPORT_STEP_DELETE)
		set_action(seen, PAMPORT_RECORD_CLOSE_FAILED, report->message);
	else
		set_action(seen, PAMPORT_RECORD_LEFT, report->message);
}

static void
run_close(const struct pamport__directory *directory, struct seen *seen,
    unsigned int seconds)
{
	struct report report;
	int ends[2], status = 0;
	char text[64];
	pid_t child;

	if (pipe2(ends, O_CLOEXEC) == -1) {
		set_action(seen, PAMPORT_RECORD_LEFT, strerror(errno));
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
		set_action(seen, PAMPORT_RECORD_LEFT, strerror(errno));
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
		set_action(seen, PAMPORT_RECORD_CRASHED, text);
		break;
	case END_TIMED_OUT:
		set_action(seen, PAMPORT_RECORD_TIMED_OUT,
		    "a module did not return in time");
		break;
	}
	(void)close(ends[0]);
}

/* --- Reaping ------------------------------------------------------------------------------- */

struct reaping {
	const struct pamport__directory *directory;
	unsigned int flags, seconds;
};

static void
close_or_tell(const struct reaping *reaping, struct seen *seen)
{
	if ((reaping->flags & PAMPORT_REAP_DRY) != 0)
		set_action(seen, PAMPORT_RECORD_CLOSED,
		    "its leader is gone: it would be closed");
	else
		run_close(reaping->directory, seen, reaping->seconds);
}

/*
 * Whoever holds the lock is at it; the lock of one who was killed is gone.
 */
static void
reap_closing(const struct reaping *reaping, struct seen *seen)
{
	int lock, error;

	error = pamport__record_claim(reaping->directory, seen->view.id,
	    PAMPORT_RECORD_CLOSING, &lock);
	if (error == 0)
		(void)close(lock);
	if (error != 0)
		set_action(seen, PAMPORT_RECORD_LEFT, error == EAGAIN ?
		    "another process is closing it" : strerror(error));
	else if ((reaping->flags & PAMPORT_REAP_RETRY) != 0)
		close_or_tell(reaping, seen);
	else
		set_action(seen, PAMPORT_RECORD_CUT_OFF,
		    "its close was cut off and is not repeated unless asked");
}

static void
reap_open(const struct reaping *reaping, struct seen *seen)
{
	const struct pamport__record *record = &seen->record;
	const char *reason;

	if (seen->view.state != PAMPORT_PROCESS_GONE) {
		set_action(seen, PAMPORT_RECORD_LEFT, seen->view.reason);
		return;
	}
	/* The opener does it better: it has what modules keep in memory. */
	if (!record->is_detached && pamport__process_state(&record->opener,
	    &reason) != PAMPORT__PROCESS_GONE) {
		set_action(seen, PAMPORT_RECORD_LEFT, "its leader is gone, and "
		    "the process that opened it is there to close it");
		return;
	}
	close_or_tell(reaping, seen);
}

static void
reap_damaged(const struct reaping *reaping, struct seen *seen,
    enum pamport_record_phase phase)
{
	char reason[256];
	int error = 0;

	if ((reaping->flags & PAMPORT_REAP_DRY) == 0)
		error = pamport__record_set_aside(reaping->directory,
		    seen->view.id, phase);
	(void)snprintf(reason, sizeof(reason), "%s%s%s", seen->view.reason,
	    error == 0 ? "" : ", and cannot be renamed: ",
	    error == 0 ? "" : strerror(error));
	set_action(seen, error == 0 ? PAMPORT_RECORD_SET_ASIDE :
	    PAMPORT_RECORD_LEFT, reason);
}

static void
reap_one(const struct reaping *reaping, struct seen *seen,
    enum pamport_record_phase phase)
{
	if (seen->view.phase == PAMPORT_RECORD_DAMAGED)
		reap_damaged(reaping, seen, phase);
	else if (seen->record.text == NULL)
		set_action(seen, PAMPORT_RECORD_LEFT, seen->view.reason);
	else if (phase == PAMPORT_RECORD_CLOSING)
		reap_closing(reaping, seen);
	else
		reap_open(reaping, seen);
}

int
pamport_record_reap(unsigned int flags, unsigned int seconds,
    pamport_record_function *function, void *data, const char **why)
{
	struct pamport__directory directory;
	struct pamport__listed *list;
	struct reaping reaping;
	struct seen seen;
	size_t i, n;
	int error, stop = 0;

	error = open_all(&directory, &list, &n, why);
	reaping.directory = &directory;
	reaping.flags = flags;
	reaping.seconds = seconds == 0 ? DEFAULT_SECONDS : seconds;
	/* The children of this are nobody else's to wait for. */
	pamport__sigchld_default();
	for (i = 0; i < n && stop == 0; i++) {
		if (!look(&directory, &list[i], &seen))
			continue;
		note_memory(&seen, &error, why);
		reap_one(&reaping, &seen, list[i].phase);
		if (function != NULL)
			stop = function(&seen.view, data);
		pamport__record_free(&seen.record);
	}
	pamport__sigchld_restore();
	free(list);
	/* There is a directory. */
	if (directory.fd != -1 && (flags & PAMPORT_REAP_DRY) == 0)
		pamport__directory_tidy(&directory);
	pamport__directory_close(&directory);
	return result_of(error);
}
