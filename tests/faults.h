/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * System calls that fail, and processes that are killed at them.  The linker
 * sends the calls of a program that has WRAP_SYSTEM_CALLS through faults.c; what
 * shared libraries call is not seen.
 *
 * A point is one call, or, for kills, also the end of what the test says is an
 * event.  Points are counted in each process by itself, so that the nth is always
 * the same one.
 */
#ifndef PAMPORT_TESTS_FAULTS_H
#define PAMPORT_TESTS_FAULTS_H

#include <stdbool.h>

enum fault_kind {
	FAULT_ERROR,		/* the call fails with error */
	FAULT_ERRORS,		/* it and all behind it that can */
	FAULT_SHORT,		/* a write writes half; other calls are no points */
	FAULT_KILL,		/* SIGKILL before the call */
	FAULT_KILL_TORN		/* when half is written; only writes are points */
};

/* Skips the test case where the linker cannot wrap these. */
void faults_require(void);

/*
 * From now on, in this process (depth 0) or in those that it forks (1), point
 * number at of this kind is struck.
 */
void faults_arm(enum fault_kind kind, int error, int at, int depth);
void faults_disarm(void);

/* Calls in between are no points; the end is one, where processes are killed. */
void faults_begin_event(void);
void faults_end_event(void);

/* What any process has struck since the last time it was armed. */
bool faults_struck(void);
const char *faults_where(void);		/* the function; "" if none */

#endif /* PAMPORT_TESTS_FAULTS_H */
