/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Old names of codes and flags.
 *
 * Home: none
 * Also: c++
 */
#include <security/pam_appl.h>

int old_flag(int);
int old_code(int);

int
old_flag(int which)
{
	switch (which) {
	case 0:
		return ((int)PAM_CRED_ESTABLISH);
	case 1:
		return ((int)PAM_CRED_DELETE);
	case 2:
		return ((int)PAM_CRED_REINITIALIZE);
	default:
		return ((int)PAM_CRED_REFRESH);
	}
}

int
old_code(int code)
{
	switch (code) {
	case PAM_AUTHTOK_RECOVER_ERR:
	case PAM_AUTHTOKEN_REQD:
		return (1);
	default:
		return (0);
	}
}
