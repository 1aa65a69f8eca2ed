/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sessions with a record and with login records, and what another process does
 * with many records.  The bare libpam has nothing like it.
 */
#include <config.h>

#include <sys/types.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <pamport/record.h>
#include "bench.h"

static const struct pam_conv conv = { bench_converse, NULL };

static pamport_session *
start_session(int record, int accounting)
{
	pamport_session *session = NULL;

	bench_require(pamport_session_start(bench_service, "root", &conv,
	    bench_confdir[0] == '\0' ? NULL : bench_confdir, &session) ==
	    PAM_SUCCESS, "pamport_session_start");
	(void)pamport_session_set_option(session, PAMPORT_SESSION_RECORD,
	    record);
	(void)pamport_session_set_option(session, PAMPORT_SESSION_ACCOUNTING,
	    accounting);
	(void)pamport_session_set_item(session, PAM_TTY, "tty1");
	bench_require(pamport_session_check_account(session, 0) ==
	    PAM_SUCCESS && pamport_session_open(session) == PAM_SUCCESS,
	    "pamport_session_open");
	return session;
}

static void
run_session(int record, int accounting)
{
	pamport_session *session = start_session(record, accounting);

	bench_require(*pamport_session_warning(session) == '\0' &&
	    pamport_session_close(session) == PAM_SUCCESS &&
	    pamport_session_free(session) == PAM_SUCCESS,
	    "pamport_session_close");
}

static void
plain(long parameter)
{
	(void)parameter;
	run_session(PAMPORT_RECORD_OFF, PAMPORT_ACCOUNTING_OFF);
}

static void
with_record(long parameter)
{
	(void)parameter;
	run_session(PAMPORT_RECORD_REQUIRED, PAMPORT_ACCOUNTING_OFF);
}

static void
with_login(long parameter)
{
	(void)parameter;
	run_session(PAMPORT_RECORD_OFF, PAMPORT_ACCOUNTING_ALL);
}

static void
with_both(long parameter)
{
	(void)parameter;
	run_session(PAMPORT_RECORD_REQUIRED, PAMPORT_ACCOUNTING_ALL);
}

/* --- The directory of the records --- */

static char directory[1024];

static void
begin_directory(long parameter)
{
	(void)snprintf(directory, sizeof(directory), "%s/records-%ld",
	    bench_directory, parameter);
	bench_require(setenv("PAMPORT_RECORDS", directory, 1) == 0, "setenv");
}

static void
end_directory(long parameter)
{
	DIR *entries = opendir(directory);
	const struct dirent *entry;

	(void)parameter;
	while (entries != NULL && (entry = readdir(entries)) != NULL)
		(void)unlinkat(dirfd(entries), entry->d_name, 0);
	if (entries != NULL)
		(void)closedir(entries);
	(void)rmdir(directory);
}

/* --- Many records: one is written by pamport, the others are its copies --- */

static char id[64];		/* of one in the middle */
static size_t seen;

static size_t
read_record(const char *name, char *text, size_t size)
{
	FILE *file = fopen(name, "r");
	size_t length;

	bench_require(file != NULL, "reading a record");
	length = fread(text, 1, size, file);
	(void)fclose(file);
	return length;
}

static void
copy_record(long i, const char *text, size_t length)
{
	char name[1200];
	int fd;

	(void)snprintf(name, sizeof(name), "%s/copy-%ld.open", directory, i);
	fd = open(name, O_WRONLY | O_CREAT | O_EXCL, 0600);
	bench_require(fd != -1 && write(fd, text, length) == (ssize_t)length &&
	    close(fd) == 0, "writing a record");
}

/*
 * process stays the opener of all: reaping looks at it and leaves the record,
 * unless it was a child that is gone.
 */
static void
fill(long parameter, pamport_session *session)
{
	char name[1200], text[8192];
	size_t length;
	long i;

	(void)snprintf(id, sizeof(id), "%s", pamport_session_id(session));
	(void)snprintf(name, sizeof(name), "%s/%s.open", directory, id);
	length = read_record(name, text, sizeof(text));
	for (i = 1; i < parameter; i++)
		copy_record(i, text, length);
	if (parameter > 1)
		(void)snprintf(id, sizeof(id), "copy-%ld", parameter / 2);
}

static void
begin_records(long parameter)
{
	pamport_session *session;

	begin_directory(parameter);
	session = start_session(PAMPORT_RECORD_REQUIRED,
	    PAMPORT_ACCOUNTING_OFF);
	fill(parameter, session);
	bench_require(pamport_session_detach(session) == PAM_SUCCESS,
	    "pamport_session_detach");
	(void)pamport_session_free(session);
}

static void
attach(long parameter)
{
	pamport_session *session = NULL;

	(void)parameter;
	bench_require(pamport_session_attach(id, NULL, &session) ==
	    PAM_SUCCESS, "pamport_session_attach");
	(void)pamport_session_free(session);
}

static void
attach_tty(long parameter)
{
	pamport_session *session = NULL;

	(void)parameter;
	bench_require(pamport_session_attach_tty("root", "tty1", NULL,
	    &session) == PAM_SUCCESS, "pamport_session_attach_tty");
	(void)pamport_session_free(session);
}

static int
count(const struct pamport_record *record, void *data)
{
	(void)data;
	seen += record->id != NULL;
	return 0;
}

static void
list(long parameter)
{
	seen = 0;
	bench_require(pamport_record_list(count, NULL, NULL) == PAM_SUCCESS &&
	    seen == (size_t)parameter, "pamport_record_list");
}

/* What a timer does every few minutes: everybody is still there. */
static void
reap(long parameter)
{
	seen = 0;
	bench_require(pamport_record_reap(0, 0, count, NULL, NULL) ==
	    PAM_SUCCESS && seen == (size_t)parameter, "pamport_record_reap");
}

/* --- After a crash: all openers are gone --- */

static int
count_closed(const struct pamport_record *record, void *data)
{
	(void)data;
	seen += record->action == PAMPORT_RECORD_CLOSED;
	return 0;
}

static void
write_gone(long parameter)
{
	pid_t child = fork();
	int status = -1;

	if (child == 0) {
		fill(parameter, start_session(PAMPORT_RECORD_REQUIRED,
		    PAMPORT_ACCOUNTING_OFF));
		_exit(0);
	}
	bench_require(child > 0 && waitpid(child, &status, 0) == child &&
	    status == 0, "writing records");
}

static void
close_gone(long parameter)
{
	write_gone(parameter);
	seen = 0;
	bench_require(pamport_record_reap(0, 0, count_closed, NULL, NULL) ==
	    PAM_SUCCESS && seen == (size_t)parameter, "pamport_record_reap");
}

const struct bench_scenario bench_other[] = {
	{ "session.plain", -1, 50, NULL, plain, NULL, 0 },
	{ "session.record", -1, 50, begin_directory, with_record,
	    end_directory, 0 },
	{ "session.login", -1, 50, NULL, with_login, NULL, BENCH_LOGIN },
	{ "session.both", -1, 50, begin_directory, with_both, end_directory,
	    BENCH_LOGIN },
	{ "records.attach", 1, 20, begin_records, attach, end_directory, 0 },
	{ "records.attach", 1000, 20, begin_records, attach, end_directory, 0 },
	{ "records.attach", 100000, 20, begin_records, attach, end_directory,
	    BENCH_HEAVY },
	{ "records.attach_tty", 1, 20, begin_records, attach_tty,
	    end_directory, 0 },
	{ "records.attach_tty", 1000, 1, begin_records, attach_tty,
	    end_directory, 0 },
	{ "records.attach_tty", 100000, 1, begin_records, attach_tty,
	    end_directory, BENCH_HEAVY },
	{ "records.list", 1, 20, begin_records, list, end_directory, 0 },
	{ "records.list", 1000, 1, begin_records, list, end_directory, 0 },
	{ "records.list", 100000, 1, begin_records, list, end_directory,
	    BENCH_HEAVY },
	{ "records.reap", 1, 20, begin_records, reap, end_directory, 0 },
	{ "records.reap", 1000, 1, begin_records, reap, end_directory, 0 },
	{ "records.reap", 100000, 1, begin_records, reap, end_directory,
	    BENCH_HEAVY },
	{ "records.close", 1, 1, begin_directory, close_gone, end_directory,
	    BENCH_HEAVY },
	{ "records.close", 1000, 1, begin_directory, close_gone,
	    end_directory, BENCH_HEAVY },
	{ "records.close", 100000, 1, begin_directory, close_gone,
	    end_directory, BENCH_HEAVY | BENCH_LONG },
	{ NULL, 0, 0, NULL, NULL, NULL, 0 }
};
