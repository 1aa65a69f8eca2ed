/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Around every native call that can run modules or converse.  In a header,
 * since what it costs is most of what pamport adds: see pamport-cost(7).
 */
#ifndef PAMPORT_LIB_ENTER_H
#define PAMPORT_LIB_ENTER_H

#include "lib/internal.h"

/* The states of this thread that are in a call; the innermost first. */
struct pamport__state **pamport__calls_of_thread(void);

/* A module left another conversation than pamport's in the item. */
void pamport__take_replacement(struct pamport__state *state,
    const struct pamport__native_conv *now);

static inline bool
pamport__is_in(const struct pamport__state *list,
    const struct pamport__state *state)
{
	for (; list != NULL; list = list->below)
		if (list == state)
			return true;
	return false;
}

static inline void
pamport__remove_from(struct pamport__state **list,
    const struct pamport__state *state)
{
	struct pamport__state **link;

	for (link = list; *link != NULL; link = &(*link)->below) {
		if (*link == state) {
			*link = state->below;
			return;
		}
	}
}

/*
 * Returns what leave wants, the list of the thread, since to look that up costs.
 * Both take the NULL of a foreign handle.
 */
static inline struct pamport__state **
pamport__enter(struct pamport__state *state)
{
	struct pamport__state **list;

	if (state == NULL)
		return NULL;
	list = pamport__calls_of_thread();
	if (!pamport__is_in(*list, state)) {
		state->below = *list;
		state->depth = 0;
		*list = state;
		/* Modules see the conversation that a module left there. */
		if (state->is_replaced)
			(void)pam_set_item(state->handle, PAM_CONV,
			    &state->replacement);
	}
	state->depth++;
	return list;
}

static inline void
pamport__leave(struct pamport__state *state, struct pamport__state **list)
{
	const struct pamport__native_conv *now;

	if (list == NULL || state->handle == NULL || --state->depth > 0)
		return;		/* or ended meanwhile, see pamport_end */
	now = pamport__native_conv_of(state->handle);
	state->is_replaced = now == NULL || now->conv != pamport__converse ||
	    now->appdata_ptr != state;
	if (state->is_replaced)
		pamport__take_replacement(state, now);
	pamport__remove_from(list, state);
}

#endif /* PAMPORT_LIB_ENTER_H */
