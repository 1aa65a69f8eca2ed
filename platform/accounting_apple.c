/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Login records of macOS: pututxline writes /var/run/utmpx and hands the entry to
 * the system log, out of which wtmp and the last logins are read (pututxline(3)
 * there, since 10.5).
 */
#include <config.h>

#include <errno.h>

#include "platform/accounting_utmpx.h"

const struct pamport__accounting_facts pamport__accounting_facts = {
	.name = "apple",
	.where = {
		[PAMPORT__RECORD_ACTIVE] = _PATH_UTMPX ", and the system log",
	},
	.lacks = "pututxline keeps the log and the last logins",
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

bool
pamport__accounting_files(const char *active, const char *log,
    const char *last)
{
	(void)log;
	(void)last;
	return utmpxname(active == NULL ? _PATH_UTMPX : active) != 0;
}
