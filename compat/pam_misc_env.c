/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pam_misc_paste_env(3) and pam_misc_drop_env(3), which only Linux-PAM has.
 */
#include <config.h>

#include "compat/compat.h"
#include <pamport/pam_misc.h>

int
pamport_misc_paste_env(pam_handle_t *pamh, const char *const *environment)
{
	int result = PAM_SUCCESS;

	if (pamh == NULL)
		return PAM_SYSTEM_ERR;
	if (environment == NULL)
		return PAM_SUCCESS;
	while (*environment != NULL && result == PAM_SUCCESS)
		result = pamport_putenv(pamh, *environment++);
	return result;
}

char **
pamport_misc_drop_env(char **environment)
{
	char **variable;

	if (environment == NULL)
		return NULL;
	for (variable = environment; *variable != NULL; variable++) {
		explicit_bzero(*variable, strlen(*variable));
		free(*variable);
	}
	free(environment);
	return NULL;
}
