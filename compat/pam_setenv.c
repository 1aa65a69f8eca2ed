/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pam_setenv(3), which only OpenPAM has, and pam_misc_setenv(3), which only
 * Linux-PAM has: the same but for what they say of a variable that is there.
 */
#include <config.h>

#include <errno.h>
#include <stdint.h>

#include "compat/compat.h"
#include <pamport/openpam.h>
#include <pamport/pam_misc.h>

static int
put(pam_handle_t *pamh, const char *name, const char *value)
{
	size_t name_length = strlen(name), value_size = strlen(value) + 1;
	size_t size;
	char *pair;
	int result;

	if (value_size > SIZE_MAX - name_length - 1)
		return PAM_BUF_ERR;
	size = name_length + 1 + value_size;
	pair = malloc(size);
	if (pair == NULL)
		return PAM_BUF_ERR;
	memcpy(pair, name, name_length);
	pair[name_length] = '=';
	memcpy(pair + name_length + 1, value, value_size);
	result = pamport_putenv(pamh, pair);
	explicit_bzero(pair, size);
	free(pair);
	return result;
}

int
pamport_setenv(pam_handle_t *pamh, const char *name, const char *value,
    int overwrite)
{
	bool is_set = false;
	int result = PAM_SUCCESS;

	if (pamh == NULL || name == NULL || value == NULL)
		return PAM_SYSTEM_ERR;
	if (name[0] == '\0' || strchr(name, '=') != NULL) {
		errno = EINVAL;
		return PAM_SYSTEM_ERR;
	}
	if (!overwrite)
		result = pamport__env_is_set(pamh, name, &is_set);
	if (result != PAM_SUCCESS || is_set)
		return result;
	return put(pamh, name, value);
}

int
pamport_misc_setenv(pam_handle_t *pamh, const char *name, const char *value,
    int readonly)
{
	bool is_set = false;
	int result = PAM_SUCCESS;

	if (pamh == NULL || name == NULL || value == NULL)
		return PAM_SYSTEM_ERR;
	if (name[0] == '\0')
		return PAM_BAD_ITEM;
	if (readonly)
		result = pamport__env_is_set(pamh, name, &is_set);
	if (result != PAM_SUCCESS)
		return result;
	return is_set ? PAM_PERM_DENIED : put(pamh, name, value);
}
