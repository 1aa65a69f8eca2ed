/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The variables of a handle.  None of this reads or writes the environment of
 * the process.  [f15]
 */
#include <stdlib.h>
#include <string.h>

#include "sim.h"

static const struct sim_env_rules *const rules = &sim_this.env;

/*
 * Where names match by prefix, FOO finds FOOBAR and the empty name finds the
 * first variable there is.  [f03b, f06b, f07b]
 */
static size_t
find(const pam_handle_t *pamh, const char *name, size_t length)
{
	const struct sim_variable *variable;
	size_t i;

	for (i = 0; i < pamh->nenv; i++) {
		variable = &pamh->env[i];
		if (length > variable->name_length)
			continue;
		if (!rules->prefix && length != variable->name_length)
			continue;
		if (strncmp(variable->text, name, length) == 0)
			break;
	}
	return (i);
}

static int
append(pam_handle_t *pamh, const char *text, size_t length)
{
	struct sim_variable *grown;

	grown = realloc(pamh->env, (pamh->nenv + 1) * sizeof(*grown));
	if (grown == NULL)
		return (PAM_BUF_ERR);
	pamh->env = grown;
	grown[pamh->nenv].name_length = length;
	if ((grown[pamh->nenv].text = strdup(text)) == NULL)
		return (PAM_BUF_ERR);
	pamh->nenv++;
	return (PAM_SUCCESS);
}

/* The name that is there stays, which shows where FOO found FOOBAR.  [f07b] */
static int
replace(struct sim_variable *variable, const char *value)
{
	char *text;
	size_t size;

	size = strlen(value) + 1;
	if ((text = malloc(variable->name_length + 1 + size)) == NULL)
		return (PAM_BUF_ERR);
	memcpy(text, variable->text, variable->name_length + 1);
	memcpy(text + variable->name_length + 1, value, size);
	sim_free_secret(variable->text);
	variable->text = text;
	return (PAM_SUCCESS);
}

/* Delete, also where pam_putenv() cannot. */
int
sim_unsetenv(pam_handle_t *pamh, const char *name)
{
	size_t i;

	if ((i = find(pamh, name, strlen(name))) == pamh->nenv)
		return (rules->delete_missing);
	sim_free_secret(pamh->env[i].text);
	pamh->nenv--;
	memmove(&pamh->env[i], &pamh->env[i + 1],
	    (pamh->nenv - i) * sizeof(pamh->env[0]));
	return (PAM_SUCCESS);
}

int
pam_putenv(pam_handle_t *pamh, const char *text)
{
	const char *equals;
	size_t i, length;

	if (pamh == NULL)
		return (sim_result(rules->no_handle, "pam_putenv(NULL)"));
	if (text == NULL)
		return (sim_result(rules->no_text, "pam_putenv() of NULL"));
	equals = strchr(text, '=');
	if ((equals == text || *text == '\0') && rules->no_name != PAM_SUCCESS)
		return (rules->no_name);
	if (equals == NULL && rules->delete != PAM_SUCCESS)
		return (rules->delete);			/* [f01] */
	if (equals == NULL)
		return (sim_unsetenv(pamh, text));
	length = (size_t)(equals - text);
	if ((i = find(pamh, text, length)) < pamh->nenv)
		return (replace(&pamh->env[i], equals + 1));
	return (append(pamh, text, length));
}

/* In place; the personality decides whether the caller gets a copy. */
const char *
sim_getenv(pam_handle_t *pamh, const char *name)
{
	size_t i;

	if (pamh == NULL) {
		sim_result(rules->no_handle_get, "pam_getenv(NULL)");
		return (NULL);
	}
	if (name == NULL) {
		sim_result(rules->no_handle_list, "pam_getenv() of NULL");
		return (NULL);
	}
	if ((i = find(pamh, name, strlen(name))) == pamh->nenv)
		return (NULL);
	return (pamh->env[i].text + pamh->env[i].name_length + 1);
}

static char *
list_entry(const char *text)
{
	char *copy;

	copy = strdup(text);
	if (copy != NULL && rules->longest != 0 &&
	    strlen(copy) > rules->longest)
		copy[rules->longest] = '\0';	/* [f12] */
	return (copy);
}

/* An empty environment is a list of nothing, not NULL.  [f09] */
char **
pam_getenvlist(pam_handle_t *pamh)
{
	char **list;
	size_t i;

	if (pamh == NULL) {
		sim_result(rules->no_handle_list, "pam_getenvlist(NULL)");
		return (NULL);
	}
	if ((list = calloc(pamh->nenv + 1, sizeof(*list))) == NULL)
		return (NULL);
	for (i = 0; i < pamh->nenv; i++) {
		if ((list[i] = list_entry(pamh->env[i].text)) != NULL)
			continue;
		while (i-- > 0)
			free(list[i]);
		free(list);
		return (NULL);
	}
	return (list);
}

void
sim_free_env(pam_handle_t *pamh)
{
	while (pamh->nenv > 0)
		sim_free_secret(pamh->env[--pamh->nenv].text);
	free(pamh->env);
	pamh->env = NULL;
}
