/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The traits of struct pamport__platform, measured here and now, each on a
 * handle of its own and through the native functions.
 */
#include <config.h>

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/doctor.h"

/* A trait that is a bool of the table. */
struct bool_trait {
	const char *name;
	size_t offset;
	bool is_may;		/* true says: in some versions */
	const char *yes, *no;
	probe_function *function;
};

/* pam_getenv gives a copy, or the same pointer twice [f10]. */
static enum finding
getenv_copies(const void *data, char *text, size_t size)
{
	pam_handle_t *pamh = bench_native(data);
	const char *first, *second;

	(void)text;
	(void)size;
	if (pamh == NULL || pam_putenv(pamh, "PAMPORT=1") != PAM_SUCCESS)
		return FOUND_NOTHING;
	first = pam_getenv(pamh, "PAMPORT");
	second = pam_getenv(pamh, "PAMPORT");
	if (first == NULL || second == NULL)
		return FOUND_NOTHING;
	return first != second ? FOUND_YES : FOUND_NO;
}

/* pam_getenvlist may cut an entry at 1023 bytes [f12]. */
static enum finding
getenvlist_cuts(const void *data, char *text, size_t size)
{
	static char variable[5005] = "PAMPORT=";
	pam_handle_t *pamh = bench_native(data);
	char **list;

	(void)text;
	(void)size;
	memset(variable + 8, 'x', sizeof(variable) - 9);
	if (pamh == NULL || pam_putenv(pamh, variable) != PAM_SUCCESS)
		return FOUND_NOTHING;
	list = pam_getenvlist(pamh);
	if (list == NULL || list[0] == NULL)
		return FOUND_NOTHING;
	return strcmp(list[0], variable) == 0 ? FOUND_NO : FOUND_YES;
}

/* pam_putenv("NAME") deletes [f01]. */
static enum finding
putenv_deletes(const void *data, char *text, size_t size)
{
	pam_handle_t *pamh = bench_native(data);

	(void)text;
	(void)size;
	if (pamh == NULL || pam_putenv(pamh, "PAMPORT=1") != PAM_SUCCESS)
		return FOUND_NOTHING;
	(void)pam_putenv(pamh, "PAMPORT");
	return pam_getenv(pamh, "PAMPORT") == NULL ? FOUND_YES : FOUND_NO;
}

/* pam_get_item of a number below 64 that means nothing succeeds [e.1]. */
static enum finding
get_accepts_undefined(const void *data, char *text, size_t size)
{
	PAMPORT__NATIVE_CONST void *value = NULL;
	pam_handle_t *pamh = bench_native(data);

	(void)text;
	(void)size;
	if (pamh == NULL)
		return FOUND_NOTHING;
	return pam_get_item(pamh, 50, &value) == PAM_SUCCESS ? FOUND_YES :
	    FOUND_NO;
}

static const struct bool_trait bool_traits[] = {
	{ "getenv_copies", offsetof(struct pamport__platform, getenv_copies),
	    false, "a copy, by prefix", "the handle's own", getenv_copies },
	{ "getenvlist_cuts", offsetof(struct pamport__platform, getenvlist_cuts),
	    true, "cut at 1023 bytes", "whole", getenvlist_cuts },
	{ "putenv_deletes", offsetof(struct pamport__platform, putenv_deletes),
	    false, "NAME deletes", "NAME does not delete", putenv_deletes },
	{ "get_accepts_undefined_items",
	    offsetof(struct pamport__platform, get_accepts_undefined_items),
	    false, "accepted", "refused", get_accepts_undefined },
};

static bool
stated(const struct bool_trait *of)
{
	const char *table = (const char *)doctor_table();

	return *(const bool *)(table + of->offset);
}

static void
not_measured(const struct bench *bench, const struct probe *probe,
    struct trait *trait)
{
	trait->agreement = FROM_TABLE;
	(void)snprintf(trait->measured, sizeof(trait->measured), "%s",
	    probe->finding == FOUND_LATE ? "no answer in time" :
	    bench->why[0] != '\0' ? bench->why : "not to be measured here");
}

static void
measure_bool(const struct bench *bench, const struct bool_trait *of,
    struct trait *trait)
{
	bool is_stated = stated(of), is_measured;
	struct probe probe;

	trait->name = of->name;
	(void)snprintf(trait->table, sizeof(trait->table), "%s%s",
	    is_stated ? of->yes : of->no,
	    is_stated && of->is_may ? " in some versions" : "");
	probe_run(&probe, of->function, bench);
	if (probe.finding == FOUND_CRASH) {
		trait->agreement = DIFFERS;
		(void)snprintf(trait->measured, sizeof(trait->measured),
		    "crashes with signal %d", probe.signal);
	} else if (probe.finding == FOUND_YES || probe.finding == FOUND_NO) {
		is_measured = probe.finding == FOUND_YES;
		trait->agreement = is_measured == is_stated ||
		    (of->is_may && is_stated) ? AGREES : DIFFERS;
		(void)snprintf(trait->measured, sizeof(trait->measured), "%s",
		    is_measured ? of->yes : of->no);
	} else {
		not_measured(bench, &probe, trait);
	}
}

int
measure_traits(const struct bench *bench, const char *converse,
    struct trait *trait)
{
	int n = 0;
	size_t i;

	compare_numbers(&trait[n++]);
	measure_texts(&trait[n++]);
	measure_layout(converse, bench->confdir, &trait[n++]);
	for (i = 0; i < sizeof(bool_traits) / sizeof(bool_traits[0]); i++)
		measure_bool(bench, &bool_traits[i], &trait[n++]);
	measure_items(bench, &trait[n++]);
	measure_unset(bench, &trait[n++]);
	return n;
}
