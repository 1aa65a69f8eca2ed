/* SPDX-License-Identifier: BSD-2-Clause */
/* No libwtmpdb, or not wanted. */
#include <config.h>

#include "platform/accounting.h"

const char *const pamport__database_where = NULL;

struct pamport__record_result
pamport__database_login(struct pamport__login *login)
{
	struct pamport__record_result result = {
		PAMPORT__RECORD_UNSUPPORTED, 0
	};

	(void)login;
	return result;
}

struct pamport__record_result
pamport__database_logout(const struct pamport__login *login, int64_t time,
    int32_t microseconds)
{
	struct pamport__record_result result = {
		PAMPORT__RECORD_UNSUPPORTED, 0
	};

	(void)login;
	(void)time;
	(void)microseconds;
	return result;
}
