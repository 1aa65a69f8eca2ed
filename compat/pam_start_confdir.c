/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pam_start_confdir(3), which only Linux-PAM since 1.4 has.
 */
#include <config.h>

#include "compat/compat.h"

#ifdef HAVE_PAM_START_CONFDIR

const bool pamport__has_start_confdir = true;

int
pamport__start_confdir(const char *service, const char *user,
    const struct pamport__native_conv *conv, const char *confdir,
    pam_handle_t **pamh)
{
	return pam_start_confdir(service, user, conv, confdir, pamh);
}

#else

const bool pamport__has_start_confdir = false;

/* To start with the system's configuration instead could let somebody in. */
int
pamport__start_confdir(const char *service, const char *user,
    const struct pamport__native_conv *conv, const char *confdir,
    pam_handle_t **pamh)
{
	(void)service;
	(void)user;
	(void)conv;
	(void)confdir;
	(void)pamh;
	return PAM_SYSTEM_ERR;
}

#endif
