/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Login records in files of the case, written through the library, looked at
 * field by field and with the tools of the system.  Where the system records
 * nothing, that is what must be said.
 */
#include <config.h>

#include <sys/types.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <atf-c.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "platform/accounting.h"
#include "tests/platform/entries.h"

static struct pamport__accounting_report report;

#define CHECK_RECORD(expected, kind) \
	ATF_CHECK_EQ_MSG((expected), report.of[kind].state, #kind ": %d", \
	    (int)report.of[kind].state)

static void
make_file(const char *name)
{
	int file = open(name, O_WRONLY | O_CREAT | O_EXCL, 0644);

	ATF_REQUIRE(file != -1);
	ATF_REQUIRE_EQ(0, close(file));
}

static void
require_files(const char *active, const char *log, const char *last)
{
	if (!pamport__accounting_files(active, log, last))
		atf_tc_skip("%s", pamport__accounting_supported() ?
		    "this system writes to its own files only" :
		    pamport__accounting_facts.lacks);
}

static void
use_new_files(void)
{
	require_files("utmp", "wtmp", "lastlog");
	make_file("utmp");
	make_file("wtmp");
	make_file("lastlog");
}

static struct pamport__login
fill(const char *user, const char *tty, const char *host, const char *address)
{
	struct pamport__login login;

	ATF_REQUIRE_EQ(PAMPORT__ACCOUNTED, pamport__login_fill(&login, user,
	    tty, host, address, "test", getpid()));
	return login;
}

static void
log_in(struct pamport__login *login)
{
	ATF_REQUIRE_EQ(PAMPORT__ACCOUNTED,
	    pamport__accounting_login(login, 0, &report));
}

/* --- What can be said anywhere ------------------------------------------------ */

ATF_TC_WITHOUT_HEAD(facts_are_whole);
ATF_TC_BODY(facts_are_whole, tc)
{
	const struct pamport__accounting_facts *facts =
	    &pamport__accounting_facts;
	enum pamport__record_kind kind;
	bool lacks_any = false;

	ATF_REQUIRE(facts->name != NULL);
	for (kind = 0; kind <= PAMPORT__RECORD_LAST; kind++)
		lacks_any = lacks_any || facts->where[kind] == NULL;
	ATF_CHECK(facts->where[PAMPORT__RECORD_DATABASE] == NULL);
	ATF_CHECK_EQ(lacks_any, facts->lacks != NULL);
	ATF_CHECK_EQ(facts->modules_write != 0, facts->modules != NULL);
	for (kind = 0; kind < PAMPORT__RECORD_KINDS; kind++)
		if ((facts->modules_write & PAMPORT__KIND(kind)) != 0)
			ATF_CHECK(facts->where[kind] != NULL);
}

/* musl, or a system that is not known: said, for each call. */
ATF_TC_WITHOUT_HEAD(unsupported_is_said);
ATF_TC_BODY(unsupported_is_said, tc)
{
	struct pamport__login login;

	if (pamport__accounting_supported())
		atf_tc_skip("logins are recorded here");
	ATF_CHECK_EQ(PAMPORT__ACCOUNTING_UNSUPPORTED,
	    pamport__login_fill(&login, "root", "tty1", NULL, NULL, NULL, 1));
	ATF_CHECK_EQ(PAMPORT__ACCOUNTING_UNSUPPORTED,
	    pamport__accounting_login(&login, 0, &report));
	ATF_CHECK_EQ(PAMPORT__ACCOUNTING_UNSUPPORTED,
	    pamport__accounting_logout(&login, 0, &report));
	ATF_CHECK_EQ(PAMPORT__ACCOUNTING_UNSUPPORTED,
	    pamport__accounting_find("root", "tty1", &login));
	CHECK_RECORD(PAMPORT__RECORD_UNSUPPORTED, PAMPORT__RECORD_ACTIVE);
}

static void
check_fill(enum pamport__accounting expected, const char *user,
    const char *tty)
{
	struct pamport__login login;

	ATF_CHECK_EQ_MSG(expected, pamport__login_fill(&login, user, tty, NULL,
	    NULL, NULL, 1), "%s on %s", user == NULL ? "NULL" : user,
	    tty == NULL ? "NULL" : tty);
	if (expected == PAMPORT__ACCOUNTED)
		return;
	ATF_CHECK_STREQ("", login.line);
	ATF_CHECK(pamport__accounting_login(&login, 0, &report) !=
	    PAMPORT__ACCOUNTED);
}

static const char *
repeat(char c, size_t count)
{
	static char text[400];

	ATF_REQUIRE(count < sizeof(text));
	memset(text, c, count);
	text[count] = '\0';
	return text;
}

ATF_TC_WITHOUT_HEAD(hostile_names_are_refused);
ATF_TC_BODY(hostile_names_are_refused, tc)
{
	static const char *const users[] = { NULL, "", "a\nb", "a\033b",
	    "a\177", "a\2332J", "a\302\2332J", "a\377", "a\303" };
	static const char *const lines[] = { "../etc/passwd", "/etc/passwd",
	    "/dev/../x", "/dev//x", "pts/", "pts/./1", "pts/1\n", "a b",
	    "\x9b", "..", "/" };
	size_t i;

	if (!pamport__accounting_supported())
		atf_tc_skip("%s", pamport__accounting_facts.lacks);
	for (i = 0; i < sizeof(users) / sizeof(users[0]); i++)
		check_fill(PAMPORT__ACCOUNTING_REFUSED, users[i], "tty1");
	for (i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		check_fill(PAMPORT__ACCOUNTING_REFUSED, "root", lines[i]);
	check_fill(PAMPORT__ACCOUNTING_REFUSED, repeat('u', 257), "tty1");
	check_fill(PAMPORT__ACCOUNTED, repeat('u', 256), "tty1");
	check_fill(PAMPORT__ACCOUNTED, "root", "/dev/pts/1");
	check_fill(PAMPORT__ACCOUNTED, "root", "..tty");
	check_fill(PAMPORT__ACCOUNTED, "root",
	    repeat('t', pamport__system_line_size()));
	check_fill(PAMPORT__ACCOUNTING_REFUSED, "root",
	    repeat('t', pamport__system_line_size() + 1));
}

ATF_TC_WITHOUT_HEAD(no_terminal_is_said);
ATF_TC_BODY(no_terminal_is_said, tc)
{
	struct pamport__login login;

	use_new_files();
	check_fill(PAMPORT__ACCOUNTING_NO_TERMINAL, "root", NULL);
	check_fill(PAMPORT__ACCOUNTING_NO_TERMINAL, "root", "");
	check_fill(PAMPORT__ACCOUNTING_NO_TERMINAL, "root", "/dev/");
	CHECK_RECORD(PAMPORT__RECORD_NOT_DUE, PAMPORT__RECORD_ACTIVE);
	ATF_CHECK_EQ(PAMPORT__ACCOUNTING_NO_TERMINAL,
	    pamport__accounting_find("root", NULL, &login));
	ATF_CHECK_EQ(0, entries_in("utmp"));
	ATF_CHECK_EQ(0, entries_in("wtmp"));
}

/* --- Records ------------------------------------------------------------------ */

ATF_TC_WITHOUT_HEAD(login_is_recorded);
ATF_TC_BODY(login_is_recorded, tc)
{
	struct pamport__login login, found;

	use_new_files();
	login = fill("root", "/dev/pts/97", "client.example", "192.0.2.7");
	log_in(&login);
	CHECK_RECORD(PAMPORT__RECORD_WRITTEN, PAMPORT__RECORD_ACTIVE);
	CHECK_RECORD(PAMPORT__RECORD_WRITTEN, PAMPORT__RECORD_LOG);
	CHECK_RECORD(PAMPORT__RECORD_WRITTEN, PAMPORT__RECORD_LAST);
	entries_check("utmp", 0, ENTRY_LOGIN, &login);
	entries_check("wtmp", 0, ENTRY_LOGIN, &login);
	ATF_CHECK_EQ(1, entries_in("utmp"));
	ATF_CHECK_EQ(1, entries_in("wtmp"));
	entries_check_last("lastlog", 0, &login);
	/* By its tty with /dev/ and without. */
	ATF_CHECK_EQ(PAMPORT__ACCOUNTED,
	    pamport__accounting_find("root", "/dev/pts/97", &found));
	ATF_CHECK_EQ(PAMPORT__ACCOUNTED,
	    pamport__accounting_find("root", "pts/97", &found));
	ATF_CHECK_STREQ(login.id, found.id);
	ATF_CHECK_STREQ("client.example", found.host);
	ATF_CHECK_STREQ("192.0.2.7", found.address);
	ATF_CHECK_STREQ("pts/97", found.line);
	ATF_CHECK_EQ(login.pid, found.pid);
	ATF_CHECK_EQ(login.time, found.time);
	ATF_CHECK_EQ(PAMPORT__ACCOUNTING_NOT_FOUND,
	    pamport__accounting_find("daemon", "pts/97", &found));
	ATF_CHECK_EQ(PAMPORT__ACCOUNTING_NOT_FOUND,
	    pamport__accounting_find("root", "pts/9", &found));
}

ATF_TC_WITHOUT_HEAD(ipv6_comes_back);
ATF_TC_BODY(ipv6_comes_back, tc)
{
	struct pamport__login login, found;

	use_new_files();
	login = fill("root", "pts/97", NULL, "2001:db8::17");
	log_in(&login);
	entries_check("utmp", 0, ENTRY_LOGIN, &login);
	ATF_REQUIRE_EQ(PAMPORT__ACCOUNTED,
	    pamport__accounting_find("root", "pts/97", &found));
	ATF_CHECK_STREQ("2001:db8::17", found.address);
	ATF_CHECK_STREQ("", found.host);
	login = fill("root", "pts/97", NULL, "no address");
	ATF_CHECK_STREQ("", login.address);
}

/* Fields that are full have no 0 at their end. */
ATF_TC_WITHOUT_HEAD(full_fields_are_unterminated);
ATF_TC_BODY(full_fields_are_unterminated, tc)
{
	struct pamport__login login, found;
	char user[256];

	use_new_files();
	strcpy(user, repeat('u', 255));
	login = fill(user, "pts/97", NULL, NULL);
	strcpy(login.host, repeat('h', sizeof(login.host) - 1));
	log_in(&login);
	CHECK_RECORD(PAMPORT__RECORD_NOT_DUE, PAMPORT__RECORD_LAST);
	entries_check("utmp", 0, ENTRY_LOGIN, &login);
	entries_check("wtmp", 0, ENTRY_LOGIN, &login);
	ATF_REQUIRE_EQ(PAMPORT__ACCOUNTED,
	    pamport__accounting_find(user, "pts/97", &found));
	/* As he was asked for, not as the field has him. */
	ATF_CHECK_STREQ(user, found.user);
	/* What was read back ends it as well. */
	ATF_CHECK_EQ(PAMPORT__ACCOUNTED,
	    pamport__accounting_logout(&found, 0, &report));
	entries_check("utmp", 0, ENTRY_LOGOUT, &login);
}

/* What is found ends what was written: his name is the same. */
ATF_TC_WITHOUT_HEAD(name_beyond_ascii_is_found);
ATF_TC_BODY(name_beyond_ascii_is_found, tc)
{
	struct pamport__login login, found;

	use_new_files();
	login = fill("j\303\274rgen", "pts/97", NULL, NULL);
	log_in(&login);
	ATF_REQUIRE_EQ(PAMPORT__ACCOUNTED,
	    pamport__accounting_find("j\303\274rgen", "pts/97", &found));
	ATF_CHECK_STREQ("j\303\274rgen", found.user);
	ATF_CHECK_EQ(PAMPORT__ACCOUNTED,
	    pamport__accounting_logout(&found, 0, &report));
	entries_check("utmp", 0, ENTRY_LOGOUT, &login);
}

ATF_TC_WITHOUT_HEAD(host_shows_as_text);
ATF_TC_BODY(host_shows_as_text, tc)
{
	struct pamport__login login, found;

	use_new_files();
	login = fill("root", "pts/97", "a\nb\033[2J\xff", NULL);
	ATF_CHECK_STREQ("a?b?[2J?", login.host);
	/* Others may have written what they liked. */
	strcpy(login.host, "a\nb");
	log_in(&login);
	ATF_REQUIRE_EQ(PAMPORT__ACCOUNTED,
	    pamport__accounting_find("root", "pts/97", &found));
	ATF_CHECK_STREQ("a?b", found.host);
}

/* By another process than the one that logged in. */
ATF_TC_WITHOUT_HEAD(logout_ends_the_entry);
ATF_TC_BODY(logout_ends_the_entry, tc)
{
	struct pamport__login login, other, found;

	use_new_files();
	login = fill("root", "pts/97", "host", NULL);
	login.pid = 1;
	log_in(&login);
	other = fill("root", "pts/98", "host", NULL);
	log_in(&other);
	ATF_CHECK_EQ(2, entries_in("utmp"));
	ATF_CHECK_EQ(PAMPORT__ACCOUNTED,
	    pamport__accounting_logout(&login, 0, &report));
	CHECK_RECORD(PAMPORT__RECORD_WRITTEN, PAMPORT__RECORD_ACTIVE);
	CHECK_RECORD(PAMPORT__RECORD_WRITTEN, PAMPORT__RECORD_LOG);
	CHECK_RECORD(PAMPORT__RECORD_NOT_DUE, PAMPORT__RECORD_LAST);
	entries_check("utmp", 0, ENTRY_LOGOUT, &login);
	entries_check("utmp", 1, ENTRY_LOGIN, &other);
	entries_check("wtmp", 2, ENTRY_LOGOUT, &login);
	ATF_CHECK_EQ(2, entries_in("utmp"));
	ATF_CHECK_EQ(3, entries_in("wtmp"));
	ATF_CHECK_EQ(PAMPORT__ACCOUNTING_NOT_FOUND,
	    pamport__accounting_find("root", "pts/97", &found));
	/* Once is enough. */
	ATF_CHECK_EQ(PAMPORT__ACCOUNTING_NOT_OURS,
	    pamport__accounting_logout(&login, 0, &report));
	ATF_CHECK_EQ(3, entries_in("wtmp"));
}

ATF_TC_WITHOUT_HEAD(entries_of_others_stay);
ATF_TC_BODY(entries_of_others_stay, tc)
{
	struct pamport__login first, second;

	use_new_files();
	first = fill("root", "pts/97", NULL, NULL);
	first.pid = 1;
	log_in(&first);
	/* The terminal is given again: another user, then another process. */
	second = fill("daemon", "pts/97", NULL, NULL);
	second.pid = 1;
	log_in(&second);
	ATF_CHECK_EQ(PAMPORT__ACCOUNTING_NOT_OURS,
	    pamport__accounting_logout(&first, 0, &report));
	entries_check("utmp", 0, ENTRY_LOGIN, &second);
	second = fill("root", "pts/97", NULL, NULL);
	second.pid = 2;
	log_in(&second);
	ATF_CHECK_EQ(PAMPORT__ACCOUNTING_NOT_OURS,
	    pamport__accounting_logout(&first, 0, &report));
	CHECK_RECORD(PAMPORT__RECORD_NOT_DUE, PAMPORT__RECORD_ACTIVE);
	CHECK_RECORD(PAMPORT__RECORD_NOT_DUE, PAMPORT__RECORD_LOG);
	entries_check("utmp", 0, ENTRY_LOGIN, &second);
	ATF_CHECK_EQ(3, entries_in("wtmp"));
}

/* A login on tty1, where getty left an entry of that ut_id for this process. */
static struct pamport__login
fill_with_getty(const char *id)
{
	use_new_files();
	entries_add_waiting("utmp", id, "tty1", getpid());
	return fill("root", "tty1", NULL, NULL);
}

/* getty's entry of this process is written over, with its own ut_id. */
ATF_TC_WITHOUT_HEAD(waiting_entry_is_taken);
ATF_TC_BODY(waiting_entry_is_taken, tc)
{
	struct pamport__login login = fill_with_getty("c1");

	log_in(&login);
	ATF_CHECK_EQ(1, entries_in("utmp"));
	entries_check("utmp", 0, ENTRY_LOGIN, &login);
	ATF_CHECK_EQ(0, strncmp("6331", login.id, 4));
	ATF_CHECK_EQ(PAMPORT__ACCOUNTED,
	    pamport__accounting_logout(&login, 0, &report));
	entries_check("utmp", 0, ENTRY_LOGOUT, &login);
}

/* The terminal has a new getty before the old login is ended. */
ATF_TC_WITHOUT_HEAD(waiting_entry_of_others_stays);
ATF_TC_BODY(waiting_entry_of_others_stays, tc)
{
	struct pamport__login login = fill_with_getty("tty1");

	log_in(&login);
	ATF_REQUIRE_EQ(0, unlink("utmp"));
	entries_add_waiting("utmp", "tty1", "tty1", 1);
	atf_utils_copy_file("utmp", "waiting");
	ATF_CHECK_EQ(PAMPORT__ACCOUNTING_NOT_OURS,
	    pamport__accounting_logout(&login, 0, &report));
	CHECK_RECORD(PAMPORT__RECORD_NOT_DUE, PAMPORT__RECORD_ACTIVE);
	CHECK_RECORD(PAMPORT__RECORD_NOT_DUE, PAMPORT__RECORD_LOG);
	ATF_CHECK_EQ(1, entries_in("wtmp"));
	ATF_CHECK_EQ(0, system("cmp utmp waiting"));
}

/* Where others were to write the entry and did not, the log has its logout. */
ATF_TC_WITHOUT_HEAD(waiting_entry_of_its_process_is_no_other);
ATF_TC_BODY(waiting_entry_of_its_process_is_no_other, tc)
{
	const unsigned int left = PAMPORT__KIND(PAMPORT__RECORD_ACTIVE);
	struct pamport__login login = fill_with_getty("tty1");

	ATF_CHECK_EQ(PAMPORT__ACCOUNTED,
	    pamport__accounting_login(&login, left, &report));
	ATF_CHECK_EQ(PAMPORT__ACCOUNTED,
	    pamport__accounting_logout(&login, left, &report));
	entries_check("wtmp", 1, ENTRY_LOGOUT, &login);
}

ATF_TC_WITHOUT_HEAD(modules_may_write_instead);
ATF_TC_BODY(modules_may_write_instead, tc)
{
	struct pamport__login login;
	const unsigned int left = PAMPORT__KIND(PAMPORT__RECORD_ACTIVE) |
	    PAMPORT__KIND(PAMPORT__RECORD_LAST);

	use_new_files();
	login = fill("root", "pts/97", NULL, NULL);
	ATF_CHECK_EQ(PAMPORT__ACCOUNTED,
	    pamport__accounting_login(&login, left, &report));
	CHECK_RECORD(PAMPORT__RECORD_NOT_DUE, PAMPORT__RECORD_ACTIVE);
	CHECK_RECORD(PAMPORT__RECORD_NOT_DUE, PAMPORT__RECORD_LAST);
	ATF_CHECK_EQ(0, entries_in("utmp"));
	ATF_CHECK_EQ(1, entries_in("wtmp"));
	ATF_CHECK_EQ(PAMPORT__ACCOUNTING_NOT_DUE,
	    pamport__accounting_login(&login, ~0u, &report));
	ATF_CHECK_EQ(1, entries_in("wtmp"));
}

/* --- Failures ----------------------------------------------------------------- */

ATF_TC_WITHOUT_HEAD(missing_files_are_off);
ATF_TC_BODY(missing_files_are_off, tc)
{
	struct pamport__login login;

	require_files("no-utmp", "no-wtmp", "no-lastlog");
	login = fill("root", "pts/97", NULL, NULL);
	ATF_CHECK_EQ(PAMPORT__ACCOUNTING_OFF,
	    pamport__accounting_login(&login, 0, &report));
	CHECK_RECORD(PAMPORT__RECORD_OFF, PAMPORT__RECORD_ACTIVE);
	CHECK_RECORD(PAMPORT__RECORD_OFF, PAMPORT__RECORD_LOG);
	CHECK_RECORD(PAMPORT__RECORD_OFF, PAMPORT__RECORD_LAST);
	ATF_CHECK_EQ(-1, access("no-utmp", F_OK));
	ATF_CHECK_EQ(-1, access("no-wtmp", F_OK));
	ATF_CHECK_EQ(-1, access("no-lastlog", F_OK));
	ATF_CHECK_EQ(PAMPORT__ACCOUNTING_OFF,
	    pamport__accounting_logout(&login, 0, &report));
}

/* Nothing more can be written, for want of space or by a limit. */
ATF_TC_WITHOUT_HEAD(full_disk_is_said);
ATF_TC_BODY(full_disk_is_said, tc)
{
	struct rlimit before, none;
	struct pamport__login login;
	enum pamport__accounting result;

	use_new_files();
	login = fill("root", "pts/97", NULL, NULL);
	ATF_REQUIRE_EQ(0, getrlimit(RLIMIT_FSIZE, &before));
	none = before;
	none.rlim_cur = 0;
	ATF_REQUIRE(signal(SIGXFSZ, SIG_IGN) != SIG_ERR);
	ATF_REQUIRE_EQ(0, setrlimit(RLIMIT_FSIZE, &none));
	result = pamport__accounting_login(&login, 0, &report);
	/* The result of a case is a file too. */
	ATF_REQUIRE_EQ(0, setrlimit(RLIMIT_FSIZE, &before));
	ATF_CHECK_EQ(PAMPORT__ACCOUNTING_FAILED, result);
	CHECK_RECORD(PAMPORT__RECORD_FAILED, PAMPORT__RECORD_ACTIVE);
	CHECK_RECORD(PAMPORT__RECORD_FAILED, PAMPORT__RECORD_LOG);
	CHECK_RECORD(PAMPORT__RECORD_FAILED, PAMPORT__RECORD_LAST);
	ATF_CHECK_EQ(EFBIG, report.of[PAMPORT__RECORD_ACTIVE].error);
	ATF_CHECK_EQ(EFBIG, report.of[PAMPORT__RECORD_LAST].error);
	require_files("utmp", "wtmp", "/dev/full");
	(void)pamport__accounting_login(&login, 0, &report);
	ATF_CHECK_EQ(ENOSPC, report.of[PAMPORT__RECORD_LAST].error);
}

/* A write that succeeds and leaves nothing, as musl's and FreeBSD's may. */
ATF_TC_WITHOUT_HEAD(pretended_writes_are_said);
ATF_TC_BODY(pretended_writes_are_said, tc)
{
	struct pamport__login login;

	require_files("/dev/null", "/dev/null", "lastlog");
	make_file("lastlog");
	login = fill("root", "pts/97", NULL, NULL);
	ATF_CHECK_EQ(PAMPORT__ACCOUNTING_FAILED,
	    pamport__accounting_login(&login, 0, &report));
	CHECK_RECORD(PAMPORT__RECORD_FAILED, PAMPORT__RECORD_ACTIVE);
	CHECK_RECORD(PAMPORT__RECORD_FAILED, PAMPORT__RECORD_LOG);
	/* What can be written is. */
	CHECK_RECORD(PAMPORT__RECORD_WRITTEN, PAMPORT__RECORD_LAST);
}

ATF_TC(who_may_not_write_is_told);
ATF_TC_HEAD(who_may_not_write_is_told, tc)
{
	atf_tc_set_md_var(tc, "require.user", "root");
}
ATF_TC_BODY(who_may_not_write_is_told, tc)
{
	struct pamport__login login;
	enum pamport__accounting result;

	use_new_files();
	login = fill("root", "pts/97", NULL, NULL);
	ATF_REQUIRE_EQ(0, chmod(".", 0755));
	ATF_REQUIRE_EQ(0, seteuid(65534));
	result = pamport__accounting_login(&login, 0, &report);
	ATF_REQUIRE_EQ(0, seteuid(0));
	ATF_CHECK_EQ(PAMPORT__ACCOUNTING_FAILED, result);
	CHECK_RECORD(PAMPORT__RECORD_FAILED, PAMPORT__RECORD_ACTIVE);
	CHECK_RECORD(PAMPORT__RECORD_FAILED, PAMPORT__RECORD_LOG);
	CHECK_RECORD(PAMPORT__RECORD_FAILED, PAMPORT__RECORD_LAST);
	ATF_CHECK_EQ(EACCES, report.of[PAMPORT__RECORD_LAST].error);
	ATF_CHECK_EQ(0, entries_in("utmp"));
}

/* As domains give them out: the file has 272 GiB, most of it holes. */
ATF_TC_WITHOUT_HEAD(large_uid_has_its_own_entry);
ATF_TC_BODY(large_uid_has_its_own_entry, tc)
{
	struct pamport__login login;
	const uid_t uid = 1000000000;

	use_new_files();
	login = fill("root", "pts/97", "client.example", NULL);
	ATF_REQUIRE_EQ(0, entries_put_last(&login, uid));
	entries_check_last("lastlog", uid, &login);
}

/* Beyond 2038 where seconds have 32 bits: never another time. */
ATF_TC_WITHOUT_HEAD(time_never_wraps);
ATF_TC_BODY(time_never_wraps, tc)
{
	struct pamport__login login, found;
	const int64_t later = INT64_C(5000000000);

	use_new_files();
	login = fill("root", "pts/97", NULL, NULL);
	login.time = later;
	if (pamport__accounting_login(&login, 0, &report) ==
	    PAMPORT__ACCOUNTED) {
		ATF_REQUIRE_EQ(PAMPORT__ACCOUNTED,
		    pamport__accounting_find("root", "pts/97", &found));
		ATF_CHECK_EQ(later, found.time);
		return;
	}
	ATF_CHECK_EQ(EOVERFLOW, report.of[PAMPORT__RECORD_ACTIVE].error);
	ATF_CHECK_EQ(EOVERFLOW, report.of[PAMPORT__RECORD_LOG].error);
	ATF_CHECK_EQ(0, entries_in("utmp"));
	ATF_CHECK_EQ(0, entries_in("wtmp"));
}

/* A record that somebody damaged. */
ATF_TC_WITHOUT_HEAD(damaged_logins_are_refused);
ATF_TC_BODY(damaged_logins_are_refused, tc)
{
	struct pamport__login login, damaged;

	use_new_files();
	login = fill("root", "pts/97", NULL, NULL);
	log_in(&login);
	damaged = login;
	damaged.id[0] = '\0';
	ATF_CHECK_EQ(PAMPORT__ACCOUNTING_REFUSED,
	    pamport__accounting_logout(&damaged, 0, &report));
	damaged = login;
	damaged.id[1] = 'g';
	ATF_CHECK(pamport__accounting_logout(&damaged, 0, &report) !=
	    PAMPORT__ACCOUNTED);
	damaged = login;
	strcpy(damaged.line, "../x");
	ATF_CHECK_EQ(PAMPORT__ACCOUNTING_REFUSED,
	    pamport__accounting_logout(&damaged, 0, &report));
	damaged = login;
	damaged.user[0] = '\0';
	ATF_CHECK_EQ(PAMPORT__ACCOUNTING_REFUSED,
	    pamport__accounting_logout(&damaged, 0, &report));
	ATF_CHECK_EQ(PAMPORT__ACCOUNTING_REFUSED,
	    pamport__accounting_login(NULL, 0, &report));
	entries_check("utmp", 0, ENTRY_LOGIN, &login);
	ATF_CHECK_EQ(1, entries_in("wtmp"));
}

/* --- The tools of the system --------------------------------------------------- */

static void
check_output(const char *command, const char *text)
{
	char output[4096];
	FILE *pipe = popen(command, "r");
	size_t length;

	ATF_REQUIRE(pipe != NULL);
	length = fread(output, 1, sizeof(output) - 1, pipe);
	output[length] = '\0';
	(void)pclose(pipe);
	ATF_CHECK_MSG(strstr(output, text) != NULL, "%s: %s lacks %s", command,
	    output, text);
}

ATF_TC(tools_read_it);
ATF_TC_HEAD(tools_read_it, tc)
{
	atf_tc_set_md_var(tc, "require.progs", "who last utmpdump");
}
ATF_TC_BODY(tools_read_it, tc)
{
	struct pamport__login login;

	use_new_files();
	login = fill("root", "/dev/pts/97", "client.example", "192.0.2.7");
	log_in(&login);
	check_output("who utmp", "pts/97");
	check_output("who utmp", "(client.example)");
	check_output("utmpdump utmp 2>&1", "[192.0.2.7");
	check_output("utmpdump utmp 2>&1", "[s/97]");
	check_output("last -f wtmp", "root     pts/97       client.example");
	ATF_REQUIRE_EQ(PAMPORT__ACCOUNTED,
	    pamport__accounting_logout(&login, 0, &report));
	check_output("who utmp | grep -c pts/97", "0");
	check_output("utmpdump wtmp 2>&1", "[8]");
}

ATF_TP_ADD_TCS(tp)
{
	ATF_TP_ADD_TC(tp, facts_are_whole);
	ATF_TP_ADD_TC(tp, unsupported_is_said);
	ATF_TP_ADD_TC(tp, hostile_names_are_refused);
	ATF_TP_ADD_TC(tp, no_terminal_is_said);
	ATF_TP_ADD_TC(tp, login_is_recorded);
	ATF_TP_ADD_TC(tp, ipv6_comes_back);
	ATF_TP_ADD_TC(tp, full_fields_are_unterminated);
	ATF_TP_ADD_TC(tp, host_shows_as_text);
	ATF_TP_ADD_TC(tp, name_beyond_ascii_is_found);
	ATF_TP_ADD_TC(tp, logout_ends_the_entry);
	ATF_TP_ADD_TC(tp, entries_of_others_stay);
	ATF_TP_ADD_TC(tp, waiting_entry_is_taken);
	ATF_TP_ADD_TC(tp, waiting_entry_of_others_stays);
	ATF_TP_ADD_TC(tp, waiting_entry_of_its_process_is_no_other);
	ATF_TP_ADD_TC(tp, modules_may_write_instead);
	ATF_TP_ADD_TC(tp, missing_files_are_off);
	ATF_TP_ADD_TC(tp, full_disk_is_said);
	ATF_TP_ADD_TC(tp, pretended_writes_are_said);
	ATF_TP_ADD_TC(tp, who_may_not_write_is_told);
	ATF_TP_ADD_TC(tp, large_uid_has_its_own_entry);
	ATF_TP_ADD_TC(tp, time_never_wraps);
	ATF_TP_ADD_TC(tp, damaged_logins_are_refused);
	ATF_TP_ADD_TC(tp, tools_read_it);
	return atf_no_error();
}
