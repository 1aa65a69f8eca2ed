/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A su of the BSDs: the conversation is the one of <security/openpam.h>.
 *
 * Home: openpam apple
 * Also: c++
 * Needs: security/openpam.h
 */
#include <sys/types.h>
#include <security/pam_appl.h>
#include <security/openpam.h>
#include <stdio.h>
#include <string.h>

static pam_handle_t *pamh;

static void
export_environment(void)
{
	char **environment = pam_getenvlist(pamh);

	for (; environment != NULL && *environment != NULL; environment++)
		(void)puts(*environment);
}

int
main(int argc, char **argv)
{
	static const struct pam_conv conv = { openpam_ttyconv, NULL };
	const char *user = argc > 1 ? argv[1] : "root";
	int retcode;

	retcode = pam_start("su", user, &conv, &pamh);
	if (retcode != PAM_SUCCESS) {
		(void)fprintf(stderr, "pam_start: %s\n",
		    pam_strerror(pamh, retcode));
		return (1);
	}
	(void)pam_set_item(pamh, PAM_RUSER, "nobody");
	retcode = pam_authenticate(pamh, 0);
	if (retcode == PAM_SUCCESS)
		retcode = pam_get_item(pamh, PAM_USER, (const void **)&user);
	if (retcode == PAM_SUCCESS)
		retcode = pam_acct_mgmt(pamh, 0);
	if (retcode == PAM_SUCCESS)
		retcode = pam_setcred(pamh, PAM_ESTABLISH_CRED);
	if (retcode == PAM_SUCCESS)
		retcode = pam_open_session(pamh, 0);
	export_environment();
	(void)pam_close_session(pamh, 0);
	(void)pam_setcred(pamh, PAM_DELETE_CRED);
	return (pam_end(pamh, retcode));
}
