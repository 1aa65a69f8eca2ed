/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The environment for the user's program (contract rule 38).
 */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "lib/session.h"
#include <pamport/pam_misc.h>

static const char *const left_out_by_default[] = {
	"LD_*", "DYLD_*", "IFS", "PATH", "SHELL", "HOME", "LOGNAME", "USER",
	"MAIL", "CDPATH", NULL
};

/* --- The list ----------------------------------------------------------------- */

static char **
copy_names(const char *const names[])
{
	size_t i, n = 0;
	char **copy;

	while (names[n] != NULL)
		n++;
	copy = calloc(n + 1, sizeof(*copy));
	if (copy == NULL)
		return NULL;
	for (i = 0; i < n; i++) {
		copy[i] = strdup(names[i]);
		if (copy[i] == NULL) {
			pamport__env_free(copy);
			return NULL;
		}
	}
	return copy;
}

int
pamport_session_leave_out(pamport_session *session, const char *const names[])
{
	char **copy = NULL;

	if (session == NULL)
		return PAM_SYSTEM_ERR;
	session->has_failed = false;
	if (names != NULL) {
		copy = copy_names(names);
		if (copy == NULL)
			return pamport__session_fail(session,
			    PAMPORT_STEP_ENVIRONMENT, PAM_BUF_ERR);
	}
	pamport__env_free(session->left_out);
	session->left_out = copy;
	return PAM_SUCCESS;
}

/* --- The copy ------------------------------------------------------------------- */

static bool
matches(const char *variable, const char *pattern)
{
	size_t length = strlen(pattern);

	if (length > 0 && pattern[length - 1] == '*')
		return strncmp(variable, pattern, length - 1) == 0;
	return strncmp(variable, pattern, length) == 0 &&
	    variable[length] == '=';
}

static bool
is_left_out(const pamport_session *session, const char *variable)
{
	const char *const *name = left_out_by_default;

	if (session->left_out != NULL)
		name = (const char *const *)session->left_out;
	for (; *name != NULL; name++)
		if (matches(variable, *name))
			return true;
	return false;
}

char **
pamport_session_environment(pamport_session *session)
{
	pam_handle_t *pamh = pamport__session_handle(session);
	char **list, **from, **to;

	if (pamh == NULL)
		return NULL;
	session->has_failed = false;
	list = pamport_getenvlist(pamh);
	if (list == NULL) {
		(void)pamport__session_fail(session, PAMPORT_STEP_ENVIRONMENT,
		    PAM_BUF_ERR);
		return NULL;
	}
	for (from = to = list; *from != NULL; from++) {
		if (is_left_out(session, *from))
			pamport__env_free_one(*from);
		else
			*to++ = *from;
	}
	*to = NULL;
	return list;
}
