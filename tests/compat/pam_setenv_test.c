/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pam_setenv, pam_misc_setenv, pam_misc_paste_env and pam_misc_drop_env.
 */
#include <config.h>

#include <sys/types.h>
#include <atf-c.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "compat/compat.h"
#include <pamport/openpam.h>
#include <pamport/pam_misc.h>

static pam_handle_t *
start(void)
{
	pam_handle_t *pamh;

	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_start("other", NULL, NULL, &pamh));
	return pamh;
}

static void
check_variable(pam_handle_t *pamh, const char *name, const char *expected)
{
	const char *value = pamport_getenv(pamh, name);

	ATF_REQUIRE_MSG(value != NULL, "%s is not set", name);
	ATF_CHECK_STREQ(expected, value);
}

ATF_TC_WITHOUT_HEAD(rule_30__setenv_overwrites_if_told);
ATF_TC_BODY(rule_30__setenv_overwrites_if_told, tc)
{
	pam_handle_t *pamh = start();

	ATF_CHECK_EQ(PAM_SUCCESS, pamport_setenv(pamh, "A", "1", 0));
	check_variable(pamh, "A", "1");
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_setenv(pamh, "A", "2", 0));
	check_variable(pamh, "A", "1");
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_setenv(pamh, "A", "3=4", 1));
	check_variable(pamh, "A", "3=4");
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_setenv(pamh, "AB", "", 0));
	check_variable(pamh, "AB", "");
	pamport_end(pamh, PAM_SUCCESS);
}

ATF_TC_WITHOUT_HEAD(rule_30__setenv_refuses_what_is_no_name);
ATF_TC_BODY(rule_30__setenv_refuses_what_is_no_name, tc)
{
	pam_handle_t *pamh = start();

	errno = 0;
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_setenv(pamh, "", "1", 1));
	ATF_CHECK_EQ(EINVAL, errno);
	errno = 0;
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_setenv(pamh, "A=B", "1", 1));
	ATF_CHECK_EQ(EINVAL, errno);
	ATF_CHECK(pamport_getenv(pamh, "A") == NULL);
	pamport_end(pamh, PAM_SUCCESS);
}

ATF_TC_WITHOUT_HEAD(rule_30__misc_setenv_says_that_it_is_there);
ATF_TC_BODY(rule_30__misc_setenv_says_that_it_is_there, tc)
{
	pam_handle_t *pamh = start();

	ATF_CHECK_EQ(PAM_SUCCESS, pamport_misc_setenv(pamh, "A", "1", 1));
	ATF_CHECK_EQ(PAM_PERM_DENIED, pamport_misc_setenv(pamh, "A", "2", 1));
	check_variable(pamh, "A", "1");
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_misc_setenv(pamh, "A", "2", 0));
	check_variable(pamh, "A", "2");
	ATF_CHECK_EQ(PAM_BAD_ITEM, pamport_misc_setenv(pamh, "", "2", 0));
	pamport_end(pamh, PAM_SUCCESS);
}

ATF_TC_WITHOUT_HEAD(rule_30__paste_env_stops_at_the_first_failure);
ATF_TC_BODY(rule_30__paste_env_stops_at_the_first_failure, tc)
{
	static const char *const good[] = { "A=1", "B=2", NULL };
	static const char *const bad[] = { "C=3", "MISSING", "D=5", NULL };
	pam_handle_t *pamh = start();

	ATF_CHECK_EQ(PAM_SUCCESS, pamport_misc_paste_env(pamh, good));
	check_variable(pamh, "A", "1");
	check_variable(pamh, "B", "2");
	ATF_CHECK(pamport_misc_paste_env(pamh, bad) != PAM_SUCCESS);
	check_variable(pamh, "C", "3");
	ATF_CHECK(pamport_getenv(pamh, "D") == NULL);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_misc_paste_env(pamh, NULL));
	pamport_end(pamh, PAM_SUCCESS);
}

/* Freed twice or not at all, valgrind sees it. */
ATF_TC_WITHOUT_HEAD(rule_30__drop_env_frees_a_list);
ATF_TC_BODY(rule_30__drop_env_frees_a_list, tc)
{
	pam_handle_t *pamh = start();
	char **list;

	ATF_CHECK_EQ(PAM_SUCCESS, pamport_setenv(pamh, "A", "secret", 0));
	list = pamport_getenvlist(pamh);
	ATF_REQUIRE(list != NULL);
	ATF_CHECK_STREQ("A=secret", list[0]);
	ATF_CHECK(pamport_misc_drop_env(list) == NULL);
	ATF_CHECK(pamport_misc_drop_env(NULL) == NULL);
	check_variable(pamh, "A", "secret");
	pamport_end(pamh, PAM_SUCCESS);
}

ATF_TC_WITHOUT_HEAD(rule_30__null_arguments);
ATF_TC_BODY(rule_30__null_arguments, tc)
{
	static const char *const list[] = { "A=1", NULL };
	pam_handle_t *pamh = start();

	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_setenv(NULL, "A", "1", 0));
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_setenv(pamh, NULL, "1", 0));
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_setenv(pamh, "A", NULL, 0));
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_misc_setenv(NULL, "A", "1", 0));
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_misc_setenv(pamh, NULL, "1", 0));
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_misc_setenv(pamh, "A", NULL, 0));
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_misc_paste_env(NULL, list));
	pamport_end(pamh, PAM_SUCCESS);
}

ATF_TP_ADD_TCS(tp)
{
	ATF_TP_ADD_TC(tp, rule_30__setenv_overwrites_if_told);
	ATF_TP_ADD_TC(tp, rule_30__setenv_refuses_what_is_no_name);
	ATF_TP_ADD_TC(tp, rule_30__misc_setenv_says_that_it_is_there);
	ATF_TP_ADD_TC(tp, rule_30__paste_env_stops_at_the_first_failure);
	ATF_TP_ADD_TC(tp, rule_30__drop_env_frees_a_list);
	ATF_TP_ADD_TC(tp, rule_30__null_arguments);
	return atf_no_error();
}
