/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Items (contract rules 12 to 16).
 */
#include <config.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lib/internal.h"
#include "compat/compat.h"

typedef void delay_function(int, unsigned int, void *);

/* Rule 14: S and A have no code of their own for a refused item. */
static int
portable_refusal(int result)
{
	if (result == PAM_SYMBOL_ERR || result == PAM_PERM_DENIED)
		return PAM_BAD_ITEM;
	return result;
}

/*
 * ISO C has no cast between a pointer to a function and one to an object;
 * PAM passes the former as the latter, as POSIX does with dlsym.
 */
static delay_function *
to_function(const void *pointer)
{
	delay_function *function;

	memcpy(&function, &pointer, sizeof(function));
	return function;
}

static const void *
to_pointer(delay_function *function)
{
	const void *pointer;

	memcpy(&pointer, &function, sizeof(pointer));
	return pointer;
}

/*
 * L calls the delay function with the appdata_ptr of its own conversation,
 * which is pamport's state or what a module put there [E3].  It does so inside
 * pam_authenticate, so the innermost call on this thread is the right one.
 */
static void
call_fail_delay(int result, unsigned int usec, void *data)
{
	const struct pamport__state *state = pamport__state_in_call();

	(void)data;
	/* Another library called pam_authenticate: the delay is still due. */
	if (state == NULL && result != PAM_SUCCESS)
		pamport__sleep(usec);
	if (state != NULL && state->fail_delay != NULL)
		state->fail_delay(result, usec, state->conv.appdata_ptr);
}

static int
set_fail_delay(struct pamport__state *state, const void *value)
{
	int result;

	result = pam_set_item(state->handle, PAM_FAIL_DELAY,
	    value == NULL ? NULL : to_pointer(call_fail_delay));
	if (result == PAM_SUCCESS)
		state->fail_delay = to_function(value);
	return result;
}

static int
set_conv(struct pamport__state *state, const struct pam_conv *conv)
{
	struct pamport__native_conv own = pamport__own_conv(state);

	if (conv == NULL)
		return PAM_PERM_DENIED;
	state->conv = *conv;
	state->has_conv = true;
	/* The application's word ends a replacement by a module. */
	state->is_replaced = false;
	return pam_set_item(state->handle, PAM_CONV, &own);
}

static bool
is_token(int item)
{
	return item == PAM_AUTHTOK || item == PAM_OLDAUTHTOK;
}

/*
 * O and S free the old string before they copy the new one [e22], so a
 * string inside the old one is copied here first.
 */
static int
set_string(struct pamport__state *state, int item, const char *value)
{
	PAMPORT__NATIVE_CONST void *old = NULL;
	pam_handle_t *pamh = state->handle;
	uintptr_t begin, end;
	char *copy;
	int result;

	/*
	 * L copies first, but wipes an old token before that; otherwise there
	 * is nothing but the trace to be served.
	 */
	if (PAMPORT__PLATFORM->set_item_copies_first && !is_token(item) &&
	    !pamport__is_traced(state))
		return pam_set_item(pamh, item, value);
	if (pam_get_item(pamh, item, &old) != PAM_SUCCESS || old == NULL)
		return pam_set_item(pamh, item, value);
	begin = (uintptr_t)old;
	end = begin + strlen(old);
	if ((uintptr_t)value < begin || (uintptr_t)value > end)
		return pam_set_item(pamh, item, value);
	pamport__note(state, PAMPORT__NOTE_OWN_STRING);
	copy = strdup(value);
	if (copy == NULL)
		return PAM_BUF_ERR;
	result = pam_set_item(pamh, item, copy);
	explicit_bzero(copy, strlen(copy));
	free(copy);
	return result;
}

/* Unsetting this crashes natively, at once or later (rule 16). */
static bool
null_crashes(const struct pamport__named_item *item)
{
	return PAMPORT__PLATFORM->null_item_crashes[item - pamport__items];
}

static int
set_named_item(struct pamport__state *state,
    const struct pamport__named_item *item, const void *value)
{
	pam_handle_t *pamh = state->handle;

	if (item->number == PAM_SERVICE || is_token(item->number)) {
		pamport__note(state, PAMPORT__NOTE_RESTRICTED_ITEM);
		if (state->strict)
			return PAM_BAD_ITEM;
	}
	if (item->kind == PAMPORT__KIND_CONV)
		return set_conv(state, value);
	if (pamport__item_is_private(item->number)) {
		pamport__note(state, PAMPORT__NOTE_PRIVATE_ITEM);
		return pamport__private_item_set(state, item, value);
	}
	if (item->kind == PAMPORT__KIND_FUNCTION)
		return set_fail_delay(state, value);
	if (value == NULL && null_crashes(item)) {
		pamport__note(state, PAMPORT__NOTE_NULL_CRASHES);
		return PAM_BAD_ITEM;
	}
	if (value == NULL)
		return portable_refusal(pam_set_item(pamh, item->number,
		    NULL));
	if (item->kind == PAMPORT__KIND_STRING)
		return portable_refusal(set_string(state, item->number,
		    value));
	return portable_refusal(pam_set_item(pamh, item->number, value));
}

int
pamport_set_item(pam_handle_t *pamh, int number, const void *value)
{
	const struct pamport__named_item *item;
	struct pamport__state *state;
	int result;

	if (pamh == NULL)
		return PAM_SYSTEM_ERR;
	state = pamport__state_of(pamh);
	item = pamport__item_named(number);
	if (state == NULL || item == NULL) {
		if (pamport__item_is_private(number))
			return PAM_BAD_ITEM;
		return portable_refusal(pam_set_item(pamh, number, value));
	}
	result = set_named_item(state, item, value);
	if (pamport__is_traced(state))
		pamport__trace_result(state, "pam_set_item", item->name,
		    result);
	return result;
}

/* An item that the native library may have, whether we know it or not. */
static int
get_native(const pam_handle_t *pamh, int number, const void **value)
{
	PAMPORT__NATIVE_CONST void *native = NULL;
	int result;

	if (PAMPORT__PLATFORM->get_accepts_undefined_items &&
	    pamport__item_named(number) == NULL)
		return PAM_BAD_ITEM;
	result = portable_refusal(pam_get_item(pamh, number, &native));
	if (result == PAM_SUCCESS)
		*value = native;
	return result;
}

static int
get_item(const struct pamport__state *state, const pam_handle_t *pamh,
    int number, const void **value)
{
	if (state == NULL) {
		if (pamport__item_is_private(number))
			return PAM_BAD_ITEM;
		return get_native(pamh, number, value);
	}
	if (number == PAM_CONV) {
		*value = state->has_conv ? &state->conv : NULL;
		return PAM_SUCCESS;
	}
	if (state->strict && is_token(number))
		return PAM_BAD_ITEM;
	if (pamport__item_is_private(number)) {
		if (pamport__item_named(number) == NULL)
			return PAM_BAD_ITEM;
		*value = pamport__private_item_get(state, number);
		return PAM_SUCCESS;
	}
	if (number == PAM_FAIL_DELAY) {
		*value = to_pointer(state->fail_delay);
		return PAM_SUCCESS;
	}
	return get_native(pamh, number, value);
}

/*
 * Whether get_item would do nothing but ask the native library.  This is the call
 * that programs make most.
 */
#define BIT(item) ((item) < 64 ? (uint64_t)1 << ((item) & 63) : 0)
static inline bool
passes_through(int number)
{
	static const uint64_t others = BIT(PAM_CONV) | BIT(PAM_FAIL_DELAY) |
	    BIT(PAM_AUTHTOK) | BIT(PAM_OLDAUTHTOK);

	return (unsigned int)number < 64 && (others >> number & 1) == 0 &&
	    !PAMPORT__PLATFORM->get_accepts_undefined_items;
}

int
pamport_get_item(const pam_handle_t *pamh, int number, void *value)
{
	const struct pamport__state *state;
	const void *found = NULL;
	int result = PAM_SYSTEM_ERR;

	if (value == NULL)
		return PAM_SYSTEM_ERR;
	if (pamh != NULL && passes_through(number)) {
		result = pam_get_item(pamh, number, value);
		if (result == PAM_SUCCESS)
			return result;
		result = portable_refusal(result);
	} else if (pamh != NULL) {
		state = pamport__state_of(pamh);
		result = get_item(state, pamh, number, &found);
	}
	/* The caller's pointer is of the item's type, not of const void. */
	memcpy(value, &found, sizeof(found));
	return result;
}

int
pamport_get_user(pam_handle_t *pamh, void *user, const char *prompt)
{
	PAMPORT__NATIVE_CONST char *name = NULL;
	struct pamport__state *state;
	int result;

	if (user == NULL)
		return PAM_SYSTEM_ERR;
	memset(user, 0, sizeof(name));
	if (pamh == NULL)
		return PAM_SYSTEM_ERR;
	state = pamport__enter(pamh);
	result = pam_get_user(pamh, &name, prompt);
	pamport__leave(state);
	/* O takes a conversation without an answer for success [h72, h77]. */
	if (result == PAM_SUCCESS && name == NULL)
		result = PAM_CONV_ERR;
	if (pamport__is_traced(state))
		pamport__trace_result(state, "pam_get_user", "", result);
	if (result == PAM_SUCCESS)
		memcpy(user, &name, sizeof(name));
	return result;
}
