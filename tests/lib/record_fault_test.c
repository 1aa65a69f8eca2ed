/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sessions with records (rule 39) when any system call of the library fails, and
 * when any process is killed at any of them or in a module: whatever was opened
 * is closed, and closed once.
 *
 * Every round is a process of its own, after which this one reaps twice.  A
 * sweep ends with the first round that has no such point.
 */
#include <config.h>

#include <sys/types.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <atf-c.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/session.h"
#include "faults.h"
#include "fixture.h"
#include "recorded.h"
#include "scripted.h"

static pamport_session *session;
static int total;			/* points that were struck */

/* The round that is under way. */
static enum fault_kind kind;
static int error_number, at, depth;
static enum pamport_recording recording;
static char events[512];

/* --- What a round does -------------------------------------------------------------- */

static void
arm(void)
{
	faults_arm(kind, error_number, at, depth);
}

static void
start(void)
{
	session = recorded_start("alice");
	RECORDED_CHECK(pamport_session_set_option(session,
	    PAMPORT_SESSION_RECORD, (int)recording) == PAM_SUCCESS);
	RECORDED_CHECK(pamport_session_check_account(session, 0) ==
	    PAM_SUCCESS);
	(void)pamport_session_user(session);
}

static void
start_open(void)
{
	start();
	RECORDED_CHECK(pamport_session_open(session) == PAM_SUCCESS);
}

static void
open_and_leave(void)
{
	start_open();
}

static bool
is_interrupted_call(void)
{
	static const char *const calls[] = { "write", "fcntl", "fsync" };
	size_t i;

	for (i = 0; i < 3; i++)
		if (strcmp(faults_where(), calls[i]) == 0)
			return true;
	return false;
}

/* --- Errors ------------------------------------------------------------------------------ */

/* What must be so for a result of open. */
static void
check_opened(int result)
{
	if (result == PAM_SUCCESS) {
		RECORDED_CHECK(pamport_session_state(session) ==
		    PAMPORT_SESSION_OPEN);
		RECORDED_CHECK(pamport_session_id(session) != NULL ||
		    pamport_session_warning(session)[0] != '\0');
		return;
	}
	RECORDED_CHECK(recording == PAMPORT_RECORD_REQUIRED);
	RECORDED_CHECK(result == PAM_SYSTEM_ERR);
	RECORDED_CHECK(pamport_session_error(session)->step ==
	    PAMPORT_STEP_RECORD);
	RECORDED_CHECK(pamport_session_state(session) ==
	    PAMPORT_SESSION_CLOSED);
	RECORDED_CHECK(strstr(scripted_events, "open ") == NULL ||
	    strstr(scripted_events, "close ") != NULL);
}

static void
fail_in_open(void)
{
	int before, result;

	start();
	before = recorded_descriptors();
	arm();
	result = pamport_session_open(session);
	faults_disarm();
	check_opened(result);
	if (error_number == EINTR && kind == FAULT_ERROR &&
	    is_interrupted_call())
		RECORDED_CHECK(pamport_session_id(session) != NULL);
	if (kind == FAULT_SHORT)
		RECORDED_CHECK(pamport_session_id(session) != NULL);
	(void)pamport_session_close(session);
	RECORDED_CHECK(pamport_session_state(session) ==
	    PAMPORT_SESSION_CLOSED);
	RECORDED_CHECK(recorded_descriptors() <= before + 1);
	RECORDED_CHECK(pamport_session_free(session) == PAM_SUCCESS);
	RECORDED_CHECK(recorded_descriptors() <= before);
}

/* It is closed, or stays open for another try. */
static void
fail_in_close(void)
{
	start_open();
	arm();
	(void)pamport_session_close(session);
	faults_disarm();
	if (error_number == EINTR && kind == FAULT_ERROR &&
	    is_interrupted_call())
		RECORDED_CHECK(pamport_session_state(session) ==
		    PAMPORT_SESSION_CLOSED);
	if (pamport_session_state(session) == PAMPORT_SESSION_OPEN) {
		RECORDED_CHECK(strstr(scripted_events, "close") == NULL);
		RECORDED_CHECK(pamport_session_close(session) == PAM_SUCCESS);
	}
	RECORDED_CHECK(pamport_session_free(session) == PAM_SUCCESS);
}

static void
fail_in_leader(void)
{
	start_open();
	arm();
	(void)pamport_session_set_leader(session, getpid());
	faults_disarm();
	RECORDED_CHECK(pamport_session_set_leader(session, getpid()) ==
	    PAM_SUCCESS);
	RECORDED_CHECK(recorded_count() == 1);
	RECORDED_CHECK(pamport_session_free(session) == PAM_SUCCESS);
}

static void
fail_in_detach(void)
{
	start_open();
	arm();
	(void)pamport_session_detach(session);
	faults_disarm();
	if (pamport_session_state(session) == PAMPORT_SESSION_OPEN)
		RECORDED_CHECK(pamport_session_detach(session) ==
		    PAM_SUCCESS);
	RECORDED_CHECK(pamport_session_free(session) == PAM_SUCCESS);
}

static void
reap_armed(void)
{
	arm();
	(void)pamport_record_reap(0, 0, NULL, NULL, NULL);
	faults_disarm();
}

/* A session attached to by its record; the opener is gone. */
static void
close_attached(void)
{
	const char *names = recorded_names();
	int i;

	RECORDED_CHECK(strcspn(names, ".") < sizeof(recorded_id));
	memcpy(recorded_id, names, strcspn(names, "."));
	arm();
	for (i = 0; i < 2; i++) {
		if (pamport_session_attach(recorded_id, NULL, &session) ==
		    PAM_SUCCESS)
			(void)pamport_session_close(session);
		(void)pamport_session_free(session);
		faults_disarm();
	}
}

/* --- After a round -------------------------------------------------------------------------- */

static struct {
	int n, cut_off, damaged;
} reaped;

static int
note(const struct pamport_record *record, void *data)
{
	(void)data;
	reaped.n++;
	reaped.cut_off += record->action == PAMPORT_RECORD_CUT_OFF;
	reaped.damaged += record->phase == PAMPORT_RECORD_DAMAGED;
	return 0;
}

static void
reap(unsigned int flags)
{
	const char *why = "no reason";

	memset(&reaped, 0, sizeof(reaped));
	ATF_REQUIRE_EQ_MSG(PAM_SUCCESS, pamport_record_reap(flags, 0, note,
	    NULL, &why), "%s", why);
}

static const char *
round_name(void)
{
	return fixture_text("kind %d, error %d, point %d (%s): %s", (int)kind,
	    error_number, at, faults_where(), events);
}

static int
count(const char *event)
{
	const char *found = events;
	int n = 0;

	while ((found = strstr(found, event)) != NULL) {
		found++;
		n++;
	}
	return n;
}

static void
collect(void)
{
	const char *more = scripted_shared();

	ATF_REQUIRE(strlen(events) + strlen(more) < sizeof(events));
	strcat(events, more);
}

/* Once each, and all that was opened; cut off in a close it may be less. */
static void
check_balanced(bool is_cut_off)
{
	int opened = count("open "), established = count("establish ");
	int closed = count("close "), deleted = count("delete ");

	ATF_CHECK_MSG(opened <= 1 && closed <= 1 && established <= 1 &&
	    deleted <= 1, "%s", round_name());
	ATF_CHECK_MSG(is_cut_off || closed >= opened, "%s", round_name());
	ATF_CHECK_MSG(is_cut_off || deleted >= established, "%s",
	    round_name());
}

/*
 * Nothing but what a killed process left before its record had a name: nobody
 * knows yet whether it writes still.
 */
static void
check_names(void)
{
	const char *names = recorded_names();
	struct timespec times[2] = { { 1, 0 }, { 1, 0 } };

	if (names[0] == '.') {
		ATF_REQUIRE_EQ(0, utimensat(AT_FDCWD, fixture_text("%s/%.*s",
		    pamport_record_directory(), (int)strcspn(names, " "),
		    names), times, 0));
		reap(0);
		names = recorded_names();
	}
	ATF_CHECK_MSG(names[0] == '\0', "%s: %s", round_name(), names);
}

static void
settle(void)
{
	int cut_off;

	collect();
	reap(0);
	collect();
	cut_off = reaped.cut_off;
	ATF_CHECK_MSG(reaped.damaged == 0, "%s", round_name());
	check_balanced(cut_off > 0);
	reap(0);
	ATF_CHECK_MSG(reaped.n == cut_off && reaped.cut_off == cut_off,
	    "%s: %d", round_name(), reaped.n);
	ATF_CHECK_MSG(scripted_shared()[0] == '\0', "%s", round_name());
	/* What was cut off goes on where somebody asks for it; no finished close. */
	if (cut_off > 0) {
		events[0] = '\0';
		reap(PAMPORT_REAP_RETRY);
		collect();
		check_balanced(false);
		ATF_CHECK_MSG(count("close ") <= 1 && count("delete ") == 1,
		    "%s", round_name());
	}
	check_names();
}

/* --- Sweeps ------------------------------------------------------------------------------------ */

/*
 * Runs it in a child, and waits for that and for whatever it has forked: they
 * hold the pipe.  Whether the point was there.
 */
static bool
run_round(void (*prepare)(void), void (*act)(void))
{
	int gate[2], status;
	pid_t child;
	char byte;

	events[0] = '\0';
	if (prepare != NULL)
		ATF_REQUIRE_EQ(0, recorded_run(prepare));
	ATF_REQUIRE_EQ(0, pipe(gate));
	child = recorded_fork(act);
	(void)close(gate[1]);
	status = recorded_status(child);
	while (read(gate[0], &byte, 1) > 0)
		continue;
	(void)close(gate[0]);
	ATF_CHECK_MSG(status == 0 || (status == -1 && kind >= FAULT_KILL &&
	    depth == 0), "%s: %d", round_name(), status);
	return faults_struck();
}

/* How many points there were. */
static int
sweep(void (*prepare)(void), void (*act)(void))
{
	bool is_there;

	at = 0;
	do {
		is_there = run_round(prepare, act);
		settle();
		at++;
	} while (is_there);
	total += at - 1;
	return at - 1;
}

static const struct {
	enum fault_kind kind;
	int error;
} faults[] = {
	{ FAULT_ERROR, ENOSPC }, { FAULT_ERROR, EIO }, { FAULT_ERROR, EROFS },
	{ FAULT_ERROR, EMFILE }, { FAULT_ERROR, EINTR }, { FAULT_SHORT, 0 },
	{ FAULT_ERRORS, EROFS }, { FAULT_ERRORS, ENOSPC },
	{ FAULT_ERRORS, EMFILE }, { FAULT_ERRORS, EIO }
};

static void
begin(void)
{
	faults_require();
	recorded_service();
	scripted_begin = faults_begin_event;
	scripted_end = faults_end_event;
	recording = PAMPORT_RECORD_REQUIRED;
	depth = total = 0;
}

static void
end(void)
{
	(void)printf("%d points swept\n", total);
	fixture_remove(&recorded_fixture);
}

static void
sweep_errors(void (*prepare)(void), void (*act)(void))
{
	size_t i;
	int n;

	for (i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
		kind = faults[i].kind;
		error_number = faults[i].error;
		n = sweep(prepare, act);
		ATF_CHECK_MSG(n > 0 || kind == FAULT_SHORT ||
		    kind == FAULT_ERRORS, "no points");
	}
}

static void
sweep_kills(void (*prepare)(void), void (*act)(void), int least)
{
	error_number = 0;
	kind = FAULT_KILL;
	ATF_CHECK(sweep(prepare, act) >= least);
	kind = FAULT_KILL_TORN;
	(void)sweep(prepare, act);
}

/* --- Cases ------------------------------------------------------------------------------------ */

/* Made, and found, where mkdir of "/" fails; and where another is the first. */
FIXTURE_TC(error__of_mkdir_for_what_is_there, "root")
{
	struct pamport__directory directory;
	int i;

	faults_require();
	ATF_REQUIRE_EQ(0, setenv("PAMPORT_RECORDS", fixture_file("a/sessions"),
	    1));
	ATF_REQUIRE(mkdir("/", 0700) == -1 && errno == EISDIR);
	for (i = 0; i < 2; i++) {
		ATF_REQUIRE_EQ_MSG(0, pamport__directory_open(&directory, true),
		    "%s", directory.why);
		pamport__directory_close(&directory);
	}
	/* Not there when it was looked at, behind "/", and made meanwhile. */
	faults_arm(FAULT_ERROR, ENOENT, 1, 0);
	ATF_CHECK_EQ(0, pamport__directory_open(&directory, true));
	faults_disarm();
	ATF_CHECK_STREQ("lstat", faults_where());
	pamport__directory_close(&directory);
}

FIXTURE_TC(error__in_open_with_a_record_that_is_required, "root")
{
	begin();
	sweep_errors(NULL, fail_in_open);
	end();
}

FIXTURE_TC(error__in_open_with_a_record_that_is_optional, "root")
{
	begin();
	recording = PAMPORT_RECORD_OPTIONAL;
	sweep_errors(NULL, fail_in_open);
	end();
}

FIXTURE_TC(error__in_close, "root")
{
	begin();
	sweep_errors(NULL, fail_in_close);
	end();
}

FIXTURE_TC(error__in_set_leader_and_detach, "root")
{
	begin();
	sweep_errors(NULL, fail_in_leader);
	sweep_errors(NULL, fail_in_detach);
	end();
}

FIXTURE_TC(error__in_a_close_by_another_process, "root")
{
	begin();
	sweep_errors(open_and_leave, close_attached);
	end();
}

FIXTURE_TC(error__in_reap, "root")
{
	begin();
	sweep_errors(open_and_leave, reap_armed);
	depth = 1;
	sweep_errors(open_and_leave, reap_armed);
	end();
}

static void
die_in_open(void)
{
	start();
	arm();
	(void)pamport_session_open(session);
}

static void
die_in_close(void)
{
	start_open();
	arm();
	(void)pamport_session_close(session);
}

static void
die_in_leader(void)
{
	start_open();
	arm();
	(void)pamport_session_set_leader(session, getpid());
}

static void
die_in_detach(void)
{
	start_open();
	arm();
	if (pamport_session_detach(session) == PAM_SUCCESS)
		(void)pamport_session_free(session);
}

FIXTURE_TC(kill__in_open, "root")
{
	begin();
	sweep_kills(NULL, die_in_open, 20);
	end();
}

FIXTURE_TC(kill__in_close, "root")
{
	begin();
	sweep_kills(NULL, die_in_close, 8);
	end();
}

FIXTURE_TC(kill__in_set_leader_and_detach, "root")
{
	begin();
	sweep_kills(NULL, die_in_leader, 4);
	sweep_kills(NULL, die_in_detach, 4);
	end();
}

FIXTURE_TC(kill__in_a_close_by_another_process, "root")
{
	begin();
	sweep_kills(open_and_leave, close_attached, 10);
	end();
}

FIXTURE_TC(kill__in_reap, "root")
{
	begin();
	sweep_kills(open_and_leave, reap_armed, 10);
	depth = 1;
	sweep_kills(open_and_leave, reap_armed, 10);
	end();
}

ATF_TP_ADD_TCS(tp)
{
	ATF_TP_ADD_TC(tp, error__of_mkdir_for_what_is_there);
	ATF_TP_ADD_TC(tp, error__in_open_with_a_record_that_is_required);
	ATF_TP_ADD_TC(tp, error__in_open_with_a_record_that_is_optional);
	ATF_TP_ADD_TC(tp, error__in_close);
	ATF_TP_ADD_TC(tp, error__in_set_leader_and_detach);
	ATF_TP_ADD_TC(tp, error__in_a_close_by_another_process);
	ATF_TP_ADD_TC(tp, error__in_reap);
	ATF_TP_ADD_TC(tp, kill__in_open);
	ATF_TP_ADD_TC(tp, kill__in_close);
	ATF_TP_ADD_TC(tp, kill__in_set_leader_and_detach);
	ATF_TP_ADD_TC(tp, kill__in_a_close_by_another_process);
	ATF_TP_ADD_TC(tp, kill__in_reap);

	return atf_no_error();
}
