/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A module that writes down how it is called, and answers as it is told.
 *
 *	log=FILE	append a line for each call
 *	FUNCTION=CODE	what FUNCTION returns, a number; PAM_SUCCESS otherwise
 *	user=NAME	what authenticate sets PAM_USER to
 *	env=NAME=VALUE	what open_session puts into the environment
 *	password=TEXT	what authenticate asks for
 *	unknown=NAME	the user whom it does not know
 *	wait=FUNCTION	write the process into gate=FIFO, and wait until that is
 *			opened for writing
 *
 * A line reads "open_session pid=1 user=games tty=/dev/pts/0 rhost=- euid=0
 * children=no".  setcred is written as what it shall do, "establish" or
 * "delete", a change of the password as "prelim_check" and "update", with
 * "-expired" if only an expired one is to be changed, and the end of the
 * handle as "cleanup".
 */
#include <config.h>

#include <sys/types.h>
#include <sys/wait.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <security/pam_appl.h>
#include <security/pam_modules.h>

#ifndef PAM_EXTERN
#define PAM_EXTERN
#endif

#define DATA_NAME "pamport-recorder"
#define DATA_SILENT 0x40000000U		/* only L has a name for it */

/* Old Solaris has none in its prototypes. */
#ifdef PAMPORT_NATIVE_CONST
#define CONST const
#else
#define CONST
#endif

/* The value of the argument NAME=VALUE, NULL without one. */
static const char *
argument(int argc, const char **argv, const char *name)
{
	size_t length = strlen(name);
	int i;

	for (i = 0; i < argc; i++)
		if (strncmp(argv[i], name, length) == 0 &&
		    argv[i][length] == '=')
			return argv[i] + length + 1;
	return NULL;
}

static const char *
item(pam_handle_t *pamh, int number)
{
	CONST void *value = NULL;

	if (pam_get_item(pamh, number, &value) != PAM_SUCCESS || value == NULL)
		return "-";
	return value;
}

/* Asked without waiting for one: a zombie is a child as well. */
static const char *
has_children(void)
{
	siginfo_t info;

	if (waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == -1 &&
	    errno == ECHILD)
		return "no";
	return "yes";
}

static void
record(pam_handle_t *pamh, const char *file, const char *what)
{
	FILE *log;

	if (file == NULL || (log = fopen(file, "a")) == NULL)
		return;
	(void)fprintf(log, "%s pid=%ld user=%s tty=%s rhost=%s euid=%ld "
	    "children=%s\n", what, (long)getpid(), item(pamh, PAM_USER),
	    item(pamh, PAM_TTY), item(pamh, PAM_RHOST), (long)geteuid(),
	    has_children());
	(void)fclose(log);
}

static void
clean_up(pam_handle_t *pamh, void *data, int status)
{
	char *file = data;

	/* In a child only the memory goes, as pam_end(3) of L asks. */
	if (((unsigned int)status & DATA_SILENT) == 0)
		record(pamh, file, "cleanup");
	free(file);
}

/* Each open waits for the other side: so who tests knows that it is here. */
static void
wait_at(const char *gate)
{
	FILE *fifo = fopen(gate, "w");

	if (fifo == NULL)
		return;
	(void)fprintf(fifo, "%ld\n", (long)getpid());
	(void)fclose(fifo);
	fifo = fopen(gate, "r");
	if (fifo != NULL)
		(void)fclose(fifo);
}

static int
called(pam_handle_t *pamh, const char *what, const char *function, int argc,
    const char **argv)
{
	const char *file = argument(argc, argv, "log");
	const char *code = argument(argc, argv, function);
	const char *wait = argument(argc, argv, "wait");
	const char *gate = argument(argc, argv, "gate");
	char *copy;

	record(pamh, file, what);
	if (wait != NULL && gate != NULL && strcmp(wait, function) == 0)
		wait_at(gate);
	copy = file == NULL ? NULL : strdup(file);
	/* It stays the first one's: setting it again calls the cleanup. */
	if (copy != NULL && (strcmp(what, "authenticate") != 0 ||
	    pam_set_data(pamh, DATA_NAME, copy, clean_up) != PAM_SUCCESS))
		free(copy);
	return code == NULL ? PAM_SUCCESS : atoi(code);
}

/* The answer to one prompt, NULL without one. */
static char *
ask(pam_handle_t *pamh)
{
	static char text[] = "Password: ";
	CONST void *item_value = NULL;
	CONST struct pam_conv *conv;
	struct pam_message message;
	CONST struct pam_message *list = &message;
	struct pam_response *response = NULL;
	char *answer;

	if (pam_get_item(pamh, PAM_CONV, &item_value) != PAM_SUCCESS ||
	    item_value == NULL)
		return NULL;
	conv = item_value;
	message.msg_style = PAM_PROMPT_ECHO_OFF;
	message.msg = text;
	if (conv->conv(1, &list, &response, conv->appdata_ptr) != PAM_SUCCESS ||
	    response == NULL)
		return NULL;
	answer = response->resp;
	free(response);
	return answer;
}

static int
check_password(pam_handle_t *pamh, const char *password, const char *unknown)
{
	CONST char *user = NULL;
	char *answer;
	int is_right;

	if (pam_get_user(pamh, &user, NULL) != PAM_SUCCESS || user == NULL)
		return PAM_AUTH_ERR;
	answer = ask(pamh);
	if (answer == NULL)
		return PAM_CONV_ERR;
	is_right = strcmp(answer, password) == 0;
	free(answer);
	if (unknown != NULL && strcmp(user, unknown) == 0)
		return PAM_USER_UNKNOWN;
	return is_right ? PAM_SUCCESS : PAM_AUTH_ERR;
}

PAM_EXTERN int
pam_sm_authenticate(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
	const char *user = argument(argc, argv, "user");
	const char *password = argument(argc, argv, "password");
	int result = PAM_SUCCESS;

	(void)flags;
	if (user != NULL)
		(void)pam_set_item(pamh, PAM_USER, user);
	if (password != NULL)
		result = check_password(pamh, password,
		    argument(argc, argv, "unknown"));
	if (result != PAM_SUCCESS)
		return result;
	return called(pamh, "authenticate", "authenticate", argc, argv);
}

PAM_EXTERN int
pam_sm_setcred(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
	const char *what = "setcred";
	unsigned int bits = (unsigned int)flags;

	if ((bits & PAM_ESTABLISH_CRED) != 0)
		what = "establish";
	else if ((bits & PAM_DELETE_CRED) != 0)
		what = "delete";
	return called(pamh, what, what, argc, argv);
}

PAM_EXTERN int
pam_sm_acct_mgmt(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
	(void)flags;
	return called(pamh, "acct_mgmt", "acct_mgmt", argc, argv);
}

PAM_EXTERN int
pam_sm_open_session(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
	const char *assignment = argument(argc, argv, "env");

	(void)flags;
	if (assignment != NULL)
		(void)pam_putenv(pamh, assignment);
	return called(pamh, "open_session", "open_session", argc, argv);
}

PAM_EXTERN int
pam_sm_close_session(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
	(void)flags;
	return called(pamh, "close_session", "close_session", argc, argv);
}

PAM_EXTERN int
pam_sm_chauthtok(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
	unsigned int bits = (unsigned int)flags;
	int is_expired = (bits & PAM_CHANGE_EXPIRED_AUTHTOK) != 0;
	const char *what = is_expired ? "update-expired" : "update";

	if ((bits & PAM_PRELIM_CHECK) != 0)
		what = is_expired ? "prelim_check-expired" : "prelim_check";
	return called(pamh, what, what, argc, argv);
}
