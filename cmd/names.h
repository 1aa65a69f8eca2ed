/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * All of lib/names.def as one list, and what the tables of platform/ say of it.
 */
#ifndef PAMPORT_CMD_NAMES_H
#define PAMPORT_CMD_NAMES_H

#include <stdbool.h>
#include <stddef.h>

#include "platform/platform.h"

enum name_kind { NAME_CODE, NAME_FLAG, NAME_ITEM, NAME_STYLE, NAME_LIMIT };
#define NAME_KINDS 5

struct name {
	enum name_kind kind;
	const char *name;	/* with PAM_ */
	const char *text;	/* NULL for limits */
	unsigned int here;	/* the number in this build, perhaps pamport's */
	int row;		/* in the list of its kind */
};

#define NAMES ((int)PAMPORT__CODES + (int)PAMPORT__FLAGS + \
    (int)PAMPORT__ITEMS + (int)PAMPORT__STYLES + (int)PAMPORT__LIMITS)
extern const struct name names[NAMES];
extern const char *const name_kinds[NAME_KINDS];

const struct pamport__cell *name_cell(const struct pamport__platform *platform,
    const struct name *name);

/* Whether the native header has it; otherwise its number is pamport's. */
bool name_is_native(const struct name *name);

/*
 * The number that pamport gives to it where the native header lacks it; false
 * if every header has it.
 */
bool name_private(const struct name *name, unsigned int *number);

/* Old spellings: pamport(7), rule 2.  NULL at the end. */
struct name_alias {
	const char *alias, *name;	/* with PAM_ */
};
#define NAME_ALIASES 6
extern const struct name_alias name_aliases[NAME_ALIASES + 1];

/* Writes the number as people write it: flags in hexadecimal. */
void name_number(const struct name *name, unsigned int number, char *text,
    size_t size);

#endif /* PAMPORT_CMD_NAMES_H */
