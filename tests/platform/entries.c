/* SPDX-License-Identifier: BSD-2-Clause */
#include <config.h>

#include "tests/platform/entries.h"

#if defined(__GLIBC__) && !defined(PAMPORT_UTMPX_STUB)

#include <arpa/inet.h>
#include <atf-c.h>
#include <lastlog.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <utmpx.h>

#include "platform/accounting_utmpx.h"

static struct utmpx
read_entry(const char *file, int number)
{
	struct utmpx entry;
	FILE *stream = fopen(file, "r");

	ATF_REQUIRE(stream != NULL);
	ATF_REQUIRE_EQ(0, fseek(stream, (long)sizeof(entry) * number,
	    SEEK_SET));
	ATF_REQUIRE_EQ(1, fread(&entry, sizeof(entry), 1, stream));
	ATF_REQUIRE_EQ(0, fclose(stream));
	return entry;
}

int
entries_in(const char *file)
{
	FILE *stream = fopen(file, "r");
	long size;

	ATF_REQUIRE(stream != NULL);
	ATF_REQUIRE_EQ(0, fseek(stream, 0, SEEK_END));
	size = ftell(stream);
	ATF_REQUIRE_EQ(0, fclose(stream));
	ATF_CHECK_EQ(0, size % (long)sizeof(struct utmpx));
	return (int)(size / (long)sizeof(struct utmpx));
}

/* The text, cut at the field's end, and only zeros behind it. */
static void
check_field(const char *name, const char *text, const char *field, size_t size)
{
	size_t i, length = strnlen(text, size);

	ATF_CHECK_MSG(memcmp(text, field, length) == 0, "%s is not %s: %.*s",
	    name, text, (int)size, field);
	for (i = length; i < size; i++)
		ATF_CHECK_MSG(field[i] == '\0', "%s has a rest", name);
}

static void
check_address(const struct pamport__login *login, const struct utmpx *entry)
{
	int32_t expected[4] = { 0, 0, 0, 0 };

	if (strchr(login->address, ':') != NULL)
		inet_pton(AF_INET6, login->address, expected);
	else if (login->address[0] != '\0')
		inet_pton(AF_INET, login->address, expected);
	ATF_CHECK_EQ(0, memcmp(expected, entry->ut_addr_v6, sizeof(expected)));
}

void
entries_check(const char *file, int number, enum entry_kind kind,
    const struct pamport__login *login)
{
	struct utmpx entry = read_entry(file, number);
	bool is_login = kind == ENTRY_LOGIN;
	char id[9];

	ATF_CHECK_EQ(is_login ? USER_PROCESS : DEAD_PROCESS, entry.ut_type);
	ATF_CHECK_EQ(login->pid, entry.ut_pid);
	check_field("user", is_login ? login->user : "", entry.ut_user,
	    sizeof(entry.ut_user));
	check_field("line", login->line, entry.ut_line, sizeof(entry.ut_line));
	check_field("host", is_login ? login->host : "", entry.ut_host,
	    sizeof(entry.ut_host));
	snprintf(id, sizeof(id), "%02x%02x%02x%02x",
	    (unsigned char)entry.ut_id[0], (unsigned char)entry.ut_id[1],
	    (unsigned char)entry.ut_id[2], (unsigned char)entry.ut_id[3]);
	ATF_CHECK_STREQ(login->id, id);
	if (is_login) {
		check_address(login, &entry);
		ATF_CHECK_EQ(login->time, entry.ut_tv.tv_sec);
		ATF_CHECK_EQ(login->microseconds, entry.ut_tv.tv_usec);
	} else {
		ATF_CHECK(entry.ut_tv.tv_sec >= login->time);
	}
}

void
entries_check_last(const char *file, uid_t uid,
    const struct pamport__login *login)
{
	struct lastlog entry;
	FILE *stream = fopen(file, "r");

	ATF_REQUIRE(stream != NULL);
	ATF_REQUIRE_EQ(0, fseeko(stream, 0, SEEK_END));
	ATF_REQUIRE((int64_t)ftello(stream) >=
	    (int64_t)sizeof(entry) * ((int64_t)uid + 1));
	ATF_REQUIRE_EQ(0, fseeko(stream, (off_t)sizeof(entry) * (off_t)uid,
	    SEEK_SET));
	ATF_REQUIRE_EQ(1, fread(&entry, sizeof(entry), 1, stream));
	ATF_REQUIRE_EQ(0, fclose(stream));
	ATF_CHECK_EQ(login->time, entry.ll_time);
	check_field("line", login->line, entry.ll_line, sizeof(entry.ll_line));
	check_field("host", login->host, entry.ll_host, sizeof(entry.ll_host));
}

int
entries_put_last(const struct pamport__login *login, uid_t uid)
{
	return pamport__lastlog_write("lastlog", login, uid);
}

void
entries_add_waiting(const char *file, const char *id, const char *line,
    pid_t pid)
{
	struct utmpx entry;
	FILE *stream = fopen(file, "a");

	ATF_REQUIRE(stream != NULL);
	memset(&entry, 0, sizeof(entry));
	entry.ut_type = LOGIN_PROCESS;
	entry.ut_pid = pid;
	memcpy(entry.ut_id, id, strnlen(id, sizeof(entry.ut_id)));
	memcpy(entry.ut_line, line, strnlen(line, sizeof(entry.ut_line)));
	memcpy(entry.ut_user, "LOGIN", 5);
	ATF_REQUIRE_EQ(1, fwrite(&entry, sizeof(entry), 1, stream));
	ATF_REQUIRE_EQ(0, fclose(stream));
}

#else

#include <atf-c.h>

int
entries_in(const char *file)
{
	atf_tc_fail("how %s looks on the disk is known of glibc only", file);
}

void
entries_check(const char *file, int number, enum entry_kind kind,
    const struct pamport__login *login)
{
	(void)number;
	(void)kind;
	(void)login;
	(void)entries_in(file);
}

void
entries_check_last(const char *file, uid_t uid,
    const struct pamport__login *login)
{
	(void)uid;
	(void)login;
	(void)entries_in(file);
}

int
entries_put_last(const struct pamport__login *login, uid_t uid)
{
	(void)login;
	(void)uid;
	return entries_in("lastlog");
}

void
entries_add_waiting(const char *file, const char *id, const char *line,
    pid_t pid)
{
	(void)id;
	(void)line;
	(void)pid;
	(void)entries_in(file);
}

#endif
