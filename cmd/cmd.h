/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pamport(1): what its subcommands share.
 *
 * A subcommand is a file with a `struct command' and a row in pamport.c.  What
 * it takes is said once, in its table of options: the parser, the usage, the
 * help and the completions of the shells read that.
 */
#ifndef PAMPORT_CMD_CMD_H
#define PAMPORT_CMD_CMD_H

#include <stdbool.h>
#include <stdio.h>

/* The exit codes, for all subcommands. */
#define EXIT_GOOD 0
#define EXIT_DIFFERS 1		/* doctor: a disagreement; code: no such name */
#define EXIT_USAGE 2		/* used wrongly, or could not do its work */

struct option_row {
	char letter;		/* '\0': none */
	const char *name;
	const char *value;	/* what it takes, NULL: nothing */
	const char *text;
};

/* What was given: one place for each row of the table of options. */
#define MAX_OPTIONS 12
struct given {
	bool is_set[MAX_OPTIONS];
	const char *value[MAX_OPTIONS];
	int count;		/* of the other arguments */
	char **argument;
};

struct command {
	const char *name;
	const char *arguments;	/* for the usage, after [option...] */
	const char *summary;
	const char *text;	/* for the help; ends with a newline */
	const struct option_row *option;	/* ends with a NULL name */
	int (*run)(const struct given *given);
	/*
	 * The action whose third argument is a command: that one's options are
	 * its own.  May be NULL.
	 */
	const char *runs;
	/* Whether an action takes that row of the options; NULL: all take all. */
	bool (*takes)(const char *action, int row);
	/*
	 * Prints candidates for the argument behind these, one a line; may be
	 * NULL.
	 */
	void (*complete)(const struct given *given);
};

extern const struct command pamport_code_command;
extern const struct command pamport_doctor_command;
extern const struct command pamport_session_command;
extern const struct command pamport_sim_command;

/* All of them, NULL at the end: pamport.c. */
extern const struct command *const pamport_commands[];
const struct command *command_named(const char *name);

/*
 * options.c.  Options and arguments may be mixed until "--", or until a command
 * that is to be run.  The arguments, with a NULL behind them, take the place of
 * all in argv, which ends with NULL.
 */
enum options {
	OPTIONS_GOOD,
	OPTIONS_HELP,		/* -h or --help, which every subcommand takes */
	OPTIONS_WRONG		/* after a complaint on standard error */
};
#define HELP_TEXT "Say how it is used"
enum options options_parse(const struct command *command, int argc, char **argv,
    struct given *given);

/* Likewise the words before one that is being typed: what may that be? */
enum next {
	NEXT_IS_ANY,		/* an option or an argument */
	NEXT_IS_ARGUMENT,	/* behind "--" */
	NEXT_IS_VALUE,		/* of the last option */
	NEXT_IS_OF_COMMAND	/* of the command that is to be run */
};
enum next options_expect(const struct command *command, int argc, char **argv,
    struct given *given);

void print_usage(FILE *file, const struct command *command);
void print_help(const struct command *command);
int usage_error(const struct command *command, const char *format, ...)
#ifdef __GNUC__
    __attribute__((__format__(__printf__, 2, 3)))
#endif
    ;

/* complete.c: `pamport complete WORD...', for the shells. */
int complete(int argc, char **argv);

/* The nearest of some names, NULL if none is near; the list ends with NULL. */
const char *nearest(const char *word, const char *const *names);

/* The result, or EXIT_USAGE if standard output could not be written: told once. */
int finish_output(int result);

#endif /* PAMPORT_CMD_CMD_H */
