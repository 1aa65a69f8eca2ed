/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * platform/database_wtmpdb.c with a double of libwtmpdb: what it is given, and
 * what is made of its answers.  The real one was not there to be tried.
 */
#include <config.h>

#include <stdio.h>
#include <string.h>

/* Beside the one that is in the library here. */
#define pamport__database_where database_where
#define pamport__database_login database_login
#define pamport__database_logout database_logout
#include "platform/database_wtmpdb.c"

#include <atf-c.h>

static int64_t answer;
static int64_t given_id;
static uint64_t given_time;
static char given[2048];

int64_t
wtmpdb_login(const char *path, int type, const char *user, uint64_t time,
    const char *tty, const char *host, const char *service, char **error)
{
	given_time = time;
	snprintf(given, sizeof(given), "%s %d %s %s %s %s",
	    path == NULL ? "NULL" : path, type, user, tty,
	    host == NULL ? "NULL" : host, service == NULL ? "NULL" : service);
	if (answer < 0)
		*error = strdup("no");
	return answer;
}

int
wtmpdb_logout(const char *path, int64_t id, uint64_t time, char **error)
{
	(void)path;
	given_id = id;
	given_time = time;
	if (answer < 0)
		*error = strdup("no");
	return answer < 0 ? -1 : 0;
}

ATF_TC_WITHOUT_HEAD(the_number_goes_to_the_logout);
ATF_TC_BODY(the_number_goes_to_the_logout, tc)
{
	struct pamport__login login = {
		.user = "user", .line = "pts/97", .service = "sshd",
		.time = INT64_C(5000000000), .microseconds = 7,
	};

	answer = INT64_C(1) << 40;
	ATF_CHECK_EQ(PAMPORT__RECORD_WRITTEN, database_login(&login).state);
	ATF_CHECK_STREQ("NULL 3 user pts/97 NULL sshd", given);
	ATF_CHECK_EQ(UINT64_C(5000000000000007), given_time);
	ATF_CHECK_EQ(answer, login.database);
	ATF_CHECK_EQ(PAMPORT__RECORD_WRITTEN,
	    database_logout(&login, 6000000000, 8).state);
	ATF_CHECK_EQ(answer, given_id);
	ATF_CHECK_EQ(UINT64_C(6000000000000008), given_time);
}

ATF_TC_WITHOUT_HEAD(failures_are_said);
ATF_TC_BODY(failures_are_said, tc)
{
	struct pamport__login login = { .user = "user", .line = "pts/97" };

	answer = -1;
	ATF_CHECK_EQ(PAMPORT__RECORD_FAILED, database_login(&login).state);
	ATF_CHECK_EQ(0, login.database);
	ATF_CHECK_EQ(EIO, database_logout(&login, 1, 1).error);
}

ATF_TP_ADD_TCS(tp)
{
	ATF_TP_ADD_TC(tp, the_number_goes_to_the_logout);
	ATF_TP_ADD_TC(tp, failures_are_said);
	return atf_no_error();
}
