/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A function-like macro with the name of a PAM function.
 *
 * Home: linux-pam openpam apple solaris illumos
 * Also: c++
 */
#include <security/pam_appl.h>

#define pam_chauthtok(a, b) \
	(pam_acct_mgmt((a), 0) == PAM_NEW_AUTHTOK_REQD ? \
	    pam_chauthtok((a), (b)) : PAM_SUCCESS)

int change(pam_handle_t *);

int
change(pam_handle_t *pamh)
{
	return (pam_chauthtok(pamh, 0));
}
