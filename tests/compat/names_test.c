/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The common names, as an application sees them through the overlay, with all
 * headers at once and none of the C library's that they bring.
 */
#include <security/openpam.h>
#include <security/pam_misc.h>
#include <security/pam_modules.h>
#include <security/pam_ext.h>
#include <security/pam_appl.h>

static const size_t size_of_stdlib = sizeof(div_t);
static const size_t size_of_stdarg = sizeof(va_list);
static const size_t size_of_stdio = sizeof(FILE);

#ifndef OPENPAM_RESTRICT_SERVICE_NAME
#error OPENPAM_RESTRICT_SERVICE_NAME is invisible
#endif

#include <atf-c.h>

#define SPELLED(name) SPELLED_OUT(name)
#define SPELLED_OUT(name) #name

/* Each is pamport's, so a module cannot find a bare one here (rule 5). */
ATF_TC_WITHOUT_HEAD(rule_30__every_name_is_pamports);
ATF_TC_BODY(rule_30__every_name_is_pamports, tc)
{
	static const char *const names[] = {
		SPELLED(misc_conv),
		SPELLED(pam_misc_conv_warn_time),
		SPELLED(pam_misc_conv_die_time),
		SPELLED(pam_misc_conv_warn_line),
		SPELLED(pam_misc_conv_die_line),
		SPELLED(pam_misc_conv_died),
		SPELLED(pam_binary_handler_fn),
		SPELLED(pam_binary_handler_free),
		SPELLED(pam_misc_setenv),
		SPELLED(pam_misc_paste_env),
		SPELLED(pam_misc_drop_env),
		SPELLED(openpam_ttyconv),
		SPELLED(openpam_ttyconv_timeout),
		SPELLED(openpam_nullconv),
		SPELLED(openpam_set_feature),
		SPELLED(openpam_get_feature),
		SPELLED(pam_setenv),
		SPELLED(pam_prompt),
		SPELLED(pam_vprompt),
		SPELLED(pam_info),
		SPELLED(pam_vinfo),
		SPELLED(pam_error),
		SPELLED(pam_verror),
		SPELLED(pam_get_item),
		SPELLED(pam_fail_delay)
	};
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		ATF_CHECK_MSG(strncmp(names[i], "pamport_", 8) == 0, "%s",
		    names[i]);
}

ATF_TC_WITHOUT_HEAD(rule_30__each_can_be_a_conversation);
ATF_TC_BODY(rule_30__each_can_be_a_conversation, tc)
{
	struct pam_conv conv[] = {
		{ misc_conv, NULL },
		{ openpam_ttyconv, NULL },
		{ openpam_nullconv, NULL }
	};
	pam_handle_t *pamh;
	size_t i;

	for (i = 0; i < sizeof(conv) / sizeof(conv[0]); i++) {
		ATF_REQUIRE_EQ(PAM_SUCCESS,
		    pam_start("other", NULL, &conv[i], &pamh));
		ATF_CHECK_EQ(PAM_SUCCESS, pam_setenv(pamh, "A", "1", 0));
		ATF_CHECK_EQ(i == 2 ? PAM_CONV_ERR : PAM_SUCCESS,
		    pam_info(pamh, "text"));
		ATF_CHECK_EQ(PAM_SUCCESS, pam_end(pamh, PAM_SUCCESS));
	}
}

ATF_TC_WITHOUT_HEAD(rule_30__headers_bring_what_the_native_ones_bring);
ATF_TC_BODY(rule_30__headers_bring_what_the_native_ones_bring, tc)
{
	ATF_CHECK(size_of_stdlib > 0);
	ATF_CHECK(size_of_stdarg > 0);
	ATF_CHECK(size_of_stdio > 0);
}

ATF_TP_ADD_TCS(tp)
{
	ATF_TP_ADD_TC(tp, rule_30__every_name_is_pamports);
	ATF_TP_ADD_TC(tp, rule_30__each_can_be_a_conversation);
	ATF_TP_ADD_TC(tp, rule_30__headers_bring_what_the_native_ones_bring);
	return atf_no_error();
}
