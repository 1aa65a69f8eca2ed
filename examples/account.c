/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the examples have in common besides PAM: see account.h.
 */
#include <sys/types.h>
#include <dirent.h>
#include <errno.h>
#include <pwd.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "account.h"

#define DEFAULT_SHELL "/bin/sh"
#define PATH_OF_ROOT \
    "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
#define PATH_OF_OTHERS "/usr/local/bin:/usr/bin:/bin"

extern char **environ;

enum status {				/* as sh(1) has them */
	STATUS_NOT_RUN = 126,
	STATUS_NOT_FOUND = 127,
	STATUS_SIGNAL = 128
};

void
complain(const char *format, ...)
{
	va_list arguments;

	(void)fprintf(stderr, "%s: ", program_name);
	va_start(arguments, format);
	(void)vfprintf(stderr, format, arguments);
	va_end(arguments);
	(void)fputc('\n', stderr);
}

/* --- The entry --- */

/*
 * The entry is copied: modules call getpwnam(3) too, and each call writes over
 * the last one's.
 */
static bool
copy(struct account *account, const struct passwd *entry, const char *shell)
{
	if (shell == NULL)
		shell = entry->pw_shell;
	if (shell == NULL || shell[0] == '\0')
		shell = DEFAULT_SHELL;
	account->name = strdup(entry->pw_name);
	account->home = strdup(entry->pw_dir == NULL ? "" : entry->pw_dir);
	account->shell = strdup(shell);
	account->uid = entry->pw_uid;
	account->gid = entry->pw_gid;
	return account->name != NULL && account->home != NULL &&
	    account->shell != NULL;
}

int
account_read(struct account *account, const char *user, const char *shell)
{
	const struct passwd *entry = user == NULL ? NULL : getpwnam(user);

	memset(account, 0, sizeof(*account));
	if (entry == NULL)
		return PAM_USER_UNKNOWN;
	if (!copy(account, entry, shell)) {
		account_free(account);
		return PAM_BUF_ERR;
	}
	return PAM_SUCCESS;
}

void
account_free(struct account *account)
{
	free(account->name);
	free(account->home);
	free(account->shell);
	memset(account, 0, sizeof(*account));
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
 * Nothing of the caller's environment but TERM, which describes the terminal,
 * and of the modules' what is not said already; their list is used up.
 */
static char **
user_environment(const struct account *account, const char *home,
    char **from_modules)
{
	char *own[6];
	char **environment, **from;
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
	for (from = from_modules; *from != NULL; from++) {
		if (has_variable(environment, *from))
			free(*from);
		else
			environment[n++] = *from;
	}
	free(from_modules);
	return environment;
}

/* A shell whose name begins with "-" is a login shell. */
static void
execute_login_shell(const char *shell)
{
	const char *base = strrchr(shell, '/');
	char *argv[2] = { NULL, NULL };

	argv[0] = join("-", base == NULL ? shell : base + 1);
	if (argv[0] == NULL)
		errno = ENOMEM;
	else
		(void)execv(shell, argv);
	free(argv[0]);
}

/*
 * The handle goes after the privileges, since a module may give the user some at
 * its end (pam_cap), and before anything of the user's runs.
 */
static bool
leave_session(pamport_session *session, const struct account *account)
{
	if (!drop_privileges(account)) {
		complain("cannot become %s", account->name);
		return false;
	}
	if (pamport_session_child(session) == PAM_SUCCESS)
		return true;
	complain("%s", pamport_session_error(session)->message);
	return false;
}

int
account_run(pamport_session *session, const struct account *account,
    char *const argv[])
{
	const char *program = argv == NULL ? account->shell : argv[0];
	char **from_modules = pamport_session_environment(session);
	char **environment;
	int error;

	if (from_modules == NULL) {
		complain("%s", pamport_session_error(session)->message);
		return STATUS_NOT_RUN;
	}
	if (!leave_session(session, account))
		return STATUS_NOT_RUN;
	environment = user_environment(account, enter_home(account),
	    from_modules);
	if (environment == NULL) {
		complain("no memory for the environment");
		return STATUS_NOT_RUN;
	}
	close_descriptors();
	environ = environment;
	if (argv == NULL)
		execute_login_shell(account->shell);
	else
		(void)execvp(program, argv);
	error = errno;
	complain("cannot run %s: %s", program, strerror(error));
	return error == ENOENT ? STATUS_NOT_FOUND : STATUS_NOT_RUN;
}

int
account_run_command(pamport_session *session, const struct account *account,
    const char *command)
{
	char option[] = "-c";
	char *argv[4] = { NULL, NULL, NULL, NULL };
	int status;

	if (command == NULL)
		return account_run(session, account, NULL);
	argv[0] = account->shell;
	argv[1] = option;
	argv[2] = join(command, "");
	if (argv[2] == NULL) {
		complain("no memory for the command");
		return STATUS_NOT_RUN;
	}
	status = account_run(session, account, argv);
	free(argv[2]);
	return status;
}

int
account_exit_status(int status)
{
	if (status == -1)
		return EXIT_FAILURE;
	if (WIFSIGNALED(status))
		return STATUS_SIGNAL + WTERMSIG(status);
	return WEXITSTATUS(status);
}
