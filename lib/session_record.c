/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The session's own record, around open and close (contract rule 39).
 *
 * The record is there before the first step and says of each step that it is
 * about to be taken, so whatever is killed when, another process knows what may
 * have been done.  It goes when all is taken back.
 */
#include <config.h>

#include <sys/types.h>
#include <sys/stat.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "lib/session.h"
#include "compat/compat.h"

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
			pamport__env_free_one(*from);
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
	pamport__env_free(list);
	return error;
}

/* --- What failed ------------------------------------------------------------------- */

#define TROUBLE_SIZE 384

/* Its file, or the directory where that cannot be had. */
static void
tell_trouble(const pamport_session *session, int error,
    char text[TROUBLE_SIZE])
{
	char name[PAMPORT__NAME_SIZE];

	if (session->directory.fd == -1 || session->id[0] == '\0') {
		(void)snprintf(text, TROUBLE_SIZE, "%.128s: %s",
		    pamport_record_directory(), session->directory.why != NULL ?
		    session->directory.why : strerror(error));
		return;
	}
	pamport__record_name(name, session->id, session->phase);
	(void)snprintf(text, TROUBLE_SIZE, "%.128s/%s: %s",
	    pamport_record_directory(), name, strerror(error));
}

int
pamport__session_refuse_record(pamport_session *session, int code,
    const char *work, int error)
{
	char trouble[TROUBLE_SIZE];

	tell_trouble(session, error, trouble);
	session->record_work = work;
	return pamport__session_refuse(session, PAMPORT_STEP_RECORD, code,
	    "%s", trouble);
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
	char trouble[TROUBLE_SIZE];

	tell_trouble(session, error, trouble);
	session->record_work = "write the record of the session";
	if (!is_optional(session))
		return pamport__session_refuse(session, PAMPORT_STEP_RECORD,
		    PAM_SYSTEM_ERR, "%s", trouble);
	pamport__session_warn(session, PAMPORT_STEP_RECORD, "%s", trouble);
	return PAM_SUCCESS;
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
	error = pamport__record_remove(&session->directory, session->id,
	    session->phase);
	session->is_given_up = error != 0 && error != ENOENT;
	if (!session->is_given_up)
		session->id[0] = '\0';
	return result;
}

int
pamport__session_begin_record(pamport_session *session)
{
	int error, result;

	if (session->option[PAMPORT_SESSION_RECORD] == PAMPORT_RECORD_OFF)
		return PAM_SUCCESS;
	session->environment_before = pamport_getenvlist(session->handle);
	if (session->environment_before == NULL)
		return fail(session, ENOMEM);
	error = pamport__directory_open(&session->directory, true);
	if (error != 0)
		return fail(session, error);
	pamport__id_new(session->id);
	session->phase = PAMPORT_RECORD_OPENING;
	error = store(session, PAMPORT_RECORD_OPENING);
	if (error == 0)
		return PAM_SUCCESS;
	result = fail(session, error);
	session->id[0] = '\0';
	return result;
}

/* Nothing is lost where it fails: the session would be closed once more. */
void
pamport__session_note_end(pamport_session *session)
{
	if (session->id[0] == '\0')
		return;
	if (session->lock != -1)
		(void)pamport__record_append_locked(&session->directory,
		    session->id, session->lock, PAMPORT__ENDED_SESSION);
	else
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

int
pamport__session_announce_login(pamport_session *session)
{
	int error;

	if (!pamport__session_has_record(session))
		return PAM_SUCCESS;
	session->has_login = true;
	error = store(session, PAMPORT_RECORD_OPENING);
	session->has_login = false;
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

#define TO_CLOSE "close the session by its record"

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
		session->record_work = "find the record of the session";
		pamport__session_warn(session, PAMPORT_STEP_RECORD,
		    "%.128s was removed", pamport_record_directory());
		session->id[0] = '\0';
		return 0;
	}
	return error;
}

int
pamport__session_claim(pamport_session *session)
{
	int error;

	/* One that was cut off was claimed before it was read. */
	if (session->id[0] == '\0' || session->lock != -1)
		return PAM_SUCCESS;
	error = claim(session);
	if (error == 0) {
		session->phase = PAMPORT_RECORD_CLOSING;
		return PAM_SUCCESS;
	}
	/* While its opener lives nobody else closes by what was never open. */
	if (session->is_given_up && error != EAGAIN)
		return PAM_SUCCESS;
	if (error != ENOENT && error != EAGAIN)
		return pamport__session_refuse_record(session, PAM_SYSTEM_ERR,
		    TO_CLOSE, error);
	session->state = PAMPORT_SESSION_CLOSED;
	session->record_work = TO_CLOSE;
	return pamport__session_refuse(session, PAMPORT_STEP_RECORD,
	    PAM_SESSION_ERR, "another process %s it", error == EAGAIN ?
	    "is closing" : "has closed");
}

void
pamport__session_unlock(pamport_session *session)
{
	if (session->lock != -1)
		(void)close(session->lock);
	session->lock = -1;
}

void
pamport__session_drop_record(pamport_session *session)
{
	char trouble[TROUBLE_SIZE];
	int error;

	if (session->id[0] == '\0') {
		pamport__session_unlock(session);
		return;
	}
	error = pamport__record_remove(&session->directory, session->id,
	    session->phase);
	if (error != 0) {
		tell_trouble(session, error, trouble);
		session->record_work = "remove the record of the session";
		pamport__session_warn(session, PAMPORT_STEP_RECORD, "%s",
		    trouble);
	}
	/* The lock stays until then: nobody is to close it again. */
	session->is_given_up = error != 0 && error != ENOENT;
	if (session->is_given_up)
		return;
	session->id[0] = '\0';
	pamport__session_unlock(session);
}

void
pamport__session_forget_record(pamport_session *session)
{
	if (session->is_given_up && pamport__session_is_ours(session))
		pamport__session_drop_record(session);
	pamport__session_unlock(session);
	pamport__directory_close(&session->directory);
}
