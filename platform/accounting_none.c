/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A system without a utmpx that pamport can use.  It says so: nothing here
 * pretends to record.
 *
 * musl has all functions, and none does anything: its <utmp.h> names files below
 * /dev/null.  OpenBSD has utmp without X, written by libutil's login and logout.
 */
#include <config.h>

#include <string.h>

#include "platform/accounting.h"

#ifdef PAMPORT_UTMPX_STUB
#define LACKS "the utmpx of this C library is a stub that records nothing"
#else
#define LACKS "pamport knows no utmpx on this system"
#endif

const struct pamport__accounting_facts pamport__accounting_facts = {
	.name = "none",
	.lacks = LACKS,
};

/* As large as anywhere: only wtmpdb may be written to. */
size_t
pamport__system_line_size(void)
{
	return sizeof(((struct pamport__login *)0)->line) - 1;
}

size_t
pamport__system_id_size(void)
{
	return 4;
}

void
pamport__system_login(struct pamport__login *login,
    unsigned int left_to_modules, struct pamport__accounting_report *report)
{
	(void)login;
	(void)left_to_modules;
	(void)report;
}

bool
pamport__system_logout(const struct pamport__login *login,
    unsigned int left_to_modules, struct pamport__accounting_report *report)
{
	(void)login;
	(void)left_to_modules;
	(void)report;
	return true;
}

enum pamport__accounting
pamport__system_find(const char *user, const char *line,
    struct pamport__login *login)
{
	(void)user;
	(void)line;
	(void)login;
	return PAMPORT__ACCOUNTING_UNSUPPORTED;
}

bool
pamport__accounting_files(const char *active, const char *log,
    const char *last)
{
	(void)active;
	(void)log;
	(void)last;
	return false;
}
