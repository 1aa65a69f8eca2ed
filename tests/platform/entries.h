/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Looks into the files of login records as they lie on the disk, not through the
 * code that is tested.  On glibc; elsewhere no case comes this far.
 */
#ifndef PAMPORT_TESTS_PLATFORM_ENTRIES_H
#define PAMPORT_TESTS_PLATFORM_ENTRIES_H

#include "platform/accounting.h"

enum entry_kind { ENTRY_LOGIN, ENTRY_LOGOUT };

int entries_in(const char *file);
/* Compares each field of the entry of that number, from 0, with the login. */
void entries_check(const char *file, int number, enum entry_kind kind,
    const struct pamport__login *login);
void entries_check_last(const char *file, uid_t uid,
    const struct pamport__login *login);
/* Writes one for any user ID; 0 or an error. */
int entries_put_last(const struct pamport__login *login, uid_t uid);
void entries_add_waiting(const char *file, const char *id, const char *line,
    pid_t pid);

#endif /* PAMPORT_TESTS_PLATFORM_ENTRIES_H */
