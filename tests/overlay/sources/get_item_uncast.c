/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A third argument of the item's own type, without a cast: natively a warning,
 * or an error with a compiler of today.
 *
 * Home: none
 * Also: c++
 */
#include <security/pam_appl.h>
#include <stddef.h>

int read_items(pam_handle_t *);

int
read_items(pam_handle_t *pamh)
{
	char *user = NULL;
	const char *tty = NULL;
	struct pam_conv *conv = NULL;
	void *data = &user;
	int error;

	error = pam_get_item(pamh, PAM_USER, &user);
	if (error == PAM_SUCCESS)
		error = pam_get_item(pamh, PAM_TTY, &tty);
	if (error == PAM_SUCCESS)
		error = pam_get_item(pamh, PAM_CONV, &conv);
	if (error == PAM_SUCCESS)
		error = pam_get_item(pamh, PAM_USER, data);
	return (error);
}
