/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pamport doctor: what its files share.  Everything is found out first, into a
 * struct doctor; doctor_text.c and doctor_json.c then say it.
 */
#ifndef PAMPORT_CMD_DOCTOR_H
#define PAMPORT_CMD_DOCTOR_H

#include <stdbool.h>

#include "lib/internal.h"
#include "cmd/json.h"
#include "cmd/native.h"
#include "cmd/policy.h"
#include "cmd/table.h"

/* --- doctor_child.c: what may crash is done in a forked child -------------- */

enum finding {
	FOUND_YES,
	FOUND_NO,
	FOUND_NOTHING,		/* could not be found out; the text says why */
	FOUND_CRASH,
	FOUND_LATE		/* killed after PROBE_SECONDS */
};
#define PROBE_SECONDS 10

struct probe {
	enum finding finding;
	int signal;		/* of a crash */
	char text[256];
};

/* Returns one of the first three findings; text may stay empty. */
typedef enum finding probe_function(const void *data, char *text, size_t size);

void probe_run(struct probe *probe, probe_function *function,
    const void *data);

/* --- doctor_bench.c: a handle to try things on, without any module --------- */

struct bench {
	char service[64];	/* empty: no handle can be had */
	char directory[256];	/* of services, ours; empty: the system's */
	char why[320];		/* why there is none */
	const char *confdir;	/* that of the user's services; NULL: none */
};

void bench_open(struct bench *bench, const char *service,
    const char *confdir);
void bench_close(struct bench *bench);
/* A native handle, and one of pamport's; NULL if there is none. */
pam_handle_t *bench_native(const struct bench *bench);
pam_handle_t *bench_portable(const struct bench *bench,
    const struct pam_conv *conv);

/* --- doctor_traits.c --------------------------------------------------------- */

enum agreement {
	AGREES,
	DIFFERS,
	FROM_TABLE		/* could not be measured here */
};

struct trait {
	const char *name;	/* the field of struct pamport__platform */
	char table[160];
	char measured[320];	/* or why it was not */
	enum agreement agreement;
};
#define MAX_TRAITS 16

int measure_traits(const struct bench *bench, const char *converse,
    struct trait *trait);

/* doctor_layout.c */
void measure_layout(const char *service, const char *confdir,
    struct trait *trait);

/* doctor_numbers.c: items and texts, number by number. */
void measure_items(const struct bench *bench, struct trait *trait);
void measure_unset(const struct bench *bench, struct trait *trait);
void measure_texts(struct trait *trait);
void compare_numbers(struct trait *trait);

/*
 * The table that is compared with what is measured: doctor_table.c, in whose
 * place a test has a wrong one.
 */
const struct pamport__platform *doctor_table(void);

/* --- doctor_rules.c ------------------------------------------------------------ */

enum proof {
	PROVED,
	BROKEN,
	NOT_PROVED		/* could not be tried here; the text says why */
};

struct rule {
	int number;		/* of pamport(7); 0: a general one */
	const char *text;
	enum proof proof;
	char why[256];
};
#define MAX_RULES 40

int prove_rules(const struct bench *bench, struct rule *rule);

/* --- All of it -------------------------------------------------------------------- */

struct doctor {
	struct native native;
	struct native_function function[NATIVE_FUNCTIONS];
	int functions;
	struct bench bench;
	struct trait trait[MAX_TRAITS];
	int traits;
	struct rule rule[MAX_RULES];
	int rules;
	const char *service;	/* as it was given; NULL: none */
	bool has_policy;
	struct policy policy;
	bool is_root;
	bool is_verbose;
};

/*
 * doctor_records.c: where login records go, and those of sessions.  Nothing is
 * written to find out.
 */
void records_summarize(struct table *table);
void records_print(void);
void records_json(struct json *json);

void doctor_print(const struct doctor *doctor);
void doctor_json(const struct doctor *doctor);
void doctor_describe(const struct doctor *doctor);
int doctor_count(const struct doctor *doctor, enum agreement agreement);
int doctor_proofs(const struct doctor *doctor, enum proof proof);
/* By its name; one that says nothing where there is none. */
const struct trait *doctor_trait(const struct doctor *doctor,
    const char *name);

/* What non-root could not see: NULL at the end. */
extern const char *const doctor_root_hints[];

#endif /* PAMPORT_CMD_DOCTOR_H */
