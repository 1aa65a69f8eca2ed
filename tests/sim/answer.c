/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What the application's conversation function answers, as the row asks.
 */
#include <stdlib.h>
#include <string.h>

#include "runner.h"

static void
log_messages(const struct run *run, int n, const int *style,
    const char *const *text)
{
	FILE *file;
	int i;

	if ((file = fopen(run->log, "a")) == NULL)
		return;
	fprintf(file, "conv n=%d", n);
	for (i = 0; i < n; i++) {
		if (n > 8 && i == 3)
			fprintf(file, " ...");
		if (n <= 8 || i < 3 || i == n - 1)
			fprintf(file, " %d:[%s]", style[i], text[i]);
	}
	fputc('\n', file);
	fclose(file);
}

/* "long=N" is N letters, "text=..." that text, otherwise r0, r1... */
static char *
one_answer(const struct run *run, int i)
{
	char text[24], *answer;
	size_t n;

	if (strcmp(run->answer, "nullstring") == 0)
		return (NULL);
	if (strncmp(run->answer, "text=", 5) == 0)
		return (strdup(run->answer + 5));
	if (strncmp(run->answer, "long=", 5) == 0) {
		n = (size_t)atol(run->answer + 5);
		if ((answer = malloc(n + 1)) == NULL)
			return (NULL);
		memset(answer, 'x', n);
		answer[n] = '\0';
		return (answer);
	}
	snprintf(text, sizeof(text), "r%d", i);
	return (strdup(text));
}

int
answer_messages(int n, const int *style, const char *const *text,
    struct pam_response **response, void *data)
{
	const struct run *run = data;
	struct pam_response *answers;
	bool known;
	int i;

	log_messages(run, n, style, text);
	if (strcmp(run->answer, "nullresp") == 0)
		return (PAM_SUCCESS);
	if (strncmp(run->answer, "fail=", 5) == 0)
		return (mod_number(mod_results, run->answer + 5, &known));
	answers = calloc((size_t)n + 1, sizeof(*answers));
	if (answers == NULL)
		return (PAM_BUF_ERR);
	for (i = 0; i < n; i++)
		answers[i].resp = one_answer(run, i);
	*response = answers;
	return (PAM_SUCCESS);
}
