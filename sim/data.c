/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Data that modules leave with a handle.
 */
#include <stdlib.h>
#include <string.h>

#include "sim.h"

static const struct sim_data_rules *const rules = &sim_this.data;

static struct sim_data *
find(const pam_handle_t *pamh, const char *name)
{
	struct sim_data *data;

	for (data = pamh->data; data != NULL; data = data->next)
		if (strcmp(data->name, name) == 0)
			break;
	return (data);
}

static bool
refused(const pam_handle_t *pamh)
{
	return (rules->from_application != PAM_SUCCESS &&
	    pamh->place != SIM_IN_MODULE);
}

/* What is set again keeps its place among the cleanups.  [i06] */
int
pam_set_data(pam_handle_t *pamh, const char *name, void *value,
    void (*cleanup)(pam_handle_t *, void *, int))
{
	struct sim_data *data;

	if (pamh == NULL)
		return (sim_result(rules->no_handle_set, "pam_set_data(NULL)"));
	if (refused(pamh))
		return (rules->from_application);
	if (name == NULL)
		return (sim_result(rules->no_handle_set,
		    "pam_set_data() without a name"));
	if ((data = find(pamh, name)) != NULL) {
		if (data->cleanup != NULL)
			data->cleanup(pamh, data->value, rules->replaced);
	} else {
		if ((data = calloc(1, sizeof(*data))) == NULL)
			return (PAM_BUF_ERR);
		if ((data->name = strdup(name)) == NULL) {
			free(data);
			return (PAM_BUF_ERR);
		}
		data->next = pamh->data;
		pamh->data = data;
	}
	data->value = value;
	data->cleanup = cleanup;
	return (PAM_SUCCESS);
}

int
pam_get_data(const pam_handle_t *pamh, const char *name, const void **value)
{
	const struct sim_data *data;

	if (pamh == NULL)
		return (sim_result(rules->no_handle_get, "pam_get_data(NULL)"));
	if (refused(pamh))
		return (rules->from_application);
	/* Nobody looks at the name where there is nothing to compare. */
	if (name == NULL &&
	    (pamh->data != NULL || rules->no_handle_get != SIM_CRASH))
		return (sim_result(rules->no_handle_get,
		    "pam_get_data() without a name"));
	if (name == NULL || (data = find(pamh, name)) == NULL)
		return (PAM_NO_MODULE_DATA);
	if (value == NULL)
		return (sim_result(rules->no_handle_get,
		    "pam_get_data() without a place for the data"));
	*value = data->value;
	return (PAM_SUCCESS);
}

/* Last set, first cleaned up; the status goes through whole.  [i00, i04] */
void
sim_free_data(pam_handle_t *pamh, int status)
{
	struct sim_data *data;

	while ((data = pamh->data) != NULL) {
		pamh->data = data->next;
		if (data->cleanup != NULL)
			data->cleanup(pamh, data->value, status);
		free(data->name);
		free(data);
	}
}
