/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The state of a handle, and how it is found: see internal.h.
 */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "lib/internal.h"
#include "compat/compat.h"

/*
 * The states whose handles are inside a native call on this thread, the
 * innermost first.  They are linked through the states themselves, not
 * through the stack: an application that leaves its conversation by longjmp
 * leaves its state here until pam_end, and nothing dangles.
 */
static PAMPORT_THREAD_LOCAL struct pamport__state *in_call;

/* Through a pointer, so that a function looks up the variable once. */
PAMPORT__NOT_INLINE static struct pamport__state **
calls_of_thread(void)
{
	return &in_call;
}

struct pamport__native_conv
pamport__own_conv(struct pamport__state *state)
{
	struct pamport__native_conv conv;

	conv.conv = pamport__converse;
	conv.appdata_ptr = state;
	return conv;
}

static bool
is_own(const struct pamport__native_conv *conv,
    const struct pamport__state *state)
{
	return conv != NULL && conv->conv == pamport__converse &&
	    conv->appdata_ptr == state;
}

static void
read_environment(struct pamport__state *state)
{
	const char *strict = secure_getenv("PAMPORT_STRICT");

	state->strict = strict != NULL && strict[0] == '1' && strict[1] == '\0';
	pamport__trace_start(state);
}

struct pamport__state *
pamport__state_new(const struct pam_conv *conv)
{
	struct pamport__state *state;

	/* Not calloc: glibc's does not look into the cache of its thread. */
	state = malloc(sizeof(*state));
	if (state == NULL)
		return NULL;
	memset(state, 0, sizeof(*state));
	state->magic = PAMPORT__MAGIC;
	state->native_code = -1;
	state->trace_descriptor = -1;
	if (pamport__environment_names_us())
		read_environment(state);
	if (conv != NULL) {
		state->has_conv = true;
		state->conv = *conv;
	}
	return state;
}

static bool
is_in(const struct pamport__state *list, const struct pamport__state *state)
{
	const struct pamport__state *other;

	for (other = list; other != NULL; other = other->below)
		if (other == state)
			return true;
	return false;
}

static void
remove_from_calls(const struct pamport__state *state)
{
	struct pamport__state **link;

	for (link = &in_call; *link != NULL; link = &(*link)->below) {
		if (*link == state) {
			*link = state->below;
			return;
		}
	}
}

/* Everything but the block itself. */
void
pamport__state_empty(struct pamport__state *state)
{
	if (state == NULL)
		return;
	remove_from_calls(state);
	pamport__trace_end(state);
	pamport__private_items_free(state);
	pamport__env_names_free(state);
	state->magic = 0;
	state->handle = NULL;
	state->trace_function = NULL;
}

void
pamport__state_free(struct pamport__state *state)
{
	pamport__state_empty(state);
	free(state);
}

struct pamport__state *
pamport__state_in_call(void)
{
	return in_call;
}

/* Where a module has put its own conversation into the item. */
struct pamport__state *
pamport__state_in_call_of(const pam_handle_t *pamh)
{
	struct pamport__state *state;

	for (state = in_call; state != NULL; state = state->below)
		if (state->handle == pamh)
			return state;
	return NULL;
}

void
pamport__enter_state(struct pamport__state *state)
{
	struct pamport__state **list;

	if (state == NULL)
		return;
	list = calls_of_thread();
	if (!is_in(*list, state)) {
		state->below = *list;
		state->depth = 0;
		*list = state;
		/* Modules see the conversation that a module left there. */
		if (state->is_replaced)
			(void)pam_set_item(state->handle, PAM_CONV,
			    &state->replacement);
	}
	state->depth++;
}

struct pamport__state *
pamport__enter(pam_handle_t *pamh)
{
	struct pamport__state *state = pamport__state_of(pamh);

	pamport__enter_state(state);
	return state;
}

void
pamport__leave(struct pamport__state *state)
{
	const struct pamport__native_conv *now;
	struct pamport__native_conv own;

	if (state == NULL || state->handle == NULL || --state->depth > 0)
		return;		/* or ended meanwhile, see pamport_end */
	now = pamport__native_conv_of(state->handle);
	state->is_replaced = !is_own(now, state);
	if (state->is_replaced) {
		pamport__note(state, PAMPORT__NOTE_REPLACED);
		if (now != NULL) {
			state->replacement = *now;
		} else {
			state->replacement.conv = NULL;
			state->replacement.appdata_ptr = NULL;
		}
		own = pamport__own_conv(state);
		(void)pam_set_item(state->handle, PAM_CONV, &own);
	}
	remove_from_calls(state);
}
