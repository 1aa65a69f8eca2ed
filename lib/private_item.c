/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Items that the native library lacks, kept for the application (rule 13).
 * Each is one block: what belongs to a structure follows it.
 */
#include <config.h>

#include <sys/types.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

#include "lib/internal.h"
#include "compat/compat.h"

struct pamport__private_item {
	struct pamport__private_item *next;
	int number;
	const void *value;	/* the function itself, or what follows */
	size_t size;		/* of what follows */
	union {
		char bytes[1];
		struct pam_xauth_data xauth;
		struct pam_repository repository;
		struct sockaddr_storage address;
	} content;
};

static struct pamport__private_item *
new_item(size_t size)
{
	struct pamport__private_item *item;

	if (size > (size_t)-1 - sizeof(*item))
		return NULL;
	item = calloc(1, sizeof(*item) + size);
	if (item == NULL)
		return NULL;
	item->size = sizeof(item->content) + size;
	item->value = &item->content;
	return item;
}

static void
free_item(struct pamport__private_item *item)
{
	explicit_bzero(&item->content, item->size);
	free(item);
}

static struct pamport__private_item *
copy_string(const char *value)
{
	size_t size = strlen(value) + 1;
	struct pamport__private_item *item = new_item(size);

	if (item != NULL)
		memcpy(item->content.bytes, value, size);
	return item;
}

/* Copies size bytes and a terminator to *to; returns what follows them. */
static char *
append(char *to, char **where, const char *from, size_t size)
{
	*where = to;
	if (size > 0)
		memcpy(to, from, size);
	to[size] = '\0';
	return to + size + 1;
}

static struct pamport__private_item *
copy_xauth(const struct pam_xauth_data *value)
{
	size_t name = (size_t)value->namelen, data = (size_t)value->datalen;
	struct pamport__private_item *item;
	char *rest;

	if (data > (size_t)-1 - name - 2)
		return NULL;
	item = new_item(name + data + 2);
	if (item == NULL)
		return NULL;
	item->content.xauth = *value;
	rest = (char *)(item + 1);
	rest = append(rest, &item->content.xauth.name, value->name, name);
	(void)append(rest, &item->content.xauth.data, value->data, data);
	return item;
}

static struct pamport__private_item *
copy_repository(const struct pam_repository *value)
{
	const char *type = value->type == NULL ? "" : value->type;
	size_t type_size = strlen(type);
	struct pamport__private_item *item;
	char *rest, *scope;

	if (value->scope_len > (size_t)-1 - type_size - 2)
		return NULL;
	item = new_item(type_size + value->scope_len + 2);
	if (item == NULL)
		return NULL;
	item->content.repository = *value;
	rest = (char *)(item + 1);
	rest = append(rest, &item->content.repository.type, type, type_size);
	(void)append(rest, &scope, value->scope, value->scope_len);
	item->content.repository.scope = value->scope == NULL ? NULL : scope;
	return item;
}

/* NetBSD takes a sockaddr_storage; a shorter address is not overread. */
static size_t
address_size(const struct sockaddr *address)
{
	switch (address->sa_family) {
	case AF_INET:
		return sizeof(struct sockaddr_in);
	case AF_INET6:
		return sizeof(struct sockaddr_in6);
	case AF_UNIX:
		return sizeof(struct sockaddr_un);
	default:
		return sizeof(struct sockaddr_storage);
	}
}

static struct pamport__private_item *
copy_address(const struct sockaddr *value)
{
	struct pamport__private_item *item = new_item(0);

	if (item != NULL)
		memcpy(&item->content.address, value, address_size(value));
	return item;
}

static struct pamport__private_item *
keep_pointer(const void *value)
{
	struct pamport__private_item *item = new_item(0);

	if (item != NULL)
		item->value = value;
	return item;
}

static struct pamport__private_item *
copy_value(enum pamport__kind kind, const void *value)
{
	switch (kind) {
	case PAMPORT__KIND_STRING:
		return copy_string(value);
	case PAMPORT__KIND_XAUTH:
		return copy_xauth(value);
	case PAMPORT__KIND_REPOSITORY:
		return copy_repository(value);
	case PAMPORT__KIND_SOCKADDR:
		return copy_address(value);
	case PAMPORT__KIND_FUNCTION:
		return keep_pointer(value);
	case PAMPORT__KIND_CONV:
	case PAMPORT__KIND_UNKNOWN:
		break;
	}
	return NULL;
}

static bool
is_sound(enum pamport__kind kind, const void *value)
{
	const struct pam_xauth_data *xauth = value;
	const struct pam_repository *repository = value;

	switch (kind) {
	case PAMPORT__KIND_XAUTH:
		return xauth->namelen >= 0 && xauth->datalen >= 0 &&
		    (xauth->name != NULL || xauth->namelen == 0) &&
		    (xauth->data != NULL || xauth->datalen == 0);
	case PAMPORT__KIND_REPOSITORY:
		return repository->scope != NULL || repository->scope_len == 0;
	default:
		return true;
	}
}

static void
remove_item(struct pamport__state *state, int number)
{
	struct pamport__private_item **link, *item;

	for (link = &state->items; *link != NULL; link = &(*link)->next) {
		item = *link;
		if (item->number == number) {
			*link = item->next;
			free_item(item);
			return;
		}
	}
}

int
pamport__private_item_set(struct pamport__state *state,
    const struct pamport__named_item *named, const void *value)
{
	struct pamport__private_item *item = NULL;

	if (value != NULL) {
		if (!is_sound(named->kind, value))
			return PAM_BAD_ITEM;
		/* Before the old one goes: value may point into it. */
		item = copy_value(named->kind, value);
		if (item == NULL)
			return PAM_BUF_ERR;
	}
	remove_item(state, named->number);
	if (item != NULL) {
		item->number = named->number;
		item->next = state->items;
		state->items = item;
	}
	return PAM_SUCCESS;
}

const void *
pamport__private_item_get(const struct pamport__state *state, int number)
{
	const struct pamport__private_item *item;

	for (item = state->items; item != NULL; item = item->next)
		if (item->number == number)
			return item->value;
	return NULL;
}

void
pamport__private_items_free(struct pamport__state *state)
{
	struct pamport__private_item *item;

	while ((item = state->items) != NULL) {
		state->items = item->next;
		free_item(item);
	}
}
