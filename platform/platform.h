/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What differs between the PAM implementations and can be said in numbers.
 *
 * Each implementation is one constant table, in the file of its name.  All
 * tables are compiled into every library, so that one system's tests check all
 * of them and `pamport code` translates between any two; only
 * PAMPORT_PLATFORM, which configure defines, says which one is underneath.
 *
 * How to change this: a new difference is a new field here, with a comment and
 * its source, and a value in each table.  A new name is a row in lib/names.def
 * and a cell in each table.  A cell that is forgotten is neither a number nor
 * ABSENT and fails tests/platform/platform_test.
 */
#ifndef PAMPORT_PLATFORM_PLATFORM_H
#define PAMPORT_PLATFORM_PLATFORM_H

#include <stdbool.h>

#include <pamport/pamport.h>

enum pamport__code {
#define PAMPORT__CODE(name, text) PAMPORT__CODE_##name,
#include "lib/names.def"
	PAMPORT__CODES
};

enum pamport__flag {
#define PAMPORT__FLAG(name, text) PAMPORT__FLAG_##name,
#include "lib/names.def"
	PAMPORT__FLAGS
};

enum pamport__item {
#define PAMPORT__ITEM(name, kind, text) PAMPORT__ITEM_##name,
#include "lib/names.def"
	PAMPORT__ITEMS
};

enum pamport__style {
#define PAMPORT__STYLE(name, text) PAMPORT__STYLE_##name,
#include "lib/names.def"
	PAMPORT__STYLES
};

enum pamport__limit {
#define PAMPORT__LIMIT(name) PAMPORT__LIMIT_##name,
#include "lib/names.def"
	PAMPORT__LIMITS
};

/* What a header of the implementation says about one name. */
struct pamport__cell {
	enum {
		PAMPORT__UNSTATED,	/* nobody filled this in: an error */
		PAMPORT__NUMBER,
		PAMPORT__SOME_VERSIONS,	/* a number, but not in every version */
		PAMPORT__ABSENT
	} state;
	unsigned int number;
};

/* For the tables only; a version that has a name stands beside its cell. */
#define N(number) { PAMPORT__NUMBER, (number) }
#define SOME(number) { PAMPORT__SOME_VERSIONS, (number) }
#define ABSENT { PAMPORT__ABSENT, 0 }

enum pamport__layout {
	PAMPORT__LAYOUT_UNSTATED,
	PAMPORT__POINTERS,	/* msg[i] points to message i */
	PAMPORT__ARRAY		/* *msg points to one array of messages */
};

struct pamport__platform {
	enum pamport_implementation id;
	const char *name;		/* as pamport_implementation_name says */
	const char *title;		/* for people */

	/* How a module passes several messages [behaviour.md h]. */
	enum pamport__layout conv_layout;

	/*
	 * pam_getenv gives a copy that the caller frees [f10], and a name means
	 * every variable that begins with it [f03b to f07d].
	 */
	bool getenv_copies;

	/* pam_getenvlist may cut an entry at 1023 bytes [f12]. */
	bool getenvlist_cuts;

	/* pam_putenv("NAME") deletes [f01]. */
	bool putenv_deletes;

	/* pam_get_item of a number below 64 that means nothing succeeds [e.1]. */
	bool get_accepts_undefined_items;

	/* pam_set_item copies the new string before it frees the old [e22]. */
	bool set_item_copies_first;

	/* Unsetting this item crashes, at once or in pam_end [e.1]. */
	bool null_item_crashes[PAMPORT__ITEMS];

	/* Session modules fail without a PAM_TTY (pam_unix_session) [E6]. */
	bool session_needs_tty;

	struct pamport__cell code[PAMPORT__CODES];
	struct pamport__cell flag[PAMPORT__FLAGS];
	struct pamport__cell item[PAMPORT__ITEMS];
	struct pamport__cell style[PAMPORT__STYLES];
	struct pamport__cell limit[PAMPORT__LIMITS];
};

extern const struct pamport__platform pamport__linux_pam;
extern const struct pamport__platform pamport__openpam;
extern const struct pamport__platform pamport__apple;
extern const struct pamport__platform pamport__solaris;

/* All of them, indexed by enum pamport_implementation; NULL is PAMPORT_HERE. */
#define PAMPORT__PLATFORMS 5
extern const struct pamport__platform *const
    pamport__platforms[PAMPORT__PLATFORMS];

#endif /* PAMPORT_PLATFORM_PLATFORM_H */
