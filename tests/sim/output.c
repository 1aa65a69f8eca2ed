/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * How results are written, and the six calls.
 */
#include <stdlib.h>
#include <string.h>

#include "runner.h"

void
out_space(struct run *run)
{
	if (run->spaced)
		fputc(' ', run->out);
	run->spaced = true;
}

void
out_result(struct run *run, const char *what, int result)
{
	const char *name;

	out_space(run);
	name = mod_name(mod_results, result);
	fprintf(run->out, "%s=%s(%d)", what, name != NULL ? name : "?",
	    result);
}

/* What modules and the conversation logged since the last time. */
void
out_log(struct run *run)
{
	char line[2000], *cr;
	FILE *file;
	bool first = true;

	if ((file = fopen(run->log, "r")) == NULL)
		return;
	fseek(file, run->logged, SEEK_SET);
	while (fgets(line, sizeof(line), file) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		for (cr = line; (cr = strchr(cr, '\r')) != NULL;)
			*cr = '~';
		fprintf(run->out, "%s%s", first ? " {" : "; ", line);
		first = false;
	}
	if (!first)
		fputc('}', run->out);
	run->logged = ftell(file);
	fclose(file);
	fflush(run->out);
}

void
out_text(struct run *run, const char *text)
{
	if (text == NULL)
		fprintf(run->out, "NULL");
	else if (strlen(text) > 60)
		fprintf(run->out, "(len %zu)", strlen(text));
	else
		fprintf(run->out, "\"%s\"", text);
}

static int
flags_of(const char *text)
{
	char copy[200], *part;
	bool known;
	int flags = 0;

	if (text == NULL)
		return (0);
	snprintf(copy, sizeof(copy), "%s", text);
	for (part = strtok(copy, "+"); part != NULL; part = strtok(NULL, "+"))
		flags |= mod_number(family_flags, part, &known);
	return (flags);
}

static const struct {
	const char *name;
	int (*function)(pam_handle_t *, int);
} calls[] = {
	{ "auth", pam_authenticate }, { "cred", pam_setcred },
	{ "acct", pam_acct_mgmt }, { "open", pam_open_session },
	{ "close", pam_close_session }, { "chau", pam_chauthtok },
};

/* The name of a call, perhaps with something behind it: "close2". */
bool
do_call(struct run *run, pam_handle_t *pamh, const char *word, char *argument)
{
	size_t i;
	int result;

	for (i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
		if (strcmp(word, calls[i].name) != 0)
			continue;
		result = calls[i].function(pamh, flags_of(argument));
		out_result(run, word, result);
		out_log(run);
		return (true);
	}
	return (false);
}
