/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * <security/pam_modules.h>, which reads openpam.h on OpenPAM, before the
 * program includes openpam.h itself.
 *
 * Home: openpam apple
 * Also: c++
 * Needs: security/openpam.h
 */
#include <sys/types.h>
#include <security/pam_appl.h>
#include <security/pam_modules.h>
#include <security/openpam.h>
#include <stddef.h>

int start_it(pam_handle_t **);

int
start_it(pam_handle_t **pamh)
{
	static const struct pam_conv conv[] = {
		{ openpam_ttyconv, NULL },
		{ openpam_nullconv, NULL }
	};

	if (pam_start("own", NULL, &conv[0], pamh) == PAM_SUCCESS)
		return (pam_info(*pamh, "%s", "hello"));
	return (pam_start("own", NULL, &conv[1], pamh));
}
