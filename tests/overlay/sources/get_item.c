/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The third argument of pam_get_item in the dialect with const.
 *
 * Home: linux-pam openpam apple illumos
 * Also: c++
 */
#include <security/pam_appl.h>
#include <stddef.h>

int read_items(const pam_handle_t *);

int
read_items(const pam_handle_t *pamh)
{
	const void *item = NULL;
	const char *user = NULL;
	char *tty = NULL;
	const struct pam_conv *conv = NULL;
	union {
		const void *pointer;
		const char *string;
	} host;
	int error;

	error = pam_get_item(pamh, PAM_USER, &item);
	if (error == PAM_SUCCESS)
		error = pam_get_item(pamh, PAM_USER, (const void **)&user);
	if (error == PAM_SUCCESS)
		error = pam_get_item(pamh, PAM_TTY, (const void **)(void *)&tty);
	if (error == PAM_SUCCESS)
		error = pam_get_item(pamh, PAM_RHOST, &host.pointer);
	if (error == PAM_SUCCESS)
		error = pam_get_item(pamh, PAM_CONV, (const void **)&conv);
	if (conv != NULL && conv->conv != NULL && conv->appdata_ptr != NULL)
		return (PAM_SUCCESS);
	return (error);
}
