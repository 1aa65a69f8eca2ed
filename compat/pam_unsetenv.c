/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pam_unsetenv(3), which only Apple's OpenPAM has; needed where pam_putenv
 * cannot delete.
 */
#include <config.h>

#include "compat/compat.h"

#ifdef HAVE_PAM_UNSETENV

#include <pamport/rename.h>
#include <security/openpam.h>
#include <pamport/rename.h>

int
pamport__unsetenv(pam_handle_t *pamh, const char *name)
{
	return pam_unsetenv(pamh, name);
}

#else

int
pamport__unsetenv(pam_handle_t *pamh, const char *name)
{
	(void)pamh;
	(void)name;
	return PAM_SYSTEM_ERR;
}

#endif
