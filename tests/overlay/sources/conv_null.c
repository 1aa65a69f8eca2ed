/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * No conversation: { NULL } in one place, { NULL, NULL } in another, and NULL.
 *
 * Home: linux-pam openpam apple solaris illumos
 * Also: c++
 * Flags: -Wno-missing-field-initializers -Wno-nonnull
 */
#include <security/pam_appl.h>
#include <stddef.h>

int start_all(const char *, pam_handle_t **);

static struct pam_conv short_conv = { NULL };
static const struct pam_conv full_conv = { NULL, NULL };

int
start_all(const char *user, pam_handle_t **pamh)
{
	struct pam_conv local = { 0, 0 };

	if (pam_start("cron", user, NULL, &pamh[0]) != PAM_SUCCESS ||
	    pam_start("cron", user, &short_conv, &pamh[1]) != PAM_SUCCESS ||
	    pam_start("cron", user, &full_conv, &pamh[2]) != PAM_SUCCESS)
		return (PAM_SYSTEM_ERR);
	return (pam_start("cron", user, &local, &pamh[3]));
}
