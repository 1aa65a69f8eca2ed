/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * openpam_nullconv, openpam_set_feature and openpam_get_feature.
 */
#include <config.h>

#include <sys/types.h>
#include <atf-c.h>
#include <string.h>

#include "compat/compat.h"
#include <pamport/openpam.h>

#define FEATURES 5
#define RESTRICT_MODULE_NAME 2

ATF_TC_WITHOUT_HEAD(rule_30__nullconv_touches_nothing);
ATF_TC_BODY(rule_30__nullconv_touches_nothing, tc)
{
	struct pam_response mark, *answers = &mark;

	ATF_CHECK_EQ(PAM_CONV_ERR,
	    pamport_openpam_nullconv(1, NULL, &answers, NULL));
	ATF_CHECK(answers == &mark);
	ATF_CHECK_EQ(PAM_CONV_ERR, pamport_openpam_nullconv(0, NULL, NULL,
	    NULL));
}

ATF_TC_WITHOUT_HEAD(rule_30__unknown_feature_is_refused);
ATF_TC_BODY(rule_30__unknown_feature_is_refused, tc)
{
	int on = 77;

	ATF_CHECK_EQ(PAM_BAD_FEATURE, pamport_openpam_set_feature(-1, 1));
	ATF_CHECK_EQ(PAM_BAD_FEATURE, pamport_openpam_set_feature(99, 1));
	ATF_CHECK_EQ(PAM_BAD_FEATURE, pamport_openpam_get_feature(-1, &on));
	ATF_CHECK_EQ(PAM_BAD_FEATURE, pamport_openpam_get_feature(99, &on));
	ATF_CHECK_EQ(77, on);
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_openpam_get_feature(0, NULL));
}

#ifdef HAVE_OPENPAM_SET_FEATURE

ATF_TC_WITHOUT_HEAD(rule_30__feature_is_the_librarys);
ATF_TC_BODY(rule_30__feature_is_the_librarys, tc)
{
	int on = 77;

	ATF_REQUIRE_EQ(PAM_SUCCESS,
	    pamport_openpam_get_feature(RESTRICT_MODULE_NAME, &on));
	ATF_CHECK_EQ(0, on);
	ATF_REQUIRE_EQ(PAM_SUCCESS,
	    pamport_openpam_set_feature(RESTRICT_MODULE_NAME, 1));
	ATF_REQUIRE_EQ(PAM_SUCCESS,
	    pamport_openpam_get_feature(RESTRICT_MODULE_NAME, &on));
	ATF_CHECK_EQ(1, on);
}

#else

ATF_TC_WITHOUT_HEAD(rule_30__feature_is_the_librarys);
ATF_TC_BODY(rule_30__feature_is_the_librarys, tc)
{
	int feature, on = 77;

	for (feature = 0; feature < FEATURES; feature++) {
		ATF_CHECK_EQ(PAM_BAD_FEATURE,
		    pamport_openpam_set_feature(feature, 0));
		ATF_CHECK_EQ(PAM_BAD_FEATURE,
		    pamport_openpam_get_feature(feature, &on));
	}
	ATF_CHECK_EQ(77, on);
}

#endif

ATF_TP_ADD_TCS(tp)
{
	ATF_TP_ADD_TC(tp, rule_30__nullconv_touches_nothing);
	ATF_TP_ADD_TC(tp, rule_30__unknown_feature_is_refused);
	ATF_TP_ADD_TC(tp, rule_30__feature_is_the_librarys);
	return atf_no_error();
}
