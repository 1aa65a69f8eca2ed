/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Each function of the interface once.
 *
 * Home: linux-pam openpam apple illumos
 * Also: c++
 */
#include <security/pam_appl.h>
#include <stdio.h>
#include <stdlib.h>

int everything(const struct pam_conv *);

int
everything(const struct pam_conv *conv)
{
	pam_handle_t *pamh = NULL;
	const void *item = NULL;
	char **list;
	int error;

	error = pam_start("own", "nobody", conv, &pamh);
	if (error == PAM_SUCCESS)
		error = pam_set_item(pamh, PAM_RHOST, "localhost");
	if (error == PAM_SUCCESS)
		error = pam_get_item(pamh, PAM_RHOST, &item);
	if (error == PAM_SUCCESS)
		error = pam_authenticate(pamh, PAM_DISALLOW_NULL_AUTHTOK);
	if (error == PAM_SUCCESS)
		error = pam_acct_mgmt(pamh, 0);
	if (error == PAM_SUCCESS)
		error = pam_chauthtok(pamh, PAM_CHANGE_EXPIRED_AUTHTOK);
	if (error == PAM_SUCCESS)
		error = pam_setcred(pamh, PAM_ESTABLISH_CRED);
	if (error == PAM_SUCCESS)
		error = pam_open_session(pamh, 0);
	if (error == PAM_SUCCESS)
		error = pam_putenv(pamh, "LANG=C");
	if (error != PAM_SUCCESS)
		(void)printf("%s\n", pam_strerror(pamh, error));
	(void)printf("%s\n", pam_getenv(pamh, "LANG"));
	list = pam_getenvlist(pamh);
	free(list);
	(void)pam_close_session(pamh, 0);
	(void)pam_setcred(pamh, PAM_DELETE_CRED);
	return (pam_end(pamh, error));
}
