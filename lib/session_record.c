/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Login records and the session's own record, around open and close (contract
 * rules 33 and 39).
 *
 * The record is there before the first step and says of each step that it is
 * about to be taken, so whatever is killed when, another process knows what may
 * have been done.  It goes when all is taken back.
 */
#include <config.h>

#include <sys/types.h>
#include <sys/stat.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "lib/session.h"
#include "compat/compat.h"
#include <pamport/pam_misc.h>

/* --- What is written ------------------------------------------------------------ */

/*
 * Strings alone, without the service, which has a field of its own, and without
 * what is secret.
 */
static bool
is_recorded(const struct pamport__named_item *item)
{
	return item->kind == PAMPORT__KIND_STRING &&
	    item->number != PAM_SERVICE && item->number != PAM_AUTHTOK &&
	    item->number != PAM_OLDAUTHTOK;
}

static bool
is_in(char *const *list, const char *variable)
{
	for (; list != NULL && *list != NULL; list++)
		if (strcmp(*list, variable) == 0)
			return true;
	return false;
}

/*
 * Whether this process itself has the variable, NAME=VALUE, with that value: the
 * text is cut in two for getenv, and is whole again afterwards.
 */
static bool
is_of_process(char *variable)
{
	char *equals = strchr(variable, '=');
	const char *value;

	if (equals == NULL)
		return false;
	*equals = '\0';
	value = getenv(variable);
	*equals = '=';
	return value != NULL && strcmp(value, equals + 1) == 0;
}

/*
 * What opening put there as it was in this process before is of the session
 * around this one, such as the XDG_SESSION_ID that pam_systemd repeats: given to
 * its close it would end that one [E8].
 */
static size_t
keep_differences(char **list, char *const *before)
{
	char **from, **to = list;

	for (from = list; *from != NULL; from++) {
		if (!is_in(before, *from) && is_of_process(*from))
			free(*from);
		else
			*to++ = *from;
	}
	*to = NULL;
	return (size_t)(to - list);
}

static void
describe(const pamport_session *session, struct pamport__record *record)
{
	size_t i;

	memset(record, 0, sizeof(*record));
	record->implementation = PAMPORT__PLATFORM->name;
	record->version = PAMPORT_VERSION;
	record->service = session->service;
	record->confdir = session->confdir;
	record->start_user = session->start_user;
	record->since = (int64_t)time(NULL);
	record->is_silent = session->option[PAMPORT_SESSION_SILENT] != 0;
	(void)pamport__process_identify(getpid(), &record->opener);
	record->has_credentials = session->has_credentials;
	record->is_open = session->is_open;
	record->has_login = session->has_login;
	record->left_to_modules = session->left_to_modules;
	record->login = session->login;
	for (i = 0; i < PAMPORT__ITEMS; i++)
		if (is_recorded(&pamport__items[i]))
			(void)pamport_get_item(session->handle,
			    pamport__items[i].number, &record->item[i]);
}

/* 0 or an error. */
static int
store(pamport_session *session, enum pamport_record_phase phase)
{
	struct pamport__record record;
	char **list = pamport_getenvlist(session->handle);
	char *text = NULL;
	int error = ENOMEM;

	if (list == NULL)
		return ENOMEM;
	describe(session, &record);
	record.environment = (const char **)list;
	record.variables = keep_differences(list, session->environment_before);
	text = pamport__record_write(&record);
	if (text != NULL && strlen(text) >= PAMPORT__RECORD_LIMIT)
		error = EFBIG;
	else if (text != NULL)
		error = pamport__record_store(&session->directory, session->id,
		    phase, text);
	free(text);
	(void)pamport_misc_drop_env(list);
	return error;
}

/* --- On the way out ---------------------------------------------------------------- */

static bool
is_optional(const pamport_session *session)
{
	return session->option[PAMPORT_SESSION_RECORD] ==
	    PAMPORT_RECORD_OPTIONAL;
}

static int
fail(pamport_session *session, int error)
{
	const char *why = session->directory.fd == -1 &&
	    session->directory.why != NULL ? session->directory.why :
	    strerror(error);

	if (is_optional(session)) {
		pamport__session_warn(session, PAMPORT_STEP_RECORD, "%s: %s",
		    pamport_record_directory(), why);
		return PAM_SUCCESS;
	}
	return pamport__session_refuse(session, PAMPORT_STEP_RECORD,
	    PAM_SYSTEM_ERR, "%s: %s", pamport_record_directory(), why);
}

bool
pamport__session_has_record(const pamport_session *session)
{
	return session->id[0] != '\0' && !session->is_given_up;
}

/*
 * A record that cannot be kept up to date would tell less than was done.  If it
 * cannot be removed either, that is tried again at close, or somebody would
 * close once more what it tells of.
 */
static int
give_up_record(pamport_session *session, int error)
{
	int result = fail(session, error);

	if (result != PAM_SUCCESS)
		return result;
	if (pamport__record_remove(&session->directory, session->id,
	    session->phase) == 0)
		session->id[0] = '\0';
	else
		session->is_given_up = true;
	return result;
}

/* Whoever closes it starts elsewhere. */
static bool
make_confdir_absolute(pamport_session *session)
{
	char *absolute;

	if (session->confdir == NULL || session->confdir[0] == '/')
		return true;
	absolute = realpath(session->confdir, NULL);
	if (absolute == NULL)
		return false;
	free(session->confdir);
	session->confdir = absolute;
	return true;
}

int
pamport__session_begin_record(pamport_session *session)
{
	int error;

	if (session->option[PAMPORT_SESSION_RECORD] == PAMPORT_RECORD_OFF)
		return PAM_SUCCESS;
	session->environment_before = pamport_getenvlist(session->handle);
	if (session->environment_before == NULL)
		return fail(session, ENOMEM);
	if (!make_confdir_absolute(session))
		return fail(session, errno);
	error = pamport__directory_open(&session->directory, true);
	if (error != 0)
		return fail(session, error);
	pamport__id_new(session->id);
	session->phase = PAMPORT_RECORD_OPENING;
	error = store(session, PAMPORT_RECORD_OPENING);
	if (error == 0)
		return PAM_SUCCESS;
	session->id[0] = '\0';
	return fail(session, error);
}

/* Nothing is lost where it fails: the session would be closed once more. */
void
pamport__session_note_end(pamport_session *session)
{
	if (session->id[0] != '\0')
		(void)pamport__record_append(&session->directory, session->id,
		    session->phase, PAMPORT__ENDED_SESSION);
}

int
pamport__session_note_step(pamport_session *session, const char *line)
{
	int error;

	if (!pamport__session_has_record(session))
		return PAM_SUCCESS;
	error = pamport__record_append(&session->directory, session->id,
	    session->phase, line);
	return error == 0 ? PAM_SUCCESS : give_up_record(session, error);
}

/*
 * The whole once more, with what opening left, still under the name of an
 * opening one; then the name.
 */
int
pamport__session_finish_record(pamport_session *session)
{
	int error;

	if (!pamport__session_has_record(session))
		return PAM_SUCCESS;
	error = store(session, PAMPORT_RECORD_OPENING);
	if (error == 0)
		error = pamport__record_move(&session->directory, session->id,
		    PAMPORT_RECORD_OPENING, PAMPORT_RECORD_OPEN);
	if (error != 0)
		return give_up_record(session, error);
	session->phase = PAMPORT_RECORD_OPEN;
	return PAM_SUCCESS;
}

/* --- On the way back ------------------------------------------------------------------ */

int
pamport__session_reach_record(pamport_session *session)
{
	if (pamport__directory_is_valid(&session->directory))
		return 0;
	return pamport__directory_open(&session->directory, false);
}

/* With every record in it: nobody is left who could close any. */
static bool
is_removed(const struct pamport__directory *directory)
{
	struct stat status;

	return fstat(directory->fd, &status) == 0 && status.st_nlink == 0;
}

/*
 * ENOENT means that another process has closed it, so what else is not there is
 * told by other numbers: a directory that cannot be reached, as in a chroot,
 * and one that was removed.
 */
static int
claim(pamport_session *session)
{
	int error = pamport__session_reach_record(session);

	if (error != 0)
		return error == ENOENT ? ENOTDIR : error;
	error = pamport__record_claim(&session->directory, session->id,
	    session->phase, &session->lock);
	/* What a reaper did not believe is known to its opener. */
	if (error == ENOENT && !session->is_attached)
		error = pamport__record_claim(&session->directory, session->id,
		    PAMPORT_RECORD_DAMAGED, &session->lock);
	if (error == ENOENT && !session->is_attached &&
	    is_removed(&session->directory)) {
		pamport__session_warn(session, PAMPORT_STEP_RECORD,
		    "%s was removed", pamport_record_directory());
		session->id[0] = '\0';
		return 0;
	}
	return error;
}

int
pamport__session_claim(pamport_session *session)
{
	int error;

	if (session->id[0] == '\0')
		return PAM_SUCCESS;
	error = claim(session);
	if (error == 0) {
		session->phase = PAMPORT_RECORD_CLOSING;
		return PAM_SUCCESS;
	}
	if (session->is_given_up && error != ENOENT && error != EAGAIN)
		return PAM_SUCCESS;
	if (error != ENOENT && error != EAGAIN)
		return pamport__session_refuse(session, PAMPORT_STEP_RECORD,
		    PAM_SYSTEM_ERR, "%s: %s", pamport_record_directory(),
		    session->directory.why != NULL ? session->directory.why :
		    strerror(error));
	session->state = PAMPORT_SESSION_CLOSED;
	return pamport__session_refuse(session, PAMPORT_STEP_RECORD,
	    PAM_SESSION_ERR, "another process %s it", error == EAGAIN ?
	    "is closing" : "has closed");
}

static void
unlock(pamport_session *session)
{
	if (session->lock != -1)
		(void)close(session->lock);
	session->lock = -1;
}

void
pamport__session_drop_record(pamport_session *session)
{
	int error;

	if (session->id[0] == '\0') {
		unlock(session);
		return;
	}
	error = pamport__record_remove(&session->directory, session->id,
	    session->phase);
	if (error != 0)
		pamport__session_warn(session, PAMPORT_STEP_RECORD,
		    "%s: cannot remove %s: %s", pamport_record_directory(),
		    session->id, strerror(error));
	/* The lock stays until then: nobody is to close it again. */
	session->is_given_up = error != 0 && error != ENOENT;
	if (session->is_given_up)
		return;
	session->id[0] = '\0';
	unlock(session);
}

void
pamport__session_forget_record(pamport_session *session)
{
	if (session->is_given_up && pamport__session_is_ours(session))
		pamport__session_drop_record(session);
	unlock(session);
	pamport__directory_close(&session->directory);
}

/* --- Login records -------------------------------------------------------------------- */

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

/*
 * The record tells of it before it is written: whoever closes after a kill in
 * between finds no entry, or takes it away.
 */
static int
announce_login(pamport_session *session)
{
	int error;

	if (!pamport__session_has_record(session))
		return PAM_SUCCESS;
	session->has_login = true;
	error = store(session, PAMPORT_RECORD_OPENING);
	session->has_login = false;
	return error == 0 ? PAM_SUCCESS : give_up_record(session, error);
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
	result = announce_login(session);
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
		(void)pamport__session_refuse(session, PAMPORT_STEP_RECORD,
		    PAM_SYSTEM_ERR, "%s: %s", pamport_record_directory(),
		    strerror(error));
		return false;
	}
	if (pamport__accounting_find(session->login.user, session->login.line,
	    &now) == PAMPORT__ACCOUNTED && now.pid == session->login.pid &&
	    now.time == session->login.time)
		return true;
	unlock(session);
	session->state = PAMPORT_SESSION_CLOSED;
	(void)pamport__session_refuse(session, PAMPORT_STEP_ACCOUNTING,
	    PAM_SESSION_ERR, "another process has ended this login");
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
	session->has_login = false;
	memset(&report, 0, sizeof(report));
	result = pamport__accounting_logout(&session->login,
	    session->left_to_modules, &report);
	warn_of_records(session, result, &report);
	return true;
}
