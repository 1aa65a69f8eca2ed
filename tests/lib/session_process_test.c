/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sessions and processes: what a child may do, what the parent is told, SIGCHLD,
 * and what a daemon does to itself between open and close.
 */
#include <config.h>

#include <sys/types.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <atf-c.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "lib/session.h"
#include <pamport/pam_misc.h>
#include "fixture.h"
#include "scripted.h"

/* In a child ATF's own macros would speak for the parent. */
#define CHILD_CHECK(is_true) do { \
	if (!(is_true)) { \
		(void)fprintf(stderr, "line %d: %s\n", __LINE__, #is_true); \
		_exit(1); \
	} \
} while (0)

static struct fixture fixture;
static pamport_session *session;

static void
start(void)
{
	scripted_service(&fixture);
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_start(fixture.service,
	    "alice", NULL, fixture.confdir, &session));
}

static void
open_it(void)
{
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_authenticate(session, 0));
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_open(session));
	scripted_check("auth acct establish open ");
}

static void
finish(void)
{
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_free(session));
	fixture_remove(&fixture);
}

static pid_t
fork_child(void (*body)(void))
{
	pid_t child = fork();

	ATF_REQUIRE(child != -1);
	if (child == 0) {
		body();
		_exit(0);
	}
	return child;
}

static int
status_of(pid_t child)
{
	int status;

	ATF_REQUIRE_EQ(child, waitpid(child, &status, 0));
	return status;
}

/* --- Rule 10: the child and the handle -------------------------------------------- */

static void
note_cleanup(pam_handle_t *pamh, void *data, int status)
{
	FILE *file = fopen("cleanups", "a");

	(void)pamh;
	(void)data;
	if (file == NULL)
		return;
	(void)fprintf(file, "%s %s\n", getpid() == *(pid_t *)data ? "parent" :
	    "child", (status & (int)PAM_DATA_SILENT) != 0 ? "silent" : "loud");
	(void)fclose(file);
}

static pid_t parent;

static void
set_data(pam_handle_t *pamh)
{
	parent = getpid();
	ATF_CHECK_EQ(PAM_SUCCESS, pam_set_data(pamh, "pamport-test", &parent,
	    note_cleanup));
}

static bool
knows_data_silent(void)
{
	return PAMPORT__PLATFORM->id == PAMPORT_LINUX_PAM;
}

static void
let_go(void)
{
	CHILD_CHECK(pamport_session_child(session) == PAM_SUCCESS);
	CHILD_CHECK(pamport_session_state(session) == PAMPORT_SESSION_CHILD);
	CHILD_CHECK(pamport_session_handle(session) == NULL);
	CHILD_CHECK(pamport_session_environment(session) == NULL);
	CHILD_CHECK(pamport_session_user(session) == NULL);
	CHILD_CHECK(pamport_session_close(session) == PAM_SYSTEM_ERR);
	CHILD_CHECK(pamport_session_child(session) == PAM_SYSTEM_ERR);
	CHILD_CHECK(pamport_session_free(session) == PAM_SUCCESS);
	CHILD_CHECK(strstr(scripted_events, "close") == NULL);
}

FIXTURE_TC(rule_10__child_lets_go_of_the_handle, "root")
{
	start();
	scripted_do("auth", set_data);
	open_it();
	ATF_CHECK_EQ(0, status_of(fork_child(let_go)));
	finish();
	scripted_check("close delete ");
	ATF_CHECK(atf_utils_compare_file("cleanups", knows_data_silent() ?
	    "child silent\nparent loud\n" : "parent loud\n"));
}

/* What is forgotten is as good as told: nothing of the parent's is undone. */
static void
disobey(void)
{
	CHILD_CHECK(pamport_session_authenticate(session, 0) ==
	    PAM_SYSTEM_ERR);
	CHILD_CHECK(pamport_session_open(session) == PAM_SYSTEM_ERR);
	CHILD_CHECK(pamport_session_close(session) == PAM_SYSTEM_ERR);
	CHILD_CHECK(pamport_session_error(session)->step ==
	    PAMPORT_STEP_ORDER);
	CHILD_CHECK(strstr(pamport_session_error(session)->message,
	    "started this session") != NULL);
	CHILD_CHECK(strcmp(pamport_session_user(session), "alice") == 0);
	CHILD_CHECK(pamport_session_free(session) == PAM_SUCCESS);
	CHILD_CHECK(scripted_events[0] == '\0');
}

FIXTURE_TC(rule_33__other_process_closes_nothing, "root")
{
	start();
	open_it();
	ATF_CHECK_EQ(0, status_of(fork_child(disobey)));
	finish();
	scripted_check("close delete ");
}

static void
take_environment_first(void)
{
	char **environment = pamport_session_environment(session);

	CHILD_CHECK(environment != NULL &&
	    strcmp(environment[0], "FROM=module") == 0);
	CHILD_CHECK(pamport_session_child(session) == PAM_SUCCESS);
	CHILD_CHECK(strcmp(environment[0], "FROM=module") == 0);
	(void)execle("/bin/sh", "sh", "-c", "test \"$FROM\" = module",
	    (char *)NULL, environment);
	_exit(2);
}

static void
put_variable(pam_handle_t *pamh)
{
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_putenv(pamh, "FROM=module"));
}

FIXTURE_TC(child__execs_with_the_environment_of_modules, "root")
{
	int status = -1;

	start();
	scripted_do("open", put_variable);
	open_it();
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_wait(session,
	    fork_child(take_environment_first), &status));
	ATF_CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	finish();
	scripted_check("close delete ");
}

/* The password that a module left in the handle is not the user's to read. */
static void
set_token(pam_handle_t *pamh)
{
	ATF_CHECK_EQ(PAM_SUCCESS, pam_set_item(pamh, PAM_AUTHTOK,
	    "pamport-secret"));
}

static void
look_for_token(void)
{
	pam_handle_t *pamh = pamport_session_handle(session);
	const char *token = NULL;

	/* L frees the handle, and wipes it; there is nothing to ask then. */
	CHILD_CHECK(pamport_session_child(session) == PAM_SUCCESS);
	if (!knows_data_silent() &&
	    pamport_get_item(pamh, PAM_AUTHTOK, &token) == PAM_SUCCESS)
		CHILD_CHECK(token == NULL);
}

FIXTURE_TC(rule_10__child_has_no_token, "root")
{
	start();
	scripted_do("open", set_token);
	open_it();
	ATF_CHECK_EQ(0, status_of(fork_child(look_for_token)));
	finish();
}

/* --- The parent waits ---------------------------------------------------------------- */

static int to_child[2], to_parent[2];

static void
make_pipes(void)
{
	ATF_REQUIRE_EQ(0, pipe(to_child));
	ATF_REQUIRE_EQ(0, pipe(to_parent));
}

/* Both ends read until the other has closed its own. */
static void
await_end(int pipe_to[2])
{
	char byte;

	(void)close(pipe_to[1]);
	while (read(pipe_to[0], &byte, 1) == -1 && errno == EINTR)
		continue;
}

static void
exit_3(void)
{
	_exit(3);
}

static void
kill_self(void)
{
	(void)raise(SIGKILL);
}

FIXTURE_TC(wait__gives_the_status, "root")
{
	int status;

	start();
	open_it();
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_wait(session,
	    fork_child(exit_3), &status));
	ATF_CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 3);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_wait(session,
	    fork_child(kill_self), &status));
	ATF_CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_wait(session,
	    fork_child(exit_3), NULL));
	ATF_CHECK_EQ(PAMPORT_SESSION_OPEN, pamport_session_state(session));
	finish();
	scripted_check("close delete ");
}

FIXTURE_TC(wait__ignored_children_have_no_status, "root")
{
	int status = 0;

	start();
	open_it();
	ATF_REQUIRE(signal(SIGCHLD, SIG_IGN) != SIG_ERR);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_wait(session,
	    fork_child(exit_3), &status));
	ATF_CHECK_EQ(-1, status);
	finish();
	scripted_check("close delete ");
}

static volatile sig_atomic_t reaped;

static void
reap_all(int number)
{
	(void)number;
	while (waitpid(-1, NULL, WNOHANG) > 0)
		reaped++;
}

static void
install(void (*handler)(int), int flags)
{
	struct sigaction action;

	memset(&action, 0, sizeof(action));
	action.sa_handler = handler;
	action.sa_flags = flags;
	sigemptyset(&action.sa_mask);
	ATF_REQUIRE_EQ(0, sigaction(SIGCHLD, &action, NULL));
}

static void
await_reaped(int n)
{
	sigset_t child, before;

	sigemptyset(&child);
	sigaddset(&child, SIGCHLD);
	ATF_REQUIRE_EQ(0, sigprocmask(SIG_BLOCK, &child, &before));
	while (reaped < n)
		(void)sigsuspend(&before);
	ATF_REQUIRE_EQ(0, sigprocmask(SIG_SETMASK, &before, NULL));
}

FIXTURE_TC(wait__child_that_the_application_reaped, "root")
{
	int status = 0;
	pid_t child;

	start();
	open_it();
	install(reap_all, 0);
	child = fork_child(exit_3);
	await_reaped(1);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_wait(session, child,
	    &status));
	ATF_CHECK_EQ(-1, status);
	finish();
}

/* Its child has ended, and has its number for a moment more. */
static void
reap_later(void)
{
	static const struct timespec moment = { 0, 50L * 1000 * 1000 };
	pid_t child = fork_child(exit_3);
	siginfo_t info;

	CHILD_CHECK(waitid(P_PID, (id_t)child, &info, WEXITED | WNOWAIT) == 0);
	CHILD_CHECK(write(to_parent[1], &child, sizeof(child)) ==
	    (ssize_t)sizeof(child));
	(void)nanosleep(&moment, NULL);
	CHILD_CHECK(waitpid(child, NULL, 0) == child);
}

FIXTURE_TC(wait__number_of_the_dead_is_given_back_late, "root")
{
	pid_t reaper, dead;
	int status = 0;

	start();
	open_it();
	make_pipes();
	reaper = fork_child(reap_later);
	ATF_REQUIRE_EQ((ssize_t)sizeof(dead),
	    read(to_parent[0], &dead, sizeof(dead)));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_wait(session, dead,
	    &status));
	ATF_CHECK_EQ(-1, status);
	ATF_CHECK_EQ(0, status_of(reaper));
	finish();
}

static void
wait_to_be_told(void)
{
	await_end(to_child);
}

static void
tell_child(int number)
{
	(void)number;
	(void)close(to_child[0]);
	(void)close(to_child[1]);
}

/* A signal is handled, and does not end the waiting. */
FIXTURE_TC(wait__goes_on_after_a_signal, "root")
{
	struct sigaction action;
	int status = -1;
	pid_t child;

	start();
	open_it();
	make_pipes();
	memset(&action, 0, sizeof(action));
	action.sa_handler = tell_child;
	ATF_REQUIRE_EQ(0, sigaction(SIGALRM, &action, NULL));
	child = fork_child(wait_to_be_told);
	/* The child ends only after the signal has come. */
	(void)alarm(1);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_wait(session, child,
	    &status));
	ATF_CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	finish();
}

FIXTURE_TC(wait__others_are_not_waited_for, "root")
{
	start();
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_session_wait(session, 1, NULL));
	ATF_CHECK_EQ(PAMPORT_STEP_WAIT, pamport_session_error(session)->step);
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_session_wait(session, 0, NULL));
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_session_wait(session, -1, NULL));
	finish();
}

/* --- Children that outlive ------------------------------------------------------------ */

static void
leave_a_daemon(void)
{
	if (fork() == 0) {
		(void)close(to_parent[0]);
		await_end(to_child);
		_exit(0);
	}
}

/* What the user left running keeps no session open. */
FIXTURE_TC(close__what_the_child_left_running_does_not_matter, "root")
{
	start();
	open_it();
	make_pipes();
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_wait(session,
	    fork_child(leave_a_daemon), NULL));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_close(session));
	scripted_check("close delete ");
	/* It still ran: it holds its end until it is told. */
	(void)close(to_parent[1]);
	ATF_CHECK_EQ(0, fcntl(to_child[1], F_GETFD));
	(void)close(to_child[1]);
	await_end(to_parent);
	finish();
}

/* --- Rule 37: SIGCHLD ------------------------------------------------------------------ */

static void (*handler_seen)(int);

static void
see_handler(pam_handle_t *pamh)
{
	struct sigaction action;

	(void)pamh;
	ATF_REQUIRE_EQ(0, sigaction(SIGCHLD, NULL, &action));
	handler_seen = action.sa_handler;
}

static const char *const events[] = { "auth", "acct", "prelim", "update",
    "establish", "open", "close", "delete" };

static void (*handlers[8])(int);

static void
see_one(pam_handle_t *pamh)
{
	size_t i = 0;
	const char *last = strrchr(scripted_events, ' ');

	/* The name of the last event, which has a blank behind it. */
	while (last > scripted_events && last[-1] != ' ')
		last--;
	while (i < 8 && strncmp(events[i], last, strlen(events[i])) != 0)
		i++;
	ATF_REQUIRE(i < 8);
	see_handler(pamh);
	handlers[i] = handler_seen;
}

FIXTURE_TC(rule_37__sigchld_is_at_its_default_while_modules_run, "root")
{
	size_t i;

	start();
	for (i = 0; i < 8; i++) {
		handlers[i] = SIG_ERR;
		scripted_do(events[i], see_one);
	}
	scripted_return("acct", PAM_NEW_AUTHTOK_REQD);
	install(reap_all, SA_RESTART);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_authenticate(session, 0));
	see_handler(NULL);
	ATF_CHECK(handler_seen == reap_all);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_open(session));
	see_handler(NULL);
	ATF_CHECK(handler_seen == reap_all);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_close(session));
	finish();
	see_handler(NULL);
	ATF_CHECK(handler_seen == reap_all);
	for (i = 0; i < 8; i++)
		ATF_CHECK_MSG(handlers[i] == SIG_DFL, "%s", events[i]);
}

FIXTURE_TC(rule_37__sigchld_is_kept_if_asked, "root")
{
	start();
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_set_option(session,
	    PAMPORT_SESSION_KEEP_SIGCHLD, 1));
	scripted_do("open", see_handler);
	install(reap_all, 0);
	open_it();
	ATF_CHECK(handler_seen == reap_all);
	finish();
}

static int helper_status;

/* As unix_chkpwd is run. */
static void
run_helper(pam_handle_t *pamh)
{
	pid_t helper = fork();

	(void)pamh;
	if (helper == 0)
		_exit(7);
	if (waitpid(helper, &helper_status, 0) != helper)
		helper_status = -1;
}

FIXTURE_TC(rule_37__helpers_keep_their_status, "root")
{
	start();
	ATF_REQUIRE(signal(SIGCHLD, SIG_IGN) != SIG_ERR);
	scripted_do("open", run_helper);
	open_it();
	ATF_CHECK(WIFEXITED(helper_status) && WEXITSTATUS(helper_status) == 7);
	install(reap_all, 0);
	scripted_do("close", run_helper);
	helper_status = -1;
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_close(session));
	ATF_CHECK(WIFEXITED(helper_status) && WEXITSTATUS(helper_status) == 7);
	finish();
}

static pid_t bystander;

/* A child of the application ends while a module runs. */
static void
end_bystander(pam_handle_t *pamh)
{
	siginfo_t info;

	(void)pamh;
	ATF_REQUIRE_EQ(0, kill(bystander, SIGKILL));
	ATF_REQUIRE_EQ(0, waitid(P_PID, (id_t)bystander, &info,
	    WEXITED | WNOWAIT));
}

static void
pause_for_ever(void)
{
	for (;;)
		(void)pause();
}

FIXTURE_TC(rule_37__application_is_told_of_what_it_missed, "root")
{
	start();
	install(reap_all, 0);
	bystander = fork_child(pause_for_ever);
	scripted_do("open", end_bystander);
	open_it();
	await_reaped(1);
	ATF_CHECK_EQ(1, reaped);
	finish();
}

/* Who waits for it by sigwait has it blocked, and at its default. */
FIXTURE_TC(rule_37__pending_signal_is_not_thrown_away, "root")
{
	sigset_t child, pending;

	start();
	sigemptyset(&child);
	sigaddset(&child, SIGCHLD);
	ATF_REQUIRE_EQ(0, sigprocmask(SIG_BLOCK, &child, NULL));
	(void)fork_child(exit_3);
	while (sigpending(&pending) == 0 && !sigismember(&pending, SIGCHLD))
		continue;
	open_it();
	ATF_REQUIRE_EQ(0, sigpending(&pending));
	ATF_CHECK(sigismember(&pending, SIGCHLD));
	finish();
}

FIXTURE_TC(rule_37__no_zombie_is_left_to_who_wants_none, "root")
{
	start();
	ATF_REQUIRE(signal(SIGCHLD, SIG_IGN) != SIG_ERR);
	bystander = fork_child(pause_for_ever);
	scripted_do("open", end_bystander);
	open_it();
	ATF_CHECK(waitpid(bystander, NULL, WNOHANG) == -1 && errno == ECHILD);
	finish();
}

static void *
visit_modules(void *data)
{
	int i;

	(void)data;
	for (i = 0; i < 2000; i++) {
		pamport__sigchld_default();
		see_handler(NULL);
		if (handler_seen != SIG_DFL)
			return data;
		pamport__sigchld_restore();
	}
	return NULL;
}

/* Two threads that restore each other's default would lose the handler. */
FIXTURE_TC(rule_37__threads_do_not_lose_the_handler, "")
{
	pthread_t threads[4];
	void *failed;
	size_t i;

	install(reap_all, 0);
	for (i = 0; i < 4; i++)
		ATF_REQUIRE_EQ(0, pthread_create(&threads[i], NULL,
		    visit_modules, &threads));
	for (i = 0; i < 4; i++) {
		ATF_REQUIRE_EQ(0, pthread_join(threads[i], &failed));
		ATF_CHECK(failed == NULL);
	}
	see_handler(NULL);
	ATF_CHECK(handler_seen == reap_all);
}

/* --- What daemons do to themselves ---------------------------------------------------------- */

/*
 * S reads its configuration again at close [c05, a16g]: the session was open,
 * cannot be closed, and the caller is told.
 */
static void
close_after_chroot(void)
{
	bool rereads = PAMPORT__PLATFORM->id == PAMPORT_SOLARIS;
	int result;

	start();
	open_it();
	CHILD_CHECK(mkdir("empty", 0755) == 0 && chroot("empty") == 0);
	result = pamport_session_close(session);
	CHILD_CHECK(rereads == (result != PAM_SUCCESS));
	CHILD_CHECK(pamport_session_error(session)->step == (rereads ?
	    PAMPORT_STEP_CLOSE : PAMPORT_STEP_NONE));
	CHILD_CHECK(strcmp(scripted_events, rereads ? "" :
	    "close delete ") == 0);
	(void)pamport_session_free(session);
}

FIXTURE_TC(rule_25__close_after_chroot, "root")
{
	ATF_CHECK_EQ(0, status_of(fork_child(close_after_chroot)));
}

static void
close_without_descriptors(void)
{
	int fd;

	start();
	open_it();
	for (fd = 0; fd < 256; fd++)
		(void)close(fd);
	/* Nothing can be said any more: the number tells. */
	if (pamport_session_close(session) != PAM_SUCCESS)
		_exit(2);
	if (strcmp(scripted_events, "close delete ") != 0)
		_exit(3);
	if (pamport_session_free(session) != PAM_SUCCESS)
		_exit(4);
}

FIXTURE_TC(close__with_every_descriptor_closed, "root")
{
	ATF_CHECK_EQ(0, status_of(fork_child(close_without_descriptors)));
}

ATF_TP_ADD_TCS(tp)
{
	ATF_TP_ADD_TC(tp, rule_10__child_lets_go_of_the_handle);
	ATF_TP_ADD_TC(tp, rule_33__other_process_closes_nothing);
	ATF_TP_ADD_TC(tp, child__execs_with_the_environment_of_modules);
	ATF_TP_ADD_TC(tp, rule_10__child_has_no_token);
	ATF_TP_ADD_TC(tp, wait__gives_the_status);
	ATF_TP_ADD_TC(tp, wait__ignored_children_have_no_status);
	ATF_TP_ADD_TC(tp, wait__child_that_the_application_reaped);
	ATF_TP_ADD_TC(tp, wait__number_of_the_dead_is_given_back_late);
	ATF_TP_ADD_TC(tp, wait__goes_on_after_a_signal);
	ATF_TP_ADD_TC(tp, wait__others_are_not_waited_for);
	ATF_TP_ADD_TC(tp, close__what_the_child_left_running_does_not_matter);
	ATF_TP_ADD_TC(tp, rule_37__sigchld_is_at_its_default_while_modules_run);
	ATF_TP_ADD_TC(tp, rule_37__sigchld_is_kept_if_asked);
	ATF_TP_ADD_TC(tp, rule_37__helpers_keep_their_status);
	ATF_TP_ADD_TC(tp, rule_37__application_is_told_of_what_it_missed);
	ATF_TP_ADD_TC(tp, rule_37__pending_signal_is_not_thrown_away);
	ATF_TP_ADD_TC(tp, rule_37__no_zombie_is_left_to_who_wants_none);
	ATF_TP_ADD_TC(tp, rule_37__threads_do_not_lose_the_handler);
	ATF_TP_ADD_TC(tp, rule_25__close_after_chroot);
	ATF_TP_ADD_TC(tp, close__with_every_descriptor_closed);

	return atf_no_error();
}
