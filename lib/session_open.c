/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The way out and the way back (contract rules 32 to 35).
 *
 * The way out is a row of steps; whatever happens on it, the way back undoes
 * what was begun, and nothing else:
 *
 *	before		establish, open
 *	after		open, establish
 *	both		establish, open, reinitialize
 *	back		close, delete
 *
 * Credentials go last on the way back in every order, since what is unmounted
 * or saved at close may need live tickets.  Login records come last on the way
 * out and first on the way back; each step is in the session's record before it
 * is taken: session_record.c.
 */
#include <config.h>

#include <string.h>
#include <unistd.h>

#include "lib/session.h"

#define MAX_STEPS 4

static const enum pamport_session_step ways_out[][MAX_STEPS] = {
	[PAMPORT_CRED_BEFORE] = { PAMPORT_STEP_ESTABLISH, PAMPORT_STEP_OPEN },
	[PAMPORT_CRED_AFTER] = { PAMPORT_STEP_OPEN, PAMPORT_STEP_ESTABLISH },
	[PAMPORT_CRED_BOTH] = { PAMPORT_STEP_ESTABLISH, PAMPORT_STEP_OPEN,
	    PAMPORT_STEP_REINITIALIZE }
};

/* --- Steps ------------------------------------------------------------------ */

/*
 * Credentials are there to be deleted even if establishing them failed: of
 * several modules some have done their part then.
 */
static int
set_credentials(pamport_session *session, enum pamport_session_step step,
    unsigned int action)
{
	int result;

	result = pamport__session_note_step(session,
	    PAMPORT__BEGAN_CREDENTIALS);
	if (result != PAM_SUCCESS)
		return result;
	session->has_credentials = true;
	result = pamport__session_run(session, step, pamport_setcred,
	    (int)action);
	if (result == PAM_SUCCESS ||
	    session->option[PAMPORT_SESSION_CRED_OPTIONAL] == 0)
		return result;
	pamport__session_let_pass(session);
	return PAM_SUCCESS;
}

static int
open_session(pamport_session *session)
{
	int result;

	result = pamport__session_note_step(session, PAMPORT__BEGAN_SESSION);
	if (result != PAM_SUCCESS)
		return result;
	result = pamport__session_run(session, PAMPORT_STEP_OPEN,
	    pamport_open_session, 0);
	session->is_open = result == PAM_SUCCESS ||
	    session->option[PAMPORT_SESSION_CLOSE_AFTER_FAILED_OPEN] != 0;
	return result;
}

/* A user that changes now has the groups and the credentials of another. */
static int
check_same_user(pamport_session *session)
{
	const char *user = pamport__session_pam_user(session);

	if (user != NULL && strcmp(user, session->told_user) == 0)
		return PAM_SUCCESS;
	return pamport__session_refuse(session, PAMPORT_STEP_USER,
	    PAM_PERM_DENIED, "a module changed the user from %.64s to %.64s",
	    session->told_user, user == NULL ? "nobody" : user);
}

static int
take_step(pamport_session *session, enum pamport_session_step step)
{
	bool reinitializes = step == PAMPORT_STEP_REINITIALIZE ||
	    session->option[PAMPORT_SESSION_REINITIALIZE] != 0;
	int result;

	if (step == PAMPORT_STEP_OPEN)
		result = open_session(session);
	else
		result = set_credentials(session, step, reinitializes ?
		    PAM_REINITIALIZE_CRED : PAM_ESTABLISH_CRED);
	if (result == PAM_SUCCESS)
		result = check_same_user(session);
	return result;
}

/* What could not be established and did not matter may not be there to delete. */
static void
delete_credentials(pamport_session *session)
{
	bool had_failed = session->has_failed;

	(void)pamport__session_run(session, PAMPORT_STEP_DELETE,
	    pamport_setcred, (int)PAM_DELETE_CRED);
	if (!had_failed && session->option[PAMPORT_SESSION_CRED_OPTIONAL] != 0)
		pamport__session_let_pass(session);
}

void
pamport__session_take_back(pamport_session *session)
{
	bool is_open = session->is_open;

	/* A conversation that closes on its part finds nothing more to close. */
	session->state = PAMPORT_SESSION_CLOSED;
	session->is_open = false;
	/* Whether it is to be closed is known here: strict mode is not to ask. */
	if (is_open)
		(void)pamport__session_run(session, PAMPORT_STEP_CLOSE,
		    pamport_close_session, PAMPORT_CLOSE_FOREIGN);
	pamport__session_note_end(session);
	if (session->has_credentials)
		delete_credentials(session);
	session->has_credentials = false;
}

/* --- Before ------------------------------------------------------------------- */

/* Modules expect root, and most fail halfway without it. */
static bool
is_privileged(pamport_session *session)
{
	if (geteuid() == 0)
		return true;
	(void)pamport__session_refuse(session, PAMPORT_STEP_PRIVILEGE,
	    PAM_PERM_DENIED, "the effective uid is %ld, and modules expect 0",
	    (long)geteuid());
	return false;
}

static int
check_told_user(pamport_session *session)
{
	const char *user = pamport__session_pam_user(session);

	if (user == NULL || user[0] == '\0')
		return pamport__session_refuse(session, PAMPORT_STEP_USER,
		    PAM_USER_UNKNOWN, "nobody named a user");
	if (session->told_user == NULL)
		return pamport__session_refuse(session, PAMPORT_STEP_USER,
		    PAM_PERM_DENIED, "the caller did not ask who the user is");
	if (strcmp(user, session->told_user) != 0)
		return pamport__session_refuse(session, PAMPORT_STEP_USER,
		    PAM_PERM_DENIED, "a module changed the user, and the caller "
		    "knows of %.64s", session->told_user);
	return PAM_SUCCESS;
}

/* Rule 35. */
static int
give_tty(pamport_session *session)
{
	const char *tty = NULL;
	int result;

	if (!PAMPORT__PLATFORM->session_needs_tty)
		return PAM_SUCCESS;
	(void)pamport_get_item(session->handle, PAM_TTY, &tty);
	if (tty != NULL)
		return PAM_SUCCESS;
	session->is_tty_invented = true;
	pamport__note(pamport__state_of(session->handle),
	    PAMPORT__NOTE_INVENTED_TTY);
	result = pamport_set_item(session->handle, PAM_TTY, session->service);
	if (result != PAM_SUCCESS)
		(void)pamport__session_fail(session, PAMPORT_STEP_ITEM, result);
	return result;
}

static unsigned int
states_to_open_from(const pamport_session *session)
{
	if (session->option[PAMPORT_SESSION_WITHOUT_AUTHENTICATION] != 0)
		return PAMPORT__STATE(READY) | PAMPORT__STATE(NEW);
	return PAMPORT__STATE(READY);
}

/* --- Out and back ---------------------------------------------------------------- */

static int
walk_out(pamport_session *session)
{
	const enum pamport_session_step *step =
	    ways_out[session->option[PAMPORT_SESSION_CRED_ORDER]];
	int result = pamport__session_begin_record(session);

	for (; *step != PAMPORT_STEP_NONE && result == PAM_SUCCESS; step++)
		result = take_step(session, *step);
	if (result == PAM_SUCCESS)
		result = pamport__session_log_in(session);
	if (result == PAM_SUCCESS)
		result = pamport__session_finish_record(session);
	return result;
}

int
pamport_session_open(pamport_session *session)
{
	int result;

	if (session == NULL || !pamport__session_begin(session, __func__,
	    states_to_open_from(session)))
		return PAM_SYSTEM_ERR;
	if (!is_privileged(session))
		return PAM_PERM_DENIED;
	result = check_told_user(session);
	if (result == PAM_SUCCESS)
		result = give_tty(session);
	if (result != PAM_SUCCESS)
		return result;
	session->warning[0] = '\0';
	/* Until it is open nothing else is to be done with it. */
	session->state = PAMPORT_SESSION_CLOSED;
	result = walk_out(session);
	if (result == PAM_SUCCESS) {
		session->state = PAMPORT_SESSION_OPEN;
		return PAM_SUCCESS;
	}
	/* Nobody else closes what is not open yet: the claim cannot be lost. */
	(void)pamport__session_claim(session);
	(void)pamport__session_log_out(session);
	pamport__session_take_back(session);
	pamport__session_drop_record(session);
	return result;
}

int
pamport_session_close(pamport_session *session)
{
	int result;

	if (session == NULL || !pamport__session_begin(session, __func__,
	    PAMPORT__STATE(OPEN)))
		return PAM_SYSTEM_ERR;
	if (!is_privileged(session))
		return PAM_PERM_DENIED;
	session->warning[0] = '\0';
	result = pamport__session_claim(session);
	if (result != PAM_SUCCESS)
		return result;
	if (!pamport__session_log_out(session))
		return session->error.code;
	pamport__session_take_back(session);
	pamport__session_drop_record(session);
	return session->has_failed ? session->error.code : PAM_SUCCESS;
}
