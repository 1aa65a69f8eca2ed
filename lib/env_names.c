/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the native library cannot remember of an environment: which variables
 * the application deleted where that is impossible (O), and the order of first
 * setting where a variable had to be set out of order (S) or came back in the
 * place of a deleted one (O).  A handle for which nothing of that happened has
 * neither list.
 */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "lib/internal.h"

struct pamport__env_name {
	struct pamport__env_name *next;
	char name[];
};

static struct pamport__env_name *
new_name(const char *name, size_t length)
{
	struct pamport__env_name *new = malloc(sizeof(*new) + length + 1);

	if (new == NULL)
		return NULL;
	new->next = NULL;
	memcpy(new->name, name, length);
	new->name[length] = '\0';
	return new;
}

static bool
is_name(const struct pamport__env_name *name, const char *text, size_t length)
{
	return strlen(name->name) == length &&
	    memcmp(name->name, text, length) == 0;
}

static void
remove_name(struct pamport__env_name **link, const char *name, size_t length)
{
	struct pamport__env_name *gone;

	for (; *link != NULL; link = &(*link)->next) {
		if (is_name(*link, name, length)) {
			gone = *link;
			*link = gone->next;
			free(gone);
			return;
		}
	}
}

static void
free_names(struct pamport__env_name **list)
{
	struct pamport__env_name *name;

	while ((name = *list) != NULL) {
		*list = name->next;
		free(name);
	}
}

void
pamport__env_names_free(struct pamport__state *state)
{
	struct pamport__kept_value *kept;

	free_names(&state->hidden);
	free_names(&state->order);
	while ((kept = state->kept) != NULL) {
		state->kept = kept->next;
		free(kept->value);
		free(kept);
	}
}

/* --- Deleted where that is impossible --------------------------------------- */

static bool
is_hidden(const struct pamport__state *state, const char *name, size_t length)
{
	const struct pamport__env_name *hidden;

	for (hidden = state->hidden; hidden != NULL; hidden = hidden->next)
		if (is_name(hidden, name, length))
			return true;
	return false;
}

/* Whether a variable is hidden; a module that set it again ends that. */
bool
pamport__env_hides(struct pamport__state *state, const char *name,
    size_t length, const char *value)
{
	if (state->hidden == NULL || !is_hidden(state, name, length))
		return false;
	if (*value == '\0')
		return true;
	remove_name(&state->hidden, name, length);
	return false;
}

/* The native value becomes empty and stays hidden until it is not. */
int
pamport__env_empty(struct pamport__state *state, const char *name)
{
	size_t length = strlen(name);
	struct pamport__env_name *hidden;
	char *empty;
	int result = PAM_BUF_ERR;

	hidden = new_name(name, length);
	empty = malloc(length + 2);
	if (hidden != NULL && empty != NULL) {
		memcpy(empty, name, length);
		strcpy(empty + length, "=");
		result = pam_putenv(state->handle, empty);
	}
	free(empty);
	if (result != PAM_SUCCESS) {
		free(hidden);
		return result;
	}
	hidden->next = state->hidden;
	state->hidden = hidden;
	return PAM_SUCCESS;
}

/* Takes the hidden variables out of a list. */
void
pamport__env_hide(struct pamport__state *state, char **list)
{
	char **from, **to = list;
	size_t length;

	if (state->hidden == NULL)
		return;
	for (from = list; *from != NULL; from++) {
		length = strcspn(*from, "=");
		if ((*from)[length] == '=' && pamport__env_hides(state, *from,
		    length, *from + length + 1))
			pamport__env_free_one(*from);
		else
			*to++ = *from;
	}
	*to = NULL;
}

/* --- The order of first setting ---------------------------------------------- */

/* Notes the order as it is now, with one more name at its end. */
int
pamport__env_note_order(struct pamport__state *state, const char *name)
{
	struct pamport__env_name *order = NULL, **end = &order;
	char **list = pamport_getenvlist(state->handle), **entry;
	bool failed = list == NULL;

	for (entry = list; !failed && *entry != NULL; entry++) {
		*end = new_name(*entry, strcspn(*entry, "="));
		failed = *end == NULL;
		if (!failed)
			end = &(*end)->next;
	}
	pamport__env_free(list);
	if (!failed)
		*end = new_name(name, strlen(name));
	if (*end == NULL) {
		free_names(&order);
		return PAM_BUF_ERR;
	}
	free_names(&state->order);
	state->order = order;
	return PAM_SUCCESS;
}

/* The application sets a hidden variable again: it comes last. */
int
pamport__env_show(struct pamport__state *state, const char *name)
{
	size_t length = strlen(name);
	int result;

	if (!is_hidden(state, name, length))
		return PAM_SUCCESS;
	result = pamport__env_note_order(state, name);
	if (result == PAM_SUCCESS)
		remove_name(&state->hidden, name, length);
	return result;
}

/* A variable that comes back comes last. */
void
pamport__env_note_deleted(struct pamport__state *state, const char *name)
{
	/* Twice if pamport__env_note_order has just put it at the end. */
	remove_name(&state->order, name, strlen(name));
	remove_name(&state->order, name, strlen(name));
}

struct ranked {
	size_t rank;		/* in the order that was noted */
	size_t place;		/* in the list, for what it does not know */
	char *entry;
};

/* Where the search goes on: most of the list stands in the noted order. */
struct position {
	const struct pamport__env_name *name;	/* NULL: at the end */
	size_t place;
};

static bool
find_before(struct position *from, const struct pamport__env_name *end,
    const char *entry, size_t length)
{
	for (; from->name != end; from->name = from->name->next, from->place++)
		if (is_name(from->name, entry, length))
			return true;
	return false;
}

static size_t
rank_of(const struct pamport__state *state, const char *entry,
    struct position *last)
{
	struct position found = *last, begin = { state->order, 0 };
	size_t length = strcspn(entry, "="), end;

	if (!find_before(&found, NULL, entry, length)) {
		end = found.place;
		found = begin;
		if (!find_before(&found, last->name, entry, length))
			return end;
	}
	last->name = found.name->next;
	last->place = found.place + 1;
	return found.place;
}

static int
compare(const void *one, const void *other)
{
	const struct ranked *a = one, *b = other;

	if (a->rank != b->rank)
		return a->rank < b->rank ? -1 : 1;
	return a->place < b->place ? -1 : a->place > b->place;
}

/* What the noted order does not know stays last.  -1: no memory. */
int
pamport__env_sort(const struct pamport__state *state, char **list)
{
	struct position last = { state->order, 0 };
	struct ranked *ranked;
	size_t i, n = 0;

	if (state->order == NULL)
		return 0;
	while (list[n] != NULL)
		n++;
	if (n == 0)
		return 0;
	ranked = malloc(n * sizeof(*ranked));
	if (ranked == NULL)
		return -1;
	for (i = 0; i < n; i++) {
		ranked[i].rank = rank_of(state, list[i], &last);
		ranked[i].place = i;
		ranked[i].entry = list[i];
	}
	qsort(ranked, n, sizeof(*ranked), compare);
	for (i = 0; i < n; i++)
		list[i] = ranked[i].entry;
	free(ranked);
	return 0;
}
