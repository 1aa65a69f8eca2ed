/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Each call by itself, and a whole transaction.
 */
#include <config.h>

#include <stdlib.h>

#include "bench.h"

static pam_handle_t *pamh;
static int result;		/* that of the first call that failed */

static void
note(int code)
{
	if (code != PAM_SUCCESS && result == PAM_SUCCESS)
		result = code;
}

static void
begin(long parameter)
{
	(void)parameter;
	pamh = bench_start("");
	result = PAM_SUCCESS;
	note(pam_putenv(pamh, "ONE=1"));
	note(pam_putenv(pamh, "TWO=2"));
}

static void
end(long parameter)
{
	(void)parameter;
	note(pam_end(pamh, PAM_SUCCESS));
	bench_require(result == PAM_SUCCESS, "a call");
}

static void
nothing(long parameter)
{
	(void)parameter;
}

static void
start_end(long parameter)
{
	(void)parameter;
	bench_stir_heap();
	note(pam_end(bench_start(""), PAM_SUCCESS));
}

static void
transaction(long parameter)
{
	pam_handle_t *one;

	(void)parameter;
	bench_stir_heap();
	one = bench_start("");
	note(pam_open_session(one, 0));
	note(pam_close_session(one, 0));
	note(pam_end(one, PAM_SUCCESS));
}

/* For bindings that open no sessions. */
static void
check(long parameter)
{
	pam_handle_t *one = bench_start("");

	(void)parameter;
	note(pam_authenticate(one, 0));
	note(pam_acct_mgmt(one, 0));
	note(pam_end(one, PAM_SUCCESS));
}

static void
login(long parameter)
{
	pam_handle_t *one;

	(void)parameter;
	bench_stir_heap();
	one = bench_start("");
	note(pam_set_item(one, PAM_TTY, "tty1"));
	note(pam_authenticate(one, 0));
	note(pam_acct_mgmt(one, 0));
	note(pam_setcred(one, PAM_ESTABLISH_CRED));
	note(pam_open_session(one, 0));
	note(pam_close_session(one, 0));
	note(pam_setcred(one, PAM_DELETE_CRED));
	note(pam_end(one, PAM_SUCCESS));
}

static void
get_item(long parameter)
{
	BENCH_CONST void *item = NULL;

	(void)parameter;
	note(pam_get_item(pamh, PAM_USER, &item));
}

static void
set_item(long parameter)
{
	(void)parameter;
	note(pam_set_item(pamh, PAM_TTY, "tty1"));
}

static void
get_user(long parameter)
{
	BENCH_CONST char *user = NULL;

	(void)parameter;
	note(pam_get_user(pamh, &user, NULL));
}

static void
put_variable(long parameter)
{
	(void)parameter;
	note(pam_putenv(pamh, "TWO=2"));
}

static void
get_variable(long parameter)
{
	(void)parameter;
	if (pam_getenv(pamh, "TWO") == NULL)
		note(PAM_SYSTEM_ERR);
}

static void
get_variables(long parameter)
{
	char **list = pam_getenvlist(pamh), **one;

	(void)parameter;
	for (one = list; one != NULL && *one != NULL; one++)
		free(*one);
	free(list);
}

static void
get_text(long parameter)
{
	(void)parameter;
	if (pam_strerror(pamh, PAM_AUTH_ERR) == NULL)
		note(PAM_SYSTEM_ERR);
}

static void
authenticate(long parameter)
{
	(void)parameter;
	note(pam_authenticate(pamh, 0));
}

static void
account(long parameter)
{
	(void)parameter;
	note(pam_acct_mgmt(pamh, 0));
}

static void
credentials(long parameter)
{
	(void)parameter;
	note(pam_setcred(pamh, PAM_ESTABLISH_CRED));
}

static void
change(long parameter)
{
	(void)parameter;
	note(pam_chauthtok(pamh, 0));
}

static void
open_session(long parameter)
{
	(void)parameter;
	note(pam_open_session(pamh, 0));
}

static void
close_session(long parameter)
{
	(void)parameter;
	note(pam_close_session(pamh, 0));
}

/* --- Conversations: the service's module sends as many messages --- */

static void
begin_conversation(long parameter)
{
	pamh = bench_start(parameter == 0 ? "" : parameter == 1 ? "-1" :
	    parameter == 3 ? "-3" : "-32");
	result = PAM_SUCCESS;
}

const struct bench_scenario bench_calls[] = {
	{ "nothing", -1, 10000, NULL, nothing, NULL, 0 },
	{ "transaction", -1, 1000, begin, transaction, end, 0 },
	/* No other handle keeps the modules loaded. */
	{ "transaction.cold", -1, 50, NULL, transaction, NULL, 0 },
	{ "check.cold", -1, 50, NULL, check, NULL, 0 },
	{ "login", -1, 1000, begin, login, end, 0 },
	{ "start_end", -1, 1000, begin, start_end, end, 0 },
	{ "authenticate", -1, 1000, begin, authenticate, end, 0 },
	{ "acct_mgmt", -1, 1000, begin, account, end, 0 },
	{ "setcred", -1, 1000, begin, credentials, end, 0 },
	{ "chauthtok", -1, 1000, begin, change, end, 0 },
	{ "open_session", -1, 1000, begin, open_session, end, 0 },
	{ "close_session", -1, 1000, begin, close_session, end, 0 },
	{ "get_item", -1, 1000, begin, get_item, end, 0 },
	{ "set_item", -1, 1000, begin, set_item, end, 0 },
	{ "get_user", -1, 1000, begin, get_user, end, 0 },
	{ "putenv", -1, 1000, begin, put_variable, end, 0 },
	{ "getenv", -1, 1000, begin, get_variable, end, 0 },
	{ "getenvlist", -1, 1000, begin, get_variables, end, 0 },
	{ "strerror", -1, 1000, begin, get_text, end, 0 },
	{ "conversation", 0, 1000, begin_conversation, authenticate, end, 0 },
	{ "conversation", 1, 1000, begin_conversation, authenticate, end, 0 },
	{ "conversation", 3, 1000, begin_conversation, authenticate, end, 0 },
	{ "conversation", 32, 300, begin_conversation, authenticate, end, 0 },
	{ NULL, 0, 0, NULL, NULL, NULL, 0 }
};
