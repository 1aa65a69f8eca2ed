/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The environment of a real handle.  The application's word is on one line,
 * what it then sees on the next; row ids are those of the measured behaviour.
 */
#include <config.h>

#include <sys/types.h>
#include <atf-c.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/internal.h"
#include "counted.h"
#include "fixture.h"

static struct fixture fixture;
static pam_handle_t *pamh;
static const char *module_puts;

static int
put_in_module(pam_handle_t *handle, const char *what, int flags)
{
	(void)what;
	(void)flags;
	if (module_puts == NULL)
		return PAM_SUCCESS;
	return pam_putenv(handle, module_puts);
}

static void
start(void)
{
	fixture_callback(&fixture, put_in_module);
	ATF_REQUIRE_EQ(PAM_SUCCESS, fixture_start(&fixture, "alice", NULL,
	    &pamh));
}

static void
finish(void)
{
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_end(pamh, PAM_SUCCESS));
	fixture_remove(&fixture);
}

/* Each of the strings, up to NULL, can be put. */
static void
put(const char *name_value, ...)
{
	va_list more;

	va_start(more, name_value);
	for (; name_value != NULL; name_value = va_arg(more, const char *))
		ATF_CHECK_EQ_MSG(PAM_SUCCESS, pamport_putenv(pamh,
		    name_value), "%s", name_value);
	va_end(more);
}

static void
put_by_module(const char *name_value)
{
	module_puts = name_value;
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_open_session(pamh, 0));
	module_puts = NULL;
}

/* The list is these variables, joined by blanks. */
static void
see(const char *expected)
{
	char **list = pamport_getenvlist(pamh), **entry, joined[256] = "";

	ATF_REQUIRE(list != NULL);
	for (entry = list; *entry != NULL; entry++) {
		ATF_REQUIRE(strlen(joined) + strlen(*entry) + 2 <
		    sizeof(joined));
		if (entry != list)
			strcat(joined, " ");
		strcat(joined, *entry);
	}
	ATF_CHECK_STREQ(expected, joined);
	pamport__env_free(list);
}

static const char *
get(const char *name)
{
	const char *value = pamport_getenv(pamh, name);

	return value == NULL ? "(null)" : value;
}

ATF_TC_WITHOUT_HEAD(rule_17__set_and_delete);
ATF_TC_BODY(rule_17__set_and_delete, tc)
{
	start();
	see("");
	put("A=1", "A=2", NULL);
	ATF_CHECK_STREQ("2", get("A"));
	put("A=", NULL);
	ATF_CHECK_STREQ("", get("A"));
	see("A=");
	put("A", NULL);			/* O cannot, natively [f01] */
	ATF_CHECK_STREQ("(null)", get("A"));
	see("");
	put("A=3", NULL);
	ATF_CHECK_STREQ("3", get("A"));
	see("A=3");
	finish();
}

/* L says PAM_BAD_ITEM natively, O PAM_SYSTEM_ERR, S success [f02 to f04b]. */
ATF_TC_WITHOUT_HEAD(rule_17__what_is_refused);
ATF_TC_BODY(rule_17__what_is_refused, tc)
{
	static const char *const bad[] = { "", "=", "=x", "NOPE", "B1", "BB" };
	size_t i;

	start();
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ATF_CHECK_EQ_MSG(PAM_BAD_ITEM, pamport_putenv(pamh, bad[i]),
		    "%s", bad[i]);
	put("B=1", "C=2", NULL);
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ATF_CHECK_EQ_MSG(PAM_BAD_ITEM, pamport_putenv(pamh, bad[i]),
		    "%s", bad[i]);
	see("B=1 C=2");
	put("B", NULL);
	ATF_CHECK_EQ(PAM_BAD_ITEM, pamport_putenv(pamh, "B"));
	see("C=2");
	finish();
}

/* S takes a name for every longer one, natively [f07, f07b]. */
ATF_TC_WITHOUT_HEAD(rule_17__names_match_whole);
ATF_TC_BODY(rule_17__names_match_whole, tc)
{
	start();
	put("FOOBAR=2", "X=0", "FOO=1", NULL);
	see("FOOBAR=2 X=0 FOO=1");
	ATF_CHECK_STREQ("1", get("FOO"));
	ATF_CHECK_STREQ("2", get("FOOBAR"));
	ATF_CHECK_STREQ("(null)", get("FO"));
	ATF_CHECK_STREQ("(null)", get("FOO="));
	ATF_CHECK_STREQ("(null)", get(""));
	put("FO=3", NULL);
	see("FOOBAR=2 X=0 FOO=1 FO=3");
	put("FOO=4", NULL);
	see("FOOBAR=2 X=0 FOO=4 FO=3");
	put("FOO", NULL);
	see("FOOBAR=2 X=0 FO=3");
	ATF_CHECK_EQ(PAM_BAD_ITEM, pamport_putenv(pamh, "FOO"));
	put("FOO=5", NULL);
	see("FOOBAR=2 X=0 FO=3 FOO=5");
	put("FOOBAR", "FO", NULL);
	see("X=0 FOO=5");
	finish();
}

ATF_TC_WITHOUT_HEAD(rule_19__order_of_first_setting);
ATF_TC_BODY(rule_19__order_of_first_setting, tc)
{
	start();
	put("Z=1", "A=2", "M=3", "Z=9", NULL);
	see("Z=9 A=2 M=3");
	put("A", NULL);
	see("Z=9 M=3");
	put("A=7", NULL);		/* O puts it back where it was [f08] */
	see("Z=9 M=3 A=7");
	put("Q=1", "Z", "Z=2", NULL);
	see("M=3 A=7 Q=1 Z=2");
	finish();
}

ATF_TC_WITHOUT_HEAD(rule_19__odd_names_and_values);
ATF_TC_BODY(rule_19__odd_names_and_values, tc)
{
	start();
	put("A=b=c", "SP ACE=1", "NL=a\nb", "a=1", "A=2", NULL);
	see("A=2 SP ACE=1 NL=a\nb a=1");
	ATF_CHECK_STREQ("1", get("SP ACE"));
	finish();
}

/* OpenSolaris cuts at 1023 bytes natively [f12]. */
ATF_TC_WITHOUT_HEAD(rule_19__values_are_whole);
ATF_TC_BODY(rule_19__values_are_whole, tc)
{
	static const size_t sizes[] = { 1019, 1020, 1021, 1022, 5000 };
	char name_value[5005], **list;
	size_t i;

	start();
	for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		memset(name_value, 'v', sizeof(name_value));
		memcpy(name_value, "VAR=", 4);
		name_value[sizes[i]] = '\0';
		put(name_value, NULL);
		ATF_CHECK_STREQ(name_value + 4, get("VAR"));
		list = pamport_getenvlist(pamh);
		ATF_REQUIRE(list != NULL);
		ATF_CHECK_STREQ(name_value, list[0]);
		ATF_CHECK(list[1] == NULL);
		pamport__env_free(list);
	}
	finish();
}

ATF_TC_WITHOUT_HEAD(rule_18__the_handle_owns_the_value);
ATF_TC_BODY(rule_18__the_handle_owns_the_value, tc)
{
	const char *first;
	char *copy;

	start();
	put("A=1", "B=2", NULL);
	first = pamport_getenv(pamh, "A");
	ATF_CHECK(first == pamport_getenv(pamh, "A"));
	put("B=3", NULL);
	ATF_CHECK_STREQ("3", get("B"));
	ATF_CHECK_STREQ("1", first);
	copy = pamport_getenv_copy(pamh, "A");
	ATF_REQUIRE(copy != NULL);
	ATF_CHECK(copy != first);
	put("A=4", NULL);
	ATF_CHECK_STREQ("1", copy);
	free(copy);
	ATF_CHECK(pamport_getenv_copy(pamh, "NOPE") == NULL);
	finish();
}

ATF_TC_WITHOUT_HEAD(rule_19__modules_and_application_share_it);
ATF_TC_BODY(rule_19__modules_and_application_share_it, tc)
{
	start();
	put("A=1", NULL);
	put_by_module("M=2");
	see("A=1 M=2");
	put_by_module("A=3");
	ATF_CHECK_STREQ("3", get("A"));
	put("M", NULL);
	see("A=3");
	finish();
}

/* A deleted variable comes back when a module sets it. */
ATF_TC_WITHOUT_HEAD(rule_19__a_module_sets_what_was_deleted);
ATF_TC_BODY(rule_19__a_module_sets_what_was_deleted, tc)
{
	start();
	put("A=1", "B=2", "A", NULL);
	see("B=2");
	put_by_module("A=3");
	ATF_CHECK_STREQ("3", get("A"));
	put("A", NULL);
	ATF_CHECK_STREQ("(null)", get("A"));
	finish();
}

/* The order after deletions holds however many variables there are. */
ATF_TC_WITHOUT_HEAD(rule_19__a_thousand_variables);
ATF_TC_BODY(rule_19__a_thousand_variables, tc)
{
	char name_value[32], **list;
	int i;

	start();
	for (i = 0; i < 1000; i++) {
		snprintf(name_value, sizeof(name_value), "V%d=%d", 999 - i, i);
		put(name_value, NULL);
	}
	list = pamport_getenvlist(pamh);
	ATF_REQUIRE(list != NULL);
	for (i = 0; i < 1000; i++) {
		snprintf(name_value, sizeof(name_value), "V%d=%d", 999 - i, i);
		ATF_REQUIRE(list[i] != NULL);
		ATF_CHECK_STREQ(name_value, list[i]);
	}
	ATF_CHECK(list[1000] == NULL);
	pamport__env_free(list);
	finish();
}

/* Whatever allocation fails, what was there is still there. */
ATF_TC_WITHOUT_HEAD(every_allocation_fails_once);
ATF_TC_BODY(every_allocation_fails_once, tc)
{
	static const char *const puts[] = { "FO=1", "A", "A=5", "FOOBAR",
	    "FOOBAR=7" };
	size_t i;
	int at, result;
	char **list;

	start();
	counted_require();
	put("FOOBAR=2", "A=1", NULL);
	for (i = 0; i < sizeof(puts) / sizeof(puts[0]); i++) {
		for (at = 0; ; at++) {
			counted_fail_at = at;
			result = pamport_putenv(pamh, puts[i]);
			if (counted_fail_at >= 0)
				break;	/* that many were not made */
			ATF_CHECK_MSG(result == PAM_BUF_ERR ||
			    result == PAM_SUCCESS ||
			    result == PAM_BAD_ITEM, "%s: %d", puts[i], result);
			ATF_CHECK(pamport_getenvlist(NULL) == NULL);
		}
		counted_fail_at = -1;
	}
	for (at = 0; ; at++) {
		counted_fail_at = at;
		list = pamport_getenvlist(pamh);
		if (counted_fail_at >= 0)
			break;
		ATF_CHECK(list == NULL);
		pamport__env_free(list);
	}
	counted_fail_at = -1;
	pamport__env_free(list);
	see("FO=1 A=5 FOOBAR=7");
	finish();
}

ATF_TP_ADD_TCS(tp)
{
	ATF_TP_ADD_TC(tp, rule_17__set_and_delete);
	ATF_TP_ADD_TC(tp, rule_17__what_is_refused);
	ATF_TP_ADD_TC(tp, rule_17__names_match_whole);
	ATF_TP_ADD_TC(tp, rule_18__the_handle_owns_the_value);
	ATF_TP_ADD_TC(tp, rule_19__order_of_first_setting);
	ATF_TP_ADD_TC(tp, rule_19__odd_names_and_values);
	ATF_TP_ADD_TC(tp, rule_19__values_are_whole);
	ATF_TP_ADD_TC(tp, rule_19__modules_and_application_share_it);
	ATF_TP_ADD_TC(tp, rule_19__a_module_sets_what_was_deleted);
	ATF_TP_ADD_TC(tp, rule_19__a_thousand_variables);
	ATF_TP_ADD_TC(tp, every_allocation_fails_once);
	return atf_no_error();
}
