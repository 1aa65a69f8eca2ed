/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Login records of Solaris and illumos: utmpx, wtmpx through updwtmpx, lastlog by
 * the number of the user.
 *
 * ut_syslen counts the host with its 0, so the host is always terminated.  ut_id
 * alone decides which entry pututxline writes over.  utmpd ends an entry whose
 * process is gone; then a logout finds it dead and leaves it.
 */
#include <config.h>

#include <sys/stat.h>
#include <errno.h>
#include <string.h>

#include "platform/accounting_utmpx.h"

#define LASTLOG_FILE "/var/adm/lastlog"

const struct pamport__accounting_facts pamport__accounting_facts = {
	.name = "solaris",
	.where = {
		[PAMPORT__RECORD_ACTIVE] = UTMPX_FILE,
		[PAMPORT__RECORD_LOG] = WTMPX_FILE,
		[PAMPORT__RECORD_LAST] = LASTLOG_FILE,
	},
	/* "other session required pam_unix_session.so.1" */
	.modules_write = PAMPORT__KIND(PAMPORT__RECORD_LAST),
	.modules = "pam_unix_session in /etc/pam.conf or /etc/pam.d/other",
};

static const char *log_file = WTMPX_FILE;
static const char *last_file = LASTLOG_FILE;

bool
pamport__accounting_files(const char *active, const char *log,
    const char *last)
{
	log_file = log == NULL ? WTMPX_FILE : log;
	last_file = last == NULL ? LASTLOG_FILE : last;
	return utmpxname(active == NULL ? UTMPX_FILE : active) != 0;
}

static void
put(struct utmpx *entry, const struct pamport__login *login)
{
	(void)login;
	entry->ut_host[sizeof(entry->ut_host) - 1] = '\0';
	entry->ut_syslen = 0;
	if (entry->ut_host[0] != '\0')
		entry->ut_syslen = (short)(strlen(entry->ut_host) + 1);
}

/* updwtmpx does not tell whether it wrote; the file must have grown. */
static int
log_entry(const struct utmpx *entry)
{
	struct utmpx copy = *entry;
	struct stat before, after;

	if (stat(log_file, &before) != 0)
		return errno;
	errno = 0;
	updwtmpx(log_file, &copy);
	if (stat(log_file, &after) == 0 && after.st_size > before.st_size)
		return 0;
	return errno == 0 ? EIO : errno;
}

static int
write_last(const struct pamport__login *login, uid_t uid)
{
	return pamport__lastlog_write(last_file, login, uid);
}

const struct pamport__utmpx_system pamport__utmpx_system = {
	.put = put,
	.log = log_entry,
	.last = write_last,
};
