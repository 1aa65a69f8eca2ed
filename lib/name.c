/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Names, numbers and texts: what reads the tables (contract rules 2, 4, 11).
 */
#include <config.h>

#include <stdint.h>

#include "lib/internal.h"

struct named_code {
	int number;		/* here, native or private */
	const char *name;
	const char *text;
};

static const struct named_code codes[PAMPORT__CODES] = {
#define PAMPORT__CODE(name, text) { PAM_##name, "PAM_" #name, text },
#include "lib/names.def"
};

const struct pamport__named_item pamport__items[PAMPORT__ITEMS] = {
#define PAMPORT__ITEM(name, kind, text) \
	{ PAM_##name, PAMPORT__KIND_##kind, "PAM_" #name },
#include "lib/names.def"
};

static bool
code_is_private(int number)
{
	return number >= PAMPORT_FIRST_PRIVATE_CODE &&
	    number <= PAMPORT_LAST_PRIVATE_CODE;
}

/* The row of a code here, PAMPORT__CODES if it has none. */
static int
row_of_code(int number)
{
	int row;

	for (row = 0; row < PAMPORT__CODES; row++)
		if (codes[row].number == number)
			break;
	return row;
}

bool
pamport__code_is_native(int number)
{
	return !code_is_private(number) &&
	    row_of_code(number) != PAMPORT__CODES;
}

const char *
pamport_code_name(int number)
{
	int row = row_of_code(number);

	return row == PAMPORT__CODES ? NULL : codes[row].name;
}

const struct pamport__named_item *
pamport__item_named(int number)
{
	int row;

	for (row = 0; row < PAMPORT__ITEMS; row++)
		if (pamport__items[row].number == number)
			return &pamport__items[row];
	return NULL;
}

const char *
pamport_item_name(int number)
{
	const struct pamport__named_item *item = pamport__item_named(number);

	return item == NULL ? NULL : item->name;
}

int
pamport_item_reaches_modules(int number)
{
	return pamport__item_named(number) != NULL &&
	    !pamport__item_is_private(number);
}

static const struct pamport__platform *
platform_of(enum pamport_implementation which)
{
	if ((unsigned int)which >= PAMPORT__PLATFORMS)
		return NULL;
	return pamport__platforms[which];
}

static int
row_of_code_at(const struct pamport__platform *platform, int number)
{
	const struct pamport__cell *cell;
	int row;

	for (row = 0; row < PAMPORT__CODES; row++) {
		cell = &platform->code[row];
		if (cell->state != PAMPORT__ABSENT &&
		    cell->number == (unsigned int)number)
			break;
	}
	return row;
}

int
pamport_code_translate(enum pamport_implementation from,
    enum pamport_implementation to, int number)
{
	const struct pamport__platform *source = platform_of(from);
	const struct pamport__platform *target = platform_of(to);
	int row;

	if ((source == NULL && from != PAMPORT_HERE) ||
	    (target == NULL && to != PAMPORT_HERE))
		return -1;
	row = source == NULL ? row_of_code(number) :
	    row_of_code_at(source, number);
	if (row == PAMPORT__CODES)
		return -1;
	if (target == NULL)
		return codes[row].number;
	if (target->code[row].state == PAMPORT__ABSENT)
		return -1;
	return (int)target->code[row].number;
}

const char *
pamport_implementation_name(enum pamport_implementation which)
{
	const struct pamport__platform *platform = platform_of(which);

	if (which == PAMPORT_HERE)
		platform = PAMPORT__PLATFORM;
	return platform == NULL ? NULL : platform->name;
}

const char *
pamport_version(void)
{
	return PACKAGE_VERSION;
}

/*
 * The native library is asked for its own codes only: for others O formats
 * into one buffer that all threads share [g50].
 */
const char *
pamport_strerror(const pam_handle_t *pamh, int number)
{
	int row = row_of_code(number);
	const char *text;

	if (row == PAMPORT__CODES)
		return "Unknown PAM error";
	if (code_is_private(number))
		return codes[row].text;
	/* L declares the handle without const, and does not look at it. */
	text = pam_strerror((pam_handle_t *)(uintptr_t)pamh, number);
	return text == NULL || *text == '\0' ? codes[row].text : text;
}
