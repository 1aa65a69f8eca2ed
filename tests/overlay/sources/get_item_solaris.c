/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The third argument of pam_get_item in the dialect without const.
 *
 * Home: solaris
 * Also: c++
 */
#include <security/pam_appl.h>
#include <stddef.h>

int read_items(pam_handle_t *);

int
read_items(pam_handle_t *pamh)
{
	void *item = NULL;
	char *user = NULL;
	struct pam_conv *conv = NULL;
	struct pam_repository *repository = NULL;
	int error;

	error = pam_get_item(pamh, PAM_USER, &item);
	if (error == PAM_SUCCESS)
		error = pam_get_item(pamh, PAM_USER, (void **)&user);
	if (error == PAM_SUCCESS)
		error = pam_get_item(pamh, PAM_CONV, (void **)&conv);
	if (error == PAM_SUCCESS)
		error = pam_get_item(pamh, PAM_REPOSITORY,
		    (void **)&repository);
	return (error);
}
