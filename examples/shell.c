/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The part of login that has little to do with PAM: becoming the user, and
 * waiting for the user's shell.  See shell.h.
 */
#include <sys/types.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "account.h"
#include "shell.h"

static const int noted_signals[] = { SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP };
#define NOTED_SIGNALS (sizeof(noted_signals) / sizeof(noted_signals[0]))

static volatile sig_atomic_t must_end;

/* --- Signals --- */

static void
note(int number)
{
	if (number == SIGHUP || number == SIGTERM)
		must_end = 1;
}

static void
do_nothing(int number)
{
	(void)number;
}

static void
handle(int number, void (*handler)(int), int flags)
{
	struct sigaction action;

	memset(&action, 0, sizeof(action));
	action.sa_handler = handler;
	action.sa_flags = flags;
	sigemptyset(&action.sa_mask);
	(void)sigaction(number, &action, NULL);
}

/*
 * Caught, not ignored and not blocked: programs that modules start get the
 * default back by exec.
 */
void
shell_note_signals(void)
{
	size_t i;

	for (i = 0; i < NOTED_SIGNALS; i++)
		handle(noted_signals[i], note, SA_RESTART);
}

/* Neither login nor the shell inherits what the caller had set. */
void
shell_reset_signals(void)
{
	sigset_t none;
	int i;

	for (i = 1; i < NSIG; i++)
		handle(i, SIG_DFL, 0);
	sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
}

/* --- The terminal --- */

/* A change of the foreground from the background stops who asks for it. */
static void
set_foreground(pid_t group)
{
	handle(SIGTTOU, SIG_IGN, 0);
	(void)tcsetpgrp(STDIN_FILENO, group);
	handle(SIGTTOU, SIG_DFL, 0);
}

/*
 * In the child.  A terminal that controls login's own session, as getty makes
 * it, goes to a process group of the shell: no system lets it move to a new
 * session while the old one lives.  Any other becomes the controlling terminal
 * of a new session; without one the shell is alone in its session.
 */
static void
take_terminal(void)
{
	if (tcgetpgrp(STDIN_FILENO) != -1) {
		(void)setpgid(0, 0);
	} else {
		(void)setsid();
		if (!isatty(STDIN_FILENO))
			return;
		(void)ioctl(STDIN_FILENO, TIOCSCTTY, 0);
	}
	set_foreground(getpgrp());
}

/* The terminal is the user's as long as the shell runs, as mesg(1) expects. */
static bool
lend_terminal(const struct account *account, struct stat *before)
{
	if (!isatty(STDIN_FILENO) || fstat(STDIN_FILENO, before) == -1)
		return false;
	if (fchown(STDIN_FILENO, account->uid, (gid_t)-1) == -1 ||
	    fchmod(STDIN_FILENO, S_IRUSR | S_IWUSR | S_IWGRP) == -1)
		complain("the terminal stays root's: %s", strerror(errno));
	return true;
}

static void
return_terminal(const struct stat *before)
{
	/* Modules may converse at close: in the background they would stop. */
	set_foreground(getpgrp());
	(void)fchown(STDIN_FILENO, before->st_uid, before->st_gid);
	(void)fchmod(STDIN_FILENO, before->st_mode & 07777);
}

/* --- The child --- */

static int
become_shell(pamport_session *session, const struct account *account,
    const char *command)
{
	take_terminal();
	shell_reset_signals();
	return account_run_command(session, account, command);
}

/* --- The parent --- */

/*
 * The hangup goes to the shell, and to its group where it has one already.
 * SIGTERM is passed on as a hangup too, since interactive shells ignore it;
 * one that is stopped has to run to notice.
 */
static void
pass_on(pid_t child)
{
	if (!must_end)
		return;
	must_end = 0;
	(void)kill(child, SIGHUP);
	(void)kill(-child, SIGHUP);
	(void)kill(child, SIGCONT);
	(void)kill(-child, SIGCONT);
}

/*
 * The caller has blocked the signals, so none gets lost between the look and
 * the sleep.  Only the end of the shell counts: one that is stopped lives, and
 * so does its session.
 */
static int
wait_for(pid_t child, const sigset_t *unblocked)
{
	int status;
	pid_t ended;

	while ((ended = waitpid(child, &status, WNOHANG)) != child) {
		if (ended == -1 && errno != EINTR) {
			complain("lost the shell: %s", strerror(errno));
			return EXIT_FAILURE;
		}
		pass_on(child);
		(void)sigsuspend(unblocked);
	}
	return account_exit_status(status);
}

static int
fork_shell(pamport_session *session, const struct account *account,
    const char *command)
{
	sigset_t blocked, before;
	pid_t child;
	int status = EXIT_FAILURE;

	/*
	 * SIGCHLD has a handler only here, where no module runs: theirs wait
	 * for children of their own.
	 */
	handle(SIGCHLD, do_nothing, 0);
	sigemptyset(&blocked);
	sigaddset(&blocked, SIGCHLD);
	sigaddset(&blocked, SIGHUP);
	sigaddset(&blocked, SIGTERM);
	(void)sigprocmask(SIG_BLOCK, &blocked, &before);
	child = fork();
	if (child == 0)
		_exit(become_shell(session, account, command));
	if (child == -1)
		complain("cannot fork: %s", strerror(errno));
	else
		status = wait_for(child, &before);
	handle(SIGCHLD, SIG_DFL, 0);
	(void)sigprocmask(SIG_SETMASK, &before, NULL);
	return status;
}

int
shell_run(pamport_session *session, const struct account *account,
    const char *command)
{
	struct stat terminal;
	bool is_lent = lend_terminal(account, &terminal);
	int status = fork_shell(session, account, command);

	if (is_lent)
		return_terminal(&terminal);
	return status;
}
