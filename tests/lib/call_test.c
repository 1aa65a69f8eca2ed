/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The six calls: what reaches a module, what comes back, what is remembered and
 * what a trace says, with a real module under the PAM at hand.
 */
#include <config.h>

#include <sys/types.h>
#include <sys/stat.h>
#include <atf-c.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/internal.h"
#include "fixture.h"

static struct fixture fixture;
static pam_handle_t *pamh;

/* What the module saw of the last call, and what it is to return. */
static int seen, calls, returns;

static int
obey(pam_handle_t *handle, const char *what, int flags)
{
	(void)handle;
	(void)what;
	seen = flags;
	calls++;
	return returns;
}

/* All lines of the trace, each with its newline. */
static char trace[16384];

static void
collect(const char *line, void *data)
{
	ATF_CHECK(data == trace);
	ATF_CHECK(strchr(line, '\n') == NULL);
	ATF_REQUIRE(strlen(trace) + strlen(line) + 2 < sizeof(trace));
	strcat(strcat(trace, line), "\n");
}

static void
start(bool strict)
{
	fixture_callback(&fixture, obey);
	ATF_REQUIRE_EQ(PAM_SUCCESS, fixture_start(&fixture, "alice", NULL,
	    &pamh));
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_set_option(pamh,
	    PAMPORT_OPTION_STRICT, strict));
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_set_trace(pamh, collect, trace));
	trace[0] = '\0';
	returns = PAM_SUCCESS;
	calls = 0;
}

static void
finish(void)
{
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_end(pamh, PAM_SUCCESS));
	fixture_remove(&fixture);
}

/* Whether the trace says text, once. */
static bool
is_traced_once(const char *text)
{
	const char *first = strstr(trace, text);

	return first != NULL && strstr(first + 1, text) == NULL;
}

/* --- Flags ------------------------------------------------------------------ */

FIXTURE_TC(rule_20__only_silent_reaches_session_modules, "root")
{
	int others = (int)(PAM_ESTABLISH_CRED | PAM_DISALLOW_NULL_AUTHTOK |
	    0x10);

	start(false);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_open_session(pamh,
	    others | (int)PAM_SILENT));
	ATF_CHECK_EQ((int)PAM_SILENT, seen);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_close_session(pamh, others));
	ATF_CHECK_EQ(0, seen);
	ATF_CHECK(is_traced_once("rule 20"));
	finish();
}

FIXTURE_TC(rule_20__strict_refuses_other_flags, "root")
{
	start(true);
	ATF_CHECK_EQ(PAM_BAD_CONSTANT, pamport_open_session(pamh, 0x10));
	ATF_CHECK_EQ(PAM_BAD_CONSTANT, pamport_open_session(pamh, 0x10));
	ATF_CHECK_EQ(0, calls);
	ATF_CHECK(is_traced_once("rule 20"));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_open_session(pamh, (int)PAM_SILENT));
	ATF_CHECK_EQ(PAM_BAD_CONSTANT, pamport_close_session(pamh, 0x10));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_close_session(pamh, 0));
	finish();
}

/* Natively modules of O and S see 0 [c08]. */
FIXTURE_TC(rule_21__no_action_establishes, "")
{
	start(false);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_setcred(pamh, 0));
	ATF_CHECK_EQ((int)PAM_ESTABLISH_CRED, seen);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_setcred(pamh, (int)PAM_SILENT));
	ATF_CHECK_EQ((int)(PAM_ESTABLISH_CRED | PAM_SILENT), seen);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_setcred(pamh,
	    (int)(PAM_DELETE_CRED | PAM_SILENT)));
	ATF_CHECK_EQ((int)(PAM_DELETE_CRED | PAM_SILENT), seen);
	finish();
}

FIXTURE_TC(rule_21__two_actions_are_refused, "")
{
	static const int actions[] = { (int)PAM_ESTABLISH_CRED,
	    (int)PAM_DELETE_CRED, (int)PAM_REINITIALIZE_CRED,
	    (int)PAM_REFRESH_CRED };
	size_t i, j;

	start(false);
	for (i = 0; i < 4; i++)
		for (j = 0; j < i; j++)
			ATF_CHECK_EQ(PAM_BAD_CONSTANT, pamport_setcred(pamh,
			    actions[i] | actions[j]));
	ATF_CHECK_EQ(0, calls);
	ATF_CHECK(is_traced_once("rule 21"));
	finish();
}

/* Natively PAM_SYSTEM_ERR on L and PAM_SYMBOL_ERR on S [j02, j03]. */
FIXTURE_TC(rule_22__passes_are_the_librarys_own, "")
{
	start(false);
	ATF_CHECK_EQ(PAM_BAD_CONSTANT, pamport_chauthtok(pamh,
	    (int)PAM_PRELIM_CHECK));
	ATF_CHECK_EQ(PAM_BAD_CONSTANT, pamport_chauthtok(pamh,
	    (int)(PAM_UPDATE_AUTHTOK | PAM_CHANGE_EXPIRED_AUTHTOK)));
	ATF_CHECK_EQ(0, calls);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_chauthtok(pamh,
	    (int)PAM_CHANGE_EXPIRED_AUTHTOK));
	ATF_CHECK_EQ(2, calls);
	finish();
}

/* A flag of another system is stripped: O would refuse the call. */
FIXTURE_TC(rule_2__private_flags_are_stripped, "")
{
	start(false);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_authenticate(pamh,
	    (int)PAM_NO_AUTHTOK_CHECK & PAMPORT_PRIVATE_FLAGS));
	ATF_CHECK_EQ(0, seen);
	finish();
}

/* --- Results ----------------------------------------------------------------- */

struct generic {
	int (*call)(pam_handle_t *, int);
	int failure;
};

static const struct generic generic[] = {
	{ pamport_authenticate, PAM_AUTH_ERR },
	{ pamport_acct_mgmt, PAM_PERM_DENIED },
	{ pamport_setcred, PAM_CRED_ERR },
	{ pamport_open_session, PAM_SESSION_ERR },
	{ pamport_close_session, PAM_SESSION_ERR },
	{ pamport_chauthtok, PAM_AUTHTOK_ERR }
};

/* L makes 999 its own PAM_PERM_DENIED; O and S pass it on [a08, k38]. */
FIXTURE_TC(rule_24__a_code_without_a_name, "root")
{
	static const int codes[] = { 999, -1, 40 };
	size_t i, j;
	int result, native;

	start(false);
	for (i = 0; i < sizeof(generic) / sizeof(generic[0]); i++)
		for (j = 0; j < sizeof(codes) / sizeof(codes[0]); j++) {
			returns = codes[j];
			result = generic[i].call(pamh, 0);
			native = pamport_native_code(pamh);
			if (native == codes[j])
				ATF_CHECK_EQ(generic[i].failure, result);
			else
				ATF_CHECK_EQ(native, result);
			ATF_CHECK(pamport_code_name(result) != NULL);
			ATF_CHECK(result != PAM_SUCCESS);
		}
	finish();
}

/* Daemons act upon unusual codes: what has a name passes. */
FIXTURE_TC(rule_24__every_named_code_passes, "")
{
	int code, passed = 0;

	start(false);
	for (code = 1; code < 64; code++) {
		if (!pamport__code_is_native(code) || code == PAM_IGNORE ||
		    code == PAM_CONV_AGAIN || code == PAM_INCOMPLETE)
			continue;
		returns = code;
		ATF_CHECK_EQ(code, pamport_acct_mgmt(pamh, 0));
		ATF_CHECK_EQ(code, pamport_native_code(pamh));
		passed++;
	}
	ATF_CHECK(passed >= 25);
	finish();
}

FIXTURE_TC(rule_24__strict_takes_what_the_manuals_name, "")
{
	start(true);
	returns = PAM_ACCT_EXPIRED;
	ATF_CHECK_EQ(PAM_ACCT_EXPIRED, pamport_acct_mgmt(pamh, 0));
	ATF_CHECK(strstr(trace, "rule 24") == NULL);
	returns = PAM_CRED_ERR;
	ATF_CHECK_EQ(PAM_PERM_DENIED, pamport_acct_mgmt(pamh, 0));
	ATF_CHECK_EQ(PAM_CRED_ERR, pamport_native_code(pamh));
	ATF_CHECK(is_traced_once("rule 24"));
	returns = PAM_PERM_DENIED;
	ATF_CHECK_EQ(PAM_PERM_DENIED, pamport_acct_mgmt(pamh, 0));
	finish();
}

FIXTURE_TC(rule_24__no_native_code_before_the_first_call, "")
{
	start(false);
	ATF_CHECK_EQ(-1, pamport_native_code(pamh));
	ATF_CHECK_EQ(-1, pamport_native_code(NULL));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_acct_mgmt(pamh, 0));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_native_code(pamh));
	finish();
}

/* --- Nothing configured -------------------------------------------------------- */

/* Whatever the library makes of it, nobody is let in [a11, a12, k36]. */
FIXTURE_TC(rule_23__no_line_grants_nothing, "")
{
	int result;

	if (PAMPORT__PLATFORM == &pamport__apple)
		atf_tc_skip("an empty stack succeeds in Apple's dispatcher "
		    "[E4], which pamport(7) says and does not equalise");
	fixture_service(&fixture, fixture_text("session required %s 0\n",
	    fixture_find_module("callback_module")));
	result = fixture_start(&fixture, "alice", NULL, &pamh);
	if (result == PAM_SUCCESS) {
		ATF_CHECK(PAM_SUCCESS != pamport_authenticate(pamh, 0));
		ATF_CHECK(PAM_SUCCESS != pamport_acct_mgmt(pamh, 0));
		ATF_CHECK_EQ(PAM_SUCCESS, pamport_end(pamh, PAM_SUCCESS));
	}
	fixture_remove(&fixture);
}

/* --- What a handle remembers ----------------------------------------------------- */

FIXTURE_TC(rule_31__tolerant_leaves_it_to_the_modules, "root")
{
	start(false);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_close_session(pamh, 0));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_open_session(pamh, 0));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_open_session(pamh, 0));
	ATF_CHECK_EQ(3, calls);
	ATF_CHECK(strstr(trace, "rule 31") != NULL);
	finish();
	ATF_CHECK(is_traced_once("ends while its session is open"));
}

/* As in a child, whose parent closes. */
FIXTURE_TC(rule_31__a_silent_end_is_not_told, "root")
{
	start(false);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_open_session(pamh, 0));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_end(pamh,
	    PAM_SUCCESS | PAM_DATA_SILENT));
	ATF_CHECK(strstr(trace, "ends while its session is open") == NULL);
	fixture_remove(&fixture);
}

FIXTURE_TC(rule_31__strict_refuses_what_is_odd, "root")
{
	start(true);
	ATF_CHECK_EQ(PAM_SESSION_ERR, pamport_close_session(pamh, 0));
	ATF_CHECK_EQ(0, calls);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_open_session(pamh, 0));
	ATF_CHECK_EQ(PAM_SESSION_ERR, pamport_open_session(pamh, 0));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_close_session(pamh, 0));
	ATF_CHECK_EQ(PAM_SESSION_ERR, pamport_close_session(pamh, 0));
	ATF_CHECK_EQ(2, calls);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_close_session(pamh,
	    PAMPORT_CLOSE_FOREIGN));
	ATF_CHECK_EQ(3, calls);
	ATF_CHECK_EQ(0, seen);
	finish();
}

/* A session that did not open is not open. */
FIXTURE_TC(rule_31__a_failed_open_is_not_open, "root")
{
	start(true);
	returns = PAM_SESSION_ERR;
	ATF_CHECK_EQ(PAM_SESSION_ERR, pamport_open_session(pamh, 0));
	returns = PAM_SUCCESS;
	ATF_CHECK_EQ(PAM_SESSION_ERR, pamport_close_session(pamh, 0));
	ATF_CHECK_EQ(1, calls);
	finish();
}

FIXTURE_TC(rule_32__strict_wants_root, "root")
{
	/* What is under test is this library, not whom a module can read for. */
	start(true);
	ATF_REQUIRE_EQ(0, seteuid(65534));
	ATF_CHECK_EQ(PAM_PERM_DENIED, pamport_open_session(pamh, 0));
	ATF_CHECK_EQ(0, calls);
	ATF_REQUIRE_EQ(0, seteuid(0));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_open_session(pamh, 0));
	ATF_REQUIRE_EQ(0, seteuid(65534));
	ATF_CHECK_EQ(PAM_PERM_DENIED, pamport_close_session(pamh, 0));
	ATF_REQUIRE_EQ(0, seteuid(0));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_close_session(pamh, 0));
	ATF_CHECK(is_traced_once("rule 32"));
	finish();
}

/* --- The trace --------------------------------------------------------------------- */

static bool
file_says(const char *name, const char *text)
{
	char contents[16384] = "";
	FILE *file = fopen(name, "r");

	if (file == NULL)
		return false;
	contents[fread(contents, 1, sizeof(contents) - 1, file)] = '\0';
	fclose(file);
	return strstr(contents, text) != NULL;
}

FIXTURE_TC(trace__says_each_call, "")
{
	start(false);
	returns = PAM_AUTH_ERR;
	ATF_CHECK_EQ(PAM_AUTH_ERR, pamport_authenticate(pamh, 1));
	ATF_CHECK(is_traced_once("pam_authenticate flags=0x1 result="));
	ATF_CHECK(is_traced_once("(PAM_AUTH_ERR) native="));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_set_trace(pamh, NULL, NULL));
	trace[0] = '\0';
	ATF_CHECK_EQ(PAM_AUTH_ERR, pamport_authenticate(pamh, 0));
	ATF_CHECK_STREQ("", trace);
	finish();
}

FIXTURE_TC(trace__holds_no_secret, "")
{
	ATF_REQUIRE_EQ(0, setenv("PAMPORT_TRACE", "trace", 1));
	start(false);
	(void)pamport_set_item(pamh, PAM_AUTHTOK, "hunter2");
	(void)pamport_set_item(pamh, PAM_TTY, "hunter2");
	(void)pamport_set_item(pamh, PAM_XDISPLAY, "hunter2");
	(void)pamport_putenv(pamh, "SECRET=hunter2");
	(void)pamport_putenv(pamh, "SECRET");
	finish();
	ATF_CHECK(file_says("trace", "PAM_TTY"));
	ATF_CHECK(!file_says("trace", "hunter2"));
	ATF_CHECK(strstr(trace, "hunter2") == NULL);
}

FIXTURE_TC(trace__to_a_file_that_is_ours_alone, "")
{
	struct stat status;

	ATF_REQUIRE_EQ(0, setenv("PAMPORT_TRACE", "trace", 1));
	start(false);
	finish();
	ATF_REQUIRE_EQ(0, stat("trace", &status));
	ATF_CHECK_EQ(0600, status.st_mode & 0777);
	ATF_CHECK(file_says("trace", "pam_start"));
	ATF_CHECK(file_says("trace", "pam_end"));
	ATF_CHECK(file_says("trace", fixture.service));
	/* A link is not followed. */
	ATF_REQUIRE_EQ(0, symlink("elsewhere", "link"));
	ATF_REQUIRE_EQ(0, setenv("PAMPORT_TRACE", "link", 1));
	start(false);
	finish();
	ATF_CHECK_EQ(-1, stat("elsewhere", &status));
}

FIXTURE_TC(trace__to_a_descriptor, "")
{
	char number[16];
	int descriptor;

	descriptor = open("trace", O_WRONLY | O_CREAT, 0600);
	ATF_REQUIRE(descriptor >= 0);
	snprintf(number, sizeof(number), "%d", descriptor);
	ATF_REQUIRE_EQ(0, setenv("PAMPORT_TRACE", number, 1));
	start(false);
	finish();
	/* It stays the application's. */
	ATF_CHECK_EQ(0, close(descriptor));
	ATF_CHECK(file_says("trace", "pam_start"));
}

/* A pipe that nobody reads ends no daemon, and errno is the caller's. */
FIXTURE_TC(trace__to_a_broken_pipe, "")
{
	char number[16];
	int ends[2];

	ATF_REQUIRE_EQ(0, pipe(ends));
	snprintf(number, sizeof(number), "%d", ends[1]);
	ATF_REQUIRE_EQ(0, setenv("PAMPORT_TRACE", number, 1));
	start(false);
	close(ends[0]);
	/* Refused before the native library, which has an errno of its own. */
	errno = 4711;
	ATF_CHECK_EQ(PAM_BAD_CONSTANT, pamport_setcred(pamh,
	    (int)(PAM_ESTABLISH_CRED | PAM_DELETE_CRED)));
	ATF_CHECK_EQ(4711, errno);
	finish();
}

/* Its number may have become another file's. */
FIXTURE_TC(trace__into_no_other_file, "")
{
	int first, descriptor;

	ATF_REQUIRE_EQ(0, setenv("PAMPORT_TRACE", "trace", 1));
	first = open("/dev/null", O_RDONLY);
	ATF_REQUIRE(first >= 0);
	close(first);
	start(false);
	for (descriptor = 3; descriptor < 64; descriptor++)
		(void)close(descriptor);
	descriptor = open("daemon", O_WRONLY | O_CREAT, 0600);
	ATF_REQUIRE(descriptor >= 0);
	for (first = descriptor + 1; first < 32; first++)
		ATF_REQUIRE_EQ(first, dup(descriptor));
	(void)pamport_setcred(pamh, 0);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_end(pamh, PAM_SUCCESS));
	for (first = descriptor; first < 32; first++)
		ATF_CHECK_EQ(0, close(first));
	ATF_CHECK(!file_says("daemon", "pam"));
	fixture_remove(&fixture);
}

FIXTURE_TC(trace__is_no_standard_stream, "")
{
	ATF_REQUIRE_EQ(0, setenv("PAMPORT_TRACE", "trace", 1));
	close(STDIN_FILENO);
	start(false);
	ATF_CHECK_EQ(-1, fcntl(STDIN_FILENO, F_GETFD));
	finish();
	ATF_CHECK(file_says("trace", "pam_start"));
}

ATF_TP_ADD_TCS(tp)
{
	ATF_TP_ADD_TC(tp, trace__to_a_broken_pipe);
	ATF_TP_ADD_TC(tp, trace__into_no_other_file);
	ATF_TP_ADD_TC(tp, trace__is_no_standard_stream);
	ATF_TP_ADD_TC(tp, rule_2__private_flags_are_stripped);
	ATF_TP_ADD_TC(tp, rule_20__only_silent_reaches_session_modules);
	ATF_TP_ADD_TC(tp, rule_20__strict_refuses_other_flags);
	ATF_TP_ADD_TC(tp, rule_21__no_action_establishes);
	ATF_TP_ADD_TC(tp, rule_21__two_actions_are_refused);
	ATF_TP_ADD_TC(tp, rule_22__passes_are_the_librarys_own);
	ATF_TP_ADD_TC(tp, rule_23__no_line_grants_nothing);
	ATF_TP_ADD_TC(tp, rule_24__a_code_without_a_name);
	ATF_TP_ADD_TC(tp, rule_24__every_named_code_passes);
	ATF_TP_ADD_TC(tp, rule_24__strict_takes_what_the_manuals_name);
	ATF_TP_ADD_TC(tp, rule_24__no_native_code_before_the_first_call);
	ATF_TP_ADD_TC(tp, rule_31__tolerant_leaves_it_to_the_modules);
	ATF_TP_ADD_TC(tp, rule_31__a_silent_end_is_not_told);
	ATF_TP_ADD_TC(tp, rule_31__strict_refuses_what_is_odd);
	ATF_TP_ADD_TC(tp, rule_31__a_failed_open_is_not_open);
	ATF_TP_ADD_TC(tp, rule_32__strict_wants_root);
	ATF_TP_ADD_TC(tp, trace__says_each_call);
	ATF_TP_ADD_TC(tp, trace__holds_no_secret);
	ATF_TP_ADD_TC(tp, trace__to_a_file_that_is_ours_alone);
	ATF_TP_ADD_TC(tp, trace__to_a_descriptor);
	return atf_no_error();
}
