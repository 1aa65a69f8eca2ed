/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Options, from the table of a subcommand: -x, -xy, -x VALUE, --name,
 * --name VALUE, --name=VALUE, and "--" before what are no options; a command
 * that is to be run ends them, too.
 */
#include <config.h>

#include <stdarg.h>
#include <string.h>

#include "cmd/cmd.h"

/* What a word took of the next ones, or why it takes nothing. */
enum taken { TAKEN, TAKEN_WITH_NEXT, IS_HELP, IS_UNKNOWN, HAS_NO_VALUE,
    LACKS_VALUE };

static int
row_of_name(const struct command *command, const char *name, size_t length)
{
	int i;

	for (i = 0; command->option[i].name != NULL; i++)
		if (strlen(command->option[i].name) == length &&
		    strncmp(command->option[i].name, name, length) == 0)
			return i;
	return -1;
}

static int
row_of_letter(const struct command *command, char letter)
{
	int i;

	for (i = 0; command->option[i].name != NULL; i++)
		if (command->option[i].letter == letter)
			return i;
	return -1;
}

static enum taken
take_long(const struct command *command, char **argv, struct given *given)
{
	const char *name = argv[0] + 2, *equals = strchr(name, '=');
	size_t length = equals != NULL ? (size_t)(equals - name) : strlen(name);
	int row = row_of_name(command, name, length);

	if (row == -1)
		return strcmp(name, "help") == 0 ? IS_HELP : IS_UNKNOWN;
	given->is_set[row] = true;
	if (command->option[row].value == NULL)
		return equals == NULL ? TAKEN : HAS_NO_VALUE;
	given->value[row] = equals != NULL ? equals + 1 : argv[1];
	if (equals != NULL)
		return TAKEN;
	return argv[1] != NULL ? TAKEN_WITH_NEXT : LACKS_VALUE;
}

static enum taken
take_short(const struct command *command, char **argv, struct given *given)
{
	const char *letter;
	int row;

	for (letter = argv[0] + 1; *letter != '\0'; letter++) {
		row = row_of_letter(command, *letter);
		if (row == -1)
			return *letter == 'h' ? IS_HELP : IS_UNKNOWN;
		given->is_set[row] = true;
		if (command->option[row].value == NULL)
			continue;
		given->value[row] = letter[1] != '\0' ? letter + 1 : argv[1];
		if (letter[1] != '\0')
			return TAKEN;
		return argv[1] != NULL ? TAKEN_WITH_NEXT : LACKS_VALUE;
	}
	return TAKEN;
}

/* Whether the arguments have a command in them, with options of its own. */
static bool
has_command(const struct command *command, const struct given *given)
{
	return command->runs != NULL && given->count >= 3 &&
	    strcmp(given->argument[0], command->runs) == 0;
}

static enum taken
take(const struct command *command, char **argv, struct given *given)
{
	return argv[0][1] == '-' ? take_long(command, argv, given) :
	    take_short(command, argv, given);
}

static enum options
refuse(const struct command *command, enum taken taken, const char *word)
{
	static const char *const words[] = {
		[IS_UNKNOWN] = "no option",
		[HAS_NO_VALUE] = "no value is taken by",
		[LACKS_VALUE] = "a value is missing after"
	};

	if (taken == IS_HELP)
		return OPTIONS_HELP;
	(void)fprintf(stderr, "pamport %s: %s %s\n", command->name,
	    words[taken], word);
	return OPTIONS_WRONG;
}

/* The arguments that are no options are moved to the front of argv. */
enum options
options_parse(const struct command *command, int argc, char **argv,
    struct given *given)
{
	enum taken taken;
	int i;

	memset(given, 0, sizeof(*given));
	given->argument = argv;
	for (i = 0; i < argc && !has_command(command, given); i++) {
		if (argv[i][0] != '-' || argv[i][1] == '\0') {
			argv[given->count++] = argv[i];
			continue;
		}
		if (strcmp(argv[i], "--") == 0) {
			i++;
			break;
		}
		taken = take(command, argv + i, given);
		if (taken > TAKEN_WITH_NEXT)
			return refuse(command, taken, argv[i]);
		i += taken == TAKEN_WITH_NEXT;
	}
	while (i < argc)
		argv[given->count++] = argv[i++];
	argv[given->count] = NULL;
	return OPTIONS_GOOD;
}

/* What is wrong in a line that is still being typed is passed over. */
enum next
options_expect(const struct command *command, int argc, char **argv,
    struct given *given)
{
	enum taken taken = TAKEN;
	int i;

	memset(given, 0, sizeof(*given));
	given->argument = argv;
	for (i = 0; i < argc && !has_command(command, given) &&
	    strcmp(argv[i], "--") != 0; i++) {
		taken = TAKEN;
		if (argv[i][0] == '-' && argv[i][1] != '\0')
			taken = take(command, argv + i, given);
		else
			argv[given->count++] = argv[i];
		i += taken == TAKEN_WITH_NEXT;
	}
	if (taken == LACKS_VALUE && i == argc)
		return NEXT_IS_VALUE;
	if (i == argc && !has_command(command, given))
		return NEXT_IS_ANY;
	while (++i < argc)
		argv[given->count++] = argv[i];
	return has_command(command, given) ? NEXT_IS_OF_COMMAND :
	    NEXT_IS_ARGUMENT;
}

void
print_usage(FILE *file, const struct command *command)
{
	const struct option_row *row;

	(void)fprintf(file, "usage: pamport %s", command->name);
	for (row = command->option; row->name != NULL; row++)
		(void)fprintf(file, " [--%s%s%s]", row->name,
		    row->value != NULL ? " " : "",
		    row->value != NULL ? row->value : "");
	(void)fprintf(file, "%s%s\n", command->arguments[0] != '\0' ? " " : "",
	    command->arguments);
}

void
print_help(const struct command *command)
{
	const struct option_row *row;
	char name[64];

	print_usage(stdout, command);
	(void)printf("\n%s.\n%s\n", command->summary, command->text);
	for (row = command->option; row->name != NULL; row++) {
		(void)snprintf(name, sizeof(name), "%c%c%s--%s%s%s",
		    row->letter != '\0' ? '-' : ' ',
		    row->letter != '\0' ? row->letter : ' ',
		    row->letter != '\0' ? ", " : "  ", row->name,
		    row->value != NULL ? " " : "",
		    row->value != NULL ? row->value : "");
		(void)printf("  %-22s %s\n", name, row->text);
	}
	(void)printf("  %-22s %s\n", "-h, --help", HELP_TEXT);
}

int
usage_error(const struct command *command, const char *format, ...)
{
	va_list arguments;

	(void)fprintf(stderr, "pamport %s: ", command->name);
	va_start(arguments, format);
	(void)vfprintf(stderr, format, arguments);
	va_end(arguments);
	(void)fputc('\n', stderr);
	print_usage(stderr, command);
	return EXIT_USAGE;
}
