/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Real processes: running, killed, waited for or not, in another namespace.
 */
#include <config.h>

#include <sys/types.h>
#include <sys/wait.h>
#include <atf-c.h>
#include <grp.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "platform/process.h"
#include "tests/platform/namespace.h"

static const char *reason;

#define CHECK_STATE(expected, process) \
	ATF_CHECK_EQ_MSG(expected, pamport__process_state(process, &reason), \
	    "%s", reason)

/* One that waits to be killed. */
static pid_t
start_child(void)
{
	pid_t child = fork();

	ATF_REQUIRE(child != -1);
	if (child == 0)
		for (;;)
			pause();
	return child;
}

/* Without waiting for it, so that it is a zombie afterwards. */
static void
kill_child(pid_t child)
{
	siginfo_t info;

	ATF_REQUIRE_EQ(0, kill(child, SIGKILL));
	ATF_REQUIRE_EQ(0, waitid(P_PID, (id_t)child, &info,
	    WEXITED | WNOWAIT));
}

static void
wait_for(pid_t child)
{
	ATF_REQUIRE_EQ(child, waitpid(child, NULL, 0));
}

/* What only some systems tell; without it there is nothing to test. */
static void
require_start(const struct pamport__process *process)
{
	if (process->start[0] == '\0' || process->boot[0] == '\0')
		atf_tc_skip("this system does not tell a start or a boot");
}

ATF_TC_WITHOUT_HEAD(running_is_alive);
ATF_TC_BODY(running_is_alive, tc)
{
	struct pamport__process self, child;
	pid_t pid = start_child();

	ATF_CHECK(pamport__process_identify(getpid(), &self));
	ATF_CHECK(pamport__process_identify(pid, &child));
	require_start(&self);
	CHECK_STATE(PAMPORT__PROCESS_ALIVE, &self);
	CHECK_STATE(PAMPORT__PROCESS_ALIVE, &child);
	ATF_CHECK_STREQ(self.boot, child.boot);
	ATF_CHECK_STREQ(self.space, child.space);
	ATF_CHECK_EQ(pid, child.pid);
	kill_child(pid);
	wait_for(pid);
}

/* Some systems tell bytes, as FreeBSD those of its boot; here they are text. */
static void
check_word(const char *word)
{
	for (; *word != '\0'; word++)
		ATF_CHECK_MSG(*word > 0x20 && *word < 0x7f, "byte %d",
		    (int)*word);
}

/* It is read back from a line of text, blanks between. */
ATF_TC_WITHOUT_HEAD(words_are_plain);
ATF_TC_BODY(words_are_plain, tc)
{
	struct pamport__process self;

	ATF_REQUIRE(pamport__process_identify(getpid(), &self));
	require_start(&self);
	check_word(self.start);
	check_word(self.boot);
	check_word(self.space);
}

ATF_TC_WITHOUT_HEAD(zombie_and_reaped_are_gone);
ATF_TC_BODY(zombie_and_reaped_are_gone, tc)
{
	struct pamport__process child;
	pid_t pid = start_child();

	ATF_REQUIRE(pamport__process_identify(pid, &child));
	require_start(&child);
	kill_child(pid);
	CHECK_STATE(PAMPORT__PROCESS_GONE, &child);
	ATF_CHECK(strstr(reason, "has ended") != NULL);
	wait_for(pid);
	CHECK_STATE(PAMPORT__PROCESS_GONE, &child);
	ATF_CHECK_STREQ("no process has that pid", reason);
	ATF_CHECK(!pamport__process_identify(pid, &child));
}

static void *
go_on(void *data)
{
	(void)data;
	for (;;)
		pause();
	return NULL;
}

/* The first thread has ended, and looks like a zombie; another goes on. */
ATF_TC_WITHOUT_HEAD(without_its_first_thread_is_alive);
ATF_TC_BODY(without_its_first_thread_is_alive, tc)
{
	struct pamport__process child;
	pthread_t thread;
	char path[64], line[512];
	FILE *file;
	pid_t pid = fork();

	ATF_REQUIRE(pid != -1);
	if (pid == 0) {
		if (pthread_create(&thread, NULL, go_on, NULL) != 0)
			_exit(1);
		pthread_exit(NULL);
	}
	snprintf(path, sizeof(path), "/proc/%ld/stat", (long)pid);
	/* Until it shows as a zombie; kyua ends what never does. */
	do {
		file = fopen(path, "r");
		if (file == NULL) {
			kill_child(pid);
			atf_tc_skip("no /proc");
		}
		ATF_REQUIRE(fgets(line, sizeof(line), file) != NULL);
		fclose(file);
	} while (strstr(line, ") Z ") == NULL);
	ATF_CHECK(pamport__process_identify(pid, &child));
	CHECK_STATE(PAMPORT__PROCESS_ALIVE, &child);
	ATF_REQUIRE_EQ(0, kill(pid, SIGKILL));
	wait_for(pid);
}

/* A pid that was given again has another start. */
ATF_TC_WITHOUT_HEAD(reused_pid_is_gone);
ATF_TC_BODY(reused_pid_is_gone, tc)
{
	struct pamport__process self;

	ATF_REQUIRE(pamport__process_identify(getpid(), &self));
	require_start(&self);
	self.start[0] = self.start[0] == '1' ? '2' : '1';
	CHECK_STATE(PAMPORT__PROCESS_GONE, &self);
	ATF_CHECK_STREQ("its pid is now of another process", reason);
}

ATF_TC_WITHOUT_HEAD(other_boot_is_gone);
ATF_TC_BODY(other_boot_is_gone, tc)
{
	struct pamport__process self;

	ATF_REQUIRE(pamport__process_identify(getpid(), &self));
	require_start(&self);
	self.boot[0] = self.boot[0] == '0' ? '1' : '0';
	CHECK_STATE(PAMPORT__PROCESS_GONE, &self);
	ATF_CHECK_STREQ("the system was started anew since", reason);
}

ATF_TC_WITHOUT_HEAD(unknown_is_unsure);
ATF_TC_BODY(unknown_is_unsure, tc)
{
	struct pamport__process self, forged;

	ATF_REQUIRE(pamport__process_identify(getpid(), &self));
	require_start(&self);
	forged = self;
	forged.start[0] = '\0';
	CHECK_STATE(PAMPORT__PROCESS_UNSURE, &forged);
	forged = self;
	strcpy(forged.space, "elsewhere");
	CHECK_STATE(PAMPORT__PROCESS_UNSURE, &forged);
	/* Not even a pid that nobody has. */
	forged.pid = INT32_MAX;
	CHECK_STATE(PAMPORT__PROCESS_UNSURE, &forged);
	forged = self;
	forged.boot[0] = '\0';
	CHECK_STATE(pamport__process_start_is_absolute ?
	    PAMPORT__PROCESS_ALIVE : PAMPORT__PROCESS_UNSURE, &forged);
}

/* Numbers out of a damaged record: never kill's groups of processes. */
ATF_TC_WITHOUT_HEAD(strange_pids_are_unsure);
ATF_TC_BODY(strange_pids_are_unsure, tc)
{
	static const int64_t pids[] = { 0, -1, INT64_MIN, INT64_MAX,
	    (int64_t)1 << 32 };
	struct pamport__process self;
	size_t i;

	(void)pamport__process_identify(getpid(), &self);
	for (i = 0; i < sizeof(pids) / sizeof(pids[0]); i++) {
		self.pid = pids[i];
		CHECK_STATE(PAMPORT__PROCESS_UNSURE, &self);
	}
	ATF_CHECK(!pamport__process_identify(0, &self));
	ATF_CHECK(!pamport__process_identify(-1, &self));
}

/* --- Other views of /proc ----------------------------------------------------- */

static struct pamport__process outer;

/* In a namespace of its own that process is another, or none. */
static void
look_from_inside(void)
{
	struct pamport__process self;

	CHECK_STATE(PAMPORT__PROCESS_UNSURE, &outer);
	/* /proc is that of the outer one: it tells no more than that we are there. */
	ATF_CHECK(pamport__process_identify(getpid(), &self));
	ATF_CHECK_STREQ("", self.start);
	ATF_CHECK_STREQ("", self.space);
	CHECK_STATE(PAMPORT__PROCESS_UNSURE, &self);
}

/* With a /proc of its own it is sure of itself, and of the other not. */
static void
look_from_inside_with_proc(void)
{
	struct pamport__process self;

	ATF_CHECK(pamport__process_identify(getpid(), &self));
	CHECK_STATE(PAMPORT__PROCESS_ALIVE, &self);
	CHECK_STATE(PAMPORT__PROCESS_UNSURE, &outer);
	ATF_CHECK(strcmp(outer.space, self.space) != 0);
}

/* Whoever is named without being seen is not gone before nobody has its pid. */
static void
check_unseen(pid_t pid)
{
	struct pamport__process unseen;

	ATF_CHECK(pamport__process_identify(pid, &unseen));
	ATF_CHECK_EQ(pid, unseen.pid);
	ATF_CHECK_STREQ("", unseen.start);
	CHECK_STATE(PAMPORT__PROCESS_UNSURE, &unseen);
}

static void
look_without_proc(void)
{
	struct pamport__process gone = outer;
	pid_t pid = start_child();

	check_unseen(pid);
	kill_child(pid);
	check_unseen(pid);
	wait_for(pid);
	ATF_CHECK(!pamport__process_identify(pid, &gone));
	CHECK_STATE(PAMPORT__PROCESS_GONE, &gone);
	gone = outer;
	CHECK_STATE(PAMPORT__PROCESS_UNSURE, &outer);
	gone.pid = INT32_MAX;
	CHECK_STATE(PAMPORT__PROCESS_UNSURE, &gone);
	/* Who wrote it knew no namespace either. */
	outer.space[0] = gone.space[0] = '\0';
	CHECK_STATE(PAMPORT__PROCESS_UNSURE, &outer);
	CHECK_STATE(PAMPORT__PROCESS_GONE, &gone);
}

/* Processes of others are not to be seen, and not taken for gone. */
static void
look_with_hidepid(void)
{
	char path[64];

	/* Group 0 would see all. */
	ATF_REQUIRE_EQ(0, setgroups(0, NULL));
	ATF_REQUIRE_EQ(0, setegid(65534));
	ATF_REQUIRE_EQ(0, seteuid(65534));
	snprintf(path, sizeof(path), "/proc/%ld/stat", (long)outer.pid);
	if (fopen(path, "r") != NULL)
		_exit(NAMESPACE_NOT_HERE);
	CHECK_STATE(PAMPORT__PROCESS_UNSURE, &outer);
	ATF_CHECK(strstr(reason, "cannot be seen") != NULL);
	check_unseen((pid_t)outer.pid);
	/* For the result of the case. */
	ATF_REQUIRE_EQ(0, seteuid(0));
}

/* /proc/sys can ask for a pid; nobody else forks in here. */
static void
give_pid_again(void)
{
	struct pamport__process first, second;
	pid_t pid = start_child();
	FILE *file;

	ATF_REQUIRE(pamport__process_identify(pid, &first));
	kill_child(pid);
	wait_for(pid);
	file = fopen("/proc/sys/kernel/ns_last_pid", "w");
	if (file == NULL || fprintf(file, "%ld", (long)pid - 1) < 0 ||
	    fclose(file) != 0)
		_exit(NAMESPACE_NOT_HERE);
	ATF_REQUIRE_EQ(pid, start_child());
	ATF_CHECK(pamport__process_identify(pid, &second));
	/* Within one tick of the clock nobody can tell. */
	if (strcmp(first.start, second.start) != 0)
		CHECK_STATE(PAMPORT__PROCESS_GONE, &first);
	CHECK_STATE(PAMPORT__PROCESS_ALIVE, &second);
	kill_child(pid);
	wait_for(pid);
}

#define VIEW_TC(name, view, function) \
	ATF_TC(name); \
	ATF_TC_HEAD(name, tc) \
	{ \
		atf_tc_set_md_var(tc, "require.user", "root"); \
	} \
	ATF_TC_BODY(name, tc) \
	{ \
		ATF_REQUIRE(pamport__process_identify(getpid(), &outer)); \
		require_start(&outer); \
		namespace_run(view, function); \
	}

VIEW_TC(other_namespace_is_unsure, NAMESPACE_OF_PIDS, look_from_inside)
VIEW_TC(other_namespace_is_unsure__own_proc, NAMESPACE_WITH_PROC,
    look_from_inside_with_proc)
VIEW_TC(without_proc_is_unsure, NAMESPACE_WITHOUT_PROC, look_without_proc)
VIEW_TC(reused_pid_is_gone__really, NAMESPACE_WITH_PROC, give_pid_again)
VIEW_TC(hidepid_is_unsure, NAMESPACE_HIDEPID, look_with_hidepid)

ATF_TP_ADD_TCS(tp)
{
	ATF_TP_ADD_TC(tp, running_is_alive);
	ATF_TP_ADD_TC(tp, words_are_plain);
	ATF_TP_ADD_TC(tp, zombie_and_reaped_are_gone);
	ATF_TP_ADD_TC(tp, without_its_first_thread_is_alive);
	ATF_TP_ADD_TC(tp, reused_pid_is_gone);
	ATF_TP_ADD_TC(tp, reused_pid_is_gone__really);
	ATF_TP_ADD_TC(tp, other_boot_is_gone);
	ATF_TP_ADD_TC(tp, unknown_is_unsure);
	ATF_TP_ADD_TC(tp, strange_pids_are_unsure);
	ATF_TP_ADD_TC(tp, other_namespace_is_unsure);
	ATF_TP_ADD_TC(tp, other_namespace_is_unsure__own_proc);
	ATF_TP_ADD_TC(tp, without_proc_is_unsure);
	ATF_TP_ADD_TC(tp, hidepid_is_unsure);
	return atf_no_error();
}
