/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which services are configured, for the completions of the shells: those whose
 * names every libpam takes.
 */
#include <config.h>

#include <sys/types.h>
#include <sys/stat.h>
#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/policy.h"

/* In order, each once. */
struct service {
	struct service *next;
	char name[];
};

static void
add(struct service **list, const char *name)
{
	struct service *service;

	while (*list != NULL && strcmp((*list)->name, name) < 0)
		list = &(*list)->next;
	if (*list != NULL && strcmp((*list)->name, name) == 0)
		return;
	service = malloc(sizeof(*service) + strlen(name) + 1);
	if (service == NULL)
		return;
	(void)strcpy(service->name, name);
	service->next = *list;
	*list = service;
}

/* A file that would be read: not one whose name libpam changes. */
static bool
is_service(const struct policy_dialect *dialect, const char *directory,
    const char *file)
{
	char name[POLICY_NAME_SIZE], path[PATH_MAX];
	struct stat status;

	return policy_is_portable(file) &&
	    policy_name(dialect, file, name) == NULL &&
	    strcmp(name, file) == 0 &&
	    snprintf(path, sizeof(path), "%s/%s", directory, file) <
	    (int)sizeof(path) && stat(path, &status) == 0 &&
	    S_ISREG(status.st_mode);
}

static void
add_files(struct service **list, const struct policy_dialect *dialect,
    const char *directory)
{
	DIR *stream = opendir(directory);
	const struct dirent *entry;

	if (stream == NULL)
		return;
	while ((entry = readdir(stream)) != NULL)
		if (is_service(dialect, directory, entry->d_name))
			add(list, entry->d_name);
	(void)closedir(stream);
}

static void
add_lines(struct service **list, const struct policy_dialect *dialect,
    const char *etc)
{
	char path[PATH_MAX], *word[POLICY_WORDS];
	struct policy_text text;

	(void)snprintf(path, sizeof(path), "%s/pam.conf", etc);
	text.has_brackets = dialect->has_brackets;
	text.has_quotes = dialect->has_quotes;
	text.has_inner_comments = dialect->has_inner_comments;
	if (policy_text_open(&text, path) != POLICY_READ)
		return;
	while (policy_text_line(&text, word) != -1)
		if (policy_is_portable(word[0]))
			add(list, word[0]);
	policy_text_close(&text);
}

static void
add_place(struct service **list, const struct policy_dialect *dialect,
    enum policy_place kind, const char *etc)
{
	char path[PATH_MAX];

	(void)snprintf(path, sizeof(path), "%s%s", etc,
	    kind == POLICY_CONFDIR ? "" : "/pam.d");
	if (kind != POLICY_PAM_CONF)
		add_files(list, dialect, path);
	if (dialect->conf_is_behind && kind != POLICY_CONFDIR)
		add_lines(list, dialect, etc);
}

void
policy_services(const struct policy_dialect *dialect, const char *directory,
    enum policy_place kind, void (*each)(const char *name))
{
	bool is_any = kind == POLICY_CONFDIR;
	struct service *list = NULL, *next;
	const char *etc;
	int i;

	for (i = 0; (etc = policy_place_of(dialect, kind, directory, i)) !=
	    NULL; i++) {
		is_any |= policy_has_directory(etc);
		add_place(&list, dialect, kind, etc);
	}
	if (dialect->conf_is_instead && !is_any)
		add_lines(&list, dialect, directory);
	for (; list != NULL; list = next) {
		next = list->next;
		each(list->name);
		free(list);
	}
}
