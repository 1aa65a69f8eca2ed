/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Macros that programs have of their own, before and after the header.
 *
 * Home: linux-pam openpam apple illumos
 * Also: c++
 */
#define PAM_CONST const
#define pam_const const
#define PAM_SERVICE_NAME "own"
#define PAM_MSG_MEMBER(msg, n, member) ((msg)[n]->member)

#include <security/pam_appl.h>
#include <stdio.h>

#define PAM_MSG_GET(msg, n) ((msg)[n])
#define PAM_CONV_FUNC converse
#define PAM_STRERROR(pamh, code) pam_strerror((pamh), (code))
#define PAM_END(pamh, code) pam_end((pamh), (code))
#define PAM_SET_ITEM(item, value) \
	if (error == PAM_SUCCESS) \
		error = pam_set_item(pamh, (item), (value))
#define PAM_NO_DELAY 0
#define PAM_FAIL_CHECK \
	if (error != PAM_SUCCESS) { \
		(void)fprintf(stderr, "%s\n", PAM_STRERROR(pamh, error)); \
		(void)PAM_END(pamh, error); \
		return (error); \
	}

#ifndef PAM_DATA_SILENT
#define PAM_DATA_SILENT 0
#endif

int check(pam_handle_t *, PAM_CONST char *);
int PAM_CONV_FUNC(int, pam_const struct pam_message **, struct pam_response **,
    void *);

int
PAM_CONV_FUNC(int n, pam_const struct pam_message **msg,
    struct pam_response **resp, void *data)
{
	(void)data;
	*resp = NULL;
	return (PAM_MSG_GET(msg, n - 1)->msg_style ==
	    PAM_MSG_MEMBER(msg, 0, msg_style) ? PAM_SUCCESS : PAM_CONV_ERR);
}

int
check(pam_handle_t *pamh, PAM_CONST char *tty)
{
	struct pam_conv conv = { PAM_CONV_FUNC, NULL };
	int error;

	error = pam_start(PAM_SERVICE_NAME, NULL, &conv, &pamh);
	PAM_FAIL_CHECK;
	PAM_SET_ITEM(PAM_TTY, tty);
	PAM_FAIL_CHECK;
	error = pam_authenticate(pamh, PAM_NO_DELAY);
	PAM_FAIL_CHECK;
	return (PAM_END(pamh, error | PAM_DATA_SILENT));
}
