/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Login records around a session (rules 33 and 39): the entry is there between
 * open and close, whoever closes, and is what two closers without a record go by.
 */
#include <config.h>

#include <sys/types.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <atf-c.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/session.h"
#include "fixture.h"
#include "recorded.h"
#include "scripted.h"

#define OUT "acct establish open "
#define BACK "close delete "
#define TTY "/dev/pts/77"

static pamport_session *session;

/* --- Files of the case ------------------------------------------------------------ */

static void
use_files(const char *active, const char *log)
{
	if (!pamport__accounting_files(active, log, fixture_file("lastlog")))
		atf_tc_skip("%s", pamport__accounting_supported() ?
		    "this system writes to its own files only" :
		    pamport__accounting_facts.lacks);
}

static void
begin(void)
{
	use_files(fixture_file("utmp"), fixture_file("wtmp"));
	atf_utils_create_file("utmp", "%s", "");
	atf_utils_create_file("wtmp", "%s", "");
	recorded_service();
}

static void
start(int accounting)
{
	session = recorded_start("alice");
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_set_option(session,
	    PAMPORT_SESSION_ACCOUNTING, accounting));
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_set_item(session, PAM_TTY,
	    TTY));
}

static void
finish(void)
{
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_free(session));
	fixture_remove(&recorded_fixture);
}

static bool
is_logged_in(void)
{
	struct pamport__login login;

	return pamport__accounting_find("alice", TTY, &login) ==
	    PAMPORT__ACCOUNTED;
}

static off_t
size_of(const char *name)
{
	struct stat status;

	return stat(name, &status) == 0 ? status.st_size : -1;
}

/* A file with one entry, of a login that has ended. */
static bool
has_logged_out(void)
{
	return size_of("utmp") > 0 && !is_logged_in();
}

static void
check_log(int entries)
{
	ATF_CHECK_EQ(entries * size_of("utmp"), size_of("wtmp"));
}

/* --- In one process ----------------------------------------------------------------- */

static void
see_nothing(pam_handle_t *pamh)
{
	(void)pamh;
	ATF_CHECK_EQ(0, size_of("utmp"));
	ATF_CHECK_EQ(0, size_of("wtmp"));
}

static void
see_logout(pam_handle_t *pamh)
{
	(void)pamh;
	ATF_CHECK(has_logged_out());
	check_log(2);
}

FIXTURE_TC(rule_33__entry_is_there_between_open_and_close, "root")
{
	begin();
	start(PAMPORT_ACCOUNTING_ALL);
	scripted_do("establish", see_nothing);
	scripted_do("open", see_nothing);
	scripted_do("close", see_logout);
	scripted_do("delete", see_logout);
	recorded_open(session);
	ATF_CHECK_STREQ("", pamport_session_warning(session));
	ATF_CHECK(is_logged_in());
	check_log(1);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_close(session));
	ATF_CHECK_STREQ("", pamport_session_warning(session));
	scripted_check_shared(OUT BACK);
	ATF_CHECK(has_logged_out());
	check_log(2);
	finish();
}

FIXTURE_TC(rule_33__failed_open_leaves_no_entry, "root")
{
	begin();
	start(PAMPORT_ACCOUNTING_ALL);
	scripted_return("open", PAM_SESSION_ERR);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_check_account(session, 0));
	ATF_CHECK_EQ(PAM_SESSION_ERR, pamport_session_open(session));
	see_nothing(NULL);
	finish();
}

FIXTURE_TC(accounting__nothing_where_it_is_off, "root")
{
	begin();
	start(PAMPORT_ACCOUNTING_OFF);
	recorded_open(session);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_close(session));
	see_nothing(NULL);
	finish();
}

/* A job of cron's, say: no terminal, so no entry, and nothing to warn of. */
FIXTURE_TC(accounting__nothing_without_a_terminal, "root")
{
	begin();
	session = recorded_start("alice");
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_set_option(session,
	    PAMPORT_SESSION_ACCOUNTING, PAMPORT_ACCOUNTING_ALL));
	if (PAMPORT__PLATFORM->session_needs_tty)
		ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_set_item(session,
		    PAM_TTY, ""));
	recorded_open(session);
	ATF_CHECK_STREQ("", pamport_session_warning(session));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_close(session));
	see_nothing(NULL);
	finish();
}

/* --- Failures ------------------------------------------------------------------------ */

static void
check_warning(const char *word)
{
	ATF_CHECK_MSG(strstr(pamport_session_warning(session), word) != NULL,
	    "\"%s\" does not say \"%s\"", pamport_session_warning(session),
	    word);
}

static void
open_and_close_with_warnings(void)
{
	start(PAMPORT_ACCOUNTING_ALL);
	recorded_open(session);
	check_warning("cannot write the login records");
	ATF_CHECK_EQ(PAMPORT_SESSION_OPEN, pamport_session_state(session));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_close(session));
	scripted_check_shared(OUT BACK);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_free(session));
	ATF_CHECK_STREQ("", recorded_names());
}

FIXTURE_TC(accounting__failure_is_a_warning, "root")
{
	begin();
	ATF_REQUIRE_EQ(0, mkdir("folder", 0755));
	use_files(fixture_file("folder"), fixture_file("wtmp"));
	open_and_close_with_warnings();
	use_files(fixture_file("utmp"), fixture_file("folder"));
	open_and_close_with_warnings();
	ATF_CHECK(has_logged_out());
	use_files(fixture_file("utmp"), "/dev/full");
	open_and_close_with_warnings();
	ATF_CHECK(has_logged_out());
	fixture_remove(&recorded_fixture);
}

/* Names that no entry can have, and what this system's modules write. */
FIXTURE_TC(rule_33__what_cannot_be_written_is_a_warning, "root")
{
	begin();
	start(PAMPORT_ACCOUNTING_SHARED);
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_set_item(session, PAM_TTY,
	    "/dev/../mem"));
	recorded_open(session);
	ATF_CHECK(strstr(pamport_session_warning(session), "does not fit") !=
	    NULL);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_close(session));
	ATF_CHECK_EQ(0, size_of("utmp"));
	scripted_check_shared(OUT BACK);
	finish();
}

/* --- By the record -------------------------------------------------------------------- */

FIXTURE_TC(rule_39__close_by_another_process_logs_out, "root")
{
	begin();
	start(PAMPORT_ACCOUNTING_ALL);
	recorded_open(session);
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_detach(session));
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_free(session));
	ATF_CHECK(is_logged_in());
	ATF_CHECK_EQ(0, recorded_run(recorded_close_id));
	scripted_check_shared(OUT BACK);
	ATF_CHECK(has_logged_out());
	check_log(2);
	fixture_remove(&recorded_fixture);
}

static void
open_and_die(void)
{
	start(PAMPORT_ACCOUNTING_ALL);
	recorded_open(session);
	(void)raise(SIGKILL);
}

FIXTURE_TC(rule_39__reap_logs_out, "root")
{
	begin();
	ATF_CHECK_EQ(-1, recorded_run(open_and_die));
	ATF_CHECK(is_logged_in());
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_record_reap(0, 0, NULL, NULL,
	    NULL));
	scripted_check_shared(OUT BACK);
	ATF_CHECK(has_logged_out());
	check_log(2);
	fixture_remove(&recorded_fixture);
}

/* Meanwhile somebody else has logged in there: that one stays. */
FIXTURE_TC(rule_39__reap_leaves_the_login_of_another, "root")
{
	struct pamport__accounting_report report;
	struct pamport__login other;

	begin();
	ATF_CHECK_EQ(-1, recorded_run(open_and_die));
	ATF_REQUIRE_EQ(PAMPORT__ACCOUNTED, pamport__login_fill(&other, "bob",
	    TTY, NULL, NULL, "test", getpid()));
	ATF_REQUIRE_EQ(PAMPORT__ACCOUNTED, pamport__accounting_login(&other,
	    PAMPORT__KIND(PAMPORT__RECORD_LAST), &report));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_record_reap(0, 0, NULL, NULL,
	    NULL));
	scripted_check_shared(OUT BACK);
	ATF_CHECK_EQ(PAMPORT__ACCOUNTED, pamport__accounting_find("bob", TTY,
	    &other));
	check_log(2);
	fixture_remove(&recorded_fixture);
}

/* --- By the entry alone ------------------------------------------------------------------ */

static void
open_without_record(void)
{
	start(PAMPORT_ACCOUNTING_ALL);
	RECORDED_CHECK(pamport_session_set_option(session,
	    PAMPORT_SESSION_RECORD, PAMPORT_RECORD_OFF) == PAM_SUCCESS);
	RECORDED_CHECK(pamport_session_check_account(session, 0) ==
	    PAM_SUCCESS);
	RECORDED_CHECK(pamport_session_open(session) == PAM_SUCCESS);
}

/* For a child: 3 if somebody else has closed it. */
static void
close_by_entry(void)
{
	pamport_session *other;
	int result;

	result = pamport_session_attach_login(recorded_fixture.service,
	    "alice", TTY, NULL, &other);
	if (result == PAM_SUCCESS)
		result = pamport_session_close(other);
	RECORDED_CHECK(result == PAM_SUCCESS || result == PAM_SESSION_ERR);
	if (result == PAM_SUCCESS)
		RECORDED_CHECK(pamport_session_warning(other)[0] == '\0');
	(void)pamport_session_free(other);
	_exit(result == PAM_SUCCESS ? 0 : 3);
}

static void
begin_by_entry(void)
{
	begin();
	fixture_remove(&recorded_fixture);
	/* It is found by its name alone. */
	fixture_system_service(&recorded_fixture, scripted_lines());
}

FIXTURE_TC(attach_login__closes_by_the_entry, "root")
{
	begin_by_entry();
	ATF_CHECK_EQ(3, recorded_run(close_by_entry));
	ATF_CHECK_EQ(0, recorded_run(open_without_record));
	ATF_CHECK(is_logged_in());
	(void)scripted_shared();
	ATF_CHECK_EQ(0, recorded_run(close_by_entry));
	/* Nobody knows whether there are credentials. */
	scripted_check_shared("close ");
	ATF_CHECK(has_logged_out());
	check_log(2);
	ATF_CHECK_EQ(3, recorded_run(close_by_entry));
	scripted_check_shared("");
	fixture_remove(&recorded_fixture);
}

/* Who logged the user in is there to close it, be it this process. */
FIXTURE_TC(attach_login__is_refused_while_its_process_is_there, "root")
{
	pamport_session *opener;

	begin_by_entry();
	open_without_record();
	opener = session;
	ATF_CHECK_EQ(PAM_SESSION_ERR, pamport_session_attach_login(
	    recorded_fixture.service, "alice", TTY, NULL, &session));
	ATF_CHECK(strstr(pamport_session_error(session)->message,
	    "is there") != NULL);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_free(session));
	session = opener;
	ATF_CHECK(is_logged_in());
	finish();
	scripted_check_shared(OUT BACK);
}

/* Killed when its entry was there, and the record not yet open. */
static void
open_and_die_before_the_end(void)
{
	char *open;

	start(PAMPORT_ACCOUNTING_ALL);
	recorded_open(session);
	open = strdup(recorded_file(session, "open"));
	RECORDED_CHECK(open != NULL &&
	    rename(open, recorded_file(session, "opening")) == 0);
	(void)raise(SIGKILL);
}

/* By its entry it would be closed once more: the reaper closes it. */
FIXTURE_TC(attach_login__is_refused_where_opening_was_cut_off, "root")
{
	begin_by_entry();
	ATF_CHECK_EQ(-1, recorded_run(open_and_die_before_the_end));
	ATF_CHECK(is_logged_in());
	ATF_CHECK_EQ(3, recorded_run(close_by_entry));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_record_reap(0, 0, NULL, NULL,
	    NULL));
	scripted_check_shared(OUT BACK);
	ATF_CHECK(has_logged_out());
	fixture_remove(&recorded_fixture);
}

/* What is written to any file fails, or does so no longer. */
static void
forbid_writing(bool is_forbidden)
{
	static struct rlimit limit;
	struct rlimit none;

	if (!is_forbidden) {
		ATF_REQUIRE_EQ(0, setrlimit(RLIMIT_FSIZE, &limit));
		return;
	}
	(void)signal(SIGXFSZ, SIG_IGN);
	ATF_REQUIRE_EQ(0, getrlimit(RLIMIT_FSIZE, &limit));
	none = limit;
	none.rlim_cur = 0;
	ATF_REQUIRE_EQ(0, setrlimit(RLIMIT_FSIZE, &none));
}

/* As long as the entry is there anybody could close by it once more. */
FIXTURE_TC(attach_login__that_cannot_be_ended_stays_open, "root")
{
	int i, before;

	begin_by_entry();
	ATF_REQUIRE_EQ(0, recorded_run(open_without_record));
	(void)scripted_shared();
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_attach_login(
	    recorded_fixture.service, "alice", TTY, NULL, &session));
	before = recorded_descriptors();
	for (i = 0; i < 3; i++) {
		forbid_writing(true);
		ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_session_close(session));
		forbid_writing(false);
		ATF_CHECK_EQ(PAMPORT_STEP_ACCOUNTING,
		    pamport_session_error(session)->step);
		ATF_CHECK_EQ(PAMPORT_SESSION_OPEN,
		    pamport_session_state(session));
		ATF_CHECK(is_logged_in());
	}
	ATF_CHECK_EQ(before, recorded_descriptors());
	scripted_check_shared("");
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_close(session));
	ATF_CHECK(has_logged_out());
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_free(session));
	scripted_check_shared("close ");
	ATF_CHECK_EQ(3, recorded_run(close_by_entry));
	fixture_remove(&recorded_fixture);
}

/* One of two closes, whoever comes first: two hundred times. */
FIXTURE_TC(attach_login__one_of_two_closers_closes, "root")
{
	int i, status[2];

	begin_by_entry();
	for (i = 0; i < recorded_many(200); i++) {
		ATF_REQUIRE_EQ(0, recorded_run(open_without_record));
		(void)scripted_shared();
		recorded_race(close_by_entry, status);
		ATF_REQUIRE_MSG((status[0] == 0 && status[1] == 3) ||
		    (status[0] == 3 && status[1] == 0), "round %d: %d and %d",
		    i, status[0], status[1]);
		scripted_check_shared("close ");
	}
	fixture_remove(&recorded_fixture);
}

ATF_TP_ADD_TCS(tp)
{
	ATF_TP_ADD_TC(tp, rule_33__entry_is_there_between_open_and_close);
	ATF_TP_ADD_TC(tp, rule_33__failed_open_leaves_no_entry);
	ATF_TP_ADD_TC(tp, rule_33__what_cannot_be_written_is_a_warning);
	ATF_TP_ADD_TC(tp, accounting__nothing_where_it_is_off);
	ATF_TP_ADD_TC(tp, accounting__nothing_without_a_terminal);
	ATF_TP_ADD_TC(tp, accounting__failure_is_a_warning);
	ATF_TP_ADD_TC(tp, rule_39__close_by_another_process_logs_out);
	ATF_TP_ADD_TC(tp, rule_39__reap_logs_out);
	ATF_TP_ADD_TC(tp, rule_39__reap_leaves_the_login_of_another);
	ATF_TP_ADD_TC(tp, attach_login__closes_by_the_entry);
	ATF_TP_ADD_TC(tp, attach_login__is_refused_while_its_process_is_there);
	ATF_TP_ADD_TC(tp, attach_login__is_refused_where_opening_was_cut_off);
	ATF_TP_ADD_TC(tp, attach_login__that_cannot_be_ended_stays_open);
	ATF_TP_ADD_TC(tp, attach_login__one_of_two_closers_closes);

	return atf_no_error();
}
