/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The last login of a user by his number, as glibc, Solaris and illumos have it.
 */
#include <config.h>

#include <sys/types.h>
#include <errno.h>
#include <fcntl.h>
#include <lastlog.h>
#include <string.h>
#include <unistd.h>

#include "platform/accounting_utmpx.h"

static int
write_at(int file, const void *bytes, size_t size, off_t where)
{
	ssize_t written = pwrite(file, bytes, size, where);

	if (written == -1)
		return errno;
	return (size_t)written == size ? 0 : ENOSPC;
}

int
pamport__lastlog_write(const char *name,
    const struct pamport__login *login, uid_t uid)
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
	file = open(name, O_WRONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	if (file == -1)
		return errno;
	error = write_at(file, &entry, sizeof(entry),
	    (off_t)uid * (off_t)sizeof(entry));
	if (close(file) != 0 && error == 0)
		error = errno;
	return error;
}
