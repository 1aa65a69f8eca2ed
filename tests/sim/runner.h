/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Between the files of the runner.
 */
#ifndef RUNNER_H
#define RUNNER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "module.h"

#define MAX_COLUMNS		12

/* One row of a table, split. */
struct row {
	int ncolumns;
	char *column[MAX_COLUMNS];
};
#define ROW_ID(row)		((row)->column[0])
#define ROW_CALLS(row)		((row)->column[1])
#define ROW_CONFIGURATION(row)	((row)->column[3])

struct settings {
	const char *table;
	const char *column;		/* whose results are expected */
	const char *module;
	const char *no_session;
	const char *root;		/* where the library reads, or NULL */
	bool confdir;			/* start with pam_start_confdir() */
	bool show;			/* print results, compare nothing */
	const char *skip;		/* column of reasons not to run a row */
};

/* The state of the row that runs. */
struct run {
	const struct settings *settings;
	char root[300];
	char log[320];
	long logged;			/* how much of the log is printed */
	const char *answer;		/* how the conversation answers */
	bool no_function;
	bool no_conversation;
	pam_handle_t *pamh;
	bool started;
	char *second;			/* configuration for "edit" */
	const char *id;
	FILE *out;
	bool spaced;
};

/* table.c */
bool table_open(const char *, FILE **, struct row *);
bool table_next(FILE *, struct row *);
void row_free(struct row *);
int row_find(const struct row *, const char *);
void unescape(char *);

/* write.c */
void write_configuration(struct run *, const char *);
void remove_configuration(struct run *);

/* script.c */
void run_script(struct run *, const char *);

/* output.c */
void out_space(struct run *);
void out_result(struct run *, const char *, int);
void out_log(struct run *);
void out_text(struct run *, const char *);
bool do_call(struct run *, pam_handle_t *, const char *, char *);

/* words.c: those that go before a start, and those that need a handle. */
struct word {
	const char *name;
	void (*act)(struct run *, char *);
};
extern const struct word early_words[];
extern const struct word late_words[];
void do_start(struct run *, char *);
void do_end(struct run *, char *);

/* answer.c */
int answer_messages(int, const int *, const char *const *,
    struct pam_response **, void *);

/* family_*.c */
extern const bool family_one_file;	/* pam.conf, not pam.d */
extern const struct mod_name family_flags[];
int family_library(int, int, struct pam_response **);
int family_delay(pam_handle_t *, unsigned int);
int family_start(const char *, const char *, bool, bool, void *,
    const char *, pam_handle_t **);

#endif
