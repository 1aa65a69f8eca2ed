/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The part of login that has little to do with PAM: becoming the user, and
 * waiting for the user's shell.  See shell.h.
 */
#include <sys/types.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "shell.h"

#define PATH_OF_ROOT \
    "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
#define PATH_OF_OTHERS "/usr/local/bin:/usr/bin:/bin"

enum status {				/* as sh(1) has them */
	STATUS_NOT_RUN = 126,
	STATUS_NOT_FOUND = 127,
	STATUS_SIGNAL = 128
};

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

/*
 * Group before user, or there is no right left to set it.  The other groups
 * are set already, before the modules that add to them.  That it worked is
 * looked at, not believed: root who stays root is the worst that can happen.
 */
static bool
drop_privileges(const struct account *account)
{
	if (setgid(account->gid) == -1 || setuid(account->uid) == -1)
		return false;
	if (getuid() != account->uid || geteuid() != account->uid ||
	    getgid() != account->gid || getegid() != account->gid)
		return false;
	return account->uid == 0 || (setuid(0) == -1 && seteuid(0) == -1);
}

/* As the user: root may be unable to enter a home on NFS, or able wrongly. */
static const char *
enter_home(const struct account *account)
{
	if (account->home[0] != '\0' && chdir(account->home) == 0)
		return account->home;
	complain("no home directory \"%s\", going on with HOME=/",
	    account->home);
	if (chdir("/") == -1)
		complain("cannot enter /: %s", strerror(errno));
	return "/";
}

/*
 * What modules and callers left open is not for the user.  /dev/fd lists it
 * on most systems and only 0 to 2 on some, hence the number to begin with.
 */
static void
close_descriptors(void)
{
	int highest = 1023;
	const struct dirent *entry;
	DIR *directory = opendir("/dev/fd");
	int fd;

	while (directory != NULL && (entry = readdir(directory)) != NULL) {
		fd = (int)strtol(entry->d_name, NULL, 10);
		if (fd > highest)
			highest = fd;
	}
	if (directory != NULL)
		(void)closedir(directory);
	for (fd = STDERR_FILENO + 1; fd <= highest; fd++)
		(void)close(fd);
}

/* NULL if there is no memory, or no value to give. */
static char *
join(const char *first, const char *second)
{
	size_t size;
	char *joined;

	if (second == NULL)
		return NULL;
	size = strlen(first) + strlen(second) + 1;
	joined = malloc(size);
	if (joined != NULL)
		(void)snprintf(joined, size, "%s%s", first, second);
	return joined;
}

/* Whether a variable of the name that assignment has is there. */
static bool
has_variable(char *const *environment, const char *assignment)
{
	size_t length = strcspn(assignment, "=") + 1;

	for (; *environment != NULL; environment++)
		if (strncmp(*environment, assignment, length) == 0)
			return true;
	return false;
}

/*
 * Nothing of login's own environment but TERM, which describes the terminal,
 * and of the modules' what is not login's to say.  Never freed: the next thing
 * is exec.
 */
static char **
shell_environment(const struct account *account, const char *home,
    char **from_modules)
{
	char *own[6];
	char **environment;
	size_t i, n = 0;

	own[0] = join("HOME=", home);
	own[1] = join("SHELL=", account->shell);
	own[2] = join("USER=", account->name);
	own[3] = join("LOGNAME=", account->name);
	own[4] = join("PATH=",
	    account->uid == 0 ? PATH_OF_ROOT : PATH_OF_OTHERS);
	own[5] = join("TERM=", getenv("TERM"));
	while (from_modules[n] != NULL)
		n++;
	environment = calloc(n + 7, sizeof(*environment));
	if (environment == NULL)
		return NULL;
	for (i = 0, n = 0; i < 6; i++) {
		if (own[i] != NULL)
			environment[n++] = own[i];
		else if (i != 5)
			return NULL;
	}
	for (; *from_modules != NULL; from_modules++)
		if (!has_variable(environment, *from_modules))
			environment[n++] = *from_modules;
	return environment;
}

/* A shell whose name begins with "-" is a login shell. */
static void
execute(const char *shell, const char *command, char **environment)
{
	const char *base = strrchr(shell, '/');
	char *name, *argument = NULL;
	char option[] = "-c";
	char *argv[4] = { NULL, NULL, NULL, NULL };

	base = base == NULL ? shell : base + 1;
	name = join(command == NULL ? "-" : "", base);
	argv[0] = name;
	if (command != NULL) {
		argument = join(command, "");
		argv[1] = option;
		argv[2] = argument;
	}
	if (name == NULL || (command != NULL && argument == NULL))
		errno = ENOMEM;
	else
		(void)execve(shell, argv, environment);
}

/*
 * Returns the status to end with; in the good case it does not return.  The
 * handle goes first: what is in it is not the user's to see.
 */
static int
become_shell(pamport_session *session, const struct account *account,
    const char *command)
{
	char **from_modules = pamport_session_environment(session);
	char **environment;
	int error;

	if (from_modules == NULL ||
	    pamport_session_child(session) != PAM_SUCCESS) {
		complain("%s", pamport_session_error(session)->message);
		return STATUS_NOT_RUN;
	}
	take_terminal();
	shell_reset_signals();
	if (!drop_privileges(account)) {
		complain("cannot become %s", account->name);
		return STATUS_NOT_RUN;
	}
	environment = shell_environment(account, enter_home(account),
	    from_modules);
	if (environment == NULL) {
		complain("no memory for the environment");
		return STATUS_NOT_RUN;
	}
	close_descriptors();
	execute(account->shell, command, environment);
	error = errno;
	complain("cannot run %s: %s", account->shell, strerror(error));
	return error == ENOENT ? STATUS_NOT_FOUND : STATUS_NOT_RUN;
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
	if (WIFSIGNALED(status))
		return STATUS_SIGNAL + WTERMSIG(status);
	return WEXITSTATUS(status);
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
