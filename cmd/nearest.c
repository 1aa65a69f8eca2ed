/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The name that somebody may have meant.
 */
#include <config.h>

#include <ctype.h>
#include <stddef.h>
#include <string.h>

#include "cmd/cmd.h"

#define MAX_WORD 40

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* How many letters have to be put in, left out or changed. */
static size_t
distance(const char *a, const char *b)
{
	size_t row[MAX_WORD + 1], i, j, corner, above;
	size_t n = strlen(b);

	for (j = 0; j <= n; j++)
		row[j] = j;
	for (i = 1; a[i - 1] != '\0'; i++) {
		corner = row[0];
		row[0] = i;
		for (j = 1; j <= n; j++) {
			above = row[j];
			corner += tolower((unsigned char)a[i - 1]) !=
			    tolower((unsigned char)b[j - 1]);
			row[j] = least(corner, least(above, row[j - 1]) + 1);
			corner = above;
		}
	}
	return row[n];
}

const char *
nearest(const char *word, const char *const *names)
{
	const char *found = NULL;
	size_t best, now;

	if (strlen(word) > MAX_WORD)
		return NULL;
	best = strlen(word) / 3 + 2;
	for (; *names != NULL; names++) {
		if (strlen(*names) > MAX_WORD)
			continue;
		now = distance(word, *names);
		if (now < best) {
			best = now;
			found = *names;
		}
	}
	return found;
}
