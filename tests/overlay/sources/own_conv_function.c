/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A conversation function that is itself called pam_conv, beside a structure of
 * that name.
 *
 * Home: linux-pam openpam apple illumos
 * Also: c++
 */
#include <security/pam_appl.h>
#include <stddef.h>

int pam_conv(int, const struct pam_message **, struct pam_response **, void *);
int start_it(pam_handle_t **);

int
pam_conv(int n, const struct pam_message **msg, struct pam_response **resp,
    void *data)
{
	(void)msg;
	(void)data;
	*resp = NULL;
	return (n < 1 ? PAM_SUCCESS : PAM_CONV_ERR);
}

int
start_it(pam_handle_t **pamh)
{
	struct pam_conv conversation = { pam_conv, NULL };

	conversation.conv = &pam_conv;
	conversation.appdata_ptr = pamh;
	return (pam_start("own", NULL, &conversation, pamh));
}
