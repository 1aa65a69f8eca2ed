/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A daemon that starts with one conversation and sets another later, and one
 * that changes the application's pointer in what pam_get_item gave.
 *
 * Home: linux-pam openpam apple illumos
 * Also: c++
 */
#include <security/pam_appl.h>
#include <stddef.h>

int second_phase(pam_handle_t *, void *);

static int
converse(int n, const struct pam_message **msg, struct pam_response **resp,
    void *data)
{
	(void)n;
	(void)msg;
	(void)data;
	*resp = NULL;
	return (PAM_CONV_ERR);
}

int
second_phase(pam_handle_t *pamh, void *data)
{
	struct pam_conv conv;
	const struct pam_conv *old = NULL;
	int error;

	error = pam_get_item(pamh, PAM_CONV, (const void **)&old);
	if (error != PAM_SUCCESS)
		return (error);
	conv = *old;
	conv.conv = converse;
	conv.appdata_ptr = data;
	return (pam_set_item(pamh, PAM_CONV, (const void *)&conv));
}
