/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The environment of a handle (contract rules 17 to 19).
 *
 * Natively every library has another fault: O cannot delete, S takes a name for
 * every variable that begins with it and gives copies, OpenSolaris cuts long
 * values.  What a library can do is left to it, so that modules see the same
 * variables; env_names.c remembers the little that it cannot.
 */
#include <config.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lib/internal.h"
#include "compat/compat.h"
#include <pamport/pam_misc.h>

/* Whether entry is NAME=..., the name being the first length bytes of name. */
static bool
is_variable(const char *entry, const char *name, size_t length)
{
	return strncmp(entry, name, length) == 0 && entry[length] == '=';
}

void
pamport__env_free_one(char *entry)
{
	explicit_bzero(entry, strlen(entry));
	free(entry);
}

void
pamport__env_free(char **list)
{
	(void)pamport_misc_drop_env(list);
}

/* Where nothing is hidden, nothing noted and no value a copy. */
static inline bool
is_native(void)
{
	return PAMPORT__PLATFORM->putenv_deletes &&
	    !PAMPORT__PLATFORM->getenv_copies;
}

/* Where the value is a copy, the newer headers call it const all the same. */
static char *
native_copy(pam_handle_t *pamh, const char *name)
{
	return (char *)(uintptr_t)pam_getenv(pamh, name);
}

/* --- Reading --------------------------------------------------------------- */

/*
 * S gives the first variable whose name begins with the one asked for, so
 * after a hit only the whole list tells.  Returns a copy.
 */
static char *
get_by_prefix(pam_handle_t *pamh, const char *name)
{
	size_t length = strlen(name);
	char *value, **list, **entry;
	bool found = false;

	value = native_copy(pamh, name);
	if (value == NULL)
		return NULL;
	list = pam_getenvlist(pamh);
	/*
	 * A name always stands before the longer ones that begin with it, as
	 * S cannot set it behind them: if it is there, it is what S found.
	 */
	for (entry = list; entry != NULL && *entry != NULL && !found; entry++)
		found = is_variable(*entry, name, length);
	pamport__env_free(list);
	if (!found) {
		free(value);
		return NULL;
	}
	return value;
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

static const char *
get_kept(pam_handle_t *pamh, const char *name)
{
	struct pamport__state *state = pamport__state_of(pamh);
	char *copy = get_by_prefix(pamh, name);

	/* A foreign handle keeps nothing: the copy is the caller's. */
	if (copy == NULL || state == NULL)
		return copy;
	return keep(state, name, copy);
}

const char *
pamport_getenv(pam_handle_t *pamh, const char *name)
{
	struct pamport__state *state;
	const char *value;

	if (pamh == NULL || name == NULL || *name == '\0')
		return NULL;
	if (PAMPORT__PLATFORM->getenv_copies)
		return get_kept(pamh, name);
	value = pam_getenv(pamh, name);
	if (value == NULL || is_native())
		return value;
	state = pamport__state_of(pamh);
	if (state != NULL && state->hidden != NULL &&
	    pamport__env_hides(state, name, strlen(name), value))
		return NULL;
	return value;
}

char *
pamport_getenv_copy(pam_handle_t *pamh, const char *name)
{
	const char *value;

	if (pamh == NULL || name == NULL || *name == '\0')
		return NULL;
	if (PAMPORT__PLATFORM->getenv_copies)
		return get_by_prefix(pamh, name);
	value = pamport_getenv(pamh, name);
	return value == NULL ? NULL : strdup(value);
}

/* OpenSolaris cuts an entry at 1023 bytes [f12]; the value itself is whole. */
#define CUT_LENGTH 1023

static int
mend_cut(pam_handle_t *pamh, char **entry)
{
	const char *equals = strchr(*entry, '=');
	char *name, *value, *whole = NULL;
	size_t length;

	if (equals == NULL || strlen(*entry) != CUT_LENGTH)
		return 0;
	length = (size_t)(equals - *entry);
	name = malloc(length + 1);
	if (name == NULL)
		return -1;
	memcpy(name, *entry, length);
	name[length] = '\0';
	value = get_by_prefix(pamh, name);
	free(name);
	if (value == NULL)
		return -1;
	whole = malloc(length + strlen(value) + 2);
	if (whole != NULL) {
		memcpy(whole, *entry, length + 1);
		strcpy(whole + length + 1, value);
		pamport__env_free_one(*entry);
		*entry = whole;
	}
	free(value);
	return whole == NULL ? -1 : 0;
}

/* The native list with whole values. */
static char **
native_list(pam_handle_t *pamh)
{
	char **list = pam_getenvlist(pamh), **entry;

	if (list == NULL || !PAMPORT__PLATFORM->getenvlist_cuts)
		return list;
	for (entry = list; *entry != NULL; entry++)
		if (mend_cut(pamh, entry) != 0) {
			pamport__env_free(list);
			return NULL;
		}
	return list;
}

char **
pamport_getenvlist(pam_handle_t *pamh)
{
	struct pamport__state *state;
	char **list;

	if (pamh == NULL)
		return NULL;
	if (is_native())
		return pam_getenvlist(pamh);
	list = native_list(pamh);
	if (list == NULL)
		return NULL;
	state = pamport__state_of(pamh);
	if (state != NULL) {
		pamport__env_hide(state, list);
		if (pamport__env_sort(state, list) != 0) {
			pamport__env_free(list);
			return NULL;
		}
	}
	return list;
}

/* --- Setting and deleting --------------------------------------------------- */

/*
 * What pamport_getenv cannot tell: that there is no such variable from that
 * there is no memory to say so.  PAM_SUCCESS or PAM_BUF_ERR.
 */
int
pamport__env_is_set(pam_handle_t *pamh, const char *name, bool *is_set)
{
	char *value, **list, **entry;
	size_t length = strlen(name);

	if (!PAMPORT__PLATFORM->getenv_copies) {
		*is_set = pamport_getenv(pamh, name) != NULL;
		return PAM_SUCCESS;
	}
	*is_set = false;
	value = native_copy(pamh, name);
	if (value == NULL)
		return PAM_SUCCESS;
	free(value);
	list = pam_getenvlist(pamh);
	if (list == NULL)
		return PAM_BUF_ERR;
	for (entry = list; *entry != NULL && !*is_set; entry++)
		*is_set = is_variable(*entry, name, length);
	pamport__env_free(list);
	return PAM_SUCCESS;
}

/* The first variable whose name begins with this one; the end of the list. */
static char **
find_prefixed(char **list, const char *name, size_t length)
{
	while (*list != NULL && strncmp(*list, name, length) != 0)
		list++;
	return list;
}

/*
 * Takes out every variable whose name begins with this one, sets this one, and
 * sets the others again behind it.  All are tried; the first failure counts.
 */
static int
set_before_longer(pam_handle_t *pamh, const char *name,
    const char *name_value, char **list)
{
	size_t length = strlen(name);
	int result = PAM_SUCCESS, one;
	char **entry;

	for (entry = find_prefixed(list, name, length); *entry != NULL;
	    entry = find_prefixed(entry + 1, name, length)) {
		one = pam_putenv(pamh, name);
		result = result == PAM_SUCCESS ? one : result;
	}
	one = pam_putenv(pamh, name_value);
	result = result == PAM_SUCCESS ? one : result;
	for (entry = find_prefixed(list, name, length); *entry != NULL;
	    entry = find_prefixed(entry + 1, name, length)) {
		one = pam_putenv(pamh, *entry);
		result = result == PAM_SUCCESS ? one : result;
	}
	return result;
}

/*
 * S overwrites the first variable whose name begins with this one.  Where that
 * is a longer name, this one must come to stand before it.
 */
static int
set_by_prefix(pam_handle_t *pamh, struct pamport__state *state,
    const char *name, const char *name_value)
{
	size_t length = strlen(name);
	char *value, **list, **first;
	int result = PAM_SUCCESS;

	value = native_copy(pamh, name);
	free(value);
	if (value == NULL)
		return pam_putenv(pamh, name_value);
	list = native_list(pamh);
	if (list == NULL)
		return PAM_BUF_ERR;
	first = find_prefixed(list, name, length);
	if (*first == NULL || (*first)[length] == '=') {
		result = pam_putenv(pamh, name_value);
	} else {
		if (state != NULL)
			result = pamport__env_note_order(state, name);
		if (result == PAM_SUCCESS)
			result = set_before_longer(pamh, name, name_value,
			    list);
	}
	pamport__env_free(list);
	return result;
}

static int
set(pam_handle_t *pamh, const char *name_value, size_t length)
{
	struct pamport__state *state;
	int result = PAM_SUCCESS;
	char *name;

	if (is_native())
		return pam_putenv(pamh, name_value);
	state = pamport__state_of(pamh);
	if (!PAMPORT__PLATFORM->getenv_copies &&
	    (state == NULL || state->hidden == NULL))
		return pam_putenv(pamh, name_value);
	name = malloc(length + 1);
	if (name == NULL)
		return PAM_BUF_ERR;
	memcpy(name, name_value, length);
	name[length] = '\0';
	if (PAMPORT__PLATFORM->getenv_copies) {
		result = set_by_prefix(pamh, state, name, name_value);
	} else {
		result = pamport__env_show(state, name);
		if (result == PAM_SUCCESS)
			result = pam_putenv(pamh, name_value);
	}
	free(name);
	return result;
}

static int
delete(pam_handle_t *pamh, const char *name)
{
	struct pamport__state *state = pamport__state_of(pamh);
	bool is_set;
	int result = pamport__env_is_set(pamh, name, &is_set);

	if (result != PAM_SUCCESS)
		return result;
	if (!is_set) {
		pamport__note(state, PAMPORT__NOTE_NOTHING_TO_DELETE);
		return PAM_BAD_ITEM;
	}
	if (PAMPORT__PLATFORM->putenv_deletes) {
		if (state != NULL)
			pamport__env_note_deleted(state, name);
		return pam_putenv(pamh, name);
	}
	if (state != NULL) {
		/* A moves its last variable into the gap. */
		result = pamport__env_note_order(state, name);
		if (result != PAM_SUCCESS)
			return result;
		pamport__env_note_deleted(state, name);
	}
	result = pamport__unsetenv(pamh, name);
	if (result != PAM_SYSTEM_ERR || state == NULL)
		return result;
	pamport__note(state, PAMPORT__NOTE_CANNOT_DELETE);
	/* Not there: empty for modules, gone for the application. */
	return pamport__env_empty(state, name);
}

/*
 * Names match whole; deleting what is not there, an empty name and "=x" are
 * refused (rule 17).
 */
int
pamport_putenv(pam_handle_t *pamh, const char *name_value)
{
	const char *equals;

	if (pamh == NULL || name_value == NULL)
		return PAM_SYSTEM_ERR;
	if (*name_value == '\0' || *name_value == '=')
		return PAM_BAD_ITEM;
	equals = strchr(name_value, '=');
	if (equals == NULL)
		return delete(pamh, name_value);
	return set(pamh, name_value, (size_t)(equals - name_value));
}
