/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pamport complete WORD...: what the last word may become, one candidate a
 * line, a tab and a text behind it where there is one.  The completions of the
 * shells call this, so that they know what this version of pamport knows.  Where
 * it says nothing they offer files: those are what options take, and commands.
 */
#include <config.h>

#include <string.h>

#include "cmd/cmd.h"

static void
complete_commands(void)
{
	const struct command *const *command;

	for (command = pamport_commands; *command != NULL; command++)
		(void)printf("%s\t%s\n", (*command)->name, (*command)->summary);
}

static void
complete_options(const struct command *command, const char *action)
{
	int i;

	for (i = 0; command->option[i].name != NULL; i++)
		if (command->takes == NULL || action == NULL ||
		    command->takes(action, i))
			(void)printf("--%s\t%s\n", command->option[i].name,
			    command->option[i].text);
	(void)printf("--help\t%s\n", HELP_TEXT);
}

static void
complete_words(const struct command *command, int argc, char **argv)
{
	const char *word = argv[--argc];
	struct given given;
	enum next next;

	argv[argc] = NULL;
	next = options_expect(command, argc, argv, &given);
	if (next == NEXT_IS_VALUE || next == NEXT_IS_OF_COMMAND)
		return;
	if (next == NEXT_IS_ANY && word[0] == '-') {
		/* Behind "=" is a value. */
		if (strchr(word, '=') == NULL)
			complete_options(command, given.count > 0 ?
			    given.argument[0] : NULL);
	} else if (command->complete != NULL) {
		command->complete(&given);
	}
}

int
complete(int argc, char **argv)
{
	const struct command *command;

	if (argc <= 1) {
		complete_commands();
		(void)printf("help\tSay how a subcommand is used\n"
		    "--version\tSay which libraries these are\n");
		return EXIT_GOOD;
	}
	if (strcmp(argv[0], "help") == 0) {
		if (argc == 2)
			complete_commands();
		return EXIT_GOOD;
	}
	command = command_named(argv[0]);
	if (command != NULL)
		complete_words(command, argc - 1, argv + 1);
	return EXIT_GOOD;
}
