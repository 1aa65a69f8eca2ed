/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * How OpenPAM runs a stack, and what an application calls.
 *
 * Nothing is remembered from one call to the next: close chooses its modules
 * by what they return at close.  [c06d, c06g]
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bsd.h"

struct verdict {
	int error;		/* the first failure, or the first required */
	bool failed;
	int successes;
};

static int
call_entry(pam_handle_t *pamh, struct sim_entry *entry, enum sim_call call,
    int flags)
{
	if (entry->function[call] != NULL) {
		pamh->call = (int)call;
		return (sim_invoke(pamh, entry, call, flags));
	}
	sim_log("%s: no such function", entry->path);
	return (sim_this.needs_function ? PAM_SYMBOL_ERR : PAM_IGNORE);
}

/* For these two calls "sufficient" is no more than "optional".  [c10, j08] */
static bool
runs_through(enum sim_call call, int flags)
{
	return (call == SIM_SETCRED ||
	    (call == SIM_CHAUTHTOK && (flags & PAM_PRELIM_CHECK) != 0));
}

/* True if the chain ends here. */
static bool
count(struct verdict *verdict, const struct sim_entry *entry, int result,
    bool through)
{
	if (result == PAM_IGNORE)
		return (false);
	if (result == PAM_SUCCESS) {
		verdict->successes++;
		return (!verdict->failed && !through &&
		    (entry->control == SIM_SUFFICIENT ||
		    entry->control == SIM_BINDING));
	}
	if (verdict->error == PAM_SUCCESS)
		verdict->error = result;
	if ((entry->control == SIM_REQUIRED ||
	    entry->control == SIM_BINDING) && !verdict->failed) {
		verdict->failed = true;
		verdict->error = result;
	}
	if (entry->control == SIM_REQUISITE) {
		verdict->failed = true;
		return (true);
	}
	return (false);
}

/*
 * A new token that is asked for is the answer whoever asks [k24, k26], and a
 * stack in which nothing succeeded fails [a03, a07, k36], but not Apple's [E4].
 */
static int
decide(const struct verdict *verdict)
{
	if (verdict->failed || verdict->error == PAM_NEW_AUTHTOK_REQD)
		return (verdict->error);
	if (verdict->successes == 0 && sim_this.needs_success)
		return (PAM_SYSTEM_ERR);
	return (PAM_SUCCESS);
}

static int
dispatch(pam_handle_t *pamh, enum sim_call call, int flags)
{
	struct verdict verdict = { PAM_SUCCESS, false, 0 };
	struct sim_entry *entry;
	int result;
	bool through;

	if (pamh->current != NULL)
		return (PAM_ABORT);			/* [l01] */
	through = runs_through(call, flags);
	for (entry = pamh->own.chain[sim_type_of(call)]; entry != NULL;
	    entry = entry->next) {
		result = call_entry(pamh, entry, call, flags);
		if (count(&verdict, entry, result, through))
			break;
	}
	return (decide(&verdict));
}

/* The six calls: which flags they take, and then the stack.  [b3, b4] */
static int
checked(pam_handle_t *pamh, enum sim_call call, int flags, int allowed)
{
	if (pamh == NULL)
		return (sim_result(sim_this.no_handle, "a NULL handle"));
	if ((flags & ~allowed) != 0)
		return (sim_this.bad_constant);
	return (dispatch(pamh, call, flags));
}

int
pam_authenticate(pam_handle_t *pamh, int flags)
{
	int result;

	if (pamh == NULL)
		return (sim_result(sim_this.no_handle_clears,
		    "a NULL handle"));
	if ((flags & ~(PAM_SILENT | PAM_DISALLOW_NULL_AUTHTOK)) != 0)
		return (sim_this.bad_constant);
	result = dispatch(pamh, SIM_AUTHENTICATE, flags);
	sim_set_item(pamh, PAM_AUTHTOK, NULL);		/* [k04, k05] */
	return (result);
}

int
pam_setcred(pam_handle_t *pamh, int flags)
{
	return (checked(pamh, SIM_SETCRED, flags, PAM_SILENT |
	    PAM_ESTABLISH_CRED | PAM_DELETE_CRED | PAM_REINITIALIZE_CRED |
	    PAM_REFRESH_CRED));
}

/* The only one that takes any flag.  [b3] */
int
pam_acct_mgmt(pam_handle_t *pamh, int flags)
{
	return (checked(pamh, SIM_ACCT_MGMT, flags, ~0));
}

int
pam_open_session(pam_handle_t *pamh, int flags)
{
	return (checked(pamh, SIM_OPEN_SESSION, flags, PAM_SILENT));
}

int
pam_close_session(pam_handle_t *pamh, int flags)
{
	return (checked(pamh, SIM_CLOSE_SESSION, flags, PAM_SILENT));
}

int
pam_chauthtok(pam_handle_t *pamh, int flags)
{
	int result;

	if (pamh == NULL)
		return (sim_result(sim_this.no_handle_clears,
		    "a NULL handle"));
	if ((flags & ~(PAM_SILENT | PAM_CHANGE_EXPIRED_AUTHTOK)) != 0)
		return (sim_this.bad_constant);
	result = dispatch(pamh, SIM_CHAUTHTOK, flags | PAM_PRELIM_CHECK);
	if (result == PAM_SUCCESS)
		result = dispatch(pamh, SIM_CHAUTHTOK,
		    flags | PAM_UPDATE_AUTHTOK);
	sim_set_item(pamh, PAM_OLDAUTHTOK, NULL);
	sim_set_item(pamh, PAM_AUTHTOK, NULL);
	return (result);
}

static int
start(pam_handle_t *pamh, const char *service, const char *user,
    const struct pam_conv *conv)
{
	int result;

	if ((result = sim_set_item(pamh, PAM_SERVICE, service)) !=
	    PAM_SUCCESS ||
	    (result = sim_bsd_set_host(pamh)) != PAM_SUCCESS ||
	    (result = sim_set_item(pamh, PAM_USER, user)) != PAM_SUCCESS ||
	    (result = sim_set_item(pamh, PAM_CONV, conv)) != PAM_SUCCESS)
		return (result);
	pamh->place = SIM_APPLICATION;
	return (sim_configure(pamh));
}

/* What handle points to is not touched by a start that fails.  [a12, a13] */
int
pam_start(const char *service, const char *user, const struct pam_conv *conv,
    pam_handle_t **handle)
{
	pam_handle_t *pamh;
	int result;

	if ((pamh = sim_new()) == NULL)
		return (sim_privileged() ? PAM_SYSTEM_ERR : PAM_BUF_ERR);
	if ((result = start(pamh, service, user, conv)) != PAM_SUCCESS) {
		sim_delete(pamh, result);
		return (result);
	}
	if (handle == NULL)
		sim_crash("pam_start() without a place for the handle");
	*handle = pamh;
	return (PAM_SUCCESS);
}

int
pam_end(pam_handle_t *pamh, int status)
{
	if (pamh == NULL)
		return (sim_this.no_handle_end);	/* [d07] */
	sim_delete(pamh, status);
	return (PAM_SUCCESS);
}

int
pam_set_item(pam_handle_t *pamh, int number, const void *value)
{
	return (sim_set_item(pamh, number, value));
}

int
pam_get_item(const pam_handle_t *pamh, int number, const void **value)
{
	return (sim_get_item(pamh, number, value));
}

const char *
pam_getenv(pam_handle_t *pamh, const char *name)
{
	return (sim_getenv(pamh, name));
}

const char *
pam_strerror(const pam_handle_t *pamh, int result)
{
	(void)pamh;
	return (sim_strerror(result));
}
