/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Items of a real handle, set and read by the application.
 */
#include <config.h>

#include <sys/types.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <netinet/in.h>
#include <atf-c.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lib/internal.h"
#include "counted.h"
#include "fixture.h"

static struct fixture fixture;
static pam_handle_t *pamh;

static int
say(int n, const struct pam_message **msg, struct pam_response **resp,
    void *data)
{
	const char *answer = data;

	(void)msg;
	*resp = calloc((size_t)n, sizeof(**resp));
	ATF_REQUIRE(*resp != NULL);
	if (answer != NULL) {
		(*resp)[0].resp = malloc(strlen(answer) + 1);
		ATF_REQUIRE((*resp)[0].resp != NULL);
		strcpy((*resp)[0].resp, answer);
	}
	return PAM_SUCCESS;
}

static int
fail_auth(pam_handle_t *handle, const char *what, int flags)
{
	(void)handle;
	(void)flags;
	return strcmp(what, "auth") == 0 ? PAM_AUTH_ERR : PAM_SUCCESS;
}

static void
start(const char *user, const char *answer)
{
	struct pam_conv conv;

	conv.conv = say;
	conv.appdata_ptr = (void *)(uintptr_t)answer;
	fixture_callback(&fixture, fail_auth);
	ATF_REQUIRE_EQ(PAM_SUCCESS, fixture_start(&fixture, user, &conv,
	    &pamh));
}

static void
finish(void)
{
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_end(pamh, PAM_SUCCESS));
	fixture_remove(&fixture);
}

static const char *
item(int number)
{
	const char *value = "not touched";

	ATF_CHECK_EQ(PAM_SUCCESS, pamport_get_item(pamh, number, &value));
	return value;
}

/* Natively S says PAM_SYMBOL_ERR, or success for numbers below 64. */
ATF_TC_WITHOUT_HEAD(rule_12__unknown_items);
ATF_TC_BODY(rule_12__unknown_items, tc)
{
	static const int numbers[] = { -1, 0, 17, 31, 63, 99, 127, 128, 5000 };
	const char *value;
	size_t i;

	start("alice", NULL);
	for (i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		value = "not touched";
		ATF_CHECK_EQ_MSG(PAM_BAD_ITEM, pamport_get_item(pamh,
		    numbers[i], &value), "%d", numbers[i]);
		ATF_CHECK(value == NULL);
		ATF_CHECK_EQ_MSG(PAM_BAD_ITEM, pamport_set_item(pamh,
		    numbers[i], "x"), "%d", numbers[i]);
		ATF_CHECK_EQ_MSG(PAM_BAD_ITEM, pamport_set_item(pamh,
		    numbers[i], NULL), "%d", numbers[i]);
	}
	finish();
}

/* Each string item that has a name, native or private. */
ATF_TC_WITHOUT_HEAD(rule_13__every_string_item);
ATF_TC_BODY(rule_13__every_string_item, tc)
{
	const struct pamport__named_item *named;
	char value[16];
	int i;

	start("alice", NULL);
	for (i = 0; i < PAMPORT__ITEMS; i++) {
		named = &pamport__items[i];
		if (named->kind != PAMPORT__KIND_STRING ||
		    named->number == PAM_SERVICE ||
		    named->number == PAM_AUTHTOK ||
		    named->number == PAM_OLDAUTHTOK)
			continue;
		strcpy(value, "value");
		ATF_CHECK_EQ_MSG(PAM_SUCCESS, pamport_set_item(pamh,
		    named->number, value), "%s", named->name);
		strcpy(value, "other");
		ATF_CHECK_STREQ("value", item(named->number));
		ATF_CHECK_EQ(PAM_SUCCESS, pamport_set_item(pamh,
		    named->number, ""));
		ATF_CHECK_STREQ("", item(named->number));
		ATF_CHECK_EQ_MSG(PAM_SUCCESS, pamport_set_item(pamh,
		    named->number, NULL), "%s", named->name);
		ATF_CHECK_MSG(item(named->number) == NULL, "%s", named->name);
	}
	finish();
}

/* Natively, O and S copy from what they have just freed [e22]. */
ATF_TC_WITHOUT_HEAD(rule_16__a_string_of_the_item_itself);
ATF_TC_BODY(rule_16__a_string_of_the_item_itself, tc)
{
	static const int numbers[] = { PAM_TTY, PAM_XDISPLAY, PAM_AUSER };
	size_t i;

	start("alice", NULL);
	for (i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		ATF_CHECK_EQ(PAM_SUCCESS, pamport_set_item(pamh, numbers[i],
		    "/dev/pts/7"));
		ATF_CHECK_EQ(PAM_SUCCESS, pamport_set_item(pamh, numbers[i],
		    item(numbers[i])));
		ATF_CHECK_STREQ("/dev/pts/7", item(numbers[i]));
		ATF_CHECK_EQ(PAM_SUCCESS, pamport_set_item(pamh, numbers[i],
		    item(numbers[i]) + strlen("/dev/")));
		ATF_CHECK_STREQ("pts/7", item(numbers[i]));
	}
	finish();
}

ATF_TC_WITHOUT_HEAD(rule_13__xauth_data);
ATF_TC_BODY(rule_13__xauth_data, tc)
{
	char name[] = "MIT-MAGIC-COOKIE-1", data[] = "\1\2\0\3";
	struct pam_xauth_data cookie = { (int)sizeof(name) - 1, name, 4, data };
	const struct pam_xauth_data *kept = NULL;

	start("alice", NULL);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_set_item(pamh, PAM_XAUTHDATA,
	    &cookie));
	memset(name, 'x', sizeof(name) - 1);
	memset(data, 9, sizeof(data));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_get_item(pamh, PAM_XAUTHDATA,
	    &kept));
	ATF_REQUIRE(kept != NULL);
	ATF_CHECK_EQ((int)sizeof(name) - 1, kept->namelen);
	ATF_CHECK(memcmp(kept->name, "MIT-MAGIC-COOKIE-1", 18) == 0);
	ATF_CHECK_EQ(4, kept->datalen);
	ATF_CHECK(memcmp(kept->data, "\1\2\0\3", 4) == 0);
	finish();
}

ATF_TC_WITHOUT_HEAD(rule_13__unsound_xauth_data);
ATF_TC_BODY(rule_13__unsound_xauth_data, tc)
{
	char name[] = "n", data[] = "d";
	struct pam_xauth_data bad[] = { { -1, name, 1, data },
	    { 1, name, -1, data }, { 1, NULL, 1, data }, { 1, name, 1, NULL } };
	const void *kept;
	size_t i;

	if (pamport_item_reaches_modules(PAM_XAUTHDATA))
		atf_tc_skip("the item is native here, and not checked");
	start("alice", NULL);
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ATF_CHECK_EQ(PAM_BAD_ITEM, pamport_set_item(pamh,
		    PAM_XAUTHDATA, &bad[i]));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_get_item(pamh, PAM_XAUTHDATA,
	    &kept));
	ATF_CHECK(kept == NULL);
	finish();
}

ATF_TC_WITHOUT_HEAD(rule_13__repository);
ATF_TC_BODY(rule_13__repository, tc)
{
	char type[] = "ldap", scope[] = "users";
	struct pam_repository repository = { type, scope, sizeof(scope) };
	const struct pam_repository *kept = NULL;

	start("alice", NULL);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_set_item(pamh, PAM_REPOSITORY,
	    &repository));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_get_item(pamh, PAM_REPOSITORY,
	    &kept));
	ATF_REQUIRE(kept != NULL);
	ATF_CHECK_STREQ("ldap", kept->type);
	ATF_CHECK_EQ(sizeof(scope), kept->scope_len);
	ATF_CHECK(memcmp(kept->scope, "users", sizeof(scope)) == 0);
	finish();
}

/* No name is an empty one; what cannot be copied whole is not copied. */
ATF_TC_WITHOUT_HEAD(rule_13__unsound_repository);
ATF_TC_BODY(rule_13__unsound_repository, tc)
{
	char scope[] = "users";
	struct pam_repository repository = { NULL, NULL, 0 };
	const struct pam_repository *kept = NULL;

	if (!pamport__item_is_private(PAM_REPOSITORY))
		atf_tc_skip("the item is native here, and not checked");
	start("alice", NULL);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_set_item(pamh, PAM_REPOSITORY,
	    &repository));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_get_item(pamh, PAM_REPOSITORY,
	    &kept));
	ATF_REQUIRE(kept != NULL);
	ATF_CHECK_STREQ("", kept->type);
	ATF_CHECK(kept->scope == NULL);
	repository.scope_len = 1;
	ATF_CHECK_EQ(PAM_BAD_ITEM, pamport_set_item(pamh, PAM_REPOSITORY,
	    &repository));
	repository.scope = scope;
	repository.scope_len = SIZE_MAX;
	ATF_CHECK_EQ(PAM_BUF_ERR, pamport_set_item(pamh, PAM_REPOSITORY,
	    &repository));
	repository.scope_len = SIZE_MAX - 16;
	ATF_CHECK_EQ(PAM_BUF_ERR, pamport_set_item(pamh, PAM_REPOSITORY,
	    &repository));
	finish();
}

ATF_TC_WITHOUT_HEAD(rule_13__socket_address);
ATF_TC_BODY(rule_13__socket_address, tc)
{
	struct sockaddr_in *address = calloc(1, sizeof(*address));
	const struct sockaddr_in *kept = NULL;

	ATF_REQUIRE(address != NULL);
	start("alice", NULL);
	address->sin_family = AF_INET;
	address->sin_port = htons(22);
	/* Shorter than a sockaddr_storage: valgrind sees an overread. */
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_set_item(pamh, PAM_SOCKADDR,
	    address));
	free(address);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_get_item(pamh, PAM_SOCKADDR, &kept));
	ATF_REQUIRE(kept != NULL);
	ATF_CHECK_EQ(AF_INET, kept->sin_family);
	ATF_CHECK_EQ(22, ntohs(kept->sin_port));
	finish();
}

/* Each family is as long as it is; what is not known is a sockaddr_storage. */
ATF_TC_WITHOUT_HEAD(rule_13__socket_address_of_each_family);
ATF_TC_BODY(rule_13__socket_address_of_each_family, tc)
{
	static const int families[] = { AF_INET6, AF_UNIX, AF_UNSPEC };
	static const size_t sizes[] = { sizeof(struct sockaddr_in6),
	    sizeof(struct sockaddr_un), sizeof(struct sockaddr_storage) };
	const struct sockaddr *kept;
	struct sockaddr *address;
	size_t i;

	start("alice", NULL);
	for (i = 0; i < 3; i++) {
		address = calloc(1, sizes[i]);
		ATF_REQUIRE(address != NULL);
		address->sa_family = (sa_family_t)families[i];
		memset((char *)address + sizes[i] - 1, 'x', 1);
		ATF_CHECK_EQ(PAM_SUCCESS, pamport_set_item(pamh, PAM_SOCKADDR,
		    address));
		ATF_CHECK_EQ(PAM_SUCCESS, pamport_get_item(pamh, PAM_SOCKADDR,
		    &kept));
		ATF_CHECK_EQ(0, memcmp(address, kept, sizes[i]));
		free(address);
	}
	finish();
}

ATF_TC_WITHOUT_HEAD(rule_14__a_refusal_is_bad_item);
ATF_TC_BODY(rule_14__a_refusal_is_bad_item, tc)
{
	static const int numbers[] = { PAM_SERVICE, PAM_AUTHTOK,
	    PAM_OLDAUTHTOK };
	const char *value;
	int result;
	size_t i;

	start("alice", NULL);
	for (i = 0; i < 3; i++) {
		result = pamport_set_item(pamh, numbers[i], "value");
		ATF_CHECK_MSG(result == PAM_SUCCESS || result == PAM_BAD_ITEM,
		    "%d: %d", numbers[i], result);
		value = "not touched";
		result = pamport_get_item(pamh, numbers[i], &value);
		ATF_CHECK(result == PAM_SUCCESS ||
		    (result == PAM_BAD_ITEM && value == NULL));
	}
	finish();
}

ATF_TC_WITHOUT_HEAD(rule_14__strict_refuses_all);
ATF_TC_BODY(rule_14__strict_refuses_all, tc)
{
	const char *value = "not touched";

	start("alice", NULL);
	ATF_CHECK_EQ(PAM_BAD_ITEM, pamport_set_option(pamh,
	    PAMPORT_OPTION_STRICT, 2));
	ATF_CHECK_EQ(PAM_BAD_ITEM, pamport_set_option(pamh,
	    (enum pamport_option)77, 1));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_set_option(pamh,
	    PAMPORT_OPTION_STRICT, 1));
	ATF_CHECK_EQ(PAM_BAD_ITEM, pamport_set_item(pamh, PAM_SERVICE, "x"));
	ATF_CHECK_EQ(PAM_BAD_ITEM, pamport_set_item(pamh, PAM_AUTHTOK, "x"));
	ATF_CHECK_EQ(PAM_BAD_ITEM, pamport_set_item(pamh, PAM_OLDAUTHTOK,
	    "x"));
	ATF_CHECK_EQ(PAM_BAD_ITEM, pamport_get_item(pamh, PAM_AUTHTOK,
	    &value));
	ATF_CHECK(value == NULL);
	ATF_CHECK_STREQ(fixture.service, item(PAM_SERVICE));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_set_item(pamh, PAM_USER, "bob"));
	finish();
}

/* Each of these ends a process on the system that has the item. */
ATF_TC_WITHOUT_HEAD(rule_16__unsetting_what_crashes);
ATF_TC_BODY(rule_16__unsetting_what_crashes, tc)
{
	int i, expected;

	start("alice", NULL);
	for (i = 0; i < PAMPORT__ITEMS; i++) {
		if (pamport__items[i].number == PAM_SERVICE)
			continue;
		if (pamport__items[i].kind == PAMPORT__KIND_CONV)
			continue;
		expected = PAMPORT__PLATFORM->null_item_crashes[i] ?
		    PAM_BAD_ITEM : PAM_SUCCESS;
		if (i != PAMPORT__ITEM_AUTHTOK && i != PAMPORT__ITEM_OLDAUTHTOK)
			ATF_CHECK_EQ_MSG(expected, pamport_set_item(pamh,
			    pamport__items[i].number, NULL), "%s",
			    pamport__items[i].name);
	}
	finish();
}

/* --- PAM_FAIL_DELAY [E3] --------------------------------------------------- */

static int delays, delay_result;
static void *delay_data;

static void
count_delay(int result, unsigned int usec, void *data)
{
	(void)usec;
	delays++;
	delay_result = result;
	delay_data = data;
}

ATF_TC_WITHOUT_HEAD(rule_16__fail_delay_gets_the_applications_data);
ATF_TC_BODY(rule_16__fail_delay_gets_the_applications_data, tc)
{
	void (*function)(int, unsigned int, void *) = count_delay;
	static const char answer[] = "answer";
	const void *pointer;

	memcpy(&pointer, &function, sizeof(pointer));
	start("alice", answer);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_fail_delay(pamh, 1000));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_set_item(pamh, PAM_FAIL_DELAY,
	    pointer));
	function = NULL;
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_get_item(pamh, PAM_FAIL_DELAY,
	    &function));
	ATF_CHECK(function == count_delay);
	ATF_CHECK_EQ(PAM_AUTH_ERR, pamport_authenticate(pamh, 0));
	ATF_CHECK_EQ(1, delays);
	ATF_CHECK_EQ(PAM_AUTH_ERR, delay_result);
	ATF_CHECK(delay_data == answer);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_set_item(pamh, PAM_FAIL_DELAY,
	    NULL));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_get_item(pamh, PAM_FAIL_DELAY,
	    &function));
	ATF_CHECK(function == NULL);
	ATF_CHECK_EQ(PAM_AUTH_ERR, pamport_authenticate(pamh, 0));
	ATF_CHECK_EQ(1, delays);
	finish();
}

/* --- pam_get_user ---------------------------------------------------------- */

ATF_TC_WITHOUT_HEAD(rule_27__the_user_is_asked_for);
ATF_TC_BODY(rule_27__the_user_is_asked_for, tc)
{
	const char *user = "not touched";

	start(NULL, "bob");
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_get_user(pamh, &user, "Who? "));
	ATF_CHECK_STREQ("bob", user);
	ATF_CHECK_STREQ("bob", item(PAM_USER));
	finish();
}

/* O succeeds with a NULL user natively, S asks for ever [h77]. */
ATF_TC_WITHOUT_HEAD(rule_27__no_user_is_a_failure);
ATF_TC_BODY(rule_27__no_user_is_a_failure, tc)
{
	const char *user = "not touched";

	start(NULL, NULL);
	ATF_CHECK_EQ(PAM_CONV_ERR, pamport_get_user(pamh, &user, NULL));
	ATF_CHECK(user == NULL);
	finish();
}

/* --- No memory -------------------------------------------------------------- */

static void
no_line(const char *line, void *data)
{
	(void)line;
	(void)data;
}

/* Every allocation of pamport's own fails once, and nothing is lost. */
ATF_TC_WITHOUT_HEAD(every_allocation_fails_once);
ATF_TC_BODY(every_allocation_fails_once, tc)
{
	static const int numbers[] = { PAM_XDISPLAY, PAM_AUSER,
	    PAM_OLDAUTHTOK_PROMPT, PAM_TTY };
	pam_handle_t *none = (pam_handle_t *)&fixture;
	const char *old;
	size_t i;
	int result;

	counted_require();
	counted_fail_at = 0;
	ATF_CHECK_EQ(PAM_BUF_ERR, pamport_start("x", "u", NULL, &none));
	ATF_CHECK_EQ(-1, counted_fail_at);
	ATF_CHECK(none == NULL);

	start("alice", NULL);
	/* Then native items are looked at on L, too. */
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_set_trace(pamh, no_line, NULL));
	for (i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_set_item(pamh, numbers[i],
		    "old value"));
		old = item(numbers[i]);
		counted_fail_at = 0;
		/* Part of itself: the one case in which a native item copies. */
		result = pamport_set_item(pamh, numbers[i], old + 4);
		ATF_CHECK_EQ(-1, counted_fail_at);
		counted_fail_at = -1;
		ATF_CHECK_EQ(PAM_BUF_ERR, result);
		ATF_CHECK_STREQ("old value", item(numbers[i]));
	}
	finish();
}

ATF_TC_WITHOUT_HEAD(one_allocation_a_handle);
ATF_TC_BODY(one_allocation_a_handle, tc)
{
	int before;
	const char *user;

	counted_require();
	fixture_callback(&fixture, fail_auth);
	before = counted_allocations;
	ATF_REQUIRE_EQ(PAM_SUCCESS, fixture_start(&fixture, "alice", NULL,
	    &pamh));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_set_item(pamh, PAM_TTY, "tty1"));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_set_item(pamh, PAM_TTY, "tty2"));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_get_item(pamh, PAM_USER, &user));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_open_session(pamh, 0));
	ATF_CHECK_EQ(before + 1, counted_allocations);
	/* On S the configuration is read at this one (rule 23). */
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_acct_mgmt(pamh, 0));
	finish();
}

ATF_TP_ADD_TCS(tp)
{
	ATF_TP_ADD_TC(tp, rule_12__unknown_items);
	ATF_TP_ADD_TC(tp, rule_13__every_string_item);
	ATF_TP_ADD_TC(tp, rule_13__xauth_data);
	ATF_TP_ADD_TC(tp, rule_13__unsound_xauth_data);
	ATF_TP_ADD_TC(tp, rule_13__repository);
	ATF_TP_ADD_TC(tp, rule_13__unsound_repository);
	ATF_TP_ADD_TC(tp, rule_13__socket_address);
	ATF_TP_ADD_TC(tp, rule_13__socket_address_of_each_family);
	ATF_TP_ADD_TC(tp, rule_14__a_refusal_is_bad_item);
	ATF_TP_ADD_TC(tp, rule_14__strict_refuses_all);
	ATF_TP_ADD_TC(tp, rule_16__a_string_of_the_item_itself);
	ATF_TP_ADD_TC(tp, rule_16__unsetting_what_crashes);
	ATF_TP_ADD_TC(tp, rule_16__fail_delay_gets_the_applications_data);
	ATF_TP_ADD_TC(tp, rule_27__the_user_is_asked_for);
	ATF_TP_ADD_TC(tp, rule_27__no_user_is_a_failure);
	ATF_TP_ADD_TC(tp, every_allocation_fails_once);
	ATF_TP_ADD_TC(tp, one_allocation_a_handle);
	return atf_no_error();
}
