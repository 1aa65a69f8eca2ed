/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * libwtmpdb, where it is found: logins and logouts with 64-bit times.  A login
 * has a number there, by which the logout is written.
 *
 * Its errors are texts; errno is only a guess, so EIO is said where there is
 * none.
 */
#include <config.h>

#include <errno.h>
#include <stdlib.h>
#include <wtmpdb.h>

#include "platform/accounting.h"

const char *const pamport__database_where = "wtmpdb";

#define MICROSECONDS ((uint64_t)1000000)

static uint64_t
microseconds_of(int64_t time, int32_t microseconds)
{
	return (uint64_t)time * MICROSECONDS + (uint64_t)microseconds;
}

static struct pamport__record_result
result_of(bool is_written, char *error)
{
	struct pamport__record_result result = { PAMPORT__RECORD_WRITTEN, 0 };

	if (!is_written) {
		result.state = PAMPORT__RECORD_FAILED;
		result.error = errno == 0 ? EIO : errno;
	}
	free(error);
	return result;
}

static const char *
or_null(const char *text)
{
	return text[0] == '\0' ? NULL : text;
}

struct pamport__record_result
pamport__database_login(struct pamport__login *login)
{
	char *error = NULL;
	int64_t number;

	errno = 0;
	number = wtmpdb_login(NULL, USER_PROCESS, login->user,
	    microseconds_of(login->time, login->microseconds), login->line,
	    or_null(login->host), or_null(login->service), &error);
	login->database = number > 0 ? number : 0;
	return result_of(number > 0, error);
}

struct pamport__record_result
pamport__database_logout(const struct pamport__login *login, int64_t time,
    int32_t microseconds)
{
	char *error = NULL;
	int result;

	errno = 0;
	result = wtmpdb_logout(NULL, login->database,
	    microseconds_of(time, microseconds), &error);
	return result_of(result == 0, error);
}
