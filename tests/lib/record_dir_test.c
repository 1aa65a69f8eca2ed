/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where records are: a directory that nobody but root could have prepared, and
 * the files in it, of which one process at a time has the right to close.
 */
#include <config.h>

#include <sys/types.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <atf-c.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "lib/record.h"
#include "fixture.h"
#include "recorded.h"

#define SOMEBODY 65534

static struct pamport__directory directory;

static void
use(const char *path)
{
	ATF_REQUIRE_EQ(0, setenv("PAMPORT_RECORDS", path, 1));
}

/* ATF's own folder lies where others may not write; root's case is 0755. */
static void
open_records(void)
{
	use(fixture_file("sessions"));
	ATF_REQUIRE_EQ_MSG(0, pamport__directory_open(&directory, true), "%s",
	    directory.why);
}

static const char *
path_of(const char *name)
{
	return fixture_text("%s/%s", pamport_record_directory(), name);
}

static mode_t
mode_of(const char *path)
{
	struct stat status;

	ATF_REQUIRE_EQ_MSG(0, lstat(path, &status), "%s", path);
	return status.st_mode & 07777;
}

/* --- The directory --------------------------------------------------------------- */

FIXTURE_TC(directory__is_made_with_its_parents, "root")
{
	(void)umask(0);
	/* What is made for the way is not secret; slashes make no difference. */
	use(fixture_file("a//b/sessions//"));
	ATF_REQUIRE_EQ_MSG(0, pamport__directory_open(&directory, true), "%s",
	    directory.why);
	ATF_CHECK_EQ(0755, mode_of("a"));
	ATF_CHECK_EQ(0755, mode_of("a/b"));
	ATF_CHECK_EQ(0700, mode_of("a/b/sessions"));
	ATF_CHECK(pamport__directory_is_valid(&directory));
	ATF_CHECK((fcntl(directory.fd, F_GETFD) & FD_CLOEXEC) != 0);
	pamport__directory_close(&directory);
	ATF_CHECK(!pamport__directory_is_valid(&directory));
	pamport__directory_close(&directory);
	/* It is there now. */
	ATF_REQUIRE_EQ(0, pamport__directory_open(&directory, false));
	pamport__directory_close(&directory);
}

FIXTURE_TC(directory__is_not_made_to_look_at_it, "root")
{
	use(fixture_file("sessions"));
	ATF_CHECK_EQ(ENOENT, pamport__directory_open(&directory, false));
	ATF_CHECK_EQ(-1, directory.fd);
	ATF_CHECK(directory.why != NULL);
	ATF_CHECK_EQ(-1, access("sessions", F_OK));
}

static void
check_refused(const char *path, int error, const char *why)
{
	int before = recorded_descriptors(), is_made;

	use(path);
	for (is_made = 0; is_made < 2; is_made++) {
		ATF_CHECK_EQ_MSG(error, pamport__directory_open(&directory,
		    is_made != 0), "%s", path);
		ATF_CHECK_MSG(directory.why != NULL &&
		    strstr(directory.why, why) != NULL,
		    "%s: \"%s\" does not say \"%s\"", path, directory.why,
		    why);
		ATF_CHECK_EQ(-1, directory.fd);
	}
	ATF_CHECK_EQ(before, recorded_descriptors());
}

FIXTURE_TC(directory__open_to_others_is_refused, "root")
{
	static const mode_t modes[] = { 0701, 0702, 0704, 0710, 0720, 0740,
	    0755, 01777 };
	size_t i;

	ATF_REQUIRE_EQ(0, mkdir("sessions", 0700));
	for (i = 0; i < sizeof(modes) / sizeof(modes[0]); i++) {
		ATF_REQUIRE_EQ(0, chmod("sessions", modes[i]));
		check_refused(fixture_file("sessions"), EACCES, modes[i] ==
		    0702 || modes[i] == 0720 ? "the way" : "0700");
	}
	ATF_REQUIRE_EQ(0, chmod("sessions", 0700));
	ATF_REQUIRE_EQ(0, chown("sessions", SOMEBODY, 0));
	check_refused(fixture_file("sessions"), EACCES, "others than root");
}

FIXTURE_TC(directory__way_through_what_others_can_change_is_refused, "root")
{
	ATF_REQUIRE_EQ(0, mkdir("way", 0755));
	ATF_REQUIRE_EQ(0, mkdir("way/sessions", 0700));
	ATF_REQUIRE_EQ(0, chmod("way", 0775));
	check_refused(fixture_file("way/sessions"), EACCES, "the way");
	ATF_REQUIRE_EQ(0, chmod("way", 0757));
	check_refused(fixture_file("way/sessions"), EACCES, "the way");
	ATF_REQUIRE_EQ(0, chmod("way", 0755));
	ATF_REQUIRE_EQ(0, chown("way", SOMEBODY, 0));
	check_refused(fixture_file("way/sessions"), EACCES, "the way");
	/* As /tmp is: what root has made there nobody else can replace. */
	ATF_REQUIRE_EQ(0, chown("way", 0, 0));
	ATF_REQUIRE_EQ(0, chmod("way", 01777));
	use(fixture_file("way/sessions"));
	ATF_CHECK_EQ(0, pamport__directory_open(&directory, true));
	pamport__directory_close(&directory);
}

/* Nothing is made where somebody else could have led root. */
FIXTURE_TC(directory__is_not_made_on_a_way_of_others, "root")
{
	ATF_REQUIRE_EQ(0, mkdir("way", 0755));
	ATF_REQUIRE_EQ(0, chown("way", SOMEBODY, 0));
	use(fixture_file("way/a/sessions"));
	ATF_CHECK_EQ(EACCES, pamport__directory_open(&directory, true));
	ATF_CHECK_EQ(-1, access("way/a", F_OK));
}

FIXTURE_TC(directory__links_of_others_are_refused, "root")
{
	ATF_REQUIRE_EQ(0, mkdir("real", 0755));
	ATF_REQUIRE_EQ(0, mkdir("real/sessions", 0700));
	ATF_REQUIRE_EQ(0, symlink("real", "link"));
	use(fixture_file("link/sessions"));
	ATF_CHECK_EQ_MSG(0, pamport__directory_open(&directory, true), "%s",
	    directory.why);
	pamport__directory_close(&directory);
	/* The last name as well: /run/pamport may be elsewhere. */
	ATF_REQUIRE_EQ(0, symlink("real/sessions", "last"));
	use(fixture_file("last"));
	ATF_CHECK_EQ_MSG(0, pamport__directory_open(&directory, true), "%s",
	    directory.why);
	pamport__directory_close(&directory);
	ATF_REQUIRE_EQ(0, lchown("link", SOMEBODY, 0));
	check_refused(fixture_file("link/sessions"), EACCES, "the way");
	ATF_REQUIRE_EQ(0, lchown("last", SOMEBODY, 0));
	check_refused(fixture_file("last"), EACCES, "the way");
	/* Where root's link leads to is looked at, too. */
	ATF_REQUIRE_EQ(0, lchown("link", 0, 0));
	ATF_REQUIRE_EQ(0, chmod("real", 0777));
	check_refused(fixture_file("link/sessions"), EACCES, "the way");
}

FIXTURE_TC(directory__file_is_refused, "root")
{
	atf_utils_create_file("file", "%s", "");
	ATF_REQUIRE_EQ(0, chmod("file", 0600));
	check_refused(fixture_file("file"), ENOTDIR, "irectory");
	check_refused(fixture_file("file/sessions"), ENOTDIR, "irectory");
	ATF_REQUIRE_EQ(0, mkfifo("fifo", 0600));
	check_refused(fixture_file("fifo"), ENOTDIR, "irectory");
	ATF_REQUIRE_EQ(0, symlink("loop", "loop"));
	check_refused(fixture_file("loop/sessions"), ELOOP, "");
}

FIXTURE_TC(directory__is_roots_alone_to_open, "root")
{
	use(fixture_file("sessions"));
	ATF_REQUIRE_EQ(0, seteuid(SOMEBODY));
	ATF_CHECK_EQ(EPERM, pamport__directory_open(&directory, true));
	ATF_CHECK(strstr(directory.why, "root") != NULL);
	ATF_REQUIRE_EQ(0, seteuid(0));
	ATF_CHECK_EQ(-1, access("sessions", F_OK));
}

FIXTURE_TC(directory__other_than_an_absolute_name_is_ignored, "root")
{
	ATF_REQUIRE_EQ(0, unsetenv("PAMPORT_RECORDS"));
	ATF_CHECK_STREQ(PAMPORT_RECORD_DIR, pamport_record_directory());
	ATF_CHECK_EQ('/', pamport_record_directory()[0]);
	use("");
	ATF_CHECK_STREQ(PAMPORT_RECORD_DIR, pamport_record_directory());
	use("sessions");
	ATF_CHECK_STREQ(PAMPORT_RECORD_DIR, pamport_record_directory());
	use("./sessions");
	ATF_CHECK_STREQ(PAMPORT_RECORD_DIR, pamport_record_directory());
	use("/elsewhere");
	ATF_CHECK_STREQ("/elsewhere", pamport_record_directory());
}

/* After a daemon closed everything its number is something else's. */
FIXTURE_TC(directory__other_behind_the_number_is_not_closed, "root")
{
	int other;

	open_records();
	ATF_REQUIRE_EQ(0, close(directory.fd));
	ATF_CHECK(!pamport__directory_is_valid(&directory));
	other = open("/", O_RDONLY);
	ATF_REQUIRE_EQ(directory.fd, other);
	ATF_CHECK(!pamport__directory_is_valid(&directory));
	pamport__directory_close(&directory);
	ATF_CHECK_EQ(-1, directory.fd);
	ATF_CHECK_EQ(0, close(other));
}

/* --- Names ------------------------------------------------------------------------ */

FIXTURE_TC(id__is_new_and_valid, "")
{
	char one[PAMPORT__ID_SIZE], other[PAMPORT__ID_SIZE];

	pamport__id_new(one);
	pamport__id_new(other);
	ATF_CHECK(pamport__id_is_valid(one) && pamport__id_is_valid(other));
	ATF_CHECK(strcmp(one, other) != 0);
}

FIXTURE_TC(id__what_is_no_name_is_invalid, "")
{
	static const char *const invalid[] = { "", ".", "..", "a.open", "a/b",
	    "../a", "/a", "a ", "a\n", "a%", "\303\244", "a_b" };
	char name[PAMPORT__ID_SIZE + 1];
	size_t i;

	for (i = 0; i < sizeof(invalid) / sizeof(invalid[0]); i++)
		ATF_CHECK_MSG(!pamport__id_is_valid(invalid[i]), "%s",
		    invalid[i]);
	ATF_CHECK(!pamport__id_is_valid(NULL));
	ATF_CHECK(pamport__id_is_valid("aZ09-"));
	memset(name, 'a', sizeof(name));
	name[PAMPORT__ID_SIZE] = '\0';
	ATF_CHECK(!pamport__id_is_valid(name));
	name[PAMPORT__ID_SIZE - 1] = '\0';
	ATF_CHECK(pamport__id_is_valid(name));
}

FIXTURE_TC(names__are_those_of_records, "root")
{
	static const char *const others[] = { ".a", "a", "a.other", "a.open.b",
	    "a.damaged", ".open", "a b.open", "a.opener" };
	struct pamport__listed *list;
	size_t i, n;

	open_records();
	for (i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		atf_utils_create_file(path_of(others[i]), "%s", "");
	ATF_REQUIRE_EQ(0, pamport__record_names(&directory, &list, &n));
	ATF_CHECK_EQ(0, n);
	free(list);
	atf_utils_create_file(path_of("x.closing"), "%s", "");
	ATF_REQUIRE_EQ(0, pamport__record_names(&directory, &list, &n));
	ATF_REQUIRE_EQ(1, n);
	ATF_CHECK_STREQ("x", list[0].id);
	ATF_CHECK_EQ(PAMPORT_RECORD_CLOSING, list[0].phase);
	free(list);
	pamport__directory_close(&directory);
}

/* --- Files ------------------------------------------------------------------------- */

#define STORE(phase, text) \
	pamport__record_store(&directory, "x", PAMPORT_RECORD_##phase, text)
#define APPEND(phase, text) \
	pamport__record_append(&directory, "x", PAMPORT_RECORD_##phase, text)
#define MOVE(from, to) \
	pamport__record_move(&directory, "x", PAMPORT_RECORD_##from, \
	    PAMPORT_RECORD_##to)
#define REMOVE(phase) \
	pamport__record_remove(&directory, "x", PAMPORT_RECORD_##phase)
#define CLAIM(from, lock) \
	pamport__record_claim(&directory, "x", PAMPORT_RECORD_##from, lock)

static void
check_file(const char *name, const char *text)
{
	char *found = recorded_read(path_of(name));

	ATF_CHECK_STREQ(text, found);
	free(found);
}

FIXTURE_TC(file__is_stored_moved_and_removed, "root")
{
	open_records();
	(void)umask(0);
	ATF_CHECK_EQ(0, STORE(OPENING, "one\n"));
	ATF_CHECK_EQ(0600, mode_of(path_of("x.opening")));
	check_file("x.opening", "one\n");
	/* In the place of the other one. */
	ATF_CHECK_EQ(0, STORE(OPENING, "two\n"));
	check_file("x.opening", "two\n");
	ATF_CHECK_STREQ("x.opening ", recorded_names());
	ATF_CHECK_EQ(ENOENT, MOVE(OPEN, CLOSING));
	ATF_CHECK_EQ(0, MOVE(OPENING, OPEN));
	ATF_CHECK_EQ(ENOENT, MOVE(OPENING, OPEN));
	ATF_CHECK_STREQ("x.open ", recorded_names());
	ATF_CHECK_EQ(ENOENT, REMOVE(OPENING));
	ATF_CHECK_EQ(0, REMOVE(OPEN));
	ATF_CHECK_EQ(ENOENT, REMOVE(OPEN));
	ATF_CHECK_STREQ("", recorded_names());
	pamport__directory_close(&directory);
}

FIXTURE_TC(file__what_a_killed_writer_left_is_in_nobodys_way, "root")
{
	struct timespec times[2] = { { 0, 0 }, { 0, 0 } };

	open_records();
	atf_utils_create_file(path_of(".x"), "half");
	ATF_CHECK_EQ(0, STORE(OPEN, "whole\n"));
	check_file("x.open", "whole\n");
	atf_utils_create_file(path_of(".x"), "half");
	ATF_CHECK_EQ(0, REMOVE(OPEN));
	ATF_CHECK_STREQ("", recorded_names());
	/* Without a record nobody asks for it; but it may be being written. */
	atf_utils_create_file(path_of(".y"), "half");
	atf_utils_create_file(path_of(".y.open"), "no temporary name");
	pamport__directory_tidy(&directory);
	ATF_CHECK_STREQ(".y .y.open ", recorded_names());
	times[0].tv_sec = times[1].tv_sec = time(NULL) - 7200;
	ATF_REQUIRE_EQ(0, utimensat(AT_FDCWD, path_of(".y"), times, 0));
	ATF_REQUIRE_EQ(0, utimensat(AT_FDCWD, path_of(".y.open"), times, 0));
	pamport__directory_tidy(&directory);
	ATF_CHECK_STREQ(".y.open ", recorded_names());
	pamport__directory_close(&directory);
}

/* A directory in the way of the name: nothing half done is left. */
FIXTURE_TC(file__that_cannot_be_stored_leaves_nothing, "root")
{
	open_records();
	ATF_REQUIRE_EQ(0, mkdir(path_of("x.open"), 0700));
	ATF_CHECK(STORE(OPEN, "text\n") != 0);
	ATF_CHECK_STREQ("x.open ", recorded_names());
	ATF_CHECK(APPEND(OPEN, "line\n") != 0);
	pamport__directory_close(&directory);
}

FIXTURE_TC(file__lines_are_appended_whole, "root")
{
	static char big[PAMPORT__RECORD_LIMIT];

	open_records();
	ATF_CHECK_EQ(ENOENT, APPEND(OPEN, "line\n"));
	ATF_CHECK_EQ(0, STORE(OPEN, "end\n"));
	ATF_CHECK_EQ(ENOENT, APPEND(OPENING, "line\n"));
	ATF_CHECK_EQ(0, APPEND(OPEN, "one\n"));
	ATF_CHECK_EQ(0, APPEND(OPEN, "two\n"));
	check_file("x.open", "end\none\ntwo\n");
	/* What a killed process wrote of a line would spoil the next. */
	ATF_CHECK_EQ(0, STORE(OPEN, "end\none\nbegan sess"));
	ATF_CHECK_EQ(0, APPEND(OPEN, "two\n"));
	check_file("x.open", "end\none\ntwo\n");
	/* Longer than it would be read again it does not become. */
	memset(big, 'x', sizeof(big) - 3);
	big[sizeof(big) - 3] = '\n';
	ATF_CHECK_EQ(0, STORE(OPEN, big));
	ATF_CHECK_EQ(EFBIG, APPEND(OPEN, "abc\n"));
	ATF_CHECK_EQ(0, APPEND(OPEN, "a\n"));
	ATF_CHECK_EQ(EFBIG, APPEND(OPEN, "b"));
	/* No link is followed to where others lead it. */
	ATF_CHECK_EQ(0, REMOVE(OPEN));
	atf_utils_create_file("elsewhere", "end\n");
	ATF_REQUIRE_EQ(0, symlink(fixture_file("elsewhere"),
	    path_of("x.open")));
	ATF_CHECK(APPEND(OPEN, "line\n") != 0);
	ATF_CHECK(atf_utils_compare_file("elsewhere", "end\n"));
	pamport__directory_close(&directory);
}

FIXTURE_TC(file__too_long_is_not_believed, "root")
{
	struct pamport__record record;
	const char *why = NULL;

	open_records();
	ATF_CHECK_EQ(ENOENT, pamport__record_load(&directory, "x",
	    PAMPORT_RECORD_OPEN, &record, &why));
	ATF_CHECK_EQ(0, STORE(OPEN, "end\n"));
	ATF_REQUIRE_EQ(0, truncate(path_of("x.open"),
	    (off_t)PAMPORT__RECORD_LIMIT + 1));
	ATF_CHECK_EQ(EBADMSG, pamport__record_load(&directory, "x",
	    PAMPORT_RECORD_OPEN, &record, &why));
	ATF_CHECK_STREQ("too long", why);
	pamport__directory_close(&directory);
}

/* --- The right to close --------------------------------------------------------------- */

FIXTURE_TC(claim__one_process_has_it, "root")
{
	int lock;

	open_records();
	ATF_CHECK_EQ(ENOENT, CLAIM(OPEN, &lock));
	ATF_CHECK_EQ(-1, lock);
	ATF_CHECK_EQ(0, STORE(OPEN, "text\n"));
	ATF_CHECK_EQ(ENOENT, CLAIM(OPENING, &lock));
	ATF_CHECK_EQ(0, CLAIM(OPEN, &lock));
	ATF_CHECK((fcntl(lock, F_GETFD) & FD_CLOEXEC) != 0);
	ATF_CHECK_STREQ("x.closing ", recorded_names());
	ATF_CHECK_EQ(0, close(lock));
	pamport__directory_close(&directory);
}

static int ready[2];

/* Claims, says so, and keeps it until it is killed. */
static void
claim_and_wait(void)
{
	int lock;
	char error = (char)CLAIM(OPEN, &lock);

	RECORDED_CHECK(write(ready[1], &error, 1) == 1);
	for (;;)
		(void)pause();
}

static void
claim_closing(void)
{
	int lock;

	_exit(CLAIM(CLOSING, &lock));
}

static void
claim_open(void)
{
	int lock;

	_exit(CLAIM(OPEN, &lock));
}

FIXTURE_TC(claim__other_process_waits_for_the_first_to_end, "root")
{
	pid_t first;
	signed char error = -1;

	open_records();
	ATF_CHECK_EQ(0, STORE(OPEN, "text\n"));
	ATF_REQUIRE_EQ(0, pipe(ready));
	first = recorded_fork(claim_and_wait);
	ATF_REQUIRE_EQ(1, read(ready[0], &error, 1));
	ATF_CHECK_EQ(0, error);
	ATF_CHECK_EQ(ENOENT, recorded_run(claim_open));
	ATF_CHECK_EQ(EAGAIN, recorded_run(claim_closing));
	ATF_REQUIRE_EQ(0, kill(first, SIGKILL));
	ATF_CHECK_EQ(-1, recorded_status(first));
	/* The lock died with it; that it was claimed is still to be seen. */
	ATF_CHECK_EQ(ENOENT, recorded_run(claim_open));
	ATF_CHECK_EQ(0, recorded_run(claim_closing));
	pamport__directory_close(&directory);
}

/* Held by another name's owner, as by one who renamed after it was opened. */
static void
lock_by_hand(void)
{
	int lock = -1;

	RECORDED_CHECK(CLAIM(OPEN, &lock) == EAGAIN && lock == -1);
}

#ifdef HAVE_FLOCK
static int
lock_open_file(int fd)
{
	return flock(fd, LOCK_EX);
}
#else
static int
lock_open_file(int fd)
{
	struct flock lock;

	memset(&lock, 0, sizeof(lock));
	lock.l_type = F_WRLCK;
	lock.l_whence = SEEK_SET;
	return fcntl(fd, F_SETLK, &lock);
}
#endif

FIXTURE_TC(claim__locked_before_it_is_renamed, "root")
{
	int fd;

	open_records();
	ATF_CHECK_EQ(0, STORE(OPEN, "text\n"));
	fd = open(path_of("x.open"), O_RDWR);
	ATF_REQUIRE_EQ(0, lock_open_file(fd));
	ATF_CHECK_EQ(0, recorded_run(lock_by_hand));
	ATF_CHECK_STREQ("x.open ", recorded_names());
	ATF_CHECK_EQ(0, close(fd));
	pamport__directory_close(&directory);
}

ATF_TP_ADD_TCS(tp)
{
	ATF_TP_ADD_TC(tp, directory__is_made_with_its_parents);
	ATF_TP_ADD_TC(tp, directory__is_not_made_to_look_at_it);
	ATF_TP_ADD_TC(tp, directory__open_to_others_is_refused);
	ATF_TP_ADD_TC(tp,
	    directory__way_through_what_others_can_change_is_refused);
	ATF_TP_ADD_TC(tp, directory__is_not_made_on_a_way_of_others);
	ATF_TP_ADD_TC(tp, directory__links_of_others_are_refused);
	ATF_TP_ADD_TC(tp, directory__file_is_refused);
	ATF_TP_ADD_TC(tp, directory__is_roots_alone_to_open);
	ATF_TP_ADD_TC(tp, directory__other_than_an_absolute_name_is_ignored);
	ATF_TP_ADD_TC(tp, directory__other_behind_the_number_is_not_closed);
	ATF_TP_ADD_TC(tp, id__is_new_and_valid);
	ATF_TP_ADD_TC(tp, id__what_is_no_name_is_invalid);
	ATF_TP_ADD_TC(tp, names__are_those_of_records);
	ATF_TP_ADD_TC(tp, file__is_stored_moved_and_removed);
	ATF_TP_ADD_TC(tp, file__what_a_killed_writer_left_is_in_nobodys_way);
	ATF_TP_ADD_TC(tp, file__that_cannot_be_stored_leaves_nothing);
	ATF_TP_ADD_TC(tp, file__lines_are_appended_whole);
	ATF_TP_ADD_TC(tp, file__too_long_is_not_believed);
	ATF_TP_ADD_TC(tp, claim__one_process_has_it);
	ATF_TP_ADD_TC(tp, claim__other_process_waits_for_the_first_to_end);
	ATF_TP_ADD_TC(tp, claim__locked_before_it_is_renamed);

	return atf_no_error();
}
