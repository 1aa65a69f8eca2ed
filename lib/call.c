/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The six calls that run modules: what flags may be given (contract rules 20
 * to 22), what a handle remembers of them (31, 32), and which codes come back
 * (24).
 */
#include <config.h>

#include <unistd.h>

#include "lib/enter.h"
#include "compat/compat.h"
#include "platform/configured.h"

/*
 * What each call asks before a module sees it: PAM_SUCCESS, with the flags for the
 * modules, or the code of a refusal.  state is NULL for a foreign handle.
 */
#define CHECK(name) \
	static int name(struct pamport__state *state, pam_handle_t *pamh, \
	    int *flags)

/* --- Authentication and account --------------------------------------------- */

/* Rule 23: S grants what no module was configured to decide [a11, k36]. */
static int
check_configured(struct pamport__state *state, pam_handle_t *pamh,
    const char *facility)
{
	PAMPORT__NATIVE_CONST void *service = NULL;

	(void)pam_get_item(pamh, PAM_SERVICE, &service);
	switch (pamport__configured(service, facility)) {
	case PAMPORT__NOT_CONFIGURED:
		pamport__note(state, PAMPORT__NOTE_NOT_CONFIGURED);
		return PAM_SYSTEM_ERR;
	case PAMPORT__CONFIGURATION_FAILED:
		/* The native library may read it, and find nothing there. */
		return PAM_SYSTEM_ERR;
	case PAMPORT__CONFIGURATION_UNREADABLE:
		pamport__note(state, PAMPORT__NOTE_UNREADABLE);
		break;
	case PAMPORT__CONFIGURED:
		break;
	}
	return PAM_SUCCESS;
}

CHECK(check_auth)
{
	(void)flags;
	if (!PAMPORT__PLATFORM->grants_unconfigured)
		return PAM_SUCCESS;
	return check_configured(state, pamh, "auth");
}

CHECK(check_account)
{
	(void)flags;
	if (!PAMPORT__PLATFORM->grants_unconfigured)
		return PAM_SUCCESS;
	return check_configured(state, pamh, "account");
}

/* --- Credentials -------------------------------------------------------------- */

CHECK(check_setcred)
{
	static const unsigned int actions = PAM_ESTABLISH_CRED |
	    PAM_DELETE_CRED | PAM_REINITIALIZE_CRED | PAM_REFRESH_CRED;
	unsigned int action = (unsigned int)*flags & actions;

	(void)pamh;
	if ((action & (action - 1)) != 0) {
		pamport__note(state, PAMPORT__NOTE_TWO_ACTIONS);
		return PAM_BAD_CONSTANT;
	}
	if (action == 0) {
		/* L turns none into establish; modules of O and S get 0 [c08]. */
		pamport__note(state, PAMPORT__NOTE_NO_ACTION);
		*flags |= (int)PAM_ESTABLISH_CRED;
	}
	return PAM_SUCCESS;
}

/* --- The session ---------------------------------------------------------------- */

/* What is only said in a trace, and refused in strict mode. */
static int
judge_session(struct pamport__state *state, int flags)
{
	if ((flags & ~((int)PAM_SILENT | PAMPORT_CLOSE_FOREIGN)) != 0) {
		pamport__note(state, PAMPORT__NOTE_SESSION_FLAGS);
		if (state->strict)
			return PAM_BAD_CONSTANT;
	}
	if (geteuid() != 0) {
		pamport__note(state, PAMPORT__NOTE_NOT_ROOT);
		if (state->strict)
			return PAM_PERM_DENIED;
	}
	return PAM_SUCCESS;
}

CHECK(check_open)
{
	int given = *flags, result;

	(void)pamh;
	*flags &= (int)PAM_SILENT;
	if (!pamport__is_judged(state))
		return PAM_SUCCESS;
	result = judge_session(state, given);
	if (result == PAM_SUCCESS && state->is_open) {
		pamport__note(state, PAMPORT__NOTE_OPEN_TWICE);
		if (state->strict)
			result = PAM_SESSION_ERR;
	}
	return result;
}

CHECK(check_close)
{
	int given = *flags, result;

	(void)pamh;
	*flags &= (int)PAM_SILENT;
	if (!pamport__is_judged(state))
		return PAM_SUCCESS;
	result = judge_session(state, given);
	if (result == PAM_SUCCESS && !state->is_open &&
	    (given & PAMPORT_CLOSE_FOREIGN) == 0) {
		pamport__note(state, PAMPORT__NOTE_NOT_OPEN);
		if (state->strict)
			result = PAM_SESSION_ERR;
	}
	return result;
}

/* --- The password ----------------------------------------------------------------- */

CHECK(check_chauthtok)
{
	static const unsigned int passes = PAM_PRELIM_CHECK |
	    PAM_UPDATE_AUTHTOK;

	(void)pamh;
	if (((unsigned int)*flags & passes) != 0) {
		pamport__note(state, PAMPORT__NOTE_PASSES);
		return PAM_BAD_CONSTANT;
	}
	return PAM_SUCCESS;
}

/* --- The calls -------------------------------------------------------------------- */

static const struct pamport__call authenticate = {
	"pam_authenticate", pam_authenticate, check_auth, PAM_AUTH_ERR, {
	    PAM_AUTH_ERR, PAM_CRED_INSUFFICIENT, PAM_AUTHINFO_UNAVAIL,
	    PAM_USER_UNKNOWN, PAM_MAXTRIES,
	    /* seen in the field, and acted upon by daemons */
	    PAM_NEW_AUTHTOK_REQD, PAM_ACCT_EXPIRED }
};

static const struct pamport__call acct_mgmt = {
	"pam_acct_mgmt", pam_acct_mgmt, check_account, PAM_PERM_DENIED, {
	    PAM_ACCT_EXPIRED, PAM_AUTH_ERR, PAM_NEW_AUTHTOK_REQD,
	    PAM_USER_UNKNOWN,
	    /* seen in the field */
	    PAM_AUTHTOK_EXPIRED, PAM_CRED_EXPIRED }
};

static const struct pamport__call setcred = {
	"pam_setcred", pam_setcred, check_setcred, PAM_CRED_ERR, {
	    PAM_CRED_UNAVAIL, PAM_CRED_EXPIRED, PAM_CRED_ERR,
	    PAM_USER_UNKNOWN }
};

static const struct pamport__call open_session = {
	"pam_open_session", pam_open_session, check_open, PAM_SESSION_ERR,
	{ PAM_SESSION_ERR }
};

static const struct pamport__call close_session = {
	"pam_close_session", pam_close_session, check_close, PAM_SESSION_ERR,
	{ PAM_SESSION_ERR }
};

static const struct pamport__call chauthtok = {
	"pam_chauthtok", pam_chauthtok, check_chauthtok, PAM_AUTHTOK_ERR, {
	    PAM_AUTHTOK_ERR, PAM_AUTHTOK_RECOVERY_ERR, PAM_AUTHTOK_LOCK_BUSY,
	    PAM_AUTHTOK_DISABLE_AGING, PAM_TRY_AGAIN, PAM_USER_UNKNOWN }
};

const struct pamport__call *const pamport__calls[PAMPORT__CALLS] = {
	&authenticate, &acct_mgmt, &setcred, &open_session, &close_session,
	&chauthtok
};

/* What the state remembers, and the portable result. */
static int
finish(struct pamport__state *state, const struct pamport__call *call,
    int flags, int native)
{
	int result = native;

	state->native_code = native;
	if (native != PAM_SUCCESS)
		result = pamport__portable_result(state, call, native);
	if (pamport__is_traced(state))
		pamport__trace_call(state, call, flags, native, result);
	/* A failed close is over, too: no module of it is to be closed twice. */
	if (call == &close_session)
		state->is_open = false;
	else if (call == &open_session && result == PAM_SUCCESS)
		state->is_open = true;
	return result;
}

/* All that is the same for the six. */
static int
run(const struct pamport__call *call, pam_handle_t *pamh, int given)
{
	struct pamport__state *state, **list;
	int flags = given, native, result;

	if (pamh == NULL)
		return PAM_SYSTEM_ERR;
	state = pamport__state_of(pamh);
	result = call->check(state, pamh, &flags);
	if (result != PAM_SUCCESS) {
		if (state != NULL)
			pamport__trace_refusal(state, call, given, result);
		return result;
	}
	list = pamport__enter(state);
	native = call->native(pamh, flags & ~PAMPORT_PRIVATE_FLAGS);
	pamport__leave(state, list);
	return state == NULL ? native : finish(state, call, flags, native);
}

int
pamport_authenticate(pam_handle_t *pamh, int flags)
{
	int result = run(&authenticate, pamh, flags);

	if (pamh != NULL)
		pamport__after_authenticate(pamh, result);
	return result;
}

int
pamport_acct_mgmt(pam_handle_t *pamh, int flags)
{
	return run(&acct_mgmt, pamh, flags);
}

int
pamport_setcred(pam_handle_t *pamh, int flags)
{
	return run(&setcred, pamh, flags);
}

int
pamport_open_session(pam_handle_t *pamh, int flags)
{
	return run(&open_session, pamh, flags);
}

int
pamport_close_session(pam_handle_t *pamh, int flags)
{
	return run(&close_session, pamh, flags);
}

int
pamport_chauthtok(pam_handle_t *pamh, int flags)
{
	return run(&chauthtok, pamh, flags);
}
