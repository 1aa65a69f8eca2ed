/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Logical lines as Linux-PAM has them: a comment ends the line, a backslash at
 * the end continues it, and a CR is an ordinary byte.  [a14s]
 */
#include <stdlib.h>
#include <string.h>

#include "sim.h"
#include "linux.h"

/* The next line of the file as it stands, without its newline, or NULL. */
static char *
physical(struct sim_text *text)
{
	char *line, *end;

	if (text->at >= text->size)
		return (NULL);
	line = text->bytes + text->at;
	end = memchr(line, '\n', text->size - text->at);
	if (end == NULL) {
		text->at = text->size;
		return (line);
	}
	*end = '\0';
	text->at = (size_t)(end - text->bytes) + 1;
	return (line);
}

static void
trim(char *line)
{
	size_t n;

	for (n = strlen(line); n > 0; n--)
		if (line[n - 1] != ' ' && line[n - 1] != '\t')
			break;
	line[n] = '\0';
}

/* Cuts a comment off, then says whether the next line belongs to this one. */
static bool
continues(char *line)
{
	size_t n;
	char *comment;

	if ((comment = strchr(line, '#')) != NULL) {
		*comment = '\0';
		return (false);
	}
	trim(line);
	n = strlen(line);
	if (n == 0 || line[n - 1] != '\\')
		return (false);
	line[n - 1] = ' ';
	return (true);
}

/* 1 and a line for the caller to free, 0 at the end, -1 if it was cut off. */
int
sim_linux_line(struct sim_text *text, char **line)
{
	char *grown, *part, *whole;
	size_t used = 0;
	bool more = false;

	whole = NULL;
	for (;;) {
		if ((part = physical(text)) == NULL) {
			free(whole);
			return (more ? -1 : 0);
		}
		part += strspn(part, " \t");
		if (*part == '\0' || *part == '#')
			continue;
		more = continues(part);
		if ((grown = realloc(whole, used + strlen(part) + 1)) == NULL) {
			free(whole);
			return (-1);
		}
		whole = grown;
		strcpy(whole + used, part);
		used += strlen(part);
		if (!more)
			break;
	}
	*line = whole;
	return (1);
}
