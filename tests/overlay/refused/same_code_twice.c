/* SPDX-License-Identifier: BSD-2-Clause */
/* A switch with a code twice, to know that one with all codes is a test. */
#include <security/pam_appl.h>

int code(int);

int
code(int error)
{
	switch (error) {
	case PAM_AUTHTOK_RECOVERY_ERR:
	case PAM_AUTHTOK_RECOVER_ERR:
		return (1);
	default:
		return (0);
	}
}
