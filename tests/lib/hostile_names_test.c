/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Names that steer terminals, lead elsewhere, or are longer than any field: of users,
 * terminals, hosts, services and directories.
 */
#include <config.h>

#include <sys/types.h>
#include <sys/stat.h>
#include <atf-c.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/session.h"
#include "fixture.h"
#include "recorded.h"
#include "scripted.h"

#define TTY "/dev/pts/77"
#define BIG 10240

static pamport_session *session;

/* Whatever hangs is killed, and the case fails. */
static void
begin(void)
{
	(void)alarm(240);
	recorded_service();
}

static void
finish(void)
{
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_free(session));
	fixture_remove(&recorded_fixture);
}

/* Sequences that clear a screen or begin a line, in each way to write them. */
#define STEERING "a\nb\rc\033[2Jd\177e\302\2332Jf\2332Jg\377h\303"
#define SHOWN "a?b?c?[2Jd?e??2Jf?2Jg?h?"

static void
check_harmless(const char *what, const char *text)
{
	const char *byte;

	ATF_CHECK_MSG(text[0] != '\0', "%s: nothing", what);
	for (byte = text; *byte != '\0'; byte++)
		ATF_REQUIRE_MSG((unsigned char)*byte >= 0x20 &&
		    (unsigned char)*byte < 0x7f, "%s: \\%03o in it", what,
		    (unsigned char)*byte);
}

static void
check_trace(const char *line, void *data)
{
	check_harmless("trace", line);
	++*(int *)data;
}

static int
check_view(const struct pamport_record *record, void *data)
{
	(void)data;
	ATF_CHECK_STREQ(SHOWN, record->user);
	ATF_CHECK_STREQ(SHOWN, record->tty);
	ATF_CHECK_STREQ(SHOWN, record->rhost);
	ATF_REQUIRE_EQ(1, record->variables);
	ATF_CHECK_STREQ("V=" SHOWN, record->environment[0]);
	return 0;
}

static void
put_steering(pam_handle_t *pamh)
{
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_putenv(pamh, "V=" STEERING));
}

FIXTURE_TC(names__that_steer_terminals_are_shown_as_text, "root")
{
	char *text, *line;
	int lines = 0;

	begin();
	session = recorded_start(STEERING);
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_set_trace(
	    pamport_session_handle(session), check_trace, &lines));
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_set_item(session, PAM_TTY,
	    STEERING));
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_set_item(session,
	    PAM_RHOST, STEERING));
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_set_option(session,
	    PAMPORT_SESSION_ACCOUNTING, PAMPORT_ACCOUNTING_ALL));
	if (recorded_use_logins())
		atf_utils_create_file("lastlog", "%s", "");
	scripted_do("open", put_steering);
	scripted_return("auth", PAM_AUTH_ERR);
	ATF_CHECK_EQ(PAM_AUTH_ERR, pamport_session_authenticate(session, 0));
	check_harmless("error", pamport_session_error(session)->message);
	ATF_CHECK(strstr(pamport_session_error(session)->message, SHOWN) !=
	    NULL);
	scripted_return("auth", PAM_SUCCESS);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_authenticate(session, 0));
	recorded_open(session);
	if (recorded_size("utmp") != -1)
		check_harmless("warning", pamport_session_warning(session));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_record_show(recorded_id, check_view,
	    NULL, NULL));
	/* One line a field in the file itself, and nobody is logged in. */
	text = recorded_read(recorded_file(session, "open"));
	for (line = text; *line != '\0'; line++)
		ATF_CHECK(*line == '\n' || (unsigned char)*line >= 0x20);
	ATF_CHECK(strstr(text, "item PAM_USER a%0Ab%0Dc%1B[2Jd%7Fe") != NULL);
	free(text);
	ATF_CHECK(recorded_size("utmp") <= 0 && recorded_size("wtmp") <= 0 &&
	    recorded_size("lastlog") <= 0);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_close(session));
	ATF_CHECK(lines > 0);
	finish();
}

/* Who is shown as another is not closed in the place of that one. */
FIXTURE_TC(names__shown_as_another_are_found_as_they_are, "root")
{
	pamport_session *found;

	begin();
	session = recorded_start(STEERING);
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_set_item(session, PAM_TTY,
	    TTY));
	recorded_open(session);
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_session_attach_tty(SHOWN, TTY,
	    NULL, &found));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_free(found));
	ATF_CHECK_EQ_MSG(PAM_SUCCESS, pamport_session_attach_tty(STEERING, TTY,
	    NULL, &found), "%s", pamport_session_error(found)->message);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_free(found));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_close(session));
	finish();
}

/* The names of directory and service come from outside, too. */
FIXTURE_TC(names__in_warning_and_trace_are_shown_as_text, "root")
{
	struct pam_conv nobody = { NULL, NULL };
	pam_handle_t *pamh;
	char *text, *byte;

	begin();
	atf_utils_create_file("f" STEERING, "%s", "");
	ATF_REQUIRE_EQ(0, setenv("PAMPORT_RECORDS",
	    fixture_file("f" STEERING "/x"), 1));
	session = recorded_start("alice");
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_set_option(session,
	    PAMPORT_SESSION_RECORD, PAMPORT_RECORD_OPTIONAL));
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_check_account(session, 0));
	(void)pamport_session_user(session);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_open(session));
	check_harmless("warning", pamport_session_warning(session));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_close(session));
	finish();
	ATF_REQUIRE_EQ(0, setenv("PAMPORT_TRACE", fixture_file("trace"), 1));
	if (pamport_start(STEERING, "alice", &nobody, &pamh) == PAM_SUCCESS)
		ATF_CHECK_EQ(PAM_SUCCESS, pamport_end(pamh, PAM_SUCCESS));
	text = recorded_read("trace");
	ATF_CHECK(strstr(text, SHOWN) != NULL);
	for (byte = text; *byte != '\0'; byte++)
		if (*byte == '\n')
			*byte = ' ';
	check_harmless("trace", text);
	free(text);
}

/* A character that is cut off in the middle is none. */
FIXTURE_TC(names__that_are_cut_are_still_text, "root")
{
	char name[66];

	begin();
	memset(name, 'x', 63);
	strcpy(name + 63, "\303\244");
	session = recorded_start(name);
	scripted_return("auth", PAM_AUTH_ERR);
	ATF_CHECK_EQ(PAM_AUTH_ERR, pamport_session_authenticate(session, 0));
	check_harmless("error", pamport_session_error(session)->message);
	ATF_CHECK(strstr(pamport_session_error(session)->message, "x?)") !=
	    NULL);
	finish();
}

/*
 * Linux-PAM refuses what does not fit into a message of the kernel's audit: a tty
 * or a host of 9 kB.
 */
static bool
is_refused(void)
{
	if (pamport_session_check_account(session, 0) == PAM_SUCCESS)
		return false;
	check_harmless("error", pamport_session_error(session)->message);
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_session_error(session)->code);
	ATF_CHECK(fixture_has_system_modules());
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_free(session));
	return true;
}

static const char *expected_tty;

static void
see_tty(pam_handle_t *pamh)
{
	const char *tty = NULL, *host = NULL;

	(void)pamport_get_item(pamh, PAM_TTY, &tty);
	(void)pamport_get_item(pamh, PAM_RHOST, &host);
	RECORDED_CHECK(tty != NULL && strcmp(tty, expected_tty) == 0);
	RECORDED_CHECK(host != NULL && strcmp(host, expected_tty) == 0);
}

static void
close_with_tty(void)
{
	scripted_do("close", see_tty);
	recorded_close_id();
}

static void
start_with_login(const char *tty, const char *host)
{
	session = recorded_start("alice");
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_set_option(session,
	    PAMPORT_SESSION_ACCOUNTING, PAMPORT_ACCOUNTING_ALL));
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_set_item(session, PAM_TTY,
	    tty));
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_set_item(session,
	    PAM_RHOST, host));
}

/* No login is written for it; modules have it as it was, whoever closes. */
static void
check_no_line(const char *tty)
{
	start_with_login(tty, tty);
	if (is_refused())
		return;
	recorded_open(session);
	if (tty[0] != '\0' && recorded_size("utmp") != -1)
		check_harmless("warning", pamport_session_warning(session));
	ATF_CHECK(recorded_size("utmp") <= 0 && recorded_size("wtmp") <= 0 &&
	    recorded_size("lastlog") <= 0);
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_detach(session));
	expected_tty = tty;
	ATF_CHECK_EQ(0, recorded_run(close_with_tty));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_free(session));
	ATF_CHECK_STREQ("", recorded_names());
}

FIXTURE_TC(tty__that_is_none_gets_no_login, "root")
{
	static char big[BIG];

	begin();
	if (recorded_use_logins())
		atf_utils_create_file("lastlog", "%s", "");
	check_no_line("../../etc/passwd");
	check_no_line("/dev/../etc/passwd");
	check_no_line("/dev/pts/../../etc/passwd");
	check_no_line("/etc/passwd");
	check_no_line("/dev//pts/1");
	check_no_line("");
	check_no_line("pts/1\n");
	check_no_line("\303\244");
	check_no_line("\377\376");
	memset(big, 'x', sizeof(big) - 1);
	memcpy(big, "/dev/", 5);
	check_no_line(big);
	check_no_line(big + 5);
	big[4096] = '\0';
	check_no_line(big);
	fixture_remove(&recorded_fixture);
}

/* Its host is cut in the login, where a field has its size, and nowhere else. */
FIXTURE_TC(host__of_any_length_is_kept, "root")
{
	static char big[BIG];
	struct pamport__login login;

	begin();
	if (!recorded_use_logins())
		atf_tc_skip("there are no login records of this test's own");
	memset(big, 'h', fixture_has_system_modules() ? 4096 : sizeof(big) - 1);
	memcpy(big + 5, "\n\033", 2);
	start_with_login(TTY, big);
	recorded_open(session);
	ATF_REQUIRE_EQ(PAMPORT__ACCOUNTED, pamport__accounting_find("alice",
	    TTY, &login));
	ATF_CHECK_EQ(0, strncmp(login.host, "hhhhh??hhh", 10));
	check_harmless("host", login.host);
	ATF_CHECK_STREQ("", login.address);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_close(session));
	ATF_CHECK_EQ(PAMPORT__ACCOUNTING_NOT_FOUND, pamport__accounting_find(
	    "alice", TTY, &login));
	finish();
}

/* Whose name does not fit has no login, rather than that of another. */
FIXTURE_TC(user__of_any_length_is_whole, "root")
{
	static char big[BIG];

	begin();
	if (recorded_use_logins())
		atf_utils_create_file("lastlog", "%s", "");
	memset(big, 'u', sizeof(big) - 1);
	session = recorded_start(big);
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_set_option(session,
	    PAMPORT_SESSION_ACCOUNTING, PAMPORT_ACCOUNTING_ALL));
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_set_item(session, PAM_TTY,
	    TTY));
	recorded_open(session);
	ATF_CHECK_STREQ(big, pamport_session_user(session));
	if (recorded_size("utmp") != -1)
		check_harmless("warning", pamport_session_warning(session));
	ATF_CHECK(recorded_size("utmp") <= 0 && recorded_size("wtmp") <= 0);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_close(session));
	finish();
}

/* A slash in two and in three bytes, a surrogate, and what is beyond the last. */
ATF_TC_WITHOUT_HEAD(names__encoded_too_long_are_no_characters);
ATF_TC_BODY(names__encoded_too_long_are_no_characters, tc)
{
	char text[] = "\300\257.\340\200\257.\355\240\200.\364\220\200\200";

	pamport__make_printable(text);
	ATF_CHECK_STREQ("??.???.???.????", text);
}

ATF_TP_ADD_TCS(tp)
{
	ATF_TP_ADD_TC(tp, names__encoded_too_long_are_no_characters);
	ATF_TP_ADD_TC(tp, names__that_steer_terminals_are_shown_as_text);
	ATF_TP_ADD_TC(tp, names__shown_as_another_are_found_as_they_are);
	ATF_TP_ADD_TC(tp, names__in_warning_and_trace_are_shown_as_text);
	ATF_TP_ADD_TC(tp, names__that_are_cut_are_still_text);
	ATF_TP_ADD_TC(tp, tty__that_is_none_gets_no_login);
	ATF_TP_ADD_TC(tp, host__of_any_length_is_kept);
	ATF_TP_ADD_TC(tp, user__of_any_length_is_whole);
	return atf_no_error();
}
