/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The example of pamport-sim(7): a small daemon, as inetd(8) starts it, that
 * works on Linux and not on Solaris.  Its mistake is in converse, and the first
 * #include is the cure.
 */
#include <security/pam_appl.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char user[64], password[64];

/* As many have it: msg[i] is message i.  On Solaris there is no msg[1]. */
static int
converse(int n, const struct pam_message **msg, struct pam_response **resp,
    void *data)
{
	struct pam_response *answer = calloc((size_t)n, sizeof(*answer));
	int i;

	(void)data;
	for (i = 0; answer != NULL && i < n; i++) {
		switch (msg[i]->msg_style) {
		case PAM_PROMPT_ECHO_OFF:
			answer[i].resp = strdup(password);
			break;
		case PAM_PROMPT_ECHO_ON:
			answer[i].resp = strdup(user);
			break;
		case PAM_ERROR_MSG:
		case PAM_TEXT_INFO:
			break;
		default:
			free(answer);
			return PAM_CONV_ERR;
		}
	}
	*resp = answer;
	return answer != NULL ? PAM_SUCCESS : PAM_BUF_ERR;
}

static int
may_enter(void)
{
	struct pam_conv conv = { converse, NULL };
	pam_handle_t *pamh = NULL;
	int result;

	result = pam_start("pop3d", user, &conv, &pamh);
	if (result != PAM_SUCCESS)
		return 0;
	result = pam_authenticate(pamh, PAM_SILENT);
	if (result == PAM_SUCCESS)
		result = pam_acct_mgmt(pamh, PAM_SILENT);
	(void)pam_end(pamh, result);
	return result == PAM_SUCCESS;
}

int
main(void)
{
	char line[256];

	while (fgets(line, sizeof(line), stdin) != NULL) {
		if (sscanf(line, "USER %63s", user) == 1)
			(void)printf("+OK\n");
		else if (sscanf(line, "PASS %63s", password) != 1)
			break;
		else if (may_enter())
			(void)printf("+OK %s is in\n", user);
		else
			(void)printf("-ERR %s\n", user);
		(void)fflush(stdout);
	}
	return 0;
}
