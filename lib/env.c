/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The environment of a handle (contract rules 17 to 19, not yet whole: so far
 * only who owns what is the same everywhere).
 */
#include <config.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lib/internal.h"

/* A value that S gave as a copy, kept until the variable changes. */
struct pamport__kept_value {
	struct pamport__kept_value *next;
	char *value;
	char name[];
};

int
pamport_putenv(pam_handle_t *pamh, const char *name_value)
{
	if (pamh == NULL || name_value == NULL)
		return PAM_SYSTEM_ERR;
	return pam_putenv(pamh, name_value);
}

/*
 * Takes the copy value of the variable name; returns the one to give out,
 * which is the old one as long as it says the same.  NULL: no memory.
 */
static const char *
keep(struct pamport__state *state, const char *name, char *value)
{
	struct pamport__kept_value *kept;
	size_t size = strlen(name) + 1;

	for (kept = state->kept; kept != NULL; kept = kept->next)
		if (strcmp(kept->name, name) == 0)
			break;
	if (kept == NULL) {
		kept = malloc(sizeof(*kept) + size);
		if (kept == NULL) {
			free(value);
			return NULL;
		}
		memcpy(kept->name, name, size);
		kept->value = NULL;
		kept->next = state->kept;
		state->kept = kept;
	}
	if (kept->value != NULL && strcmp(kept->value, value) == 0) {
		free(value);
	} else {
		free(kept->value);
		kept->value = value;
	}
	return kept->value;
}

/* Where the value is a copy, the newer headers call it const all the same. */
static char *
native_copy(pam_handle_t *pamh, const char *name)
{
	return (char *)(uintptr_t)pam_getenv(pamh, name);
}

const char *
pamport_getenv(pam_handle_t *pamh, const char *name)
{
	struct pamport__state *state;
	char *copy;

	if (pamh == NULL || name == NULL)
		return NULL;
	if (!PAMPORT__PLATFORM->getenv_copies)
		return pam_getenv(pamh, name);
	/* A foreign handle has nowhere to keep it: the copy is the caller's. */
	copy = native_copy(pamh, name);
	state = pamport__state_of(pamh);
	if (copy == NULL || state == NULL)
		return copy;
	return keep(state, name, copy);
}

char *
pamport_getenv_copy(pam_handle_t *pamh, const char *name)
{
	const char *value;

	if (pamh == NULL || name == NULL)
		return NULL;
	if (PAMPORT__PLATFORM->getenv_copies)
		return native_copy(pamh, name);
	value = pam_getenv(pamh, name);
	return value == NULL ? NULL : strdup(value);
}

char **
pamport_getenvlist(pam_handle_t *pamh)
{
	return pamh == NULL ? NULL : pam_getenvlist(pamh);
}

void
pamport__kept_values_free(struct pamport__state *state)
{
	struct pamport__kept_value *kept;

	while ((kept = state->kept) != NULL) {
		state->kept = kept->next;
		free(kept->value);
		free(kept);
	}
}
