/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * An environment of megabytes, and what lies where a record should be.  Names:
 * hostile_names_test; closed descriptors: streams_test; variables of a set-id
 * program's caller: set_id_test.
 */
#include <config.h>

#include <sys/types.h>
#include <sys/stat.h>
#include <atf-c.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "compat/compat.h"
#include "lib/session.h"
#include "fixture.h"
#include "recorded.h"
#include "scripted.h"

#define BIG 10240

static pamport_session *session;

/* Whatever hangs is killed, and the case fails. */
static void
begin(void)
{
	(void)alarm(240);
	recorded_service();
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

/* --- A private directory ---------------------------------------------------------------- */

static int
check_start(const char *service, const char *confdir, const char *why)
{
	int result = pamport_session_start(service, "root", NULL, confdir,
	    &session);

	ATF_CHECK(result != PAM_SUCCESS);
	ATF_CHECK_MSG(strstr(pamport_session_error(session)->message,
	    pamport__has_start_confdir ? why : "reads no private") != NULL,
	    "%s: %s", confdir, pamport_session_error(session)->message);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_free(session));
	return result;
}

/* The same, whichever way it is named. */
static void
check_confdir(const char *service, const char *name, const char *why)
{
	ATF_CHECK_EQ(check_start(service, fixture_file(name), why),
	    check_start(service, name, why));
}

ATF_TC_WITHOUT_HEAD(confdir__that_is_none_is_told);
ATF_TC_BODY(confdir__that_is_none_is_told, tc)
{
	char service[256];

	memset(service, 'x', sizeof(service) - 1);
	service[sizeof(service) - 1] = '\0';
	ATF_REQUIRE_EQ(0, mkdir("empty", 0700));
	atf_utils_create_file("file", "%s", "");
	check_confdir("login", "absent", strerror(ENOENT));
	check_confdir("login", "file", strerror(ENOTDIR));
	check_confdir("login", "empty", "neither a file");
	check_confdir(service, "empty", "neither a file");
}

ATF_TP_ADD_TCS(tp)
{
	ATF_TP_ADD_TC(tp, confdir__that_is_none_is_told);
	ATF_TP_ADD_TC(tp, environment__of_the_process_may_be_huge);
	ATF_TP_ADD_TC(tp, environment__of_a_session_may_be_large);
	ATF_TP_ADD_TC(tp, environment__that_no_record_takes_is_told);
	ATF_TP_ADD_TC(tp, environment__that_no_record_takes_may_do_without);
	ATF_TP_ADD_TC(tp, record__other_than_a_file_of_roots_is_disbelieved);
	ATF_TP_ADD_TC(tp, record__device_is_disbelieved);
	ATF_TP_ADD_TC(tp, lock__other_than_a_file_is_no_lock);
	ATF_TP_ADD_TC(tp, directory__behind_a_dangling_link_is_told);
	ATF_TP_ADD_TC(tp, directory__of_a_long_name_is_told);
	return atf_no_error();
}
