/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * <security/openpam.h> before <security/pam_appl.h>.  Natively it does not
 * compile without <security/pam_types.h> before it; the overlay's has to.
 *
 * Home: none
 * Also: c++
 * Needs: security/openpam.h
 */
#include <sys/types.h>
#include <security/openpam.h>
#include <security/pam_appl.h>
#include <stddef.h>

int set_conv(pam_handle_t *);

int
set_conv(pam_handle_t *pamh)
{
	static const struct pam_conv conv = { openpam_nullconv, NULL };
	const void *item = NULL;

	if (pam_set_item(pamh, PAM_CONV, &conv) != PAM_SUCCESS)
		return (PAM_CONV_ERR);
	return (pam_get_item(pamh, PAM_USER, &item));
}
