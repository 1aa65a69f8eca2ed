/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Runs a part of a case with another view of the processes, as containers have;
 * skips the case with the reason where that is not permitted, or no such thing.
 */
#ifndef PAMPORT_TESTS_PLATFORM_NAMESPACE_H
#define PAMPORT_TESTS_PLATFORM_NAMESPACE_H

enum namespace_view {
	NAMESPACE_OF_PIDS,	/* a pid namespace, and the /proc of another */
	NAMESPACE_WITH_PROC,	/* a pid namespace with its /proc */
	NAMESPACE_WITHOUT_PROC,
	NAMESPACE_HIDEPID
};

/*
 * What fails in function fails the case.  By _exit(NAMESPACE_NOT_HERE) it says
 * that the view is not what it should be, so that the case is skipped.
 */
#define NAMESPACE_NOT_HERE 77
void namespace_run(enum namespace_view view, void (*function)(void));

#endif /* PAMPORT_TESTS_PLATFORM_NAMESPACE_H */
