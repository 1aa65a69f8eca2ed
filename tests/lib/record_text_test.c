/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A record as text: what is written is read back, and what was not written so
 * is refused with its reason, never guessed at.
 */
#include <config.h>

#include <sys/types.h>
#include <atf-c.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/record.h"
#include "counted.h"

#define LONG 100000
#define HEAD "pamport-session 1\n"
#define NEEDED "implementation x\nversion 1\nservice s\nsince 5\n"
#define OPENER "opener 7 1 boot space\n"
#define WHOLE HEAD NEEDED OPENER "end\n"

static const char nasty[] = "\001\t\n\r\033[2J\177%%41 \303\244\344\377=";

/* --- Round trip ------------------------------------------------------------------ */

static char long_value[LONG + 1];
static const char *variables[] = { "A=", "B=b=\n%", "C=\303\251\377", NULL,
	NULL };

static void
fill_login(struct pamport__login *login)
{
	(void)snprintf(login->user, sizeof(login->user), "%.256s", long_value);
	strcpy(login->line, "pts/3");
	strcpy(login->host, "host %\n");
	strcpy(login->address, "2001:db8::1");
	strcpy(login->service, "login");
	strcpy(login->id, "742f3300");
	login->pid = 4711;
	login->time = INT64_C(5000000000);
	login->microseconds = 999999;
	login->database = INT64_MAX - 1;
}

static void
fill(struct pamport__record *record)
{
	size_t i;

	memset(record, 0, sizeof(*record));
	memset(long_value, 'x', LONG);
	variables[3] = memcpy(long_value, "D=", 2);
	record->implementation = "linux-pam";
	record->version = "1.2.3 with blanks ";
	record->service = nasty;
	record->confdir = "/a b";
	record->start_user = "";
	for (i = 0; i < PAMPORT__ITEMS; i++)
		if (pamport__items[i].kind == PAMPORT__KIND_STRING)
			record->item[i] = i % 2 == 0 ? nasty : "";
	record->environment = variables;
	record->variables = 4;
	record->since = -1;
	record->is_silent = true;
	record->opener.pid = INT64_C(4294967297);
	strcpy(record->opener.start, "123");
	strcpy(record->opener.boot, "boot");
	record->leader.pid = 1;
	strcpy(record->leader.space, "pid:[1]");
	record->has_credentials = true;
	record->is_open = true;
	record->has_login = true;
	record->left_to_modules = 0xfffffff0;
	fill_login(&record->login);
}

static void
check_same(const char *name, const char *expected, const char *found)
{
	ATF_CHECK_MSG(expected == NULL ? found == NULL : found != NULL &&
	    strcmp(expected, found) == 0, "%s", name);
}

static void
check_strings(const struct pamport__record *one,
    const struct pamport__record *other)
{
	size_t i;

	check_same("implementation", one->implementation,
	    other->implementation);
	check_same("version", one->version, other->version);
	check_same("service", one->service, other->service);
	check_same("confdir", one->confdir, other->confdir);
	check_same("start-user", one->start_user, other->start_user);
	for (i = 0; i < PAMPORT__ITEMS; i++)
		check_same(pamport__items[i].name, one->item[i],
		    other->item[i]);
	ATF_REQUIRE_EQ(one->variables, other->variables);
	for (i = 0; i < one->variables; i++)
		check_same("variable", one->environment[i],
		    other->environment[i]);
	ATF_CHECK(other->environment[one->variables] == NULL);
}

static void
check_process(const struct pamport__process *one,
    const struct pamport__process *other)
{
	ATF_CHECK_EQ(one->pid, other->pid);
	ATF_CHECK_STREQ(one->start, other->start);
	ATF_CHECK_STREQ(one->boot, other->boot);
	ATF_CHECK_STREQ(one->space, other->space);
}

static void
check_login(const struct pamport__login *one,
    const struct pamport__login *other)
{
	ATF_CHECK_STREQ(one->user, other->user);
	ATF_CHECK_STREQ(one->line, other->line);
	ATF_CHECK_STREQ(one->host, other->host);
	ATF_CHECK_STREQ(one->address, other->address);
	ATF_CHECK_STREQ(one->service, other->service);
	ATF_CHECK_STREQ(one->id, other->id);
	ATF_CHECK_EQ(one->pid, other->pid);
	ATF_CHECK_EQ(one->time, other->time);
	ATF_CHECK_EQ(one->microseconds, other->microseconds);
	ATF_CHECK_EQ(one->database, other->database);
}

static void
check_record(const struct pamport__record *one,
    const struct pamport__record *other)
{
	check_strings(one, other);
	check_process(&one->opener, &other->opener);
	check_process(&one->leader, &other->leader);
	check_login(&one->login, &other->login);
	ATF_CHECK_EQ(one->since, other->since);
	ATF_CHECK_EQ(one->is_silent, other->is_silent);
	ATF_CHECK_EQ(one->has_credentials, other->has_credentials);
	ATF_CHECK_EQ(one->is_open, other->is_open);
	ATF_CHECK_EQ(one->is_detached, other->is_detached);
	ATF_CHECK_EQ(one->has_login, other->has_login);
	ATF_CHECK_EQ(one->left_to_modules, other->left_to_modules);
}

static void
check_round_trip(const struct pamport__record *record)
{
	struct pamport__record found;
	const char *why;
	char *text = pamport__record_write(record), *p;

	ATF_REQUIRE(text != NULL);
	/* A person can look at it: no control character but the lines' ends. */
	for (p = text; *p != '\0'; p++)
		ATF_REQUIRE(((unsigned char)*p >= 0x20 && *p != 0x7f) ||
		    *p == '\n');
	ATF_REQUIRE_EQ_MSG(0, pamport__record_parse(&found, text,
	    strlen(text), &why), "%s", why);
	check_record(record, &found);
	pamport__record_free(&found);
}

ATF_TC_WITHOUT_HEAD(round_trip__every_field);
ATF_TC_BODY(round_trip__every_field, tc)
{
	struct pamport__record record;

	fill(&record);
	check_round_trip(&record);
}

ATF_TC_WITHOUT_HEAD(round_trip__as_little_as_possible);
ATF_TC_BODY(round_trip__as_little_as_possible, tc)
{
	struct pamport__record record;

	memset(&record, 0, sizeof(record));
	record.implementation = record.version = record.service = "";
	record.opener.pid = 1;
	check_round_trip(&record);
}

/* All bytes that a string can have. */
ATF_TC_WITHOUT_HEAD(round_trip__every_byte);
ATF_TC_BODY(round_trip__every_byte, tc)
{
	struct pamport__record record;
	char bytes[256];
	int i;

	for (i = 1; i < 256; i++)
		bytes[i - 1] = (char)(unsigned char)i;
	bytes[255] = '\0';
	fill(&record);
	record.service = bytes;
	check_round_trip(&record);
}

/* What a system tells of a process is text of the system's own. */
static void
fill_process(struct pamport__process *process)
{
	process->pid = 99;
	strcpy(process->start, "1.000001");
	strcpy(process->boot, "50% \001 %20\n \377");
	memset(process->space, '%', PAMPORT__PROCESS_TEXT - 1);
	process->space[PAMPORT__PROCESS_TEXT - 1] = '\0';
}

/* In the record, and behind its end. */
ATF_TC_WITHOUT_HEAD(round_trip__every_byte_of_a_process);
ATF_TC_BODY(round_trip__every_byte_of_a_process, tc)
{
	struct pamport__record record, found;
	const char *why;
	char *text, *line;

	fill(&record);
	fill_process(&record.opener);
	fill_process(&record.leader);
	check_round_trip(&record);
	record.leader.pid = 0;
	text = pamport__record_write(&record);
	fill_process(&record.leader);
	line = pamport__record_write_leader(&record.leader);
	ATF_REQUIRE(text != NULL && line != NULL);
	text = realloc(text, strlen(text) + strlen(line) + 1);
	ATF_REQUIRE(text != NULL);
	strcat(text, line);
	free(line);
	ATF_REQUIRE_EQ_MSG(0, pamport__record_parse(&found, text,
	    strlen(text), &why), "%s", why);
	check_record(&record, &found);
	pamport__record_free(&found);
}

/* --- Behind the end ----------------------------------------------------------------- */

/* A copy in memory of its exact size, where ASan sees who reads behind it. */
static int
parse(struct pamport__record *record, const char *text, size_t length,
    const char **why)
{
	char *copy = malloc(length + 1);

	ATF_REQUIRE(copy != NULL);
	memcpy(copy, text, length);
	copy[length] = '\0';
	return pamport__record_parse(record, copy, length, why);
}

static void
parse_whole(struct pamport__record *record, const char *text)
{
	const char *why;

	ATF_REQUIRE_EQ_MSG(0, parse(record, text, strlen(text), &why),
	    "%s: %s", text, why);
}

ATF_TC_WITHOUT_HEAD(progress__is_read);
ATF_TC_BODY(progress__is_read, tc)
{
	struct pamport__process leader;
	struct pamport__record record;
	char text[1024], *line;

	memset(&leader, 0, sizeof(leader));
	leader.pid = 99;
	strcpy(leader.start, "12");
	line = pamport__record_write_leader(&leader);
	ATF_REQUIRE(line != NULL);
	(void)snprintf(text, sizeof(text), "%s%s%s%s%sleader 3 1 2 3\n%s",
	    WHOLE, PAMPORT__BEGAN_CREDENTIALS, PAMPORT__BEGAN_SESSION,
	    PAMPORT__DETACHED, line, line);
	free(line);
	parse_whole(&record, text);
	ATF_CHECK(record.has_credentials && record.is_open &&
	    record.is_detached);
	/* The last one counts. */
	check_process(&leader, &record.leader);
	pamport__record_free(&record);
}

/* Cut off at each byte behind "end": read as if the line was not there. */
ATF_TC_WITHOUT_HEAD(progress__torn_line_does_not_count);
ATF_TC_BODY(progress__torn_line_does_not_count, tc)
{
	static const char text[] = WHOLE PAMPORT__BEGAN_CREDENTIALS
	    PAMPORT__BEGAN_SESSION PAMPORT__DETACHED "leader 3 1 2 3\n";
	const size_t credentials = strlen(WHOLE PAMPORT__BEGAN_CREDENTIALS);
	const size_t session = credentials + strlen(PAMPORT__BEGAN_SESSION);
	const size_t detached = session + strlen(PAMPORT__DETACHED);
	struct pamport__record record;
	const char *why;
	size_t n;

	for (n = strlen(WHOLE); n < sizeof(text); n++) {
		ATF_REQUIRE_EQ_MSG(0, parse(&record, text, n, &why),
		    "%zu: %s", n, why);
		ATF_CHECK_EQ(n >= credentials, record.has_credentials);
		ATF_CHECK_EQ(n >= session, record.is_open);
		ATF_CHECK_EQ(n >= detached, record.is_detached);
		ATF_CHECK_EQ(n == sizeof(text) - 1, record.leader.pid == 3);
		pamport__record_free(&record);
	}
}

/* --- Damaged -------------------------------------------------------------------------- */

static void
check_refused(const char *text, size_t length, const char *reason)
{
	static const struct pamport__record empty;
	struct pamport__record record;
	const char *why = NULL;

	ATF_CHECK_EQ_MSG(EBADMSG, parse(&record, text, length, &why), "%s",
	    text);
	ATF_CHECK_MSG(why != NULL && strcmp(why, reason) == 0,
	    "%s: \"%s\" instead of \"%s\"", text, why, reason);
	ATF_CHECK_EQ(0, memcmp(&record, &empty, sizeof(record)));
	pamport__record_free(&record);
}

/* At each byte before "end" is read, a record is cut off, and says so. */
ATF_TC_WITHOUT_HEAD(damaged__cut_off_anywhere);
ATF_TC_BODY(damaged__cut_off_anywhere, tc)
{
	struct pamport__record record;
	char *text;
	size_t n, length;

	fill(&record);
	record.variables = 3;
	text = pamport__record_write(&record);
	ATF_REQUIRE(text != NULL);
	length = strlen(text);
	for (n = 0; n < length; n++)
		check_refused(text, n, "cut off");
	free(text);
}

#define ROW(text, reason) { text, sizeof(text) - 1, reason }
#define STRANGE "a line that does not belong there"
#define WITH(line) ROW(HEAD NEEDED OPENER line "end\n", STRANGE)
#define BEHIND(line) ROW(WHOLE line, STRANGE)

static const struct {
	const char *text;
	size_t length;
	const char *reason;
} damaged[] = {
	ROW("", "cut off"),
	ROW("\n", "not the format that is known here"),
	ROW("pamport-session 2\nend\n", "not the format that is known here"),
	ROW("pamport-session 1 \nend\n", "not the format that is known here"),
	ROW("end\n", "not the format that is known here"),
	ROW(HEAD "end\n", "incomplete"),
	ROW(HEAD NEEDED "end\n", "incomplete"),
	ROW(HEAD OPENER "end\n", "incomplete"),
	ROW(HEAD NEEDED "leader 7 1 2 3\nend\n", "incomplete"),
	ROW(HEAD "version 1\nservice s\nsince 5\n" OPENER "end\n",
	    "incomplete"),
	ROW(WHOLE "\0", "a zero byte in it"),
	ROW(HEAD NEEDED "confdir /\0x\n" OPENER "end\n", "a zero byte in it"),
	ROW("\0", "a zero byte in it"),
	/* Twice, unknown, empty, without a value. */
	WITH("service s\n"), WITH(OPENER), WITH("since 5\n"),
	WITH("silent 1\nsilent 1\n"), WITH("item PAM_TTY x\nitem PAM_TTY x\n"),
	WITH("unknown x\n"), WITH("Service s\n"), WITH("\n"), WITH(" \n"),
	WITH(" x\n"), WITH("confdir\n"), WITH("end \n"), WITH("item\n"),
	WITH("item PAM_TTY\n"), WITH("item PAM_NONE x\n"), WITH("item  x\n"),
	WITH("item PAM_CONV x\n"), WITH("environment A\n"),
	WITH("environment \n"), WITH("environment =x\n"),
	WITH("detached\n"), WITH("began session\n"), WITH(HEAD),
	/* Codes. */
	WITH("confdir %\n"), WITH("confdir %4\n"), WITH("confdir %G0\n"),
	WITH("confdir %0G\n"), WITH("confdir %0a\n"), WITH("confdir %00\n"),
	WITH("confdir \t\n"), WITH("confdir \r\n"), WITH("confdir \177\n"),
	/* Flags and numbers. */
	WITH("silent 0\n"), WITH("silent 11\n"), WITH("silent \n"),
	WITH("session yes\n"), WITH("login-time \n"), WITH("login-time +1\n"),
	WITH("login-time  1\n"), WITH("login-time 1 \n"),
	WITH("login-time 0x1\n"), WITH("login-time 1.5\n"),
	WITH("login-time -\n"), WITH("login-time 9223372036854775808\n"),
	WITH("login-time -9223372036854775809\n"),
	WITH("login-pid 2147483648\n"), WITH("login-pid -2147483649\n"),
	WITH("login-microseconds 4294967296\n"),
	/* Processes. */
	WITH("leader \n"), WITH("leader 1\n"), WITH("leader 1 2\n"),
	WITH("leader 1 2 3\n"), WITH("leader 1 2 3 4 5\n"),
	WITH("leader 1 2 3 4 \n"), WITH("leader 1  3 4\n"),
	WITH("leader 0 2 3 4\n"), WITH("leader -1 2 3 4\n"),
	WITH("leader x 2 3 4\n"), WITH("leader 1 2 3 1234567890123456789012345"
	    "678901234567890123456789012345678901234\n"),
	WITH("leader 1 2 3 %\n"), WITH("leader 1 2%2 3 4\n"),
	WITH("leader 1 2 3\t 4\n"),
	/* Text that does not fit. */
	WITH("login-id 123456789012345678\n"),
	WITH("login-address 1234567890123456789012345678901234567890123456\n"),
	/* Behind the end. */
	BEHIND("end\n"), BEHIND("\n"), BEHIND("began\n"),
	BEHIND("began session \n"), BEHIND("leader \n"),
	BEHIND("leader 1 2 3\n"), BEHIND("service s\n"),
	BEHIND("detached\nx\n"), BEHIND("began sessbegan session\n"),
	BEHIND("leader 0 1 2 3\n"), BEHIND("leader 1 2 3 %00\n"),
	BEHIND("leader 1 2 3 \001\n")
};

ATF_TC_WITHOUT_HEAD(damaged__is_refused_with_its_reason);
ATF_TC_BODY(damaged__is_refused_with_its_reason, tc)
{
	struct pamport__record record;
	size_t i;

	/* The one of which they are variants is whole. */
	parse_whole(&record, WHOLE);
	pamport__record_free(&record);
	for (i = 0; i < sizeof(damaged) / sizeof(damaged[0]); i++)
		check_refused(damaged[i].text, damaged[i].length,
		    damaged[i].reason);
}

/* One byte turned over at a time: refused, or read, but never a crash. */
ATF_TC_WITHOUT_HEAD(damaged__every_byte_turned_over);
ATF_TC_BODY(damaged__every_byte_turned_over, tc)
{
	struct pamport__record record, read;
	const char *why;
	char *text;
	size_t n, length, refused = 0;
	unsigned int bit;

	fill(&record);
	record.variables = 3;
	text = pamport__record_write(&record);
	ATF_REQUIRE(text != NULL);
	length = strlen(text);
	for (n = 0; n < length; n++) {
		for (bit = 1; bit < 256; bit *= 2) {
			text[n] = (char)((unsigned char)text[n] ^ bit);
			if (parse(&read, text, length, &why) != 0)
				refused++;
			pamport__record_free(&read);
			text[n] = (char)((unsigned char)text[n] ^ bit);
		}
	}
	ATF_CHECK(refused > length);
	free(text);
}

/* --- No memory --------------------------------------------------------------------------- */

ATF_TC_WITHOUT_HEAD(memory__every_allocation_may_fail);
ATF_TC_BODY(memory__every_allocation_may_fail, tc)
{
	struct pamport__record record, read;
	const char *why = "";
	char *text;
	int n = 0;

	counted_require();
	fill(&record);
	do {
		counted_fail_at = n++;
		text = pamport__record_write(&record);
	} while (text == NULL);
	/* The block, and each time it grew; the last time none failed. */
	ATF_CHECK_MSG(n > 3 && counted_fail_at == 0, "n is %d", n);
	counted_fail_at = 0;
	ATF_CHECK_EQ(ENOMEM, pamport__record_parse(&read, text, strlen(text),
	    &why));
	/* The reader's memory, not the record, was at fault. */
	ATF_CHECK(why == NULL && read.text == NULL);
	ATF_CHECK_EQ(-1, counted_fail_at);
	counted_fail_at = 0;
	ATF_CHECK(pamport__record_write_leader(&record.opener) == NULL);
	counted_fail_at = -1;
}

ATF_TP_ADD_TCS(tp)
{
	ATF_TP_ADD_TC(tp, round_trip__every_field);
	ATF_TP_ADD_TC(tp, round_trip__as_little_as_possible);
	ATF_TP_ADD_TC(tp, round_trip__every_byte);
	ATF_TP_ADD_TC(tp, round_trip__every_byte_of_a_process);
	ATF_TP_ADD_TC(tp, progress__is_read);
	ATF_TP_ADD_TC(tp, progress__torn_line_does_not_count);
	ATF_TP_ADD_TC(tp, damaged__cut_off_anywhere);
	ATF_TP_ADD_TC(tp, damaged__is_refused_with_its_reason);
	ATF_TP_ADD_TC(tp, damaged__every_byte_turned_over);
	ATF_TP_ADD_TC(tp, memory__every_allocation_may_fail);

	return atf_no_error();
}
