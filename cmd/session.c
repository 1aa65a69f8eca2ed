/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pamport session: sessions for scripts, and for whoever looks after what
 * daemons left open.
 */
#include <config.h>

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "compat/compat.h"
#include "cmd/session.h"
#include "examples/account.h"
#include <pamport/record.h>

static const struct option_row options[] = {
	[SESSION_SERVICE] = { 's', "service", "NAME",
	    "The service in PAM's configuration (pamport)" },
	[SESSION_CONFDIR] = { 'd', "confdir", "DIR",
	    "The directory of the services' files" },
	[SESSION_TTY] = { 't', "tty", "NAME", "The terminal" },
	[SESSION_FROM] = { 'f', "from", "HOST", "The remote host" },
	[SESSION_LEADER] = { 'l', "leader", "PID",
	    "open: the process it is there for (the caller)" },
	[SESSION_ACCOUNTING] = { 'a', "accounting", NULL,
	    "Write login records, too" },
	[SESSION_TRUST] = { 'T', "trust", NULL,
	    "Open without asking account management" },
	[SESSION_JSON] = { 'j', "json", NULL, "Write JSON for programs" },
	[SESSION_RETRY] = { 'r', "retry", NULL,
	    "reap: close again what was cut off while closing" },
	[SESSION_DRY_RUN] = { 'n', "dry-run", NULL,
	    "reap: only tell what would be done" },
	[SESSION_SECONDS] = { 'w', "seconds", "N",
	    "reap: how long one close may take (60)" },
	{ '\0', NULL, NULL, NULL }
};

#define OPTION(name) (1U << SESSION_##name)
#define TO_OPEN (OPTION(SERVICE) | OPTION(CONFDIR) | OPTION(TTY) | \
	OPTION(FROM) | OPTION(ACCOUNTING) | OPTION(TRUST))

static const struct action {
	const char *name;
	const char *text;		/* for completions */
	int least, most;		/* arguments, and what they are */
	const char *takes;
	unsigned int options;
	int (*run)(const struct given *given);
} actions[] = {
	{ "run", "Run a command in one", 1, INT_MAX,
	    "a user, and the command if it is not the shell",
	    TO_OPEN, session_run },
	{ "open", "Open one, and write its id", 1, 1, "one argument, a user",
	    TO_OPEN | OPTION(LEADER), session_open },
	{ "close", "Close one, from whichever process", 1, 2,
	    "an id, or a user and a terminal", OPTION(SERVICE), session_close },
	{ "list", "Say which are recorded", 0, 0, "no argument",
	    OPTION(JSON), session_list },
	{ "show", "Say all that is known of one", 1, 1, "one argument, an id",
	    OPTION(JSON), session_show },
	{ "reap", "Close those whose leader is gone", 0, 0, "no argument",
	    OPTION(RETRY) | OPTION(DRY_RUN) | OPTION(SECONDS) | OPTION(JSON),
	    session_reap }
};
#define ACTIONS (sizeof(actions) / sizeof(actions[0]))

/* Of what examples/account.c complains. */
const char *const program_name = "pamport session";

static const struct action *
action_named(const char *name)
{
	size_t i;

	for (i = 0; i < ACTIONS; i++)
		if (strcmp(actions[i].name, name) == 0)
			return &actions[i];
	return NULL;
}

bool
session_number(const struct given *given, enum session_option option,
    long *number)
{
	const char *value = given->value[option];
	long long wide;

	if (!given->is_set[option])
		return true;
	/* A long may be no larger than an int, and is the limit then. */
	wide = strtoll(value, NULL, 10);
	*number = (long)wide;
	if (wide > 0 && wide <= INT_MAX &&
	    value[strspn(value, "0123456789")] == '\0')
		return true;
	(void)usage_error(&pamport_session_command, "%s: not a number for --%s",
	    value, options[option].name);
	return false;
}

static int
check(const struct action *action, const struct given *given)
{
	int i, arguments = given->count - 1;

	for (i = 0; options[i].name != NULL; i++)
		if (given->is_set[i] && (action->options & 1U << i) == 0)
			return usage_error(&pamport_session_command,
			    "%s takes no --%s", action->name, options[i].name);
	if (arguments < action->least || arguments > action->most)
		return usage_error(&pamport_session_command, "%s takes %s",
		    action->name, action->takes);
	return EXIT_GOOD;
}

/*
 * The library ignores what it does not take, which a daemon cannot help; a
 * person would look at other records than those that were meant.
 */
static bool
check_directory(void)
{
	const char *path = secure_getenv("PAMPORT_RECORDS");

	if (path == NULL || path[0] == '\0' || path[0] == '/')
		return true;
	(void)fprintf(stderr, "pamport session: PAMPORT_RECORDS is %s: it has to "
	    "be an absolute path\n", path);
	return false;
}

static int
run(const struct given *given)
{
	const struct action *action;
	struct given rest = *given;

	if (given->count == 0)
		return usage_error(&pamport_session_command,
		    "run, open, close, list, show or reap?");
	action = action_named(given->argument[0]);
	if (action == NULL)
		return usage_error(&pamport_session_command,
		    "no action %s: run, open, close, list, show or reap",
		    given->argument[0]);
	if (check(action, given) != EXIT_GOOD)
		return EXIT_USAGE;
	if (!check_directory())
		return action->run == session_run ? STATUS_NOT_OPENED :
		    EXIT_USAGE;
	rest.argument++;
	rest.count--;
	return action->run(&rest);
}

static int
print_id(const struct pamport_record *record, void *data)
{
	(void)data;
	(void)printf("%s\t%s%s%s\n", record->id,
	    record->user == NULL ? "-" : record->user,
	    record->tty == NULL ? "" : " on ",
	    record->tty == NULL ? "" : record->tty);
	return 0;
}

/* Others than root are not told of sessions: then there is no candidate. */
static void
complete_arguments(const struct given *given)
{
	size_t i;

	for (i = 0; i < ACTIONS && given->count == 0; i++)
		(void)printf("%s\t%s\n", actions[i].name,
		    actions[i].text);
	if (given->count == 1 && (strcmp(given->argument[0], "close") == 0 ||
	    strcmp(given->argument[0], "show") == 0))
		(void)pamport_record_list(print_id, NULL, NULL);
}

static bool
takes(const char *name, int row)
{
	const struct action *action = action_named(name);

	return action == NULL || (action->options & 1U << row) != 0;
}

const struct command pamport_session_command = {
	"session", "run|open|close|list|show|reap [argument...]",
	"Open, close and list sessions, and close what was left open",
	"  run USER [COMMAND...]     open a session, run the command or the shell as\n"
	"                            the user, close; its exit status, 125 if no\n"
	"                            session was opened\n"
	"  open USER                 open one, and write its id\n"
	"  close ID | USER TTY       close it, from whichever process\n"
	"  list                      those that are recorded\n"
	"  show ID                   all that is known of one\n"
	"  reap                      close those whose leader is gone\n\n"
	"Only root can do any of it.  Nobody is authenticated: root says who the\n"
	"user is, and account management decides, unless --trust is given.\n",
	options, run, "run", takes, complete_arguments
};
