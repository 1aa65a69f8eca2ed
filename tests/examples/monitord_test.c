/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * examples/monitord with the libpam at hand, over a real connection.  The
 * module recorder writes what it is asked to do into a fifo, so that the test
 * waits for each call and for nothing else.
 */
#include <config.h>

#include <sys/types.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <atf-c.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <pamport/record.h>
#include "fixture.h"

#define MONITORD TESTS_BUILD "/examples/monitord"

struct call {
	char what[64];
	char user[64];
	char children[8];
	long pid, euid;
};

static struct fixture fixture;
static struct passwd user;
static FILE *calls;
static pid_t daemon_process;

/* --- The daemon ----------------------------------------------------------------- */

/* options are the recorder's, besides its log. */
static void
place(const char *options)
{
	static const char *const facilities[] = { "auth", "account",
	    "session", "password" };
	const char *log = fixture_file("fifo"), *lines = "";
	size_t i;

	ATF_REQUIRE_EQ(0, mkfifo(log, 0600));
	/* Both ways, or each opening would wait for the other end. */
	calls = fdopen(open(log, O_RDWR | O_CLOEXEC), "r");
	ATF_REQUIRE(calls != NULL);
	for (i = 0; i < 4; i++)
		lines = fixture_text("%s%s required %s log=%s password=right "
		    "%s\n", lines, facilities[i],
		    fixture_find_module("recorder_module"), log, options);
	fixture_service(&fixture, lines);
}

static void
become_daemon(int output)
{
	const char *argv[11];
	size_t n = 0;

	argv[n++] = "monitord";
	if (fixture.confdir != NULL) {
		argv[n++] = "-d";
		argv[n++] = fixture.confdir;
	}
	argv[n++] = "-s";
	argv[n++] = fixture.service;
	argv[n++] = "-S";
	argv[n++] = "/bin/sh";
	if (getenv("PAMPORT_RECORDS") != NULL)
		argv[n++] = "-r";
	argv[n++] = "socket";
	argv[n] = NULL;
	(void)dup2(output, STDOUT_FILENO);
	(void)execv(MONITORD, (char *const *)argv);
	_exit(99);
}

static void
start(const char *options)
{
	int output[2];
	char byte;

	user = *fixture_some_user();
	place(options);
	ATF_REQUIRE_EQ(0, pipe(output));
	daemon_process = fork();
	ATF_REQUIRE(daemon_process != -1);
	if (daemon_process == 0)
		become_daemon(output[1]);
	(void)close(output[1]);
	ATF_REQUIRE_EQ(1, read(output[0], &byte, 1));
	(void)close(output[0]);
}

static void
finish(void)
{
	ATF_CHECK_EQ(0, kill(daemon_process, SIGKILL));
	ATF_CHECK_EQ(daemon_process, waitpid(daemon_process, NULL, 0));
	(void)fclose(calls);
	fixture_remove(&fixture);
}

static struct call
next_call(const char *what)
{
	struct call call;
	char line[1024];

	memset(&call, 0, sizeof(call));
	ATF_REQUIRE(fgets(line, sizeof(line), calls) != NULL);
	ATF_REQUIRE_EQ(5, sscanf(line, "%63s pid=%ld user=%63s tty=%*s "
	    "rhost=%*s euid=%ld children=%7s", call.what, &call.pid, call.user,
	    &call.euid, call.children));
	ATF_REQUIRE_STREQ(what, call.what);
	return call;
}

/* All that comes when a session ends, from the one process that opened it. */
static void
check_closed(const struct call *opened)
{
	struct call call = next_call("close_session");

	ATF_CHECK_EQ(opened->pid, call.pid);
	ATF_CHECK_EQ(0, call.euid);
	ATF_CHECK_STREQ("no", call.children);
	ATF_CHECK_STREQ(opened->user, call.user);
	(void)next_call("delete");
	(void)next_call("cleanup");
}

/* --- The client --------------------------------------------------------------------- */

static int
connect_client(void)
{
	struct sockaddr_un address;
	int client = socket(AF_UNIX, SOCK_STREAM, 0);

	memset(&address, 0, sizeof(address));
	address.sun_family = AF_UNIX;
	strcpy(address.sun_path, "socket");
	ATF_REQUIRE_EQ(0, connect(client, (const struct sockaddr *)&address,
	    sizeof(address)));
	return client;
}

static void
type(int client, const char *text)
{
	ATF_REQUIRE_EQ((ssize_t)strlen(text), write(client, text,
	    strlen(text)));
}

/* Reads until text was among it. */
static void
expect(int client, const char *text)
{
	char all[4096] = "";
	size_t length = 0;

	while (strstr(all, text) == NULL) {
		ATF_REQUIRE_MSG(length < sizeof(all) - 1 &&
		    read(client, &all[length], 1) == 1,
		    "no \"%s\" in \"%s\"", text, all);
		length++;
	}
}

static void
expect_end(int client)
{
	char byte;

	while (read(client, &byte, 1) == 1)
		continue;
	(void)close(client);
}

static int
log_in(const char *password)
{
	int client = connect_client();

	expect(client, "? ");
	type(client, user.pw_name);
	type(client, "\n");
	expect(client, "* Password");
	type(client, password);
	type(client, "\n");
	return client;
}

/* Up to the open session. */
static struct call
open_session(int *client)
{
	struct call call;

	*client = log_in("right");
	(void)next_call("authenticate");
	(void)next_call("acct_mgmt");
	(void)next_call("establish");
	call = next_call("open_session");
	ATF_CHECK_EQ(0, call.euid);
	return call;
}

/* --- Cases ---------------------------------------------------------------------------- */

FIXTURE_TC(session__is_closed_when_the_child_exits, "root")
{
	struct call opened;
	int client;

	start("");
	opened = open_session(&client);
	type(client, "echo uid=$(id -u) home=$(pwd)\n");
	expect(client, fixture_text("uid=%ld home=%s\n", (long)user.pw_uid,
	    user.pw_dir));
	type(client, "exit\n");
	expect_end(client);
	check_closed(&opened);
	finish();
}

FIXTURE_TC(session__is_closed_when_the_child_is_killed, "root")
{
	struct call opened;
	int client;

	start("");
	opened = open_session(&client);
	type(client, "kill -9 $$\n");
	expect_end(client);
	check_closed(&opened);
	finish();
}

FIXTURE_TC(session__is_closed_when_the_client_goes_away, "root")
{
	struct call opened;
	int client;

	start("");
	opened = open_session(&client);
	(void)close(client);
	check_closed(&opened);
	finish();
}

FIXTURE_TC(session__is_closed_when_the_monitor_is_told_to_end, "root")
{
	struct call opened;
	int client;

	start("");
	opened = open_session(&client);
	ATF_REQUIRE_EQ(0, kill((pid_t)opened.pid, SIGTERM));
	expect_end(client);
	check_closed(&opened);
	finish();
}

/* What the user leaves running keeps nothing open (but the connection). */
FIXTURE_TC(session__is_closed_when_the_child_leaves_something_behind, "root")
{
	struct call opened;
	int client;

	start("");
	opened = open_session(&client);
	type(client, "cat >/dev/null 2>&1 &\nexit\n");
	check_closed(&opened);
	(void)close(client);
	finish();
}

/* The child cannot do what the monitor is there for. */
FIXTURE_TC(session__cannot_be_reached_by_the_child, "root")
{
	struct call opened;
	int client;

	start("");
	opened = open_session(&client);
	type(client, fixture_text("kill -9 %ld || echo refused\n",
	    opened.pid));
	expect(client, "refused\n");
	(void)close(client);
	check_closed(&opened);
	finish();
}

static int
note_action(const struct pamport_record *record, void *action)
{
	*(enum pamport_record_action *)action = record->action;
	return 0;
}

static enum pamport_record_action
reap(void)
{
	enum pamport_record_action action = PAMPORT_RECORD_SET_ASIDE;
	const char *why;

	ATF_REQUIRE_EQ_MSG(PAM_SUCCESS, pamport_record_reap(0, 0, note_action,
	    &action, &why), "%s", why);
	return action;
}

/* Its shell goes on, and when that has ended another process closes. */
FIXTURE_TC(rule_39__session_of_a_killed_monitor_is_reaped, "root")
{
	struct call opened, call;
	int client;

	ATF_REQUIRE_EQ(0, setenv("PAMPORT_RECORDS", fixture_file("sessions"),
	    1));
	start("");
	opened = open_session(&client);
	type(client, "echo in\n");
	expect(client, "in\n");
	ATF_REQUIRE_EQ(0, kill((pid_t)opened.pid, SIGKILL));
	type(client, "echo still\n");
	expect(client, "still\n");
	ATF_CHECK_EQ(PAMPORT_RECORD_LEFT, reap());
	type(client, "exit\n");
	expect_end(client);
	while (reap() == PAMPORT_RECORD_LEFT)
		continue;
	call = next_call("close_session");
	ATF_CHECK(call.pid != opened.pid);
	ATF_CHECK_STREQ(opened.user, call.user);
	(void)next_call("delete");
	finish();
}

FIXTURE_TC(wrong_password__opens_nothing, "root")
{
	struct call opened;
	int client;

	start("");
	client = log_in("wrong");
	expect(client, "! Login incorrect\n");
	expect_end(client);
	/* Another one is served, and is the next to be heard of. */
	opened = open_session(&client);
	(void)close(client);
	check_closed(&opened);
	finish();
}

FIXTURE_TC(rule_36__shell_is_that_of_whom_the_module_chose, "root")
{
	struct call opened;
	int client;

	start("user=daemon");
	client = connect_client();
	expect(client, "* Password");
	type(client, "right\n");
	(void)next_call("authenticate");
	(void)next_call("acct_mgmt");
	(void)next_call("establish");
	opened = next_call("open_session");
	ATF_CHECK_STREQ("daemon", opened.user);
	type(client, "echo name=$(id -un)\n");
	expect(client, "name=daemon\n");
	(void)close(client);
	check_closed(&opened);
	finish();
}

FIXTURE_TC(failed_open__is_taken_back, "root")
{
	int client;

	start(fixture_text("open_session=%d", PAM_SESSION_ERR));
	(void)open_session(&client);
	(void)next_call("delete");
	(void)next_call("cleanup");
	expect_end(client);
	finish();
}

FIXTURE_TC(two_clients__have_a_session_each, "root")
{
	struct call first, second;
	int client, other;

	start("");
	first = open_session(&client);
	second = open_session(&other);
	ATF_CHECK(first.pid != second.pid);
	(void)close(client);
	check_closed(&first);
	type(other, "echo still\n");
	expect(other, "still\n");
	(void)close(other);
	check_closed(&second);
	finish();
}

ATF_TP_ADD_TCS(tp)
{
	ATF_TP_ADD_TC(tp, session__is_closed_when_the_child_exits);
	ATF_TP_ADD_TC(tp, session__is_closed_when_the_child_is_killed);
	ATF_TP_ADD_TC(tp, session__is_closed_when_the_client_goes_away);
	ATF_TP_ADD_TC(tp, session__is_closed_when_the_monitor_is_told_to_end);
	ATF_TP_ADD_TC(tp,
	    session__is_closed_when_the_child_leaves_something_behind);
	ATF_TP_ADD_TC(tp, session__cannot_be_reached_by_the_child);
	ATF_TP_ADD_TC(tp, rule_39__session_of_a_killed_monitor_is_reaped);
	ATF_TP_ADD_TC(tp, wrong_password__opens_nothing);
	ATF_TP_ADD_TC(tp, rule_36__shell_is_that_of_whom_the_module_chose);
	ATF_TP_ADD_TC(tp, failed_open__is_taken_back);
	ATF_TP_ADD_TC(tp, two_clients__have_a_session_each);

	return atf_no_error();
}
