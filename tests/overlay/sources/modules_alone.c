/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * <security/pam_modules.h> without <security/pam_appl.h>.
 *
 * Home: linux-pam
 * Also: c++
 */
#include <security/pam_modules.h>
#include <stddef.h>

int user_of(pam_handle_t *, const char **);

int
user_of(pam_handle_t *pamh, const char **user)
{
	const void *item = NULL;

	if (pam_get_item(pamh, PAM_USER, &item) == PAM_SUCCESS && item != NULL)
		return (pam_set_data(pamh, "own", NULL, NULL));
	return (pam_get_user(pamh, user, NULL));
}
