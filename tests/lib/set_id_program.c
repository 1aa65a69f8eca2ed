/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What set_id_test runs set-id: says of each variable whether it does something
 * here, one line each.
 */
#include <config.h>

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lib/internal.h"
#include <pamport/record.h>

static void
say(const char *variable, bool is_heeded)
{
	(void)printf("%s %s\n", variable, is_heeded ? "heeded" : "ignored");
}

static int
answer_nothing(int n, const struct pam_message **messages,
    struct pam_response **answers, void *data)
{
	(void)n;
	(void)messages;
	(void)answers;
	(void)data;
	return PAM_CONV_ERR;
}

/* Only what the caller's configuration says would grant this. */
static bool
is_granted(void)
{
	const struct pam_conv conv = { answer_nothing, NULL };
	pam_handle_t *pamh;
	bool is_granted;

	if (pamport_start("set-id", "root", &conv, &pamh) != PAM_SUCCESS)
		return false;
	/* The native one: ours looks first what the system's files say. */
	is_granted = pam_authenticate(pamh, 0) == PAM_SUCCESS;
	(void)pamport_end(pamh, PAM_SUCCESS);
	return is_granted;
}

int
main(void)
{
	struct pamport__state *state = pamport__state_new(NULL);

	if (state == NULL)
		return 1;
	(void)printf("%s\n", geteuid() != getuid() ? "set-id" : "plain");
	say("PAMPORT_STRICT", state->strict);
	say("PAMPORT_TRACE", state->trace_descriptor != -1);
	say("PAMPORT_RECORDS", strcmp(pamport_record_directory(),
	    PAMPORT_RECORD_DIR) != 0);
	pamport__state_free(state);
	say("PAMSIM", is_granted());
	return 0;
}
