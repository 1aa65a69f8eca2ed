/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which code a call gives (contract rule 24).  Daemons act upon unusual codes,
 * so whatever has a name passes; what has none becomes the generic failure of
 * the call, and in strict mode so does what the manuals do not name for it.
 */
#include <config.h>

#include "lib/internal.h"

/* What every call may return. */
static const int common[] = {
	PAM_SUCCESS, PAM_OPEN_ERR, PAM_SYMBOL_ERR, PAM_SERVICE_ERR,
	PAM_SYSTEM_ERR, PAM_BUF_ERR, PAM_CONV_ERR, PAM_PERM_DENIED, PAM_ABORT,
	PAM_MODULE_UNKNOWN,	/* L and O */
	PAM_INCOMPLETE,		/* L */
	PAM_BAD_CONSTANT	/* O */
};

bool
pamport__code_is_common(int code)
{
	size_t i;

	for (i = 0; i < sizeof(common) / sizeof(common[0]); i++)
		if (common[i] == code)
			return true;
	return false;
}

static bool
is_usual(const struct pamport__call *call, int code)
{
	size_t i;

	if (pamport__code_is_common(code))
		return true;
	/* The list ends with zeroes, and PAM_SUCCESS is common. */
	for (i = 0; i < PAMPORT__CALL_CODES && call->code[i] != 0; i++)
		if (call->code[i] == code)
			return true;
	return false;
}

int
pamport__portable_result(struct pamport__state *state,
    const struct pamport__call *call, int native)
{
	state->native_code = native;
	if (native == PAM_SUCCESS)
		return native;
	if (!pamport__code_is_native(native)) {
		pamport__note(state, PAMPORT__NOTE_NAMELESS_CODE);
		return call->failure;
	}
	if (!is_usual(call, native)) {
		pamport__note(state, PAMPORT__NOTE_UNUSUAL_CODE);
		if (state->strict)
			return call->failure;
	}
	return native;
}

int
pamport_native_code(const pam_handle_t *pamh)
{
	const struct pamport__state *state;

	state = pamh == NULL ? NULL : pamport__state_of(pamh);
	return state == NULL ? -1 : state->native_code;
}
