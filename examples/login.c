/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A login(1) that is the same source on every system: no conditional in it
 * asks which one it is compiled for.  It is meant to be read by whoever keeps
 * such a program, and to be copied from.
 *
 *	root		start, authenticate (account, expired password)
 *	root		groups, open
 *	root, child	terminal, signals, setgid and setuid, environment, shell
 *	root		wait, close, free
 *
 * The session keeps the order, takes back what a failed step leaves, and closes
 * nothing that is not open: pamport_session(3).  Two decisions are login's own:
 *
 * The process that opened the session waits and closes it.  Modules keep what
 * closing needs in the memory of that process (pam_systemd a descriptor,
 * pam_mount its list), so neither an exec nor another process can do as well.
 *
 * From the first module that changes something until the last that takes it
 * back no signal may end this process, only make it end the shell.
 */
#include <sys/types.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <security/pam_appl.h>
#include <security/pam_misc.h>
#include <pamport/session.h>

#include "account.h"
#include "shell.h"

#define MAX_TRIES 3
#define FAIL_DELAY 1000000		/* microseconds; modules may ask for more */

#define STATUS_USAGE 2			/* besides those of the shell */

const char *const program_name = "login";

struct options {
	const char *service;
	const char *confdir;
	const char *host;
	const char *command;
	const char *shell;
	const char *user;
	bool records;
};

struct login {
	struct options options;
	pamport_session *session;
	unsigned int delay;		/* of the last try, in microseconds */
	struct account account;
};

/* Says what failed, if something has. */
static bool
succeeded(const struct login *login, int result)
{
	if (result != PAM_SUCCESS)
		complain("%s", pamport_session_error(login->session)->message);
	return result == PAM_SUCCESS;
}

/* --- Who is it? --- */

/*
 * The user is who the modules say, not who was typed: some map names.  One
 * whom they know and the system does not is as unknown as any other.
 */
static int
read_account(struct login *login)
{
	account_free(&login->account);
	return account_read(&login->account,
	    pamport_session_user(login->session), login->options.shell);
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
	pam_handle_t *pamh = pamport_session_handle(login->session);
	const char *user;
	int result;

	login->delay = 0;
	result = pam_get_user(pamh, &user, NULL);
	if (result != PAM_SUCCESS)
		return result;
	(void)pam_fail_delay(pamh, FAIL_DELAY);
	result = pamport_session_authenticate(login->session, 0);
	if (result != PAM_SUCCESS)
		return result;
	return read_account(login);
}

/* A wrong name or password can be typed again; an account stays as it is. */
static bool
may_try_again(const struct login *login, int result)
{
	enum pamport_session_step step =
	    pamport_session_error(login->session)->step;

	return !is_final(result) && (step == PAMPORT_STEP_NONE ||
	    step == PAMPORT_STEP_AUTHENTICATE || step == PAMPORT_STEP_USER);
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

/* What failed may have been the session's, or a call of login's own. */
static bool
tell_why(const struct login *login, int result)
{
	if (pamport_session_error(login->session)->code == result)
		return succeeded(login, result);
	complain("cannot log in: %s", pam_strerror(
	    pamport_session_handle(login->session), result));
	return false;
}

/*
 * Whatever was wrong, user or password, is told in the same words and after
 * the same time.  The name is asked again, since it may have been the name.
 */
static bool
authenticate(struct login *login)
{
	int i, result;

	for (i = 0; i < MAX_TRIES; i++) {
		result = try_once(login);
		if (result == PAM_SUCCESS)
			return true;
		wait_after_failure(login);
		if (!may_try_again(login, result))
			return tell_why(login, result);
		(void)fputs("Login incorrect\n", stderr);
		(void)pam_set_item(pamport_session_handle(login->session),
		    PAM_USER, NULL);
	}
	return false;
}

/* --- The session --- */

static int
run_session(struct login *login)
{
	int status;

	shell_note_signals();
	/* Before credentials, whose modules may add groups to these. */
	if (initgroups(login->account.name, login->account.gid) == -1) {
		complain("cannot set the groups of %s: %s",
		    login->account.name, strerror(errno));
		return EXIT_FAILURE;
	}
	if (!succeeded(login, pamport_session_open(login->session)))
		return EXIT_FAILURE;
	/* Who is in without a login record is in. */
	if (pamport_session_warning(login->session)[0] != '\0')
		complain("%s", pamport_session_warning(login->session));
	status = shell_run(login->session, &login->account,
	    login->options.command);
	(void)succeeded(login, pamport_session_close(login->session));
	return status;
}

/* --- The whole --- */

static bool
set_items(struct login *login)
{
	/* PAM takes a function as a pointer to void, ISO C only like this. */
	union {
		void (*function)(int, unsigned int, void *);
		const void *pointer;
	} delay = { note_delay };
	pamport_session *session = login->session;

	(void)pam_set_item(pamport_session_handle(session), PAM_FAIL_DELAY,
	    delay.pointer);
	return succeeded(login, pamport_session_set_item(session,
		PAM_USER_PROMPT, "login: ")) &&
	    succeeded(login, pamport_session_set_item(session,
		PAM_TTY, ttyname(STDIN_FILENO))) &&
	    succeeded(login, pamport_session_set_item(session,
		PAM_RHOST, login->options.host));
}

static bool
set_options(struct login *login)
{
	return !login->options.records || succeeded(login,
	    pamport_session_set_option(login->session,
	    PAMPORT_SESSION_ACCOUNTING, PAMPORT_ACCOUNTING_SHARED));
}

static int
log_in(const struct options *options)
{
	struct login login;
	struct pam_conv conversation = { misc_conv, &login };
	int status = EXIT_FAILURE;

	memset(&login, 0, sizeof(login));
	login.options = *options;
	if (succeeded(&login, pamport_session_start(options->service,
	    options->user, &conversation, options->confdir, &login.session)) &&
	    set_items(&login) && set_options(&login) && authenticate(&login))
		status = run_session(&login);
	account_free(&login.account);
	(void)pamport_session_free(login.session);
	return status;
}

static int
usage(void)
{
	(void)fputs("usage: login [-a] [-c command] [-d confdir] [-h host] "
	    "[-S shell] [-s service] [user]\n", stderr);
	return STATUS_USAGE;
}

/*
 * -a writes login records: utmpx, wtmp, lastlog, as this system has them and but
 * for what a module writes already.  Two options are for systems other than the
 * one that login was made for: -d names the directory of the services' files,
 * and -S a shell in place of the account's, for one that has none.
 */
static bool
parse_options(int argc, char *argv[], struct options *options)
{
	int letter;

	memset(options, 0, sizeof(*options));
	options->service = "login";
	while ((letter = getopt(argc, argv, "ac:d:h:S:s:")) != -1) {
		switch (letter) {
		case 'a': options->records = true; break;
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
	/* What the caller ignored or blocked is not login's to ignore. */
	shell_reset_signals();
	return log_in(&options);
}
