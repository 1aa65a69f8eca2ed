/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where a trace goes, and what it does where that takes nothing.  What it says of
 * calls is in tests/lib/call_test.c.
 */
#include <config.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/internal.h"
#include "fixture.h"
#include "scripted.h"
#include <pamport/session.h>

static struct fixture fixture;
static pam_handle_t *pamh;
static char trace[8192];

static void
collect(const char *line, void *data)
{
	(void)data;
	ATF_REQUIRE(strlen(trace) + strlen(line) + 2 < sizeof(trace));
	strcat(strcat(trace, line), "\n");
}

/* With PAMPORT_TRACE as it is; a transaction that says a few lines. */
static void
run(const char *where)
{
	ATF_REQUIRE_EQ(0, setenv("PAMPORT_TRACE", where, 1));
	ATF_REQUIRE_EQ(PAM_SUCCESS, fixture_start(&fixture, "alice", NULL,
	    &pamh));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_set_item(pamh, PAM_TTY, "tty1"));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_acct_mgmt(pamh, 0));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_end(pamh, PAM_SUCCESS));
}

/* No such place is no failure of PAM. */
FIXTURE_TC(place__that_is_none_changes_nothing, "")
{
	static const char *const places[] = { "", "99999999999999999999",
	    "2147483648", "1000000", "/nowhere/trace", ".", "/dev/full" };
	size_t i;

	scripted_service(&fixture);
	for (i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		run(places[i]);
	fixture_remove(&fixture);
}

/* A line that a full pipe does not take is lost; nobody waits. */
FIXTURE_TC(place__full_pipe_is_not_waited_for, "")
{
	char block[4096], number[16];
	int ends[2];

	scripted_service(&fixture);
	ATF_REQUIRE_EQ(0, pipe(ends));
	ATF_REQUIRE_EQ(0, fcntl(ends[1], F_SETFL, O_NONBLOCK));
	memset(block, 'x', sizeof(block));
	while (write(ends[1], block, sizeof(block)) > 0)
		continue;
	ATF_REQUIRE_EQ(0, fcntl(ends[1], F_SETFL, 0));
	(void)snprintf(number, sizeof(number), "%d", ends[1]);
	run(number);
	(void)close(ends[0]);
	(void)close(ends[1]);
	fixture_remove(&fixture);
}

ATF_TC_WITHOUT_HEAD(function__needs_a_handle);
ATF_TC_BODY(function__needs_a_handle, tc)
{
	(void)tc;
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_set_trace(NULL, collect, NULL));
}

/* What was given from outside is text, in one line. */
FIXTURE_TC(line__is_printable, "")
{
	scripted_service(&fixture);
	ATF_REQUIRE_EQ(PAM_SUCCESS, fixture_start(&fixture, "alice", NULL,
	    &pamh));
	trace[0] = '\0';
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_set_trace(pamh, collect, NULL));
	pamport__trace_message(pamport__state_of(pamh), "one\ntwo\177three");
	ATF_CHECK(strstr(trace, "one?two?three\n") != NULL);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_end(pamh, PAM_SUCCESS));
	fixture_remove(&fixture);
}

/* A session says its failures, and a number that has no name as one. */
FIXTURE_TC(line__of_a_session_that_failed, "root")
{
	pamport_session *session;

	scripted_service(&fixture);
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_start(fixture.service,
	    "alice", NULL, fixture.confdir, &session));
	trace[0] = '\0';
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_set_trace(
	    pamport_session_handle(session), collect, NULL));
	scripted_return("acct", PAM_ACCT_EXPIRED);
	ATF_CHECK_EQ(PAM_ACCT_EXPIRED, pamport_session_check_account(session,
	    0));
	ATF_CHECK(strstr(trace, "cannot use this account") != NULL);
	pamport__trace_result(pamport__state_of(
	    pamport_session_handle(session)), "pam_x", "", 4711);
	ATF_CHECK(strstr(trace, "result=4711 (no name)") != NULL);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_free(session));
	fixture_remove(&fixture);
}

static void
ask_for_user(pam_handle_t *handle)
{
	const char *user = NULL;

	ATF_CHECK_EQ(PAM_SUCCESS, pamport_get_user(handle, &user, NULL));
	ATF_CHECK_STREQ("alice", user);
}

/* A call from inside another one of the same handle, which has ended first. */
FIXTURE_TC(line__of_a_call_inside_another, "")
{
	const char *inner, *outer;

	scripted_service(&fixture);
	scripted_do("auth", ask_for_user);
	ATF_REQUIRE_EQ(PAM_SUCCESS, fixture_start(&fixture, "alice", NULL,
	    &pamh));
	trace[0] = '\0';
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_set_trace(pamh, collect, NULL));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_authenticate(pamh, 0));
	inner = strstr(trace, "pam_get_user");
	outer = strstr(trace, "pam_authenticate");
	ATF_CHECK(inner != NULL && outer != NULL && inner < outer);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_end(pamh, PAM_SUCCESS));
	fixture_remove(&fixture);
}

/* PAMPORT_STRICT is 1 or it is not set. */
FIXTURE_TC(strict__is_the_one_word, "")
{
	static const char *const words[] = { "", "0", "10", "yes" };
	size_t i;

	scripted_service(&fixture);
	for (i = 0; i <= sizeof(words) / sizeof(words[0]); i++) {
		ATF_REQUIRE_EQ(0, setenv("PAMPORT_STRICT", i == 4 ? "1" :
		    words[i], 1));
		ATF_REQUIRE_EQ(PAM_SUCCESS, fixture_start(&fixture, "alice",
		    NULL, &pamh));
		ATF_CHECK_EQ(i == 4, pamport__state_of(pamh)->strict);
		ATF_CHECK_EQ(PAM_SUCCESS, pamport_end(pamh, PAM_SUCCESS));
	}
	fixture_remove(&fixture);
}

ATF_TP_ADD_TCS(tp)
{
	ATF_TP_ADD_TC(tp, place__that_is_none_changes_nothing);
	ATF_TP_ADD_TC(tp, place__full_pipe_is_not_waited_for);
	ATF_TP_ADD_TC(tp, function__needs_a_handle);
	ATF_TP_ADD_TC(tp, line__is_printable);
	ATF_TP_ADD_TC(tp, line__of_a_session_that_failed);
	ATF_TP_ADD_TC(tp, line__of_a_call_inside_another);
	ATF_TP_ADD_TC(tp, strict__is_the_one_word);

	return atf_no_error();
}
