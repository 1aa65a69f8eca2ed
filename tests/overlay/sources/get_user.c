/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The second argument of pam_get_user in both dialects, and cast.
 *
 * Home: none
 * Also: c++
 */
#include <security/pam_appl.h>
#include <stddef.h>

int read_user(pam_handle_t *);

int
read_user(pam_handle_t *pamh)
{
	const char *user = NULL;
	char *name = NULL;
	const void *item = NULL;
	int error;

	error = pam_get_user(pamh, &user, NULL);
	if (error == PAM_SUCCESS)
		error = pam_get_user(pamh, &name, "login: ");
	if (error == PAM_SUCCESS)
		error = pam_get_user(pamh, (char **)&item, NULL);
	if (error == PAM_SUCCESS)
		error = pam_get_user(pamh, (const char **)&item, NULL);
	return (error);
}
