/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Lines of a configuration, in chains, one chain a type.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "sim.h"

const char *const sim_type_names[SIM_NTYPES] = {
	[SIM_AUTH] = "auth",
	[SIM_ACCOUNT] = "account",
	[SIM_SESSION] = "session",
	[SIM_PASSWORD] = "password",
};

const char *const sim_control_names[SIM_NCONTROLS] = {
	[SIM_REQUIRED] = "required",
	[SIM_REQUISITE] = "requisite",
	[SIM_SUFFICIENT] = "sufficient",
	[SIM_OPTIONAL] = "optional",
	[SIM_BINDING] = "binding",
	[SIM_INCLUDE] = "include",
};

int
sim_find_word(const char *const *words, int n, const char *word, bool any_case)
{
	int i;

	for (i = 0; i < n; i++)
		if ((any_case ? strcasecmp : strcmp)(words[i], word) == 0)
			return (i);
	return (-1);
}

struct sim_entry *
sim_new_entry(const char *path)
{
	struct sim_entry *entry;

	if ((entry = calloc(1, sizeof(*entry))) == NULL)
		return (NULL);
	entry->argv = calloc(1, sizeof(*entry->argv));
	entry->path = path != NULL ? strdup(path) : NULL;
	if (entry->argv == NULL || (path != NULL && entry->path == NULL)) {
		sim_free_entry(entry);
		return (NULL);
	}
	return (entry);
}

bool
sim_add_argument(struct sim_entry *entry, const char *argument)
{
	char **grown;

	grown = realloc(entry->argv,
	    ((size_t)entry->argc + 2) * sizeof(*grown));
	if (grown == NULL)
		return (false);
	entry->argv = grown;
	if ((grown[entry->argc] = strdup(argument)) == NULL)
		return (false);
	grown[++entry->argc] = NULL;
	return (true);
}

void
sim_append(struct sim_policy *policy, enum sim_type type,
    struct sim_entry *entry)
{
	struct sim_entry **last;

	for (last = &policy->chain[type]; *last != NULL; last = &(*last)->next)
		continue;
	*last = entry;
}

void
sim_free_entry(struct sim_entry *entry)
{
	if (entry == NULL)
		return;
	while (entry->argc > 0)
		free(entry->argv[--entry->argc]);
	free(entry->argv);
	free(entry->path);
	free(entry);
}

void
sim_free_chain(struct sim_entry **chain)
{
	struct sim_entry *entry;

	while ((entry = *chain) != NULL) {
		*chain = entry->next;
		sim_free_entry(entry);
	}
}

void
sim_free_policy(struct sim_policy *policy)
{
	int type;

	for (type = 0; type < SIM_NTYPES; type++)
		sim_free_chain(&policy->chain[type]);
}

/* The option of the module that runs: its value, "" without one, or NULL. */
const char *
sim_option(const pam_handle_t *pamh, const char *name)
{
	size_t length;
	int i;

	length = strlen(name);
	for (i = 0; pamh->current != NULL && i < pamh->current->argc; i++) {
		if (strncmp(pamh->current->argv[i], name, length) != 0)
			continue;
		if (pamh->current->argv[i][length] == '\0')
			return (pamh->current->argv[i] + length);
		if (pamh->current->argv[i][length] == '=')
			return (pamh->current->argv[i] + length + 1);
	}
	return (NULL);
}

enum sim_type
sim_type_of(enum sim_call call)
{
	static const enum sim_type types[SIM_NCALLS] = {
		[SIM_AUTHENTICATE] = SIM_AUTH,
		[SIM_SETCRED] = SIM_AUTH,
		[SIM_ACCT_MGMT] = SIM_ACCOUNT,
		[SIM_OPEN_SESSION] = SIM_SESSION,
		[SIM_CLOSE_SESSION] = SIM_SESSION,
		[SIM_CHAUTHTOK] = SIM_PASSWORD,
	};

	return (types[call]);
}

int
sim_invoke(pam_handle_t *pamh, struct sim_entry *entry, enum sim_call call,
    int flags)
{
	int result;

	pamh->current = entry;
	result = entry->function[call](pamh, flags, entry->argc,
	    (const char **)entry->argv);
	pamh->current = NULL;
	return (result);
}
