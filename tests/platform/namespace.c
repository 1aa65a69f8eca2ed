/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A fork in namespaces of its own, see namespace.h.  A case has one result, so
 * the fork's goes through its exit status: ATF's own exits with 1 for a failure,
 * and after ATF_CHECK_* alone with 1 from the case's end.
 */
#include <config.h>

#include "tests/platform/namespace.h"

#ifdef __linux__

#include <sys/mount.h>
#include <sys/wait.h>
#include <atf-c.h>
#include <errno.h>
#include <sched.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifdef __SANITIZE_ADDRESS__
static const bool is_sanitized = true;
#else
static const bool is_sanitized = false;
#endif

/* In the namespaces, as their first process. */
static int
change_view(enum namespace_view view)
{
	const char *options = view == NAMESPACE_HIDEPID ? "hidepid=2" : NULL;

	if (view == NAMESPACE_OF_PIDS)
		return 0;
	if (mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0)
		return -1;
	if (view == NAMESPACE_WITHOUT_PROC)
		return mount("none", "/proc", "tmpfs", 0, NULL);
	return mount("proc", "/proc", "proc", 0, options);
}

static void
run_inside(enum namespace_view view, void (*function)(void))
{
	if (change_view(view) != 0)
		_exit(NAMESPACE_NOT_HERE);
	function();
}

void
namespace_run(enum namespace_view view, void (*function)(void))
{
	int flags = CLONE_NEWNS;
	int status;
	pid_t child;

	if (view == NAMESPACE_OF_PIDS || view == NAMESPACE_WITH_PROC)
		flags |= CLONE_NEWPID;
	if (getenv("TEST_UNDER_VALGRIND") != NULL || is_sanitized)
		atf_tc_skip("what looks for leaks here needs /proc itself");
	if (unshare(flags) != 0)
		atf_tc_skip("unshare: %s", strerror(errno));
	child = fork();
	ATF_REQUIRE(child != -1);
	if (child == 0) {
		run_inside(view, function);
		/* Passes, or fails for what was only checked. */
		return;
	}
	ATF_REQUIRE_EQ(child, waitpid(child, &status, 0));
	if (WIFEXITED(status) && WEXITSTATUS(status) == NAMESPACE_NOT_HERE)
		atf_tc_skip("this machine has no such view of /proc, or gives no pid");
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		atf_tc_fail("it failed with the other view: status 0x%x",
		    (unsigned int)status);
}

#else

#include <atf-c.h>

void
namespace_run(enum namespace_view view, void (*function)(void))
{
	(void)view;
	(void)function;
	atf_tc_skip("no pid namespaces on this system");
}

#endif
