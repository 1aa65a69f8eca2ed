/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A login(1) that is the same source on every system: no conditional in it
 * asks which one it is compiled for.  It is meant to be read by whoever keeps
 * such a program, and to be copied from.
 *
 *	root		start, authenticate, account, expired password
 *	root		groups, credentials, open the session
 *	root, child	terminal, signals, setgid and setuid, environment, shell
 *	root		wait, close the session, delete the credentials, end
 *
 * Three decisions to know before changing it:
 *
 * The process that opened the session waits and closes it.  Modules keep what
 * closing needs in the memory of that process (pam_systemd a descriptor,
 * pam_mount its list), so neither an exec nor another process can do as well.
 *
 * The child never touches the handle.  What its copy points to belongs to the
 * parent; pam_end there would run the modules' cleanup a second time, on the
 * same sockets and files.  exec(3) takes the copy away, and _exit(2) does when
 * there is no exec.
 *
 * From the first module that changes something until the last that takes it
 * back no signal may end this process, only make it end the shell.
 */
#include <sys/types.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <security/pam_appl.h>
#include <security/pam_misc.h>

#include "shell.h"

#define MAX_TRIES 3
#define FAIL_DELAY 1000000		/* microseconds; modules may ask for more */

#define DEFAULT_SHELL "/bin/sh"
#define STATUS_USAGE 2			/* besides those of the shell */

struct options {
	const char *service;
	const char *confdir;
	const char *host;
	const char *command;
	const char *shell;
	const char *user;
};

struct login {
	struct options options;
	pam_handle_t *pamh;
	int result;			/* of the last call, for pam_end */
	unsigned int delay;		/* of the last try, in microseconds */
	struct account account;
};

/* --- Saying what failed --- */

void
complain(const char *format, ...)
{
	va_list arguments;

	(void)fputs("login: ", stderr);
	va_start(arguments, format);
	(void)vfprintf(stderr, format, arguments);
	va_end(arguments);
	(void)fputc('\n', stderr);
}

/* Remembers the result, and says it if it is none to go on with. */
static bool
succeeded(struct login *login, const char *what, int result)
{
	login->result = result;
	if (result == PAM_SUCCESS)
		return true;
	complain("%s: %s", what, pam_strerror(login->pamh, result));
	return false;
}

/* A step back is taken in any case; the first failure is the one that counts. */
static void
step_back(struct login *login, const char *what, int result)
{
	int first = login->result;

	(void)succeeded(login, what, result);
	if (first != PAM_SUCCESS)
		login->result = first;
}

/* --- Who is it? --- */

/*
 * The entry is copied: modules call getpwnam(3) too, and each call writes over
 * the last one's.
 */
static void
free_account(struct account *account)
{
	free(account->name);
	free(account->home);
	free(account->shell);
	memset(account, 0, sizeof(*account));
}

static bool
copy_account(struct account *account, const struct passwd *entry,
    const char *shell)
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

static const char *
current_user(const struct login *login)
{
	const char *user = NULL;

	if (pam_get_item(login->pamh, PAM_USER, &user) != PAM_SUCCESS)
		return NULL;
	return user;
}

/*
 * The user is who the modules say, not who was typed: some map names.  One
 * whom they know and the system does not is as unknown as any other.
 */
static int
read_account(struct login *login)
{
	const char *user = current_user(login);
	const struct passwd *entry;

	free_account(&login->account);
	entry = user == NULL ? NULL : getpwnam(user);
	if (entry == NULL)
		return PAM_USER_UNKNOWN;
	if (!copy_account(&login->account, entry, login->options.shell))
		return PAM_BUF_ERR;
	return PAM_SUCCESS;
}

/* A module that changes the user after the groups were set up gets no shell. */
static bool
is_same_user(struct login *login)
{
	const char *user = current_user(login);

	if (user != NULL && strcmp(user, login->account.name) == 0)
		return true;
	complain("a module changed the user from %s to %s",
	    login->account.name, user == NULL ? "nobody at all" : user);
	login->result = PAM_PERM_DENIED;
	return false;
}

/* Results after which another try cannot go better. */
static bool
is_final(int result)
{
	switch (result) {
	case PAM_ABORT:
	case PAM_BUF_ERR:
	case PAM_CONV_ERR:
	case PAM_MAXTRIES:
	case PAM_SYSTEM_ERR:
		return true;
	default:
		return false;
	}
}

/*
 * The name is asked here and not left to the first module: some make a wrong
 * password of the end of the input.
 */
static int
try_once(struct login *login)
{
	const char *user;
	int result;

	login->delay = 0;
	result = pam_get_user(login->pamh, &user, NULL);
	if (result != PAM_SUCCESS)
		return result;
	(void)pam_fail_delay(login->pamh, FAIL_DELAY);
	result = pam_authenticate(login->pamh, 0);
	if (result != PAM_SUCCESS)
		return result;
	return read_account(login);
}

/*
 * The item PAM_FAIL_DELAY, called at the end of every pam_authenticate with
 * the delay that modules and login asked for.  It is made later: a user whom
 * only the system does not know would be told by its lack.
 */
static void
note_delay(int result, unsigned int delay, void *data)
{
	struct login *login = data;

	(void)result;
	login->delay = delay;
}

static void
wait_after_failure(const struct login *login)
{
	struct timespec left;

	left.tv_sec = (time_t)(login->delay / 1000000);
	left.tv_nsec = (long)(login->delay % 1000000) * 1000;
	while (nanosleep(&left, &left) == -1 && errno == EINTR)
		continue;
}

/*
 * Whatever was wrong, user or password, is told in the same words and after
 * the same time.  The name is asked again, since it may have been the name.
 */
static bool
authenticate(struct login *login)
{
	int i;

	for (i = 0; i < MAX_TRIES; i++) {
		login->result = try_once(login);
		if (login->result == PAM_SUCCESS)
			return true;
		wait_after_failure(login);
		if (is_final(login->result))
			return succeeded(login, "cannot authenticate",
			    login->result);
		(void)fputs("Login incorrect\n", stderr);
		(void)pam_set_item(login->pamh, PAM_USER, NULL);
	}
	return false;
}

/*
 * Only PAM_NEW_AUTHTOK_REQD can be cured by a new password;
 * PAM_AUTHTOK_EXPIRED says that it is too late for that.
 */
static bool
check_account(struct login *login)
{
	int result = pam_acct_mgmt(login->pamh, 0);

	if (result != PAM_NEW_AUTHTOK_REQD)
		return succeeded(login, "this account cannot be used", result);
	return succeeded(login, "the expired password was not changed",
	    pam_chauthtok(login->pamh, PAM_CHANGE_EXPIRED_AUTHTOK));
}

/* --- The session --- */

static int
run_shell(const struct login *login)
{
	char **from_modules = pam_getenvlist(login->pamh);
	size_t i;
	int status;

	if (from_modules == NULL) {
		complain("no memory for the environment");
		return EXIT_FAILURE;
	}
	status = shell_run(&login->account, login->options.command,
	    from_modules);
	for (i = 0; from_modules[i] != NULL; i++)
		free(from_modules[i]);
	free(from_modules);
	return status;
}

/*
 * Each step back belongs to one step forth: what was not opened is not closed,
 * and credentials go even if closing fails.
 */
static int
run_session(struct login *login)
{
	pam_handle_t *pamh = login->pamh;
	int status = EXIT_FAILURE;

	shell_note_signals();
	/* Before setcred, whose modules may add groups to these. */
	if (initgroups(login->account.name, login->account.gid) == -1) {
		complain("cannot set the groups of %s: %s",
		    login->account.name, strerror(errno));
		return status;
	}
	if (!succeeded(login, "cannot establish credentials",
	    pam_setcred(pamh, PAM_ESTABLISH_CRED)))
		return status;
	if (is_same_user(login) && succeeded(login, "cannot open the session",
	    pam_open_session(pamh, 0))) {
		status = run_shell(login);
		step_back(login, "cannot close the session",
		    pam_close_session(pamh, 0));
	}
	step_back(login, "cannot delete credentials",
	    pam_setcred(pamh, PAM_DELETE_CRED));
	return status;
}

/* --- The whole --- */

/*
 * Items that nobody gave stay unset.  Access modules tell "" and an invented
 * name from no name at all.
 */
static bool
set_items(struct login *login)
{
	/* PAM takes a function as a pointer to void, ISO C only like this. */
	union {
		void (*function)(int, unsigned int, void *);
		const void *pointer;
	} delay = { note_delay };
	const char *tty = ttyname(STDIN_FILENO);
	const char *host = login->options.host;
	pam_handle_t *pamh = login->pamh;

	return succeeded(login, "cannot set the prompt",
		pam_set_item(pamh, PAM_USER_PROMPT, "login: ")) &&
	    succeeded(login, "cannot set the delay",
		pam_set_item(pamh, PAM_FAIL_DELAY, delay.pointer)) &&
	    (tty == NULL || succeeded(login, "cannot set the terminal",
		pam_set_item(pamh, PAM_TTY, tty))) &&
	    (host == NULL || succeeded(login, "cannot set the remote host",
		pam_set_item(pamh, PAM_RHOST, host)));
}

static int
log_in(const struct options *options)
{
	struct login login;
	struct pam_conv conversation = { misc_conv, &login };
	int status = EXIT_FAILURE;

	memset(&login, 0, sizeof(login));
	login.options = *options;
	/* Without a directory this is pam_start. */
	if (!succeeded(&login, "cannot start",
	    pam_start_confdir(options->service, options->user, &conversation,
	    options->confdir, &login.pamh)))
		return status;
	if (set_items(&login) && authenticate(&login) && check_account(&login)) {
		/* Changing the password may have changed the user as well. */
		login.result = read_account(&login);
		if (succeeded(&login, "cannot read the account", login.result))
			status = run_session(&login);
	}
	free_account(&login.account);
	(void)pam_end(login.pamh, login.result);
	return status;
}

static int
usage(void)
{
	(void)fputs("usage: login [-c command] [-d confdir] [-h host] "
	    "[-S shell] [-s service] [user]\n", stderr);
	return STATUS_USAGE;
}

/*
 * Two options are for systems other than the one that login was made for:
 * -d names the directory of the services' files, and -S a shell in place of
 * the account's, for one that has none.
 */
static bool
parse_options(int argc, char *argv[], struct options *options)
{
	int letter;

	memset(options, 0, sizeof(*options));
	options->service = "login";
	while ((letter = getopt(argc, argv, "c:d:h:S:s:")) != -1) {
		switch (letter) {
		case 'c': options->command = optarg; break;
		case 'd': options->confdir = optarg; break;
		case 'h': options->host = optarg; break;
		case 'S': options->shell = optarg; break;
		case 's': options->service = optarg; break;
		default: return false;
		}
	}
	if (optind < argc)
		options->user = argv[optind++];
	return optind == argc;
}

/* A file that is opened later must not become a standard stream. */
static bool
has_standard_streams(void)
{
	int descriptor;

	do {
		descriptor = open("/dev/null", O_RDWR);
	} while (descriptor >= 0 && descriptor <= STDERR_FILENO);
	if (descriptor < 0)
		return false;
	(void)close(descriptor);
	return true;
}

int
main(int argc, char *argv[])
{
	struct options options;

	if (!has_standard_streams())
		return EXIT_FAILURE;
	if (!parse_options(argc, argv, &options))
		return usage();
	/* Set-id it would give its caller any service and any shell. */
	if (getuid() != 0 || geteuid() != 0) {
		complain("only root can log a user in");
		return EXIT_FAILURE;
	}
	/* Modules lose their children to a caller that ignores SIGCHLD. */
	shell_reset_signals();
	return log_in(&options);
}
