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
static const size_t size_of_stdio = sizeof(FILE *);

#ifndef OPENPAM_RESTRICT_SERVICE_NAME
#error OPENPAM_RESTRICT_SERVICE_NAME is invisible
#endif

#include <atf-c.h>

/*
 * Whether a common name is pamport's own: same address.  The compiler takes two
 * names for two functions, so it is not let see that they are compared.
 */
typedef void any_function(void);

static int
is_same_function(any_function *one, any_function *other)
{
	any_function *volatile first = one, *volatile second = other;

	return first == second;
}

static int
is_same_variable(const volatile void *one, const volatile void *other)
{
	const volatile void *volatile first = one;
	const volatile void *volatile second = other;

	return first == second;
}

#define CHECK_FUNCTION(name, own) \
	ATF_CHECK_MSG(is_same_function((any_function *)name, \
	    (any_function *)own), "%s", #name)
#define CHECK_VARIABLE(name, own) \
	ATF_CHECK_MSG(is_same_variable(&name, &own), "%s", #name)

/* So a module cannot find a bare one here (rule 5). */
ATF_TC_WITHOUT_HEAD(rule_30__every_name_is_pamports);
ATF_TC_BODY(rule_30__every_name_is_pamports, tc)
{
	CHECK_FUNCTION(misc_conv, pamport_misc_conv);
	CHECK_VARIABLE(pam_misc_conv_warn_time, pamport_misc_conv_warn_time);
	CHECK_VARIABLE(pam_misc_conv_die_time, pamport_misc_conv_die_time);
	CHECK_VARIABLE(pam_misc_conv_warn_line, pamport_misc_conv_warn_line);
	CHECK_VARIABLE(pam_misc_conv_die_line, pamport_misc_conv_die_line);
	CHECK_VARIABLE(pam_misc_conv_died, pamport_misc_conv_died);
	CHECK_VARIABLE(pam_binary_handler_fn, pamport_binary_handler_fn);
	CHECK_VARIABLE(pam_binary_handler_free, pamport_binary_handler_free);
	CHECK_FUNCTION(pam_misc_setenv, pamport_misc_setenv);
	CHECK_FUNCTION(pam_misc_paste_env, pamport_misc_paste_env);
	CHECK_FUNCTION(pam_misc_drop_env, pamport_misc_drop_env);
	CHECK_FUNCTION(openpam_ttyconv, pamport_openpam_ttyconv);
	CHECK_VARIABLE(openpam_ttyconv_timeout, pamport_openpam_ttyconv_timeout);
	CHECK_FUNCTION(openpam_nullconv, pamport_openpam_nullconv);
	CHECK_FUNCTION(openpam_set_feature, pamport_openpam_set_feature);
	CHECK_FUNCTION(openpam_get_feature, pamport_openpam_get_feature);
	CHECK_FUNCTION(pam_setenv, pamport_setenv);
	CHECK_FUNCTION(pam_prompt, pamport_prompt);
	CHECK_FUNCTION(pam_vprompt, pamport_vprompt);
	CHECK_FUNCTION(pam_info, pamport_info);
	CHECK_FUNCTION(pam_vinfo, pamport_vinfo);
	CHECK_FUNCTION(pam_error, pamport_error);
	CHECK_FUNCTION(pam_verror, pamport_verror);
	CHECK_FUNCTION(pam_get_item, pamport_get_item);
	CHECK_FUNCTION(pam_fail_delay, pamport_fail_delay);
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
