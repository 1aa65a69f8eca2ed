/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The flags of each call differ from one another, and each is an int.
 *
 * Home: none
 * Also: c++
 */
#include <security/pam_appl.h>

int setcred_flag(int);
int authenticate_flag(int);
int chauthtok_flag(int);
int status_bit(int);

int
setcred_flag(int flag)
{
	switch (flag) {
	case (int)PAM_SILENT:
	case (int)PAM_ESTABLISH_CRED:
	case (int)PAM_DELETE_CRED:
	case (int)PAM_REINITIALIZE_CRED:
	case (int)PAM_REFRESH_CRED:
		return (1);
	default:
		return (0);
	}
}

int
authenticate_flag(int flag)
{
	switch (flag) {
	case (int)PAM_SILENT:
	case (int)PAM_DISALLOW_NULL_AUTHTOK:
		return (1);
	default:
		return (0);
	}
}

int
chauthtok_flag(int flag)
{
	switch (flag) {
	case (int)PAM_SILENT:
	case (int)PAM_CHANGE_EXPIRED_AUTHTOK:
	case (int)PAM_NO_AUTHTOK_CHECK:
	case (int)PAM_PRELIM_CHECK:
	case (int)PAM_UPDATE_AUTHTOK:
		return (1);
	default:
		return (0);
	}
}

int
status_bit(int bit)
{
	switch (bit) {
	case (int)PAM_DATA_SILENT:
	case (int)PAM_DATA_REPLACE:
		return (1);
	default:
		return (0);
	}
}
