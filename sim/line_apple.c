/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Lines and words as Apple's fork has them: no quotes, and a # ends the line
 * wherever it stands.
 */
#include <stdlib.h>
#include <string.h>

#include "bsd.h"

static const char blanks[] = " \t\r\f\v";

/* A line without its comment, of which a backslash at the end is no part. */
static char *
read_line(struct sim_text *text)
{
	char *line;
	size_t used = 0;
	bool comment = false;
	char c;

	if ((line = malloc(text->size - text->at + 1)) == NULL)
		return (NULL);
	while (text->at < text->size) {
		c = text->bytes[text->at++];
		if (c == '\n') {
			if (!comment && used > 0 && line[used - 1] == '\\') {
				line[used - 1] = ' ';
				continue;
			}
			break;
		}
		if (c == '#') {
			comment = true;
			if (used > 0 && line[used - 1] == '\\')
				used--;
		}
		if (!comment)
			line[used++] = c;
	}
	line[used] = '\0';
	return (line);
}

static bool
keep(struct sim_words *words, const char *word)
{
	char **grown;

	grown = realloc(words->word, ((size_t)words->n + 2) * sizeof(*grown));
	if (grown == NULL)
		return (false);
	words->word = grown;
	if ((grown[words->n] = strdup(word)) == NULL)
		return (false);
	grown[++words->n] = NULL;
	return (true);
}

int
sim_bsd_line(struct sim_text *text, struct sim_words *words)
{
	char *line, *next, *word;
	bool good = true;

	words->n = 0;
	words->word = NULL;
	if (text->at >= text->size)
		return (0);
	if ((line = read_line(text)) == NULL)
		return (-1);
	for (word = strtok_r(line, blanks, &next); word != NULL && good;
	    word = strtok_r(NULL, blanks, &next))
		good = keep(words, word);
	free(line);
	if (!good)
		sim_bsd_free_words(words);
	return (good ? 1 : -1);
}

void
sim_bsd_free_words(struct sim_words *words)
{
	while (words->n > 0)
		free(words->word[--words->n]);
	free(words->word);
	words->word = NULL;
}
