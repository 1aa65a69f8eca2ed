/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The session's state machine, with a module of the test program under the PAM
 * at hand: which calls come, in which order, and what is taken back when one
 * fails.  What happens around processes is in session_process_test.
 */
#include <config.h>

#include <sys/types.h>
#include <atf-c.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/session.h"
#include <pamport/pam_ext.h>
#include <pamport/pam_misc.h>
#include "counted.h"
#include "fixture.h"
#include "scripted.h"

static struct fixture fixture;
static pamport_session *session;

static void
start_as(const char *user)
{
	scripted_service(&fixture);
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_start(fixture.service, user,
	    NULL, fixture.confdir, &session));
	ATF_REQUIRE_EQ(PAMPORT_SESSION_NEW, pamport_session_state(session));
}

static void
start(void)
{
	start_as("alice");
}

static void
set(enum pamport_session_option option, int value)
{
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_set_option(session, option,
	    value));
}

static void
authenticate(void)
{
	ATF_REQUIRE_EQ_MSG(PAM_SUCCESS,
	    pamport_session_authenticate(session, 0), "%s",
	    pamport_session_error(session)->message);
	scripted_check("auth acct ");
}

static void
finish(void)
{
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_free(session));
	fixture_remove(&fixture);
}

static void
check_error(enum pamport_session_step step, int code)
{
	const struct pamport_session_error *error =
	    pamport_session_error(session);

	ATF_CHECK_EQ_MSG(step, error->step, "step %d, not %d: %s",
	    (int)error->step, (int)step, error->message);
	ATF_CHECK_EQ(code, error->code);
	ATF_CHECK(strncmp(error->message, "cannot ", 7) == 0);
	ATF_CHECK(strstr(error->message, fixture.service) != NULL);
}

/* --- Rule 33: the order ------------------------------------------------------- */

static void
check_order(enum pamport_cred_order order, const char *out)
{
	start();
	set(PAMPORT_SESSION_CRED_ORDER, (int)order);
	authenticate();
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_open(session));
	ATF_CHECK_EQ(PAMPORT_SESSION_OPEN, pamport_session_state(session));
	scripted_check(out);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_close(session));
	ATF_CHECK_EQ(PAMPORT_SESSION_CLOSED, pamport_session_state(session));
	scripted_check("close delete ");
	finish();
	scripted_check("");
}

FIXTURE_TC(rule_33__credentials_before, "root")
{
	check_order(PAMPORT_CRED_BEFORE, "establish open ");
}

FIXTURE_TC(rule_33__credentials_after, "root")
{
	check_order(PAMPORT_CRED_AFTER, "open establish ");
}

FIXTURE_TC(rule_33__credentials_both, "root")
{
	check_order(PAMPORT_CRED_BOTH, "establish open reinitialize ");
}

FIXTURE_TC(rule_33__reinitialize_in_the_place_of_establish, "root")
{
	start();
	set(PAMPORT_SESSION_REINITIALIZE, 1);
	authenticate();
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_open(session));
	scripted_check("reinitialize open ");
	finish();
	scripted_check("close delete ");
}

FIXTURE_TC(rule_33__free_closes_what_is_open, "root")
{
	start();
	authenticate();
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_open(session));
	finish();
	scripted_check("establish open close delete ");
}

/* --- Rule 34: failures --------------------------------------------------------- */

static const struct failure {
	enum pamport_cred_order order;
	const char *event;
	int code;
	enum pamport_session_step step;
	const char *events;		/* of open alone */
} failures[] = {
	{ PAMPORT_CRED_BEFORE, "establish", PAM_CRED_ERR,
	    PAMPORT_STEP_ESTABLISH, "establish delete " },
	{ PAMPORT_CRED_BEFORE, "open", PAM_SESSION_ERR, PAMPORT_STEP_OPEN,
	    "establish open delete " },
	{ PAMPORT_CRED_AFTER, "open", PAM_SESSION_ERR, PAMPORT_STEP_OPEN,
	    "open " },
	{ PAMPORT_CRED_AFTER, "establish", PAM_CRED_ERR,
	    PAMPORT_STEP_ESTABLISH, "open establish close delete " },
	{ PAMPORT_CRED_BOTH, "establish", PAM_CRED_ERR,
	    PAMPORT_STEP_ESTABLISH, "establish delete " },
	{ PAMPORT_CRED_BOTH, "open", PAM_SESSION_ERR, PAMPORT_STEP_OPEN,
	    "establish open delete " },
	{ PAMPORT_CRED_BOTH, "reinitialize", PAM_CRED_ERR,
	    PAMPORT_STEP_REINITIALIZE,
	    "establish open reinitialize close delete " }
};

static void
check_failure(const struct failure *failure)
{
	start();
	set(PAMPORT_SESSION_CRED_ORDER, (int)failure->order);
	authenticate();
	scripted_return(failure->event, failure->code);
	ATF_CHECK_EQ(failure->code, pamport_session_open(session));
	scripted_check(failure->events);
	check_error(failure->step, failure->code);
	ATF_CHECK_EQ(failure->code,
	    pamport_session_error(session)->native_code);
	ATF_CHECK_EQ(PAMPORT_SESSION_CLOSED, pamport_session_state(session));
	/* Once is enough. */
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_session_open(session));
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_session_close(session));
	finish();
	scripted_check("");
}

FIXTURE_TC(rule_34__failure_at_each_step_is_taken_back, "root")
{
	size_t i;

	for (i = 0; i < sizeof(failures) / sizeof(failures[0]); i++)
		check_failure(&failures[i]);
}

FIXTURE_TC(rule_34__failed_credentials_can_be_let_pass, "root")
{
	start();
	set(PAMPORT_SESSION_CRED_OPTIONAL, 1);
	authenticate();
	scripted_return("establish", PAM_CRED_ERR);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_open(session));
	scripted_check("establish open ");
	finish();
	scripted_check("close delete ");
}

FIXTURE_TC(rule_34__optional_credentials_need_not_be_there_to_delete, "root")
{
	start();
	set(PAMPORT_SESSION_CRED_OPTIONAL, 1);
	authenticate();
	scripted_return("establish", PAM_CRED_ERR);
	scripted_return("delete", PAM_CRED_ERR);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_open(session));
	ATF_CHECK_EQ(PAMPORT_STEP_NONE, pamport_session_error(session)->step);
	ATF_CHECK(strstr(pamport_session_warning(session),
	    "establish credentials") != NULL);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_close(session));
	ATF_CHECK(strstr(pamport_session_warning(session),
	    "delete credentials") != NULL);
	scripted_check("establish open close delete ");
	finish();
}

/* What had passed does not stand in the way of telling what then fails. */
FIXTURE_TC(rule_34__failure_after_one_that_passed_is_told, "root")
{
	start();
	set(PAMPORT_SESSION_CRED_OPTIONAL, 1);
	authenticate();
	scripted_return("establish", PAM_CRED_ERR);
	scripted_return("open", PAM_SESSION_ERR);
	ATF_CHECK_EQ(PAM_SESSION_ERR, pamport_session_open(session));
	check_error(PAMPORT_STEP_OPEN, PAM_SESSION_ERR);
	scripted_check("establish open delete ");
	finish();
}

FIXTURE_TC(rule_34__close_after_failed_open_if_asked, "root")
{
	start();
	set(PAMPORT_SESSION_CLOSE_AFTER_FAILED_OPEN, 1);
	set(PAMPORT_SESSION_STRICT, 1);
	authenticate();
	scripted_return("open", PAM_SESSION_ERR);
	ATF_CHECK_EQ(PAM_SESSION_ERR, pamport_session_open(session));
	scripted_check("establish open close delete ");
	check_error(PAMPORT_STEP_OPEN, PAM_SESSION_ERR);
	finish();
}

FIXTURE_TC(rule_34__first_failure_of_close_is_returned, "root")
{
	start();
	authenticate();
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_open(session));
	scripted_return("close", PAM_SESSION_ERR);
	scripted_return("delete", PAM_CRED_ERR);
	ATF_CHECK_EQ(PAM_SESSION_ERR, pamport_session_close(session));
	scripted_check("establish open close delete ");
	check_error(PAMPORT_STEP_CLOSE, PAM_SESSION_ERR);
	finish();
	scripted_check("");
}

FIXTURE_TC(rule_34__free_tells_that_closing_failed, "root")
{
	start();
	authenticate();
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_open(session));
	scripted_return("delete", PAM_CRED_ERR);
	ATF_CHECK_EQ(PAM_CRED_ERR, pamport_session_free(session));
	fixture_remove(&fixture);
}

FIXTURE_TC(rule_34__account_alone_is_enough, "root")
{
	start();
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_check_account(session, 0));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_open(session));
	finish();
	scripted_check("acct establish open close delete ");
}

FIXTURE_TC(rule_34__nothing_at_all_is_enough_if_asked, "root")
{
	start();
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_session_open(session));
	check_error(PAMPORT_STEP_ORDER, PAM_SYSTEM_ERR);
	set(PAMPORT_SESSION_WITHOUT_AUTHENTICATION, 1);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_open(session));
	finish();
	scripted_check("establish open close delete ");
}

/* --- The order of calls ---------------------------------------------------------- */

static void
check_refused(int result, const char *state)
{
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, result);
	check_error(PAMPORT_STEP_ORDER, PAM_SYSTEM_ERR);
	ATF_CHECK_MSG(strstr(pamport_session_error(session)->message, state) !=
	    NULL, "\"%s\" names no state \"%s\"",
	    pamport_session_error(session)->message, state);
	scripted_check("");
}

FIXTURE_TC(order__wrong_calls_name_the_state, "root")
{
	start();
	check_refused(pamport_session_open(session), "new");
	check_refused(pamport_session_close(session), "new");
	authenticate();
	check_refused(pamport_session_close(session), "ready");
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_open(session));
	scripted_check("establish open ");
	check_refused(pamport_session_open(session), "open");
	check_refused(pamport_session_authenticate(session, 0), "open");
	check_refused(pamport_session_check_account(session, 0), "open");
	check_refused(pamport_session_set_item(session, PAM_TTY, "x"), "open");
	check_refused(pamport_session_set_option(session,
	    PAMPORT_SESSION_SILENT, 1), "open");
	check_refused(pamport_session_child(session), "started the session");
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_close(session));
	scripted_check("close delete ");
	check_refused(pamport_session_close(session), "closed");
	check_refused(pamport_session_open(session), "closed");
	check_refused(pamport_session_authenticate(session, 0), "closed");
	finish();
}

FIXTURE_TC(order__denied_is_not_opened, "root")
{
	start();
	scripted_return("auth", PAM_AUTH_ERR);
	ATF_CHECK_EQ(PAM_AUTH_ERR, pamport_session_authenticate(session, 0));
	check_error(PAMPORT_STEP_AUTHENTICATE, PAM_AUTH_ERR);
	scripted_check("auth ");
	set(PAMPORT_SESSION_WITHOUT_AUTHENTICATION, 1);
	check_refused(pamport_session_open(session), "denied");
	/* [c11] */
	check_refused(pamport_session_check_account(session, 0), "denied");
	scripted_return("auth", PAM_SUCCESS);
	authenticate();
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_open(session));
	finish();
}

FIXTURE_TC(order__refused_account_is_not_opened, "root")
{
	start();
	set(PAMPORT_SESSION_WITHOUT_AUTHENTICATION, 1);
	scripted_return("acct", PAM_ACCT_EXPIRED);
	ATF_CHECK_EQ(PAM_ACCT_EXPIRED,
	    pamport_session_check_account(session, 0));
	scripted_check("acct ");
	check_refused(pamport_session_open(session), "denied");
	finish();
}

static void
close_again(pam_handle_t *pamh)
{
	(void)pamh;
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_session_close(session));
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_session_open(session));
}

/* As a conversation may, that ends the program by its usual clean-up. */
FIXTURE_TC(order__nested_calls_find_nothing_to_do, "root")
{
	start();
	authenticate();
	scripted_do("open", close_again);
	scripted_do("close", close_again);
	(void)pamport_session_open(session);
	ATF_CHECK_EQ(PAMPORT_SESSION_OPEN, pamport_session_state(session));
	(void)pamport_session_close(session);
	scripted_check("establish open close delete ");
	finish();
}

/* Who was let in before and fails now is not let in. */
FIXTURE_TC(order__second_authentication_counts, "root")
{
	start();
	authenticate();
	scripted_return("acct", PAM_ACCT_EXPIRED);
	ATF_CHECK_EQ(PAM_ACCT_EXPIRED,
	    pamport_session_authenticate(session, 0));
	check_error(PAMPORT_STEP_ACCOUNT, PAM_ACCT_EXPIRED);
	scripted_check("auth acct ");
	check_refused(pamport_session_open(session), "denied");
	finish();
}

ATF_TC_WITHOUT_HEAD(order__null_crashes_nothing);
ATF_TC_BODY(order__null_crashes_nothing, tc)
{
	struct pam_conv *conv = NULL;

	(void)tc;
	session = (pamport_session *)&session;
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_session_start("x", NULL, conv,
	    NULL, NULL));
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_session_start(NULL, NULL, conv,
	    NULL, &session));
	ATF_CHECK(session == NULL);
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_session_set_item(NULL, PAM_TTY,
	    "x"));
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_session_set_option(NULL,
	    PAMPORT_SESSION_SILENT, 1));
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_session_leave_out(NULL, NULL));
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_session_authenticate(NULL, 0));
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_session_check_account(NULL, 0));
	ATF_CHECK(pamport_session_user(NULL) == NULL);
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_session_open(NULL));
	ATF_CHECK(pamport_session_environment(NULL) == NULL);
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_session_close(NULL));
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_session_child(NULL));
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_session_wait(NULL, 1, NULL));
	ATF_CHECK(pamport_session_handle(NULL) == NULL);
	ATF_CHECK_EQ(PAMPORT_SESSION_CLOSED, pamport_session_state(NULL));
	ATF_CHECK(pamport_session_error(NULL)->message[0] != '\0');
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_free(NULL));
}

/* A start that fails leaves something that tells why, and that nothing opens. */
FIXTURE_TC(start__failure_is_told, "root")
{
	int result;

	result = pamport_session_start("pamport-test-x", NULL, NULL,
	    "/nonexistent", &session);
	ATF_REQUIRE(result != PAM_SUCCESS && session != NULL);
	ATF_CHECK_EQ(PAMPORT_STEP_START, pamport_session_error(session)->step);
	ATF_CHECK_EQ(result, pamport_session_error(session)->code);
	ATF_CHECK(pamport_session_handle(session) == NULL);
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_session_authenticate(session, 0));
	ATF_CHECK_EQ(PAMPORT_STEP_ORDER, pamport_session_error(session)->step);
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_session_open(session));
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_session_close(session));
	ATF_CHECK(pamport_session_user(session) == NULL);
	ATF_CHECK(pamport_session_environment(session) == NULL);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_free(session));
}

FIXTURE_TC(option__values_are_checked, "root")
{
	start();
	ATF_CHECK_EQ(PAM_BAD_ITEM, pamport_session_set_option(session,
	    PAMPORT_SESSION_CRED_ORDER, 3));
	ATF_CHECK_EQ(PAM_BAD_ITEM, pamport_session_set_option(session,
	    PAMPORT_SESSION_SILENT, 2));
	ATF_CHECK_EQ(PAM_BAD_ITEM, pamport_session_set_option(session,
	    PAMPORT_SESSION_SILENT, -1));
	ATF_CHECK_EQ(PAM_BAD_ITEM, pamport_session_set_option(session,
	    (enum pamport_session_option)1000, 1));
	check_error(PAMPORT_STEP_ITEM, PAM_BAD_ITEM);
	finish();
}

/* Names from outside stay in one line of a log. */
FIXTURE_TC(error__is_one_printable_line, "root")
{
	start_as("al\nice\033[2J");
	scripted_return("auth", PAM_AUTH_ERR);
	ATF_CHECK_EQ(PAM_AUTH_ERR, pamport_session_authenticate(session, 0));
	ATF_CHECK(strstr(pamport_session_error(session)->message,
	    "al?ice?[2J") != NULL);
	finish();
}

/* --- Rule 32: privilege ----------------------------------------------------------- */

/* Refused without root, with no module called and the state as it was. */
static void
check_needs_root(int (*call)(pamport_session *), const char *events)
{
	enum pamport_session_state before = pamport_session_state(session);

	ATF_REQUIRE_EQ(0, seteuid(65534));
	ATF_CHECK_EQ(PAM_PERM_DENIED, call(session));
	check_error(PAMPORT_STEP_PRIVILEGE, PAM_PERM_DENIED);
	ATF_REQUIRE_EQ(0, seteuid(0));
	scripted_check("");
	ATF_CHECK_EQ(before, pamport_session_state(session));
	ATF_CHECK_EQ(PAM_SUCCESS, call(session));
	scripted_check(events);
}

FIXTURE_TC(rule_32__opens_only_what_it_can_close, "root")
{
	start();
	authenticate();
	check_needs_root(pamport_session_open, "establish open ");
	check_needs_root(pamport_session_close, "close delete ");
	finish();
}

/* --- Rule 35: items ------------------------------------------------------------------ */

static char tty_seen[64], host_seen[64];

static void
see_items(pam_handle_t *pamh)
{
	const char *tty = NULL, *host = NULL;

	ATF_CHECK_EQ(PAM_SUCCESS, pamport_get_item(pamh, PAM_TTY, &tty));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_get_item(pamh, PAM_RHOST, &host));
	(void)snprintf(tty_seen, sizeof(tty_seen), "%s",
	    tty == NULL ? "NULL" : tty);
	(void)snprintf(host_seen, sizeof(host_seen), "%s",
	    host == NULL ? "NULL" : host);
}

FIXTURE_TC(rule_35__nothing_is_invented, "root")
{
	start();
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_set_item(session, PAM_TTY,
	    NULL));
	scripted_do("auth", see_items);
	authenticate();
	ATF_CHECK_STREQ("NULL", tty_seen);
	ATF_CHECK_STREQ("NULL", host_seen);
	scripted_do("open", see_items);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_open(session));
	ATF_CHECK_STREQ("NULL", host_seen);
	/* On S alone, and for the session alone. */
	ATF_CHECK_STREQ(PAMPORT__PLATFORM->session_needs_tty ?
	    fixture.service : "NULL", tty_seen);
	finish();
}

FIXTURE_TC(rule_35__what_is_given_arrives, "root")
{
	start();
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_set_item(session, PAM_TTY,
	    "/dev/pts/7"));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_set_item(session, PAM_RHOST,
	    ""));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_set_item(session, PAM_RUSER,
	    "bob"));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_set_item(session,
	    PAM_XDISPLAY, ":0"));
	authenticate();
	scripted_do("open", see_items);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_open(session));
	ATF_CHECK_STREQ("/dev/pts/7", tty_seen);
	ATF_CHECK_STREQ("", host_seen);
	finish();
}

FIXTURE_TC(rule_35__item_that_is_refused_is_named, "root")
{
	start();
	ATF_CHECK_EQ(PAM_BAD_ITEM, pamport_session_set_item(session, 9999,
	    "x"));
	check_error(PAMPORT_STEP_ITEM, PAM_BAD_ITEM);
	ATF_CHECK_EQ(PAM_BAD_ITEM, pamport_session_set_item(session, PAM_CONV,
	    "x"));
	ATF_CHECK_EQ(PAM_BAD_ITEM, pamport_session_set_item(session,
	    PAM_FAIL_DELAY, "x"));
	set(PAMPORT_SESSION_STRICT, 1);
	ATF_CHECK_EQ(PAM_BAD_ITEM, pamport_session_set_item(session,
	    PAM_AUTHTOK, "secret"));
	ATF_CHECK(strstr(pamport_session_error(session)->message,
	    "PAM_AUTHTOK") != NULL);
	ATF_CHECK(strstr(pamport_session_error(session)->message,
	    "secret") == NULL);
	finish();
}

/* --- Rule 36: the user --------------------------------------------------------------- */

static void
become_bob(pam_handle_t *pamh)
{
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_set_item(pamh, PAM_USER, "bob"));
}

FIXTURE_TC(rule_36__caller_must_know_the_user, "root")
{
	start();
	scripted_do("auth", become_bob);
	authenticate();
	ATF_CHECK_EQ(PAM_PERM_DENIED, pamport_session_open(session));
	check_error(PAMPORT_STEP_USER, PAM_PERM_DENIED);
	scripted_check("");
	ATF_CHECK_STREQ("bob", pamport_session_user(session));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_open(session));
	finish();
}

/* Somebody else than who was authenticated is not ready. */
FIXTURE_TC(rule_36__another_user_is_authenticated_anew, "root")
{
	start();
	authenticate();
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_set_item(session, PAM_USER,
	    "bob"));
	ATF_CHECK_EQ(PAMPORT_SESSION_NEW, pamport_session_state(session));
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_session_open(session));
	check_error(PAMPORT_STEP_ORDER, PAM_SYSTEM_ERR);
	finish();
}

/* util-linux#3206: a change of the password may change the user as well. */
FIXTURE_TC(rule_36__user_may_change_with_the_password, "root")
{
	start();
	scripted_return("acct", PAM_NEW_AUTHTOK_REQD);
	scripted_do("update", become_bob);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_authenticate(session, 0));
	scripted_check("auth acct prelim update ");
	ATF_CHECK_EQ(PAM_PERM_DENIED, pamport_session_open(session));
	ATF_CHECK_STREQ("bob", pamport_session_user(session));
	finish();
}

FIXTURE_TC(rule_36__user_who_was_not_named_must_be_asked_for, "root")
{
	start_as(NULL);
	scripted_do("auth", become_bob);
	authenticate();
	ATF_CHECK_EQ(PAM_PERM_DENIED, pamport_session_open(session));
	ATF_CHECK_STREQ("bob", pamport_session_user(session));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_open(session));
	finish();
}

FIXTURE_TC(rule_36__granted_to_nobody_is_not_granted, "root")
{
	start_as(NULL);
	ATF_CHECK_EQ(PAM_USER_UNKNOWN,
	    pamport_session_authenticate(session, 0));
	check_error(PAMPORT_STEP_USER, PAM_USER_UNKNOWN);
	ATF_CHECK_EQ(PAMPORT_SESSION_DENIED, pamport_session_state(session));
	ATF_CHECK(pamport_session_user(session) == NULL);
	finish();
	start_as(NULL);
	ATF_CHECK_EQ(PAM_USER_UNKNOWN,
	    pamport_session_check_account(session, 0));
	finish();
	start_as(NULL);
	set(PAMPORT_SESSION_WITHOUT_AUTHENTICATION, 1);
	ATF_CHECK_EQ(PAM_USER_UNKNOWN, pamport_session_open(session));
	check_error(PAMPORT_STEP_USER, PAM_USER_UNKNOWN);
	finish();
}

static void
check_late_change(const char *event, const char *events)
{
	start();
	authenticate();
	scripted_do(event, become_bob);
	ATF_CHECK_EQ(PAM_PERM_DENIED, pamport_session_open(session));
	check_error(PAMPORT_STEP_USER, PAM_PERM_DENIED);
	ATF_CHECK(strstr(pamport_session_error(session)->message,
	    "from alice to bob") != NULL);
	scripted_check(events);
	finish();
}

FIXTURE_TC(rule_36__change_after_the_groups_is_taken_back, "root")
{
	check_late_change("establish", "establish delete ");
	check_late_change("open", "establish open close delete ");
}

static int
ask_for_user(int n, const struct pam_message **messages,
    struct pam_response **responses, void *data)
{
	(void)messages;
	(void)data;
	*responses = calloc((size_t)n, sizeof(**responses));
	ATF_CHECK_STREQ("bob", pamport_session_user(session));
	return *responses == NULL ? PAM_BUF_ERR : PAM_SUCCESS;
}

static void
become_bob_and_say_so(pam_handle_t *pamh)
{
	become_bob(pamh);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_info(pamh, "%s", "hello"));
}

/* Who shows text to whom modules have made of the user has no groups of his. */
FIXTURE_TC(rule_36__asking_in_the_conversation_allows_no_change, "root")
{
	const struct pam_conv conv = { ask_for_user, NULL };

	scripted_service(&fixture);
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_start(fixture.service,
	    "alice", &conv, fixture.confdir, &session));
	authenticate();
	scripted_do("open", become_bob_and_say_so);
	ATF_CHECK_EQ(PAM_PERM_DENIED, pamport_session_open(session));
	check_error(PAMPORT_STEP_USER, PAM_PERM_DENIED);
	scripted_check("establish open close delete ");
	ATF_CHECK_STREQ("bob", pamport_session_user(session));
	finish();
}

FIXTURE_TC(rule_36__expired_password_can_be_left_to_the_caller, "root")
{
	start();
	set(PAMPORT_SESSION_CHANGE_EXPIRED, 0);
	scripted_return("acct", PAM_NEW_AUTHTOK_REQD);
	ATF_CHECK_EQ(PAM_NEW_AUTHTOK_REQD,
	    pamport_session_authenticate(session, 0));
	scripted_check("auth acct ");
	check_error(PAMPORT_STEP_ACCOUNT, PAM_NEW_AUTHTOK_REQD);
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_session_open(session));
	finish();
}

FIXTURE_TC(rule_36__failed_change_is_a_failure, "root")
{
	start();
	scripted_return("acct", PAM_NEW_AUTHTOK_REQD);
	scripted_return("update", PAM_AUTHTOK_ERR);
	ATF_CHECK_EQ(PAM_AUTHTOK_ERR,
	    pamport_session_authenticate(session, 0));
	check_error(PAMPORT_STEP_CHANGE_PASSWORD, PAM_AUTHTOK_ERR);
	finish();
}

FIXTURE_TC(rule_36__expired_token_is_not_changed, "root")
{
	start();
	scripted_return("acct", PAM_AUTHTOK_EXPIRED);
	ATF_CHECK_EQ(PAM_AUTHTOK_EXPIRED,
	    pamport_session_authenticate(session, 0));
	scripted_check("auth acct ");
	finish();
}

/* --- Rule 38: the environment ----------------------------------------------------------- */

static void
put_variables(pam_handle_t *pamh)
{
	static const char *const variables[] = { "KEEP=1", "LD_PRELOAD=x",
	    "LD_=x", "DYLD_INSERT_LIBRARIES=x", "IFS=x", "PATH=x", "SHELL=x",
	    "HOME=x", "LOGNAME=x", "USER=x", "MAIL=x", "CDPATH=x",
	    "MAILCAP=2", "HOMER=3", "EMPTY=" };
	size_t i;

	for (i = 0; i < sizeof(variables) / sizeof(variables[0]); i++)
		ATF_CHECK_EQ(PAM_SUCCESS, pamport_putenv(pamh, variables[i]));
}

static void
check_environment(const char *expected)
{
	char **list = pamport_session_environment(session);
	char text[1024] = "";
	size_t i;

	ATF_REQUIRE(list != NULL);
	for (i = 0; list[i] != NULL; i++)
		strcat(strcat(text, list[i]), " ");
	ATF_CHECK_STREQ(expected, text);
	(void)pamport_misc_drop_env(list);
}

FIXTURE_TC(rule_38__what_a_module_must_not_dictate_is_left_out, "root")
{
	start();
	check_environment("");
	authenticate();
	scripted_do("open", put_variables);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_open(session));
	check_environment("KEEP=1 MAILCAP=2 HOMER=3 EMPTY= ");
	finish();
}

FIXTURE_TC(rule_38__list_is_the_callers_to_change, "root")
{
	static const char *const mine[] = { "LD_*", "DYLD_*", "KEEP", "MAIL*",
	    "SHELL", "H*", "IFS", NULL };
	static const char *const none[] = { NULL };

	start();
	authenticate();
	scripted_do("open", put_variables);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_open(session));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_leave_out(session, mine));
	check_environment("PATH=x LOGNAME=x USER=x CDPATH=x EMPTY= ");
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_leave_out(session, none));
	check_environment("KEEP=1 LD_PRELOAD=x LD_=x "
	    "DYLD_INSERT_LIBRARIES=x IFS=x PATH=x SHELL=x HOME=x LOGNAME=x "
	    "USER=x MAIL=x CDPATH=x MAILCAP=2 HOMER=3 EMPTY= ");
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_leave_out(session, NULL));
	check_environment("KEEP=1 MAILCAP=2 HOMER=3 EMPTY= ");
	finish();
}

/* --- Two sessions in one process ----------------------------------------------------------- */

/* Each keeps its own order and its own state; what modules do to the process
 * they do to both. */
FIXTURE_TC(two_sessions__do_not_mix, "root")
{
	pamport_session *other;

	start();
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_start(fixture.service,
	    "bob", NULL, fixture.confdir, &other));
	authenticate();
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_check_account(other, 0));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_open(session));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_open(other));
	ATF_CHECK_STREQ("alice", pamport_session_user(session));
	ATF_CHECK_STREQ("bob", pamport_session_user(other));
	scripted_check("acct establish open establish open ");
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_close(session));
	ATF_CHECK_EQ(PAMPORT_SESSION_OPEN, pamport_session_state(other));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_free(other));
	scripted_check("close delete close delete ");
	finish();
}

/* --- No memory ------------------------------------------------------------------------- */

/* Returns whether there was an nth allocation. */
static bool
run_with_failing_allocation(int n)
{
	static const char *const names[] = { "A", "B*", NULL };
	char **list;
	bool has_failed;

	session = NULL;
	scripted_events[0] = '\0';
	counted_fail_at = n;
	(void)pamport_session_start(fixture.service, "alice", NULL,
	    fixture.confdir, &session);
	(void)pamport_session_set_item(session, PAM_TTY, "tty");
	(void)pamport_session_leave_out(session, names);
	(void)pamport_session_authenticate(session, 0);
	(void)pamport_session_user(session);
	(void)pamport_session_open(session);
	list = pamport_session_environment(session);
	(void)pamport_session_close(session);
	(void)pamport_session_free(session);
	has_failed = counted_fail_at == -1;
	counted_fail_at = -1;
	(void)pamport_misc_drop_env(list);
	return has_failed;
}

static void
check_all_or_none(int n, const char *out, const char *back)
{
	ATF_CHECK_MSG((strstr(scripted_events, out) == NULL) ==
	    (strstr(scripted_events, back) == NULL), "allocation %d: %s", n,
	    scripted_events);
}

/* Whatever is missing, what was opened is closed. */
FIXTURE_TC(memory__every_allocation_may_fail, "root")
{
	int n = 0;

	counted_require();
	scripted_service(&fixture);
	/* What is done once in a process is done before. */
	ATF_REQUIRE(pamport__forks_are_counted());
	while (run_with_failing_allocation(n)) {
		check_all_or_none(n, "open ", "close ");
		check_all_or_none(n, "establish ", "delete ");
		n++;
	}
	ATF_CHECK(n > 6);
	scripted_check("auth acct establish open close delete ");
	fixture_remove(&fixture);
}

ATF_TP_ADD_TCS(tp)
{
	ATF_TP_ADD_TC(tp, rule_33__credentials_before);
	ATF_TP_ADD_TC(tp, rule_33__credentials_after);
	ATF_TP_ADD_TC(tp, rule_33__credentials_both);
	ATF_TP_ADD_TC(tp, rule_33__reinitialize_in_the_place_of_establish);
	ATF_TP_ADD_TC(tp, rule_33__free_closes_what_is_open);
	ATF_TP_ADD_TC(tp, rule_34__failure_at_each_step_is_taken_back);
	ATF_TP_ADD_TC(tp, rule_34__failed_credentials_can_be_let_pass);
	ATF_TP_ADD_TC(tp,
	    rule_34__optional_credentials_need_not_be_there_to_delete);
	ATF_TP_ADD_TC(tp, rule_34__failure_after_one_that_passed_is_told);
	ATF_TP_ADD_TC(tp, rule_34__close_after_failed_open_if_asked);
	ATF_TP_ADD_TC(tp, rule_34__first_failure_of_close_is_returned);
	ATF_TP_ADD_TC(tp, rule_34__free_tells_that_closing_failed);
	ATF_TP_ADD_TC(tp, rule_34__account_alone_is_enough);
	ATF_TP_ADD_TC(tp, rule_34__nothing_at_all_is_enough_if_asked);
	ATF_TP_ADD_TC(tp, order__wrong_calls_name_the_state);
	ATF_TP_ADD_TC(tp, order__denied_is_not_opened);
	ATF_TP_ADD_TC(tp, order__refused_account_is_not_opened);
	ATF_TP_ADD_TC(tp, order__nested_calls_find_nothing_to_do);
	ATF_TP_ADD_TC(tp, order__second_authentication_counts);
	ATF_TP_ADD_TC(tp, order__null_crashes_nothing);
	ATF_TP_ADD_TC(tp, start__failure_is_told);
	ATF_TP_ADD_TC(tp, option__values_are_checked);
	ATF_TP_ADD_TC(tp, error__is_one_printable_line);
	ATF_TP_ADD_TC(tp, rule_32__opens_only_what_it_can_close);
	ATF_TP_ADD_TC(tp, rule_35__nothing_is_invented);
	ATF_TP_ADD_TC(tp, rule_35__what_is_given_arrives);
	ATF_TP_ADD_TC(tp, rule_35__item_that_is_refused_is_named);
	ATF_TP_ADD_TC(tp, rule_36__caller_must_know_the_user);
	ATF_TP_ADD_TC(tp, rule_36__another_user_is_authenticated_anew);
	ATF_TP_ADD_TC(tp, rule_36__user_may_change_with_the_password);
	ATF_TP_ADD_TC(tp, rule_36__user_who_was_not_named_must_be_asked_for);
	ATF_TP_ADD_TC(tp, rule_36__granted_to_nobody_is_not_granted);
	ATF_TP_ADD_TC(tp, rule_36__change_after_the_groups_is_taken_back);
	ATF_TP_ADD_TC(tp, rule_36__asking_in_the_conversation_allows_no_change);
	ATF_TP_ADD_TC(tp, rule_36__expired_password_can_be_left_to_the_caller);
	ATF_TP_ADD_TC(tp, rule_36__failed_change_is_a_failure);
	ATF_TP_ADD_TC(tp, rule_36__expired_token_is_not_changed);
	ATF_TP_ADD_TC(tp, rule_38__what_a_module_must_not_dictate_is_left_out);
	ATF_TP_ADD_TC(tp, rule_38__list_is_the_callers_to_change);
	ATF_TP_ADD_TC(tp, two_sessions__do_not_mix);
	ATF_TP_ADD_TC(tp, memory__every_allocation_may_fail);

	return atf_no_error();
}
