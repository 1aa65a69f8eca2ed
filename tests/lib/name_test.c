/* SPDX-License-Identifier: BSD-2-Clause */
#include <config.h>

#include <sys/types.h>
#include <atf-c.h>
#include <pthread.h>
#include <limits.h>
#include <string.h>

#include "lib/internal.h"

ATF_TC_WITHOUT_HEAD(rule_4__names_of_codes_and_items);
ATF_TC_BODY(rule_4__names_of_codes_and_items, tc)
{
	ATF_CHECK_STREQ("PAM_SUCCESS", pamport_code_name(PAM_SUCCESS));
	ATF_CHECK_STREQ("PAM_AUTH_ERR", pamport_code_name(PAM_AUTH_ERR));
	ATF_CHECK_STREQ("PAM_BAD_CONSTANT",
	    pamport_code_name(PAM_BAD_CONSTANT));
	ATF_CHECK(pamport_code_name(-1) == NULL);
	ATF_CHECK(pamport_code_name(999) == NULL);
	ATF_CHECK_STREQ("PAM_TTY", pamport_item_name(PAM_TTY));
	ATF_CHECK_STREQ("PAM_AUSER", pamport_item_name(PAM_AUSER));
	ATF_CHECK(pamport_item_name(0) == NULL);
	ATF_CHECK(pamport_item_name(63) == NULL);
}

ATF_TC_WITHOUT_HEAD(rule_4__codes_are_translated);
ATF_TC_BODY(rule_4__codes_are_translated, tc)
{
	ATF_CHECK_EQ(9, pamport_code_translate(PAMPORT_LINUX_PAM,
	    PAMPORT_OPENPAM, 7));
	ATF_CHECK_EQ(7, pamport_code_translate(PAMPORT_SOLARIS,
	    PAMPORT_LINUX_PAM, 9));
	ATF_CHECK_EQ(31, pamport_code_translate(PAMPORT_LINUX_PAM,
	    PAMPORT_OPENPAM, 29));
	/* 29 is another thing there, and absent elsewhere. */
	ATF_CHECK_EQ(-1, pamport_code_translate(PAMPORT_OPENPAM,
	    PAMPORT_LINUX_PAM, 29));
	ATF_CHECK_EQ(PAM_DOMAIN_UNKNOWN, pamport_code_translate(PAMPORT_OPENPAM,
	    PAMPORT_HERE, 29));
	ATF_CHECK_EQ(1025, pamport_code_translate(PAMPORT_HERE, PAMPORT_APPLE,
	    PAM_APPLE_ACCT_LOCKED));
	ATF_CHECK_EQ(-1, pamport_code_translate(PAMPORT_SOLARIS,
	    PAMPORT_LINUX_PAM, 28));
	ATF_CHECK_EQ(-1, pamport_code_translate((enum pamport_implementation)9,
	    PAMPORT_HERE, 0));
	ATF_CHECK_EQ(-1, pamport_code_translate(PAMPORT_HERE,
	    (enum pamport_implementation)9, 0));
}

/* Every code survives the way to every implementation that has it, and back. */
ATF_TC_WITHOUT_HEAD(rule_4__there_and_back);
ATF_TC_BODY(rule_4__there_and_back, tc)
{
	enum pamport_implementation from, to;
	int code, other;

	for (from = PAMPORT_HERE; from <= PAMPORT_SOLARIS; from++)
		for (to = PAMPORT_HERE; to <= PAMPORT_SOLARIS; to++)
			for (code = 0; code < 1030; code++) {
				other = pamport_code_translate(from, to, code);
				if (other == -1)
					continue;
				ATF_CHECK_EQ(code, pamport_code_translate(to,
				    from, other));
			}
}

ATF_TC_WITHOUT_HEAD(rule_11__every_number_has_a_text);
ATF_TC_BODY(rule_11__every_number_has_a_text, tc)
{
	const char *unknown = pamport_strerror(NULL, 999), *text;
	int code;

	for (code = -5; code < 1100; code++) {
		text = pamport_strerror(NULL, code);
		ATF_REQUIRE(text != NULL);
		ATF_CHECK(*text != '\0');
		ATF_CHECK_EQ_MSG(pamport_code_name(code) != NULL,
		    strcmp(text, unknown) != 0, "%d: %s", code, text);
	}
	ATF_CHECK_STREQ(unknown, pamport_strerror(NULL, INT_MAX));
	ATF_CHECK_STREQ(unknown, pamport_strerror(NULL, INT_MIN));
}

/* O formats unknown numbers into one buffer natively [g50]. */
static void *
ask_for_texts(void *failures)
{
	static const char expected[] = "Unknown PAM error";
	int code;

	for (code = 1100; code < 3000; code++)
		if (strcmp(expected, pamport_strerror(NULL, code)) != 0)
			++*(int *)failures;
	return NULL;
}

ATF_TC_WITHOUT_HEAD(rule_11__texts_in_many_threads);
ATF_TC_BODY(rule_11__texts_in_many_threads, tc)
{
	pthread_t thread[8];
	int failures[8] = { 0 }, i;

	for (i = 0; i < 8; i++)
		ATF_REQUIRE_EQ(0, pthread_create(&thread[i], NULL,
		    ask_for_texts, &failures[i]));
	for (i = 0; i < 8; i++) {
		pthread_join(thread[i], NULL);
		ATF_CHECK_EQ(0, failures[i]);
	}
}

ATF_TC_WITHOUT_HEAD(rule_13__who_reaches_modules);
ATF_TC_BODY(rule_13__who_reaches_modules, tc)
{
	ATF_CHECK_EQ(1, pamport_item_reaches_modules(PAM_USER));
	ATF_CHECK_EQ(0, pamport_item_reaches_modules(0));
	ATF_CHECK_EQ(PAM_XDISPLAY < 64,
	    pamport_item_reaches_modules(PAM_XDISPLAY));
	ATF_CHECK_EQ(PAM_RESOURCE < 64,
	    pamport_item_reaches_modules(PAM_RESOURCE));
}

ATF_TC_WITHOUT_HEAD(names_of_implementations);
ATF_TC_BODY(names_of_implementations, tc)
{
	ATF_CHECK_STREQ("openpam",
	    pamport_implementation_name(PAMPORT_OPENPAM));
	ATF_CHECK_STREQ(PAMPORT__PLATFORM->name,
	    pamport_implementation_name(PAMPORT_HERE));
	ATF_CHECK(pamport_implementation_name(
	    (enum pamport_implementation)9) == NULL);
	ATF_CHECK_STREQ(PAMPORT_VERSION, pamport_version());
}

ATF_TP_ADD_TCS(tp)
{
	ATF_TP_ADD_TC(tp, rule_4__names_of_codes_and_items);
	ATF_TP_ADD_TC(tp, rule_4__codes_are_translated);
	ATF_TP_ADD_TC(tp, rule_4__there_and_back);
	ATF_TP_ADD_TC(tp, rule_11__every_number_has_a_text);
	ATF_TP_ADD_TC(tp, rule_11__texts_in_many_threads);
	ATF_TP_ADD_TC(tp, rule_13__who_reaches_modules);
	ATF_TP_ADD_TC(tp, names_of_implementations);
	return atf_no_error();
}
