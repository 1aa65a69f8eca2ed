/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What comes from outside without harm: closed standard streams, an environment
 * of megabytes, names that steer terminals or lead elsewhere, and what lies where
 * a record should be.  Variables of a set-id program's caller: set_id_test.
 */
#include <config.h>

#include <sys/types.h>
#include <sys/stat.h>
#include <atf-c.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
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

/* false: this system writes login records to its own files only, or to none. */
static bool
use_login_files(void)
{
	if (!pamport__accounting_files(fixture_file("utmp"),
	    fixture_file("wtmp"), fixture_file("lastlog")))
		return false;
	atf_utils_create_file("utmp", "%s", "");
	atf_utils_create_file("wtmp", "%s", "");
	return true;
}

static off_t
size_of(const char *name)
{
	struct stat status;

	return stat(name, &status) == 0 ? status.st_size : -1;
}

/* --- Closed standard streams ------------------------------------------------------ */

static unsigned int closed;	/* 1 << each */
static int accounting;

static void
close_streams(void)
{
	int fd;

	for (fd = 0; fd <= STDERR_FILENO; fd++)
		if ((closed & 1U << fd) != 0)
			(void)close(fd);
}

/* In each module: what it writes there is nobody's. */
static void
check_streams(void)
{
	int fd;

	for (fd = 0; fd <= STDERR_FILENO; fd++)
		if ((closed & 1U << fd) != 0)
			RECORDED_CHECK(write(fd, "x", 1) == -1 &&
			    fcntl(fd, F_GETFD) == -1);
}

static void
open_closed(void)
{
	close_streams();
	scripted_begin = scripted_end = check_streams;
	session = recorded_start("alice");
	check_streams();
	RECORDED_CHECK(pamport_session_set_option(session,
	    PAMPORT_SESSION_ACCOUNTING, accounting) == PAM_SUCCESS);
	RECORDED_CHECK(pamport_session_set_item(session, PAM_TTY, TTY) ==
	    PAM_SUCCESS);
	RECORDED_CHECK(pamport_session_authenticate(session, 0) ==
	    PAM_SUCCESS);
	RECORDED_CHECK(pamport_session_open(session) == PAM_SUCCESS);
	check_streams();
}

static void
open_and_close(void)
{
	open_closed();
	RECORDED_CHECK(pamport_session_set_leader(session, getpid()) ==
	    PAM_SUCCESS);
	check_streams();
	RECORDED_CHECK(pamport_session_close(session) == PAM_SUCCESS);
	RECORDED_CHECK(pamport_session_warning(session)[0] == '\0');
	RECORDED_CHECK(pamport_session_free(session) == PAM_SUCCESS);
	check_streams();
}

static void
open_and_die(void)
{
	open_closed();
	(void)raise(SIGKILL);
}

static int
expect_closed(const struct pamport_record *record, void *data)
{
	RECORDED_CHECK(record->action == PAMPORT_RECORD_CLOSED);
	check_streams();
	++*(int *)data;
	return 0;
}

static void
reap_closed(void)
{
	int n = 0;

	close_streams();
	scripted_begin = scripted_end = check_streams;
	RECORDED_CHECK(pamport_record_reap(0, 0, expect_closed, &n, NULL) ==
	    PAM_SUCCESS);
	check_streams();
	_exit(n == 1 ? 0 : 1);
}

FIXTURE_TC(streams__that_are_closed_stay_so, "root")
{
	begin();
	ATF_REQUIRE_EQ(0, setenv("PAMPORT_TRACE", fixture_file("trace"), 1));
	if (use_login_files())
		accounting = PAMPORT_ACCOUNTING_ALL;
	atf_utils_create_file("lastlog", "%s", "");
	for (closed = 1; closed < 8; closed++) {
		ATF_CHECK_EQ_MSG(0, recorded_run(open_and_close), "%u", closed);
		scripted_check_shared("auth acct establish open close delete ");
		ATF_CHECK_STREQ("", recorded_names());
		ATF_CHECK_EQ(-1, recorded_run(open_and_die));
		ATF_CHECK_EQ_MSG(0, recorded_run(reap_closed), "%u", closed);
		scripted_check_shared("auth acct establish open close delete ");
		ATF_CHECK_STREQ("", recorded_names());
		ATF_CHECK(atf_utils_grep_file("pam_close_session", "trace"));
		ATF_REQUIRE_EQ(0, unlink("trace"));
	}
	fixture_remove(&recorded_fixture);
}

/* The lock of who closes by the login alone is held while modules run. */
static void
close_by_entry(void)
{
	pamport_session *other;

	close_streams();
	scripted_begin = scripted_end = check_streams;
	RECORDED_CHECK(pamport_session_attach_login(recorded_fixture.service,
	    "alice", TTY, NULL, &other) == PAM_SUCCESS);
	RECORDED_CHECK(pamport_session_close(other) == PAM_SUCCESS);
	RECORDED_CHECK(pamport_session_free(other) == PAM_SUCCESS);
	check_streams();
}

static void
log_in(void)
{
	struct pamport__accounting_report report;
	struct pamport__login login;

	RECORDED_CHECK(pamport__login_fill(&login, "alice", TTY, NULL, NULL,
	    "test", getpid()) == PAMPORT__ACCOUNTED);
	RECORDED_CHECK(pamport__accounting_login(&login,
	    PAMPORT__KIND(PAMPORT__RECORD_LAST), &report) ==
	    PAMPORT__ACCOUNTED);
}

FIXTURE_TC(streams__are_closed_for_a_close_by_the_entry, "root")
{
	begin();
	if (!use_login_files())
		atf_tc_skip("there are no login records of this test's own");
	fixture_remove(&recorded_fixture);
	/* It is found by its name alone. */
	fixture_system_service(&recorded_fixture, scripted_lines());
	for (closed = 1; closed < 8; closed++) {
		ATF_REQUIRE_EQ(0, recorded_run(log_in));
		ATF_CHECK_EQ_MSG(0, recorded_run(close_by_entry), "%u", closed);
		scripted_check_shared("close ");
	}
	fixture_remove(&recorded_fixture);
}

/* What the application opens then has the low numbers, and nothing of ours. */
static void
give_numbers_away(void)
{
	int fd;

	close_streams();
	session = recorded_start("alice");
	do
		fd = open("application", O_WRONLY | O_APPEND);
	while (fd >= 0 && fd <= STDERR_FILENO);
	RECORDED_CHECK(pamport_session_authenticate(session, 0) ==
	    PAM_SUCCESS);
	RECORDED_CHECK(pamport_session_open(session) == PAM_SUCCESS);
	RECORDED_CHECK(pamport_session_close(session) == PAM_SUCCESS);
	RECORDED_CHECK(pamport_session_free(session) == PAM_SUCCESS);
	for (fd = 0; fd <= STDERR_FILENO; fd++)
		RECORDED_CHECK((closed & 1U << fd) == 0 || close(fd) == 0);
	_exit(0);
}

FIXTURE_TC(streams__are_the_next_files_to_take, "root")
{
	static const char *const traces[] = { "trace", "0", "1", "2" };
	size_t i;

	begin();
	atf_utils_create_file("application", "%s", "");
	for (i = 0; i < sizeof(traces) / sizeof(traces[0]); i++) {
		ATF_REQUIRE_EQ(0, setenv("PAMPORT_TRACE", traces[i], 1));
		for (closed = 7; closed > 0; closed--) {
			/* What is open and is asked for is written to. */
			if (i > 0 && (closed & 1U << (i - 1)) == 0)
				continue;
			ATF_CHECK_EQ_MSG(0, recorded_run(give_numbers_away),
			    "%s, %u", traces[i], closed);
			ATF_CHECK_EQ_MSG(0, size_of("application"), "%s, %u",
			    traces[i], closed);
		}
	}
	fixture_remove(&recorded_fixture);
}

/* --- A huge environment ------------------------------------------------------------- */

#define MANY 10000

extern char **environ;

/* Each of 200 bytes; two megabytes in all. */
static void
fill_environment(void)
{
	static char *list[MANY + 8];
	size_t n = 0;
	char **from;

	for (from = environ; *from != NULL && n < 7; from++)
		if (strncmp(*from, "PAM", 3) == 0)
			list[n++] = *from;
	while (n < MANY) {
		list[n] = malloc(256);
		ATF_REQUIRE(list[n] != NULL);
		(void)snprintf(list[n], 256, "V%zu=%0*d", n, 190, 1);
		n++;
	}
	environ = list;
}

FIXTURE_TC(environment__of_the_process_may_be_huge, "root")
{
	begin();
	fill_environment();
	session = recorded_start("alice");
	recorded_open(session);
	ATF_CHECK_EQ(1, recorded_count());
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_close(session));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_free(session));
	fixture_remove(&recorded_fixture);
}

static int many;

static void
put_many(pam_handle_t *pamh)
{
	char text[256];
	int i;

	for (i = 0; i < many; i++) {
		(void)snprintf(text, sizeof(text), "V%d=%0*d", i, 190, 1);
		ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_putenv(pamh, text));
	}
}

static void
count_many(void)
{
	char **list = pamport_getenvlist(pamport_session_handle(session));
	int n = 0;

	ATF_REQUIRE(list != NULL);
	for (; list[n] != NULL; n++)
		free(list[n]);
	free(list);
	ATF_CHECK_EQ(many, n);
}

static void
start_many(int n, int record)
{
	begin();
	many = n;
	session = recorded_start("alice");
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_set_option(session,
	    PAMPORT_SESSION_RECORD, record));
	scripted_do("open", put_many);
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_check_account(session, 0));
	(void)pamport_session_user(session);
	(void)scripted_shared();
}

static void
finish(void)
{
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_free(session));
	fixture_remove(&recorded_fixture);
}

/* As many as a record takes. */
FIXTURE_TC(environment__of_a_session_may_be_large, "root")
{
	start_many(recorded_many(4000), PAMPORT_RECORD_REQUIRED);
	ATF_REQUIRE_EQ_MSG(PAM_SUCCESS, pamport_session_open(session), "%s",
	    pamport_session_error(session)->message);
	count_many();
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_close(session));
	ATF_CHECK_STREQ("", recorded_names());
	finish();
}

/* What is too much for its record is told, and all is taken back. */
FIXTURE_TC(environment__that_no_record_takes_is_told, "root")
{
	start_many(MANY, PAMPORT_RECORD_REQUIRED);
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_session_open(session));
	ATF_CHECK_EQ(PAMPORT_STEP_RECORD, pamport_session_error(session)->step);
	ATF_CHECK_MSG(strstr(pamport_session_error(session)->message,
	    strerror(EFBIG)) != NULL, "%s",
	    pamport_session_error(session)->message);
	scripted_check_shared("establish open close delete ");
	ATF_CHECK_STREQ("", recorded_names());
	finish();
}

FIXTURE_TC(environment__that_no_record_takes_may_do_without, "root")
{
	start_many(MANY, PAMPORT_RECORD_OPTIONAL);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_open(session));
	ATF_CHECK_MSG(strstr(pamport_session_warning(session),
	    strerror(EFBIG)) != NULL, "%s", pamport_session_warning(session));
	count_many();
	ATF_CHECK_STREQ("", recorded_names());
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_close(session));
	finish();
}

/* --- What lies where a record should be ------------------------------------------------ */

static const char *
path_of(const char *name)
{
	return fixture_text("%s/%s", pamport_record_directory(), name);
}

static struct pamport__directory directory;

static int
note_reason(const struct pamport_record *record, void *data)
{
	ATF_CHECK_EQ(PAMPORT_RECORD_DAMAGED, record->phase);
	*(const char **)data = fixture_text("%s",
	    record->reason == NULL ? "" : record->reason);
	return 0;
}

/*
 * Told by everything that looks at it, believed by nothing, and written to by
 * nothing.
 */
static void
check_disbelieved(const char *what, const char *expected)
{
	const char *reason = "nothing", *shown = "nothing";
	pamport_session *other;
	struct stat before, after;

	ATF_REQUIRE_EQ(0, lstat(path_of("x.open"), &before));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_record_list(note_reason, &reason,
	    NULL));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_record_show("x", note_reason, &shown,
	    NULL));
	ATF_CHECK_MSG(strstr(reason, expected) != NULL &&
	    strcmp(reason, shown) == 0, "%s: %s, %s", what, reason, shown);
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_session_attach("x", NULL,
	    &other));
	ATF_CHECK_MSG(strstr(pamport_session_error(other)->message, expected)
	    != NULL, "%s: %s", what, pamport_session_error(other)->message);
	(void)pamport_session_free(other);
	ATF_CHECK_MSG(pamport__record_append(&directory, "x",
	    PAMPORT_RECORD_OPEN, PAMPORT__DETACHED) != 0, "%s", what);
	ATF_REQUIRE_EQ(0, lstat(path_of("x.open"), &after));
	ATF_CHECK_EQ(before.st_size, after.st_size);
	ATF_CHECK_EQ(0, remove(path_of("x.open")));
	scripted_check_shared("");
}

static void
make_plain(mode_t mode, uid_t owner)
{
	atf_utils_create_file(path_of("x.open"), "%s", "pamport-session 1\n");
	ATF_REQUIRE_EQ(0, chmod(path_of("x.open"), mode));
	ATF_REQUIRE_EQ(0, chown(path_of("x.open"), owner, 0));
}

FIXTURE_TC(record__other_than_a_file_of_roots_is_disbelieved, "root")
{
	static const char plain[] = "not a plain file";

	begin();
	ATF_REQUIRE_EQ(0, pamport__directory_open(&directory, true));
	ATF_REQUIRE_EQ(0, mkfifo(path_of("x.open"), 0600));
	check_disbelieved("a fifo", plain);
	ATF_REQUIRE_EQ(0, mkdir(path_of("x.open"), 0700));
	check_disbelieved("a directory", plain);
	ATF_REQUIRE_EQ(0, symlink("/nowhere", path_of("x.open")));
	check_disbelieved("a dangling link", "a symbolic link");
	ATF_REQUIRE_EQ(0, symlink("x.open", path_of("x.open")));
	check_disbelieved("a link to itself", "a symbolic link");
	atf_utils_create_file("elsewhere", "%s", "pamport-session 1\n");
	ATF_REQUIRE_EQ(0, chmod("elsewhere", 0600));
	ATF_REQUIRE_EQ(0, link("elsewhere", path_of("x.open")));
	check_disbelieved("a hard link", "another name");
	make_plain(0600, 65534);
	check_disbelieved("another's", "not root's");
	make_plain(0620, 0);
	check_disbelieved("one that a group writes", "open to others");
	make_plain(0602, 0);
	check_disbelieved("one that anybody writes", "open to others");
	pamport__directory_close(&directory);
	fixture_remove(&recorded_fixture);
}

FIXTURE_TC(record__device_is_disbelieved, "root")
{
	struct stat null;

	begin();
	ATF_REQUIRE_EQ(0, pamport__directory_open(&directory, true));
	ATF_REQUIRE_EQ(0, stat("/dev/null", &null));
	if (mknod(path_of("x.open"), S_IFCHR | 0600, null.st_rdev) == -1)
		atf_tc_skip("no device can be made here: %s", strerror(errno));
	check_disbelieved("a device", "not a plain file");
	pamport__directory_close(&directory);
	fixture_remove(&recorded_fixture);
}

/* What nobody but root can have put there, and nothing is to wait for. */
FIXTURE_TC(lock__other_than_a_file_is_no_lock, "root")
{
	int lock;

	begin();
	ATF_REQUIRE_EQ(0, pamport__directory_open(&directory, true));
	ATF_REQUIRE_EQ(0, mkfifo(path_of(".logout.lock"), 0600));
	if (pamport__directory_lock(&directory, &lock) == 0)
		ATF_CHECK_EQ(0, close(lock));
	ATF_REQUIRE_EQ(0, unlink(path_of(".logout.lock")));
	ATF_REQUIRE_EQ(0, symlink(fixture_file("elsewhere"),
	    path_of(".logout.lock")));
	ATF_CHECK(pamport__directory_lock(&directory, &lock) != 0);
	ATF_CHECK_EQ(-1, lock);
	ATF_CHECK_EQ(-1, access("elsewhere", F_OK));
	pamport__directory_close(&directory);
	fixture_remove(&recorded_fixture);
}

static void
check_refused(const char *why)
{
	const char *message;

	session = recorded_start("alice");
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_check_account(session, 0));
	(void)pamport_session_user(session);
	ATF_CHECK_EQ(PAM_SYSTEM_ERR, pamport_session_open(session));
	message = pamport_session_error(session)->message;
	ATF_CHECK_MSG(strstr(message, why) != NULL, "\"%s\" does not say "
	    "\"%s\"", message, why);
	scripted_check_shared("acct ");
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_free(session));
}

FIXTURE_TC(directory__behind_a_dangling_link_is_told, "root")
{
	begin();
	ATF_REQUIRE_EQ(0, symlink("nowhere", "sessions"));
	check_refused(strerror(ENOENT));
	ATF_CHECK_EQ(-1, access("nowhere", F_OK));
	ATF_REQUIRE_EQ(0, setenv("PAMPORT_RECORDS",
	    fixture_file("sessions/a"), 1));
	check_refused(strerror(ENOENT));
	fixture_remove(&recorded_fixture);
}

/* The reason is told whatever the length of the name. */
FIXTURE_TC(directory__of_a_long_name_is_told, "root")
{
	static char name[BIG];

	begin();
	memset(name, 'x', sizeof(name) - 1);
	name[0] = '/';
	ATF_REQUIRE_EQ(0, setenv("PAMPORT_RECORDS", name, 1));
	check_refused(strerror(ENAMETOOLONG));
	fixture_remove(&recorded_fixture);
}

/* --- Names --------------------------------------------------------------------------- */

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
	if (use_login_files())
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
	if (size_of("utmp") != -1)
		check_harmless("warning", pamport_session_warning(session));
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_record_show(recorded_id, check_view,
	    NULL, NULL));
	/* One line a field in the file itself, and nobody is logged in. */
	text = recorded_read(recorded_file(session, "open"));
	for (line = text; *line != '\0'; line++)
		ATF_CHECK(*line == '\n' || (unsigned char)*line >= 0x20);
	ATF_CHECK(strstr(text, "item PAM_USER a%0Ab%0Dc%1B[2Jd%7Fe") != NULL);
	free(text);
	ATF_CHECK(size_of("utmp") <= 0 && size_of("wtmp") <= 0 &&
	    size_of("lastlog") <= 0);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_close(session));
	ATF_CHECK(lines > 0);
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

/* No login is written for it; modules have it as it was, whoever closes. */
static void
check_no_line(const char *tty)
{
	session = recorded_start("alice");
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_set_option(session,
	    PAMPORT_SESSION_ACCOUNTING, PAMPORT_ACCOUNTING_ALL));
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_set_item(session, PAM_TTY,
	    tty));
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_set_item(session,
	    PAM_RHOST, tty));
	if (is_refused())
		return;
	recorded_open(session);
	if (tty[0] != '\0' && size_of("utmp") != -1)
		check_harmless("warning", pamport_session_warning(session));
	ATF_CHECK(size_of("utmp") <= 0 && size_of("wtmp") <= 0 &&
	    size_of("lastlog") <= 0);
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
	if (use_login_files())
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
	if (!use_login_files())
		atf_tc_skip("there are no login records of this test's own");
	memset(big, 'h', fixture_has_system_modules() ? 4096 : sizeof(big) - 1);
	memcpy(big + 5, "\n\033", 2);
	session = recorded_start("alice");
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_set_option(session,
	    PAMPORT_SESSION_ACCOUNTING, PAMPORT_ACCOUNTING_ALL));
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_set_item(session, PAM_TTY,
	    TTY));
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_set_item(session,
	    PAM_RHOST, big));
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
	if (use_login_files())
		atf_utils_create_file("lastlog", "%s", "");
	memset(big, 'u', sizeof(big) - 1);
	session = recorded_start(big);
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_set_option(session,
	    PAMPORT_SESSION_ACCOUNTING, PAMPORT_ACCOUNTING_ALL));
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_set_item(session, PAM_TTY,
	    TTY));
	recorded_open(session);
	ATF_CHECK_STREQ(big, pamport_session_user(session));
	if (size_of("utmp") != -1)
		check_harmless("warning", pamport_session_warning(session));
	ATF_CHECK(size_of("utmp") <= 0 && size_of("wtmp") <= 0);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_close(session));
	finish();
}

ATF_TP_ADD_TCS(tp)
{
	ATF_TP_ADD_TC(tp, streams__that_are_closed_stay_so);
	ATF_TP_ADD_TC(tp, streams__are_closed_for_a_close_by_the_entry);
	ATF_TP_ADD_TC(tp, streams__are_the_next_files_to_take);
	ATF_TP_ADD_TC(tp, environment__of_the_process_may_be_huge);
	ATF_TP_ADD_TC(tp, environment__of_a_session_may_be_large);
	ATF_TP_ADD_TC(tp, environment__that_no_record_takes_is_told);
	ATF_TP_ADD_TC(tp, environment__that_no_record_takes_may_do_without);
	ATF_TP_ADD_TC(tp, record__other_than_a_file_of_roots_is_disbelieved);
	ATF_TP_ADD_TC(tp, record__device_is_disbelieved);
	ATF_TP_ADD_TC(tp, lock__other_than_a_file_is_no_lock);
	ATF_TP_ADD_TC(tp, directory__behind_a_dangling_link_is_told);
	ATF_TP_ADD_TC(tp, directory__of_a_long_name_is_told);
	ATF_TP_ADD_TC(tp, names__that_steer_terminals_are_shown_as_text);
	ATF_TP_ADD_TC(tp, names__in_warning_and_trace_are_shown_as_text);
	ATF_TP_ADD_TC(tp, names__that_are_cut_are_still_text);
	ATF_TP_ADD_TC(tp, tty__that_is_none_gets_no_login);
	ATF_TP_ADD_TC(tp, host__of_any_length_is_kept);
	ATF_TP_ADD_TC(tp, user__of_any_length_is_whole);
	return atf_no_error();
}
