/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A session in a process that did not open it (contract rule 39).
 */
#include <config.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/reap.h"
#include "lib/session.h"

/* --- What the opener does --------------------------------------------------------- */

const char *
pamport_session_id(const pamport_session *session)
{
	return session == NULL || !pamport__session_has_record(session) ?
	    NULL : session->id;
}

/* 0 or an error. */
static int
append(pamport_session *session, const char *line)
{
	int error = pamport__session_reach_record(session);

	if (error != 0)
		return error;
	return pamport__record_append(&session->directory, session->id,
	    session->phase, line);
}

static int
append_leader(pamport_session *session, const struct pamport__process *leader)
{
	char *line = pamport__record_write_leader(leader);
	int error = line == NULL ? ENOMEM : append(session, line);

	free(line);
	return error;
}

/* Under that name it is not there any more when somebody closes it. */
static int
cannot_append(pamport_session *session, int error)
{
	if (error != ENOENT)
		return pamport__session_refuse_record(session,
		    pamport__record_result(error), session->record_work, error);
	return pamport__session_refuse(session, PAMPORT_STEP_RECORD,
	    PAM_SESSION_ERR, "another process closes it");
}

#define TO_NAME_LEADER "name the leader of the session in its record"
#define TO_DETACH "leave the session to its record"
#define TO_ATTACH "attach to a session by its record"

int
pamport_session_set_leader(pamport_session *session, pid_t leader)
{
	struct pamport__process process;
	int error;

	if (session == NULL || !pamport__session_begin(session, __func__,
	    PAMPORT__STATE(OPEN)))
		return PAM_SYSTEM_ERR;
	session->record_work = TO_NAME_LEADER;
	if (!pamport__session_has_record(session) || session->is_attached)
		return pamport__session_refuse(session, PAMPORT_STEP_RECORD,
		    PAM_SYSTEM_ERR, "this process has no record of it");
	if (!pamport__process_identify(leader, &process))
		return pamport__session_refuse(session, PAMPORT_STEP_RECORD,
		    PAM_SYSTEM_ERR, "there is no process %ld to be seen",
		    (long)leader);
	error = append_leader(session, &process);
	if (error == 0)
		return PAM_SUCCESS;
	return cannot_append(session, error);
}

int
pamport_session_detach(pamport_session *session)
{
	int error;

	if (session == NULL || !pamport__session_begin(session, __func__,
	    PAMPORT__STATE(OPEN)))
		return PAM_SYSTEM_ERR;
	session->record_work = TO_DETACH;
	if (!pamport__session_has_record(session))
		return pamport__session_refuse(session, PAMPORT_STEP_RECORD,
		    PAM_SYSTEM_ERR, "without a record nobody could close it");
	if (session->is_attached)
		return pamport__session_refuse(session, PAMPORT_STEP_RECORD,
		    PAM_SYSTEM_ERR, "only its opener can leave it to others");
	error = append(session, PAMPORT__DETACHED);
	if (error != 0)
		return cannot_append(session, error);
	/* The handle lives on until free: modules hold descriptors by it. */
	session->state = PAMPORT_SESSION_CHILD;
	return PAM_SUCCESS;
}

/* --- What another process does --------------------------------------------------------- */

/*
 * What modules put into the environment names what they made, and after a boot
 * that is gone, and its name may be another's by now.
 */
static bool
is_of_this_boot(const struct pamport__record *record)
{
	char boot[PAMPORT__PROCESS_TEXT], space[PAMPORT__PROCESS_TEXT];

	pamport__process_here(boot, space);
	return strcmp(record->opener.boot, boot) == 0;
}

static int
set_items(pamport_session *session, const struct pamport__record *record)
{
	size_t variables = is_of_this_boot(record) ? record->variables : 0;
	int result = PAM_SUCCESS;
	size_t i;

	for (i = 0; i < PAMPORT__ITEMS && result == PAM_SUCCESS; i++)
		if (record->item[i] != NULL)
			result = pamport_session_set_item(session,
			    pamport__items[i].number, record->item[i]);
	for (i = 0; i < variables && result == PAM_SUCCESS; i++)
		result = pamport_putenv(session->handle,
		    record->environment[i]);
	return result;
}

/* As the opener had it. */
static int
restore(pamport_session *session, const struct pamport__record *record)
{
	int result = set_items(session, record);

	if (result == PAM_SUCCESS && pamport_session_user(session) == NULL)
		result = PAM_BUF_ERR;
	if (result != PAM_SUCCESS)
		return pamport__session_fail(session, PAMPORT_STEP_ITEM,
		    result);
	session->option[PAMPORT_SESSION_SILENT] = record->is_silent;
	session->has_credentials = record->has_credentials;
	session->is_open = record->is_open;
	session->has_login = record->has_login;
	session->left_to_modules = record->left_to_modules;
	session->login = record->login;
	session->is_attached = true;
	session->state = PAMPORT_SESSION_OPEN;
	return PAM_SUCCESS;
}

/* A session that holds nothing but what failed. */
static int
refuse(pamport_session **session, const char *service, int code,
    const char *what, const char *why)
{
	pamport_session *empty = *session;

	if (empty == NULL)
		empty = pamport__session_new(service, NULL, NULL);
	if (empty == NULL)
		return PAM_BUF_ERR;
	*session = empty;
	empty->record_work = TO_ATTACH;
	return pamport__session_refuse(empty, PAMPORT_STEP_RECORD, code,
	    "%.128s: %s", what, why);
}

/* why is NULL where there is no such file. */
static int
refuse_file(pamport_session **session, int code, const char *id,
    enum pamport_record_phase phase, const char *why)
{
	char text[256], name[PAMPORT__NAME_SIZE];

	pamport__record_name(name, id, phase);
	if (why == NULL)
		(void)snprintf(text, sizeof(text), "there is no such open "
		    "session in %s", pamport_record_directory());
	else
		(void)snprintf(text, sizeof(text), "%s/%s",
		    pamport_record_directory(), name);
	return refuse(session, "-", code, why == NULL ? id : text,
	    why == NULL ? text : why);
}

/* What modules are run as root is not for anybody to say; the opener knew. */
static int
check_confdir(const struct pamport__record *record, const char *id,
    pamport_session **session)
{
	char why[256];
	int error;

	if (record->confdir == NULL)
		return PAM_SUCCESS;
	if (record->confdir[0] != '/')
		return refuse(session, record->service, PAM_SYSTEM_ERR, id,
		    "its configuration directory is not an absolute name");
	error = pamport__directory_check(record->confdir);
	if (error == 0)
		return PAM_SUCCESS;
	if (error == EACCES)
		(void)snprintf(why, sizeof(why), "others than root can change "
		    "its configuration directory %.128s", record->confdir);
	else
		(void)snprintf(why, sizeof(why), "its configuration directory "
		    "%.128s: %s", record->confdir, strerror(error));
	return refuse(session, record->service, pamport__record_result(error),
	    id, why);
}

static int
restore_from(const struct pamport__record *record, const char *id,
    const struct pam_conv *conv, pamport_session **session)
{
	int result = check_confdir(record, id, session);

	if (result != PAM_SUCCESS)
		return result;
	if (strcmp(record->implementation, PAMPORT__PLATFORM->name) != 0)
		return refuse(session, record->service, PAM_SYSTEM_ERR, id,
		    "it was opened with another implementation of PAM");
	result = pamport_session_start(record->service, record->start_user,
	    conv, record->confdir, session);
	if (result == PAM_SUCCESS)
		result = restore(*session, record);
	return result;
}

/* Until nobody else closes it, what it says may have been done meanwhile. */
static int
claim_and_load(const struct pamport__directory *directory, const char *id,
    struct pamport__record *record, int *lock, const char **why)
{
	int error = pamport__record_claim(directory, id,
	    PAMPORT_RECORD_CLOSING, lock);

	*why = error == EAGAIN ? "another process is closing it" :
	    error == ENOENT ? "another process has closed it" : NULL;
	if (error != 0)
		return error;
	error = pamport__record_load_locked(*lock, record, why);
	if (error != 0)
		(void)close(*lock);
	return error;
}

/* One that was never closed is claimed by its close: then its name changes. */
static int
load(const struct pamport__directory *directory, const char *id,
    enum pamport_record_phase phase, struct pamport__record *record, int *lock,
    const char **why)
{
	*lock = -1;
	if (phase == PAMPORT_RECORD_CLOSING)
		return claim_and_load(directory, id, record, lock, why);
	return pamport__record_load(directory, id, phase, record, why);
}

int
pamport__attach(const struct pamport__directory *directory,
    const char *id, enum pamport_record_phase phase,
    const struct pam_conv *conv, pamport_session **session)
{
	struct pamport__record record;
	const char *why;
	int error, result, lock;

	error = load(directory, id, phase, &record, &lock, &why);
	if (error != 0)
		return refuse_file(session, pamport__record_result(error), id,
		    phase, why != NULL || error == ENOENT ? why :
		    strerror(error));
	result = restore_from(&record, id, conv, session);
	if (result == PAM_SUCCESS) {
		strcpy((*session)->id, id);
		(*session)->phase = phase;
		(*session)->lock = lock;
	} else if (lock != -1) {
		(void)close(lock);
	}
	pamport__record_free(&record);
	return result;
}

/* Opens the directory and gives it to the session, which may be a failed one. */
static int
open_directory(struct pamport__directory *directory,
    pamport_session **session)
{
	int error = pamport__directory_open(directory, false);

	if (error == 0)
		return PAM_SUCCESS;
	return refuse(session, "-", pamport__record_result(error),
	    pamport_record_directory(), directory->why);
}

int
pamport_session_attach(const char *id, const struct pam_conv *conv,
    pamport_session **session)
{
	struct pamport__directory directory;
	int result;

	if (session == NULL)
		return PAM_SYSTEM_ERR;
	*session = NULL;
	if (!pamport__id_is_valid(id))
		return refuse(session, "-", PAM_SYSTEM_ERR, "the id",
		    "not the name of a record");
	result = open_directory(&directory, session);
	if (result != PAM_SUCCESS)
		return result;
	result = pamport__attach(&directory, id, PAMPORT_RECORD_OPEN, conv,
	    session);
	if (result == PAM_SUCCESS)
		(*session)->directory = directory;
	else
		pamport__directory_close(&directory);
	return result;
}

/* --- By user and tty ------------------------------------------------------------------------ */

struct wanted {
	const char *user, *tty;
	bool in_any_phase;
	char id[PAMPORT__ID_SIZE];	/* the newest so far */
	int64_t since;
	char unread[128];		/* why one could not be read; "" */
};

/*
 * One that is there and cannot be read may be the one that is wanted, and is
 * none that can be passed over: another session would be closed in its place.
 */
static void
note_unread(struct wanted *wanted, const struct pamport_record *record)
{
	(void)snprintf(wanted->unread, sizeof(wanted->unread), "%s: %s",
	    record->id, record->reason);
}

static int
compare(const struct pamport_record *record, void *data)
{
	struct wanted *wanted = data;

	if (record->service == NULL && record->phase != PAMPORT_RECORD_DAMAGED)
		note_unread(wanted, record);
	if ((record->phase != PAMPORT_RECORD_OPEN && !wanted->in_any_phase) ||
	    record->user == NULL || record->tty == NULL ||
	    strcmp(record->user, wanted->user) != 0 ||
	    strcmp(pamport__without_dev(record->tty), wanted->tty) != 0)
		return 0;
	if (wanted->id[0] == '\0' || record->since >= wanted->since) {
		strcpy(wanted->id, record->id);
		wanted->since = record->since;
	}
	return 0;
}

int
pamport_session_attach_tty(const char *user, const char *tty,
    const struct pam_conv *conv, pamport_session **session)
{
	struct wanted wanted;
	const char *why;
	int result;

	if (session == NULL)
		return PAM_SYSTEM_ERR;
	*session = NULL;
	if (user == NULL || tty == NULL)
		return PAM_SYSTEM_ERR;
	memset(&wanted, 0, sizeof(wanted));
	wanted.user = user;
	wanted.tty = pamport__without_dev(tty);
	result = pamport__records_visit(true, compare, &wanted, &why);
	if (result != PAM_SUCCESS)
		return refuse(session, "-", result, pamport_record_directory(),
		    why);
	if (wanted.unread[0] != '\0')
		return refuse(session, "-", PAM_SYSTEM_ERR, wanted.tty,
		    wanted.unread);
	if (wanted.id[0] == '\0')
		return refuse(session, "-", PAM_SYSTEM_ERR, wanted.tty,
		    "there is no open session of that user");
	return pamport_session_attach(wanted.id, conv, session);
}

/* --- By the utmpx entry ------------------------------------------------------------------------ */

/* PAM_SUCCESS, or why this login is not to be ended by its entry. */
static int
check_unrecorded(pamport_session **session, const char *service,
    const struct pamport__login *login)
{
	char start[PAMPORT__PROCESS_TEXT];
	struct wanted wanted;
	const char *why = NULL;
	int result;

	/* Who waits for one that has ended may be about to close. */
	if (pamport__process_look(login->pid, start) != PAMPORT__LOOK_ABSENT)
		return refuse(session, service, geteuid() != 0 ?
		    PAM_PERM_DENIED : PAM_SESSION_ERR, login->line,
		    "the process that logged that user in is there");
	memset(&wanted, 0, sizeof(wanted));
	wanted.user = login->user;
	wanted.tty = login->line;
	/* One that was cut off is the reaper's. */
	wanted.in_any_phase = true;
	result = pamport__records_visit(true, compare, &wanted, &why);
	if (result != PAM_SUCCESS)
		return refuse(session, service, result == PAM_SYSTEM_ERR ?
		    PAM_SESSION_ERR : result, login->line, why);
	if (wanted.unread[0] != '\0')
		return refuse(session, service, PAM_SESSION_ERR, login->line,
		    wanted.unread);
	if (wanted.id[0] != '\0')
		return refuse(session, service, PAM_SESSION_ERR, login->line,
		    "it is recorded: attach to that, or reap it");
	return PAM_SUCCESS;
}

int
pamport_session_attach_login(const char *service, const char *user,
    const char *tty, const struct pam_conv *conv, pamport_session **session)
{
	struct pamport__login login;
	const char *host;
	int result;

	if (session == NULL)
		return PAM_SYSTEM_ERR;
	*session = NULL;
	if (service == NULL || user == NULL || tty == NULL)
		return PAM_SYSTEM_ERR;
	if (pamport__accounting_find(user, tty, &login) != PAMPORT__ACCOUNTED)
		return refuse(session, service, PAM_SESSION_ERR, tty,
		    "that user is not logged in there");
	result = check_unrecorded(session, service, &login);
	if (result != PAM_SUCCESS)
		return result;
	host = login.host[0] == '\0' ? NULL : login.host;
	result = pamport_session_start(service, user, conv, NULL, session);
	if (result == PAM_SUCCESS)
		result = pamport_session_set_item(*session, PAM_TTY, tty);
	if (result == PAM_SUCCESS)
		result = pamport_session_set_item(*session, PAM_RHOST, host);
	if (result != PAM_SUCCESS)
		return result;
	(*session)->is_open = true;
	(*session)->has_login = true;
	(*session)->login = login;
	(*session)->is_attached = true;
	(*session)->state = PAMPORT_SESSION_OPEN;
	return PAM_SUCCESS;
}
