/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A source of the Solaris dialect frees what pam_getenv gives, and says so by
 * the macro that illumos has for it.
 *
 * Home: solaris
 * Also: c++
 * Flags: -D_PAM_LEGACY_NONCONST
 */
#include <security/pam_appl.h>
#include <stdlib.h>

int set_zone(pam_handle_t *);

int
set_zone(pam_handle_t *pamh)
{
	char *zone = pam_getenv(pamh, "TZ");
	int known = zone != NULL;

	free(zone);
	return (known);
}
