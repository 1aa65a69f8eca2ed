/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pam_prompt and its family: what reaches the conversation, what comes back.
 */
#include <config.h>

#include <sys/types.h>
#include <atf-c.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "compat/compat.h"
#include <pamport/pam_ext.h>

/* The conversation: what it was asked, and what it is to say. */
static struct script {
	int calls;
	int style;
	char *text;
	int result;
	const char *answer;	/* NULL: none */
	bool no_array;
} script;

static int
converse(int n, PAMPORT_CONST struct pam_message **msg,
    struct pam_response **resp, void *data)
{
	ATF_REQUIRE(data == &script);
	ATF_REQUIRE_EQ(1, n);
	script.calls++;
	script.style = msg[0]->msg_style;
	free(script.text);
	script.text = strdup(msg[0]->msg);
	if (script.result != PAM_SUCCESS || script.no_array)
		return script.result;
	*resp = calloc(1, sizeof(**resp));
	if (script.answer != NULL)
		(*resp)->resp = strdup(script.answer);
	return PAM_SUCCESS;
}

static pam_handle_t *
start(void)
{
	struct pam_conv conv;
	pam_handle_t *pamh;

	conv.conv = converse;
	conv.appdata_ptr = &script;
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_start("other", "root", &conv,
	    &pamh));
	return pamh;
}

static void
finish(pam_handle_t *pamh)
{
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_end(pamh, PAM_SUCCESS));
	free(script.text);
	script.text = NULL;
}

ATF_TC_WITHOUT_HEAD(rule_30__question_has_an_answer);
ATF_TC_BODY(rule_30__question_has_an_answer, tc)
{
	pam_handle_t *pamh = start();
	char *response = NULL;

	script.answer = "hunter2";
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_prompt(pamh, PAM_PROMPT_ECHO_OFF,
	    &response, "%s's code %d: ", "bob", 7));
	ATF_CHECK_EQ(PAM_PROMPT_ECHO_OFF, script.style);
	ATF_CHECK_STREQ("bob's code 7: ", script.text);
	ATF_REQUIRE(response != NULL);
	ATF_CHECK_STREQ("hunter2", response);
	free(response);
	finish(pamh);
}

/* That nothing leaks is for valgrind to say. */
ATF_TC_WITHOUT_HEAD(rule_30__answer_may_be_unwanted);
ATF_TC_BODY(rule_30__answer_may_be_unwanted, tc)
{
	pam_handle_t *pamh = start();

	script.answer = "hunter2";
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_prompt(pamh, PAM_PROMPT_ECHO_ON,
	    NULL, "Press return"));
	ATF_CHECK_EQ(1, script.calls);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_info(pamh, "text"));
	ATF_CHECK_EQ(2, script.calls);
	finish(pamh);
}

ATF_TC_WITHOUT_HEAD(rule_30__info_and_error_have_their_styles);
ATF_TC_BODY(rule_30__info_and_error_have_their_styles, tc)
{
	pam_handle_t *pamh = start();

	ATF_CHECK_EQ(PAM_SUCCESS, pamport_info(pamh, "%d left", 3));
	ATF_CHECK_EQ(PAM_TEXT_INFO, script.style);
	ATF_CHECK_STREQ("3 left", script.text);
	script.no_array = true;
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_error(pamh, "%s!", "no"));
	ATF_CHECK_EQ(PAM_ERROR_MSG, script.style);
	ATF_CHECK_STREQ("no!", script.text);
	finish(pamh);
}

ATF_TC_WITHOUT_HEAD(rule_30__text_from_outside_is_no_format);
ATF_TC_BODY(rule_30__text_from_outside_is_no_format, tc)
{
	pam_handle_t *pamh = start();

	ATF_CHECK_EQ(PAM_SUCCESS, pamport_info(pamh, "%s", "100%n%s%d"));
	ATF_CHECK_STREQ("100%n%s%d", script.text);
	finish(pamh);
}

/* O cuts it at PAM_MAX_MSG_SIZE natively; strict mode tells. */
ATF_TC_WITHOUT_HEAD(rule_30__long_text_is_whole);
ATF_TC_BODY(rule_30__long_text_is_whole, tc)
{
	pam_handle_t *pamh = start();

	ATF_CHECK_EQ(PAM_SUCCESS, pamport_info(pamh, "%*d", 20000, 1));
	ATF_CHECK_EQ(20000, strlen(script.text));
	ATF_REQUIRE_EQ(PAM_SUCCESS,
	    pamport_set_option(pamh, PAMPORT_OPTION_STRICT, 1));
	ATF_CHECK_EQ(PAM_BUF_ERR,
	    pamport_info(pamh, "%*d", PAM_MAX_MSG_SIZE, 1));
	ATF_CHECK_EQ(1, script.calls);
	ATF_CHECK_EQ(PAM_SUCCESS,
	    pamport_info(pamh, "%*d", PAM_MAX_MSG_SIZE - 1, 1));
	finish(pamh);
}

/* No locale has such a character. */
ATF_TC_WITHOUT_HEAD(rule_30__text_that_cannot_be);
ATF_TC_BODY(rule_30__text_that_cannot_be, tc)
{
	pam_handle_t *pamh = start();
	static const wchar_t nothing[] = { 0x7fffffff, 0 };
	char *response;

	ATF_CHECK_EQ(PAM_BUF_ERR, pamport_prompt(pamh, PAM_PROMPT_ECHO_ON,
	    &response, "%ls", nothing));
	ATF_CHECK(response == NULL);
	ATF_CHECK_EQ(0, script.calls);
	finish(pamh);
}

ATF_TC_WITHOUT_HEAD(rule_30__failure_of_the_conversation);
ATF_TC_BODY(rule_30__failure_of_the_conversation, tc)
{
	static char mark;
	pam_handle_t *pamh = start();
	char *response = &mark;

	script.result = PAM_BUF_ERR;
	ATF_CHECK_EQ(PAM_BUF_ERR, pamport_prompt(pamh, PAM_PROMPT_ECHO_ON,
	    &response, "? "));
	ATF_CHECK(response == NULL);
	script.result = PAM_CONV_ERR;
	ATF_CHECK_EQ(PAM_CONV_ERR, pamport_error(pamh, "text"));
	finish(pamh);
}

ATF_TC_WITHOUT_HEAD(rule_30__success_without_an_answer_is_none);
ATF_TC_BODY(rule_30__success_without_an_answer_is_none, tc)
{
	static char mark;
	pam_handle_t *pamh = start();
	char *response = &mark;

	ATF_CHECK_EQ(PAM_CONV_ERR, pamport_prompt(pamh, PAM_PROMPT_ECHO_ON,
	    &response, "? "));
	ATF_CHECK(response == NULL);
	script.no_array = true;
	ATF_CHECK_EQ(PAM_CONV_ERR, pamport_prompt(pamh, PAM_PROMPT_ECHO_ON,
	    &response, "? "));
	finish(pamh);
}

ATF_TC_WITHOUT_HEAD(rule_30__no_conversation);
ATF_TC_BODY(rule_30__no_conversation, tc)
{
	pam_handle_t *pamh;

	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_start("other", NULL, NULL, &pamh));
	ATF_CHECK_EQ(PAM_CONV_ERR, pamport_info(pamh, "text"));
	finish(pamh);
}

ATF_TC_WITHOUT_HEAD(rule_30__null_arguments);
ATF_TC_BODY(rule_30__null_arguments, tc)
{
	static char mark;
	pam_handle_t *pamh = start();
	const char *volatile nothing = NULL;
	char *response = &mark;

	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_prompt(NULL, PAM_TEXT_INFO,
	    &response, "text"));
	ATF_CHECK(response == NULL);
	response = &mark;
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_prompt(pamh, PAM_TEXT_INFO,
	    &response, nothing, 0));
	ATF_CHECK(response == NULL);
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_info(NULL, "text"));
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_error(NULL, "text"));
	finish(pamh);
}

static int
foreign_conv(int n, PAMPORT__NATIVE_CONST struct pam_message **msg,
    struct pam_response **resp, void *data)
{
	const struct pam_message *list[1];

	list[0] = msg[0];
	return converse(n, list, resp, data);
}

ATF_TC_WITHOUT_HEAD(rule_30__foreign_handle_has_its_own_conversation);
ATF_TC_BODY(rule_30__foreign_handle_has_its_own_conversation, tc)
{
	struct pamport__native_conv conv;
	pam_handle_t *pamh = NULL;
	char *response;

	conv.conv = foreign_conv;
	conv.appdata_ptr = &script;
	ATF_REQUIRE_EQ(PAM_SUCCESS, pam_start("other", "root", &conv, &pamh));
	script.answer = "hunter2";
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_prompt(pamh, PAM_PROMPT_ECHO_ON,
	    &response, "who%c", '?'));
	ATF_CHECK_STREQ("who?", script.text);
	ATF_CHECK_STREQ("hunter2", response);
	free(response);
	script.answer = NULL;
	ATF_CHECK_EQ(PAM_CONV_ERR, pamport_prompt(pamh, PAM_PROMPT_ECHO_ON,
	    &response, "who?"));
	ATF_CHECK(response == NULL);
	ATF_CHECK_EQ(PAM_SUCCESS, pam_end(pamh, PAM_SUCCESS));
	free(script.text);
}

ATF_TP_ADD_TCS(tp)
{
	ATF_TP_ADD_TC(tp, rule_30__question_has_an_answer);
	ATF_TP_ADD_TC(tp, rule_30__answer_may_be_unwanted);
	ATF_TP_ADD_TC(tp, rule_30__info_and_error_have_their_styles);
	ATF_TP_ADD_TC(tp, rule_30__text_from_outside_is_no_format);
	ATF_TP_ADD_TC(tp, rule_30__long_text_is_whole);
	ATF_TP_ADD_TC(tp, rule_30__text_that_cannot_be);
	ATF_TP_ADD_TC(tp, rule_30__failure_of_the_conversation);
	ATF_TP_ADD_TC(tp, rule_30__success_without_an_answer_is_none);
	ATF_TP_ADD_TC(tp, rule_30__no_conversation);
	ATF_TP_ADD_TC(tp, rule_30__null_arguments);
	ATF_TP_ADD_TC(tp, rule_30__foreign_handle_has_its_own_conversation);
	return atf_no_error();
}
