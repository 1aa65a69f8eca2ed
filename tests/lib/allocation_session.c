/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Rows of the allocation sweep: sessions in the process that opens them.
 */
#include <config.h>

#include <sys/types.h>
#include <sys/wait.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "counted.h"
#include "swept.h"
#include <pamport/pam_misc.h>

static pamport_session *session;
static int recording, accounting;

/* --- A session ---------------------------------------------------------------------- */

/* One that this process has too, which is the session's around it. */
static void
put_variables(pam_handle_t *pamh)
{
	ATF_CHECK_EQ(PAM_SUCCESS, pam_putenv(pamh, "SWEPT_OWN=1"));
	ATF_CHECK_EQ(PAM_SUCCESS, pam_putenv(pamh, "SWEPT_OUTER=2"));
}

static void
start(void)
{
	ATF_REQUIRE_EQ(0, setenv("SWEPT_OUTER", "2", 1));
	scripted_do("establish", put_variables);
	(void)scripted_shared();
	scripted_events[0] = '\0';
	session = recorded_start("alice");
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_set_option(session,
	    PAMPORT_SESSION_RECORD, recording));
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_set_option(session,
	    PAMPORT_SESSION_ACCOUNTING, accounting));
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_set_item(session, PAM_TTY,
	    "/dev/pts/77"));
}

static void
start_ready(void)
{
	start();
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_check_account(session, 0));
}

static void
start_open(void)
{
	start_ready();
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_open(session));
}

static void
use(int new_recording, int new_accounting)
{
	recording = new_recording;
	accounting = new_accounting;
	if (accounting == PAMPORT_ACCOUNTING_OFF)
		return;
	/* Where a system has files of its own only, nothing is written. */
	if (!pamport__accounting_files(fixture_file("utmp"),
	    fixture_file("wtmp"), fixture_file("lastlog")))
		accounting = PAMPORT_ACCOUNTING_OFF;
	atf_utils_create_file("utmp", "%s", "");
	atf_utils_create_file("wtmp", "%s", "");
	atf_utils_create_file("lastlog", "%s", "");
}

/* As many of the one as of the other, and at most one. */
static void
check_pair(const char *events, const char *out, const char *back)
{
	const char *first = strstr(events, out);
	const char *undone = strstr(events, back);

	ATF_CHECK_MSG((first == NULL) == (undone == NULL) && (first == NULL ||
	    (strstr(first + 1, out) == NULL &&
	    strstr(undone + 1, back) == NULL)), "%s: %s", swept_point(),
	    events);
}

/* Frees it; then nothing of it is left, and nothing was done twice. */
static void
finish(void)
{
	const char *events;

	ATF_CHECK_EQ_MSG(PAM_SUCCESS, pamport_session_free(session), "%s",
	    swept_point());
	session = NULL;
	events = scripted_shared();
	check_pair(events, "open ", "close ");
	check_pair(events, "establish ", "delete ");
	SWEPT_CHECK(recorded_count() == 0);
}

/* --- Before it is open ------------------------------------------------------------------ */

static void
act_start(void)
{
	int result;

	(void)scripted_shared();
	swept_arm();
	result = pamport_session_start(recorded_fixture.service, "alice", NULL,
	    recorded_fixture.confdir, &session);
	swept_check(result, PAM_BUF_ERR, PAM_SUCCESS);
	SWEPT_CHECK(result != PAM_SUCCESS || session != NULL);
	if (session != NULL)
		SWEPT_CHECK(pamport_session_error(session)->code == result);
	finish();
}

/* One that is not absolute, where there is any. */
static void
act_start_relative(void)
{
	const char *confdir = recorded_fixture.confdir;
	int result;

	(void)scripted_shared();
	swept_arm();
	result = pamport_session_start(recorded_fixture.service, "alice", NULL,
	    confdir == NULL ? NULL : strrchr(confdir, '/') + 1, &session);
	swept_check(result, PAM_BUF_ERR, PAM_SUCCESS);
	SWEPT_CHECK(result != PAM_SUCCESS || confdir == NULL ||
	    session->confdir[0] == '/');
	finish();
}

static void
act_set_item(void)
{
	const char *old;
	int result;

	use(PAMPORT_RECORD_OFF, PAMPORT_ACCOUNTING_OFF);
	start();
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_get_item(
	    pamport_session_handle(session), PAM_TTY, &old));
	swept_arm();
	result = pamport_session_set_item(session, PAM_TTY, old + 1);
	swept_check(result, PAM_BUF_ERR, PAM_SUCCESS);
	if (result != PAM_SUCCESS)
		SWEPT_CHECK(pamport_session_error(session)->code ==
		    PAM_BUF_ERR);
	finish();
}

/* "A*" was left out before, and still is where the new list did not fit. */
static void
act_leave_out(void)
{
	static const char *const before[] = { "A*", NULL };
	static const char *const names[] = { "B", "C", NULL };
	int result;

	use(PAMPORT_RECORD_OFF, PAMPORT_ACCOUNTING_OFF);
	start();
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_leave_out(session,
	    before));
	swept_arm();
	result = pamport_session_leave_out(session, names);
	swept_check(result, PAM_BUF_ERR, PAM_SUCCESS);
	ATF_CHECK_STREQ(result == PAM_SUCCESS ? "B" : "A*",
	    session->left_out[0]);
	finish();
}

static void
act_authenticate(void)
{
	int result;

	use(PAMPORT_RECORD_OFF, PAMPORT_ACCOUNTING_OFF);
	start();
	swept_arm();
	result = pamport_session_authenticate(session, 0);
	swept_check(result, PAM_SYSTEM_ERR, PAM_SUCCESS);
	SWEPT_CHECK(pamport_session_state(session) == (result == PAM_SUCCESS ?
	    PAMPORT_SESSION_READY : PAMPORT_SESSION_DENIED));
	finish();
}

static void
act_check_account(void)
{
	int result;

	use(PAMPORT_RECORD_OFF, PAMPORT_ACCOUNTING_OFF);
	start();
	swept_arm();
	result = pamport_session_check_account(session, 0);
	swept_check(result, PAM_SYSTEM_ERR, PAM_SUCCESS);
	finish();
}

/* A user who could not be told is none that may be opened. */
static void
act_user(void)
{
	const char *user;

	use(PAMPORT_RECORD_OFF, PAMPORT_ACCOUNTING_OFF);
	start_ready();
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_set_item(
	    pamport_session_handle(session), PAM_USER, "bob"));
	swept_arm();
	user = pamport_session_user(session);
	SWEPT_CHECK(swept_disarm() == (user == NULL));
	ATF_CHECK_EQ_MSG(user == NULL ? PAM_PERM_DENIED : PAM_SUCCESS,
	    pamport_session_open(session), "%s", swept_point());
	finish();
}

/* --- Open and close ------------------------------------------------------------------------ */

/* It is open with all that was asked for, or a warning, or not at all. */
static void
open_swept(void)
{
	bool has_failed;
	int result;

	start_ready();
	swept_arm();
	result = pamport_session_open(session);
	has_failed = swept_disarm();
	if (result == PAM_SUCCESS) {
		SWEPT_CHECK(pamport_session_state(session) ==
		    PAMPORT_SESSION_OPEN);
		SWEPT_CHECK(has_failed ==
		    (pamport_session_warning(session)[0] != '\0'));
	} else {
		SWEPT_CHECK(result == PAM_SYSTEM_ERR && has_failed &&
		    pamport_session_error(session)->step ==
		    PAMPORT_STEP_RECORD &&
		    recording == PAMPORT_RECORD_REQUIRED);
		SWEPT_CHECK(pamport_session_state(session) ==
		    PAMPORT_SESSION_CLOSED);
	}
	finish();
}

static void
act_open_recorded(void)
{
	use(PAMPORT_RECORD_REQUIRED, PAMPORT_ACCOUNTING_OFF);
	open_swept();
}

static void
act_open_with_all(void)
{
	use(PAMPORT_RECORD_OPTIONAL, PAMPORT_ACCOUNTING_ALL);
	open_swept();
}

static void
act_open_logged_in(void)
{
	use(PAMPORT_RECORD_REQUIRED, PAMPORT_ACCOUNTING_ALL);
	open_swept();
}

/* What a daemon does: the directory is looked for again, which allocates. */
static void
lose_descriptor(void)
{
	if (session->directory.fd != -1)
		ATF_REQUIRE_EQ(0, close(session->directory.fd));
}

/* It is closed, or it is open and can be closed then. */
static void
act_close(void)
{
	int result;

	use(PAMPORT_RECORD_REQUIRED, PAMPORT_ACCOUNTING_ALL);
	start_open();
	lose_descriptor();
	swept_arm();
	result = pamport_session_close(session);
	swept_check(result, PAM_SYSTEM_ERR, PAM_SUCCESS);
	if (result != PAM_SUCCESS) {
		SWEPT_CHECK(pamport_session_state(session) ==
		    PAMPORT_SESSION_OPEN);
		SWEPT_CHECK(pamport_session_close(session) == PAM_SUCCESS);
	}
	finish();
}

/* What could not be closed is in its record, for another to close. */
static void
act_free(void)
{
	int result;

	use(PAMPORT_RECORD_REQUIRED, PAMPORT_ACCOUNTING_OFF);
	start_open();
	strcpy(recorded_id, pamport_session_id(session));
	lose_descriptor();
	swept_arm();
	result = pamport_session_free(session);
	swept_check(result, PAM_SYSTEM_ERR, PAM_SUCCESS);
	session = NULL;
	if (result != PAM_SUCCESS) {
		SWEPT_CHECK(strstr(scripted_events, "close") == NULL);
		ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_attach(recorded_id,
		    NULL, &session));
		SWEPT_CHECK(pamport_session_close(session) == PAM_SUCCESS);
	}
	finish();
}

static void
act_environment(void)
{
	static const char *const names[] = { "SWEPT_OUTER", NULL };
	char **list;

	use(PAMPORT_RECORD_OFF, PAMPORT_ACCOUNTING_OFF);
	start_open();
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_leave_out(session, names));
	/* The order is to be remembered: see tests/lib/env_test.c. */
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_putenv(
	    pamport_session_handle(session), "SWEPT=0"));
	swept_arm();
	list = pamport_session_environment(session);
	SWEPT_CHECK(swept_disarm() == (list == NULL));
	if (list == NULL)
		SWEPT_CHECK(pamport_session_error(session)->code ==
		    PAM_BUF_ERR);
	(void)pamport_misc_drop_env(list);
	finish();
}

/* --- The record ------------------------------------------------------------------------------- */

static void
act_set_leader(void)
{
	int result;

	use(PAMPORT_RECORD_REQUIRED, PAMPORT_ACCOUNTING_OFF);
	start_open();
	lose_descriptor();
	swept_arm();
	result = pamport_session_set_leader(session, getppid());
	swept_check(result, PAM_BUF_ERR, PAM_SUCCESS);
	finish();
}

/* Left to another process, or this one's as before. */
static void
act_detach(void)
{
	int result;

	use(PAMPORT_RECORD_REQUIRED, PAMPORT_ACCOUNTING_OFF);
	start_open();
	strcpy(recorded_id, pamport_session_id(session));
	lose_descriptor();
	swept_arm();
	result = pamport_session_detach(session);
	swept_check(result, PAM_BUF_ERR, PAM_SUCCESS);
	if (result == PAM_SUCCESS) {
		SWEPT_CHECK(pamport_session_free(session) == PAM_SUCCESS);
		swept_forget_handle();
		ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_attach(recorded_id,
		    NULL, &session));
	}
	SWEPT_CHECK(pamport_session_close(session) == PAM_SUCCESS);
	finish();
}

/* --- What allocates nothing ---------------------------------------------------------------------- */

/* In a child, which says by its status whether anything was allocated. */
static void
forget_in_child(void)
{
	swept_arm();
	RECORDED_CHECK(pamport_session_child(session) == PAM_SUCCESS);
	RECORDED_CHECK(!swept_disarm());
}

static void
act_child(void)
{
	int status = -1, result;
	pid_t child;

	use(PAMPORT_RECORD_REQUIRED, PAMPORT_ACCOUNTING_OFF);
	start_open();
	child = recorded_fork(forget_in_child);
	swept_arm();
	result = pamport_session_wait(session, child, &status);
	swept_check(result, PAM_BUF_ERR, PAM_SUCCESS);
	ATF_CHECK_EQ(0, status);
	finish();
}

static void
act_facts(void)
{
	use(PAMPORT_RECORD_REQUIRED, PAMPORT_ACCOUNTING_OFF);
	start_ready();
	swept_arm();
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_set_option(session,
	    PAMPORT_SESSION_STRICT, 1));
	(void)pamport_session_handle(session);
	(void)pamport_session_state(session);
	(void)pamport_session_error(session);
	(void)pamport_session_warning(session);
	(void)pamport_session_id(session);
	SWEPT_CHECK(!swept_disarm());
	finish();
}

const struct swept swept_session[] = {
	{ "pamport_session_start", SWEPT_ALLOCATES, act_start },
	{ "pamport_session_start", SWEPT_ALLOCATES, act_start_relative },
	{ "pamport_session_set_item", SWEPT_MAY, act_set_item },
	{ "pamport_session_leave_out", SWEPT_ALLOCATES, act_leave_out },
	{ "pamport_session_authenticate", SWEPT_MAY, act_authenticate },
	{ "pamport_session_check_account", SWEPT_MAY, act_check_account },
	{ "pamport_session_user", SWEPT_ALLOCATES, act_user },
	{ "pamport_session_open", SWEPT_ALLOCATES, act_open_recorded },
	{ "pamport_session_open", SWEPT_ALLOCATES, act_open_with_all },
	{ "pamport_session_open", SWEPT_ALLOCATES, act_open_logged_in },
	{ "pamport_session_close", SWEPT_ALLOCATES, act_close },
	{ "pamport_session_free", SWEPT_ALLOCATES, act_free },
	{ "pamport_session_environment", SWEPT_MAY, act_environment },
	{ "pamport_session_set_leader", SWEPT_ALLOCATES, act_set_leader },
	{ "pamport_session_detach", SWEPT_ALLOCATES, act_detach },
	{ "pamport_session_child", SWEPT_NOTHING, act_child },
	{ "pamport_session_wait", SWEPT_NOTHING, act_child },
	{ "pamport_session_set_option", SWEPT_NOTHING, act_facts },
	{ "pamport_session_handle", SWEPT_NOTHING, act_facts },
	{ "pamport_session_state", SWEPT_NOTHING, act_facts },
	{ "pamport_session_error", SWEPT_NOTHING, act_facts },
	{ "pamport_session_warning", SWEPT_NOTHING, act_facts },
	{ "pamport_session_id", SWEPT_NOTHING, act_facts },
	{ NULL, SWEPT_NOTHING, NULL }
};
