/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sessions with records in a directory of the case, and the processes around
 * them.  Events of the scripted module are shared by all of them.
 */
#ifndef PAMPORT_TESTS_RECORDED_H
#define PAMPORT_TESTS_RECORDED_H

#include <sys/types.h>
#include <stdbool.h>
#include <stdio.h>
#include <unistd.h>

#include <pamport/record.h>
#include "fixture.h"

/* In a child ATF's own macros would speak for the parent. */
#define RECORDED_CHECK(is_true) do { \
	if (!(is_true)) { \
		(void)fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, \
		    #is_true); \
		_exit(1); \
	} \
} while (0)

extern struct fixture recorded_fixture;
extern char recorded_id[64];

void recorded_service(void);

/* Started, to be recorded; then with its account checked, and open. */
pamport_session *recorded_start(const char *user);
void recorded_open(pamport_session *session);

/* Full name of a session's file in a phase, such as "open". */
const char *recorded_file(const pamport_session *session, const char *phase);
/* The whole text of a file, to be freed. */
char *recorded_read(const char *file);
/* Writes another time, or any other line, into its record. */
void recorded_set_since(const pamport_session *session, long since);
void recorded_replace(const char *file, const char *key, const char *line);

/* How many records are listed; all names in the directory, in order. */
int recorded_count(void);
const char *recorded_names(void);

/*
 * Login records go to files of the case, utmp, wtmp and, if it makes it, lastlog;
 * false: this system writes to its own files only, or to none.
 */
bool recorded_use_logins(void);
off_t recorded_size(const char *file);		/* -1: not there */

/* How many descriptors are open. */
int recorded_descriptors(void);

/* As many rounds, or fewer where each takes its time and shows no more. */
int recorded_many(int n);

/* Children: run and what they end with; -1 if a signal ended one. */
pid_t recorded_fork(void (*body)(void));
int recorded_status(pid_t child);
int recorded_run(void (*body)(void));

/* Two of them, which begin at the same moment, and what each ended with. */
void recorded_race(void (*body)(void), int status[2]);

/* For a child: attaches to recorded_id and closes; ends with 3 if it cannot. */
void recorded_close_id(void);

#endif /* PAMPORT_TESTS_RECORDED_H */
