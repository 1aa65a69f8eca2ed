/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Items.  Who may read and set them, and what a refusal is called, stands in
 * the personality's table.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim.h"

/*
 * Two structures that only some headers declare; laid out as there, so that
 * this file compiles with all of them.
 */
struct xauth {
	int namelen;
	char *name;
	int datalen;
	char *data;
};

struct repository {
	char *type;
	void *scope;
	size_t scope_len;
};

static const struct sim_item_rules *const rules = &sim_this.item;

static void *
copy_bytes(const void *from, size_t size)
{
	void *copy;

	copy = malloc(size > 0 ? size : 1);
	if (copy != NULL && size > 0)
		memcpy(copy, from, size);
	return (copy);
}

static void
free_value(struct sim_item *item, int kind)
{
	struct repository *repository;
	struct xauth *xauth;

	if (item->value == NULL)
		return;
	switch (kind) {
	case SIM_REPOSITORY:
		repository = item->value;
		free(repository->type);
		free(repository->scope);
		free(repository);
		break;
	case SIM_XAUTH:
		xauth = item->value;
		free(xauth->name);
		sim_wipe(xauth->data);
		free(xauth->data);
		free(xauth);
		break;
	case SIM_POINTER:
		break;
	case SIM_CONVERSATION:
		free(item->value);
		break;
	default:
		sim_free_secret(item->value);
		break;
	}
	item->value = NULL;
}

static void *
copy_repository(const struct repository *from)
{
	struct repository *copy;

	if ((copy = calloc(1, sizeof(*copy))) == NULL)
		return (NULL);
	if (from->type != NULL)
		copy->type = strdup(from->type);
	if (from->scope != NULL)
		copy->scope = copy_bytes(from->scope, from->scope_len);
	copy->scope_len = from->scope_len;
	return (copy);
}

static void *
copy_xauth(const struct xauth *from)
{
	struct xauth *copy;

	if ((copy = calloc(1, sizeof(*copy))) == NULL)
		return (NULL);
	copy->namelen = from->namelen;
	copy->datalen = from->datalen;
	if (from->name != NULL)
		copy->name = strdup(from->name);
	if (from->data != NULL && from->datalen > 0)
		copy->data = copy_bytes(from->data, (size_t)from->datalen);
	return (copy);
}

static void *
copy_value(int kind, const void *value)
{
	switch (kind) {
	case SIM_CONVERSATION:
		return (copy_bytes(value, sizeof(struct pam_conv)));
	case SIM_REPOSITORY:
		return (copy_repository(value));
	case SIM_XAUTH:
		return (copy_xauth(value));
	default:
		return (strdup(value));
	}
}

/*
 * Handing pam_set_item() the pointer that pam_get_item() gave: an
 * implementation that frees first then copies what it has freed.  What it
 * would find there is anybody's guess; here it is tildes.  [e22]
 */
static bool
is_inside(const struct sim_item *item, const char *value)
{
	const char *old = item->value;

	return (old != NULL && value >= old && value <= old + strlen(old));
}

static int
replace_string(struct sim_item *item, const void *value)
{
	char *copy;

	if (value == item->value && !rules->frees_first)
		return (PAM_SUCCESS);
	copy = NULL;
	if (value != NULL && (copy = strdup(value)) == NULL)
		return (PAM_BUF_ERR);
	if (rules->frees_first && value != NULL && is_inside(item, value)) {
		fprintf(stderr, "pamsim(%s): the real library would read "
		    "freed memory here: an item was set from its own value\n",
		    sim_this.name);
		memset(copy, '~', strlen(copy));
	}
	sim_free_secret(item->value);
	item->value = copy;
	return (PAM_SUCCESS);
}

/* The conversation, set to nothing, is refused, empty or gone.  [e.1 item 5] */
static int
unset_conversation(struct sim_item *item)
{
	if (rules->conv_unset != PAM_SUCCESS)
		return (rules->conv_unset);
	free_value(item, SIM_CONVERSATION);
	if (!rules->conv_empties)
		return (PAM_SUCCESS);
	item->value = calloc(1, sizeof(struct pam_conv));
	return (item->value != NULL ? PAM_SUCCESS : PAM_BUF_ERR);
}

/* Solaris frees the repository and keeps the pointer.  [e.1 item 10] */
static int
unset_structure(struct sim_item *item, int kind)
{
	if (kind == SIM_XAUTH)
		sim_crash("PAM_XAUTHDATA set to NULL [e.1 item 12]");
	if (rules->repository_dangles && item->value != NULL) {
		item->dangling = true;
		return (PAM_SUCCESS);
	}
	free_value(item, kind);
	return (PAM_SUCCESS);
}

static int
replace_structure(struct sim_item *item, int kind, const void *value)
{
	void *copy;

	if ((copy = copy_value(kind, value)) == NULL)
		return (PAM_BUF_ERR);
	free_value(item, kind);
	item->value = copy;
	item->dangling = false;
	return (PAM_SUCCESS);
}

/* What was unset may be set once more where unsetting is allowed.  [e.1] */
static int
name_refusal(const pam_handle_t *pamh, const struct sim_item *item,
    const void *value)
{
	if (pamh->place == SIM_STARTING)
		return (PAM_SUCCESS);
	if (value == NULL)
		return (rules->name_unset);
	if (item->value == NULL && rules->name_unset == PAM_SUCCESS)
		return (PAM_SUCCESS);
	return (rules->name_set);
}

static int
set_name(pam_handle_t *pamh, struct sim_item *item, const void *value)
{
	int result;

	if ((result = name_refusal(pamh, item, value)) != PAM_SUCCESS)
		return (result);
	if ((result = replace_string(item, value)) != PAM_SUCCESS)
		return (result);
	if (sim_this.service_changed != NULL)
		sim_this.service_changed(pamh);
	return (PAM_SUCCESS);
}

static int
set_token(pam_handle_t *pamh, struct sim_item *item, const void *value)
{
	if (pamh->place != SIM_IN_MODULE && rules->token_set != PAM_SUCCESS)
		return (rules->token_set);
	return (replace_string(item, value));
}

static int
kind_of(int number)
{
	if (number > 0 && number < SIM_NITEMS)
		return (rules->kind[number]);
	if (number != 0 && number == rules->message_version)
		return (SIM_STRING);
	return (SIM_NO_ITEM);
}

static struct sim_item *
slot_of(pam_handle_t *pamh, int number)
{
	if (number >= SIM_NITEMS)
		return (&pamh->message_version);
	return (&pamh->item[number]);
}

int
sim_set_item(pam_handle_t *pamh, int number, const void *value)
{
	struct sim_item *item;
	int kind;

	if (pamh == NULL)
		return (sim_result(rules->no_handle, "pam_set_item(NULL)"));
	if ((kind = kind_of(number)) == SIM_NO_ITEM)
		return (rules->unknown);
	item = slot_of(pamh, number);
	switch (kind) {
	case SIM_NAME:
		return (set_name(pamh, item, value));
	case SIM_TOKEN:
		return (set_token(pamh, item, value));
	case SIM_POINTER:
		/* A function, carried as a pointer to an object. */
		memcpy(&item->value, &value, sizeof(item->value));
		return (PAM_SUCCESS);
	case SIM_STRING:
		return (replace_string(item, value));
	case SIM_CONVERSATION:
		if (value == NULL)
			return (unset_conversation(item));
		return (replace_structure(item, kind, value));
	default:
		if (value == NULL)
			return (unset_structure(item, kind));
		return (replace_structure(item, kind, value));
	}
}

/* The value as the library itself sees it. */
const void *
sim_item(const pam_handle_t *pamh, int number)
{
	return (pamh->item[number].value);
}

int
sim_get_item(const pam_handle_t *pamh, int number, const void **value)
{
	int kind;

	if (pamh == NULL)
		return (sim_result(rules->no_handle, "pam_get_item(NULL)"));
	kind = kind_of(number);
	if (value == NULL) {
		if (kind == SIM_NO_ITEM && !rules->unknown_clears)
			return (rules->unknown);
		return (sim_result(rules->no_target,
		    "pam_get_item() without a place for the value [e20]"));
	}
	if (rules->unknown_clears)
		*value = NULL;
	if (kind == SIM_NO_ITEM) {
		if (!rules->gaps_read || number <= 0 || number >= SIM_NITEMS)
			return (rules->unknown);
		*value = NULL;
		return (PAM_SUCCESS);
	}
	if (kind == SIM_TOKEN && pamh->place != SIM_IN_MODULE &&
	    rules->token_get != PAM_SUCCESS)
		return (rules->token_get);
	*value = number < SIM_NITEMS ?
	    pamh->item[number].value : pamh->message_version.value;
	return (PAM_SUCCESS);
}

void
sim_free_items(pam_handle_t *pamh)
{
	int number;

	for (number = 1; number < SIM_NITEMS; number++) {
		if (pamh->item[number].dangling)
			sim_crash("pam_end() after PAM_REPOSITORY was unset");
		free_value(&pamh->item[number], rules->kind[number]);
	}
	free_value(&pamh->message_version, SIM_STRING);
}
