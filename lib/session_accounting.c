/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Login records around open and close (contract rule 33).
 */
#include <config.h>

#include <string.h>
#include <unistd.h>

#include "lib/session.h"

static const char *
item(const pamport_session *session, int number)
{
	const char *value = NULL;

	(void)pamport_get_item(session->handle, number, &value);
	return value;
}

/* Says what has failed, of what was due. */
static void
warn_of_records(pamport_session *session, enum pamport__accounting result,
    const struct pamport__accounting_report *report)
{
	enum pamport__record_kind kind;

	if (result == PAMPORT__ACCOUNTING_UNSUPPORTED)
		pamport__session_warn(session, PAMPORT_STEP_ACCOUNTING,
		    "%s", pamport__accounting_facts.lacks == NULL ?
		    "this system keeps none" : pamport__accounting_facts.lacks);
	else if (result == PAMPORT__ACCOUNTING_REFUSED)
		pamport__session_warn(session, PAMPORT_STEP_ACCOUNTING,
		    "the user's or the terminal's name does not fit");
	if (result != PAMPORT__ACCOUNTING_FAILED)
		return;
	for (kind = 0; kind < PAMPORT__RECORD_KINDS; kind++)
		if (report->of[kind].state == PAMPORT__RECORD_FAILED)
			pamport__session_warn(session, PAMPORT_STEP_ACCOUNTING,
			    "%s: %s", pamport__accounting_where(kind) == NULL ?
			    "a record" : pamport__accounting_where(kind),
			    strerror(report->of[kind].error));
}

/* What was written although something failed is to be taken back all the same. */
static bool
is_written(const struct pamport__accounting_report *report)
{
	enum pamport__record_kind kind;

	for (kind = 0; kind < PAMPORT__RECORD_KINDS; kind++)
		if (report->of[kind].state == PAMPORT__RECORD_WRITTEN)
			return true;
	return false;
}

static void
write_login(pamport_session *session)
{
	struct pamport__accounting_report report;
	enum pamport__accounting result;

	result = pamport__accounting_login(&session->login,
	    session->left_to_modules, &report);
	session->has_login = is_written(&report);
	warn_of_records(session, result, &report);
}

int
pamport__session_log_in(pamport_session *session)
{
	struct pamport__accounting_report none;
	enum pamport__accounting filled;
	const char *host = item(session, PAM_RHOST);
	int result;

	if (session->option[PAMPORT_SESSION_ACCOUNTING] ==
	    PAMPORT_ACCOUNTING_OFF)
		return PAM_SUCCESS;
	if (session->option[PAMPORT_SESSION_ACCOUNTING] ==
	    PAMPORT_ACCOUNTING_SHARED)
		session->left_to_modules =
		    pamport__accounting_facts.modules_write;
	filled = pamport__login_fill(&session->login, session->told_user,
	    session->is_tty_invented ? NULL : item(session, PAM_TTY), host,
	    host, session->service, getpid());
	if (filled != PAMPORT__ACCOUNTED) {
		memset(&none, 0, sizeof(none));
		warn_of_records(session, filled, &none);
		return PAM_SUCCESS;
	}
	result = pamport__session_announce_login(session);
	if (result == PAM_SUCCESS)
		write_login(session);
	return result;
}

/* Without a record the entry alone says who may close. */
static bool
goes_by_entry(const pamport_session *session)
{
	return session->is_attached && session->id[0] == '\0';
}

/* The entry is looked for with all others kept out, until the session is closed. */
static bool
claim_login(pamport_session *session)
{
	struct pamport__login now;
	int error = pamport__directory_open(&session->directory, true);

	if (error == 0)
		error = pamport__directory_lock(&session->directory,
		    &session->lock);
	if (error != 0) {
		/* The next try opens it again. */
		pamport__directory_close(&session->directory);
		(void)pamport__session_refuse_record(session, PAM_SYSTEM_ERR,
		    "lock the logins that are ended by their utmpx entry",
		    error);
		return false;
	}
	if (pamport__accounting_find(session->login.user, session->login.line,
	    &now) == PAMPORT__ACCOUNTED && now.pid == session->login.pid &&
	    now.time == session->login.time)
		return true;
	pamport__session_unlock(session);
	session->state = PAMPORT_SESSION_CLOSED;
	(void)pamport__session_refuse(session, PAMPORT_STEP_ACCOUNTING,
	    PAM_SESSION_ERR, "another process has ended this login");
	return false;
}

/* With its entry there it would be closed any number of times. */
static bool
has_ended(pamport_session *session,
    const struct pamport__accounting_report *report)
{
	const struct pamport__record_result *active =
	    &report->of[PAMPORT__RECORD_ACTIVE];

	if (active->state == PAMPORT__RECORD_WRITTEN)
		return true;
	pamport__session_unlock(session);
	/* The next try opens it again. */
	pamport__directory_close(&session->directory);
	(void)pamport__session_refuse(session, PAMPORT_STEP_ACCOUNTING,
	    PAM_SYSTEM_ERR, "the login cannot be ended: %s: %s",
	    pamport__accounting_where(PAMPORT__RECORD_ACTIVE),
	    active->state == PAMPORT__RECORD_FAILED ?
	    strerror(active->error) : "there is no such entry");
	return false;
}

bool
pamport__session_log_out(pamport_session *session)
{
	struct pamport__accounting_report report;
	enum pamport__accounting result;

	if (!session->has_login)
		return true;
	if (goes_by_entry(session) && !claim_login(session))
		return false;
	memset(&report, 0, sizeof(report));
	result = pamport__accounting_logout(&session->login,
	    session->left_to_modules, &report);
	if (goes_by_entry(session) && !has_ended(session, &report))
		return false;
	session->has_login = false;
	warn_of_records(session, result, &report);
	return true;
}
