/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Why the order of credentials is an option (rule 33): with pam_keyinit, which
 * puts a new keyring in the place of the session's at open, and a module that
 * keeps its credentials there, as those for Kerberos and AFS do.
 */
#include <config.h>

#include <sys/types.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <atf-c.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <pamport/session.h>
#include "fixture.h"
#include "scripted.h"

#define TICKET "pamport-test-ticket"
#define SESSION_KEYRING (-3)
#define JOIN_SESSION_KEYRING 1
#define SEARCH 10

#if defined(SYS_add_key) && defined(SYS_keyctl)
static long
add_ticket(void)
{
	return syscall(SYS_add_key, "user", TICKET, "x", 1, SESSION_KEYRING);
}

static long
find_ticket(void)
{
	return syscall(SYS_keyctl, SEARCH, SESSION_KEYRING, "user", TICKET, 0);
}

static long
new_keyring(void)
{
	return syscall(SYS_keyctl, JOIN_SESSION_KEYRING, NULL);
}
#else
static long
add_ticket(void)
{
	errno = ENOSYS;
	return -1;
}

static long
find_ticket(void)
{
	return add_ticket();
}

static long
new_keyring(void)
{
	return add_ticket();
}
#endif

static struct fixture fixture;

static void
establish(pam_handle_t *pamh)
{
	(void)pamh;
	(void)add_ticket();
}

/* The module of the test for credentials, the system's for the session. */
static void
place(void)
{
	const char *lines = scripted_lines();

	fixture_service(&fixture, fixture_text("%ssession required %s force\n",
	    lines, fixture_find_module("pam_keyinit")));
	scripted_do("establish", establish);
	scripted_do("reinitialize", establish);
}

static int
run(enum pamport_cred_order order)
{
	pamport_session *session;
	int has_ticket;

	if (new_keyring() == -1 || add_ticket() == -1 || new_keyring() == -1 ||
	    find_ticket() != -1)
		return 2;
	if (pamport_session_start(fixture.service, "root", NULL,
	    fixture.confdir, &session) != PAM_SUCCESS ||
	    pamport_session_set_option(session, PAMPORT_SESSION_CRED_ORDER,
	    (int)order) != PAM_SUCCESS ||
	    pamport_session_check_account(session, 0) != PAM_SUCCESS ||
	    pamport_session_open(session) != PAM_SUCCESS)
		return 3;
	has_ticket = find_ticket() != -1;
	if (pamport_session_free(session) != PAM_SUCCESS)
		return 4;
	return has_ticket;
}

/* In a process of its own, whose keyring nobody else has. */
static void
check(enum pamport_cred_order order, int has_ticket)
{
	int status;
	pid_t child;

	place();
	child = fork();
	ATF_REQUIRE(child != -1);
	if (child == 0)
		_exit(run(order));
	ATF_REQUIRE_EQ(child, waitpid(child, &status, 0));
	fixture_remove(&fixture);
	ATF_REQUIRE(WIFEXITED(status));
	if (WEXITSTATUS(status) == 2)
		atf_tc_skip("there are no keyrings here");
	ATF_CHECK_EQ(has_ticket, WEXITSTATUS(status));
}

FIXTURE_TC(rule_33__before__loses_what_opening_replaces, "root")
{
	check(PAMPORT_CRED_BEFORE, 0);
}

FIXTURE_TC(rule_33__after__keeps_it, "root")
{
	check(PAMPORT_CRED_AFTER, 1);
}

FIXTURE_TC(rule_33__both__keeps_it, "root")
{
	check(PAMPORT_CRED_BOTH, 1);
}

ATF_TP_ADD_TCS(tp)
{
	ATF_TP_ADD_TC(tp, rule_33__before__loses_what_opening_replaces);
	ATF_TP_ADD_TC(tp, rule_33__after__keeps_it);
	ATF_TP_ADD_TC(tp, rule_33__both__keeps_it);

	return atf_no_error();
}
