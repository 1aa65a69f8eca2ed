/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Allocations, counted and made to fail.  The linker sends every malloc,
 * calloc, realloc, strdup and free of a program that links this through counted.c,
 * and what else allocates: realpath, fdopendir, fopen, getline and
 * pthread_atfork.  What shared libraries and modules allocate is not seen.
 */
#ifndef PAMPORT_TESTS_COUNTED_H
#define PAMPORT_TESTS_COUNTED_H

#include <stdbool.h>
#include <stddef.h>

/* Skips the test case where the linker cannot wrap functions. */
void counted_require(void);

extern int counted_allocations;		/* since the program began */
extern int counted_fail_at;		/* this one fails, then -1; -1: none */

/*
 * The same for a sweep: allocation number at fails, be it in a process that is
 * forked meanwhile, and disarming tells whether it was there.  What is allocated
 * in between is in counted_blocks() until it is freed.
 */
void counted_arm(int at);
bool counted_disarm(void);
int counted_blocks(void);

/* For another function that can lack memory: whether it does now. */
bool counted_fails(void);
extern bool counted_only_others;	/* and no allocation */

/* For what is called back meanwhile and is not pamport. */
void counted_pause(void);
void counted_resume(void);

/*
 * A secret that no block may hold: while it is set, as counted_hidden hides it so
 * that it is found in no other place, every block is looked through before it is
 * freed.  counted_found says how many had it; counted_alive how many of those
 * that are not freed have it now.
 */
#define COUNTED_HIDE 0x55
extern const char *counted_hidden;
extern size_t counted_hidden_size;
extern int counted_found;
int counted_alive(void);
#ifdef __GNUC__
__attribute__((__no_sanitize_address__))	/* it looks between variables */
#endif
int counted_has_secret(const void *memory, size_t size);

/*
 * While `watched` is not NULL, free() of that block notes in
 * counted_was_clean whether its first watched_size bytes were all zero.
 */
extern const void *counted_watched;
extern size_t counted_watched_size;
extern int counted_was_clean;		/* -1 until it is freed */

#endif /* PAMPORT_TESTS_COUNTED_H */
