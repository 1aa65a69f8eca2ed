/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Every allocation of every public function fails once: a clean error, nothing
 * lost, no second close, and every handle ends.  The rows are in allocation_*.c.
 */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "counted.h"
#include "swept.h"

static void
begin(void)
{
	counted_require();
	recorded_service();
}

/* What is done once in a process is done before. */
static void
sweep(const struct swept *rows, bool is_native)
{
	begin();
	ATF_REQUIRE(pamport__forks_are_counted());
	ATF_CHECK(swept_run(rows, is_native) > 0);
	fixture_remove(&recorded_fixture);
}

FIXTURE_TC(allocation__handles, "root")
{
	sweep(swept_handle, false);
}

FIXTURE_TC(allocation__conversations, "root")
{
	sweep(swept_conversation, false);
}

FIXTURE_TC(allocation__sessions, "root")
{
	sweep(swept_session, false);
}

FIXTURE_TC(allocation__records, "root")
{
	sweep(swept_record, false);
}

FIXTURE_TC(native__handles, "root")
{
	sweep(swept_handle, true);
}

FIXTURE_TC(native__sessions, "root")
{
	sweep(swept_session, true);
}

FIXTURE_TC(native__records, "root")
{
	sweep(swept_record, true);
}

/*
 * A process whose forks are not counted could not tell a session of its own from
 * its parent's.  Nothing has asked before in this process.
 */
FIXTURE_TC(allocation__no_session_where_forks_are_not_counted, "root")
{
	pamport_session *session;
	int at;

	begin();
	for (at = 0; at < 2; at++) {
		counted_arm(at == 0 ? 0 : 1000);
		ATF_CHECK_EQ(PAM_BUF_ERR, pamport_session_start(
		    recorded_fixture.service, "alice", NULL,
		    recorded_fixture.confdir, &session));
		ATF_CHECK_EQ(at == 0, counted_disarm());
		ATF_CHECK(session == NULL);
	}
	fixture_remove(&recorded_fixture);
}

/* --- Completeness ------------------------------------------------------------------ */

static const struct swept *const all[] = { swept_handle, swept_conversation,
    swept_session, swept_record };

static bool
is_swept(const char *name)
{
	const struct swept *row;
	size_t i;

	for (i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		for (row = all[i]; row->name != NULL; row++)
			if (strcmp(row->name, name) == 0)
				return true;
	return false;
}

/* Each name of lib/pamport.map has a row. */
ATF_TC_WITHOUT_HEAD(allocation__no_function_is_left_out);
ATF_TC_BODY(allocation__no_function_is_left_out, tc)
{
	FILE *map = fopen(TESTS_DIR "/../lib/pamport.map", "r");
	char line[256], name[256];
	int n = 0;

	(void)tc;
	ATF_REQUIRE(map != NULL);
	while (fgets(line, sizeof(line), map) != NULL) {
		if (sscanf(line, "\tpamport_%200[a-z_]", name) != 1)
			continue;
		ATF_CHECK_MSG(is_swept(fixture_text("pamport_%s", name)),
		    "pamport_%s is not swept", name);
		n++;
	}
	(void)fclose(map);
	ATF_CHECK(n > 0);
}

ATF_TP_ADD_TCS(tp)
{
	ATF_TP_ADD_TC(tp, allocation__handles);
	ATF_TP_ADD_TC(tp, allocation__conversations);
	ATF_TP_ADD_TC(tp, allocation__sessions);
	ATF_TP_ADD_TC(tp, allocation__records);
	ATF_TP_ADD_TC(tp, native__handles);
	ATF_TP_ADD_TC(tp, native__sessions);
	ATF_TP_ADD_TC(tp, native__records);
	ATF_TP_ADD_TC(tp, allocation__no_session_where_forks_are_not_counted);
	ATF_TP_ADD_TC(tp, allocation__no_function_is_left_out);

	return atf_no_error();
}
