/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the files of the benchmark share.  All but ours.c and bare.c are compiled
 * twice, once through the overlay and once against the bare libpam: that the
 * source is the same is what pamport is for.
 *
 * A scenario is measured as `repeat` calls of once() in one loop, between
 * begin() and end(), which are not measured.  The loop stands in the function
 * bench_measured, which callgrind and the counters look for.
 */
#ifndef PAMPORT_BENCH_H
#define PAMPORT_BENCH_H

#include <stdbool.h>
#include <stddef.h>

#include <security/pam_appl.h>
#include <security/pam_modules.h>	/* L has pam_get_user there */

#ifdef PAMPORT_NATIVE_CONST
#define BENCH_CONST const
#else
#define BENCH_CONST
#endif

/* Not for callgrind: it would take minutes, or runs threads. */
#define BENCH_HEAVY 1
/* Writes login records, which only a namespace of its own may have. */
#define BENCH_LOGIN 2

/* Takes minutes: only if asked for, and once. */
#define BENCH_LONG 4

struct bench_scenario {
	const char *name;	/* without the parameter */
	long parameter;		/* how many; -1: there is none to tell */
	long repeat;
	void (*begin)(long parameter);
	void (*once)(long parameter);
	void (*end)(long parameter);
	int flags;
};

/* calls.c, many.c; and ours.c or bare.c, what differs between the two. */
extern const struct bench_scenario bench_calls[], bench_many[], bench_other[];

/* --- Where services are: the arguments of the program --- */

extern const char *bench_service;	/* the first part of their names */
extern const char *bench_confdir;	/* "": the system's */
extern const char *bench_directory;	/* for records; "": nowhere */
extern bool bench_is_brief;		/* under callgrind */
extern bool bench_is_counted;		/* allocations are */

/* Ends the program, since a failing call measures nothing. */
void bench_require(bool is_true, const char *what);

/* Before a handle is started: see there. */
void bench_stir_heap(void);

/* pam_start, or pam_start_confdir; suffix is the second part of the name. */
pam_handle_t *bench_start(const char *suffix);
int bench_start_confdir(const char *service, const char *user,
    const struct pam_conv *conv, pam_handle_t **pamh);
int bench_converse(int n, BENCH_CONST struct pam_message **msg,
    struct pam_response **resp, void *data);

/* --- counter.c: instructions of this process, all threads; -1: not here --- */

void bench_counter_start(void);
long long bench_counter_stop(void);

#endif /* PAMPORT_BENCH_H */
