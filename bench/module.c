/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A module that grants everything and does nothing, so that what is measured is
 * libpam's and pamport's.  With an argument N, authentication sends N messages
 * in one conversation, the first of them a prompt.
 */
#include <config.h>

#include <stdlib.h>
#include <string.h>
#include <security/pam_appl.h>
#include <security/pam_modules.h>

#ifdef PAMPORT_NATIVE_CONST
#define BENCH_CONST const
#else
#define BENCH_CONST
#endif

#define MOST 32

/* The messages are contiguous too, so both layouts read the same. */
static int
converse(pam_handle_t *pamh, int n)
{
	static char text[] = "A message: ";
	struct pam_message array[MOST];
	BENCH_CONST struct pam_message *list[MOST];
	struct pam_response *answers = NULL;
	BENCH_CONST void *item = NULL;
	BENCH_CONST struct pam_conv *conv;
	int i, result;

	for (i = 0; i < n; i++) {
		array[i].msg_style = i == 0 ? PAM_PROMPT_ECHO_ON :
		    PAM_TEXT_INFO;
		array[i].msg = text;
		list[i] = &array[i];
	}
	result = pam_get_item(pamh, PAM_CONV, &item);
	if (result != PAM_SUCCESS || item == NULL)
		return PAM_CONV_ERR;
	conv = item;
	result = conv->conv(n, list, &answers, conv->appdata_ptr);
	if (result != PAM_SUCCESS || answers == NULL)
		return PAM_CONV_ERR;
	free(answers[0].resp);
	free(answers);
	return PAM_SUCCESS;
}

#define ENTRY(function) \
int \
function(pam_handle_t *pamh, int flags, int argc, const char **argv) \
{ \
	(void)pamh; \
	(void)flags; \
	(void)argc; \
	(void)argv; \
	return PAM_SUCCESS; \
}

int
pam_sm_authenticate(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
	int n = argc < 1 ? 0 : atoi(argv[0]);

	(void)flags;
	if (n < 1 || n > MOST)
		return n == 0 ? PAM_SUCCESS : PAM_SERVICE_ERR;
	return converse(pamh, n);
}

ENTRY(pam_sm_setcred)
ENTRY(pam_sm_acct_mgmt)
ENTRY(pam_sm_open_session)
ENTRY(pam_sm_close_session)
ENTRY(pam_sm_chauthtok)
