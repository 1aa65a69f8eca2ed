/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The functions by their address, in a table and through &, and in parentheses.
 *
 * Home: linux-pam openpam apple solaris illumos
 * Also: c++
 */
#include <security/pam_appl.h>

typedef int (*step)(pam_handle_t *, int);

int all_steps(pam_handle_t *);
extern const step steps[];

const step steps[] = {
	pam_authenticate,
	&pam_acct_mgmt,
	pam_setcred,
	pam_open_session,
	&pam_close_session,
	pam_chauthtok,
	pam_end
};

int
all_steps(pam_handle_t *pamh)
{
	int (*put)(pam_handle_t *, const char *) = pam_putenv;
	char **(*list)(pam_handle_t *) = pam_getenvlist;

	if ((put)(pamh, "A=b") == PAM_SUCCESS && list(pamh) != 0)
		return ((pam_authenticate)(pamh, 0));
	return (steps[0](pamh, 0));
}
