/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The six calls that run modules: what flags may be given (contract rules 20
 * to 22), what a handle remembers of them (31, 32), and which codes come back
 * (24).
 */
#include <config.h>

#include <unistd.h>

#include "lib/internal.h"
#include "compat/compat.h"
#include "platform/configured.h"

static const struct pamport__call authenticate = {
	"pam_authenticate", pam_authenticate, PAM_AUTH_ERR, {
	    PAM_AUTH_ERR, PAM_CRED_INSUFFICIENT, PAM_AUTHINFO_UNAVAIL,
	    PAM_USER_UNKNOWN, PAM_MAXTRIES,
	    /* seen in the field, and acted upon by daemons */
	    PAM_NEW_AUTHTOK_REQD, PAM_ACCT_EXPIRED }
};

static const struct pamport__call acct_mgmt = {
	"pam_acct_mgmt", pam_acct_mgmt, PAM_PERM_DENIED, {
	    PAM_ACCT_EXPIRED, PAM_AUTH_ERR, PAM_NEW_AUTHTOK_REQD,
	    PAM_USER_UNKNOWN,
	    /* seen in the field */
	    PAM_AUTHTOK_EXPIRED, PAM_CRED_EXPIRED }
};

static const struct pamport__call setcred = {
	"pam_setcred", pam_setcred, PAM_CRED_ERR, {
	    PAM_CRED_UNAVAIL, PAM_CRED_EXPIRED, PAM_CRED_ERR,
	    PAM_USER_UNKNOWN }
};

static const struct pamport__call open_session = {
	"pam_open_session", pam_open_session, PAM_SESSION_ERR,
	{ PAM_SESSION_ERR }
};

static const struct pamport__call close_session = {
	"pam_close_session", pam_close_session, PAM_SESSION_ERR,
	{ PAM_SESSION_ERR }
};

static const struct pamport__call chauthtok = {
	"pam_chauthtok", pam_chauthtok, PAM_AUTHTOK_ERR, {
	    PAM_AUTHTOK_ERR, PAM_AUTHTOK_RECOVERY_ERR, PAM_AUTHTOK_LOCK_BUSY,
	    PAM_AUTHTOK_DISABLE_AGING, PAM_TRY_AGAIN, PAM_USER_UNKNOWN }
};

const struct pamport__call *const pamport__calls[PAMPORT__CALLS] = {
	&authenticate, &acct_mgmt, &setcred, &open_session, &close_session,
	&chauthtok
};

/* The native call, and all that is the same for the six. */
static int
run(const struct pamport__call *call, pam_handle_t *pamh, int flags)
{
	struct pamport__state *state;
	int native, result;

	state = pamport__enter(pamh);
	native = call->native(pamh, flags & ~PAMPORT_PRIVATE_FLAGS);
	pamport__leave(state);
	if (state == NULL)
		return native;
	result = pamport__portable_result(state, call, native);
	pamport__trace_call(state, call, flags, native, result);
	return result;
}

/* A call that the contract refuses, before any module sees it. */
static int
refuse(struct pamport__state *state, const struct pamport__call *call,
    int flags, int result)
{
	if (state != NULL)
		pamport__trace_refusal(state, call, flags, result);
	return result;
}

/* --- Authentication and account --------------------------------------------- */

/*
 * Rule 23: S grants what no module was configured to decide [a11, k36].
 */
static int
run_if_configured(const struct pamport__call *call, pam_handle_t *pamh,
    int flags, const char *facility)
{
	struct pamport__state *state;
	const char *service = NULL;

	(void)pamport_get_item(pamh, PAM_SERVICE, &service);
	switch (pamport__configured(service, facility)) {
	case PAMPORT__NOT_CONFIGURED:
		state = pamport__state_of(pamh);
		pamport__note(state, PAMPORT__NOTE_NOT_CONFIGURED);
		return refuse(state, call, flags, PAM_SYSTEM_ERR);
	case PAMPORT__CONFIGURATION_FAILED:
		/* The native library may read it, and find nothing there. */
		return refuse(pamport__state_of(pamh), call, flags,
		    PAM_SYSTEM_ERR);
	case PAMPORT__CONFIGURATION_UNREADABLE:
		state = pamport__state_of(pamh);
		pamport__note(state, PAMPORT__NOTE_UNREADABLE);
		break;
	case PAMPORT__CONFIGURED:
		break;
	}
	return run(call, pamh, flags);
}

int
pamport_authenticate(pam_handle_t *pamh, int flags)
{
	int result;

	if (pamh == NULL)
		return PAM_SYSTEM_ERR;
	result = run_if_configured(&authenticate, pamh, flags, "auth");
	pamport__after_authenticate(pamh, result);
	return result;
}

int
pamport_acct_mgmt(pam_handle_t *pamh, int flags)
{
	if (pamh == NULL)
		return PAM_SYSTEM_ERR;
	return run_if_configured(&acct_mgmt, pamh, flags, "account");
}

/* --- Credentials -------------------------------------------------------------- */

static int
count_bits(unsigned int bits)
{
	int n = 0;

	for (; bits != 0; bits &= bits - 1)
		n++;
	return n;
}

int
pamport_setcred(pam_handle_t *pamh, int flags)
{
	static const unsigned int actions = PAM_ESTABLISH_CRED |
	    PAM_DELETE_CRED | PAM_REINITIALIZE_CRED | PAM_REFRESH_CRED;
	struct pamport__state *state;
	int n;

	if (pamh == NULL)
		return PAM_SYSTEM_ERR;
	state = pamport__state_of(pamh);
	n = count_bits((unsigned int)flags & actions);
	if (n > 1) {
		pamport__note(state, PAMPORT__NOTE_TWO_ACTIONS);
		return refuse(state, &setcred, flags, PAM_BAD_CONSTANT);
	}
	if (n == 0) {
		/* L turns none into establish; modules of O and S get 0 [c08]. */
		pamport__note(state, PAMPORT__NOTE_NO_ACTION);
		flags |= (int)PAM_ESTABLISH_CRED;
	}
	return run(&setcred, pamh, flags);
}

/* --- The session ---------------------------------------------------------------- */

/*
 * What open and close have in common before the native call: PAM_SUCCESS, with
 * the flags for the modules, or the code of a refusal.
 */
static int
check_session(struct pamport__state *state, int *flags)
{
	int allowed = (int)PAM_SILENT;

	if ((*flags & ~(allowed | PAMPORT_CLOSE_FOREIGN)) != 0) {
		pamport__note(state, PAMPORT__NOTE_SESSION_FLAGS);
		if (pamport__is_strict(state))
			return PAM_BAD_CONSTANT;
	}
	*flags &= allowed;
	if (geteuid() != 0) {
		pamport__note(state, PAMPORT__NOTE_NOT_ROOT);
		if (pamport__is_strict(state))
			return PAM_PERM_DENIED;
	}
	return PAM_SUCCESS;
}

int
pamport_open_session(pam_handle_t *pamh, int flags)
{
	struct pamport__state *state;
	int given = flags, result;

	if (pamh == NULL)
		return PAM_SYSTEM_ERR;
	state = pamport__state_of(pamh);
	result = check_session(state, &flags);
	if (result == PAM_SUCCESS && state != NULL && state->is_open) {
		pamport__note(state, PAMPORT__NOTE_OPEN_TWICE);
		if (state->strict)
			result = PAM_SESSION_ERR;
	}
	if (result != PAM_SUCCESS)
		return refuse(state, &open_session, given, result);
	result = run(&open_session, pamh, flags);
	if (state != NULL && result == PAM_SUCCESS)
		state->is_open = true;
	return result;
}

int
pamport_close_session(pam_handle_t *pamh, int flags)
{
	struct pamport__state *state;
	int given = flags, result;

	if (pamh == NULL)
		return PAM_SYSTEM_ERR;
	state = pamport__state_of(pamh);
	result = check_session(state, &flags);
	if (result == PAM_SUCCESS && state != NULL && !state->is_open &&
	    (given & PAMPORT_CLOSE_FOREIGN) == 0) {
		pamport__note(state, PAMPORT__NOTE_NOT_OPEN);
		if (state->strict)
			result = PAM_SESSION_ERR;
	}
	if (result != PAM_SUCCESS)
		return refuse(state, &close_session, given, result);
	result = run(&close_session, pamh, flags);
	/* A failed close is over, too: no module of it is to be closed twice. */
	if (state != NULL)
		state->is_open = false;
	return result;
}

/* --- The password ----------------------------------------------------------------- */

int
pamport_chauthtok(pam_handle_t *pamh, int flags)
{
	static const unsigned int passes = PAM_PRELIM_CHECK |
	    PAM_UPDATE_AUTHTOK;
	struct pamport__state *state;

	if (pamh == NULL)
		return PAM_SYSTEM_ERR;
	if (((unsigned int)flags & passes) != 0) {
		state = pamport__state_of(pamh);
		pamport__note(state, PAMPORT__NOTE_PASSES);
		return refuse(state, &chauthtok, flags, PAM_BAD_CONSTANT);
	}
	return run(&chauthtok, pamh, flags);
}
