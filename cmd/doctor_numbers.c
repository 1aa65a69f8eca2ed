/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What is measured number by number: the header against the table, which codes
 * the library has words for, which items it takes, which crash when unset.
 */
#include <config.h>

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "cmd/doctor.h"
#include "cmd/names.h"

#define NO_CODE 1000		/* beyond all codes, and those of Apple */
#define LAST_CODE 63		/* pamport's own begin behind it */
#define LAST_ITEM 30

/* Lists what is wrong, as far as there is room. */
static void
complain(struct trait *trait, const char *format, ...)
{
	size_t used;
	va_list arguments;

	if (trait->agreement != DIFFERS)
		trait->measured[0] = '\0';
	trait->agreement = DIFFERS;
	used = strlen(trait->measured);
	if (used > 0 && used + 3 < sizeof(trait->measured)) {
		(void)strcat(trait->measured, "; ");
		used += 2;
	}
	va_start(arguments, format);
	(void)vsnprintf(trait->measured + used, sizeof(trait->measured) - used,
	    format, arguments);
	va_end(arguments);
}

/* --- The header ------------------------------------------------------------ */

static void
compare_name(const struct name *name, struct trait *trait)
{
	const struct pamport__cell *cell = name_cell(doctor_table(), name);
	bool is_native = name_is_native(name);
	char here[24], there[24];

	name_number(name, name->here, here, sizeof(here));
	name_number(name, cell->number, there, sizeof(there));
	if (cell->state == PAMPORT__NUMBER && !is_native)
		complain(trait, "%s is not in the header, %s in the table",
		    name->name, there);
	else if (cell->state == PAMPORT__ABSENT && is_native)
		complain(trait, "%s is %s, and absent in the table",
		    name->name, here);
	else if (is_native && cell->number != name->here)
		complain(trait, "%s is %s, %s in the table", name->name, here,
		    there);
}

/* How many there are is no name that an application needs. */
static bool
is_a_count(const struct name *name)
{
	return strcmp(name->name, "PAM_NUM_ITEMS") == 0 ||
	    strcmp(name->name, "PAM_NUM_ERRORS") == 0 ||
	    strcmp(name->name, "PAM_TOTAL_ERRNUM") == 0;
}

void
compare_numbers(struct trait *trait)
{
	int i, n = 0;

	trait->name = "numbers";
	trait->agreement = AGREES;
	for (i = 0; i < NAMES; i++) {
		if (is_a_count(&names[i]))
			continue;
		compare_name(&names[i], trait);
		n++;
	}
	(void)snprintf(trait->table, sizeof(trait->table), "of %d names", n);
	if (trait->agreement == AGREES)
		(void)snprintf(trait->measured, sizeof(trait->measured),
		    "the header agrees");
}

/* --- Texts of codes ---------------------------------------------------------- */

/* Whether the library has words of its own for a number. */
static enum finding
has_text(const void *data, char *text, size_t size)
{
	const int *code = data;
	char unknown[64], number[16];
	const char *words;

	words = pam_strerror(NULL, NO_CODE + 1);
	(void)snprintf(unknown, sizeof(unknown), "%s",
	    words != NULL ? words : "");
	words = pam_strerror(NULL, *code);
	if (words == NULL)
		return FOUND_NO;
	(void)snprintf(text, size, "%s", words);
	(void)snprintf(number, sizeof(number), "%d", *code);
	/* O makes "#999" of an unknown number. */
	if (strcmp(words, unknown) == 0 || strstr(words, number) != NULL)
		return FOUND_NO;
	return FOUND_YES;
}

/* What the table calls this number; NULL if nothing. */
static const struct name *
code_of(int number, bool *is_some)
{
	const struct pamport__cell *cell;
	int i;

	for (i = 0; i < NAMES; i++) {
		cell = name_cell(doctor_table(), &names[i]);
		if (names[i].kind == NAME_CODE &&
		    cell->state != PAMPORT__ABSENT &&
		    cell->number == (unsigned int)number) {
			*is_some = cell->state == PAMPORT__SOME_VERSIONS;
			return &names[i];
		}
	}
	return NULL;
}

void
measure_texts(struct trait *trait)
{
	const struct name *name;
	int code, found = 0, known = 0;
	bool is_some = false;
	struct probe probe;

	trait->name = "texts of codes";
	trait->agreement = AGREES;
	for (code = 0; code <= LAST_CODE; code++) {
		name = code_of(code, &is_some);
		known += name != NULL;
		probe_run(&probe, has_text, &code);
		found += probe.finding == FOUND_YES;
		if (probe.finding == FOUND_CRASH)
			complain(trait, "pam_strerror crashes for %d", code);
		else if (name == NULL && probe.finding == FOUND_YES)
			complain(trait, "%d has a text and no name: \"%s\"",
			    code, probe.text);
		else if (name != NULL && !is_some &&
		    probe.finding == FOUND_NO)
			complain(trait, "%d (%s) has no text", code,
			    name->name);
	}
	(void)snprintf(trait->table, sizeof(trait->table),
	    "%d codes from 0 to %d", known, LAST_CODE);
	if (trait->agreement == AGREES)
		(void)snprintf(trait->measured, sizeof(trait->measured),
		    "%d have a text", found);
}

/* --- Items ----------------------------------------------------------------------- */

struct try_item {
	const struct bench *bench;
	int number;
};

/* An item that is a string can be set and read back. */
static enum finding
takes_string(const void *data, char *text, size_t size)
{
	const struct try_item *try = data;
	pam_handle_t *pamh = bench_native(try->bench);
	PAMPORT__NATIVE_CONST void *value = NULL;
	int result;

	(void)text;
	(void)size;
	if (pamh == NULL)
		return FOUND_NOTHING;
	result = pam_set_item(pamh, try->number, "pamport");
	if (result != PAM_SUCCESS)
		return FOUND_NO;
	result = pam_get_item(pamh, try->number, &value);
	return result == PAM_SUCCESS && value != NULL ? FOUND_YES : FOUND_NO;
}

static const struct name *
item_of(int number, const struct pamport__cell **cell)
{
	int i;

	for (i = 0; i < NAMES; i++) {
		*cell = name_cell(doctor_table(), &names[i]);
		if (names[i].kind == NAME_ITEM &&
		    (*cell)->state != PAMPORT__ABSENT &&
		    (*cell)->number == (unsigned int)number)
			return &names[i];
	}
	return NULL;
}

/* What systems let an application set differs, and is in no table [e25-e28]. */
static bool
is_restricted(const struct name *name)
{
	return pamport__items[name->row].kind != PAMPORT__KIND_STRING ||
	    name->row == PAMPORT__ITEM_SERVICE ||
	    name->row == PAMPORT__ITEM_AUTHTOK ||
	    name->row == PAMPORT__ITEM_OLDAUTHTOK;
}

static void
measure_item(const struct try_item *try, struct trait *trait, int *accepted)
{
	const struct pamport__cell *cell;
	const struct name *name = item_of(try->number, &cell);
	struct probe probe;

	if (name != NULL && is_restricted(name))
		return;
	probe_run(&probe, takes_string, try);
	*accepted += probe.finding == FOUND_YES;
	if (name == NULL && probe.finding == FOUND_YES)
		complain(trait, "%d is taken and has no name", try->number);
	else if (probe.finding == FOUND_CRASH)
		complain(trait, "setting %d crashes", try->number);
	else if (name != NULL && cell->state == PAMPORT__NUMBER &&
	    probe.finding == FOUND_NO)
		complain(trait, "%d (%s) is refused", try->number, name->name);
}

static bool
has_no_bench(const struct bench *bench, struct trait *trait)
{
	if (bench->service[0] != '\0')
		return false;
	trait->agreement = FROM_TABLE;
	(void)snprintf(trait->measured, sizeof(trait->measured), "%s",
	    bench->why);
	return true;
}

void
measure_items(const struct bench *bench, struct trait *trait)
{
	struct try_item try = { bench, 0 };
	const struct pamport__cell *cell;
	const struct name *name;
	int accepted = 0, known = 0;

	trait->name = "string items";
	for (try.number = 1; try.number <= LAST_ITEM; try.number++) {
		name = item_of(try.number, &cell);
		known += name != NULL && !is_restricted(name);
	}
	(void)snprintf(trait->table, sizeof(trait->table),
	    "%d of the numbers 1 to %d", known, LAST_ITEM);
	if (has_no_bench(bench, trait))
		return;
	trait->agreement = AGREES;
	for (try.number = 1; try.number <= LAST_ITEM; try.number++)
		measure_item(&try, trait, &accepted);
	if (trait->agreement == AGREES)
		(void)snprintf(trait->measured, sizeof(trait->measured),
		    "%d are taken", accepted);
}

/* --- Unsetting ---------------------------------------------------------------------- */

/* Unsetting this item crashes, at once or in pam_end [e.1]. */
static enum finding
unset(const void *data, char *text, size_t size)
{
	const struct try_item *try = data;
	pam_handle_t *pamh = bench_native(try->bench);

	(void)text;
	(void)size;
	if (pamh == NULL)
		return FOUND_NOTHING;
	(void)pam_set_item(pamh, try->number, NULL);
	(void)pam_end(pamh, PAM_SUCCESS);
	return FOUND_YES;
}

/* The table is cautious: what crashes in one version is true for all. */
void
measure_unset(const struct bench *bench, struct trait *trait)
{
	struct try_item try = { bench, 0 };
	const struct pamport__cell *cell;
	struct probe probe;
	int crashed = 0, i;
	size_t used = 0;

	trait->name = "null_item_crashes";
	(void)snprintf(trait->table, sizeof(trait->table), "none");
	for (i = 0; i < PAMPORT__ITEMS; i++)
		if (doctor_table()->null_item_crashes[i] &&
		    used + 2 < sizeof(trait->table))
			used += (size_t)snprintf(trait->table + used,
			    sizeof(trait->table) - used, "%s%s",
			    used > 0 ? " " : "", pamport__items[i].name);
	if (has_no_bench(bench, trait))
		return;
	trait->agreement = AGREES;
	for (i = 0; i < PAMPORT__ITEMS; i++) {
		cell = &doctor_table()->item[i];
		try.number = (int)cell->number;
		if (cell->state == PAMPORT__ABSENT)
			continue;
		probe_run(&probe, unset, &try);
		if (probe.finding != FOUND_CRASH)
			continue;
		crashed++;
		if (!doctor_table()->null_item_crashes[i])
			complain(trait, "unsetting %s crashes",
			    pamport__items[i].name);
	}
	if (trait->agreement == AGREES)
		(void)snprintf(trait->measured, sizeof(trait->measured),
		    crashed == 0 ? "none crashes here" : "%d crash here",
		    crashed);
}
