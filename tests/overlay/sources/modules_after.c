/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * An application that includes <security/pam_modules.h> too, after
 * <security/pam_appl.h>.
 *
 * Home: linux-pam openpam apple illumos
 * Also: c++
 */
#include <security/pam_appl.h>
#include <security/pam_modules.h>
#include <stddef.h>

int data_of(pam_handle_t *, const void **);

int
data_of(pam_handle_t *pamh, const void **data)
{
	const char *user = NULL;
	int flags = PAM_PRELIM_CHECK | PAM_UPDATE_AUTHTOK;

	if (pam_get_user(pamh, &user, NULL) != PAM_SUCCESS ||
	    pam_set_item(pamh, PAM_TTY, user) != PAM_SUCCESS ||
	    pam_get_item(pamh, PAM_TTY, data) != PAM_SUCCESS ||
	    pam_putenv(pamh, "A=b") != PAM_SUCCESS ||
	    pam_getenv(pamh, "A") == NULL ||
	    pam_strerror(pamh, PAM_SUCCESS) == NULL ||
	    pam_getenvlist(pamh) == NULL)
		return (PAM_SYSTEM_ERR);
	return (flags == 0 ? PAM_SUCCESS : pam_get_data(pamh, "own", data));
}
