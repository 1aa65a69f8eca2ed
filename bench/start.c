/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The beginning of a transaction.  Only some libraries take a directory of
 * services; elsewhere run.sh has put the services where libpam reads them.
 */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"

const char *bench_service = "", *bench_confdir = "", *bench_directory = "";
bool bench_is_brief, bench_is_counted;

void
bench_require(bool is_true, const char *what)
{
	if (is_true)
		return;
	(void)fprintf(stderr, "bench: %s failed\n", what);
	exit(1);
}

/* Answers every prompt: who takes the answers frees them, so each is new. */
int
bench_converse(int n, BENCH_CONST struct pam_message **msg,
    struct pam_response **resp, void *data)
{
	struct pam_response *answers = calloc((size_t)n, sizeof(*answers));
	int i;

	(void)data;
	bench_require(answers != NULL, "calloc");
	for (i = 0; i < n; i++)
		if (msg[i]->msg_style == PAM_PROMPT_ECHO_ON)
			answers[i].resp = strdup("answer");
	*resp = answers;
	return PAM_SUCCESS;
}

#ifdef HAVE_PAM_START_CONFDIR
int
bench_start_confdir(const char *service, const char *user,
    const struct pam_conv *conv, pam_handle_t **pamh)
{
	if (bench_confdir[0] == '\0')
		return pam_start(service, user, conv, pamh);
	return pam_start_confdir(service, user, conv, bench_confdir, pamh);
}
#else
int
bench_start_confdir(const char *service, const char *user,
    const struct pam_conv *conv, pam_handle_t **pamh)
{
	return pam_start(service, user, conv, pamh);
}
#endif

pam_handle_t *
bench_start(const char *suffix)
{
	static const struct pam_conv conv = { bench_converse, NULL };
	pam_handle_t *pamh = NULL;
	char service[128];

	(void)snprintf(service, sizeof(service), "%s%s", bench_service, suffix);
	bench_require(bench_start_confdir(service, "root", &conv, &pamh) ==
	    PAM_SUCCESS, "pam_start");
	return pamh;
}

/*
 * What a block costs depends on how the heap lies, by hundreds of instructions,
 * and would be the same accident in each round.  So another part of what an
 * application holds changes before each handle, in the same way in both programs.
 */
void
bench_stir_heap(void)
{
	static void *held[128];
	static unsigned int random = 1;
	void **block;
	int i;

	if (bench_is_counted)
		return;
	for (i = 0; i < 8; i++) {
		random = random * 1103515245U + 12345U;
		block = &held[random >> 9 & 127];
		free(*block);
		*block = malloc((random >> 16 & 127) * 16 + 8);
	}
}
