/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Who a session is for (contract rules 34 and 36).
 */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "lib/session.h"

static int
check_account(pamport_session *session, int flags)
{
	int result = pamport__session_run(session, PAMPORT_STEP_ACCOUNT,
	    pamport_acct_mgmt, flags);

	if (result != PAM_NEW_AUTHTOK_REQD ||
	    session->option[PAMPORT_SESSION_CHANGE_EXPIRED] == 0)
		return result;
	/* What is about to be mended is no failure yet. */
	pamport__session_unfail(session);
	return pamport__session_run(session, PAMPORT_STEP_CHANGE_PASSWORD,
	    pamport_chauthtok, (int)PAM_CHANGE_EXPIRED_AUTHTOK);
}

/* Modules that grant it to nobody granted nothing. */
static int
check_user(pamport_session *session)
{
	const char *user = pamport__session_pam_user(session);

	if (user != NULL && user[0] != '\0')
		return PAM_SUCCESS;
	return pamport__session_refuse(session, PAMPORT_STEP_USER,
	    PAM_USER_UNKNOWN, "no module named a user");
}

int
pamport_session_authenticate(pamport_session *session, int flags)
{
	int result;

	if (session == NULL || !pamport__session_begin(session, __func__,
	    PAMPORT__STATE(NEW) | PAMPORT__STATE(DENIED) |
	    PAMPORT__STATE(READY)))
		return PAM_SYSTEM_ERR;
	session->state = PAMPORT_SESSION_DENIED;
	result = pamport__session_run(session, PAMPORT_STEP_AUTHENTICATE,
	    pamport_authenticate, flags);
	if (result == PAM_SUCCESS)
		result = check_account(session, flags);
	if (result == PAM_SUCCESS)
		result = check_user(session);
	if (result == PAM_SUCCESS)
		session->state = PAMPORT_SESSION_READY;
	return result;
}

int
pamport_session_check_account(pamport_session *session, int flags)
{
	int result;

	if (session == NULL || !pamport__session_begin(session, __func__,
	    PAMPORT__STATE(NEW) | PAMPORT__STATE(READY)))
		return PAM_SYSTEM_ERR;
	session->state = PAMPORT_SESSION_DENIED;
	result = check_account(session, flags);
	if (result == PAM_SUCCESS)
		result = check_user(session);
	if (result == PAM_SUCCESS)
		session->state = PAMPORT_SESSION_READY;
	return result;
}

/* false: no memory; what is there is not touched then. */
static bool
set_copy(char **copy, const char *text)
{
	char *new = strdup(text);

	if (new == NULL)
		return false;
	free(*copy);
	*copy = new;
	return true;
}

/*
 * Whoever asks while modules open it has set up the groups of another one: that
 * one stays the user whom the caller knows of.
 */
static bool
may_still_change(const pamport_session *session)
{
	return session->state == PAMPORT_SESSION_NEW ||
	    session->state == PAMPORT_SESSION_DENIED ||
	    session->state == PAMPORT_SESSION_READY;
}

const char *
pamport_session_user(pamport_session *session)
{
	const char *user;

	if (session == NULL)
		return NULL;
	user = pamport__session_pam_user(session);
	if (user == NULL || !set_copy(&session->user, user))
		return NULL;
	if (may_still_change(session) && !set_copy(&session->told_user, user))
		return NULL;
	return session->user;
}
