/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Aligned columns for people.  Colour is for terminals only, and not where
 * NO_COLOR is set and not empty, or TERM is not set or "dumb".
 */
#ifndef PAMPORT_CMD_TABLE_H
#define PAMPORT_CMD_TABLE_H

#include <stdbool.h>
#include <stdio.h>

#define TABLE_COLUMNS 10

enum shade { PLAIN, HEADING, GOOD, BAD, DOUBTFUL };

struct table_row;
struct table {
	struct table_row *first, **last;
	bool is_broken;		/* there was no memory */
};

void table_init(struct table *table);
/* Copies the cells; the list of them ends with NULL. */
void table_add(struct table *table, enum shade shade, ...);
/* Prints with indent blanks before each row, and frees the table. */
void table_print(struct table *table, FILE *file, int indent);

bool is_coloured(FILE *file);
const char *shade_begin(FILE *file, enum shade shade);
const char *shade_end(FILE *file, enum shade shade);

#endif /* PAMPORT_CMD_TABLE_H */
