/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Finding what was left open, and closing it (rule 39): who is gone and who is
 * not, what was cut off, what is damaged, and modules that hang or abort.
 */
#include <config.h>

#include <sys/types.h>
#include <sys/stat.h>
#include <sys/wait.h>
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

static pamport_session *session;

/* What the last reap said of the last record. */
static struct {
	int n;
	enum pamport_record_action action;
	enum pamport_record_phase phase;
	enum pamport_record_process state;
	int code;
	char reason[256];
	char user[64];
} said;

static int
note(const struct pamport_record *record, void *data)
{
	(void)data;
	said.n++;
	said.action = record->action;
	said.phase = record->phase;
	said.state = record->state;
	said.code = record->code;
	(void)snprintf(said.reason, sizeof(said.reason), "%s",
	    record->reason == NULL ? "" : record->reason);
	(void)snprintf(said.user, sizeof(said.user), "%s",
	    record->user == NULL ? "" : record->user);
	return 0;
}

static unsigned int seconds = 60;

static void
reap(unsigned int flags)
{
	const char *why = "no reason";

	memset(&said, 0, sizeof(said));
	ATF_REQUIRE_EQ_MSG(PAM_SUCCESS, pamport_record_reap(flags, seconds,
	    note, NULL, &why), "%s", why);
}

static void
check_said(enum pamport_record_action action, const char *reason)
{
	ATF_CHECK_EQ(1, said.n);
	ATF_CHECK_EQ_MSG(action, said.action, "action %d: %s",
	    (int)said.action, said.reason);
	ATF_CHECK_MSG(strstr(said.reason, reason) != NULL,
	    "\"%s\" does not say \"%s\"", said.reason, reason);
}

/* --- Openers that are gone ------------------------------------------------------------- */

static void
open_and_die(void)
{
	session = recorded_start("alice");
	recorded_open(session);
	(void)raise(SIGKILL);
}

static void
leave_open(void)
{
	recorded_service();
	ATF_REQUIRE_EQ(-1, recorded_run(open_and_die));
	scripted_check_shared(OUT);
}

FIXTURE_TC(reap__opener_was_killed, "root")
{
	leave_open();
	ATF_CHECK_EQ(1, recorded_count());
	reap(PAMPORT_REAP_DRY);
	check_said(PAMPORT_RECORD_CLOSED, "leader is gone");
	scripted_check_shared("");
	reap(0);
	check_said(PAMPORT_RECORD_CLOSED, "gone");
	ATF_CHECK_STREQ("alice", said.user);
	scripted_check_shared(BACK);
	ATF_CHECK_STREQ("", recorded_names());
	reap(0);
	ATF_CHECK_EQ(0, said.n);
	fixture_remove(&recorded_fixture);
}

FIXTURE_TC(reap__opener_is_alive, "root")
{
	recorded_service();
	session = recorded_start("alice");
	recorded_open(session);
	scripted_check_shared(OUT);
	reap(PAMPORT_REAP_RETRY);
	ATF_CHECK_EQ(PAMPORT_RECORD_LEFT, said.action);
	ATF_CHECK_EQ(PAMPORT_PROCESS_ALIVE, said.state);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_free(session));
	scripted_check_shared(BACK);
	fixture_remove(&recorded_fixture);
}

static void
wait_to_be_killed(void)
{
	for (;;)
		(void)pause();
}

/* The leader is gone, and the opener closes it better than another could. */
FIXTURE_TC(reap__leader_is_gone_and_its_opener_is_not, "root")
{
	pid_t leader;

	recorded_service();
	session = recorded_start("alice");
	recorded_open(session);
	leader = recorded_fork(wait_to_be_killed);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_set_leader(session,
	    leader));
	ATF_CHECK_EQ(0, kill(leader, SIGKILL));
	ATF_CHECK_EQ(-1, recorded_status(leader));
	scripted_check_shared(OUT);
	reap(0);
	check_said(PAMPORT_RECORD_LEFT, "opened it is there");
	ATF_CHECK_EQ(PAMPORT_PROCESS_GONE, said.state);
	/* But not after it has said that it will not. */
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_detach(session));
	reap(0);
	check_said(PAMPORT_RECORD_CLOSED, "");
	scripted_check_shared(BACK);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_free(session));
	fixture_remove(&recorded_fixture);
}

static pid_t shell;

static void
open_for_the_shell(void)
{
	session = recorded_start("alice");
	recorded_open(session);
	RECORDED_CHECK(pamport_session_set_leader(session, shell) ==
	    PAM_SUCCESS);
	RECORDED_CHECK(pamport_session_detach(session) == PAM_SUCCESS);
	RECORDED_CHECK(pamport_session_free(session) == PAM_SUCCESS);
}

/* A session lives as long as whom it is there for. */
FIXTURE_TC(reap__leader_lives_longer_than_its_opener, "root")
{
	recorded_service();
	shell = recorded_fork(wait_to_be_killed);
	ATF_REQUIRE_EQ(0, recorded_run(open_for_the_shell));
	scripted_check_shared(OUT);
	reap(0);
	ATF_CHECK_EQ(PAMPORT_RECORD_LEFT, said.action);
	ATF_CHECK_EQ(0, kill(shell, SIGKILL));
	ATF_CHECK_EQ(-1, recorded_status(shell));
	reap(0);
	ATF_CHECK_EQ(PAMPORT_RECORD_CLOSED, said.action);
	scripted_check_shared(BACK);
	fixture_remove(&recorded_fixture);
}

/* --- Who is who -------------------------------------------------------------------------- */

static void
forge_opener(const char *start, const char *boot, const char *space)
{
	struct pamport__process self;

	ATF_REQUIRE(pamport__process_identify(getpid(), &self));
	recorded_replace(recorded_file(session, "open"), "opener ",
	    fixture_text("opener %ld %s %s %s\n", (long)getpid(),
	    start == NULL ? self.start : start,
	    boot == NULL ? self.boot : boot,
	    space == NULL ? self.space : space));
}

static void
open_here(void)
{
	recorded_service();
	session = recorded_start("alice");
	recorded_open(session);
	(void)scripted_shared();
}

static void
forget(void)
{
	(void)pamport_session_free(session);
	fixture_remove(&recorded_fixture);
}

FIXTURE_TC(reap__pid_is_another_process_now, "root")
{
	open_here();
	forge_opener("1", NULL, NULL);
	reap(0);
	ATF_CHECK_EQ(PAMPORT_RECORD_CLOSED, said.action);
	scripted_check_shared(BACK);
	forget();
}

FIXTURE_TC(reap__machine_was_started_anew, "root")
{
	open_here();
	forge_opener(NULL, "another-boot", NULL);
	reap(0);
	ATF_CHECK_EQ(PAMPORT_RECORD_CLOSED, said.action);
	scripted_check_shared(BACK);
	forget();
}

FIXTURE_TC(reap__other_namespace_is_left, "root")
{
	open_here();
	forge_opener("1", NULL, "another-space");
	reap(0);
	ATF_CHECK_EQ(PAMPORT_RECORD_LEFT, said.action);
	ATF_CHECK_EQ(PAMPORT_PROCESS_UNSURE, said.state);
	ATF_CHECK(said.reason[0] != '\0');
	scripted_check_shared("");
	forget();
}

/* --- Cut off -------------------------------------------------------------------------------- */

static void
die(pam_handle_t *pamh)
{
	(void)pamh;
	(void)raise(SIGKILL);
}

/* As far as it had come: at "open" it may be open. */
FIXTURE_TC(reap__opening_was_cut_off, "root")
{
	static const struct {
		const char *event, *events, *back;
	} rows[] = {
		{ "establish", "acct establish ", "delete " },
		{ "open", "acct establish open ", "close delete " }
	};
	size_t i;

	for (i = 0; i < 2; i++) {
		recorded_service();
		scripted_do(rows[i].event, die);
		ATF_REQUIRE_EQ(-1, recorded_run(open_and_die));
		scripted_check_shared(rows[i].events);
		scripted_do(rows[i].event, NULL);
		reap(0);
		check_said(PAMPORT_RECORD_CLOSED, "");
		ATF_CHECK_EQ(PAMPORT_RECORD_OPENING, said.phase);
		scripted_check_shared(rows[i].back);
		ATF_CHECK_STREQ("", recorded_names());
		fixture_remove(&recorded_fixture);
	}
}

/* One that a module ended, which does so no more. */
static void
cut_off_close(void)
{
	leave_open();
	scripted_do("close", die);
	reap(0);
	check_said(PAMPORT_RECORD_CRASHED, "ended");
	scripted_check_shared("close ");
	scripted_do("close", NULL);
}

FIXTURE_TC(reap__close_that_was_cut_off_is_not_repeated, "root")
{
	cut_off_close();
	reap(0);
	check_said(PAMPORT_RECORD_CUT_OFF, "cut off");
	scripted_check_shared("");
	reap(PAMPORT_REAP_RETRY | PAMPORT_REAP_DRY);
	check_said(PAMPORT_RECORD_CLOSED, "leader is gone");
	scripted_check_shared("");
	reap(PAMPORT_REAP_RETRY);
	ATF_CHECK_EQ(PAMPORT_RECORD_CLOSED, said.action);
	scripted_check_shared(BACK);
	ATF_CHECK_STREQ("", recorded_names());
	fixture_remove(&recorded_fixture);
}

/* A finished close is never repeated, even where what follows was cut off. */
FIXTURE_TC(reap__retry_goes_on_where_it_was_cut_off, "root")
{
	leave_open();
	scripted_do("delete", die);
	reap(0);
	check_said(PAMPORT_RECORD_CRASHED, "ended");
	scripted_check_shared(BACK);
	scripted_do("delete", NULL);
	reap(PAMPORT_REAP_RETRY);
	check_said(PAMPORT_RECORD_CLOSED, "");
	scripted_check_shared("delete ");
	ATF_CHECK_STREQ("", recorded_names());
	fixture_remove(&recorded_fixture);
}

static void
retry_and_crash(void)
{
	scripted_do("delete", die);
	reap(PAMPORT_REAP_RETRY);
	_exit(said.action == PAMPORT_RECORD_LEFT &&
	    strstr(said.reason, "is closing") != NULL ? 0 : 1);
}

/* What one reaper has read of it no other one changes before it closes. */
FIXTURE_TC(reap__retry_reads_what_nobody_else_closes, "root")
{
	struct pamport__directory directory;
	pamport_session *other;

	cut_off_close();
	strcpy(recorded_id, recorded_names());
	recorded_id[strcspn(recorded_id, ".")] = '\0';
	ATF_REQUIRE_EQ(0, pamport__directory_open(&directory, false));
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport__attach(&directory, recorded_id,
	    PAMPORT_RECORD_CLOSING, NULL, &other));
	other->directory = directory;
	ATF_CHECK_EQ(0, recorded_run(retry_and_crash));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_close(other));
	scripted_check_shared(BACK);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_free(other));
	ATF_CHECK_STREQ("", recorded_names());
	fixture_remove(&recorded_fixture);
}

static void
fail_to_open(void)
{
	session = recorded_start("alice");
	RECORDED_CHECK(pamport_session_check_account(session, 0) ==
	    PAM_SUCCESS);
	(void)pamport_session_open(session);
}

/* What did not open is not closed, whoever takes it back. */
FIXTURE_TC(reap__failed_open_that_was_cut_off_is_not_closed, "root")
{
	recorded_service();
	scripted_return("open", PAM_SESSION_ERR);
	scripted_do("delete", die);
	ATF_REQUIRE_EQ(-1, recorded_run(fail_to_open));
	scripted_check_shared(OUT "delete ");
	scripted_do("delete", NULL);
	reap(PAMPORT_REAP_RETRY);
	check_said(PAMPORT_RECORD_CLOSED, "");
	scripted_check_shared("delete ");
	fixture_remove(&recorded_fixture);
}

static void
open_and_close_often(void)
{
	int i;

	for (i = 0; i < recorded_many(300); i++) {
		session = recorded_start("alice");
		recorded_open(session);
		RECORDED_CHECK(pamport_session_close(session) == PAM_SUCCESS);
		(void)pamport_session_free(session);
	}
}

/* Records that are written anew while they are read are none to set aside. */
FIXTURE_TC(reap__beside_an_opener_harms_nothing, "root")
{
	pid_t opener;
	int status;

	recorded_service();
	opener = recorded_fork(open_and_close_often);
	while (waitpid(opener, &status, WNOHANG) == 0) {
		reap(PAMPORT_REAP_RETRY);
		ATF_REQUIRE_MSG(said.n == 0 ||
		    said.action == PAMPORT_RECORD_LEFT, "%s", said.reason);
	}
	ATF_CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	ATF_CHECK_STREQ("", recorded_names());
	fixture_remove(&recorded_fixture);
}

/* Another process closes it just now: it is not cut off, and not to be touched. */
static void
reap_meanwhile(pam_handle_t *pamh)
{
	int status;

	(void)pamh;
	scripted_do("close", NULL);
	if (fork() == 0) {
		reap(PAMPORT_REAP_RETRY);
		_exit(said.action == PAMPORT_RECORD_LEFT &&
		    strstr(said.reason, "is closing") != NULL ? 0 : 1);
	}
	ATF_CHECK(wait(&status) > 0 && status == 0);
}

FIXTURE_TC(reap__close_under_way_is_left, "root")
{
	open_here();
	scripted_do("close", reap_meanwhile);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_close(session));
	scripted_check_shared(BACK);
	forget();
}

/* --- Modules that do not return ---------------------------------------------------------------- */

static void
hang(pam_handle_t *pamh)
{
	(void)pamh;
	wait_to_be_killed();
}

/* Nobody can report after that. */
static void
close_all_and_hang(pam_handle_t *pamh)
{
	int fd;

	for (fd = STDERR_FILENO + 1; fd < 256; fd++)
		(void)close(fd);
	hang(pamh);
}

static void
call_abort(pam_handle_t *pamh)
{
	(void)pamh;
	abort();
}

FIXTURE_TC(reap__module_that_hangs_is_killed, "root")
{
	leave_open();
	scripted_do("close", hang);
	seconds = 1;
	reap(0);
	check_said(PAMPORT_RECORD_TIMED_OUT, "did not return");
	fixture_remove(&recorded_fixture);
}

FIXTURE_TC(reap__module_that_closes_all_and_hangs_is_killed, "root")
{
	(void)alarm(60);
	leave_open();
	scripted_do("close", close_all_and_hang);
	seconds = 1;
	reap(0);
	check_said(PAMPORT_RECORD_TIMED_OUT, "did not return");
	fixture_remove(&recorded_fixture);
}

/* The others are closed all the same [E8]. */
FIXTURE_TC(reap__module_that_aborts_harms_nobody, "root")
{
	leave_open();
	ATF_REQUIRE_EQ(-1, recorded_run(open_and_die));
	scripted_do("close", call_abort);
	reap(0);
	ATF_CHECK_EQ(2, said.n);
	ATF_CHECK_EQ(PAMPORT_RECORD_CRASHED, said.action);
	fixture_remove(&recorded_fixture);
}

FIXTURE_TC(reap__failing_close_is_over_and_told, "root")
{
	leave_open();
	scripted_return("close", PAM_SESSION_ERR);
	reap(0);
	check_said(PAMPORT_RECORD_CLOSE_FAILED, "cannot close the session");
	ATF_CHECK_EQ(PAM_SESSION_ERR, said.code);
	scripted_check_shared(BACK);
	ATF_CHECK_STREQ("", recorded_names());
	fixture_remove(&recorded_fixture);
}

/* A child that the module leaves running does not keep reap waiting. */
static void
leave_child(pam_handle_t *pamh)
{
	(void)pamh;
	if (fork() == 0)
		wait_to_be_killed();
}

FIXTURE_TC(reap__does_not_wait_for_what_modules_leave, "root")
{
	leave_open();
	scripted_do("close", leave_child);
	scripted_do("delete", call_abort);
	reap(0);
	check_said(PAMPORT_RECORD_CRASHED, "");
	fixture_remove(&recorded_fixture);
	/* It is in this process group; nobody waits for it. */
	(void)signal(SIGTERM, SIG_IGN);
	(void)kill(0, SIGTERM);
}

/* --- What is not there any more ------------------------------------------------------------------- */

static void
open_for_nobody(void)
{
	session = recorded_start("pamport-no-such-user");
	recorded_open(session);
	(void)raise(SIGKILL);
}

/* PAM does not ask whether the system knows the user; nor does closing. */
FIXTURE_TC(reap__user_was_removed, "root")
{
	recorded_service();
	ATF_REQUIRE_EQ(-1, recorded_run(open_for_nobody));
	(void)scripted_shared();
	reap(0);
	ATF_CHECK_EQ(PAMPORT_RECORD_CLOSED, said.action);
	scripted_check_shared(BACK);
	fixture_remove(&recorded_fixture);
}

FIXTURE_TC(reap__other_implementation_is_left, "root")
{
	open_here();
	forge_opener("1", NULL, NULL);
	recorded_replace(recorded_file(session, "open"), "implementation ",
	    "implementation none\n");
	reap(0);
	check_said(PAMPORT_RECORD_LEFT, "another implementation");
	scripted_check_shared("");
	ATF_CHECK_EQ(1, recorded_count());
	forget();
}

/* --- Damaged ---------------------------------------------------------------------------------------- */

static const char *
path_of(const char *name)
{
	return fixture_text("%s/%s", pamport_record_directory(), name);
}

static void
check_set_aside(const char *name, const char *reason)
{
	reap(0);
	check_said(PAMPORT_RECORD_SET_ASIDE, reason);
	ATF_CHECK_EQ(PAMPORT_RECORD_DAMAGED, said.phase);
	ATF_CHECK_STREQ(fixture_text("%s ", name), recorded_names());
	scripted_check_shared("");
}

/* Whatever it is, it is told, moved away, not believed, and not lost. */
FIXTURE_TC(reap__damaged_records_are_set_aside, "root")
{
	const char *file;
	char *text;

	leave_open();
	/* The name of the only one, without the blank behind it. */
	file = path_of(fixture_text("%.*s", (int)strcspn(recorded_names(),
	    " "), recorded_names()));
	text = recorded_read(file);
	text[strlen(text) - 4] = '\0';		/* without "end" */
	ATF_REQUIRE_EQ(0, unlink(file));
	atf_utils_create_file(path_of("x.open"), "%s", text);
	ATF_REQUIRE_EQ(0, chmod(path_of("x.open"), 0600));
	check_set_aside("x.damaged", "cut off");
	ATF_REQUIRE_EQ(0, unlink(path_of("x.damaged")));

	atf_utils_create_file(path_of("x.open"), "%s", "");
	ATF_REQUIRE_EQ(0, chmod(path_of("x.open"), 0622));
	check_set_aside("x.damaged", "open to others");
	ATF_REQUIRE_EQ(0, rename(path_of("x.damaged"), path_of("x.open")));
	ATF_REQUIRE_EQ(0, chmod(path_of("x.open"), 0600));
	ATF_REQUIRE_EQ(0, chown(path_of("x.open"), 65534, 0));
	check_set_aside("x.damaged", "not root's");
	ATF_REQUIRE_EQ(0, unlink(path_of("x.damaged")));

	ATF_REQUIRE_EQ(0, symlink("/etc/passwd", path_of("x.open")));
	check_set_aside("x.damaged", "symbolic link");
	ATF_REQUIRE_EQ(0, unlink(path_of("x.damaged")));
	ATF_REQUIRE_EQ(0, mkfifo(path_of("x.open"), 0600));
	check_set_aside("x.damaged", "not a plain file");
	ATF_REQUIRE_EQ(0, unlink(path_of("x.damaged")));
	ATF_REQUIRE_EQ(0, mkdir(path_of("x.open"), 0700));
	check_set_aside("x.damaged", "not a plain file");
	ATF_REQUIRE_EQ(0, rmdir(path_of("x.damaged")));

	atf_utils_create_file("elsewhere", "%s", text);
	ATF_REQUIRE_EQ(0, chmod("elsewhere", 0600));
	ATF_REQUIRE_EQ(0, link("elsewhere", path_of("x.open")));
	check_set_aside("x.damaged", "another name");
	free(text);
	fixture_remove(&recorded_fixture);
}

/* Its opener knows it all the same, and closes. */
FIXTURE_TC(reap__what_was_set_aside_is_closed_by_its_opener, "root")
{
	open_here();
	ATF_REQUIRE_EQ(0, chmod(recorded_file(session, "open"), 0640));
	reap(0);
	ATF_CHECK_EQ(PAMPORT_RECORD_SET_ASIDE, said.action);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_close(session));
	scripted_check_shared(BACK);
	ATF_CHECK_STREQ("", recorded_names());
	forget();
}

/* Nothing is written over. */
FIXTURE_TC(reap__second_damaged_record_of_a_name_has_another, "root")
{
	recorded_service();
	ATF_REQUIRE_EQ(0, mkdir(pamport_record_directory(), 0700));
	atf_utils_create_file(path_of("x.damaged"), "first");
	atf_utils_create_file(path_of("x.open"), "second");
	ATF_REQUIRE_EQ(0, chmod(path_of("x.open"), 0600));
	reap(0);
	ATF_CHECK_STREQ("x.damaged x.damaged1 ", recorded_names());
	ATF_CHECK(atf_utils_compare_file(path_of("x.damaged"), "first"));
	ATF_CHECK(atf_utils_compare_file(path_of("x.damaged1"), "second"));
	fixture_remove(&recorded_fixture);
}

/* --- Listing ------------------------------------------------------------------------------------------- */

static int
stop_at_once(const struct pamport_record *record, void *data)
{
	(void)record;
	++*(int *)data;
	return 1;
}

FIXTURE_TC(list__tells_what_a_person_asks, "root")
{
	const char *why;
	int n = 0;

	recorded_service();
	ATF_CHECK_EQ(0, recorded_count());	/* no directory yet */
	session = recorded_start("al\nice");
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_set_item(session, PAM_TTY,
	    "tty\0331"));
	recorded_open(session);
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_record_show(recorded_id, note,
	    NULL, &why));
	ATF_CHECK_STREQ("al?ice", said.user);
	ATF_CHECK_EQ(PAMPORT_RECORD_OPEN, said.phase);
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_record_show("no", note, NULL,
	    &why));
	ATF_CHECK(strstr(why, "no such record") != NULL);
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_record_list(NULL, NULL, NULL));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_record_list(stop_at_once, &n, NULL));
	ATF_CHECK_EQ(1, n);
	ATF_REQUIRE_EQ(0, seteuid(65534));
	ATF_CHECK_EQ(PAM_PERM_DENIED, pamport_record_list(note, NULL, &why));
	ATF_CHECK(strstr(why, "root") != NULL);
	ATF_REQUIRE_EQ(0, seteuid(0));
	forget();
}

ATF_TP_ADD_TCS(tp)
{
	ATF_TP_ADD_TC(tp, reap__opener_was_killed);
	ATF_TP_ADD_TC(tp, reap__opener_is_alive);
	ATF_TP_ADD_TC(tp, reap__leader_is_gone_and_its_opener_is_not);
	ATF_TP_ADD_TC(tp, reap__leader_lives_longer_than_its_opener);
	ATF_TP_ADD_TC(tp, reap__pid_is_another_process_now);
	ATF_TP_ADD_TC(tp, reap__machine_was_started_anew);
	ATF_TP_ADD_TC(tp, reap__other_namespace_is_left);
	ATF_TP_ADD_TC(tp, reap__opening_was_cut_off);
	ATF_TP_ADD_TC(tp, reap__close_that_was_cut_off_is_not_repeated);
	ATF_TP_ADD_TC(tp, reap__close_under_way_is_left);
	ATF_TP_ADD_TC(tp, reap__retry_goes_on_where_it_was_cut_off);
	ATF_TP_ADD_TC(tp, reap__retry_reads_what_nobody_else_closes);
	ATF_TP_ADD_TC(tp, reap__failed_open_that_was_cut_off_is_not_closed);
	ATF_TP_ADD_TC(tp, reap__beside_an_opener_harms_nothing);
	ATF_TP_ADD_TC(tp, reap__what_was_set_aside_is_closed_by_its_opener);
	ATF_TP_ADD_TC(tp, reap__module_that_hangs_is_killed);
	ATF_TP_ADD_TC(tp, reap__module_that_closes_all_and_hangs_is_killed);
	ATF_TP_ADD_TC(tp, reap__module_that_aborts_harms_nobody);
	ATF_TP_ADD_TC(tp, reap__failing_close_is_over_and_told);
	ATF_TP_ADD_TC(tp, reap__does_not_wait_for_what_modules_leave);
	ATF_TP_ADD_TC(tp, reap__user_was_removed);
	ATF_TP_ADD_TC(tp, reap__other_implementation_is_left);
	ATF_TP_ADD_TC(tp, reap__damaged_records_are_set_aside);
	ATF_TP_ADD_TC(tp, reap__second_damaged_record_of_a_name_has_another);
	ATF_TP_ADD_TC(tp, list__tells_what_a_person_asks);

	return atf_no_error();
}
