/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pamport session run, open and close.
 */
#include <config.h>

#include <sys/types.h>
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
	if (geteuid() == 0 && getuid() == 0)
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

	memset(account, 0, sizeof(*account));
	*session = NULL;
	if (!is_root())
		return false;
	return !has_failed(*session, pamport_session_start(service,
	    given->argument[0], &nobody, given->value[SESSION_CONFDIR],
	    session)) &&
	    !has_failed(*session, set_up(*session, given, tty)) &&
	    open_for(*session, account);
}

/* --- run ---------------------------------------------------------------------------- */

static volatile sig_atomic_t child, pending;

/* Whoever ends this process ends the program, and the session with it. */
static void
pass_on(int number)
{
	pending = number;
	if (child > 0)
		(void)kill((pid_t)child, number);
}

static void
handle(void (*handler)(int), void (*of_keys)(int))
{
	struct sigaction action;

	memset(&action, 0, sizeof(action));
	sigemptyset(&action.sa_mask);
	action.sa_handler = handler;
	(void)sigaction(SIGHUP, &action, NULL);
	(void)sigaction(SIGTERM, &action, NULL);
	/* These come from the keys of the terminal, and to the program, too. */
	action.sa_handler = of_keys;
	(void)sigaction(SIGINT, &action, NULL);
	(void)sigaction(SIGQUIT, &action, NULL);
}

static int
run_child(pamport_session *session, const struct account *account,
    const struct given *given)
{
	handle(SIG_DFL, SIG_DFL);
	if (pending != 0)
		(void)raise((int)pending);
	return account_run(session, account,
	    given->count > 1 ? given->argument + 1 : NULL);
}

static int
run_program(pamport_session *session, const struct account *account,
    const struct given *given)
{
	int status = -1;
	pid_t forked = fork();

	if (forked == 0)
		_exit(run_child(session, account, given));
	if (forked == -1) {
		complain("cannot fork: %s", strerror(errno));
		return STATUS_NOT_OPENED;
	}
	child = (sig_atomic_t)forked;
	if (pending != 0)
		pass_on((int)pending);
	/* The program may have ended already: then there is none to name. */
	(void)pamport_session_set_leader(session, forked);
	(void)has_failed(session, pamport_session_wait(session, forked,
	    &status));
	return account_exit_status(status);
}

int
session_run(const struct given *given)
{
	pamport_session *session;
	struct account account;
	int status = STATUS_NOT_OPENED;

	handle(pass_on, SIG_IGN);
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
	else if (geteuid() != 0)
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
	int status = EXIT_GOOD;

	if (!is_root())
		return EXIT_USAGE;
	if (has_failed(session, attach(given, &session)) ||
	    has_failed(session, pamport_session_close(session)))
		status = EXIT_DIFFERS;
	else if (pamport_session_warning(session)[0] != '\0')
		complain("%s", pamport_session_warning(session));
	(void)pamport_session_free(session);
	return status;
}
