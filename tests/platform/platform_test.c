/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The tables, all of them, on whatever system this runs.
 */
#include <config.h>

#include <sys/types.h>
#include <atf-c.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/internal.h"

/* One row of the five lists of a table. */
struct row {
	const char *name;
	int here;		/* the number that an application sees here */
	const struct pamport__cell *cell;
};

#define MAX_ROWS ((int)PAMPORT__CODES + (int)PAMPORT__FLAGS + (int)PAMPORT__ITEMS + \
    (int)PAMPORT__STYLES + (int)PAMPORT__LIMITS)

static int
rows_of(const struct pamport__platform *platform, struct row *row)
{
	int n = 0;

#define ADD(list, kind, unit) \
	row[n].name = "PAM_" #unit; \
	row[n].here = (int)PAM_##unit; \
	row[n].cell = &platform->list[PAMPORT__##kind##_##unit]; \
	n++;
#define PAMPORT__CODE(unit, text) ADD(code, CODE, unit)
#define PAMPORT__FLAG(unit, text) ADD(flag, FLAG, unit)
#define PAMPORT__ITEM(unit, kind, text) ADD(item, ITEM, unit)
#define PAMPORT__STYLE(unit, text) ADD(style, STYLE, unit)
#define PAMPORT__LIMIT(unit) ADD(limit, LIMIT, unit)
#include "lib/names.def"
	return n;
}

static const struct pamport__platform *
platform_at(int i)
{
	const struct pamport__platform *platform = pamport__platforms[i];

	ATF_REQUIRE(platform != NULL);
	return platform;
}

ATF_TC_WITHOUT_HEAD(every_cell_is_stated);
ATF_TC_BODY(every_cell_is_stated, tc)
{
	struct row row[MAX_ROWS];
	int i, j, n;

	for (i = 1; i < PAMPORT__PLATFORMS; i++) {
		n = rows_of(platform_at(i), row);
		ATF_REQUIRE_EQ(n, MAX_ROWS);
		for (j = 0; j < n; j++)
			ATF_CHECK_MSG(row[j].cell->state != PAMPORT__UNSTATED,
			    "%s: %s has no cell", platform_at(i)->name,
			    row[j].name);
		ATF_CHECK(platform_at(i)->conv_layout !=
		    PAMPORT__LAYOUT_UNSTATED);
		ATF_CHECK_EQ((int)platform_at(i)->id, i);
		ATF_CHECK(platform_at(i)->title != NULL);
	}
	for (j = 0; j < PAMPORT__ITEMS; j++)
		ATF_CHECK(pamport__items[j].kind != PAMPORT__KIND_UNKNOWN);
}

/* "-" where the header lacks the name; signed numbers mean the same bits. */
static void
check_cell(const char *platform, const char *name,
    const struct pamport__cell *cell, const char *fact)
{
	if (strcmp(fact, "-") == 0)
		ATF_CHECK_MSG(cell->state != PAMPORT__NUMBER,
		    "%s: %s is absent in the headers", platform, name);
	else
		ATF_CHECK_MSG(cell->state != PAMPORT__ABSENT &&
		    cell->number == (unsigned int)strtoll(fact, NULL, 10),
		    "%s: %s is %s in the headers, %u here", platform, name,
		    fact, cell->number);
}

static void
check_facts(const char *name, char fact[5][32])
{
	static const int platform_of_column[] = {
		PAMPORT_LINUX_PAM, PAMPORT_OPENPAM, PAMPORT_APPLE,
		PAMPORT_SOLARIS, PAMPORT_SOLARIS
	};
	const struct pamport__platform *platform;
	struct row row[MAX_ROWS];
	int column, j, n;

	for (column = 0; column < 5; column++) {
		platform = platform_at(platform_of_column[column]);
		n = rows_of(platform, row);
		for (j = 0; j < n && strcmp(row[j].name, name) != 0; j++)
			continue;
		ATF_REQUIRE_MSG(j < n, "%s is not in lib/names.def", name);
		check_cell(platform->name, name, row[j].cell, fact[column]);
	}
}

ATF_TC_WITHOUT_HEAD(rule_1__every_number_is_that_of_the_header);
ATF_TC_BODY(rule_1__every_number_is_that_of_the_header, tc)
{
	static const char path[] = TESTS_DIR "/platform/constants.txt";
	char line[256], name[64], fact[5][32];
	int names = 0;
	FILE *file;

	file = fopen(path, "r");
	ATF_REQUIRE_MSG(file != NULL, "%s", path);
	while (fgets(line, sizeof(line), file) != NULL) {
		if (line[0] == '#')
			continue;
		ATF_REQUIRE_EQ_MSG(6, sscanf(line,
		    "%63s %31s %31s %31s %31s %31s", name, fact[0], fact[1],
		    fact[2], fact[3], fact[4]), "%s", line);
		check_facts(name, fact);
		names++;
	}
	fclose(file);
	/* All but NetBSD's two items come from these headers. */
	ATF_CHECK_EQ(names, MAX_ROWS - 2);
}

/* What an application sees here is native, or private where that is absent. */
ATF_TC_WITHOUT_HEAD(rule_1__native_numbers_are_kept);
ATF_TC_BODY(rule_1__native_numbers_are_kept, tc)
{
	struct row row[MAX_ROWS];
	int j, n = rows_of(PAMPORT__PLATFORM, row);

	for (j = 0; j < n; j++)
		if (row[j].cell->state == PAMPORT__NUMBER)
			ATF_CHECK_MSG((unsigned int)row[j].here ==
			    row[j].cell->number, "%s is %d here", row[j].name,
			    row[j].here);
}

ATF_TC_WITHOUT_HEAD(rule_2__absent_codes_and_items_are_private);
ATF_TC_BODY(rule_2__absent_codes_and_items_are_private, tc)
{
	const struct pamport__platform *platform = PAMPORT__PLATFORM;
	int i, j;

	struct { const char *name; int here; } code[] = {
#define PAMPORT__CODE(unit, text) { "PAM_" #unit, PAM_##unit },
#include "lib/names.def"
	};

	for (i = 0; i < PAMPORT__CODES; i++) {
		if (platform->code[i].state == PAMPORT__ABSENT)
			ATF_CHECK_MSG(code[i].here >= 64 &&
			    code[i].here <= 127, "%s", code[i].name);
		for (j = 0; j < i; j++)
			ATF_CHECK_MSG(code[i].here != code[j].here,
			    "%s and %s are both %d", code[i].name,
			    code[j].name, code[i].here);
	}
	for (i = 0; i < PAMPORT__ITEMS; i++) {
		if (platform->item[i].state == PAMPORT__ABSENT)
			ATF_CHECK_MSG(
			    pamport__item_is_private(pamport__items[i].number),
			    "%s", pamport__items[i].name);
		for (j = 0; j < i; j++)
			ATF_CHECK(pamport__items[i].number !=
			    pamport__items[j].number);
	}
}

/* A private flag meets no native bit of any implementation. */
ATF_TC_WITHOUT_HEAD(rule_2__private_flags_are_nobodys);
ATF_TC_BODY(rule_2__private_flags_are_nobodys, tc)
{
	int i, j;

	for (i = 1; i < PAMPORT__PLATFORMS; i++)
		for (j = 0; j < PAMPORT__FLAGS; j++)
			ATF_CHECK((platform_at(i)->flag[j].number &
			    PAMPORT_PRIVATE_FLAGS) == 0);
}

ATF_TC_WITHOUT_HEAD(rule_3__data_silent_is_one_number);
ATF_TC_BODY(rule_3__data_silent_is_one_number, tc)
{
	ATF_CHECK_EQ(0x40000000, PAM_DATA_SILENT);
}

ATF_TP_ADD_TCS(tp)
{
	ATF_TP_ADD_TC(tp, every_cell_is_stated);
	ATF_TP_ADD_TC(tp, rule_1__every_number_is_that_of_the_header);
	ATF_TP_ADD_TC(tp, rule_1__native_numbers_are_kept);
	ATF_TP_ADD_TC(tp, rule_2__absent_codes_and_items_are_private);
	ATF_TP_ADD_TC(tp, rule_2__private_flags_are_nobodys);
	ATF_TP_ADD_TC(tp, rule_3__data_silent_is_one_number);
	return atf_no_error();
}
