/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A program that brings its own pam_putenv and pam_getenvlist, for systems
 * that lack them.
 *
 * Home: linux-pam openpam apple solaris illumos
 * Also: c++
 */
#include <security/pam_appl.h>
#include <stdlib.h>

int
pam_putenv(pam_handle_t *pamh, const char *name_value)
{
	return (pamh == NULL || name_value == NULL ? PAM_SYSTEM_ERR :
	    PAM_SUCCESS);
}

char **
pam_getenvlist(pam_handle_t *pamh)
{
	return (pam_putenv(pamh, "A=b") == PAM_SUCCESS ?
	    (char **)calloc(1, sizeof(char *)) : NULL);
}
