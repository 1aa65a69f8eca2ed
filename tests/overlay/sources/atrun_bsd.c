/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A daemon of the BSDs that never converses, with openpam_nullconv, the timeout
 * of the other conversation, a feature and a variable set.
 *
 * Home: openpam
 * Also: c++
 * Needs: security/openpam.h
 */
#include <sys/types.h>
#include <security/pam_appl.h>
#include <security/openpam.h>

int run_job(const char *);

static struct pam_conv pamc = {
	openpam_nullconv,
	NULL
};

int
run_job(const char *user)
{
	pam_handle_t *pamh = NULL;
	int error;

	openpam_ttyconv_timeout = 10;
	(void)openpam_set_feature(OPENPAM_RESTRICT_SERVICE_NAME, 1);
	error = pam_start("atrun", user, &pamc, &pamh);
	if (error == PAM_SUCCESS)
		error = pam_setenv(pamh, "HOME", "/", 1);
	if (error == PAM_SUCCESS)
		error = pam_acct_mgmt(pamh, PAM_SILENT);
	return (pam_end(pamh, error));
}
