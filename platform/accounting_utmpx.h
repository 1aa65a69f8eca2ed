/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Between accounting_utmpx.c, which is for every system with a real utmpx, and
 * the file of the system, which has what its headers do not share with others.
 */
#ifndef PAMPORT_PLATFORM_ACCOUNTING_UTMPX_H
#define PAMPORT_PLATFORM_ACCOUNTING_UTMPX_H

#include <sys/types.h>
#include <sys/time.h>
#include <stdbool.h>
#include <utmpx.h>

#include "platform/accounting.h"

/*
 * put and get: address and what else is in this system's entry, beside the host;
 * and back.  log appends an entry to wtmp, last writes the last login of a user: 0
 * or errno, ENOENT where the file does not exist.  NULL where there is nothing to
 * do; log and last are there where the facts have a place for them.
 */
struct pamport__utmpx_system {
	void (*put)(struct utmpx *entry, const struct pamport__login *login);
	void (*get)(struct pamport__login *login, const struct utmpx *entry);
	int (*log)(const struct utmpx *entry);
	int (*last)(const struct pamport__login *login, uid_t uid);
};
extern const struct pamport__utmpx_system pamport__utmpx_system;

/*
 * accounting_lastlog.c, where <lastlog.h> has it: writes the last login into a
 * file with one entry for each number of a user.
 */
int pamport__lastlog_write(const char *file,
    const struct pamport__login *login, uid_t uid);

#endif /* PAMPORT_PLATFORM_ACCOUNTING_UTMPX_H */
