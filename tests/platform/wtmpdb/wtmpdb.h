/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What database_wtmpdb.c takes of <wtmpdb.h>, for a test where there is no
 * libwtmpdb: its functions are in database_test.c.
 */
#ifndef PAMPORT_TESTS_WTMPDB_H
#define PAMPORT_TESTS_WTMPDB_H

#include <stdint.h>

#define USER_PROCESS 3

int64_t wtmpdb_login(const char *path, int type, const char *user,
    uint64_t time, const char *tty, const char *host, const char *service,
    char **error);
int wtmpdb_logout(const char *path, int64_t id, uint64_t time, char **error);

#endif /* PAMPORT_TESTS_WTMPDB_H */
