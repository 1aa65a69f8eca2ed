/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * examples/cronjob with the libpam at hand: a session that nobody opened a
 * terminal or typed a password for.  "calls" is what the module recorder was
 * asked to do.
 */
#include <config.h>

#include <sys/types.h>
#include <sys/wait.h>
#include <atf-c.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fixture.h"

#define CRONJOB TESTS_BUILD "/examples/cronjob"
#define WHOLE "acct_mgmt establish open_session close_session delete "

static struct fixture fixture;

/* options are the recorder's, besides its log. */
static void
place(const char *options)
{
	static const char *const facilities[] = { "auth", "account",
	    "session", "password" };
	const char *lines = "";
	size_t i;

	for (i = 0; i < 4; i++)
		lines = fixture_text("%s%s required %s log=%s %s\n", lines,
		    facilities[i], fixture_find_module("recorder_module"),
		    fixture_file("calls"), options);
	fixture_service(&fixture, lines);
}

/* In the child of the test. */
static void
run(const char *user, const char *command)
{
	const char *argv[8];
	size_t n = 0;

	argv[n++] = "cronjob";
	if (fixture.confdir != NULL) {
		argv[n++] = "-d";
		argv[n++] = fixture.confdir;
	}
	argv[n++] = "-s";
	argv[n++] = fixture.service;
	argv[n++] = user;
	argv[n++] = command;
	argv[n] = NULL;
	(void)unsetenv("PAMPORT_TRACE");
	(void)execv(CRONJOB, (char *const *)argv);
	_exit(99);
}

static void
cronjob(const char *user, const char *command, int status, const char *out,
    const char *err)
{
	pid_t child = atf_utils_fork();

	if (child == 0)
		run(user, command);
	atf_utils_wait(child, status, out, err);
}

static void
require_calls(const char *wanted)
{
	char calls[256] = "", line[512], call[64];
	FILE *log = fopen("calls", "r");

	while (log != NULL && fgets(line, sizeof(line), log) != NULL &&
	    sscanf(line, "%63s", call) == 1)
		strcat(strcat(calls, call), " ");
	if (log != NULL)
		(void)fclose(log);
	ATF_CHECK_STREQ(wanted, calls);
}

FIXTURE_TC(job__runs_as_the_user_in_a_session, "root")
{
	const struct passwd *entry = fixture_some_user();

	place("");
	cronjob(entry->pw_name, "id -u; pwd; echo $LOGNAME $SHELL; exit 7", 7,
	    fixture_text("%ld\n%s\n%s /bin/sh\n", (long)entry->pw_uid,
	    entry->pw_dir, entry->pw_name), "");
	require_calls(WHOLE);
	ATF_CHECK(atf_utils_grep_file(
	    "^close_session .* rhost=- euid=0 children=no$", "calls"));
	fixture_remove(&fixture);
}

FIXTURE_TC(job__without_an_account_does_not_run, "root")
{
	const char *user = fixture_text("%s", fixture_some_user()->pw_name);

	place(fixture_text("acct_mgmt=%d", PAM_ACCT_EXPIRED));
	cronjob(user, "echo ran", 1, "", "save:err");
	ATF_CHECK(atf_utils_grep_file("^cronjob: cannot use this account "
	    ".service %s, user %s", "err", fixture.service, user));
	require_calls("acct_mgmt ");
	fixture_remove(&fixture);
}

/* Nobody is there to type a new one. */
FIXTURE_TC(rule_36__job_with_an_expired_password_does_not_run, "root")
{
	place(fixture_text("acct_mgmt=%d", PAM_NEW_AUTHTOK_REQD));
	cronjob(fixture_text("%s", fixture_some_user()->pw_name), "echo ran",
	    1, "", "save:err");
	ATF_CHECK(atf_utils_grep_file("PAM_NEW_AUTHTOK_REQD", "err"));
	require_calls("acct_mgmt ");
	fixture_remove(&fixture);
}

FIXTURE_TC(job__of_nobody_does_not_run, "root")
{
	place("");
	cronjob("no-such-user", "echo ran", 1, "",
	    "cronjob: there is no user no-such-user\n");
	require_calls("acct_mgmt ");
	fixture_remove(&fixture);
}

FIXTURE_TC(job__killed_is_closed, "root")
{
	place("");
	cronjob(fixture_text("%s", fixture_some_user()->pw_name),
	    "kill -9 $$", 137, "", "");
	require_calls(WHOLE);
	fixture_remove(&fixture);
}

/* A signal to cronjob ends the job, and the session is closed. */
FIXTURE_TC(job__ends_with_cronjob, "root")
{
	const char *user = fixture_text("%s", fixture_some_user()->pw_name);
	int output[2], status;
	char byte;
	pid_t child;

	place("");
	ATF_REQUIRE_EQ(0, pipe(output));
	child = fork();
	ATF_REQUIRE(child != -1);
	if (child == 0) {
		(void)dup2(output[1], STDOUT_FILENO);
		run(user, "echo ready; exec cat /dev/zero >/dev/null");
	}
	(void)close(output[1]);
	ATF_REQUIRE_EQ(1, read(output[0], &byte, 1));
	ATF_REQUIRE_EQ(0, kill(child, SIGTERM));
	ATF_REQUIRE_EQ(child, waitpid(child, &status, 0));
	ATF_CHECK(WIFEXITED(status));
	ATF_CHECK_EQ(128 + SIGTERM, WEXITSTATUS(status));
	require_calls(WHOLE);
	fixture_remove(&fixture);
}

FIXTURE_TC(usage__is_told, "")
{
	pid_t child = atf_utils_fork();

	if (child == 0) {
		(void)execl(CRONJOB, "cronjob", "-x", "a", "b", (char *)NULL);
		_exit(99);
	}
	atf_utils_wait(child, 2, "", "save:err");
	ATF_CHECK(atf_utils_grep_file("^usage: cronjob", "err"));
}

ATF_TP_ADD_TCS(tp)
{
	ATF_TP_ADD_TC(tp, job__runs_as_the_user_in_a_session);
	ATF_TP_ADD_TC(tp, job__without_an_account_does_not_run);
	ATF_TP_ADD_TC(tp, rule_36__job_with_an_expired_password_does_not_run);
	ATF_TP_ADD_TC(tp, job__of_nobody_does_not_run);
	ATF_TP_ADD_TC(tp, job__killed_is_closed);
	ATF_TP_ADD_TC(tp, job__ends_with_cronjob);
	ATF_TP_ADD_TC(tp, usage__is_told);

	return atf_no_error();
}
