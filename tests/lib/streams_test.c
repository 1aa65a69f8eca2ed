/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Closed standard streams: nothing of pamport's takes their numbers, so what modules
 * and the application write there is in no file of ours, and the other way round.
 */
#include <config.h>

#include <sys/types.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <atf-c.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/session.h"
#include "fixture.h"
#include "recorded.h"
#include "scripted.h"

#define TTY "/dev/pts/77"

static pamport_session *session;

/* Whatever hangs is killed, and the case fails. */
static void
begin(void)
{
	(void)alarm(240);
	recorded_service();
}

static unsigned int closed;	/* 1 << each */
static int accounting;

static void
close_streams(void)
{
	int fd;

	for (fd = 0; fd <= STDERR_FILENO; fd++)
		if ((closed & 1U << fd) != 0)
			(void)close(fd);
}

/* In each module: what it writes there is nobody's. */
static void
check_streams(void)
{
	int fd;

	for (fd = 0; fd <= STDERR_FILENO; fd++)
		if ((closed & 1U << fd) != 0)
			RECORDED_CHECK(write(fd, "x", 1) == -1 &&
			    fcntl(fd, F_GETFD) == -1);
}

static void
open_closed(void)
{
	close_streams();
	scripted_begin = scripted_end = check_streams;
	session = recorded_start("alice");
	check_streams();
	RECORDED_CHECK(pamport_session_set_option(session,
	    PAMPORT_SESSION_ACCOUNTING, accounting) == PAM_SUCCESS);
	RECORDED_CHECK(pamport_session_set_item(session, PAM_TTY, TTY) ==
	    PAM_SUCCESS);
	RECORDED_CHECK(pamport_session_authenticate(session, 0) ==
	    PAM_SUCCESS);
	RECORDED_CHECK(pamport_session_open(session) == PAM_SUCCESS);
	check_streams();
}

static void
open_and_close(void)
{
	open_closed();
	RECORDED_CHECK(pamport_session_set_leader(session, getpid()) ==
	    PAM_SUCCESS);
	check_streams();
	RECORDED_CHECK(pamport_session_close(session) == PAM_SUCCESS);
	RECORDED_CHECK(pamport_session_warning(session)[0] == '\0');
	RECORDED_CHECK(pamport_session_free(session) == PAM_SUCCESS);
	check_streams();
}

static void
open_and_die(void)
{
	open_closed();
	(void)raise(SIGKILL);
}

static int
expect_closed(const struct pamport_record *record, void *data)
{
	RECORDED_CHECK(record->action == PAMPORT_RECORD_CLOSED);
	check_streams();
	++*(int *)data;
	return 0;
}

static void
reap_closed(void)
{
	int n = 0;

	close_streams();
	scripted_begin = scripted_end = check_streams;
	RECORDED_CHECK(pamport_record_reap(0, 0, expect_closed, &n, NULL) ==
	    PAM_SUCCESS);
	check_streams();
	_exit(n == 1 ? 0 : 1);
}

FIXTURE_TC(streams__that_are_closed_stay_so, "root")
{
	begin();
	ATF_REQUIRE_EQ(0, setenv("PAMPORT_TRACE", fixture_file("trace"), 1));
	if (recorded_use_logins())
		accounting = PAMPORT_ACCOUNTING_ALL;
	atf_utils_create_file("lastlog", "%s", "");
	for (closed = 1; closed < 8; closed++) {
		ATF_CHECK_EQ_MSG(0, recorded_run(open_and_close), "%u", closed);
		scripted_check_shared("auth acct establish open close delete ");
		ATF_CHECK_STREQ("", recorded_names());
		ATF_CHECK_EQ(-1, recorded_run(open_and_die));
		ATF_CHECK_EQ_MSG(0, recorded_run(reap_closed), "%u", closed);
		scripted_check_shared("auth acct establish open close delete ");
		ATF_CHECK_STREQ("", recorded_names());
		ATF_CHECK(atf_utils_grep_file("pam_close_session", "trace"));
		ATF_REQUIRE_EQ(0, unlink("trace"));
	}
	fixture_remove(&recorded_fixture);
}

/* The lock of who closes by the login alone is held while modules run. */
static void
close_by_entry(void)
{
	pamport_session *other;

	close_streams();
	scripted_begin = scripted_end = check_streams;
	RECORDED_CHECK(pamport_session_attach_login(recorded_fixture.service,
	    "alice", TTY, NULL, &other) == PAM_SUCCESS);
	RECORDED_CHECK(pamport_session_close(other) == PAM_SUCCESS);
	RECORDED_CHECK(pamport_session_free(other) == PAM_SUCCESS);
	check_streams();
}

static void
log_in(void)
{
	struct pamport__accounting_report report;
	struct pamport__login login;

	RECORDED_CHECK(pamport__login_fill(&login, "alice", TTY, NULL, NULL,
	    "test", getpid()) == PAMPORT__ACCOUNTED);
	RECORDED_CHECK(pamport__accounting_login(&login,
	    PAMPORT__KIND(PAMPORT__RECORD_LAST), &report) ==
	    PAMPORT__ACCOUNTED);
}

FIXTURE_TC(streams__are_closed_for_a_close_by_the_entry, "root")
{
	begin();
	if (!recorded_use_logins())
		atf_tc_skip("there are no login records of this test's own");
	fixture_remove(&recorded_fixture);
	/* It is found by its name alone. */
	fixture_system_service(&recorded_fixture, scripted_lines());
	for (closed = 1; closed < 8; closed++) {
		ATF_REQUIRE_EQ(0, recorded_run(log_in));
		ATF_CHECK_EQ_MSG(0, recorded_run(close_by_entry), "%u", closed);
		scripted_check_shared("close ");
	}
	fixture_remove(&recorded_fixture);
}

/* What the application opens then has the low numbers, and nothing of ours. */
static void
give_numbers_away(void)
{
	int fd;

	close_streams();
	session = recorded_start("alice");
	do
		fd = open("application", O_WRONLY | O_APPEND);
	while (fd >= 0 && fd <= STDERR_FILENO);
	RECORDED_CHECK(pamport_session_authenticate(session, 0) ==
	    PAM_SUCCESS);
	RECORDED_CHECK(pamport_session_open(session) == PAM_SUCCESS);
	RECORDED_CHECK(pamport_session_close(session) == PAM_SUCCESS);
	RECORDED_CHECK(pamport_session_free(session) == PAM_SUCCESS);
	for (fd = 0; fd <= STDERR_FILENO; fd++)
		RECORDED_CHECK((closed & 1U << fd) == 0 || close(fd) == 0);
	_exit(0);
}

FIXTURE_TC(streams__are_the_next_files_to_take, "root")
{
	static const char *const traces[] = { "trace", "0", "1", "2" };
	size_t i;

	begin();
	atf_utils_create_file("application", "%s", "");
	for (i = 0; i < sizeof(traces) / sizeof(traces[0]); i++) {
		ATF_REQUIRE_EQ(0, setenv("PAMPORT_TRACE", traces[i], 1));
		for (closed = 7; closed > 0; closed--) {
			/* What is open and is asked for is written to. */
			if (i > 0 && (closed & 1U << (i - 1)) == 0)
				continue;
			ATF_CHECK_EQ_MSG(0, recorded_run(give_numbers_away),
			    "%s, %u", traces[i], closed);
			ATF_CHECK_EQ_MSG(0, recorded_size("application"), "%s, %u",
			    traces[i], closed);
		}
	}
	fixture_remove(&recorded_fixture);
}

/* For one end only: then there is no pipe, and neither end is left. */
static void
open_pipe_without_room(void)
{
	struct rlimit limit;
	int ends[2];

	(void)close(STDIN_FILENO);
	(void)close(STDOUT_FILENO);
	(void)close(STDERR_FILENO + 1);
	RECORDED_CHECK(getrlimit(RLIMIT_NOFILE, &limit) == 0);
	limit.rlim_cur = 4;
	RECORDED_CHECK(setrlimit(RLIMIT_NOFILE, &limit) == 0);
	RECORDED_CHECK(!pamport__open_pipe(ends, O_CLOEXEC));
	RECORDED_CHECK(fcntl(STDIN_FILENO, F_GETFD) == -1);
	RECORDED_CHECK(fcntl(STDOUT_FILENO, F_GETFD) == -1);
	RECORDED_CHECK(fcntl(STDERR_FILENO + 1, F_GETFD) == -1);
	_exit(0);
}

ATF_TC_WITHOUT_HEAD(streams__leave_no_room_for_a_pipe);
ATF_TC_BODY(streams__leave_no_room_for_a_pipe, tc)
{
	ATF_CHECK_EQ(0, recorded_run(open_pipe_without_room));
}

ATF_TP_ADD_TCS(tp)
{
	ATF_TP_ADD_TC(tp, streams__leave_no_room_for_a_pipe);
	ATF_TP_ADD_TC(tp, streams__that_are_closed_stay_so);
	ATF_TP_ADD_TC(tp, streams__are_closed_for_a_close_by_the_entry);
	ATF_TP_ADD_TC(tp, streams__are_the_next_files_to_take);
	return atf_no_error();
}
