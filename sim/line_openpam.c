/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Lines and words as OpenPAM has them: quotes of two kinds, a backslash before
 * anything, a comment where a word could begin.  A CR is white space.  [l03]
 */
#include <stdlib.h>
#include <string.h>

#include "bsd.h"

enum found { WORD, END_OF_LINE, END_OF_FILE, MISTAKE };

struct buffer {
	char *bytes;
	size_t size;
};

static bool
is_blank(int c)
{
	return (c == ' ' || c == '\t' || c == '\f' || c == '\r' || c == '\v');
}

static int
peek(const struct sim_text *text)
{
	return (text->at < text->size ?
	    (unsigned char)text->bytes[text->at] : -1);
}

static bool
append(struct buffer *buffer, int c)
{
	char *grown;

	if ((grown = realloc(buffer->bytes, buffer->size + 2)) == NULL)
		return (false);
	buffer->bytes = grown;
	grown[buffer->size] = (char)c;
	if (c != '\0')
		buffer->size++;
	grown[buffer->size] = '\0';
	return (true);
}

/* White space, and a comment up to the newline that ends it. */
static void
skip_blanks(struct sim_text *text)
{
	for (;;) {
		if (is_blank(peek(text)))
			text->at++;
		else if (peek(text) == '\\' && text->at + 1 < text->size &&
		    text->bytes[text->at + 1] == '\n')
			text->at += 2;
		else
			break;
	}
	if (peek(text) == '#')
		while (peek(text) != -1 && peek(text) != '\n')
			text->at++;
}

/* Behind a backslash; within double quotes few characters lose it. */
static bool
escaped(struct sim_text *text, struct buffer *word, int quote)
{
	int c;

	if ((c = peek(text)) == -1)
		return (true);
	text->at++;
	if (c == '\n')
		return (true);
	if (quote == '"' && c != '\\' && c != '"' && !append(word, '\\'))
		return (false);
	return (append(word, c));
}

static enum found
read_word(struct sim_text *text, struct buffer *word)
{
	int c, quote = 0;

	skip_blanks(text);
	if (peek(text) == -1)
		return (END_OF_FILE);
	if (peek(text) == '\n') {
		text->at++;
		return (END_OF_LINE);
	}
	while ((c = peek(text)) != -1) {
		if (quote == 0 && (is_blank(c) || c == '\n'))
			break;
		text->at++;
		if (c == '\\' && quote != '\'') {
			if (!escaped(text, word, quote))
				return (MISTAKE);
		} else if (quote == 0 && (c == '\'' || c == '"')) {
			quote = c;
			if (!append(word, '\0'))
				return (MISTAKE);
		} else if (quote != 0 && c == quote) {
			quote = 0;
		} else if (!append(word, c))
			return (MISTAKE);
	}
	return (quote == 0 ? WORD : MISTAKE);
}

static bool
keep(struct sim_words *words, char *word)
{
	char **grown;

	grown = realloc(words->word, ((size_t)words->n + 2) * sizeof(*grown));
	if (grown == NULL)
		return (false);
	words->word = grown;
	grown[words->n++] = word;
	grown[words->n] = NULL;
	return (true);
}

int
sim_bsd_line(struct sim_text *text, struct sim_words *words)
{
	struct buffer word;
	enum found found;

	words->n = 0;
	words->word = NULL;
	for (;;) {
		word.bytes = NULL;
		word.size = 0;
		found = read_word(text, &word);
		if (found != WORD)
			break;
		if (word.bytes == NULL)
			continue;
		if (!keep(words, word.bytes)) {
			found = MISTAKE;
			break;
		}
	}
	if (found == MISTAKE) {
		free(word.bytes);
		sim_bsd_free_words(words);
		return (-1);
	}
	return (found == END_OF_LINE || words->n > 0 ? 1 : 0);
}

void
sim_bsd_free_words(struct sim_words *words)
{
	while (words->n > 0)
		free(words->word[--words->n]);
	free(words->word);
	words->word = NULL;
}
