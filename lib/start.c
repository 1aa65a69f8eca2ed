/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The beginning and the end of a transaction (contract rules 8 to 10).
 */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "lib/enter.h"
#include "compat/compat.h"

#define MAX_SERVICE_NAME 255

/* In any character set and locale; strspn would first make a table of these. */
static inline bool
is_portable_character(char c)
{
	return (c >= 'a' && c <= 'z') || c == '-' ||
	    (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c == '.' ||
	    c == '_';
}

/* Rule 8: what every implementation takes for the same name. */
static bool
is_portable_service(const char *service)
{
	const char *end = service;

	while (is_portable_character(*end))
		end++;
	return *end == '\0' && end != service &&
	    end - service <= MAX_SERVICE_NAME &&
	    strcmp(service, ".") != 0 && strcmp(service, "..") != 0;
}

static int
start(const char *service, const char *user, const struct pam_conv *conv,
    const char *confdir, pam_handle_t **pamh)
{
	struct pamport__state *state;
	struct pamport__native_conv own;
	int result;

	if (pamh == NULL)
		return PAM_SYSTEM_ERR;
	*pamh = NULL;
	if (service == NULL)
		return PAM_SYSTEM_ERR;
	state = pamport__state_new(conv);
	if (state == NULL)
		return PAM_BUF_ERR;
	/* Otherwise nobody would hear of it. */
	if (pamport__is_judged(state) && !is_portable_service(service)) {
		pamport__note(state, PAMPORT__NOTE_SERVICE_NAME);
		if (state->strict) {
			pamport__state_free(state);
			return PAM_SYSTEM_ERR;
		}
	}
	own = pamport__own_conv(state);
	if (confdir == NULL)
		result = pam_start(service, user, &own, &state->handle);
	else
		result = pamport__start_confdir(service, user, &own, confdir,
		    &state->handle);
	if (pamport__is_traced(state))
		pamport__trace_result(state, confdir == NULL ? "pam_start" :
		    "pam_start_confdir", service, result);
	if (result != PAM_SUCCESS) {
		pamport__state_free(state);
		return result;
	}
	*pamh = state->handle;
	return PAM_SUCCESS;
}

int
pamport_start(const char *service, const char *user,
    const struct pam_conv *conv, pam_handle_t **pamh)
{
	return start(service, user, conv, NULL, pamh);
}

int
pamport_start_confdir(const char *service, const char *user,
    const struct pam_conv *conv, const char *confdir, pam_handle_t **pamh)
{
	return start(service, user, conv, confdir, pamh);
}

int
pamport_end(pam_handle_t *pamh, int status)
{
	struct pamport__state *state, **list;
	bool is_held;
	int result;

	if (pamh == NULL)
		return PAM_SYSTEM_ERR;
	/*
	 * Cleanup functions may converse, so the state outlives the native
	 * call.  L refuses the call while a conversation was left by longjmp:
	 * the handle then lives on, and with it the state.
	 */
	state = pamport__state_of(pamh);
	/*
	 * Inside a conversation of this handle, or after one was left by
	 * longjmp, a call of ours still has the state, or the list of another
	 * thread: then it loses all that it holds, but stays.
	 */
	is_held = state != NULL && state->depth > 0;
	list = is_held ? pamport__calls_of_thread() : pamport__enter(state);
	/* A child that ends its copy quietly leaves the session to its parent. */
	if (state != NULL && state->is_open && (status & PAM_DATA_SILENT) == 0)
		pamport__note(state, PAMPORT__NOTE_END_WHILE_OPEN);
	if (pamport__is_traced(state))
		pamport__trace_end_call(state, status);
	result = pam_end(pamh, status);
	if (result == PAM_SUCCESS) {
		pamport__state_empty(state, list);
		if (!is_held)
			free(state);
	} else if (!is_held) {
		pamport__leave(state, list);
	}
	return result;
}
