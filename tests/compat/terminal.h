/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A pseudo terminal with somebody in front of it and a job that runs on it.
 *
 * Between the two is what a shell does: it leads the session, gives the job a
 * process group of its own, reports when the job stops (with the state of the
 * terminal's echo, which it then turns on, as shells do), puts it into the
 * foreground and continues it.
 *
 * Nothing here sleeps: the test waits for a text on the terminal or for a line
 * that the job or the shell reported, and fails if it does not come.
 */
#ifndef PAMPORT_TESTS_TERMINAL_H
#define PAMPORT_TESTS_TERMINAL_H

#include <sys/types.h>
#include <stdbool.h>

#include "compat/compat.h"

struct terminal {
	int master;
	int reports;
	pid_t shell;
	char seen[16384];	/* all that was written on the terminal */
	size_t length;
	size_t expected;	/* what is before was waited for */
};

enum terminal_start {
	IN_FOREGROUND,
	IN_BACKGROUND	/* until it stops */
};

void terminal_start(struct terminal *terminal, enum terminal_start where,
    void (*job)(void));

/* Waits until text is written, after the last text that was waited for. */
void terminal_expect(struct terminal *terminal, const char *text);

/* The same for a whole line of report, which is the next one. */
void terminal_expect_report(struct terminal *terminal, const char *format, ...)
    __attribute__((__format__(__printf__, 2, 3)));

/* The number that the next line of report has behind prefix. */
int terminal_number_reported(struct terminal *terminal, const char *prefix);

void terminal_type(struct terminal *terminal, const char *text);
bool terminal_echoes(const struct terminal *terminal);

/* Waits for the end of the job; seen is then all there is. */
void terminal_finish(struct terminal *terminal);

/* For the job: one line of report. */
void report(const char *format, ...)
    __attribute__((__format__(__printf__, 1, 2)));
void report_echo(const char *who);

/* One message; text stays the caller's. */
struct pam_message message(int style, const char *text);

/* Standard input becomes a pipe that holds text and then ends. */
void put_on_stdin(const char *text);

typedef int conversation(int, const struct pam_message **,
    struct pam_response **, void *);

/*
 * Has the n messages answered and reports the result's name, then either
 * "answer X" or "no answer" for each, or what became of *resp.
 */
void report_conversation(conversation *conv, int n,
    const struct pam_message *messages);

#endif /* PAMPORT_TESTS_TERMINAL_H */
