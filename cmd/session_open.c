/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pamport session run, open and close.
 */
#include <config.h>

#include <sys/types.h>
#include <sys/wait.h>
#include <errno.h>
#include <grp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd/session.h"
#include "examples/account.h"
#include <pamport/openpam.h>
#include <pamport/record.h>

#define DEFAULT_SERVICE "pamport"

static bool
is_root(void)
{
	return geteuid() == 0 && getuid() == 0;
}

static bool
require_root(void)
{
	if (is_root())
		return true;
	complain("only root can open and close sessions of others");
	return false;
}

static bool
has_failed(pamport_session *session, int result)
{
	if (result != PAM_SUCCESS)
		complain("%s", pamport_session_error(session)->message);
	return result != PAM_SUCCESS;
}

/* --- Opening ------------------------------------------------------------------- */

static int
set_up(pamport_session *session, const struct given *given, const char *tty)
{
	int result = PAM_SUCCESS;

	if (given->is_set[SESSION_TTY])
		tty = given->value[SESSION_TTY];
	result = pamport_session_set_option(session, PAMPORT_SESSION_RECORD,
	    PAMPORT_RECORD_REQUIRED);
	if (result == PAM_SUCCESS)
		result = pamport_session_set_option(session,
		    PAMPORT_SESSION_ACCOUNTING,
		    given->is_set[SESSION_ACCOUNTING] ?
		    PAMPORT_ACCOUNTING_SHARED : PAMPORT_ACCOUNTING_OFF);
	/* Nobody can be asked for a new password here. */
	if (result == PAM_SUCCESS)
		result = pamport_session_set_option(session,
		    PAMPORT_SESSION_CHANGE_EXPIRED, 0);
	if (result == PAM_SUCCESS)
		result = pamport_session_set_option(session,
		    PAMPORT_SESSION_WITHOUT_AUTHENTICATION,
		    given->is_set[SESSION_TRUST]);
	if (result == PAM_SUCCESS)
		result = pamport_session_set_item(session, PAM_TTY, tty);
	if (result == PAM_SUCCESS)
		result = pamport_session_set_item(session, PAM_RHOST,
		    given->value[SESSION_FROM]);
	if (result == PAM_SUCCESS && !given->is_set[SESSION_TRUST])
		result = pamport_session_check_account(session, 0);
	return result;
}

static bool
open_for(pamport_session *session, struct account *account)
{
	if (account_read(account, pamport_session_user(session), NULL) !=
	    PAM_SUCCESS) {
		complain("there is no such user here");
		return false;
	}
	if (initgroups(account->name, account->gid) == -1) {
		complain("cannot set the groups of %s: %s", account->name,
		    strerror(errno));
		return false;
	}
	if (has_failed(session, pamport_session_open(session)))
		return false;
	if (pamport_session_warning(session)[0] != '\0')
		complain("%s", pamport_session_warning(session));
	return true;
}

/* A session of the user who is named first; false after a complaint. */
static bool
start_and_open(const struct given *given, const char *tty,
    pamport_session **session, struct account *account)
{
	static const struct pam_conv nobody = { pamport_openpam_nullconv,
	    NULL };
	const char *service = given->is_set[SESSION_SERVICE] ?
	    given->value[SESSION_SERVICE] : DEFAULT_SERVICE;
	int result;

	memset(account, 0, sizeof(*account));
	*session = NULL;
	if (!require_root())
		return false;
	result = pamport_session_start(service, given->argument[0], &nobody,
	    given->value[SESSION_CONFDIR], session);
	return !has_failed(*session, result) &&
	    !has_failed(*session, set_up(*session, given, tty)) &&
	    open_for(*session, account);
}

/* --- run ---------------------------------------------------------------------------- */

static volatile sig_atomic_t child, pending;

static const int signals[] = { SIGHUP, SIGTERM, SIGINT, SIGQUIT };
#define SIGNALS (sizeof(signals) / sizeof(signals[0]))
static struct sigaction before[SIGNALS];

/* Whoever ends this process ends the program, and the session with it. */
static void
pass_on(int number)
{
	int error = errno;

	pending = number;
	if (child > 0)
		(void)kill((pid_t)child, number);
	errno = error;
}

/* What the caller ignores, as nohup(1) does, stays ignored. */
static void
catch_signals(void)
{
	struct sigaction action;
	size_t i;

	memset(&action, 0, sizeof(action));
	sigemptyset(&action.sa_mask);
	action.sa_flags = SA_RESTART;
	for (i = 0; i < SIGNALS; i++) {
		/* These come from the keys, and to the program, too. */
		action.sa_handler = signals[i] == SIGINT ||
		    signals[i] == SIGQUIT ? SIG_IGN : pass_on;
		(void)sigaction(signals[i], NULL, &before[i]);
		if (before[i].sa_handler != SIG_IGN)
			(void)sigaction(signals[i], &action, NULL);
	}
}

/* Nothing runs before the record names it: reap would close its session. */
static int
run_child(pamport_session *session, const struct account *account,
    const struct given *given, const int *start)
{
	size_t i;
	char byte;

	for (i = 0; i < SIGNALS; i++)
		(void)sigaction(signals[i], &before[i], NULL);
	if (pending != 0)
		(void)raise((int)pending);
	(void)close(start[1]);
	if (read(start[0], &byte, 1) != 1)
		return STATUS_NOT_OPENED;
	return account_run(session, account,
	    given->count > 1 ? given->argument + 1 : NULL);
}

/* As long as it is not waited for, its number is no other process's. */
static void
await_end(pid_t forked)
{
	siginfo_t info;

	while (waitid(P_PID, (id_t)forked, &info, WEXITED | WNOWAIT) == -1 &&
	    errno == EINTR)
		continue;
	child = 0;
}

/* Who has ended already reads nothing. */
static void
tell_to_start(int pipe_end)
{
	void (*handler)(int) = signal(SIGPIPE, SIG_IGN);

	if (write(pipe_end, "", 1) == -1 && errno != EPIPE)
		complain("cannot start the command: %s", strerror(errno));
	(void)close(pipe_end);
	(void)signal(SIGPIPE, handler);
}

static int
run_program(pamport_session *session, const struct account *account,
    const struct given *given)
{
	int status = -1, start[2];
	pid_t forked = pipe(start) == -1 ? -1 : fork();

	if (forked == 0)
		_exit(run_child(session, account, given, start));
	if (forked == -1) {
		complain("cannot fork: %s", strerror(errno));
		return STATUS_NOT_OPENED;
	}
	child = (sig_atomic_t)forked;
	if (pending != 0)
		pass_on((int)pending);
	/* A signal may have ended it already: then there is none to name. */
	(void)pamport_session_set_leader(session, forked);
	(void)close(start[0]);
	tell_to_start(start[1]);
	await_end(forked);
	(void)has_failed(session, pamport_session_wait(session, forked,
	    &status));
	child = 0;
	return account_exit_status(status);
}

int
session_run(const struct given *given)
{
	pamport_session *session;
	struct account account;
	int status = STATUS_NOT_OPENED;

	catch_signals();
	if (start_and_open(given, ttyname(STDIN_FILENO), &session, &account)) {
		status = run_program(session, &account, given);
		(void)has_failed(session, pamport_session_close(session));
	}
	account_free(&account);
	(void)pamport_session_free(session);
	return status;
}

/* --- open and close ------------------------------------------------------------------- */

/* Whatever fails once it is open closes it again: its id would be lost. */
static int
announce(pamport_session *session, long leader)
{
	if (has_failed(session, pamport_session_set_leader(session,
	    (pid_t)leader)))
		return EXIT_DIFFERS;
	/* Nobody may be there to read the id: that is a failure, no end. */
	(void)signal(SIGPIPE, SIG_IGN);
	(void)puts(pamport_session_id(session));
	if (finish_output(EXIT_GOOD) != EXIT_GOOD)
		return EXIT_USAGE;
	return has_failed(session, pamport_session_detach(session)) ?
	    EXIT_DIFFERS : EXIT_GOOD;
}

int
session_open(const struct given *given)
{
	pamport_session *session;
	struct account account;
	long leader = (long)getppid();
	int status = EXIT_DIFFERS;

	if (!session_number(given, SESSION_LEADER, &leader))
		return EXIT_USAGE;
	if (start_and_open(given, NULL, &session, &account))
		status = announce(session, leader);
	else if (!is_root())
		status = EXIT_USAGE;
	account_free(&account);
	(void)pamport_session_free(session);
	return status;
}

static int
attach(const struct given *given, pamport_session **session)
{
	const char *user = given->argument[0], *tty;

	if (given->count == 1)
		return pamport_session_attach(user, NULL, session);
	tty = given->argument[1];
	if (!given->is_set[SESSION_SERVICE])
		return pamport_session_attach_tty(user, tty, NULL, session);
	return pamport_session_attach_login(given->value[SESSION_SERVICE],
	    user, tty, NULL, session);
}

int
session_close(const struct given *given)
{
	pamport_session *session = NULL;
	int result, status = EXIT_GOOD;

	if (given->count == 1 && given->is_set[SESSION_SERVICE])
		return usage_error(&pamport_session_command,
		    "close takes --service with a user and a terminal only");
	if (!require_root())
		return EXIT_USAGE;
	result = attach(given, &session);
	if (has_failed(session, result) ||
	    has_failed(session, pamport_session_close(session)))
		status = EXIT_DIFFERS;
	else if (pamport_session_warning(session)[0] != '\0')
		complain("%s", pamport_session_warning(session));
	(void)pamport_session_free(session);
	return status;
}
