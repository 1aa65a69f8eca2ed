/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The state of a handle, and how it is found: see internal.h.
 */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "lib/enter.h"
#include "compat/compat.h"

/*
 * The states whose handles are inside a native call on this thread, the
 * innermost first.  They are linked through the states themselves, not
 * through the stack: an application that leaves its conversation by longjmp
 * leaves its state here until pam_end, and nothing dangles.
 */
static PAMPORT_THREAD_LOCAL struct pamport__state *in_call;

/* gcc would look the variable up again at each use. */
struct pamport__state **
pamport__calls_of_thread(void)
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

/* Everything but the block itself. */
void
pamport__state_empty(struct pamport__state *state, struct pamport__state **list)
{
	if (state == NULL)
		return;
	pamport__remove_from(list, state);
	if (state->trace_descriptor >= 0)
		pamport__trace_end(state);
	if (state->items != NULL)
		pamport__private_items_free(state);
	if (state->kept != NULL || state->hidden != NULL ||
	    state->order != NULL)
		pamport__env_names_free(state);
	state->magic = 0;
	state->handle = NULL;
	state->trace_function = NULL;
}

void
pamport__state_free(struct pamport__state *state)
{
	pamport__state_empty(state, pamport__calls_of_thread());
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
pamport__take_replacement(struct pamport__state *state,
    const struct pamport__native_conv *now)
{
	static const struct pamport__native_conv none;
	struct pamport__native_conv own = pamport__own_conv(state);

	pamport__note(state, PAMPORT__NOTE_REPLACED);
	state->replacement = now == NULL ? none : *now;
	(void)pam_set_item(state->handle, PAM_CONV, &own);
}
