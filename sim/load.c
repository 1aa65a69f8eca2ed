/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Modules are real objects, opened with dlopen().
 */
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

#include "sim.h"

#ifndef PAMSIM_MODULE_DIR
#define PAMSIM_MODULE_DIR	"/nonexistent/pamsim/security"
#endif

static const char *const function_names[SIM_NCALLS] = {
	[SIM_AUTHENTICATE] = "pam_sm_authenticate",
	[SIM_SETCRED] = "pam_sm_setcred",
	[SIM_ACCT_MGMT] = "pam_sm_acct_mgmt",
	[SIM_OPEN_SESSION] = "pam_sm_open_session",
	[SIM_CLOSE_SESSION] = "pam_sm_close_session",
	[SIM_CHAUTHTOK] = "pam_sm_chauthtok",
};

/* A name without a slash in front is in the directory of modules. */
char *
sim_module_path(const char *name, const char *suffix)
{
	const char *directory;
	char *full, *path;

	if ((directory = getenv("PAMSIM_MODULE_DIR")) == NULL ||
	    *directory == '\0')
		directory = PAMSIM_MODULE_DIR;
	path = *name == '/' ? strdup(name) : sim_path(directory, name, NULL);
	if (path == NULL || suffix == NULL)
		return (path);
	full = malloc(strlen(path) + strlen(suffix) + 1);
	if (full != NULL) {
		strcpy(full, path);
		strcat(full, suffix);
	}
	free(path);
	return (full);
}

/*
 * Open the object and look up what it has.  It stays open until the handle
 * ends, since its cleanup functions may be called then.  With `lazy' a symbol
 * that nobody defines goes unnoticed until it is used.  [a10g]
 */
bool
sim_load(pam_handle_t *pamh, struct sim_entry *entry, const char *path,
    bool lazy)
{
	struct sim_object *object;
	void *symbol;
	int i;

	if ((object = calloc(1, sizeof(*object))) == NULL)
		return (false);
	object->object = dlopen(path, lazy ? RTLD_LAZY : RTLD_NOW);
	if (object->object == NULL) {
		sim_log("%s", dlerror());
		free(object);
		return (false);
	}
	object->next = pamh->objects;
	pamh->objects = object;
	for (i = 0; i < SIM_NCALLS; i++) {
		symbol = dlsym(object->object, function_names[i]);
		memcpy(&entry->function[i], &symbol, sizeof(symbol));
	}
	return (true);
}

void
sim_free_objects(pam_handle_t *pamh)
{
	struct sim_object *object;

	while ((object = pamh->objects) != NULL) {
		pamh->objects = object->next;
		dlclose(object->object);
		free(object);
	}
}
