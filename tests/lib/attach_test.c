/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a session of another process refuses: calls without arguments or a
 * record, and records that are there but cannot be read, which are never passed
 * over for another one.
 */
#include <config.h>

#include <sys/types.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/session.h"
#include "faults.h"
#include "recorded.h"
#include "scripted.h"
#include "tests/platform/namespace.h"

#define TTY "/dev/pts/77"

static pamport_session *session;

static void
put_variables(pam_handle_t *pamh)
{
	ATF_CHECK_EQ(PAM_SUCCESS, pam_putenv(pamh, "ATTACHED=new"));
}

static void
start(void)
{
	session = recorded_start("alice");
	RECORDED_CHECK(pamport_session_set_item(session, PAM_TTY, TTY) ==
	    PAM_SUCCESS);
	/* There before it opens, and of the process around it. */
	RECORDED_CHECK(setenv("BEFORE", "1", 1) == 0);
	RECORDED_CHECK(pamport_putenv(pamport_session_handle(session),
	    "BEFORE=1") == PAM_SUCCESS);
	scripted_do("open", put_variables);
}

static void
open_and_leave(void)
{
	start();
	recorded_open(session);
}

static void
check_refused(int result, int code, const char *why)
{
	const struct pamport_session_error *error =
	    pamport_session_error(session);

	ATF_CHECK_EQ(code, result);
	ATF_CHECK_EQ(PAMPORT_STEP_RECORD, error->step);
	ATF_CHECK_MSG(strstr(error->message, why) != NULL, "%s",
	    error->message);
}

/* --- Arguments ------------------------------------------------------------------- */

ATF_TC_WITHOUT_HEAD(refused__without_arguments);
ATF_TC_BODY(refused__without_arguments, tc)
{
	pamport_session *none = NULL;

	(void)tc;
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_session_attach("x", NULL, NULL));
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_session_attach_tty("a", "t", NULL,
	    NULL));
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_session_attach_tty(NULL, "t", NULL,
	    &none));
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_session_attach_tty("a", NULL, NULL,
	    &none));
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_session_attach_login("s", "a", "t",
	    NULL, NULL));
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_session_attach_login(NULL, "a",
	    "t", NULL, &none));
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_session_attach_login("s", NULL,
	    "t", NULL, &none));
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_session_attach_login("s", "a",
	    NULL, NULL, &none));
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_session_set_leader(NULL, 1));
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_session_detach(NULL));
	ATF_CHECK(pamport_session_id(NULL) == NULL);
	ATF_CHECK_STREQ("", pamport_session_warning(NULL));
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_record_show("x", NULL, NULL,
	    NULL));
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_record_list(NULL, NULL, NULL));
	ATF_CHECK(none == NULL);
}

/* --- State ------------------------------------------------------------------------- */

FIXTURE_TC(refused__in_another_state, "root")
{
	recorded_service();
	start();
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_session_set_leader(session,
	    getpid()));
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_session_detach(session));
	ATF_CHECK_EQ(PAMPORT_STEP_ORDER, pamport_session_error(session)->step);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_free(session));
	fixture_remove(&recorded_fixture);
}

FIXTURE_TC(refused__without_a_record, "root")
{
	recorded_service();
	start();
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_set_option(session,
	    PAMPORT_SESSION_RECORD, PAMPORT_RECORD_OFF));
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_check_account(session, 0));
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_open(session));
	check_refused(pamport_session_set_leader(session, getpid()),
	    PAM_SYSTEM_ERR, "no record");
	check_refused(pamport_session_detach(session), PAM_SYSTEM_ERR,
	    "without a record");
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_close(session));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_free(session));
	fixture_remove(&recorded_fixture);
}

/* Who attached is not the opener; who opened finds it closed. */
FIXTURE_TC(refused__to_one_who_attached, "root")
{
	pamport_session *opener;

	recorded_service();
	open_and_leave();
	opener = session;
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_attach(recorded_id, NULL,
	    &session));
	check_refused(pamport_session_set_leader(session, getpid()),
	    PAM_SYSTEM_ERR, "no record");
	check_refused(pamport_session_detach(session), PAM_SYSTEM_ERR,
	    "only its opener");
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_close(session));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_free(session));
	session = opener;
	check_refused(pamport_session_detach(session), PAM_SESSION_ERR,
	    "another process closes it");
	ATF_CHECK_EQ(PAM_SESSION_ERR, pamport_session_free(session));
	scripted_check_shared("acct establish open close delete ");
	fixture_remove(&recorded_fixture);
}

/* --- The environment --------------------------------------------------------------------- */

static int
see_variables(const struct pamport_record *record, void *data)
{
	size_t i;

	for (i = 0; i < record->variables; i++)
		*(int *)data |= strcmp(record->environment[i],
		    "ATTACHED=new") == 0 ? 1 : strcmp(record->environment[i],
		    "BEFORE=1") == 0 ? 2 : 4;
	return 0;
}

/* What opening put there, and what the application did: all of it comes along. */
FIXTURE_TC(environment__is_restored, "root")
{
	int seen = 0;

	recorded_service();
	ATF_REQUIRE_EQ(0, recorded_run(open_and_leave));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_record_list(see_variables, &seen,
	    NULL));
	ATF_CHECK_EQ(3, seen);
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_attach_tty("alice",
	    "pts/77", NULL, &session));
	ATF_CHECK_STREQ("new", pamport_getenv(pamport_session_handle(session),
	    "ATTACHED"));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_close(session));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_free(session));
	fixture_remove(&recorded_fixture);
}

static void
put_much(pam_handle_t *pamh)
{
	char variable[4096], name[16];
	int i;

	memset(variable, 'x', sizeof(variable) - 1);
	variable[sizeof(variable) - 1] = '\0';
	for (i = 0; i < (int)(PAMPORT__RECORD_LIMIT / 4000) + 2; i++) {
		(void)snprintf(name, sizeof(name), "MUCH%06d=", i);
		memcpy(variable, name, strlen(name));
		ATF_REQUIRE_EQ(PAM_SUCCESS, pam_putenv(pamh, variable));
	}
}

/* What would be too long to be read again is not opened. */
FIXTURE_TC(environment__that_is_too_long_is_refused, "root")
{
	recorded_service();
	start();
	scripted_do("establish", put_much);
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_check_account(session, 0));
	check_refused(pamport_session_open(session), PAM_SYSTEM_ERR,
	    strerror(EFBIG));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_free(session));
	scripted_check_shared("acct establish open close delete ");
	ATF_CHECK_EQ(0, recorded_count());
	fixture_remove(&recorded_fixture);
}

/* --- What cannot be read -------------------------------------------------------------------- */

static int
attach_without(int at)
{
	int result;

	faults_arm(FAULT_ERROR, EMFILE, at, 0);
	result = pamport_session_attach_tty("alice", TTY, NULL, &session);
	faults_disarm();
	return result;
}

/* Whatever cannot be opened: the newest session is closed, or none. */
FIXTURE_TC(unread__is_not_passed_over_for_an_older_one, "root")
{
	const char *names, *older;
	int at, result;

	faults_require();
	recorded_service();
	ATF_REQUIRE_EQ(0, recorded_run(open_and_leave));
	names = recorded_names();
	recorded_replace(fixture_text("%s/%.*s", pamport_record_directory(),
	    (int)strcspn(names, " "), names), "since ", "since 1000000000\n");
	older = fixture_text("%.*s", (int)strcspn(names, "."), names);
	ATF_REQUIRE_EQ(0, recorded_run(open_and_leave));
	for (at = 0; ; at++) {
		result = attach_without(at);
		if (result == PAM_SUCCESS && !faults_struck())
			break;
		ATF_CHECK_MSG(result != PAM_SUCCESS ||
		    strcmp(pamport_session_id(session), older) != 0, "%d: %s",
		    at, faults_where());
		ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_free(session));
	}
	ATF_CHECK(at > 5);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_close(session));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_free(session));
	ATF_CHECK_EQ(1, recorded_count());
	ATF_CHECK(strstr(recorded_names(), older) != NULL);
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_record_reap(0, 0, NULL, NULL,
	    NULL));
	fixture_remove(&recorded_fixture);
}

static void
open_with_login(void)
{
	start();
	RECORDED_CHECK(pamport_session_set_option(session,
	    PAMPORT_SESSION_ACCOUNTING, PAMPORT_ACCOUNTING_ALL) ==
	    PAM_SUCCESS);
	recorded_open(session);
}

/* It is recorded, and the reaper's: by its entry it would be closed twice. */
FIXTURE_TC(unread__is_not_closed_by_its_entry, "root")
{
	int at = 0;

	faults_require();
	if (!recorded_use_logins())
		atf_tc_skip("this system writes to its own files only");
	recorded_service();
	ATF_REQUIRE_EQ(0, recorded_run(open_with_login));
	do {
		faults_arm(FAULT_ERROR, EIO, at++, 0);
		ATF_CHECK_MSG(pamport_session_attach_login(
		    recorded_fixture.service, "alice", TTY, NULL, &session) !=
		    PAM_SUCCESS, "%d: %s", at, faults_where());
		faults_disarm();
		ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_free(session));
	} while (faults_struck());
	ATF_CHECK(at > 5);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_record_reap(0, 0, NULL, NULL,
	    NULL));
	scripted_check_shared("acct establish open close delete ");
	fixture_remove(&recorded_fixture);
}

static int
see_action(const struct pamport_record *record, void *data)
{
	*(enum pamport_record_action *)data = record->action;
	ATF_CHECK(record->reason != NULL);
	return 0;
}

/* A dry run names what a real one renames. */
FIXTURE_TC(damaged__is_set_aside_but_not_in_a_dry_run, "root")
{
	enum pamport_record_action action = PAMPORT_RECORD_LEFT;
	const char *names;

	recorded_service();
	ATF_REQUIRE_EQ(0, recorded_run(open_and_leave));
	names = recorded_names();
	ATF_REQUIRE_EQ(0, chmod(fixture_text("%s/%.*s",
	    pamport_record_directory(), (int)strcspn(names, " "), names),
	    0644));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_record_reap(PAMPORT_REAP_DRY, 0,
	    see_action, &action, NULL));
	ATF_CHECK_EQ(PAMPORT_RECORD_SET_ASIDE, action);
	ATF_CHECK_STREQ(names, recorded_names());
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_record_reap(0, 0, see_action,
	    &action, NULL));
	ATF_CHECK_EQ(PAMPORT_RECORD_SET_ASIDE, action);
	ATF_CHECK(strstr(recorded_names(), ".damaged ") != NULL);
	fixture_remove(&recorded_fixture);
}

/* Renamed, or left where that fails, with the reason; nothing is closed. */
FIXTURE_TC(damaged__that_cannot_be_renamed_is_left, "root")
{
	enum pamport_record_action action;
	const char *names, *file, *aside;
	int at = 0, left = 0;

	faults_require();
	recorded_service();
	ATF_REQUIRE_EQ(0, recorded_run(open_and_leave));
	names = recorded_names();
	file = fixture_text("%s/%.*s", pamport_record_directory(),
	    (int)strcspn(names, " "), names);
	aside = fixture_text("%s/%.*s.damaged", pamport_record_directory(),
	    (int)strcspn(names, "."), names);
	ATF_REQUIRE_EQ(0, chmod(file, 0644));
	do {
		action = PAMPORT_RECORD_CLOSED;
		faults_arm(FAULT_ERROR, EIO, at++, 0);
		(void)pamport_record_reap(0, 0, see_action, &action, NULL);
		faults_disarm();
		left += action == PAMPORT_RECORD_LEFT;
		ATF_CHECK_EQ_MSG(action == PAMPORT_RECORD_SET_ASIDE ? 0 : -1,
		    rename(aside, file), "%d: %s", at, faults_where());
	} while (faults_struck());
	ATF_CHECK(left >= 3);
	scripted_check_shared("acct establish open ");
	fixture_remove(&recorded_fixture);
}

/* --- What cannot be looked at ------------------------------------------------------------------ */

static pid_t leader;

static void
wait_to_be_killed(void)
{
	for (;;)
		(void)pause();
}

/* It ends, and leaves the session to its leader. */
static void
open_for_the_leader(void)
{
	open_and_leave();
	RECORDED_CHECK(pamport_session_set_leader(session, leader) ==
	    PAM_SUCCESS);
}

static void
reap_and_check(enum pamport_record_action expected)
{
	enum pamport_record_action action = PAMPORT_RECORD_TIMED_OUT;

	ATF_CHECK_EQ(PAM_SUCCESS, pamport_record_reap(0, 0, see_action,
	    &action, NULL));
	ATF_CHECK_EQ(expected, action);
}

static void
reap_while_the_leader_lives(void)
{
	leader = recorded_fork(wait_to_be_killed);
	ATF_REQUIRE_EQ(0, recorded_run(open_for_the_leader));
	reap_and_check(PAMPORT_RECORD_LEFT);
	scripted_check_shared("acct establish open ");
	ATF_CHECK_EQ(0, kill(leader, SIGKILL));
	ATF_CHECK_EQ(-1, recorded_status(leader));
	reap_and_check(PAMPORT_RECORD_CLOSED);
	scripted_check_shared("close delete ");
	fixture_remove(&recorded_fixture);
}

/* With what a chroot lacks nobody is taken for gone who is there. */
FIXTURE_TC(unseen__leader_keeps_its_session, "root")
{
	recorded_service();
	namespace_run(NAMESPACE_WITHOUT_PROC, reap_while_the_leader_lives);
}

/* --- By the entry ------------------------------------------------------------------------------ */

static void
open_with_login_alone(void)
{
	start();
	RECORDED_CHECK(pamport_session_set_option(session,
	    PAMPORT_SESSION_RECORD, PAMPORT_RECORD_OFF) == PAM_SUCCESS);
	RECORDED_CHECK(pamport_session_set_option(session,
	    PAMPORT_SESSION_ACCOUNTING, PAMPORT_ACCOUNTING_ALL) ==
	    PAM_SUCCESS);
	RECORDED_CHECK(pamport_session_check_account(session, 0) ==
	    PAM_SUCCESS);
	RECORDED_CHECK(pamport_session_open(session) == PAM_SUCCESS);
}

static int ready[2];

static void
log_in_and_stay(void)
{
	open_with_login_alone();
	RECORDED_CHECK(write(ready[1], "", 1) == 1);
	wait_to_be_killed();
}

static void
attach_by_entry(int expected)
{
	ATF_CHECK_EQ(expected, pamport_session_attach_login(
	    recorded_fixture.service, "alice", TTY, NULL, &session));
	ATF_CHECK_EQ(expected == PAM_SESSION_ERR, strstr(
	    pamport_session_error(session)->message, "is there") != NULL);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_free(session));
}

/* Alive, then ended, then waited for: who does that may close until then. */
static void
attach_while_it_is_there(void)
{
	siginfo_t info;
	pid_t child;
	char byte;

	ATF_REQUIRE_EQ(0, pipe(ready));
	child = recorded_fork(log_in_and_stay);
	ATF_REQUIRE_EQ(1, read(ready[0], &byte, 1));
	attach_by_entry(PAM_SESSION_ERR);
	ATF_REQUIRE_EQ(0, kill(child, SIGKILL));
	ATF_REQUIRE_EQ(0, waitid(P_PID, (id_t)child, &info,
	    WEXITED | WNOWAIT));
	attach_by_entry(PAM_SESSION_ERR);
	ATF_CHECK_EQ(-1, recorded_status(child));
	attach_by_entry(PAM_SUCCESS);
	fixture_remove(&recorded_fixture);
}

static void
begin_by_entry(void)
{
	recorded_service();
	if (!recorded_use_logins())
		atf_tc_skip("this system writes to its own files only");
	fixture_remove(&recorded_fixture);
	fixture_system_service(&recorded_fixture, scripted_lines());
}

FIXTURE_TC(entry__of_a_process_that_is_there_is_left, "root")
{
	begin_by_entry();
	attach_while_it_is_there();
}

FIXTURE_TC(entry__of_an_unseen_process_is_left, "root")
{
	begin_by_entry();
	namespace_run(NAMESPACE_WITHOUT_PROC, attach_while_it_is_there);
}

/* One try at the close fails, or not; one close is all that modules see. */
static void
close_by_entry_with_fault(const char *service, int at)
{
	ATF_REQUIRE_EQ(0, recorded_run(open_with_login_alone));
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_attach_login(service,
	    "alice", TTY, NULL, &session));
	(void)scripted_shared();
	faults_arm(FAULT_ERROR, EIO, at, 0);
	(void)pamport_session_close(session);
	faults_disarm();
	if (pamport_session_state(session) == PAMPORT_SESSION_OPEN) {
		scripted_check_shared("");
		ATF_CHECK_EQ_MSG(PAM_SUCCESS, pamport_session_close(session),
		    "%d: %s", at, faults_where());
	}
	ATF_CHECK_MSG(strcmp(scripted_shared(), "close ") == 0, "%d: %s: %s",
	    at, faults_where(), pamport_session_error(session)->message);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_free(session));
}

FIXTURE_TC(entry__is_closed_once_where_a_first_try_fails, "root")
{
	struct fixture by_name;
	int at = 0;

	faults_require();
	recorded_service();
	fixture_system_service(&by_name, scripted_lines());
	/* What a module writes is its own. */
	scripted_begin = faults_begin_event;
	scripted_end = faults_end_event;
	do {
		if (!recorded_use_logins())
			atf_tc_skip("this system writes to its own files only");
		close_by_entry_with_fault(by_name.service, at++);
	} while (faults_struck());
	ATF_CHECK(at > 3);
	fixture_remove(&by_name);
	fixture_remove(&recorded_fixture);
}

static int
lowest_free_descriptor(void)
{
	int fd = dup(STDIN_FILENO);

	ATF_REQUIRE(fd != -1);
	ATF_CHECK_EQ(0, close(fd));
	return fd;
}

/* A close that is tried again and again holds no more than the first try. */
FIXTURE_TC(entry__that_cannot_be_locked_leaves_no_descriptor, "root")
{
	struct fixture by_name;
	const char *lock;
	int before, i;

	recorded_service();
	fixture_system_service(&by_name, scripted_lines());
	if (!recorded_use_logins())
		atf_tc_skip("this system writes to its own files only");
	lock = fixture_text("%s/.logout.lock", pamport_record_directory());
	ATF_REQUIRE_EQ(0, recorded_run(open_with_login_alone));
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_attach_login(
	    by_name.service, "alice", TTY, NULL, &session));
	ATF_REQUIRE(mkdir(pamport_record_directory(), 0700) == 0 ||
	    errno == EEXIST);
	ATF_REQUIRE_EQ(0, mkdir(lock, 0700));
	before = lowest_free_descriptor();
	for (i = 0; i < 3; i++)
		check_refused(pamport_session_close(session), PAM_SYSTEM_ERR,
		    pamport_record_directory());
	ATF_CHECK_EQ(before, lowest_free_descriptor());
	ATF_REQUIRE_EQ(0, rmdir(lock));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_close(session));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_free(session));
	fixture_remove(&by_name);
	fixture_remove(&recorded_fixture);
}

ATF_TP_ADD_TCS(tp)
{
	ATF_TP_ADD_TC(tp, refused__without_arguments);
	ATF_TP_ADD_TC(tp, refused__in_another_state);
	ATF_TP_ADD_TC(tp, refused__without_a_record);
	ATF_TP_ADD_TC(tp, refused__to_one_who_attached);
	ATF_TP_ADD_TC(tp, environment__is_restored);
	ATF_TP_ADD_TC(tp, environment__that_is_too_long_is_refused);
	ATF_TP_ADD_TC(tp, unread__is_not_passed_over_for_an_older_one);
	ATF_TP_ADD_TC(tp, unread__is_not_closed_by_its_entry);
	ATF_TP_ADD_TC(tp, damaged__that_cannot_be_renamed_is_left);
	ATF_TP_ADD_TC(tp, unseen__leader_keeps_its_session);
	ATF_TP_ADD_TC(tp, entry__of_a_process_that_is_there_is_left);
	ATF_TP_ADD_TC(tp, entry__of_an_unseen_process_is_left);
	ATF_TP_ADD_TC(tp, entry__is_closed_once_where_a_first_try_fails);
	ATF_TP_ADD_TC(tp, entry__that_cannot_be_locked_leaves_no_descriptor);
	ATF_TP_ADD_TC(tp, damaged__is_set_aside_but_not_in_a_dry_run);

	return atf_no_error();
}
