/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A su of Linux: the conversation is misc_conv.
 *
 * Home: linux-pam
 * Also: c++
 * Needs: security/pam_misc.h
 */
#include <security/pam_appl.h>
#include <security/pam_misc.h>
#include <stdio.h>
#include <stdlib.h>

static struct pam_conv conv = {
	misc_conv,
	NULL
};

int
main(int argc, char **argv)
{
	pam_handle_t *pamh = NULL;
	const void *tty = NULL;
	int rc;

	rc = pam_start("su", argc > 1 ? argv[1] : "root", &conv, &pamh);
	if (rc != PAM_SUCCESS)
		return (EXIT_FAILURE);
#ifdef HAVE_PAM_FAIL_DELAY
	(void)pam_fail_delay(pamh, 1000000);
#endif
	(void)pam_misc_setenv(pamh, "SHELL", "/bin/sh", 0);
	rc = pam_authenticate(pamh, 0);
	if (rc == PAM_SUCCESS)
		rc = pam_get_item(pamh, PAM_TTY, &tty);
	if (rc == PAM_SUCCESS)
		rc = pam_setcred(pamh, PAM_ESTABLISH_CRED);
	if (rc == PAM_SUCCESS)
		rc = pam_open_session(pamh, 0);
	if (rc != PAM_SUCCESS)
		(void)fprintf(stderr, "su: %s\n", pam_strerror(pamh, rc));
	else
		rc = pam_close_session(pamh, PAM_SILENT);
	return (pam_end(pamh, rc | PAM_DATA_SILENT));
}
