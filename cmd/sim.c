/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pamport sim: programs that see a simulated libpam, and no other.
 *
 * Everything is said through variables that compilers, linkers and pkg-config
 * read, so that configure and make need no change.  The headers come through
 * C_INCLUDE_PATH and not through CPPFLAGS: an overlay that a program names by
 * -isystem has to come before them.
 */
#include <config.h>

#include <sys/types.h>
#include <sys/stat.h>
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "compat/compat.h"
#include "cmd/cmd.h"
#include "cmd/table.h"

enum { OPTION_CONF, OPTION_DIR };
static const struct option_row options[] = {
	{ 'c', "conf", "DIR", "Read the configuration below DIR" },
	{ 'd', "dir", "DIR", "Where the personalities are" },
	{ '\0', NULL, NULL, NULL }
};

#define STATUS_CANNOT_RUN 126	/* as env(1) and sh(1) have it */
#define STATUS_NOT_FOUND 127

static const struct { const char *name, *text; } known[] = {
	{ "apple", "Apple's OpenPAM of 2007 (macOS)" },
	{ "illumos", "illumos of 2017: messages are one array" },
	{ "linux-pam", "Linux-PAM 1.7" },
	{ "openpam", "OpenPAM of 2019 (FreeBSD, NetBSD, DragonFly)" },
	{ "solaris", "OpenSolaris of 2006: no const, messages are one array" },
};

/* A variable, and what is put in front of what it holds. */
struct variable {
	const char *name;
	const char *format;	/* @ stands for the prefix of the personality */
};

static const struct variable variables[] = {
	{ "C_INCLUDE_PATH", "@/include:@/absent/include" },
	{ "CPLUS_INCLUDE_PATH", "@/include:@/absent/include" },
	{ "LIBRARY_PATH", "@/lib:@/absent/lib" },
	{ "LD_LIBRARY_PATH", "@/lib" },
	{ "PKG_CONFIG_PATH", "@/lib/pkgconfig:@/absent/lib/pkgconfig" },
};

/* --- Where they are -------------------------------------------------------- */

static bool
is_set_id(void)
{
	return getuid() != geteuid() || getgid() != getegid();
}

static const char *
find_place(const struct given *given)
{
	const char *place = given->value[OPTION_DIR];

	if (place == NULL)
		place = secure_getenv("PAMPORT_SIM_DIR");
	return place != NULL && *place != '\0' ? place : PAMPORT_SIM_PLACE;
}

static bool
has_file(const char *prefix, const char *name)
{
	char path[PATH_MAX];
	struct stat status;
	int length;

	length = snprintf(path, sizeof(path), "%s/%s", prefix, name);
	return length > 0 && (size_t)length < sizeof(path) &&
	    stat(path, &status) == 0;
}

static bool
is_personality(const char *prefix)
{
	return has_file(prefix, "include/security/pam_appl.h") &&
	    has_file(prefix, "lib/libpam.so");
}

static const char *
text_of(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (strcmp(known[i].name, name) == 0)
			return known[i].text;
	return "";
}

/* Calls each for every personality there; how many there were, -1 for none. */
static int
each_personality(const char *place,
    void (*each)(const char *name, const char *prefix, void *data), void *data)
{
	struct dirent **entry;
	char prefix[PATH_MAX];
	int count = 0, i, n;

	n = scandir(place, &entry, NULL, alphasort);
	for (i = 0; i < n; i++) {
		if (entry[i]->d_name[0] != '.' && snprintf(prefix,
		    sizeof(prefix), "%s/%s", place, entry[i]->d_name) <
		    (int)sizeof(prefix) && is_personality(prefix)) {
			each(entry[i]->d_name, prefix, data);
			count++;
		}
		free(entry[i]);
	}
	if (n >= 0)
		free(entry);
	return count;
}

static void
print_name(const char *name, const char *prefix, void *data)
{
	(void)prefix;
	(void)data;
	(void)fprintf(stderr, " %s", name);
}

static void
complain_of_name(const char *name, const char *place)
{
	size_t i;

	(void)fprintf(stderr, "pamport sim: no personality %s in %s, which has",
	    name, place);
	if (each_personality(place, print_name, NULL) > 0) {
		(void)fputc('\n', stderr);
		return;
	}
	(void)fprintf(stderr, " none of");
	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		(void)fprintf(stderr, " %s", known[i].name);
	(void)fprintf(stderr, "\n  (make install-sim installs them; from a "
	    "build tree say --dir TREE/sim)\n");
}

/* The full name of a personality, to be freed; NULL after a complaint. */
static char *
find_prefix(const struct given *given, const char *name)
{
	const char *place = find_place(given);
	char path[PATH_MAX], *prefix = NULL;
	int length;

	length = snprintf(path, sizeof(path), "%s/%s", place, name);
	if (length > 0 && (size_t)length < sizeof(path) && name[0] != '.' &&
	    name[0] != '\0' && strchr(name, '/') == NULL)
		prefix = realpath(path, NULL);
	if (prefix != NULL && is_personality(prefix))
		return prefix;
	free(prefix);
	complain_of_name(name, place);
	return NULL;
}

/* --- list ------------------------------------------------------------------ */

static void
list_one(const char *name, const char *prefix, void *table)
{
	table_add(table, PLAIN, name, text_of(name), prefix, NULL);
}

static int
list(const struct given *given)
{
	const char *place = find_place(given);
	struct table table;

	table_init(&table);
	if (each_personality(place, list_one, &table) == 0) {
		(void)fprintf(stderr, "pamport sim: none in %s: see "
		    "pamport-sim(7)\n", place);
		return EXIT_DIFFERS;
	}
	table_print(&table, stdout, 0);
	return EXIT_GOOD;
}

/* --- The variables ---------------------------------------------------------- */

/* The value that a variable gets, to be freed; NULL without memory. */
static char *
new_value(const struct variable *variable, const char *prefix)
{
	const char *before = getenv(variable->name), *from;
	size_t size = 2 * strlen(prefix) + strlen(variable->format) + 2;
	char *value, *to;

	if (before != NULL)
		size += strlen(before);
	value = to = malloc(size);
	if (value == NULL)
		return NULL;
	for (from = variable->format; *from != '\0'; from++) {
		if (*from == '@') {
			(void)strcpy(to, prefix);
			to += strlen(prefix);
		} else {
			*to++ = *from;
		}
	}
	*to = '\0';
	if (before != NULL && *before != '\0') {
		*to++ = ':';
		(void)strcpy(to, before);
	}
	return value;
}

/* Calls each with the name and value of all; false without memory. */
static bool
each_variable(const char *prefix, const char *conf,
    void (*each)(const char *name, const char *value))
{
	char *value;
	size_t i;

	for (i = 0; i < sizeof(variables) / sizeof(variables[0]); i++) {
		value = new_value(&variables[i], prefix);
		if (value == NULL)
			return false;
		each(variables[i].name, value);
		free(value);
	}
	each("PAMPORT_SIM", prefix);
	if (conf != NULL)
		each("PAMSIM_CONF_DIR", conf);
	return true;
}

/* The directory of --conf, to be freed; false after a complaint. */
static bool
find_conf(const struct given *given, char **conf)
{
	const char *name = given->value[OPTION_CONF];

	*conf = NULL;
	if (name == NULL)
		return true;
	*conf = realpath(name, NULL);
	if (*conf != NULL && (has_file(*conf, "pam.conf") ||
	    has_file(*conf, "pam.d")))
		return true;
	(void)fprintf(stderr, "pamport sim: %s: %s\n", name, *conf == NULL ?
	    strerror(errno) : "has no pam.conf and no pam.d");
	free(*conf);
	return false;
}

/* --- env -------------------------------------------------------------------- */

/* For sh: everything but a quote is itself within quotes. */
static void
print_variable(const char *name, const char *value)
{
	(void)printf("export %s='", name);
	for (; *value != '\0'; value++) {
		if (*value == '\'')
			(void)fputs("'\\''", stdout);
		else
			(void)fputc(*value, stdout);
	}
	(void)printf("'\n");
}

static int
env(const struct given *given, const char *prefix, const char *conf)
{
	if (given->count != 2)
		return usage_error(&pamport_sim_command,
		    "env takes the name of a personality");
	(void)printf("# For a compiler that does not read these variables:\n"
	    "# -I%s/include -L%s/lib\n", prefix, prefix);
	return each_variable(prefix, conf, print_variable) ? EXIT_GOOD :
	    EXIT_USAGE;
}

/* --- run -------------------------------------------------------------------- */

static void
set_variable(const char *name, const char *value)
{
	if (setenv(name, value, 1) == -1) {
		(void)fprintf(stderr, "pamport sim: %s: %s\n", name,
		    strerror(errno));
		exit(STATUS_CANNOT_RUN);
	}
}

static int
run_program(const struct given *given, const char *prefix, const char *conf)
{
	char **program = given->argument + 2;
	int error;

	if (given->count < 3)
		return usage_error(&pamport_sim_command,
		    "run takes a personality and a command");
	if (!each_variable(prefix, conf, set_variable))
		return EXIT_USAGE;
	(void)fflush(stdout);
	(void)execvp(program[0], program);
	error = errno;
	(void)fprintf(stderr, "pamport sim: %s: %s\n", program[0],
	    strerror(error));
	return error == ENOENT ? STATUS_NOT_FOUND : STATUS_CANNOT_RUN;
}

/* --- The subcommand ----------------------------------------------------------- */

static int
with_personality(const struct given *given,
    int (*function)(const struct given *, const char *, const char *))
{
	char *prefix, *conf;
	int result;

	if (given->count < 2)
		return usage_error(&pamport_sim_command,
		    "%s takes the name of a personality", given->argument[0]);
	prefix = find_prefix(given, given->argument[1]);
	if (prefix == NULL)
		return EXIT_USAGE;
	if (!find_conf(given, &conf)) {
		free(prefix);
		return EXIT_USAGE;
	}
	result = function(given, prefix, conf);
	free(prefix);
	free(conf);
	return result;
}

static int
run(const struct given *given)
{
	const char *what = given->count > 0 ? given->argument[0] : "";

	if (is_set_id()) {
		(void)fprintf(stderr,
		    "pamport sim: refused in a process that runs set-id\n");
		return EXIT_USAGE;
	}
	if (strcmp(what, "list") == 0 && given->count == 1)
		return list(given);
	if (strcmp(what, "env") == 0)
		return with_personality(given, env);
	if (strcmp(what, "run") == 0)
		return with_personality(given, run_program);
	return usage_error(&pamport_sim_command, "say list, env or run");
}

static void
complete_one(const char *name, const char *prefix, void *data)
{
	(void)prefix;
	(void)data;
	(void)printf("%s\t%s\n", name, text_of(name));
}

static void
complete_sim(const struct given *given)
{
	if (given->count == 0)
		(void)printf("list\tSay which personalities there are\n"
		    "env\tPrint the variables for a shell\n"
		    "run\tRun a command that sees a personality\n");
	else if (given->count == 1 && strcmp(given->argument[0], "list") != 0)
		(void)each_personality(find_place(given), complete_one, NULL);
}

static bool
takes(const char *action, int row)
{
	return strcmp(action, "list") != 0 || row == OPTION_DIR;
}

const struct command pamport_sim_command = {
	"sim", "list | env NAME | run NAME COMMAND...",
	"Build and run programs on a simulated libpam, for tests",
	"run starts a configure, a make or a daemon so that it sees the headers and\n"
	"the library of one personality; env prints what run sets. pamport-sim(7)\n"
	"has an example. Exits with 1 if there is none to list, with 2 if it was used\n"
	"wrongly, else as the command does: 127 if that is not there, 126 if it\n"
	"cannot be run.\n",
	options, run, "run", takes, complete_sim
};
