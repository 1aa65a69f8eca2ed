/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Functions of which every allocation fails once: tests/lib/allocation_*.c.
 *
 * A row's act does once what its function is for: prepares, arms, calls it,
 * disarms, checks, and leaves nothing behind.  It is done with the first
 * allocation failing, the second and so on, until there is none of that number;
 * each time as many blocks, descriptors and native handles must be there
 * afterwards as were before.
 */
#ifndef PAMPORT_TESTS_SWEPT_H
#define PAMPORT_TESTS_SWEPT_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/session.h"
#include "recorded.h"
#include "scripted.h"

enum swept_kind {
	SWEPT_ALLOCATES,	/* there must be points */
	SWEPT_MAY,		/* where the native library leaves it to pamport */
	SWEPT_NOTHING		/* there must be none */
};

struct swept {
	const char *name;	/* as in lib/pamport.map */
	enum swept_kind kind;
	void (*act)(void);	/* NULL: no function but a variable */
};

/* The rows of each file; the last one has no name. */
extern const struct swept swept_handle[], swept_conversation[],
    swept_session[], swept_record[];

void swept_arm(void);
/* Whether it failed; asked again, that of the last time. */
bool swept_disarm(void);
const char *swept_point(void);	/* for messages */
/* One handle was forgotten, as it has to be where it cannot end quietly (rule 10). */
void swept_forget_handle(void);

/* Disarms: what is returned where an allocation failed, and where none did. */
void swept_check(int result, int failed, int done);
#define SWEPT_CHECK(is_true) \
	ATF_CHECK_MSG(is_true, "%s: %s", swept_point(), #is_true)

/*
 * Sweeps all rows; how many points there were.  is_native: not pamport's own
 * allocations but calls of the native library that store something, which then
 * say that they have no memory; of the functions that allocate.
 */
int swept_run(const struct swept *rows, bool is_native);
bool swept_is_native(void);

#endif /* PAMPORT_TESTS_SWEPT_H */
