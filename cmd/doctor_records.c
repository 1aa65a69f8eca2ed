/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What pamport doctor says of records: the login records of this system, and the
 * directory where sessions are written down.
 */
#include <config.h>

#include <sys/stat.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cmd/doctor.h"
#include "platform/accounting.h"
#include <pamport/record.h>

static const char *const kinds[PAMPORT__RECORD_KINDS] = {
	[PAMPORT__RECORD_ACTIVE] = "active",
	[PAMPORT__RECORD_LOG] = "log",
	[PAMPORT__RECORD_LAST] = "last",
	[PAMPORT__RECORD_DATABASE] = "database"
};

/* --- The directory of sessions ----------------------------------------------- */

enum directory {
	DIRECTORY_ABSENT,
	DIRECTORY_SAFE,
	DIRECTORY_UNSAFE,
	DIRECTORY_UNSEEN	/* not as root */
};
static const char *const words[] = {
	[DIRECTORY_ABSENT] = "absent", [DIRECTORY_SAFE] = "safe",
	[DIRECTORY_UNSAFE] = "unsafe", [DIRECTORY_UNSEEN] = "unknown"
};

static int
count(const struct pamport_record *record, void *data)
{
	(void)record;
	++*(int *)data;
	return 0;
}

/* Why points to storage of the library's, or is NULL. */
static enum directory
look(int *sessions, const char **why)
{
	struct stat status;
	int result;

	*sessions = 0;
	*why = NULL;
	result = pamport_record_list(count, sessions, why);
	if (result == PAM_PERM_DENIED)
		return DIRECTORY_UNSEEN;
	if (result != PAM_SUCCESS)
		return DIRECTORY_UNSAFE;
	*why = "it is made when the first session is recorded";
	if (lstat(pamport_record_directory(), &status) == -1)
		return DIRECTORY_ABSENT;
	*why = NULL;
	return DIRECTORY_SAFE;
}

/* --- Text ------------------------------------------------------------------------ */

static void
add_directory(struct table *table)
{
	int sessions;
	const char *why;
	char line[600];
	enum directory directory = look(&sessions, &why);

	if (directory == DIRECTORY_SAFE)
		(void)snprintf(line, sizeof(line), "%.400s: %d recorded",
		    pamport_record_directory(), sessions);
	else
		(void)snprintf(line, sizeof(line), "%.400s: %s%s%.100s",
		    pamport_record_directory(), words[directory],
		    why == NULL ? "" : ", ", why == NULL ? "" : why);
	table_add(table, directory == DIRECTORY_UNSAFE ? BAD : PLAIN, "sessions", line,
	    NULL);
}

/* A C library writes to some files only where they exist. */
static const char *
absence(const char *where)
{
	return where[0] == '/' && access(where, F_OK) == -1 &&
	    errno == ENOENT ? " (absent)" : "";
}

void
records_summarize(struct table *table)
{
	char line[600] = "";
	size_t used = 0;
	enum pamport__record_kind kind;
	const char *where;

	for (kind = 0; kind < PAMPORT__RECORD_KINDS; kind++) {
		where = pamport__accounting_where(kind);
		if (where != NULL && used < sizeof(line))
			used += (size_t)snprintf(line + used,
			    sizeof(line) - used, "%s%s%s", used > 0 ? ", " : "",
			    where, absence(where));
	}
	table_add(table, PLAIN, "logins", used > 0 ? line : "not recorded",
	    NULL);
	add_directory(table);
}

void
records_print(void)
{
	const struct pamport__accounting_facts *facts =
	    &pamport__accounting_facts;
	struct table table;
	enum pamport__record_kind kind;
	const char *where;
	char line[300];

	table_init(&table);
	for (kind = 0; kind < PAMPORT__RECORD_KINDS; kind++) {
		where = pamport__accounting_where(kind);
		if (where == NULL)
			where = "not kept";
		(void)snprintf(line, sizeof(line), "%.250s%s", where,
		    absence(where));
		table_add(&table, PLAIN, kinds[kind], line,
		    (facts->modules_write & PAMPORT__KIND(kind)) != 0 ?
		    "written by modules" : NULL, NULL);
	}
	if (facts->lacks != NULL)
		table_add(&table, PLAIN, "because", facts->lacks, NULL);
	if (facts->modules != NULL)
		table_add(&table, PLAIN, "modules", facts->modules, NULL);
	table_print(&table, stdout, 2);
}

/* --- JSON -------------------------------------------------------------------------- */

void
records_json(struct json *json)
{
	const struct pamport__accounting_facts *facts =
	    &pamport__accounting_facts;
	enum pamport__record_kind kind;
	enum directory directory;
	const char *why;
	int sessions;

	json_object(json, "login_records");
	json_string(json, "name", facts->name);
	for (kind = 0; kind < PAMPORT__RECORD_KINDS; kind++)
		json_string(json, kinds[kind], pamport__accounting_where(kind));
	json_string(json, "lacks", facts->lacks);
	json_string(json, "modules", facts->modules);
	json_end(json);
	directory = look(&sessions, &why);
	json_object(json, "session_records");
	json_string(json, "directory", pamport_record_directory());
	json_string(json, "state", words[directory]);
	json_string(json, "why", why);
	json_number(json, "sessions", sessions);
	json_end(json);
}
