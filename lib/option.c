/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Options of a handle.
 */
#include <config.h>

#include "lib/internal.h"

int
pamport_set_option(pam_handle_t *pamh, enum pamport_option option, int value)
{
	struct pamport__state *state;

	state = pamh == NULL ? NULL : pamport__state_of(pamh);
	if (state == NULL)
		return PAM_SYSTEM_ERR;
	if (option != PAMPORT_OPTION_STRICT || (value != 0 && value != 1))
		return PAM_BAD_ITEM;
	state->strict = value == 1;
	return PAM_SUCCESS;
}
