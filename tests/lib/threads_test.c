/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Threads, each with its own handles, and children in between.  How many
 * transactions there are says PAMPORT_TEST_TRANSACTIONS: `./quickstart check
 * threads' runs tens of thousands under the thread sanitizer, with the library,
 * the simulated libpam and the module all compiled for it.
 */
#include <config.h>

#include <sys/types.h>
#include <sys/wait.h>
#include <atf-c.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/internal.h"
#include <pamport/session.h>
#include "fixture.h"

#define THREADS 16
#define EACH 64			/* transactions of a thread in a round */
#define FORKS_EACH 16		/* a child after so many transactions */

/* What one thread does and finds; nobody else looks before it has ended. */
struct worker {
	pthread_t thread;
	const struct fixture *fixture;
	char user[32], secret[32];
	int transactions;
	int asked, shown;
	int failed;		/* the number of the transaction, from 1 */
	const char *what;
	int code;
};

/* --- The application's side ------------------------------------------------------ */

static int
answer(int n, const struct pam_message **msg, struct pam_response **resp,
    void *data)
{
	struct worker *worker = data;
	int i;

	*resp = calloc((size_t)n, sizeof(**resp));
	if (*resp == NULL)
		return PAM_BUF_ERR;
	for (i = 0; i < n; i++) {
		if (msg[i]->msg_style != PAM_PROMPT_ECHO_OFF) {
			worker->shown++;
			continue;
		}
		worker->asked++;
		(*resp)[i].resp = strdup(worker->secret);
	}
	return PAM_SUCCESS;
}

/* --- The module's side ----------------------------------------------------------- */

static int
say(pam_handle_t *pamh, struct pam_message *message, int n,
    struct pam_response **answers)
{
	PAMPORT__NATIVE_CONST struct pam_message *list[2];
	PAMPORT__NATIVE_CONST void *item = NULL;
	const struct pamport__native_conv *conv;

	list[0] = &message[0];
	list[1] = &message[1];
	*answers = NULL;
	if (pam_get_item(pamh, PAM_CONV, &item) != PAM_SUCCESS || item == NULL)
		return PAM_CONV_ERR;
	conv = item;
	return conv->conv(n, list, answers, conv->appdata_ptr);
}

/* Each user's secret is its name and one letter more. */
static int
ask_secret(pam_handle_t *pamh)
{
	static char prompt[] = "Password: ", text[] = "hello";
	struct pam_message message[2] = {
		{ .msg_style = PAM_TEXT_INFO, .msg = text },
		{ .msg_style = PAM_PROMPT_ECHO_OFF, .msg = prompt } };
	struct pam_response *answers;
	PAMPORT__NATIVE_CONST void *user = NULL;
	int result = say(pamh, message, 2, &answers);
	size_t length;

	if (result != PAM_SUCCESS)
		return result;
	if (pam_get_item(pamh, PAM_USER, &user) != PAM_SUCCESS || user == NULL)
		return PAM_USER_UNKNOWN;
	length = strlen(user);
	result = strncmp(answers[1].resp, user, length) == 0 &&
	    strcmp(answers[1].resp + length, "!") == 0 ? PAM_SUCCESS :
	    PAM_AUTH_ERR;
	free(answers[0].resp);
	free(answers[1].resp);
	free(answers);
	return result;
}

static int
show_text(pam_handle_t *pamh)
{
	static char text[] = "welcome";
	struct pam_message message[2] = {
		{ .msg_style = PAM_TEXT_INFO, .msg = text },
		{ .msg_style = PAM_ERROR_MSG, .msg = text } };
	struct pam_response *answers;
	int result = say(pamh, message, 2, &answers);

	free(answers);
	return result;
}

static int
module(pam_handle_t *pamh, const char *what, int flags)
{
	(void)flags;
	if (strcmp(what, "auth") == 0)
		return ask_secret(pamh);
	return strcmp(what, "open") == 0 ? show_text(pamh) : PAM_SUCCESS;
}

/* --- Transactions ------------------------------------------------------------------ */

static bool
is_good(struct worker *worker, const char *what, int code)
{
	if (code == PAM_SUCCESS)
		return true;
	worker->what = what;
	worker->code = code;
	return false;
}

static bool
use_handle(struct worker *worker, pam_handle_t *pamh)
{
	char **list;

	if (!is_good(worker, "item", pamport_set_item(pamh, PAM_TTY, "tty1")) ||
	    !is_good(worker, "putenv", pamport_putenv(pamh, "A=1")) ||
	    !is_good(worker, "auth", pamport_authenticate(pamh, 0)) ||
	    !is_good(worker, "account", pamport_acct_mgmt(pamh, 0)) ||
	    !is_good(worker, "setcred", pamport_setcred(pamh,
	    PAM_ESTABLISH_CRED)) ||
	    !is_good(worker, "open", pamport_open_session(pamh, 0)))
		return false;
	list = pamport_getenvlist(pamh);
	if (list == NULL || list[0] == NULL || strcmp(list[0], "A=1") != 0)
		return is_good(worker, "getenvlist", PAM_BUF_ERR);
	pamport__env_free(list);
	return is_good(worker, "close", pamport_close_session(pamh, 0)) &&
	    is_good(worker, "setcred", pamport_setcred(pamh, PAM_DELETE_CRED));
}

static bool
with_handle(struct worker *worker)
{
	struct pam_conv conv = { answer, worker };
	pam_handle_t *pamh;
	bool was_good;

	if (!is_good(worker, "start", fixture_start(worker->fixture,
	    worker->user, &conv, &pamh)))
		return false;
	was_good = use_handle(worker, pamh);
	return is_good(worker, "end", pamport_end(pamh, PAM_SUCCESS)) &&
	    was_good;
}

static bool
with_session(struct worker *worker)
{
	struct pam_conv conv = { answer, worker };
	pamport_session *session;
	bool was_good;

	if (!is_good(worker, "session_start", pamport_session_start(
	    worker->fixture->service, worker->user, &conv,
	    worker->fixture->confdir, &session)))
		return false;
	was_good = is_good(worker, "session_authenticate",
	    pamport_session_authenticate(session, 0)) &&
	    is_good(worker, "session_open", pamport_session_open(session)) &&
	    is_good(worker, "session_close", pamport_session_close(session));
	return is_good(worker, "session_free", pamport_session_free(session)) &&
	    was_good;
}

/*
 * A child of a process with threads may do little: it looks at a handle that it
 * got, and the parent, whose handle it is, goes on with it.
 */
static bool
fork_with_handle(struct worker *worker)
{
	struct pam_conv conv = { answer, worker };
	pam_handle_t *pamh;
	const char *user;
	pid_t child;
	int status = -1;

	if (!is_good(worker, "start", fixture_start(worker->fixture,
	    worker->user, &conv, &pamh)))
		return false;
	child = fork();
	if (child == 0)
		_exit(pamport_get_item(pamh, PAM_USER, &user) == PAM_SUCCESS &&
		    strcmp(user, worker->user) == 0 ? 0 : 1);
	if (child == -1)
		return is_good(worker, "fork", errno);
	if (waitpid(child, &status, 0) != child || status != 0)
		return is_good(worker, "child", status);
	return is_good(worker, "auth", pamport_authenticate(pamh, 0)) &&
	    is_good(worker, "end", pamport_end(pamh, PAM_SUCCESS));
}

static void *
work(void *data)
{
	struct worker *worker = data;
	bool is_root = geteuid() == 0, was_good = true;
	int i;

	for (i = 1; was_good && i <= worker->transactions; i++) {
		if (i % FORKS_EACH == 0)
			was_good = fork_with_handle(worker);
		else if (i % 4 == 0 && is_root)
			was_good = with_session(worker);
		else
			was_good = with_handle(worker);
		if (!was_good)
			worker->failed = i;
	}
	return NULL;
}

/* --- Rounds -------------------------------------------------------------------------- */

static int
transactions_wanted(void)
{
	const char *text = getenv("PAMPORT_TEST_TRANSACTIONS");
	int wanted = text == NULL ? 0 : atoi(text);

	return wanted > 0 ? wanted : 1;
}

/* How many went wrong: what one did, and what it was asked and shown. */
static int
check_worker(const struct worker *worker)
{
	/* One with the prompt; two at the opening, which a fork goes without. */
	int shown = 3 * worker->transactions -
	    2 * (worker->transactions / FORKS_EACH);

	if (worker->failed == 0 && worker->asked == worker->transactions &&
	    worker->shown == shown)
		return 0;
	(void)fprintf(stderr, "%s: transaction %d: %s gave %d; asked %d times, "
	    "shown %d of %d texts\n", worker->user, worker->failed,
	    worker->what == NULL ? "nothing" : worker->what, worker->code,
	    worker->asked, worker->shown, shown);
	return 1;
}

static int
run_threads(const struct fixture *fixture)
{
	static struct worker worker[THREADS];
	int failed = 0, i;

	memset(worker, 0, sizeof(worker));
	for (i = 0; i < THREADS; i++) {
		worker[i].fixture = fixture;
		worker[i].transactions = EACH;
		(void)snprintf(worker[i].user, sizeof(worker[i].user),
		    "user%d", i);
		(void)snprintf(worker[i].secret, sizeof(worker[i].secret),
		    "user%d!", i);
		if (pthread_create(&worker[i].thread, NULL, work,
		    &worker[i]) != 0)
			abort();
	}
	for (i = 0; i < THREADS; i++)
		if (pthread_join(worker[i].thread, NULL) != 0)
			abort();
	for (i = 0; i < THREADS; i++)
		failed += check_worker(&worker[i]);
	return failed;
}

/* Now that no other thread is left, a child may do whatever it likes. */
static int
run_in_child(const struct fixture *fixture)
{
	struct worker worker = { .fixture = fixture, .transactions = 8,
	    .user = "child", .secret = "child!" };
	pid_t child = fork();
	int status;

	if (child == 0) {
		(void)work(&worker);
		_exit(check_worker(&worker));
	}
	return child == -1 || waitpid(child, &status, 0) != child || status != 0;
}

/*
 * A process a round: a module that comes and goes costs the thread sanitizer so
 * much address space that after some thousand times fork fails.
 */
static int
run_round(const struct fixture *fixture)
{
	pid_t child = fork();
	int status = -1;

	if (child == 0)
		_exit(run_threads(fixture) + run_in_child(fixture));
	if (child == -1 || waitpid(child, &status, 0) != child)
		return -1;
	return status;
}

ATF_TC_WITH_CLEANUP(rule_29__threads_with_their_own_handles);
ATF_TC_HEAD(rule_29__threads_with_their_own_handles, tc)
{
	atf_tc_set_md_var(tc, "timeout", "1200");
}
ATF_TC_CLEANUP(rule_29__threads_with_their_own_handles, tc)
{
	fixture_clean();
}
ATF_TC_BODY(rule_29__threads_with_their_own_handles, tc)
{
	struct fixture fixture;
	int done = 0, wanted = transactions_wanted();

	if (getenv("TEST_UNDER_VALGRIND") != NULL)
		atf_tc_skip("threads are for the thread sanitizer to look at");
	fixture_callback(&fixture, module);
	for (; done < wanted; done += THREADS * EACH)
		ATF_REQUIRE_EQ(0, run_round(&fixture));
	printf("%d transactions in %d threads, a child after %d of each\n",
	    done, THREADS, FORKS_EACH);
	fixture_remove(&fixture);
}

ATF_TP_ADD_TCS(tp)
{
	ATF_TP_ADD_TC(tp, rule_29__threads_with_their_own_handles);
	return atf_no_error();
}
