/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Runs the rows of a table against the libpam that it is linked with, and
 * compares what happens with a column of the table.
 *
 * Each row has a process and a directory of its own, so a row in which the
 * library dies is a row like any other: its result ends in DIES.
 *
 *   -C column	whose results are expected: linux_pam, openpam, ...
 *   -c		start with pam_start_confdir(), for the system's libpam
 *   -m, -n	the scriptable module, and the one without session functions
 *   -r root	the directory that the library reads, which is emptied;
 *		without it a new one, named by PAMSIM_CONF_DIR
 *   -s		print what happens and compare nothing
 *   -x column	skip the rows that have anything in this column
 */
#include <sys/types.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runner.h"

#define SECONDS_A_ROW		10

/* Rows that were measured without the empty "other" of the rest. */
static bool
without_other(const char *id)
{
	return (strncmp(id, "a11", 3) == 0 || strncmp(id, "a12", 3) == 0 ||
	    strncmp(id, "a13", 3) == 0 || strncmp(id, "a17", 3) == 0);
}

static void
empty_other(const struct run *run)
{
	char path[400];
	FILE *file;

	if (family_one_file || without_other(run->id))
		return;
	snprintf(path, sizeof(path), "%s/pam.d/other", run->root);
	if ((file = fopen(path, "a")) != NULL)
		fclose(file);
}

/* In the child: write the files, make the calls, print to the pipe. */
static void
run_row(const struct settings *settings, struct row *row, int fd,
    const char *root)
{
	struct run run;
	char *second;

	memset(&run, 0, sizeof(run));
	run.settings = settings;
	run.id = ROW_ID(row);
	run.answer = "";
	run.out = fdopen(fd, "w");
	snprintf(run.root, sizeof(run.root), "%s", root);
	snprintf(run.log, sizeof(run.log), "%s.log", root);
	setenv("PAMSIM_LOG", run.log, 1);
	setenv("PAMSIM_CONF_DIR", run.root, 1);
	unlink(run.log);
	unescape(ROW_CONFIGURATION(row));
	if ((second = strstr(ROW_CONFIGURATION(row), "----\n")) != NULL) {
		*second = '\0';
		run.second = second + 5;
	}
	write_configuration(&run, ROW_CONFIGURATION(row));
	if (strstr(ROW_CONFIGURATION(row), "!nodirectory") == NULL)
		empty_other(&run);
	alarm(SECONDS_A_ROW);
	run_script(&run, ROW_CALLS(row));
	fclose(run.out);
	_exit(0);
}

static size_t
collect(int fd, char *result, size_t size)
{
	size_t used = 0;
	ssize_t n;

	while (used + 1 < size &&
	    (n = read(fd, result + used, size - used - 1)) > 0)
		used += (size_t)n;
	result[used] = '\0';
	return (used);
}

static void
clean(const char *root)
{
	struct run run;
	char path[400];

	memset(&run, 0, sizeof(run));
	snprintf(run.root, sizeof(run.root), "%s", root);
	remove_configuration(&run);
	snprintf(path, sizeof(path), "%s.log", root);
	unlink(path);
}

static void
result_of(const struct settings *settings, struct row *row, char *result,
    size_t size)
{
	char directory[] = "/tmp/pamsim.XXXXXX";
	char root[300];
	int ends[2], status;
	size_t used;
	pid_t pid;

	if (mkdtemp(directory) == NULL || pipe(ends) != 0)
		exit(2);
	chmod(directory, 0755);
	if (settings->root != NULL)
		snprintf(root, sizeof(root), "%s", settings->root);
	else
		snprintf(root, sizeof(root), "%s/etc", directory);
	clean(root);
	fflush(stdout);
	if ((pid = fork()) == 0) {
		close(ends[0]);
		run_row(settings, row, ends[1], root);
	}
	close(ends[1]);
	used = collect(ends[0], result, size);
	close(ends[0]);
	waitpid(pid, &status, 0);
	if (WIFSIGNALED(status) || WEXITSTATUS(status) != 0)
		snprintf(result + used, size - used, "%sDIES",
		    used > 0 ? " " : "");
	clean(root);
	rmdir(directory);
}

/* "=O" and the like stand for another column. */
static const char *
expected(const struct row *head, const struct row *row, const char *column)
{
	int i;

	i = row_find(head, column);
	if (i < 0 || i >= row->ncolumns)
		return ("");
	if (row->column[i][0] == '=')
		return (expected(head, row, row->column[i] + 1));
	return (row->column[i]);
}

enum outcome { AGREES, DIFFERS, NOT_RUN };

/* Only root gives a file away. */
static bool
needs_root(struct row *row)
{
	return (geteuid() != 0 &&
	    strstr(ROW_CONFIGURATION(row), "!chown ") != NULL);
}

static enum outcome
check(const struct settings *settings, const struct row *head,
    struct row *row)
{
	const char *wanted;
	char result[20000];

	wanted = expected(head, row, settings->column);
	if (!settings->show && (*wanted == '\0' ||
	    *expected(head, row, settings->skip) != '\0' || needs_root(row)))
		return (NOT_RUN);
	result_of(settings, row, result, sizeof(result));
	if (settings->show) {
		printf("%s\t%s\n", ROW_ID(row), result);
		return (NOT_RUN);
	}
	if (strcmp(wanted, result) == 0) {
		printf("ok %s\n", ROW_ID(row));
		return (AGREES);
	}
	printf("not ok %s\n  expected %s\n  found    %s\n", ROW_ID(row),
	    wanted, result);
	return (DIFFERS);
}

static bool
chosen(int argc, char **argv, const char *id)
{
	int i;

	for (i = 0; i < argc; i++)
		if (strncmp(argv[i], id, strlen(argv[i])) == 0)
			return (true);
	return (argc == 0);
}

static void
usage(void)
{
	fprintf(stderr, "usage: runner [-cs] -C column -m module "
	    "-n module-without-session [-r root] [-x column] "
	    "table [id ...]\n");
	exit(2);
}

static void
parse(int argc, char **argv, struct settings *settings)
{
	int option;

	memset(settings, 0, sizeof(*settings));
	settings->column = "";
	settings->skip = "";
	while ((option = getopt(argc, argv, "C:cm:n:r:sx:")) != -1) {
		switch (option) {
		case 'C':
			settings->column = optarg;
			break;
		case 'c':
			settings->confdir = true;
			break;
		case 'm':
			settings->module = optarg;
			break;
		case 'n':
			settings->no_session = optarg;
			break;
		case 'r':
			settings->root = optarg;
			break;
		case 's':
			settings->show = true;
			break;
		case 'x':
			settings->skip = optarg;
			break;
		default:
			usage();
		}
	}
	if (optind >= argc || settings->module == NULL ||
	    settings->no_session == NULL)
		usage();
	settings->table = argv[optind];
}

int
main(int argc, char **argv)
{
	struct settings settings;
	struct row head, row;
	FILE *table;
	int count[3] = { 0, 0, 0 };

	parse(argc, argv, &settings);
	if (!table_open(settings.table, &table, &head)) {
		perror(settings.table);
		return (2);
	}
	while (table_next(table, &row)) {
		if (chosen(argc - optind - 1, argv + optind + 1,
		    ROW_ID(&row)))
			count[check(&settings, &head, &row)]++;
		row_free(&row);
	}
	row_free(&head);
	fclose(table);
	if (!settings.show)
		printf("%s: %d agree, %d do not, %d not run\n",
		    settings.column, count[AGREES], count[DIFFERS],
		    count[NOT_RUN]);
	return (count[DIFFERS] == 0 ? 0 : 1);
}
