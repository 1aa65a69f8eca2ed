/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Rows of the allocation sweep: handles, items and the environment.
 */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "swept.h"
#include <pamport/openpam.h>
#include <pamport/pam_misc.h>

static pam_handle_t *pamh;

static void
start(void)
{
	ATF_REQUIRE_EQ(PAM_SUCCESS, fixture_start(&recorded_fixture, "alice",
	    NULL, &pamh));
}

static void
finish(void)
{
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_end(pamh, PAM_SUCCESS));
	pamh = NULL;
}

/* --- Start and end ---------------------------------------------------------------- */

static void
end_or_null(int result)
{
	if (result == PAM_SUCCESS)
		finish();
	SWEPT_CHECK(pamh == NULL);
}

static void
act_start(void)
{
	struct fixture fixture;
	int result;

	fixture_system_service(&fixture, scripted_lines());
	swept_arm();
	result = pamport_start(fixture.service, "alice", NULL, &pamh);
	swept_check(result, PAM_BUF_ERR, PAM_SUCCESS);
	end_or_null(result);
	fixture_remove(&fixture);
}

static void
act_start_confdir(void)
{
	const char *confdir = recorded_fixture.confdir;
	int result;

	swept_arm();
	result = pamport_start_confdir(recorded_fixture.service, "alice", NULL,
	    confdir == NULL ? "/nowhere" : confdir, &pamh);
	if (confdir != NULL) {
		swept_check(result, PAM_BUF_ERR, PAM_SUCCESS);
	} else {
		SWEPT_CHECK(swept_disarm() == (result == PAM_BUF_ERR));
		SWEPT_CHECK(result != PAM_SUCCESS);
	}
	end_or_null(result);
}

static void
act_end(void)
{
	int result;

	start();
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_set_item(pamh, PAM_XDISPLAY,
	    ":0"));
	swept_arm();
	result = pamport_end(pamh, PAM_SUCCESS);
	swept_check(result, PAM_BUF_ERR, PAM_SUCCESS);
}

/* --- What modules do ---------------------------------------------------------------- */

/* They allocate where pamport reads the configuration itself (rule 23). */
static void
act_call(int (*call)(pam_handle_t *, int), const char *events)
{
	int result;

	start();
	scripted_events[0] = '\0';
	swept_arm();
	result = call(pamh, 0);
	swept_check(result, PAM_SYSTEM_ERR, PAM_SUCCESS);
	/* What could not be decided was not asked. */
	ATF_CHECK_STREQ(result == PAM_SUCCESS ? events : "", scripted_events);
	finish();
}

#define ACT_CALL(name, events) \
	static void \
	act_##name(void) \
	{ \
		act_call(pamport_##name, events); \
	}
ACT_CALL(authenticate, "auth ")
ACT_CALL(acct_mgmt, "acct ")
ACT_CALL(setcred, "establish ")
ACT_CALL(open_session, "open ")
ACT_CALL(close_session, "close ")
ACT_CALL(chauthtok, "prelim update ")

/* --- Items ------------------------------------------------------------------------------ */

/* How many of these sets have failed: as many as allocations. */
static void
set_items(const int *numbers, const void *const *values, size_t n)
{
	int result, failed = 0;
	size_t i;

	swept_arm();
	for (i = 0; i < n; i++) {
		result = pamport_set_item(pamh, numbers[i], values[i]);
		failed += result == PAM_BUF_ERR;
		SWEPT_CHECK(result == PAM_BUF_ERR || result == PAM_SUCCESS);
	}
	SWEPT_CHECK(failed == (int)swept_disarm());
}

/* The second time each is a part of itself. */
static void
act_set_item(void)
{
	static const int numbers[] = { PAM_TTY, PAM_XDISPLAY, PAM_AUSER,
	    PAM_RHOST };
	const void *values[4] = { "one", "one", "one", "one" };
	const char *value;
	size_t i;

	start();
	set_items(numbers, values, 4);
	for (i = 0; i < 4; i++)
		ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_set_item(pamh, numbers[i],
		    "old"));
	for (i = 0; i < 4; i++) {
		ATF_CHECK_EQ(PAM_SUCCESS, pamport_get_item(pamh, numbers[i],
		    &value));
		values[i] = value + 1;
	}
	set_items(numbers, values, 4);
	for (i = 0; i < 4; i++) {
		ATF_CHECK_EQ(PAM_SUCCESS, pamport_get_item(pamh, numbers[i],
		    &value));
		SWEPT_CHECK(strcmp(value, "ld") == 0 ||
		    strcmp(value, "old") == 0);
	}
	finish();
}

static void
act_set_structure(void)
{
	static const int numbers[] = { PAM_XAUTHDATA, PAM_REPOSITORY };
	static char name[] = "n", data[] = "d", scope[] = "s";
	struct pam_xauth_data xauth = { 1, name, 1, data };
	struct pam_repository repository;
	const void *values[2] = { &xauth, &repository };

	memset(&repository, 0, sizeof(repository));
	repository.type = name;
	repository.scope = scope;
	repository.scope_len = 1;
	start();
	set_items(numbers, values, 2);
	finish();
}

static void
act_get_item(void)
{
	const char *user = NULL;
	int result;

	start();
	swept_arm();
	result = pamport_get_item(pamh, PAM_USER, &user);
	swept_check(result, PAM_BUF_ERR, PAM_SUCCESS);
	SWEPT_CHECK(pamport_get_user(pamh, &user, NULL) == PAM_SUCCESS);
	ATF_CHECK_STREQ("alice", user);
	finish();
}

static void
act_get_user(void)
{
	const char *user = NULL;
	int result;

	start();
	swept_arm();
	result = pamport_get_user(pamh, &user, NULL);
	swept_check(result, PAM_BUF_ERR, PAM_SUCCESS);
	finish();
}

/* --- The environment --------------------------------------------------------------------- */

static void
put(const char *name_value)
{
	ATF_REQUIRE_EQ_MSG(PAM_SUCCESS, pamport_putenv(pamh, name_value),
	    "%s", name_value);
}

static void
check_value(const char *name, const char *wanted)
{
	const char *value = pamport_getenv(pamh, name);

	ATF_REQUIRE(value != NULL);
	ATF_CHECK_STREQ(wanted, value);
}

/* OpenSolaris cuts it in the list: it is mended. */
static void
put_long(void)
{
	char variable[1200];

	memset(variable, 'x', sizeof(variable));
	memcpy(variable, "LONG=", 5);
	variable[sizeof(variable) - 1] = '\0';
	put(variable);
}

/* What a native library cannot do is in it: a prefix on S, deleting on O. */
static void
start_with_variables(void)
{
	start();
	put("FOOBAR=2");
	put("FO=1");
	put("A=1");
	put("A");
	put("A=5");
	put("B=6");
	put("B");
	put_long();
}

static void
act_putenv(void)
{
	static const char *const puts[] = { "FOOB=3", "A", "A=7", "B=8",
	    "FO=4" };
	size_t i;
	int result, failed = 0;

	start_with_variables();
	swept_arm();
	for (i = 0; i < 5; i++) {
		result = pamport_putenv(pamh, puts[i]);
		failed += result == PAM_BUF_ERR;
		SWEPT_CHECK(result == PAM_BUF_ERR || result == PAM_SUCCESS);
	}
	SWEPT_CHECK(failed == (int)swept_disarm());
	/* On S it is taken out meanwhile: natively it may not fit again. */
	if (!swept_is_native())
		check_value("FOOBAR", "2");
	finish();
}

static void
act_getenv(void)
{
	const char *value;

	start_with_variables();
	swept_arm();
	value = pamport_getenv(pamh, "FO");
	SWEPT_CHECK(swept_disarm() == (value == NULL));
	check_value("FO", "1");
	finish();
}

static void
act_getenv_copy(void)
{
	char *value;

	start_with_variables();
	swept_arm();
	value = pamport_getenv_copy(pamh, "FO");
	SWEPT_CHECK(swept_disarm() == (value == NULL));
	free(value);
	finish();
}

static void
act_getenvlist(void)
{
	char **list;

	start_with_variables();
	swept_arm();
	list = pamport_getenvlist(pamh);
	SWEPT_CHECK(swept_disarm() == (list == NULL));
	ATF_CHECK(pamport_misc_drop_env(list) == NULL);
	finish();
}

static void
act_drop_env(void)
{
	char **list;

	start_with_variables();
	list = pamport_getenvlist(pamh);
	swept_arm();
	list = pamport_misc_drop_env(list);
	SWEPT_CHECK(!swept_disarm() && list == NULL);
	finish();
}

static void
act_paste_env(void)
{
	static const char *const list[] = { "B=1", "FOO=2", NULL };
	int result;

	start_with_variables();
	swept_arm();
	result = pamport_misc_paste_env(pamh, list);
	swept_check(result, PAM_BUF_ERR, PAM_SUCCESS);
	finish();
}

/* One that is there stays, be there memory to look at it or not. */
static void
act_setenv(void)
{
	int result;

	start_with_variables();
	swept_arm();
	result = pamport_setenv(pamh, "A", "9", 1);
	swept_check(result, PAM_BUF_ERR, PAM_SUCCESS);
	finish();
}

static void
act_setenv_if_unset(void)
{
	int result;

	start_with_variables();
	swept_arm();
	result = pamport_setenv(pamh, "A", "9", 0);
	swept_check(result, PAM_BUF_ERR, PAM_SUCCESS);
	check_value("A", "5");
	finish();
}

static void
act_misc_setenv(void)
{
	int result;

	start_with_variables();
	swept_arm();
	result = pamport_misc_setenv(pamh, "A", "9", 0);
	swept_check(result, PAM_BUF_ERR, PAM_SUCCESS);
	finish();
}

static void
act_misc_setenv_readonly(void)
{
	int result;

	start_with_variables();
	swept_arm();
	result = pamport_misc_setenv(pamh, "A", "9", 1);
	swept_check(result, PAM_BUF_ERR, PAM_PERM_DENIED);
	check_value("A", "5");
	finish();
}

/* --- Options, names and numbers -------------------------------------------------------------- */

static void
take_line(const char *line, void *data)
{
	(void)line;
	(void)data;
}

static void
act_options(void)
{
	start();
	swept_arm();
	(void)pamport_set_option(pamh, PAMPORT_OPTION_STRICT, 1);
	(void)pamport_set_trace(pamh, take_line, NULL);
	(void)pamport_fail_delay(pamh, 1);
	(void)pamport_native_code(pamh);
	SWEPT_CHECK(!swept_disarm());
	finish();
}

static void
act_names(void)
{
	int on;

	swept_arm();
	(void)pamport_strerror(NULL, PAM_AUTH_ERR);
	(void)pamport_strerror(NULL, 4711);
	(void)pamport_code_name(PAM_AUTH_ERR);
	(void)pamport_code_translate(PAMPORT_HERE, PAMPORT_SOLARIS, 7);
	(void)pamport_item_name(PAM_TTY);
	(void)pamport_item_reaches_modules(PAM_TTY);
	(void)pamport_implementation_name(PAMPORT_APPLE);
	(void)pamport_version();
	(void)pamport_openpam_get_feature(0, &on);
	(void)pamport_openpam_set_feature(0, 0);
	(void)pamport_record_directory();
	SWEPT_CHECK(!swept_disarm());
}

const struct swept swept_handle[] = {
	{ "pamport_start", SWEPT_ALLOCATES, act_start },
	{ "pamport_start_confdir", SWEPT_ALLOCATES, act_start_confdir },
	{ "pamport_end", SWEPT_NOTHING, act_end },
	{ "pamport_authenticate", SWEPT_MAY, act_authenticate },
	{ "pamport_acct_mgmt", SWEPT_MAY, act_acct_mgmt },
	{ "pamport_setcred", SWEPT_NOTHING, act_setcred },
	{ "pamport_open_session", SWEPT_NOTHING, act_open_session },
	{ "pamport_close_session", SWEPT_NOTHING, act_close_session },
	{ "pamport_chauthtok", SWEPT_NOTHING, act_chauthtok },
	{ "pamport_set_item", SWEPT_ALLOCATES, act_set_item },
	{ "pamport_set_item", SWEPT_ALLOCATES, act_set_structure },
	{ "pamport_get_item", SWEPT_NOTHING, act_get_item },
	{ "pamport_get_user", SWEPT_NOTHING, act_get_user },
	{ "pamport_putenv", SWEPT_MAY, act_putenv },
	{ "pamport_getenv", SWEPT_MAY, act_getenv },
	{ "pamport_getenv_copy", SWEPT_MAY, act_getenv_copy },
	{ "pamport_getenvlist", SWEPT_MAY, act_getenvlist },
	{ "pamport_misc_drop_env", SWEPT_NOTHING, act_drop_env },
	{ "pamport_misc_paste_env", SWEPT_MAY, act_paste_env },
	{ "pamport_setenv", SWEPT_ALLOCATES, act_setenv },
	{ "pamport_setenv", SWEPT_MAY, act_setenv_if_unset },
	{ "pamport_misc_setenv", SWEPT_ALLOCATES, act_misc_setenv },
	{ "pamport_misc_setenv", SWEPT_MAY, act_misc_setenv_readonly },
	{ "pamport_set_option", SWEPT_NOTHING, act_options },
	{ "pamport_set_trace", SWEPT_NOTHING, act_options },
	{ "pamport_fail_delay", SWEPT_NOTHING, act_options },
	{ "pamport_native_code", SWEPT_NOTHING, act_options },
	{ "pamport_strerror", SWEPT_NOTHING, act_names },
	{ "pamport_code_name", SWEPT_NOTHING, act_names },
	{ "pamport_code_translate", SWEPT_NOTHING, act_names },
	{ "pamport_item_name", SWEPT_NOTHING, act_names },
	{ "pamport_item_reaches_modules", SWEPT_NOTHING, act_names },
	{ "pamport_implementation_name", SWEPT_NOTHING, act_names },
	{ "pamport_version", SWEPT_NOTHING, act_names },
	{ "pamport_openpam_get_feature", SWEPT_NOTHING, act_names },
	{ "pamport_openpam_set_feature", SWEPT_NOTHING, act_names },
	{ "pamport_record_directory", SWEPT_NOTHING, act_names },
	{ NULL, SWEPT_NOTHING, NULL }
};
