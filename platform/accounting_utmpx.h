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

/* Host, address and what else is in this system's entry; and back. */
void pamport__utmpx_put(struct utmpx *entry,
    const struct pamport__login *login);
void pamport__utmpx_get(struct pamport__login *login,
    const struct utmpx *entry);

/*
 * Appends an entry to wtmp; writes the last login of a user.  0 or errno: ENOENT
 * where the file does not exist.  Never called where the facts have no place for
 * them.
 */
int pamport__utmpx_log(const struct utmpx *entry);
int pamport__utmpx_last(const struct pamport__login *login, uid_t uid);

#endif /* PAMPORT_PLATFORM_ACCOUNTING_UTMPX_H */
