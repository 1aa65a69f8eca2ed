/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A libpam of which it is not known how it reads its configuration: nothing is
 * concluded, and the trace says so.  Oracle Solaris 11, which looks into pam.conf
 * and pam.d in turns.
 */
#include <config.h>

#include "platform/configured.h"

enum pamport__configured
pamport__configured(const char *service, const char *facility)
{
	(void)service;
	(void)facility;
	return PAMPORT__CONFIGURATION_UNREADABLE;
}
