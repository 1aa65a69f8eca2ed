/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Login records of FreeBSD, since 9: pututxline writes the active logins, the
 * log and the last logins, all three, and makes their files.  It succeeds though
 * it could not open them (libc's gen/pututxline.c), which the reading back in
 * accounting_utmpx.c finds.
 */
#include <config.h>

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

/* An entry is host and time; the rest is pututxline's to write. */
const struct pamport__utmpx_system pamport__utmpx_system = { .put = NULL };

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
