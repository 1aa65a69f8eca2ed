/* SPDX-License-Identifier: BSD-2-Clause */
#include <config.h>

#include <sys/types.h>
#include <atf-c.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/json.h"

static char *text;
static size_t size;
static FILE *file;

static void
begin(struct json *json)
{
	file = open_memstream(&text, &size);
	ATF_REQUIRE(file != NULL);
	json_init(json, file);
}

static void
check(const char *expected)
{
	ATF_REQUIRE_EQ(fclose(file), 0);
	ATF_CHECK_STREQ(expected, text);
	free(text);
}

ATF_TC_WITHOUT_HEAD(levels__are_closed_and_separated);
ATF_TC_BODY(levels__are_closed_and_separated, tc)
{
	struct json json;

	begin(&json);
	json_object(&json, NULL);
	json_number(&json, "n", -5);
	json_array(&json, "list");
	json_bool(&json, NULL, true);
	json_string(&json, NULL, NULL);
	json_end(&json);
	json_array(&json, "empty");
	json_end(&json);
	json_end(&json);
	check("{\n  \"n\": -5,\n  \"list\": [\n    true,\n    null\n  ],\n"
	    "  \"empty\": []\n}\n");
}

static void
check_string(const char *value, const char *expected)
{
	struct json json;

	begin(&json);
	json_string(&json, NULL, value);
	check(expected);
}

ATF_TC_WITHOUT_HEAD(strings__are_escaped);
ATF_TC_BODY(strings__are_escaped, tc)
{
	check_string("a\"b\\c\n\t\001\177", "\"a\\\"b\\\\c\\n\\u0009\\u0001\\u007f\"");
	/* U+0080 to U+009F steer terminals as well. */
	check_string("\xc2\x9b\xc2\x80\xc2\xa0",
	    "\"\\u009b\\u0080\xc2\xa0\"");
	check_string("", "\"\"");
}

ATF_TC_WITHOUT_HEAD(strings__stay_utf_8);
ATF_TC_BODY(strings__stay_utf_8, tc)
{
	check_string("\xc3\xbc \xe2\x82\xac \xf0\x9f\x90\x9f",
	    "\"\xc3\xbc \xe2\x82\xac \xf0\x9f\x90\x9f\"");
	/* Cut off, too long, a surrogate, beyond the last, alone. */
	check_string("\xe2\x82", "\"\\ufffd\\ufffd\"");
	check_string("\xc0\xaf", "\"\\ufffd\\ufffd\"");
	check_string("\xe0\x80\xaf", "\"\\ufffd\\ufffd\\ufffd\"");
	check_string("\xed\xa0\x80", "\"\\ufffd\\ufffd\\ufffd\"");
	check_string("\xf4\x90\x80\x80", "\"\\ufffd\\ufffd\\ufffd\\ufffd\"");
	check_string("a\xff" "b", "\"a\\ufffdb\"");
}

ATF_TP_ADD_TCS(tp)
{
	ATF_TP_ADD_TC(tp, levels__are_closed_and_separated);
	ATF_TP_ADD_TC(tp, strings__are_escaped);
	ATF_TP_ADD_TC(tp, strings__stay_utf_8);
	return atf_no_error();
}
