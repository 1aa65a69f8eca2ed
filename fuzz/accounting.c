/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * utmpx entries that somebody else wrote, read back, and written beside.  An
 * input is a byte, and a utmpx file; by that byte one of its entries says who is
 * looked for, and others say what of the entry is true.
 */
#include <config.h>

#include <fcntl.h>
#include <unistd.h>
#include <utmpx.h>

#include "fuzz/bytes.h"
#include "platform/accounting.h"

#define ACTIVE "fuzz.utmp"
#define LOG "fuzz.wtmp"
#define LAST "fuzz.lastlog"

static void
write_file(const char *name, const uint8_t *data, size_t size)
{
	int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	REQUIRE(fd != -1);
	REQUIRE(write(fd, data, size) == (ssize_t)size);
	REQUIRE(close(fd) == 0);
}

/* It is written to terminals. */
static void
require_text(const char *text, size_t size)
{
	size_t i;

	for (i = 0; i < size && text[i] != '\0'; i++)
		REQUIRE((unsigned char)text[i] >= ' ' && text[i] != 0x7f);
	REQUIRE(i < size);
}

static void
require_login(const struct pamport__login *login)
{
	require_text(login->user, sizeof(login->user));
	require_text(login->line, sizeof(login->line));
	require_text(login->host, sizeof(login->host));
	require_text(login->address, sizeof(login->address));
	require_text(login->service, sizeof(login->service));
	REQUIRE(strspn(login->id, "0123456789abcdefABCDEF") ==
	    strlen(login->id) && strlen(login->id) < sizeof(login->id));
}

/* Whose login is looked for: that of an entry, or of some bytes. */
static void
choose(const uint8_t *data, size_t size, unsigned int which, char *user,
    char *line)
{
	struct utmpx entry;
	size_t entries = size / sizeof(entry);

	memset(&entry, 0, sizeof(entry));
	if (entries > 0)
		memcpy(&entry, data + which % entries * sizeof(entry),
		    sizeof(entry));
	memcpy(user, entry.ut_user, sizeof(entry.ut_user));
	user[sizeof(entry.ut_user)] = '\0';
	memcpy(line, entry.ut_line, sizeof(entry.ut_line));
	line[sizeof(entry.ut_line)] = '\0';
}

static void
log_in_and_out(const char *user, const char *line, unsigned int choice)
{
	struct pamport__accounting_report report;
	struct pamport__login login;

	if (pamport__login_fill(&login, user, line, user, line, "fuzz",
	    (pid_t)(choice + 1)) == PAMPORT__ACCOUNTING_REFUSED)
		return;
	require_login(&login);
	(void)pamport__accounting_login(&login, 0, &report);
	require_login(&login);
	(void)pamport__accounting_logout(&login, 0, &report);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct pamport__accounting_report report;
	struct pamport__login login;
	char user[sizeof(((struct utmpx *)0)->ut_user) + 1];
	char line[sizeof(((struct utmpx *)0)->ut_line) + 1];
	unsigned int choice = size > 0 ? data[0] : 0;

	if (size > 0) {
		data++;
		size--;
	}
	write_file(ACTIVE, data, size);
	write_file(LOG, data, 0);
	write_file(LAST, data, 0);
	REQUIRE(pamport__accounting_files(ACTIVE, LOG, LAST));
	choose(data, size, choice, user, line);
	memset(&login, 0xa5, sizeof(login));
	if (pamport__accounting_find(user, line, &login) ==
	    PAMPORT__ACCOUNTED) {
		require_login(&login);
		(void)pamport__accounting_logout(&login, choice, &report);
	}
	log_in_and_out(user, line, choice);
	return 0;
}
