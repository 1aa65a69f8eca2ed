/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Runs a command as a user, in a session of its own, as cron(8) and at(1) do:
 * nobody is authenticated, nobody can be asked, and there is no terminal.  The
 * same source on every system.
 *
 * Account management still decides: a locked or expired account runs nothing.
 * An expired password is no reason to change it here, and none to run the job.
 */
#include <sys/types.h>
#include <errno.h>
#include <grp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <security/openpam.h>

#include "account.h"

#define STATUS_USAGE 2			/* besides those of the command */

const char *const program_name = "cronjob";

static volatile sig_atomic_t job, pending;

/*
 * No signal that others send to end it may end this process while the session is
 * open: it ends the job, and with it the waiting.
 */
static void
pass_on(int number)
{
	int error = errno;

	pending = number;
	if (job > 0) {
		(void)kill((pid_t)job, number);
		(void)kill(-(pid_t)job, number);
	}
	errno = error;
}

static void
handle_signals(void (*handler)(int))
{
	static const int numbers[] = { SIGHUP, SIGINT, SIGQUIT, SIGTERM };
	struct sigaction action;
	size_t i;

	memset(&action, 0, sizeof(action));
	action.sa_handler = handler;
	action.sa_flags = SA_RESTART;
	sigemptyset(&action.sa_mask);
	for (i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		(void)sigaction(numbers[i], &action, NULL);
	/* Nobody reading what is complained of is no reason to end. */
	(void)signal(SIGPIPE, handler == SIG_DFL ? SIG_DFL : SIG_IGN);
}

static int
run_child(pamport_session *session, const struct account *account,
    const char *command)
{
	/* What is typed or signalled to cronjob's group is not meant for it. */
	(void)setsid();
	handle_signals(SIG_DFL);
	/* It may have come while the handler was still cronjob's. */
	if (pending != 0)
		(void)raise((int)pending);
	return account_run_command(session, account, command);
}

static int
run(pamport_session *session, const struct account *account,
    const char *command)
{
	int status = -1;
	pid_t child;

	handle_signals(pass_on);
	if (initgroups(account->name, account->gid) == -1) {
		complain("cannot set the groups of %s: %s", account->name,
		    strerror(errno));
		return EXIT_FAILURE;
	}
	if (pamport_session_open(session) != PAM_SUCCESS) {
		complain("%s", pamport_session_error(session)->message);
		return EXIT_FAILURE;
	}
	child = fork();
	if (child == 0)
		_exit(run_child(session, account, command));
	job = (sig_atomic_t)child;
	if (pending != 0)
		pass_on((int)pending);
	if (child == -1)
		complain("cannot fork: %s", strerror(errno));
	else if (pamport_session_wait(session, child, &status) != PAM_SUCCESS)
		complain("%s", pamport_session_error(session)->message);
	job = 0;
	if (pamport_session_close(session) != PAM_SUCCESS)
		complain("%s", pamport_session_error(session)->message);
	return account_exit_status(status);
}

static int
start_and_run(const char *service, const char *confdir, const char *user,
    const char *command)
{
	struct pam_conv nobody = { openpam_nullconv, NULL };
	struct account account;
	pamport_session *session;
	int status = EXIT_FAILURE;

	if (pamport_session_start(service, user, &nobody, confdir, &session) !=
	    PAM_SUCCESS || pamport_session_set_option(session,
	    PAMPORT_SESSION_CHANGE_EXPIRED, 0) != PAM_SUCCESS ||
	    pamport_session_set_option(session,
	    PAMPORT_SESSION_SILENT, 1) != PAM_SUCCESS ||
	    pamport_session_check_account(session, 0) != PAM_SUCCESS) {
		complain("%s", pamport_session_error(session)->message);
	} else if (account_read(&account, pamport_session_user(session),
	    "/bin/sh") != PAM_SUCCESS) {
		complain("there is no user %s", user);
	} else {
		status = run(session, &account, command);
		account_free(&account);
	}
	(void)pamport_session_free(session);
	return status;
}

int
main(int argc, char *argv[])
{
	const char *service = "cron", *confdir = NULL;
	int letter;

	while ((letter = getopt(argc, argv, "d:s:")) != -1) {
		switch (letter) {
		case 'd': confdir = optarg; break;
		case 's': service = optarg; break;
		default: optind = argc; break;
		}
	}
	if (argc - optind != 2) {
		(void)fputs("usage: cronjob [-d confdir] [-s service] user "
		    "command\n", stderr);
		return STATUS_USAGE;
	}
	if (getuid() != 0 || geteuid() != 0) {
		complain("only root can run a command as somebody else");
		return EXIT_FAILURE;
	}
	return start_and_run(service, confdir, argv[optind], argv[optind + 1]);
}
