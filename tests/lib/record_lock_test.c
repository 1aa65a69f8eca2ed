/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The right to close where there is no flock(2): a lock of fcntl(2) goes with
 * the first descriptor of the file that the process closes, so a close must open
 * its record once.  The library's own record_file.c gives way to this one.
 */
#include <config.h>

#include <sys/types.h>
#include <sys/file.h>
#include <fcntl.h>
#include <string.h>

#ifdef HAVE_FLOCK
static int
lock_by_fcntl(int fd, int operation)
{
	struct flock lock;

	memset(&lock, 0, sizeof(lock));
	lock.l_type = F_WRLCK;
	lock.l_whence = SEEK_SET;
	return fcntl(fd, (operation & LOCK_NB) != 0 ? F_SETLK : F_SETLKW,
	    &lock);
}
#define flock(fd, operation) lock_by_fcntl(fd, operation)
#endif
#include "lib/record_file.c"

#include <atf-c.h>
#include <signal.h>

#include "lib/session.h"
#include "fixture.h"
#include "recorded.h"
#include "scripted.h"

static pamport_session *session;
static char closing_id[64];

static void
open_it(void)
{
	session = recorded_start("alice");
	recorded_open(session);
}

/* As another closer does. */
static void
claim_closing(void)
{
	struct pamport__directory directory;
	int lock;

	RECORDED_CHECK(pamport__directory_open(&directory, false) == 0);
	RECORDED_CHECK(pamport__record_claim(&directory, closing_id,
	    PAMPORT_RECORD_CLOSING, &lock) == EAGAIN && lock == -1);
}

/* Modules run in a child of a reaper, too: what it ends with is the answer. */
static void
see_lock(pam_handle_t *pamh)
{
	(void)pamh;
	RECORDED_CHECK(recorded_run(claim_closing) == 0);
}

FIXTURE_TC(lock__is_held_until_the_close_is_over, "root")
{
	recorded_service();
	open_it();
	strcpy(closing_id, recorded_id);
	scripted_do("close", see_lock);
	scripted_do("delete", see_lock);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_close(session));
	scripted_check_shared("acct establish open close delete ");
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_session_free(session));
	ATF_CHECK_STREQ("", recorded_names());
	fixture_remove(&recorded_fixture);
}

static void
die(pam_handle_t *pamh)
{
	(void)pamh;
	(void)raise(SIGKILL);
}

static void
die_in_close(void)
{
	open_it();
	scripted_do("close", die);
	(void)pamport_session_close(session);
}

static int
note(const struct pamport_record *record, void *data)
{
	ATF_CHECK(strlen(record->id) < sizeof(closing_id));
	strcpy(closing_id, record->id);
	*(enum pamport_record_action *)data = record->action;
	return 0;
}

FIXTURE_TC(lock__of_a_reaper_is_held_as_long, "root")
{
	enum pamport_record_action action = PAMPORT_RECORD_LEFT;

	recorded_service();
	ATF_REQUIRE_EQ(-1, recorded_run(die_in_close));
	scripted_check_shared("acct establish open close ");
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_record_list(note, &action, NULL));
	scripted_do("close", see_lock);
	scripted_do("delete", see_lock);
	ATF_CHECK_EQ(PAM_SUCCESS, pamport_record_reap(PAMPORT_REAP_RETRY, 0,
	    note, &action, NULL));
	ATF_CHECK_EQ(PAMPORT_RECORD_CLOSED, action);
	scripted_check_shared("close delete ");
	ATF_CHECK_STREQ("", recorded_names());
	fixture_remove(&recorded_fixture);
}

ATF_TP_ADD_TCS(tp)
{
	ATF_TP_ADD_TC(tp, lock__is_held_until_the_close_is_over);
	ATF_TP_ADD_TC(tp, lock__of_a_reaper_is_held_as_long);

	return atf_no_error();
}
