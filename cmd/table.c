/* SPDX-License-Identifier: BSD-2-Clause */
#include <config.h>

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd/table.h"
#include "lib/internal.h"

struct table_row {
	struct table_row *next;
	enum shade shade;
	int count;
	char *cell[TABLE_COLUMNS];
};

bool
is_coloured(FILE *file)
{
	const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");

	return isatty(fileno(file)) && (no_color == NULL || *no_color == '\0') &&
	    term != NULL && strcmp(term, "dumb") != 0;
}

const char *
shade_begin(FILE *file, enum shade shade)
{
	static const char *const codes[] = {
		[PLAIN] = "", [HEADING] = "\033[1m", [GOOD] = "\033[32m",
		[BAD] = "\033[1;31m", [DOUBTFUL] = "\033[33m"
	};

	return is_coloured(file) ? codes[shade] : "";
}

const char *
shade_end(FILE *file, enum shade shade)
{
	return shade != PLAIN && is_coloured(file) ? "\033[0m" : "";
}

void
table_init(struct table *table)
{
	table->first = NULL;
	table->last = &table->first;
	table->is_broken = false;
}

/* What a file says may hold bytes that would steer the terminal. */
static char *
harmless_copy(const char *text)
{
	char *copy = strdup(text);

	if (copy != NULL)
		pamport__make_printable(copy);
	return copy;
}

void
table_add(struct table *table, enum shade shade, ...)
{
	struct table_row *row = calloc(1, sizeof(*row));
	const char *text;
	va_list cells;

	if (row == NULL) {
		table->is_broken = true;
		return;
	}
	row->shade = shade;
	va_start(cells, shade);
	while (row->count < TABLE_COLUMNS &&
	    (text = va_arg(cells, const char *)) != NULL) {
		row->cell[row->count] = harmless_copy(text);
		table->is_broken |= row->cell[row->count++] == NULL;
	}
	va_end(cells);
	*table->last = row;
	table->last = &row->next;
}

static void
measure(const struct table *table, int *width)
{
	const struct table_row *row;
	int i, length;

	for (row = table->first; row != NULL; row = row->next)
		for (i = 0; i < row->count; i++) {
			length = (int)strlen(row->cell[i]);
			if (length > width[i])
				width[i] = length;
		}
}

static void
print_row(const struct table_row *row, FILE *file, int indent, const int *width)
{
	int i;

	(void)fprintf(file, "%*s%s", indent, "", shade_begin(file, row->shade));
	for (i = 0; i < row->count; i++) {
		if (i + 1 < row->count)
			(void)fprintf(file, "%-*s  ", width[i], row->cell[i]);
		else
			(void)fputs(row->cell[i], file);
	}
	(void)fprintf(file, "%s\n", shade_end(file, row->shade));
}

void
table_print(struct table *table, FILE *file, int indent)
{
	int i, width[TABLE_COLUMNS] = { 0 };
	struct table_row *row;

	if (table->is_broken)
		(void)fprintf(stderr, "pamport: no memory\n");
	else
		measure(table, width);
	while ((row = table->first) != NULL) {
		if (!table->is_broken)
			print_row(row, file, indent, width);
		for (i = 0; i < row->count; i++)
			free(row->cell[i]);
		table->first = row->next;
		free(row);
	}
	table_init(table);
}
