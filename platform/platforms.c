/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The list of all implementations.
 */
#include "platform/platform.h"

const struct pamport__platform *const
    pamport__platforms[PAMPORT__PLATFORMS] = {
	[PAMPORT_LINUX_PAM] = &pamport__linux_pam,
	[PAMPORT_OPENPAM] = &pamport__openpam,
	[PAMPORT_APPLE] = &pamport__apple,
	[PAMPORT_SOLARIS] = &pamport__solaris,
};
