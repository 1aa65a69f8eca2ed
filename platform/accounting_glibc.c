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
#include <lastlog.h>
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
void
pamport__utmpx_put(struct utmpx *entry, const struct pamport__login *login)
{
	pamport__field_put(entry->ut_host, sizeof(entry->ut_host),
	    login->host);
	if (inet_pton(AF_INET, login->address, entry->ut_addr_v6) != 1)
		(void)inet_pton(AF_INET6, login->address, entry->ut_addr_v6);
	entry->ut_session = getsid(login->pid);
	if (entry->ut_session == -1)
		entry->ut_session = 0;
}

void
pamport__utmpx_get(struct pamport__login *login, const struct utmpx *entry)
{
	const int32_t *part = entry->ut_addr_v6;
	bool is_ipv6 = (part[1] | part[2] | part[3]) != 0;

	pamport__field_get(login->host, sizeof(login->host), entry->ut_host,
	    sizeof(entry->ut_host));
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
int
pamport__utmpx_log(const struct utmpx *entry)
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
write_at(int file, const void *bytes, size_t size, off_t where)
{
	ssize_t written = pwrite(file, bytes, size, where);

	if (written == -1)
		return errno;
	return (size_t)written == size ? 0 : ENOSPC;
}

int
pamport__utmpx_last(const struct pamport__login *login, uid_t uid)
{
	struct lastlog entry;
	int error, file;

	memset(&entry, 0, sizeof(entry));
	entry.ll_time--;
	error = pamport__field_number(&entry.ll_time, sizeof(entry.ll_time),
	    (double)entry.ll_time < 0, login->time);
	if (error != 0)
		return error;
	pamport__field_put(entry.ll_line, sizeof(entry.ll_line), login->line);
	pamport__field_put(entry.ll_host, sizeof(entry.ll_host), login->host);
	file = open(last_file, O_WRONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	if (file == -1)
		return errno;
	error = write_at(file, &entry, sizeof(entry),
	    (off_t)uid * (off_t)sizeof(entry));
	if (close(file) != 0 && error == 0)
		error = errno;
	return error;
}
