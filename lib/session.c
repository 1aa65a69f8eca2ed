/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A session's beginning and end, its options, and what is known of it.
 */
#include <config.h>

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/session.h"
#include "compat/compat.h"

/* --- What failed ---------------------------------------------------------- */

/* Each completes "cannot ...". */
static const char *const step_names[] = {
	[PAMPORT_STEP_NONE] = "",
	[PAMPORT_STEP_ORDER] = "do this now",
	[PAMPORT_STEP_START] = "start",
	[PAMPORT_STEP_ITEM] = "set an item or an option",
	[PAMPORT_STEP_AUTHENTICATE] = "authenticate",
	[PAMPORT_STEP_ACCOUNT] = "use this account",
	[PAMPORT_STEP_CHANGE_PASSWORD] = "change the expired password",
	[PAMPORT_STEP_USER] = "go on as this user",
	[PAMPORT_STEP_PRIVILEGE] = "open or close a session without privilege",
	[PAMPORT_STEP_ESTABLISH] = "establish credentials",
	[PAMPORT_STEP_OPEN] = "open the session",
	[PAMPORT_STEP_REINITIALIZE] = "reinitialize credentials",
	[PAMPORT_STEP_CLOSE] = "close the session",
	[PAMPORT_STEP_DELETE] = "delete credentials",
	[PAMPORT_STEP_ENVIRONMENT] = "copy the environment",
	[PAMPORT_STEP_WAIT] = "wait for the child",
	[PAMPORT_STEP_ACCOUNTING] = "write the login records",
	[PAMPORT_STEP_RECORD] = "use the record of the session"
};

/* What can go wrong with a record is several things. */
static const char *
attempted(const pamport_session *session, enum pamport_session_step step)
{
	return step == PAMPORT_STEP_RECORD && session->record_work != NULL ?
	    session->record_work : step_names[step];
}

pam_handle_t *
pamport__session_handle(const pamport_session *session)
{
	if (session == NULL || session->state == PAMPORT_SESSION_CHILD)
		return NULL;
	return session->handle;
}

const char *
pamport__session_pam_user(const pamport_session *session)
{
	pam_handle_t *pamh = pamport__session_handle(session);
	const char *user = NULL;

	if (pamh != NULL)
		(void)pamport_get_item(pamh, PAM_USER, &user);
	return user;
}

static void
remember(pamport_session *session, enum pamport_session_step step, int code,
    int native, const char *what)
{
	const char *user = pamport__session_pam_user(session);
	const char *name = pamport_code_name(code);
	char number[32] = "";

	session->has_failed = true;
	if (native != -1)
		(void)snprintf(number, sizeof(number), ", native %d", native);
	(void)snprintf(session->message, sizeof(session->message),
	    "cannot %s (service %.64s%s%.64s): %s (%s%s)",
	    attempted(session, step), session->service,
	    user == NULL ? "" : ", user ",
	    user == NULL ? "" : user, what, name == NULL ? "no name" : name,
	    number);
	/* Names come from outside: the sentence stays in one line of a log. */
	pamport__make_printable(session->message);
	session->error.code = code;
	session->error.native_code = native;
	session->error.step = step;
	session->error.message = session->message;
	if (session->handle != NULL)
		pamport__trace_message(pamport__state_of(session->handle),
		    session->message);
}

int
pamport__session_fail(pamport_session *session,
    enum pamport_session_step step, int code)
{
	if (!session->has_failed)
		remember(session, step, code, -1,
		    pamport_strerror(session->handle, code));
	return code;
}

int
pamport__session_refuse(pamport_session *session,
    enum pamport_session_step step, int code, const char *format, ...)
{
	char what[384];
	va_list arguments;

	if (session->has_failed)
		return code;
	va_start(arguments, format);
	(void)vsnprintf(what, sizeof(what), format, arguments);
	va_end(arguments);
	remember(session, step, code, -1, what);
	return code;
}

void
pamport__session_warn(pamport_session *session,
    enum pamport_session_step step, const char *format, ...)
{
	char what[384];
	va_list arguments;

	if (session->warning[0] != '\0')
		return;
	va_start(arguments, format);
	(void)vsnprintf(what, sizeof(what), format, arguments);
	va_end(arguments);
	(void)snprintf(session->warning, sizeof(session->warning),
	    "cannot %s (service %.64s): %s", attempted(session, step),
	    session->service, what);
	pamport__make_printable(session->warning);
	if (session->handle != NULL)
		pamport__trace_message(pamport__state_of(session->handle),
		    session->warning);
}

void
pamport__session_let_pass(pamport_session *session)
{
	if (session->has_failed && session->warning[0] == '\0')
		memcpy(session->warning, session->message,
		    sizeof(session->warning));
	pamport__session_unfail(session);
}

void
pamport__session_unfail(pamport_session *session)
{
	if (!session->has_failed)
		return;
	session->has_failed = false;
	session->error.code = PAM_SUCCESS;
	session->error.native_code = -1;
	session->error.step = PAMPORT_STEP_NONE;
	session->message[0] = '\0';
}

const char *
pamport_session_warning(const pamport_session *session)
{
	return session == NULL ? "" : session->warning;
}

const struct pamport_session_error *
pamport_session_error(const pamport_session *session)
{
	static const struct pamport_session_error none = {
		PAM_BUF_ERR, -1, PAMPORT_STEP_START,
		"cannot start: there is no memory, or no session; or an "
		"argument was NULL"
	};

	return session == NULL ? &none : &session->error;
}

/* --- What every call begins with --------------------------------------------- */

static const char *const state_names[] = {
	[PAMPORT_SESSION_NEW] = "new",
	[PAMPORT_SESSION_DENIED] = "denied: its last authentication failed",
	[PAMPORT_SESSION_READY] = "ready to be opened",
	[PAMPORT_SESSION_OPEN] = "open",
	[PAMPORT_SESSION_CLOSED] = "closed",
	[PAMPORT_SESSION_CHILD] = "another process's"
};

bool
pamport__session_begin(pamport_session *session, const char *function,
    unsigned int states)
{
	session->has_failed = false;
	if (session->handle == NULL && session->state != PAMPORT_SESSION_CHILD)
		(void)pamport__session_refuse(session, PAMPORT_STEP_ORDER,
		    PAM_SYSTEM_ERR, "%s: the session did not start", function);
	else if (session->handle != NULL && !pamport__session_is_ours(session))
		(void)pamport__session_refuse(session, PAMPORT_STEP_ORDER,
		    PAM_SYSTEM_ERR, "%s: process %ld started this session, and "
		    "this is process %ld", function, (long)session->starter,
		    (long)getpid());
	else if (session->handle == NULL || (states & 1U << session->state) == 0)
		(void)pamport__session_refuse(session, PAMPORT_STEP_ORDER,
		    PAM_SYSTEM_ERR, "%s: the session is %s", function,
		    state_names[session->state]);
	return !session->has_failed;
}

int
pamport__session_run(pamport_session *session,
    enum pamport_session_step step, int (*call)(pam_handle_t *, int),
    int flags)
{
	struct pamport__state *state = pamport__state_of(session->handle);
	bool keeps = session->option[PAMPORT_SESSION_KEEP_SIGCHLD] != 0;
	int result;

	if (session->option[PAMPORT_SESSION_SILENT] != 0)
		flags |= (int)PAM_SILENT;
	/* A refusal leaves it: no native call was made. */
	if (state != NULL)
		state->native_code = -1;
	if (!keeps)
		pamport__sigchld_default();
	result = call(session->handle, flags);
	if (!keeps)
		pamport__sigchld_restore();
	/* The first failure is also what cleanup functions are told. */
	if (!session->has_failed)
		session->result = result;
	if (result != PAM_SUCCESS && !session->has_failed)
		remember(session, step, result,
		    pamport_native_code(session->handle),
		    pamport_strerror(session->handle, result));
	return result;
}

/* --- Start --------------------------------------------------------------------- */

pamport_session *
pamport__session_new(const char *service, const char *user,
    const char *confdir)
{
	pamport_session *session;

	if (!pamport__forks_are_counted())
		return NULL;
	session = calloc(1, sizeof(*session));
	if (session == NULL)
		return NULL;
	session->starter = getpid();
	session->generation = pamport__fork_generation();
	session->option[PAMPORT_SESSION_CHANGE_EXPIRED] = 1;
	session->error.code = PAM_SUCCESS;
	session->error.native_code = -1;
	session->error.message = session->message;
	session->directory.fd = -1;
	session->lock = -1;
	session->service = strdup(service);
	if (confdir != NULL)
		session->confdir = strdup(confdir);
	if (user != NULL) {
		session->start_user = strdup(user);
		session->told_user = strdup(user);
	}
	if (session->service == NULL ||
	    (confdir != NULL && session->confdir == NULL) || (user != NULL &&
	    (session->start_user == NULL || session->told_user == NULL))) {
		(void)pamport_session_free(session);
		return NULL;
	}
	return session;
}

/* Whoever closes it by its record starts elsewhere. */
static bool
make_confdir_absolute(pamport_session *session)
{
	char *absolute;

	if (session->confdir[0] == '/')
		return true;
	absolute = realpath(session->confdir, NULL);
	if (absolute == NULL)
		return false;
	free(session->confdir);
	session->confdir = absolute;
	return true;
}

/* PAM_ABORT, as libpam says where there is none; it may be there a moment later. */
static int
start(pamport_session *session, const struct pam_conv *conv)
{
	if (session->confdir == NULL)
		return pamport_start(session->service, session->start_user,
		    conv, &session->handle);
	if (pamport__has_start_confdir && !make_confdir_absolute(session))
		return errno == ENOMEM ? PAM_BUF_ERR : PAM_ABORT;
	return pamport_start_confdir(session->service, session->start_user,
	    conv, session->confdir, &session->handle);
}

int
pamport_session_start(const char *service, const char *user,
    const struct pam_conv *conv, const char *confdir,
    pamport_session **session)
{
	pamport_session *new;
	char why[256];
	int result;

	if (session == NULL)
		return PAM_SYSTEM_ERR;
	*session = NULL;
	if (service == NULL)
		return PAM_SYSTEM_ERR;
	new = pamport__session_new(service, user, confdir);
	if (new == NULL)
		return PAM_BUF_ERR;
	*session = new;
	result = start(new, conv);
	if (result == PAM_SUCCESS)
		return PAM_SUCCESS;
	pamport__explain_confdir(confdir, service, why, sizeof(why));
	if (why[0] != '\0')
		return pamport__session_refuse(new, PAMPORT_STEP_START, result,
		    "%s", why);
	return pamport__session_fail(new, PAMPORT_STEP_START, result);
}

#define BEFORE_OPEN (PAMPORT__STATE(NEW) | PAMPORT__STATE(DENIED) | \
	PAMPORT__STATE(READY))

/* One that only the native library knows may be. */
static bool
is_string_item(int item)
{
	const struct pamport__named_item *named = pamport__item_named(item);

	return named == NULL || named->kind == PAMPORT__KIND_STRING ||
	    named->kind == PAMPORT__KIND_UNKNOWN;
}

int
pamport_session_set_item(pamport_session *session, int item,
    const char *value)
{
	int result;

	if (session == NULL ||
	    !pamport__session_begin(session, __func__, BEFORE_OPEN))
		return PAM_SYSTEM_ERR;
	if (value == NULL)
		return PAM_SUCCESS;
	if (!is_string_item(item))
		return pamport__session_refuse(session, PAMPORT_STEP_ITEM,
		    PAM_BAD_ITEM, "item %d is no string", item);
	result = pamport_set_item(session->handle, item, value);
	if (result != PAM_SUCCESS)
		return pamport__session_refuse(session, PAMPORT_STEP_ITEM, result,
		    "%s: %s", pamport_item_name(item) == NULL ?
		    "an unknown item" : pamport_item_name(item),
		    pamport_strerror(session->handle, result));
	/* Whom nobody asked about is not ready. */
	if (item == PAM_USER && session->state == PAMPORT_SESSION_READY)
		session->state = PAMPORT_SESSION_NEW;
	return PAM_SUCCESS;
}

static bool
is_valid_option(enum pamport_session_option option, int value)
{
	int greatest = 1;

	if (option == PAMPORT_SESSION_CRED_ORDER ||
	    option == PAMPORT_SESSION_ACCOUNTING ||
	    option == PAMPORT_SESSION_RECORD)
		greatest = 2;
	return (int)option >= 0 && option < PAMPORT__SESSION_OPTIONS &&
	    value >= 0 && value <= greatest;
}

int
pamport_session_set_option(pamport_session *session,
    enum pamport_session_option option, int value)
{
	if (session == NULL ||
	    !pamport__session_begin(session, __func__, BEFORE_OPEN))
		return PAM_SYSTEM_ERR;
	if (!is_valid_option(option, value))
		return pamport__session_refuse(session, PAMPORT_STEP_ITEM,
		    PAM_BAD_ITEM, "there is no option %d with the value %d",
		    (int)option, value);
	session->option[option] = value;
	if (option == PAMPORT_SESSION_STRICT)
		(void)pamport_set_option(session->handle,
		    PAMPORT_OPTION_STRICT, value);
	return PAM_SUCCESS;
}

/* --- What is known ---------------------------------------------------------------- */

pam_handle_t *
pamport_session_handle(pamport_session *session)
{
	return pamport__session_handle(session);
}

enum pamport_session_state
pamport_session_state(const pamport_session *session)
{
	return session == NULL ? PAMPORT_SESSION_CLOSED : session->state;
}

/* --- The end -------------------------------------------------------------------------- */

static int
end(pamport_session *session)
{
	bool keeps = session->option[PAMPORT_SESSION_KEEP_SIGCHLD] != 0;
	int result;

	if (!keeps)
		pamport__sigchld_default();
	result = pamport_end(session->handle, session->result);
	if (!keeps)
		pamport__sigchld_restore();
	return result;
}

/* What closes an attached session is pamport_session_close alone. */
static int
close_and_end(pamport_session *session)
{
	int result = PAM_SUCCESS, ended;

	if (session->state == PAMPORT_SESSION_OPEN && !session->is_attached)
		result = pamport_session_close(session);
	ended = end(session);
	/* Giving up its record may still warn, which would trace by it. */
	session->handle = NULL;
	return result == PAM_SUCCESS ? ended : result;
}

int
pamport_session_free(pamport_session *session)
{
	int result = PAM_SUCCESS;

	if (session == NULL)
		return PAM_SUCCESS;
	if (session->handle != NULL && (!pamport__session_is_ours(session) ||
	    session->state == PAMPORT_SESSION_CHILD))
		pamport__session_forget(session);
	else if (session->handle != NULL)
		result = close_and_end(session);
	(void)pamport_session_leave_out(session, NULL);
	pamport__env_free(session->environment_before);
	pamport__session_forget_record(session);
	free(session->service);
	free(session->confdir);
	free(session->start_user);
	free(session->told_user);
	free(session->user);
	free(session);
	return result;
}
