/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What happens to a session around fork (contract rule 10).
 */
#include <config.h>

#include <sys/types.h>
#include <sys/wait.h>
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "lib/enter.h"
#include "lib/session.h"

/*
 * Cleanup functions that know PAM_DATA_SILENT free their memory and leave alone
 * what belongs to the parent.  Elsewhere they would remove its sockets and
 * files: there they are not called at all, and only the tokens go.
 */
void
pamport__session_forget(pamport_session *session)
{
	struct pamport__state *state = pamport__state_of(session->handle);
	bool is_known = PAMPORT__PLATFORM->flag[PAMPORT__FLAG_DATA_SILENT].state
	    != PAMPORT__ABSENT;

	/* The parent's session is none that this handle would have to close. */
	if (state != NULL)
		state->is_open = false;
	if (is_known) {
		(void)pamport_end(session->handle,
		    PAM_SUCCESS | PAM_DATA_SILENT);
	} else {
		(void)pam_set_item(session->handle, PAM_AUTHTOK, NULL);
		(void)pam_set_item(session->handle, PAM_OLDAUTHTOK, NULL);
		/* The block stays: the native handle points to it. */
		pamport__state_empty(state, pamport__calls_of_thread());
	}
	session->handle = NULL;
	session->state = PAMPORT_SESSION_CHILD;
	/* Nothing of the parent's record is this process's. */
	pamport__directory_close(&session->directory);
}

int
pamport_session_child(pamport_session *session)
{
	if (session == NULL)
		return PAM_SYSTEM_ERR;
	if (session->handle != NULL && !pamport__session_is_ours(session)) {
		pamport__session_forget(session);
		return PAM_SUCCESS;
	}
	if (!pamport__session_begin(session, __func__, PAMPORT__ANY_STATE))
		return PAM_SYSTEM_ERR;
	return pamport__session_refuse(session, PAMPORT_STEP_ORDER,
	    PAM_SYSTEM_ERR, "%s: this is the process that started the session",
	    __func__);
}

/*
 * A process that is gone was reaped by the system, or by somebody else.  Where
 * SIGCHLD is ignored the parent may run before the last of its child is away: the
 * number is then that of a process for a moment more.
 */
static bool
is_gone(pid_t process)
{
	static const struct timespec moment = { 0, 10L * 1000 * 1000 };
	int tries;

	for (tries = 0; tries < 100; tries++) {
		if (kill(process, 0) == -1 && errno == ESRCH)
			return true;
		(void)nanosleep(&moment, NULL);
	}
	return false;
}

int
pamport_session_wait(pamport_session *session, pid_t child, int *status)
{
	int raw = -1, error;
	pid_t ended;

	if (session == NULL ||
	    !pamport__session_begin(session, __func__, PAMPORT__ANY_STATE))
		return PAM_SYSTEM_ERR;
	if (child <= 0)
		return pamport__session_refuse(session, PAMPORT_STEP_WAIT,
		    PAM_SYSTEM_ERR, "%ld is no process", (long)child);
	do
		ended = waitpid(child, &raw, 0);
	while (ended == -1 && errno == EINTR);
	if (ended == -1) {
		error = errno;
		raw = -1;
		if (error != ECHILD || !is_gone(child))
			return pamport__session_refuse(session,
			    PAMPORT_STEP_WAIT, PAM_SYSTEM_ERR,
			    "process %ld: %s", (long)child, strerror(error));
	}
	if (status != NULL)
		*status = raw;
	return PAM_SUCCESS;
}
