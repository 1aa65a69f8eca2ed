/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Login records of FreeBSD, since 9: pututxline writes the active logins, the
 * log and the last logins, all three, and makes their files.  It succeeds though
 * it could not open them (libc's gen/pututxline.c), which the reading back in
 * accounting_utmpx.c finds.
 */
#include <config.h>

#include <errno.h>

#include "platform/accounting_utmpx.h"

const struct pamport__accounting_facts pamport__accounting_facts = {
	.name = "freebsd",
	.where = {
		[PAMPORT__RECORD_ACTIVE] =
		    "/var/run/utx.active, /var/log/utx.log, utx.lastlogin",
	},
	.lacks = "pututxline keeps the log and the last logins",
	/* "session required pam_lastlog.so no_fail", lib/libpam/pam.d/system. */
	.modules_write = PAMPORT__KIND(PAMPORT__RECORD_ACTIVE),
	.modules = "pam_lastlog in /etc/pam.d/system",
};

void
pamport__utmpx_put(struct utmpx *entry, const struct pamport__login *login)
{
	pamport__field_put(entry->ut_host, sizeof(entry->ut_host),
	    login->host);
}

void
pamport__utmpx_get(struct pamport__login *login, const struct utmpx *entry)
{
	pamport__field_get(login->host, sizeof(login->host), entry->ut_host,
	    sizeof(entry->ut_host));
}

int
pamport__utmpx_log(const struct utmpx *entry)
{
	(void)entry;
	return ENOTSUP;
}

int
pamport__utmpx_last(const struct pamport__login *login, uid_t uid)
{
	(void)login;
	(void)uid;
	return ENOTSUP;
}

/* setutxdb chooses a file for reading only. */
bool
pamport__accounting_files(const char *active, const char *log,
    const char *last)
{
	(void)active;
	(void)log;
	(void)last;
	return false;
}
