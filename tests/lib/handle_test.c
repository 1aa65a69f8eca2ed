/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Start and end, and how the state of a handle is found, with a real module.
 */
#include <config.h>

#include <sys/types.h>
#include <atf-c.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "lib/internal.h"
#include "fixture.h"

static struct fixture fixture;
static pam_handle_t *pamh;
static struct pamport__native_conv seen;	/* by the module */
static int calls, conversations, replaced;

static int
converse(int n, const struct pam_message **msg, struct pam_response **resp,
    void *data)
{
	(void)n;
	(void)msg;
	ATF_CHECK(*resp == NULL);
	ATF_CHECK(data == &conversations);
	conversations++;
	return PAM_SUCCESS;
}

static const struct pam_conv conv = { converse, &conversations };

static void
start(fixture_module *module, const struct pam_conv *own)
{
	fixture_callback(&fixture, module);
	ATF_REQUIRE_EQ(PAM_SUCCESS, fixture_start(&fixture, "alice", own,
	    &pamh));
	ATF_REQUIRE(pamh != NULL);
}

static void
finish(void)
{
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_end(pamh, PAM_SUCCESS));
	fixture_remove(&fixture);
}

/* What a module does to show a line of text. */
static int
show_text(pam_handle_t *handle, const struct pamport__native_conv *with)
{
	static char text[] = "hello";
	struct pam_message message = { .msg_style = PAM_TEXT_INFO };
	PAMPORT__NATIVE_CONST struct pam_message *list = &message;
	struct pam_response *resp = NULL;
	PAMPORT__NATIVE_CONST void *item = NULL;

	message.msg = text;
	if (with == NULL) {
		ATF_REQUIRE_EQ(PAM_SUCCESS, pam_get_item(handle, PAM_CONV,
		    &item));
		with = item;
	}
	ATF_REQUIRE(with != NULL);
	memcpy(&seen, with, sizeof(seen));
	if (with->conv == NULL)
		return PAM_CONV_ERR;
	return with->conv(1, &list, &resp, with->appdata_ptr);
}

static int
talk(pam_handle_t *handle, const char *what, int flags)
{
	(void)what;
	(void)flags;
	calls++;
	return show_text(handle, NULL);
}

/* --- Arguments ---------------------------------------------------------- */

ATF_TC_WITHOUT_HEAD(null_arguments_never_crash);
ATF_TC_BODY(null_arguments_never_crash, tc)
{
	pam_handle_t *none = (pam_handle_t *)&conversations;
	const void *value = &conversations;
	const char *user = "unchanged";

	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_start("x", "u", &conv, NULL));
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_start(NULL, "u", &conv, &none));
	ATF_CHECK(none == NULL);
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_start_confdir("x", "u", &conv,
	    "/nonexistent", NULL));
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_end(NULL, 0));
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_authenticate(NULL, 0));
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_acct_mgmt(NULL, 0));
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_setcred(NULL, 0));
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_open_session(NULL, 0));
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_close_session(NULL, 0));
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_chauthtok(NULL, 0));
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_fail_delay(NULL, 1));
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_set_item(NULL, PAM_TTY, "x"));
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_get_item(NULL, PAM_TTY, &value));
	ATF_CHECK(value == NULL);
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_get_user(NULL, &user, NULL));
	ATF_CHECK(user == NULL);
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_putenv(NULL, "A=1"));
	ATF_CHECK(pamport_getenv(NULL, "A") == NULL);
	ATF_CHECK(pamport_getenv_copy(NULL, "A") == NULL);
	ATF_CHECK(pamport_getenvlist(NULL) == NULL);
	ATF_CHECK(pamport_strerror(NULL, 0) != NULL);
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_set_option(NULL,
	    PAMPORT_OPTION_STRICT, 1));

	start(talk, &conv);
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_get_item(pamh, PAM_TTY, NULL));
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_get_user(pamh, NULL, NULL));
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_putenv(pamh, NULL));
	ATF_CHECK(pamport_getenv(pamh, NULL) == NULL);
	ATF_CHECK(pamport_getenv_copy(pamh, NULL) == NULL);
	finish();
}

/* Natively O leaves the handle untouched [a12, d20]. */
ATF_TC_WITHOUT_HEAD(no_handle_after_a_failed_start);
ATF_TC_BODY(no_handle_after_a_failed_start, tc)
{
	pam_handle_t *none = (pam_handle_t *)&conversations;

	ATF_CHECK(PAM_SUCCESS != pamport_start_confdir("x", "u", &conv,
	    "/nonexistent/pamport", &none));
	ATF_CHECK(none == NULL);
}

ATF_TC_WITHOUT_HEAD(rule_8__strict_takes_portable_services);
ATF_TC_BODY(rule_8__strict_takes_portable_services, tc)
{
	static const char *const bad[] = { "", ".", "..", "a/b", "/etc/x",
	    "a b", "x\n", "caf\303\251", "a:b", "\033[m" };
	char long_name[301];
	pam_handle_t *none;
	size_t i;

	memset(long_name, 'x', 300);
	long_name[300] = '\0';
	fixture_callback(&fixture, talk);
	ATF_REQUIRE_EQ(0, setenv("PAMPORT_STRICT", "1", 1));
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		none = (pam_handle_t *)&conversations;
		ATF_CHECK_EQ_MSG(PAM_SYSTEM_ERR, pamport_start(bad[i], "u",
		    &conv, &none), "%s", bad[i]);
		ATF_CHECK(none == NULL);
	}
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_start(long_name, "u", &conv,
	    &none));
	ATF_CHECK_EQ(PAM_SUCCESS, fixture_start(&fixture, "u", &conv, &pamh));
	finish();
}

/* --- The conversation of a handle ---------------------------------------- */

ATF_TC_WITHOUT_HEAD(rule_9__no_conversation);
ATF_TC_BODY(rule_9__no_conversation, tc)
{
	static const struct pam_conv empty = { NULL, NULL };
	const struct pam_conv *own = &conv;

	start(talk, NULL);
	ATF_CHECK_EQ(PAM_CONV_ERR, pamport_open_session(pamh, 0));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_get_item(pamh, PAM_CONV, &own));
	ATF_CHECK(own == NULL);
	finish();
	start(talk, &empty);
	ATF_CHECK_EQ(PAM_CONV_ERR, pamport_open_session(pamh, 0));
	finish();
	ATF_CHECK_EQ(2, calls);
}

ATF_TC_WITHOUT_HEAD(rule_15__a_module_reaches_the_application);
ATF_TC_BODY(rule_15__a_module_reaches_the_application, tc)
{
	const struct pam_conv *own;

	start(talk, &conv);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_open_session(pamh, 0));
	ATF_CHECK_EQ(1, conversations);
	ATF_CHECK(seen.conv == pamport__converse);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_get_item(pamh, PAM_CONV, &own));
	ATF_CHECK(own->conv == converse);
	ATF_CHECK(own->appdata_ptr == &conversations);
	finish();
}

static int
other_converse(int n, const struct pam_message **msg,
    struct pam_response **resp, void *data)
{
	(void)n;
	(void)msg;
	(void)resp;
	(*(int *)data)++;
	return PAM_SUCCESS;
}

ATF_TC_WITHOUT_HEAD(rule_15__set_again_is_adapted_again);
ATF_TC_BODY(rule_15__set_again_is_adapted_again, tc)
{
	int others = 0;
	struct pam_conv other = { other_converse, &others };
	const struct pam_conv *now;

	start(talk, &conv);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_set_item(pamh, PAM_CONV, &other));
	memset(&other, 0, sizeof(other));	/* it was copied */
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_open_session(pamh, 0));
	ATF_CHECK_EQ(1, others);
	ATF_CHECK_EQ(0, conversations);
	ATF_CHECK(seen.conv == pamport__converse);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_get_item(pamh, PAM_CONV, &now));
	ATF_CHECK(now->conv == other_converse);
	ATF_CHECK_EQ(PAM_PERM_DENIED, pamport_set_item(pamh, PAM_CONV, NULL));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_open_session(pamh, 0));
	ATF_CHECK_EQ(2, others);
	finish();
}

/* --- Modules that replace it [E2] ----------------------------------------- */

static struct pamport__native_conv original;

/* A module's own conversation, which hands on to the one it found. */
static int
replacement(int n, PAMPORT__NATIVE_CONST struct pam_message **msg,
    struct pam_response **resp, void *data)
{
	ATF_CHECK(data == &replaced);
	replaced++;
	return original.conv(n, msg, resp, original.appdata_ptr);
}

static int
replace_at_open(pam_handle_t *handle, const char *what, int flags)
{
	struct pamport__native_conv own = { replacement, &replaced };
	PAMPORT__NATIVE_CONST void *item = NULL;

	(void)flags;
	if (strcmp(what, "open") == 0) {
		ATF_REQUIRE_EQ(PAM_SUCCESS, pam_get_item(handle, PAM_CONV,
		    &item));
		memcpy(&original, item, sizeof(original));
		ATF_REQUIRE_EQ(PAM_SUCCESS, pam_set_item(handle, PAM_CONV,
		    &own));
	}
	if (strcmp(what, "close") == 0)
		ATF_REQUIRE_EQ(PAM_SUCCESS, pam_set_item(handle, PAM_CONV,
		    &original));
	return show_text(handle, NULL);
}

ATF_TC_WITHOUT_HEAD(rule_15__a_replacement_by_a_module_is_honoured);
ATF_TC_BODY(rule_15__a_replacement_by_a_module_is_honoured, tc)
{
	const struct pam_conv *own;

	start(replace_at_open, &conv);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_open_session(pamh, 0));
	ATF_CHECK_EQ(1, replaced);
	ATF_CHECK_EQ(1, conversations);
	/* Between the calls the handle is ours, and says what is the caller's. */
	ATF_CHECK(pamport__state_of(pamh) != NULL);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_get_item(pamh, PAM_CONV, &own));
	ATF_CHECK(own->conv == converse);
	/* The next call's modules find what the first one left. */
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_acct_mgmt(pamh, 0));
	ATF_CHECK_EQ(2, replaced);
	ATF_CHECK_EQ(2, conversations);
	/* It takes its own back, and nothing of it is left. */
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_close_session(pamh, 0));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_acct_mgmt(pamh, 0));
	ATF_CHECK_EQ(2, replaced);
	ATF_CHECK_EQ(4, conversations);
	finish();
}

ATF_TC_WITHOUT_HEAD(rule_15__the_application_ends_a_replacement);
ATF_TC_BODY(rule_15__the_application_ends_a_replacement, tc)
{
	start(replace_at_open, &conv);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_open_session(pamh, 0));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_set_item(pamh, PAM_CONV, &conv));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_acct_mgmt(pamh, 0));
	ATF_CHECK_EQ(1, replaced);
	ATF_CHECK_EQ(2, conversations);
	finish();
}

/* While it is replaced, calls from inside the conversation find the state. */
static int
ask_back(int n, const struct pam_message **msg, struct pam_response **resp,
    void *data)
{
	const struct pam_conv *own = NULL;

	(void)n;
	(void)msg;
	(void)resp;
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_get_item(data, PAM_CONV, &own));
	ATF_CHECK(own != NULL && own->conv == ask_back);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_set_item(data, PAM_TTY, "tty9"));
	conversations++;
	return PAM_SUCCESS;
}

ATF_TC_WITHOUT_HEAD(rule_15__calls_from_inside_the_conversation);
ATF_TC_BODY(rule_15__calls_from_inside_the_conversation, tc)
{
	struct pam_conv own = { ask_back, NULL };
	const char *tty = NULL;

	start(replace_at_open, &own);
	own.appdata_ptr = pamh;
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_set_item(pamh, PAM_CONV, &own));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_open_session(pamh, 0));
	ATF_CHECK_EQ(1, replaced);
	ATF_CHECK_EQ(1, conversations);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_get_item(pamh, PAM_TTY, &tty));
	ATF_CHECK_STREQ("tty9", tty);
	finish();
}

static void *
talk_in_thread(void *handle)
{
	ATF_CHECK_EQ(PAM_SUCCESS, show_text(handle, NULL));
	ATF_CHECK(pamport__state_of(handle) != NULL);
	return NULL;
}

static int
talk_from_thread(pam_handle_t *handle, const char *what, int flags)
{
	pthread_t thread;

	(void)what;
	(void)flags;
	ATF_REQUIRE_EQ(0, pthread_create(&thread, NULL, talk_in_thread,
	    handle));
	ATF_REQUIRE_EQ(0, pthread_join(thread, NULL));
	return PAM_SUCCESS;
}

ATF_TC_WITHOUT_HEAD(rule_15__a_conversation_in_a_modules_thread);
ATF_TC_BODY(rule_15__a_conversation_in_a_modules_thread, tc)
{
	start(talk_from_thread, &conv);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_open_session(pamh, 0));
	ATF_CHECK_EQ(1, conversations);
	finish();
}

/* --- The end -------------------------------------------------------------- */

static int cleanup_status;

/* A cleanup function may still converse. */
static void
cleanup(pam_handle_t *handle, void *data, int status)
{
	ATF_CHECK(data == &cleanup_status);
	cleanup_status = status;
	ATF_CHECK_EQ(PAM_SUCCESS, show_text(handle, NULL));
}

static int
leave_data(pam_handle_t *handle, const char *what, int flags)
{
	(void)what;
	(void)flags;
	return pam_set_data(handle, "pamport", &cleanup_status, cleanup);
}

ATF_TC_WITHOUT_HEAD(rule_10__the_status_reaches_cleanup_functions);
ATF_TC_BODY(rule_10__the_status_reaches_cleanup_functions, tc)
{
	start(leave_data, &conv);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_open_session(pamh, 0));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_end(pamh,
	    PAM_AUTH_ERR | PAM_DATA_SILENT));
	ATF_CHECK_EQ(PAM_AUTH_ERR | PAM_DATA_SILENT, cleanup_status);
	ATF_CHECK_EQ(1, conversations);
	fixture_remove(&fixture);
}

/* What a program may not do, and memory must bear: valgrind looks on. */
static int
end_inside(int n, const struct pam_message **msg, struct pam_response **resp,
    void *data)
{
	(void)n;
	(void)msg;
	(void)resp;
	(void)data;
	conversations++;
	(void)pamport_end(pamh, PAM_ABORT);
	return PAM_CONV_ERR;
}

static int
talk_once(pam_handle_t *handle, const char *what, int flags)
{
	(void)what;
	(void)flags;
	return show_text(handle, NULL);
}

ATF_TC_WITHOUT_HEAD(rule_29__ended_inside_its_conversation);
ATF_TC_BODY(rule_29__ended_inside_its_conversation, tc)
{
	static const struct pam_conv own = { end_inside, NULL };
	struct pamport__state *state;

	/* L refuses; the others free the handle that their own call is using. */
	if (PAMPORT__PLATFORM != &pamport__linux_pam)
		atf_tc_skip("the native library need not survive this");
	start(talk_once, &own);
	state = pamport__state_of(pamh);
	(void)pamport_open_session(pamh, 0);
	ATF_CHECK_EQ(1, conversations);
	ATF_CHECK(pamport__state_in_call() != state);
	fixture_remove(&fixture);
}

/* --- Handles of others ------------------------------------------------------ */

static int
native_converse(int n, PAMPORT__NATIVE_CONST struct pam_message **msg,
    struct pam_response **resp, void *data)
{
	(void)n;
	(void)msg;
	(void)resp;
	(void)data;
	conversations++;
	return PAM_SUCCESS;
}

static const struct pamport__native_conv native = { native_converse, NULL };

ATF_TC_WITHOUT_HEAD(rule_7__the_handle_is_native);
ATF_TC_BODY(rule_7__the_handle_is_native, tc)
{
	PAMPORT__NATIVE_CONST void *user = NULL;

	start(talk, &conv);
	ATF_CHECK_EQ(PAM_SUCCESS, pam_get_item(pamh, PAM_USER, &user));
	ATF_CHECK_STREQ("alice", (const char *)user);
	ATF_CHECK_EQ(PAM_SUCCESS, pam_open_session(pamh, 0));
	ATF_CHECK_EQ(1, conversations);
	finish();
}

/* A handle that another library started, used by an application of ours. */
ATF_TC_WITHOUT_HEAD(rule_7__a_foreign_handle_passes_through);
ATF_TC_BODY(rule_7__a_foreign_handle_passes_through, tc)
{
	PAMPORT__NATIVE_CONST void *item = NULL;
	const char *user = NULL;

	start(talk, &conv);
	ATF_REQUIRE_EQ(PAM_SUCCESS, pam_get_item(pamh, PAM_CONV, &item));
	memcpy(&original, item, sizeof(original));
	/* Made foreign: its conversation is somebody else's. */
	ATF_REQUIRE_EQ(PAM_SUCCESS, pam_set_item(pamh, PAM_CONV, &native));
	ATF_CHECK(pamport__state_of(pamh) == NULL);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_open_session(pamh, 0));
	ATF_CHECK_EQ(1, conversations);
	ATF_CHECK(seen.conv == native_converse);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_get_item(pamh, PAM_USER, &user));
	ATF_CHECK_STREQ("alice", user);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_set_item(pamh, PAM_TTY, "tty1"));
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_set_option(pamh,
	    PAMPORT_OPTION_STRICT, 1));
	ATF_CHECK_EQ(PAM_BAD_ITEM, pamport_set_item(pamh, 127, "x"));
	ATF_CHECK_EQ(PAM_BAD_ITEM, pamport_get_item(pamh, 127, &user));
	ATF_CHECK_EQ(PAM_BAD_ITEM, pamport_get_item(pamh, PAM_SOCKADDR,
	    &user));
	/* Ours again, so that its state is freed with it. */
	ATF_REQUIRE_EQ(PAM_SUCCESS, pam_set_item(pamh, PAM_CONV, &original));
	finish();
}

ATF_TP_ADD_TCS(tp)
{
	ATF_TP_ADD_TC(tp, null_arguments_never_crash);
	ATF_TP_ADD_TC(tp, no_handle_after_a_failed_start);
	ATF_TP_ADD_TC(tp, rule_7__the_handle_is_native);
	ATF_TP_ADD_TC(tp, rule_7__a_foreign_handle_passes_through);
	ATF_TP_ADD_TC(tp, rule_8__strict_takes_portable_services);
	ATF_TP_ADD_TC(tp, rule_9__no_conversation);
	ATF_TP_ADD_TC(tp, rule_10__the_status_reaches_cleanup_functions);
	ATF_TP_ADD_TC(tp, rule_29__ended_inside_its_conversation);
	ATF_TP_ADD_TC(tp, rule_15__a_module_reaches_the_application);
	ATF_TP_ADD_TC(tp, rule_15__set_again_is_adapted_again);
	ATF_TP_ADD_TC(tp, rule_15__a_replacement_by_a_module_is_honoured);
	ATF_TP_ADD_TC(tp, rule_15__the_application_ends_a_replacement);
	ATF_TP_ADD_TC(tp, rule_15__calls_from_inside_the_conversation);
	ATF_TP_ADD_TC(tp, rule_15__a_conversation_in_a_modules_thread);
	return atf_no_error();
}
