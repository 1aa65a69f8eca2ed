/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The calls of a row, one word each.
 *
 * Words end at a space; "__" in an argument is a space.  Before the first call
 * the handle is started, at the end it is ended.  What there is:
 *
 *   start[:SERVICE:USER]	NULL for either is a NULL
 *   noconv nofunction		start with no conversation, with no function
 *   answer:HOW			how the conversation answers (answer.c)
 *   noother			remove the empty pam.d/other
 *   null:WORD			the call of that name on a NULL handle
 *   auth cred acct open close chau [:FLAGS]	names joined by +, or a number
 *   end[:STATUS]
 *   put:TEXT get:NAME list big:NAME:BYTES	variables
 *   set:ITEM[:VALUE] item:ITEM self:ITEM nowhere:ITEM
 *   user[:PROMPT] strerror:NUMBER delay:MICROSECONDS library:STYLE:COUNT
 *   edit delete		replace or remove the configuration
 *   fork			close and end in a child, then go on
 */
#include <stdlib.h>
#include <string.h>

#include "runner.h"

static bool
do_word(struct run *run, const struct word *words, const char *name,
    char *argument)
{
	for (; words->name != NULL; words++) {
		if (strcmp(words->name, name) != 0)
			continue;
		words->act(run, argument);
		fflush(run->out);
		return (true);
	}
	return (false);
}

static void
run_word(struct run *run, char *word)
{
	char *argument, *p;

	if ((argument = strchr(word, ':')) != NULL)
		*argument++ = '\0';
	for (p = argument; p != NULL && (p = strstr(p, "__")) != NULL; p++) {
		*p = ' ';
		memmove(p + 1, p + 2, strlen(p + 2) + 1);
	}
	if (do_word(run, early_words, word, argument))
		return;
	if (!run->started)
		do_start(run, NULL);
	if (run->pamh == NULL)
		return;
	if (do_call(run, run->pamh, word, argument))
		return;
	if (!do_word(run, late_words, word, argument))
		fprintf(run->out, " unknown word %s", word);
}

/* The three names that the measured table uses stand for themselves. */
static const char *
known_script(const char *script)
{
	if (strcmp(script, "open+close") == 0)
		return ("open close");
	if (strcmp(script, "acct_mgmt") == 0)
		return ("acct");
	if (strcmp(script, "authenticate") == 0)
		return ("auth");
	return (script);
}

void
run_script(struct run *run, const char *script)
{
	char *copy, *next, *word;
	bool only_null;

	script = known_script(script);
	if ((copy = strdup(script)) == NULL)
		abort();
	only_null = strncmp(script, "null:", 5) == 0;
	for (word = strtok_r(copy, " ", &next); word != NULL;
	    word = strtok_r(NULL, " ", &next))
		run_word(run, word);
	if (!run->started && !only_null)
		do_start(run, NULL);
	do_end(run, NULL);
	free(copy);
}
