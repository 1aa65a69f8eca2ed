/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A daemon in the style of sshd, the same source on every system:
 * it listens on a local socket, and whoever connects logs in there and gets a
 * shell.
 *
 *	daemon		listens, forks a monitor for each connection
 *	monitor (root)	start, authenticate, groups, open,
 *			waits for the child, close, free
 *	child (user)	serves the connection
 *
 * The session is opened before the child drops its privileges, by the one
 * process that keeps them and outlives the child: the monitor.  So it is closed
 * with the rights that closing needs, however the child ends: by itself, by a
 * signal, or because the client went away.  A child that did the opening after
 * it became the user could never close.
 *
 * Nobody closes for a monitor that is killed, but with -r: then the session is
 * written down, and pamport session reap closes it.
 *
 * Talk before the shell is in lines: "? text" asks for one with echo, "* text"
 * without, "! text" is an error, ". text" is for information.
 */
#include <sys/types.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <errno.h>
#include <grp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <security/pam_appl.h>
#include <pamport/record.h>

#include "account.h"

#define STATUS_USAGE 2
#define GRACE_TIME 60			/* seconds to log in */
#define MAX_LINE 512
#define NO_CONNECTION (-1)

const char *const program_name = "monitord";

struct options {
	const char *service;
	const char *confdir;
	const char *shell;
	const char *socket;
	bool records;
};

/* --- The conversation, over the connection --- */

/* A compiler takes memset away from what is not read again. */
static void
wipe(volatile char *secret, size_t size)
{
	while (size-- > 0)
		secret[size] = '\0';
}

/* One byte at a time: what follows the line is for the shell to read. */
static char *
read_line(int connection)
{
	char line[MAX_LINE] = "";
	size_t length = 0;
	char *copy = NULL;

	while (length < sizeof(line) && read(connection, &line[length], 1) == 1 &&
	    line[length] != '\n')
		length++;
	/* Cut off by the end or the grace time, or too long: no answer. */
	if (length < sizeof(line) && line[length] == '\n') {
		line[length] = '\0';
		copy = strdup(line);
	}
	wipe(line, sizeof(line));
	return copy;
}

static void
say(int connection, char mark, const char *text)
{
	char line[MAX_LINE];
	int length = snprintf(line, sizeof(line), "%c %s\n", mark, text);

	if (length < 0)
		return;
	if ((size_t)length >= sizeof(line))
		length = (int)sizeof(line) - 1;
	/* A client that is gone is noticed when its answer is read. */
	if (send(connection, line, (size_t)length, 0) == -1)
		return;
}

static int
answer(int connection, const struct pam_message *message,
    struct pam_response *response)
{
	switch (message->msg_style) {
	case PAM_PROMPT_ECHO_ON:
	case PAM_PROMPT_ECHO_OFF:
		say(connection, message->msg_style == PAM_PROMPT_ECHO_ON ?
		    '?' : '*', message->msg);
		response->resp = read_line(connection);
		return response->resp == NULL ? PAM_CONV_ERR : PAM_SUCCESS;
	case PAM_ERROR_MSG:
		say(connection, '!', message->msg);
		return PAM_SUCCESS;
	case PAM_TEXT_INFO:
		say(connection, '.', message->msg);
		return PAM_SUCCESS;
	default:
		return PAM_CONV_ERR;
	}
}

static void
free_answers(struct pam_response *responses, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		if (responses[i].resp != NULL)
			wipe(responses[i].resp, strlen(responses[i].resp));
		free(responses[i].resp);
	}
	free(responses);
}

static int
converse(int n, const struct pam_message **messages,
    struct pam_response **responses, void *data)
{
	int connection = *(const int *)data, i, result = PAM_SUCCESS;
	struct pam_response *list = calloc((size_t)n, sizeof(*list));

	if (list == NULL)
		return PAM_BUF_ERR;
	for (i = 0; i < n && result == PAM_SUCCESS; i++)
		result = answer(connection, messages[i], &list[i]);
	if (result == PAM_SUCCESS)
		*responses = list;
	else
		free_answers(list, n);
	return result;
}

/* --- Signals of the monitor --- */

static volatile sig_atomic_t child, is_told_to_end;

/*
 * Who takes too long is refused: reading the answer fails, and modules are
 * asked no more.  No longjmp leaves them behind locked.
 */
static void
end_the_conversation(int number)
{
	(void)number;
	pamport_conv_cancel();
	/* It may have come just before the read that waits. */
	(void)alarm(1);
}

/* The session ends with the child, so a signal to the monitor is the child's. */
static void
pass_on(int number)
{
	int error = errno;

	(void)number;
	is_told_to_end = 1;
	if (child > 0)
		(void)kill((pid_t)child, SIGHUP);
	errno = error;
}

static void
handle(int number, void (*handler)(int))
{
	struct sigaction action;

	memset(&action, 0, sizeof(action));
	action.sa_handler = handler;
	/* But the read that the grace time ends. */
	action.sa_flags = number == SIGALRM ? 0 : SA_RESTART;
	sigemptyset(&action.sa_mask);
	(void)sigaction(number, &action, NULL);
}

/* All that others send to end it; the daemon itself may end by them. */
static void
handle_ends(void (*handler)(int))
{
	handle(SIGHUP, handler);
	handle(SIGINT, handler);
	handle(SIGQUIT, handler);
	handle(SIGTERM, handler);
}

/* --- The child --- */

static int
serve(pamport_session *session, const struct account *account, int connection)
{
	handle_ends(SIG_DFL);
	handle(SIGPIPE, SIG_DFL);
	handle(SIGCHLD, SIG_DFL);
	/* It may have come while the handler was still the monitor's. */
	if (is_told_to_end)
		return EXIT_FAILURE;
	if (setsid() == -1 || dup2(connection, STDIN_FILENO) == -1 ||
	    dup2(connection, STDOUT_FILENO) == -1 ||
	    dup2(connection, STDERR_FILENO) == -1)
		return EXIT_FAILURE;
	return account_run(session, account, NULL);
}

/* --- The monitor --- */

/* A signal that is on its way when the time is up must not come later. */
static void
end_grace_time(void)
{
	handle(SIGALRM, SIG_IGN);
	(void)alarm(0);
	handle(SIGALRM, SIG_DFL);
	pamport_conv_resume();
}

/* Before anyone is let in, as long as it takes, or until the client gives up. */
static bool
authenticate(pamport_session *session, const struct options *options,
    struct account *account)
{
	int result;

	handle(SIGALRM, end_the_conversation);
	(void)alarm(GRACE_TIME);
	result = pamport_session_authenticate(session, 0);
	end_grace_time();
	if (result != PAM_SUCCESS) {
		complain("%s", pamport_session_error(session)->message);
		return false;
	}
	result = account_read(account, pamport_session_user(session),
	    options->shell);
	if (result != PAM_SUCCESS)
		complain("the user has no account");
	return result == PAM_SUCCESS;
}

/* What is recorded is closed when this process is gone, and not before. */
static void
name_leader(pamport_session *session, const struct options *options,
    pid_t leader)
{
	if (options->records &&
	    pamport_session_set_leader(session, leader) != PAM_SUCCESS)
		complain("%s", pamport_session_error(session)->message);
}

static void
run_child(pamport_session *session, const struct options *options,
    const struct account *account, int *connection)
{
	pid_t forked = fork();

	if (forked == 0)
		_exit(serve(session, account, *connection));
	/*
	 * The client's end is to see the child's end; and what modules say at
	 * close is not to reach whatever has the number then.
	 */
	(void)close(*connection);
	*connection = NO_CONNECTION;
	if (forked == -1) {
		complain("cannot fork: %s", strerror(errno));
		return;
	}
	child = (sig_atomic_t)forked;
	name_leader(session, options, forked);
	if (is_told_to_end)
		pass_on(SIGTERM);
	if (pamport_session_wait(session, forked, NULL) != PAM_SUCCESS)
		complain("%s", pamport_session_error(session)->message);
	child = 0;
}

/* What went wrong without a failure: that nothing could be recorded. */
static void
warn(pamport_session *session)
{
	if (pamport_session_warning(session)[0] != '\0')
		complain("%s", pamport_session_warning(session));
}

static void
run_session(pamport_session *session, const struct options *options,
    const struct account *account, int *connection)
{
	handle_ends(pass_on);
	if (initgroups(account->name, account->gid) == -1) {
		complain("cannot set the groups of %s: %s", account->name,
		    strerror(errno));
		return;
	}
	if (pamport_session_open(session) != PAM_SUCCESS) {
		complain("%s", pamport_session_error(session)->message);
		return;
	}
	warn(session);
	run_child(session, options, account, connection);
}

static int
start(pamport_session **session, const struct options *options,
    const struct pam_conv *conversation)
{
	int result = pamport_session_start(options->service, NULL,
	    conversation, options->confdir, session);

	if (result == PAM_SUCCESS && options->records)
		result = pamport_session_set_option(*session,
		    PAMPORT_SESSION_RECORD, PAMPORT_RECORD_OPTIONAL);
	return result;
}

static void
monitor(const struct options *options, int connection)
{
	struct pam_conv conversation = { converse, &connection };
	struct account account;
	pamport_session *session;

	if (start(&session, options, &conversation) != PAM_SUCCESS) {
		complain("%s", pamport_session_error(session)->message);
	} else if (authenticate(session, options, &account)) {
		run_session(session, options, &account, &connection);
		account_free(&account);
	} else {
		say(connection, '!', "Login incorrect");
	}
	/* This closes what is open. */
	if (pamport_session_free(session) != PAM_SUCCESS)
		complain("the session was not closed without a failure");
}

/* --- The daemon --- */

static int
listen_at(const char *path)
{
	struct sockaddr_un address;
	int listener = socket(AF_UNIX, SOCK_STREAM, 0);
	mode_t mask;

	memset(&address, 0, sizeof(address));
	address.sun_family = AF_UNIX;
	if (strlen(path) >= sizeof(address.sun_path)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	strcpy(address.sun_path, path);
	/* Everybody may try. */
	mask = umask(0111);
	if (listener == -1 || bind(listener,
	    (const struct sockaddr *)&address, sizeof(address)) == -1 ||
	    listen(listener, 16) == -1)
		listener = -1;
	(void)umask(mask);
	return listener;
}

static void
serve_for_ever(const struct options *options, int listener)
{
	int connection;
	pid_t forked;

	for (;;) {
		connection = accept(listener, NULL, NULL);
		if (connection == -1) {
			complain("cannot accept: %s", strerror(errno));
			(void)sleep(1);
			continue;
		}
		forked = fork();
		if (forked == 0) {
			(void)close(listener);
			monitor(options, connection);
			_exit(EXIT_SUCCESS);
		}
		if (forked == -1)
			complain("cannot fork: %s", strerror(errno));
		(void)close(connection);
	}
}

static bool
parse_options(int argc, char *argv[], struct options *options)
{
	int letter;

	memset(options, 0, sizeof(*options));
	options->service = "monitord";
	while ((letter = getopt(argc, argv, "d:rS:s:")) != -1) {
		switch (letter) {
		case 'd': options->confdir = optarg; break;
		case 'r': options->records = true; break;
		case 'S': options->shell = optarg; break;
		case 's': options->service = optarg; break;
		default: return false;
		}
	}
	if (optind + 1 != argc)
		return false;
	options->socket = argv[optind];
	return true;
}

int
main(int argc, char *argv[])
{
	struct options options;
	int listener;

	if (!parse_options(argc, argv, &options)) {
		(void)fputs("usage: monitord [-r] [-d confdir] [-S shell] "
		    "[-s service] socket\n", stderr);
		return STATUS_USAGE;
	}
	if (getuid() != 0 || geteuid() != 0) {
		complain("only root can log users in");
		return EXIT_FAILURE;
	}
	handle(SIGPIPE, SIG_IGN);
	/* Monitors are not waited for; modules in them see it at its default. */
	handle(SIGCHLD, SIG_IGN);
	listener = listen_at(options.socket);
	if (listener == -1) {
		complain("cannot listen at %s: %s", options.socket,
		    strerror(errno));
		return EXIT_FAILURE;
	}
	(void)puts("ready");
	(void)fflush(stdout);
	serve_for_ever(&options, listener);
	return EXIT_FAILURE;
}
