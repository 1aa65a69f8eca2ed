/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Login records of macOS: pututxline writes /var/run/utmpx and hands the entry to
 * the system log, out of which wtmp and the last logins are read (pututxline(3)
 * there, since 10.5).
 */
#include <config.h>

#include "platform/accounting_utmpx.h"

const struct pamport__accounting_facts pamport__accounting_facts = {
	.name = "apple",
	.where = {
		[PAMPORT__RECORD_ACTIVE] = _PATH_UTMPX ", and the system log",
	},
	.lacks = "pututxline keeps the log and the last logins",
};

/* An entry is host and time; the rest is pututxline's to write. */
const struct pamport__utmpx_system pamport__utmpx_system = { .put = NULL };

bool
pamport__accounting_files(const char *active, const char *log,
    const char *last)
{
	(void)log;
	(void)last;
	return utmpxname(active == NULL ? _PATH_UTMPX : active) != 0;
}
