/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Login records: what lib/accounting.c does to fields, names and numbers, be
 * they another system's.  tests/platform/accounting_test.c writes records.
 */
#include <config.h>

#include <atf-c.h>
#include <errno.h>
#include <stdint.h>
#include <string.h>

#include "platform/accounting.h"

/* --- Fields ------------------------------------------------------------------------ */

ATF_TC_WITHOUT_HEAD(field__number_fits_or_is_refused);
ATF_TC_BODY(field__number_fits_or_is_refused, tc)
{
	static const struct {
		bool is_signed;
		int64_t number;
		int error;
	} rows[] = {
		{ true, INT32_MAX, 0 }, { true, INT32_MIN, 0 },
		{ true, (int64_t)INT32_MAX + 1, EOVERFLOW },
		{ true, (int64_t)INT32_MIN - 1, EOVERFLOW },
		{ false, UINT32_MAX, 0 }, { false, 0, 0 },
		{ false, (int64_t)UINT32_MAX + 1, EOVERFLOW },
		{ false, -1, EOVERFLOW }
	};
	int64_t wide = 0;
	uint32_t half;
	size_t i;

	(void)tc;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		half = 0;
		ATF_CHECK_EQ(rows[i].error, pamport__field_number(&half,
		    sizeof(half), rows[i].is_signed, rows[i].number));
		if (rows[i].error == 0)
			ATF_CHECK_EQ((uint32_t)(uint64_t)rows[i].number, half);
	}
	ATF_CHECK_EQ(0, pamport__field_number(&wide, sizeof(wide), true,
	    (int64_t)1 << 40));
	ATF_CHECK_EQ((int64_t)1 << 40, wide);
	/* A field of another size is no number that is known. */
	ATF_CHECK_EQ(EOVERFLOW, pamport__field_number(&wide, 2, true, 1));
}

ATF_TC_WITHOUT_HEAD(field__text_is_cut_and_printable);
ATF_TC_BODY(field__text_is_cut_and_printable, tc)
{
	static const char field[4] = { 'a', 0x7f, (char)0xff, 'd' };
	char text[8];

	(void)tc;
	pamport__field_get(text, sizeof(text), field, sizeof(field));
	ATF_CHECK_STREQ("a??d", text);
	pamport__field_get(text, 3, field, sizeof(field));
	ATF_CHECK_STREQ("a?", text);
	pamport__field_put(text, 2, "abc");
	ATF_CHECK_EQ(0, memcmp(text, "ab", 2));
}

ATF_TC_WITHOUT_HEAD(field__id_is_a_number_of_the_right_size);
ATF_TC_BODY(field__id_is_a_number_of_the_right_size, tc)
{
	static const char *const wrong[] = { "", "00", "0011223", "001122334",
	    "0011223g", "001122g3", "0011223A", "0011223/", "0011223`" };
	char field[4], id[32];
	size_t i;

	(void)tc;
	for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		ATF_CHECK_MSG(!pamport__id_put(field, sizeof(field),
		    wrong[i]), "%s", wrong[i]);
	ATF_REQUIRE(pamport__id_put(field, sizeof(field), "00ff1a90"));
	pamport__id_get(id, sizeof(id), field, sizeof(field));
	ATF_CHECK_STREQ("00ff1a90", id);
	/* What has no room is left out in whole bytes. */
	pamport__id_get(id, 6, field, sizeof(field));
	ATF_CHECK_STREQ("00ff", id);
}

/* The end of the name tells terminals apart; no field is longer than 8. */
ATF_TC_WITHOUT_HEAD(field__id_is_the_end_of_the_line);
ATF_TC_BODY(field__id_is_the_end_of_the_line, tc)
{
	char id[64];

	(void)tc;
	pamport__id_of_line(id, sizeof(id), "pts/77", 4);
	ATF_CHECK_STREQ("732f3737", id);
	pamport__id_of_line(id, sizeof(id), "p1", 4);
	ATF_CHECK_STREQ("70310000", id);
	pamport__id_of_line(id, sizeof(id), "0123456789", 64);
	ATF_CHECK_STREQ("3233343536373839", id);
}

/* --- Names --------------------------------------------------------------------------- */

ATF_TC_WITHOUT_HEAD(find__refuses_what_no_entry_can_have);
ATF_TC_BODY(find__refuses_what_no_entry_can_have, tc)
{
	static const char *const lines[] = { "../x", "a/../b", "a/./b", "a//b",
	    "/", "a b", "a\tb", "pts/", "..", "." };
	struct pamport__login login;
	char name[4096];
	size_t i;

	(void)tc;
	if (pamport__accounting_where(PAMPORT__RECORD_ACTIVE) == NULL)
		atf_tc_skip("logins are not recorded here");
	memset(name, 'x', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	for (i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		ATF_CHECK_EQ_MSG(PAMPORT__ACCOUNTING_REFUSED,
		    pamport__accounting_find("alice", lines[i], &login), "%s",
		    lines[i]);
	ATF_CHECK_EQ(PAMPORT__ACCOUNTING_REFUSED,
	    pamport__accounting_find("alice", name, &login));
	ATF_CHECK_EQ(PAMPORT__ACCOUNTING_REFUSED,
	    pamport__accounting_find(name, "pts/77", &login));
	ATF_CHECK_EQ(PAMPORT__ACCOUNTING_REFUSED,
	    pamport__accounting_find("", "pts/77", &login));
	ATF_CHECK_EQ(PAMPORT__ACCOUNTING_REFUSED,
	    pamport__accounting_find("a\nb", "pts/77", &login));
	ATF_CHECK_EQ(PAMPORT__ACCOUNTING_REFUSED,
	    pamport__accounting_find("a\177", "pts/77", &login));
	ATF_CHECK_EQ(PAMPORT__ACCOUNTING_REFUSED,
	    pamport__accounting_find(NULL, "pts/77", &login));
	ATF_CHECK_EQ(PAMPORT__ACCOUNTING_NO_TERMINAL,
	    pamport__accounting_find("alice", NULL, &login));
	ATF_CHECK_EQ(PAMPORT__ACCOUNTING_NO_TERMINAL,
	    pamport__accounting_find("alice", "/dev/", &login));
}

ATF_TC_WITHOUT_HEAD(user__who_does_not_exist_is_said);
ATF_TC_BODY(user__who_does_not_exist_is_said, tc)
{
	uid_t uid = 77;

	(void)tc;
	ATF_CHECK_EQ(0, pamport__uid_of("root", &uid));
	ATF_CHECK_EQ(0, uid);
	uid = 77;
	ATF_CHECK_EQ(ENOENT, pamport__uid_of("nobody-has-this-name", &uid));
	ATF_CHECK_EQ(77, uid);
}

ATF_TP_ADD_TCS(tp)
{
	ATF_TP_ADD_TC(tp, field__number_fits_or_is_refused);
	ATF_TP_ADD_TC(tp, field__text_is_cut_and_printable);
	ATF_TP_ADD_TC(tp, field__id_is_a_number_of_the_right_size);
	ATF_TP_ADD_TC(tp, field__id_is_the_end_of_the_line);
	ATF_TP_ADD_TC(tp, find__refuses_what_no_entry_can_have);
	ATF_TP_ADD_TC(tp, user__who_does_not_exist_is_said);

	return atf_no_error();
}
