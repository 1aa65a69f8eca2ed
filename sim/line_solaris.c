/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Lines and words of a Solaris pam.conf.
 *
 * Empty lines and lines that begin with # are passed over; a line of blanks is
 * a line [a14p]; a # further on is an argument and so is a CR [l03, a14s].
 */
#include <stdlib.h>
#include <string.h>

#include "solaris.h"

#define LINE_SIZE		256

static void
skip_line(struct sim_text *text)
{
	const char *end;

	end = memchr(text->bytes + text->at, '\n', text->size - text->at);
	text->at = end != NULL ? (size_t)(end - text->bytes) + 1 : text->size;
}

/* Copy a line.  Nothing joins the next to it. */
static int
copy_line(struct sim_text *text, char *line)
{
	size_t used = 0;
	char c;

	while (text->at < text->size) {
		c = text->bytes[text->at++];
		if (c == '\n')
			break;
		if (used + 1 >= LINE_SIZE)
			return (-1);			/* [a14j] */
		line[used++] = c;
	}
	line[used] = '\0';
	return (1);
}

int
sim_solaris_line(struct sim_text *text, char **line)
{
	int result;

	while (text->at < text->size && (text->bytes[text->at] == '\n' ||
	    text->bytes[text->at] == '#'))
		skip_line(text);
	if (text->at >= text->size)
		return (0);
	if ((*line = malloc(LINE_SIZE)) == NULL)
		return (-1);
	if ((result = copy_line(text, *line)) < 0)
		free(*line);
	return (result);
}

char *
sim_solaris_word(char **next)
{
	char *word;

	word = *next + strspn(*next, " \t\n");
	if (*word == '\0')
		return (NULL);
	*next = word + strcspn(word, " \t\n");
	if (**next != '\0')
		*(*next)++ = '\0';
	return (word);
}
