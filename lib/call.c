/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The six calls that run modules.
 */
#include <config.h>

#include "lib/internal.h"
#include "compat/compat.h"

static int
run(int (*native)(pam_handle_t *, int), pam_handle_t *pamh, int flags)
{
	struct pamport__state *state;
	int result;

	if (pamh == NULL)
		return PAM_SYSTEM_ERR;
	state = pamport__enter(pamh);
	result = native(pamh, flags & ~PAMPORT_PRIVATE_FLAGS);
	pamport__leave(state);
	return result;
}

int
pamport_authenticate(pam_handle_t *pamh, int flags)
{
	int result = run(pam_authenticate, pamh, flags);

	pamport__after_authenticate(pamh, result);
	return result;
}

int
pamport_acct_mgmt(pam_handle_t *pamh, int flags)
{
	return run(pam_acct_mgmt, pamh, flags);
}

int
pamport_setcred(pam_handle_t *pamh, int flags)
{
	return run(pam_setcred, pamh, flags);
}

int
pamport_open_session(pam_handle_t *pamh, int flags)
{
	return run(pam_open_session, pamh, flags);
}

int
pamport_close_session(pam_handle_t *pamh, int flags)
{
	return run(pam_close_session, pamh, flags);
}

int
pamport_chauthtok(pam_handle_t *pamh, int flags)
{
	return run(pam_chauthtok, pamh, flags);
}
