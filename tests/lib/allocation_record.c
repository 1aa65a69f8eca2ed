/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Rows of the allocation sweep: records, and sessions of other processes.
 */
#include <config.h>

#include <sys/types.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "counted.h"
#include "swept.h"

#define TTY "/dev/pts/77"

static struct fixture by_name;		/* where attach_login finds it */
static int recording, accounting;

/* --- Sessions that were left open ----------------------------------------------- */

/* In the child it is lost, but not leaked. */
static void
open_and_leave(void)
{
	static pamport_session *session;

	RECORDED_CHECK(pamport_session_start(by_name.service, "alice", NULL,
	    NULL, &session) == PAM_SUCCESS);
	RECORDED_CHECK(pamport_session_set_option(session,
	    PAMPORT_SESSION_RECORD, recording) == PAM_SUCCESS);
	RECORDED_CHECK(pamport_session_set_option(session,
	    PAMPORT_SESSION_ACCOUNTING, accounting) == PAM_SUCCESS);
	RECORDED_CHECK(pamport_session_set_item(session, PAM_TTY, TTY) ==
	    PAM_SUCCESS);
	RECORDED_CHECK(pamport_session_check_account(session, 0) ==
	    PAM_SUCCESS);
	RECORDED_CHECK(pamport_session_open(session) == PAM_SUCCESS);
}

static void
leave_one(int new_recording, int new_accounting)
{
	recording = new_recording;
	accounting = new_accounting;
	ATF_REQUIRE_EQ(0, recorded_run(open_and_leave));
}

static void
begin(void)
{
	static const char *lines;

	if (lines == NULL)
		lines = scripted_lines();
	fixture_system_service(&by_name, lines);
	(void)scripted_shared();
}

/* Its name, as the listing gives it. */
static int
note_id(const struct pamport_record *record, void *data)
{
	(void)data;
	strcpy(recorded_id, record->id);
	return 0;
}

static int
count(const char *events, const char *event)
{
	int n = 0;

	while ((events = strstr(events, event)) != NULL) {
		events++;
		n++;
	}
	return n;
}

/* Whatever is left is closed now, and each was closed once. */
static void
finish(int opened)
{
	const char *events;

	ATF_CHECK_EQ(PAM_SUCCESS, pamport_record_reap(0, 0, NULL, NULL, NULL));
	SWEPT_CHECK(recorded_count() == 0);
	events = scripted_shared();
	ATF_CHECK_EQ_MSG(opened, count(events, "open "), "%s: %s",
	    swept_point(), events);
	ATF_CHECK_EQ_MSG(opened, count(events, "close "), "%s: %s",
	    swept_point(), events);
	fixture_remove(&by_name);
}

/* Closes what is attached, if it is; the session is there or told of none. */
static void
close_and_free(pamport_session *session, int result)
{
	if (result == PAM_SUCCESS)
		SWEPT_CHECK(pamport_session_close(session) == PAM_SUCCESS);
	else
		SWEPT_CHECK(pamport_session_error(session)->code == result);
	SWEPT_CHECK(pamport_session_free(session) == PAM_SUCCESS);
}

/* --- Attaching ----------------------------------------------------------------------- */

static void
act_attach(void)
{
	pamport_session *session;
	int result;

	begin();
	leave_one(PAMPORT_RECORD_REQUIRED, PAMPORT_ACCOUNTING_OFF);
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_record_list(note_id, NULL, NULL));
	swept_arm();
	result = pamport_session_attach(recorded_id, NULL, &session);
	swept_check(result, PAM_BUF_ERR, PAM_SUCCESS);
	close_and_free(session, result);
	finish(1);
}

/* The newest one or none: never an older one because that could be read. */
static void
act_attach_tty(void)
{
	pamport_session *session;
	int result;

	begin();
	leave_one(PAMPORT_RECORD_REQUIRED, PAMPORT_ACCOUNTING_OFF);
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_record_list(note_id, NULL, NULL));
	recorded_replace(fixture_text("%s/%s.open", pamport_record_directory(),
	    recorded_id), "since ", "since 1000000000\n");
	leave_one(PAMPORT_RECORD_REQUIRED, PAMPORT_ACCOUNTING_OFF);
	swept_arm();
	result = pamport_session_attach_tty("alice", TTY, NULL, &session);
	swept_check(result, PAM_BUF_ERR, PAM_SUCCESS);
	if (result == PAM_SUCCESS)
		SWEPT_CHECK(strcmp(pamport_session_id(session),
		    recorded_id) != 0);
	close_and_free(session, result);
	finish(2);
}

static void
act_attach_login(void)
{
	pamport_session *session;
	int result;

	if (!recorded_use_logins())
		return;
	begin();
	leave_one(PAMPORT_RECORD_OFF, PAMPORT_ACCOUNTING_ALL);
	swept_arm();
	result = pamport_session_attach_login(by_name.service, "alice", TTY,
	    NULL, &session);
	swept_check(result, PAM_BUF_ERR, PAM_SUCCESS);
	close_and_free(session, result);
	if (result != PAM_SUCCESS) {
		result = pamport_session_attach_login(by_name.service,
		    "alice", TTY, NULL, &session);
		close_and_free(session, result);
		ATF_CHECK_EQ(PAM_SUCCESS, result);
	}
	finish(1);
}

/* What has a record is closed by that alone: it would be closed twice. */
static void
act_attach_login_recorded(void)
{
	pamport_session *session;
	int result;

	if (!recorded_use_logins())
		return;
	begin();
	leave_one(PAMPORT_RECORD_REQUIRED, PAMPORT_ACCOUNTING_ALL);
	swept_arm();
	result = pamport_session_attach_login(by_name.service, "alice", TTY,
	    NULL, &session);
	SWEPT_CHECK(result == PAM_SESSION_ERR ||
	    (result == PAM_BUF_ERR && counted_disarm()));
	(void)swept_disarm();
	close_and_free(session, result);
	finish(1);
}

/* --- All of them ----------------------------------------------------------------------- */

static int
see(const struct pamport_record *record, void *data)
{
	ATF_CHECK((record->service == NULL) == (record->opener == 0));
	++*(int *)data;
	return 0;
}

static void
act_list(void)
{
	const char *why = NULL;
	int result, n = 0;

	begin();
	leave_one(PAMPORT_RECORD_REQUIRED, PAMPORT_ACCOUNTING_OFF);
	leave_one(PAMPORT_RECORD_REQUIRED, PAMPORT_ACCOUNTING_OFF);
	swept_arm();
	result = pamport_record_list(see, &n, &why);
	swept_check(result, PAM_BUF_ERR, PAM_SUCCESS);
	SWEPT_CHECK(result == PAM_SUCCESS ? n == 2 : why != NULL);
	finish(2);
}

static void
act_show(void)
{
	const char *why = NULL;
	int result, n = 0;

	begin();
	leave_one(PAMPORT_RECORD_REQUIRED, PAMPORT_ACCOUNTING_OFF);
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_record_list(note_id, NULL, NULL));
	swept_arm();
	result = pamport_record_show(recorded_id, see, &n, &why);
	swept_check(result, PAM_BUF_ERR, PAM_SUCCESS);
	SWEPT_CHECK(result == PAM_SUCCESS ? n == 1 : why != NULL);
	finish(1);
}

static int closed, failed;

/* Closed, or left with a reason: no closing process crashes. */
static int
judge(const struct pamport_record *record, void *data)
{
	(void)data;
	if (record->action == PAMPORT_RECORD_CLOSED) {
		closed++;
		return 0;
	}
	SWEPT_CHECK(record->action == PAMPORT_RECORD_LEFT &&
	    record->reason != NULL);
	failed++;
	return 0;
}

static void
act_reap(void)
{
	const char *why = NULL;
	int result;

	begin();
	leave_one(PAMPORT_RECORD_REQUIRED, PAMPORT_ACCOUNTING_OFF);
	leave_one(PAMPORT_RECORD_REQUIRED, PAMPORT_ACCOUNTING_OFF);
	closed = failed = 0;
	swept_arm();
	result = pamport_record_reap(0, 0, judge, NULL, &why);
	/* In a closing process it is that record's failure alone. */
	SWEPT_CHECK((swept_disarm() && result == PAM_BUF_ERR) ||
	    result == PAM_SUCCESS);
	SWEPT_CHECK(result == PAM_BUF_ERR ? why != NULL :
	    closed + failed == 2);
	SWEPT_CHECK(failed == 0 || swept_disarm());
	finish(2);
}

const struct swept swept_record[] = {
	{ "pamport_session_attach", SWEPT_ALLOCATES, act_attach },
	{ "pamport_session_attach_tty", SWEPT_ALLOCATES, act_attach_tty },
	{ "pamport_session_attach_login", SWEPT_MAY, act_attach_login },
	{ "pamport_session_attach_login", SWEPT_MAY,
	    act_attach_login_recorded },
	{ "pamport_record_list", SWEPT_ALLOCATES, act_list },
	{ "pamport_record_show", SWEPT_ALLOCATES, act_show },
	{ "pamport_record_reap", SWEPT_ALLOCATES, act_reap },
	{ NULL, SWEPT_NOTHING, NULL }
};
