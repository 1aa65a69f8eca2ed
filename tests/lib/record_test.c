/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sessions that are written down (rule 39): closed by another process, at most
 * once, with what they had; and found when whoever opened them is gone.
 * record_fault_test kills and fails at each system call, record_text_test and
 * record_dir_test have the parts.
 */
#include <config.h>

#include <sys/types.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <atf-c.h>
#include <errno.h>
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

static void
start(void)
{
	recorded_service();
	session = recorded_start("alice");
}

static void
open_it(void)
{
	recorded_open(session);
	scripted_check_shared(OUT);
}

static void
finish(void)
{
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_free(session));
	fixture_remove(&recorded_fixture);
}

/* --- In the opener --------------------------------------------------------------- */

FIXTURE_TC(rule_39__record_is_there_while_it_is_open, "root")
{
	struct stat status;

	start();
	ATF_CHECK(pamport_session_id(session) == NULL);
	open_it();
	ATF_CHECK(recorded_file(session, "open") != NULL);
	ATF_REQUIRE_EQ(0, stat(recorded_file(session, "open"), &status));
	ATF_CHECK_EQ(0600, status.st_mode & 07777);
	ATF_REQUIRE_EQ(0, stat(pamport_record_directory(), &status));
	ATF_CHECK_EQ(0700, status.st_mode & 07777);
	ATF_CHECK_EQ(1, recorded_count());
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_close(session));
	scripted_check_shared(BACK);
	ATF_CHECK_EQ(0, recorded_count());
	ATF_CHECK_STREQ("", recorded_names());
	ATF_CHECK(pamport_session_id(session) == NULL);
	finish();
}

static const char *expected_phase, *expected_line;

static void
see_record(pam_handle_t *pamh)
{
	const char *file = recorded_file(session, expected_phase);

	(void)pamh;
	ATF_REQUIRE_MSG(access(file, F_OK) == 0, "no %s", file);
	ATF_CHECK_MSG(atf_utils_grep_file("%s", file, expected_line),
	    "no \"%s\"", expected_line);
}

static void
see_opening(pam_handle_t *pamh)
{
	expected_phase = "opening";
	expected_line = "^began session$";
	see_record(pamh);
}

static void
see_credentials(pam_handle_t *pamh)
{
	expected_phase = "opening";
	expected_line = "^began credentials$";
	see_record(pamh);
}

static void
see_closing(pam_handle_t *pamh)
{
	expected_phase = "closing";
	expected_line = "^session 1$";
	see_record(pamh);
}

FIXTURE_TC(rule_39__phases_are_on_disk_before_the_calls, "root")
{
	start();
	scripted_do("establish", see_credentials);
	scripted_do("open", see_opening);
	scripted_do("close", see_closing);
	scripted_do("delete", see_closing);
	open_it();
	finish();
	scripted_check_shared(BACK);
}

FIXTURE_TC(rule_39__failed_open_leaves_no_record, "root")
{
	start();
	scripted_return("open", PAM_SESSION_ERR);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_check_account(session, 0));
	(void)scripted_shared();
	ATF_CHECK_EQ(PAM_SESSION_ERR, pamport_session_open(session));
	scripted_check_shared("establish open delete ");
	ATF_CHECK_STREQ("", recorded_names());
	finish();
}

/* Tokens are in no record, nor what is of the session around. */
static void
put_secrets(pam_handle_t *pamh)
{
	ATF_CHECK_EQ(PAM_SUCCESS, pam_set_item(pamh, PAM_AUTHTOK,
	    "pamport-secret"));
	ATF_CHECK_EQ(PAM_SUCCESS, pam_set_item(pamh, PAM_OLDAUTHTOK,
	    "pamport-secret"));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_putenv(pamh, "XDG_SESSION_ID=c1"));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_putenv(pamh, "MINE=c2"));
}

FIXTURE_TC(rule_39__no_secret_is_recorded, "root")
{
	const char *file;

	start();
	ATF_REQUIRE_EQ(0, setenv("XDG_SESSION_ID", "c1", 1));
	scripted_do("open", put_secrets);
	open_it();
	file = recorded_file(session, "open");
	ATF_CHECK(!atf_utils_grep_file("pamport-secret", file));
	ATF_CHECK(!atf_utils_grep_file("XDG_SESSION_ID", file));
	ATF_CHECK(atf_utils_grep_file("^environment MINE=c2$", file));
	finish();
}

/* --- In another process -------------------------------------------------------------- */

/* What the modules of the closing process see. */
static void
see_items(pam_handle_t *pamh)
{
	const char *user = NULL, *tty = NULL, *host = NULL, *value;

	(void)pamport_get_item(pamh, PAM_USER, &user);
	(void)pamport_get_item(pamh, PAM_TTY, &tty);
	(void)pamport_get_item(pamh, PAM_RHOST, &host);
	value = pamport_getenv(pamh, "FROM");
	RECORDED_CHECK(user != NULL && strcmp(user, "bob\n%") == 0);
	RECORDED_CHECK(tty != NULL && strcmp(tty, "/dev/pts/7") == 0);
	RECORDED_CHECK(host != NULL && strcmp(host, "") == 0);
	RECORDED_CHECK(value != NULL && strcmp(value, "a=b\tc") == 0);
}

static void
put_variable(pam_handle_t *pamh)
{
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_putenv(pamh, "FROM=a=b\tc"));
}

static void
become_bob(pam_handle_t *pamh)
{
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_set_item(pamh, PAM_USER, "bob\n%"));
}

static void
attach_and_close(void)
{
	pamport_session *other;

	RECORDED_CHECK(pamport_session_attach(recorded_id, NULL, &other) ==
	    PAM_SUCCESS);
	RECORDED_CHECK(pamport_session_state(other) == PAMPORT_SESSION_OPEN);
	RECORDED_CHECK(strcmp(pamport_session_id(other), recorded_id) == 0);
	scripted_do("close", see_items);
	RECORDED_CHECK(pamport_session_close(other) == PAM_SUCCESS);
	RECORDED_CHECK(pamport_session_free(other) == PAM_SUCCESS);
}

FIXTURE_TC(rule_39__other_process_closes_with_items_and_environment, "root")
{
	start();
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_set_item(session, PAM_TTY,
	    "/dev/pts/7"));
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_set_item(session,
	    PAM_RHOST, ""));
	scripted_do("acct", become_bob);
	scripted_do("open", put_variable);
	open_it();
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_detach(session));
	ATF_CHECK_EQ(PAMPORT_SESSION_CHILD, pamport_session_state(session));
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_session_close(session));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_free(session));
	scripted_check_shared("");
	ATF_CHECK_EQ(0, recorded_run(attach_and_close));
	scripted_check_shared(BACK);
	ATF_CHECK_STREQ("", recorded_names());
	fixture_remove(&recorded_fixture);
}

/* An attached session that is only looked at stays. */
FIXTURE_TC(rule_39__free_of_an_attached_session_closes_nothing, "root")
{
	pamport_session *other;

	start();
	open_it();
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_attach(
	    pamport_session_id(session), NULL, &other));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_free(other));
	scripted_check_shared("");
	finish();
	scripted_check_shared(BACK);
}

FIXTURE_TC(rule_39__opener_does_not_close_what_another_closed, "root")
{
	start();
	open_it();
	ATF_CHECK_EQ(0, recorded_run(recorded_close_id));
	scripted_check_shared(BACK);
	ATF_CHECK_EQ(PAM_SESSION_ERR, pamport_session_close(session));
	ATF_CHECK_EQ(PAMPORT_STEP_RECORD,
	    pamport_session_error(session)->step);
	ATF_CHECK_EQ(PAMPORT_SESSION_CLOSED, pamport_session_state(session));
	finish();
	scripted_check_shared("");
}

static int
count_closes(const char *events)
{
	int n = 0;

	while ((events = strstr(events, BACK)) != NULL) {
		events++;
		n++;
	}
	return n;
}

/* One of two closers closes, a thousand times; both start at the same moment. */
FIXTURE_TC(rule_39__one_of_two_closers_closes, "root")
{
	int i, status[2];

	recorded_service();
	for (i = 0; i < recorded_many(1000); i++) {
		session = recorded_start("alice");
		recorded_open(session);
		(void)scripted_shared();
		recorded_race(recorded_close_id, status);
		/* 3: it found nothing to attach to, or to close. */
		ATF_REQUIRE_MSG((status[0] == 0 && status[1] == 3) ||
		    (status[0] == 3 && status[1] == 0), "round %d: %d and %d",
		    i, status[0], status[1]);
		ATF_REQUIRE_EQ(1, count_closes(scripted_shared()));
		ATF_REQUIRE_EQ(PAM_SESSION_ERR,
		    pamport_session_free(session));
	}
	fixture_remove(&recorded_fixture);
}

FIXTURE_TC(attach__what_is_not_there_is_told, "root")
{
	static const char *const names[] = { "", "../x", "a/b", "no-such-id",
	    "x.open", NULL };
	pamport_session *other;
	size_t i;

	recorded_service();
	for (i = 0; names[i] != NULL; i++) {
		ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_session_attach(names[i],
		    NULL, &other));
		ATF_REQUIRE(other != NULL);
		ATF_CHECK_EQ(PAMPORT_STEP_RECORD,
		    pamport_session_error(other)->step);
		ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_free(other));
	}
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_session_attach(NULL, NULL,
	    &other));
	(void)pamport_session_free(other);
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_session_attach("x", NULL, NULL));
	ATF_REQUIRE_EQ(0, seteuid(65534));
	ATF_CHECK_EQ(PAM_PERM_DENIED, pamport_session_attach("x", NULL,
	    &other));
	(void)pamport_session_free(other);
	ATF_REQUIRE_EQ(0, seteuid(0));
	fixture_remove(&recorded_fixture);
}

FIXTURE_TC(attach__by_user_and_tty_takes_the_newest, "root")
{
	pamport_session *first, *other;

	start();
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_set_item(session, PAM_TTY,
	    "/dev/pts/7"));
	first = session;
	open_it();
	session = recorded_start("alice");
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_set_item(session, PAM_TTY,
	    "pts/7"));
	recorded_set_since(first, 1);
	open_it();
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_attach_tty("alice",
	    "/dev/pts/7", NULL, &other));
	ATF_CHECK_STREQ(pamport_session_id(session),
	    pamport_session_id(other));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_free(other));
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_session_attach_tty("bob",
	    "pts/7", NULL, &other));
	(void)pamport_session_free(other);
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_session_attach_tty("alice",
	    "pts/8", NULL, &other));
	(void)pamport_session_free(other);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_free(first));
	finish();
}

/* --- What a daemon does to itself -------------------------------------------------------- */

/* The directory is kept open; S cannot close in a chroot in any case. */
static void
close_in_chroot(void)
{
	session = recorded_start("alice");
	recorded_open(session);
	RECORDED_CHECK(mkdir("empty", 0755) == 0 && chroot("empty") == 0);
	if (PAMPORT__PLATFORM->id == PAMPORT_SOLARIS) {
		RECORDED_CHECK(pamport_session_close(session) != PAM_SUCCESS);
		return;
	}
	RECORDED_CHECK(pamport_session_close(session) == PAM_SUCCESS);
}

FIXTURE_TC(rule_39__close_after_chroot, "root")
{
	recorded_service();
	ATF_CHECK_EQ(0, recorded_run(close_in_chroot));
	ATF_CHECK_STREQ("", recorded_names());
	fixture_remove(&recorded_fixture);
}

/* Where it cannot be reached nobody knows who else closes: it stays open. */
static void
close_out_of_reach(void)
{
	int fd;

	session = recorded_start("alice");
	recorded_open(session);
	for (fd = 3; fd < 256; fd++)
		(void)close(fd);
	RECORDED_CHECK(mkdir("empty", 0755) == 0 && chroot("empty") == 0);
	RECORDED_CHECK(pamport_session_close(session) == PAM_SYSTEM_ERR);
	RECORDED_CHECK(pamport_session_error(session)->step ==
	    PAMPORT_STEP_RECORD);
	RECORDED_CHECK(pamport_session_state(session) ==
	    PAMPORT_SESSION_OPEN);
}

FIXTURE_TC(rule_39__what_cannot_be_reached_stays_open, "root")
{
	recorded_service();
	ATF_CHECK_EQ(0, recorded_run(close_out_of_reach));
	scripted_check_shared(OUT);
	ATF_CHECK_EQ(1, recorded_count());
	fixture_remove(&recorded_fixture);
}

/* With the directory went every other way to close it. */
FIXTURE_TC(rule_39__removed_directory_is_the_openers_to_make_up_for, "root")
{
	start();
	open_it();
	ATF_REQUIRE_EQ(0, unlink(recorded_file(session, "open")));
	ATF_REQUIRE_EQ(0, rmdir(pamport_record_directory()));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_close(session));
	ATF_CHECK(strstr(pamport_session_warning(session), "removed") != NULL);
	scripted_check_shared(BACK);
	finish();
}

/*
 * Whoever closes it starts in another directory, which may be anybody's; so may be
 * the one in which it is opened.
 */
FIXTURE_TC(rule_39__configuration_directory_is_recorded_absolutely, "root")
{
	const char *name;
	char *absolute;

	recorded_service();
	if (recorded_fixture.confdir == NULL)
		atf_tc_skip("there is no pam_start_confdir here");
	name = strrchr(recorded_fixture.confdir, '/') + 1;
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_start(
	    recorded_fixture.service, "alice", NULL, name, &session));
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_set_option(session,
	    PAMPORT_SESSION_RECORD, PAMPORT_RECORD_REQUIRED));
	ATF_REQUIRE(mkdir("other", 0755) == 0 && chdir("other") == 0 &&
	    mkdir(name, 0755) == 0);
	scripted_share();
	open_it();
	ATF_REQUIRE_EQ(0, chdir(".."));
	absolute = realpath(name, NULL);
	ATF_CHECK(atf_utils_grep_file("^confdir %s$",
	    recorded_file(session, "open"), absolute));
	free(absolute);
	recorded_replace(recorded_file(session, "open"), "confdir ",
	    "confdir pam.d\n");
	ATF_CHECK_EQ(3, recorded_run(recorded_close_id));
	scripted_check_shared("");
	finish();
}

static void
attach_refused(const char *why)
{
	pamport_session *other;

	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_session_attach(recorded_id, NULL,
	    &other));
	ATF_CHECK_MSG(strstr(pamport_session_error(other)->message, why) !=
	    NULL, "%s", pamport_session_error(other)->message);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_free(other));
}

/* By its files any module could be run as root; its opener read them before. */
FIXTURE_TC(rule_39__configuration_of_others_closes_nothing, "root")
{
	const char *confdir;

	recorded_service();
	confdir = recorded_fixture.confdir;
	if (confdir == NULL)
		atf_tc_skip("there is no pam_start_confdir here");
	session = recorded_start("alice");
	open_it();
	ATF_REQUIRE_EQ(0, chmod(confdir, 01777));
	attach_refused("others than root can change");
	ATF_REQUIRE_EQ(0, chmod(confdir, 0775));
	attach_refused("others than root can change");
	ATF_REQUIRE(chmod(confdir, 0755) == 0 && chown(confdir, 65534, 0) ==
	    0);
	attach_refused("others than root can change");
	ATF_REQUIRE_EQ(0, rename(confdir, "elsewhere"));
	attach_refused(strerror(ENOENT));
	scripted_check_shared("");
	ATF_CHECK_EQ(1, recorded_count());
	ATF_REQUIRE(rename("elsewhere", confdir) == 0 &&
	    chown(confdir, 0, 0) == 0);
	ATF_CHECK_EQ(0, recorded_run(recorded_close_id));
	scripted_check_shared(BACK);
	ATF_CHECK_EQ(PAM_SESSION_ERR, pamport_session_free(session));
	fixture_remove(&recorded_fixture);
}

/* What modules made before the machine started anew is another's name now. */
FIXTURE_TC(rule_39__environment_of_another_boot_is_not_given, "root")
{
	struct pamport__process self;
	pamport_session *other;

	start();
	scripted_do("open", put_variable);
	open_it();
	ATF_REQUIRE(pamport__process_identify(getpid(), &self));
	recorded_replace(recorded_file(session, "open"), "opener ",
	    fixture_text("opener %ld %s another-boot %s\n", (long)getpid(),
	    self.start, self.space));
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_attach(recorded_id, NULL,
	    &other));
	ATF_CHECK(pamport_getenv(pamport_session_handle(other), "FROM") ==
	    NULL);
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_session_detach(other));
	(void)pamport_session_free(other);
	finish();
}

/* The number of the directory may be something else's meanwhile. */
static void
close_everything(void)
{
	int fd;

	session = recorded_start("alice");
	recorded_open(session);
	for (fd = 3; fd < 256; fd++)
		(void)close(fd);
	for (fd = 3; fd < 16; fd++)
		(void)open("/dev/null", O_RDONLY);
	RECORDED_CHECK(pamport_session_close(session) == PAM_SUCCESS);
}

FIXTURE_TC(rule_39__close_after_every_descriptor_was_closed, "root")
{
	recorded_service();
	ATF_CHECK_EQ(0, recorded_run(close_everything));
	scripted_check_shared(OUT BACK);
	ATF_CHECK_STREQ("", recorded_names());
	fixture_remove(&recorded_fixture);
}

/* --- A record that is given up ------------------------------------------------------- */

static void
lose_record(pam_handle_t *pamh)
{
	(void)pamh;
	ATF_REQUIRE_EQ(0, unlink(recorded_file(session, "opening")));
}

/* Neither can it be written then, nor removed. */
static void
bury_record(pam_handle_t *pamh)
{
	lose_record(pamh);
	ATF_REQUIRE_EQ(0, mkdir(recorded_file(session, "opening"), 0700));
}

/* Opens without a record in the end; what is left of it as a name. */
static const char *
open_and_give_up(void (*action)(pam_handle_t *pamh))
{
	const char *file;

	start();
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_set_option(session,
	    PAMPORT_SESSION_RECORD, PAMPORT_RECORD_OPTIONAL));
	scripted_do("establish", action);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_check_account(session, 0));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_open(session));
	ATF_CHECK(strstr(pamport_session_warning(session),
	    "cannot write the record") != NULL);
	ATF_CHECK(pamport_session_id(session) == NULL);
	scripted_check_shared(OUT);
	file = recorded_names();
	return fixture_text("%s/%.*s", pamport_record_directory(),
	    (int)strcspn(file, " "), file);
}

static void
close_given_up(void)
{
	ATF_CHECK_EQ_MSG(PAM_SUCCESS, pamport_session_close(session), "%s",
	    pamport_session_error(session)->message);
	scripted_check_shared(BACK);
	finish();
	ATF_CHECK_STREQ("", recorded_names());
}

FIXTURE_TC(given_up__record_that_vanished_keeps_nobody_from_closing, "root")
{
	(void)open_and_give_up(lose_record);
	close_given_up();
}

FIXTURE_TC(given_up__record_that_vanishes_later_does_neither, "root")
{
	const char *file = open_and_give_up(bury_record);

	ATF_REQUIRE_EQ(0, rmdir(file));
	close_given_up();
}

static int told[2];

/* Takes the lock as a close does. */
static void
lock_closing(void)
{
	struct pamport__directory directory;
	int lock;

	RECORDED_CHECK(pamport__directory_open(&directory, false) == 0);
	RECORDED_CHECK(pamport__record_claim(&directory, "x",
	    PAMPORT_RECORD_CLOSING, &lock) == 0);
	RECORDED_CHECK(write(told[1], "x", 1) == 1);
	(void)pause();
}

/* The end of the session has a warning of it, and no handle to trace it by. */
FIXTURE_TC(given_up__record_that_vanishes_before_free_harms_nothing, "root")
{
	const char *file = open_and_give_up(bury_record);
	const char *closing = fixture_text("%s/x.closing",
	    pamport_record_directory());
	pid_t child;
	char byte;

	ATF_REQUIRE_EQ(0, rmdir(file));
	atf_utils_create_file(closing, "%s", "");
	ATF_REQUIRE_EQ(0, pipe(told));
	child = recorded_fork(lock_closing);
	ATF_REQUIRE_EQ(1, read(told[0], &byte, 1));
	ATF_REQUIRE_EQ(0, rename(closing, file));
	ATF_CHECK_EQ(PAM_SESSION_ERR, pamport_session_close(session));
	ATF_CHECK(strstr(pamport_session_error(session)->message,
	    "is closing") != NULL);
	ATF_CHECK_EQ(0, kill(child, SIGKILL));
	ATF_CHECK_EQ(-1, recorded_status(child));
	ATF_REQUIRE_EQ(0, unlink(file));
	finish();
	scripted_check_shared("");
}

/* --- Ten thousand ------------------------------------------------------------------------- */

FIXTURE_TC(many__are_listed_and_one_is_found, "root")
{
	pamport_session *other;
	char *text, copy[1024];
	int i, fd;

	start();
	open_it();
	text = recorded_read(recorded_file(session, "open"));
	for (i = 0; i < recorded_many(10000) - 1; i++) {
		(void)snprintf(copy, sizeof(copy), "%s/copy-%d.open",
		    pamport_record_directory(), i);
		fd = open(copy, O_WRONLY | O_CREAT, 0600);
		ATF_REQUIRE_EQ((ssize_t)strlen(text), write(fd, text,
		    strlen(text)));
		(void)close(fd);
	}
	free(text);
	ATF_CHECK_EQ(recorded_many(10000), recorded_count());
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_attach("copy-77", NULL,
	    &other));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_close(other));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_free(other));
	ATF_CHECK_EQ(recorded_many(10000) - 1, recorded_count());
	finish();
}

ATF_TP_ADD_TCS(tp)
{
	ATF_TP_ADD_TC(tp, rule_39__record_is_there_while_it_is_open);
	ATF_TP_ADD_TC(tp, rule_39__phases_are_on_disk_before_the_calls);
	ATF_TP_ADD_TC(tp, rule_39__failed_open_leaves_no_record);
	ATF_TP_ADD_TC(tp, rule_39__no_secret_is_recorded);
	ATF_TP_ADD_TC(tp,
	    rule_39__other_process_closes_with_items_and_environment);
	ATF_TP_ADD_TC(tp, rule_39__free_of_an_attached_session_closes_nothing);
	ATF_TP_ADD_TC(tp, rule_39__opener_does_not_close_what_another_closed);
	ATF_TP_ADD_TC(tp, rule_39__one_of_two_closers_closes);
	ATF_TP_ADD_TC(tp, attach__what_is_not_there_is_told);
	ATF_TP_ADD_TC(tp, attach__by_user_and_tty_takes_the_newest);
	ATF_TP_ADD_TC(tp, rule_39__close_after_chroot);
	ATF_TP_ADD_TC(tp, rule_39__close_after_every_descriptor_was_closed);
	ATF_TP_ADD_TC(tp, rule_39__what_cannot_be_reached_stays_open);
	ATF_TP_ADD_TC(tp,
	    rule_39__removed_directory_is_the_openers_to_make_up_for);
	ATF_TP_ADD_TC(tp,
	    rule_39__configuration_directory_is_recorded_absolutely);
	ATF_TP_ADD_TC(tp, rule_39__configuration_of_others_closes_nothing);
	ATF_TP_ADD_TC(tp, rule_39__environment_of_another_boot_is_not_given);
	ATF_TP_ADD_TC(tp,
	    given_up__record_that_vanished_keeps_nobody_from_closing);
	ATF_TP_ADD_TC(tp, given_up__record_that_vanishes_later_does_neither);
	ATF_TP_ADD_TC(tp,
	    given_up__record_that_vanishes_before_free_harms_nothing);
	ATF_TP_ADD_TC(tp, many__are_listed_and_one_is_found);

	return atf_no_error();
}
