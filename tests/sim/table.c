/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Tables: one row a line, columns between tabs, \n and \t within them.
 */
#include <stdlib.h>
#include <string.h>

#include "runner.h"

void
unescape(char *text)
{
	char *to = text;

	for (; *text != '\0'; text++) {
		if (text[0] != '\\' || strchr("nrt\\", text[1]) == NULL ||
		    text[1] == '\0') {
			*to++ = *text;
			continue;
		}
		text++;
		*to++ = *text == 'n' ? '\n' : *text == 'r' ? '\r' :
		    *text == 't' ? '\t' : '\\';
	}
	*to = '\0';
}

bool
table_next(FILE *file, struct row *row)
{
	char *line = NULL, *next;
	size_t size = 0;
	ssize_t n;

	memset(row, 0, sizeof(*row));
	do {
		if ((n = getline(&line, &size, file)) < 0) {
			free(line);
			return (false);
		}
	} while (n <= 1 || line[0] == '#');
	line[strcspn(line, "\n")] = '\0';
	for (next = line; row->ncolumns < MAX_COLUMNS;) {
		row->column[row->ncolumns++] = next;
		if ((next = strchr(next, '\t')) == NULL)
			break;
		*next++ = '\0';
	}
	return (true);
}

bool
table_open(const char *path, FILE **file, struct row *head)
{
	if ((*file = fopen(path, "r")) == NULL)
		return (false);
	return (table_next(*file, head));
}

/* The first column begins where the line does. */
void
row_free(struct row *row)
{
	free(row->column[0]);
	row->column[0] = NULL;
}

int
row_find(const struct row *head, const char *name)
{
	int i;

	for (i = 0; i < head->ncolumns; i++)
		if (strcmp(head->column[i], name) == 0)
			return (i);
	return (-1);
}
