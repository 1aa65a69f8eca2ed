/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Login records of glibc: utmpx, wtmp through updwtmpx, lastlog by the number of
 * the user.  Their files are written only where they exist; that they do not is
 * the administrator's way to say no (utmp(5)).  Seconds have 32 bits even where
 * time_t has 64.
 *
 * What modules write: Debian's login has pam_lastlog, for that service only;
 * distributions differ, so nothing is left to them by default.
 */
#include <config.h>

#include <sys/stat.h>
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <paths.h>
#include <string.h>
#include <unistd.h>

#include "platform/accounting_utmpx.h"

const struct pamport__accounting_facts pamport__accounting_facts = {
	.name = "glibc",
	.where = {
		[PAMPORT__RECORD_ACTIVE] = _PATH_UTMPX,
		[PAMPORT__RECORD_LOG] = _PATH_WTMPX,
		[PAMPORT__RECORD_LAST] = _PATH_LASTLOG,
	},
};

static const char *log_file = _PATH_WTMPX;
static const char *last_file = _PATH_LASTLOG;

bool
pamport__accounting_files(const char *active, const char *log,
    const char *last)
{
	log_file = log == NULL ? _PATH_WTMPX : log;
	last_file = last == NULL ? _PATH_LASTLOG : last;
	return utmpxname(active == NULL ? _PATH_UTMPX : active) == 0;
}

/* An IPv4 address is in the first four bytes, the others being 0. */
static void
put(struct utmpx *entry, const struct pamport__login *login)
{
	if (inet_pton(AF_INET, login->address, entry->ut_addr_v6) != 1)
		(void)inet_pton(AF_INET6, login->address, entry->ut_addr_v6);
	entry->ut_session = getsid(login->pid);
	if (entry->ut_session == -1)
		entry->ut_session = 0;
}

static void
get(struct pamport__login *login, const struct utmpx *entry)
{
	const int32_t *part = entry->ut_addr_v6;
	bool is_ipv6 = (part[1] | part[2] | part[3]) != 0;

	login->address[0] = '\0';
	if (is_ipv6 || part[0] != 0)
		(void)inet_ntop(is_ipv6 ? AF_INET6 : AF_INET, part,
		    login->address, sizeof(login->address));
}

/* Whether the entry is in the file, at or behind a place. */
static bool
has_entry(int file, off_t from, const struct utmpx *entry)
{
	struct utmpx found;

	for (; pread(file, &found, sizeof(found), from) ==
	    (ssize_t)sizeof(found); from += (off_t)sizeof(found))
		if (memcmp(&found, entry, sizeof(found)) == 0)
			return true;
	return false;
}

/* updwtmpx does not tell whether it wrote, so it is looked at. */
static int
log_entry(const struct utmpx *entry)
{
	struct stat status;
	int error, file;

	file = open(log_file, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	if (file == -1)
		return errno;
	if (fstat(file, &status) != 0 || !S_ISREG(status.st_mode)) {
		(void)close(file);
		return EINVAL;
	}
	/* What was cut off by a crash is cut off by updwtmpx too. */
	status.st_size -= status.st_size % (off_t)sizeof(*entry);
	errno = 0;
	updwtmpx(log_file, entry);
	error = errno == 0 ? EIO : errno;
	if (has_entry(file, status.st_size, entry))
		error = 0;
	(void)close(file);
	return error;
}

static int
write_last(const struct pamport__login *login, uid_t uid)
{
	return pamport__lastlog_write(last_file, login, uid);
}

const struct pamport__utmpx_system pamport__utmpx_system = {
	.put = put,
	.get = get,
	.log = log_entry,
	.last = write_last,
};
