/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pamport SUBCOMMAND...: what is known of PAM here and elsewhere.
 */
#include <config.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <pamport/pamport.h>

#include "cmd/cmd.h"
#include "cmd/native.h"

/* A subcommand is one row. */
const struct command *const pamport_commands[] = {
	&pamport_doctor_command,
	&pamport_code_command,
	&pamport_session_command,
	&pamport_sim_command,
	NULL
};

const struct command *
command_named(const char *name)
{
	const struct command *const *command;

	for (command = pamport_commands; *command != NULL; command++)
		if (strcmp((*command)->name, name) == 0)
			return *command;
	return NULL;
}

static void
print_commands(FILE *file)
{
	const struct command *const *command;

	(void)fprintf(file, "usage: pamport subcommand [option...] [argument...]\n"
	    "       pamport help [subcommand]\n"
	    "       pamport --version\n\n");
	for (command = pamport_commands; *command != NULL; command++)
		(void)fprintf(file, "  %-8s %s\n", (*command)->name,
		    (*command)->summary);
}

static int
unknown_command(const char *name)
{
	const struct command *const *command;
	const char *names[8];
	const char *near;
	size_t n = 0;

	for (command = pamport_commands; *command != NULL && n < 7; command++)
		names[n++] = (*command)->name;
	names[n] = NULL;
	(void)fprintf(stderr, "pamport: no subcommand %s", name);
	near = nearest(name, names);
	if (near != NULL)
		(void)fprintf(stderr, "; did you mean %s?", near);
	(void)fprintf(stderr, "\nSee pamport help.\n");
	return EXIT_USAGE;
}

static int
help(int argc, char **argv)
{
	const struct command *command;

	if (argc == 0) {
		print_commands(stdout);
		return EXIT_GOOD;
	}
	command = command_named(argv[0]);
	if (command == NULL)
		return unknown_command(argv[0]);
	print_help(command);
	return EXIT_GOOD;
}

/* Both libraries: which pamport, and which PAM it was built for and found. */
static int
version(void)
{
	char package[NATIVE_TEXT], header[NATIVE_TEXT];
	struct native native;

	native_find(&native);
	(void)printf("pamport %s\n", pamport_version());
	(void)printf("libpam  %s, %s, %s\n", native_package(&native, package),
	    native_header(&native, header), native.library);
	return EXIT_GOOD;
}

static int
run_command(const struct command *command, int argc, char **argv)
{
	struct given given;

	switch (options_parse(command, argc, argv, &given)) {
	case OPTIONS_GOOD:
		return command->run(&given);
	case OPTIONS_HELP:
		print_help(command);
		return EXIT_GOOD;
	case OPTIONS_WRONG:
		break;
	}
	print_usage(stderr, command);
	return EXIT_USAGE;
}

/* An error of before may have left nothing to flush, and no errno. */
int
finish_output(int result)
{
	static bool is_told;
	const char *why = "not all could be written";

	if (fflush(stdout) == EOF)
		why = strerror(errno);
	else if (!ferror(stdout))
		return result;
	if (!is_told)
		(void)fprintf(stderr, "pamport: standard output: %s\n", why);
	is_told = true;
	return EXIT_USAGE;
}

static int
dispatch(int argc, char **argv)
{
	const struct command *command;
	const char *name = argv[1];

	if (strcmp(name, "help") == 0 || strcmp(name, "-h") == 0 ||
	    strcmp(name, "--help") == 0)
		return help(argc - 2, argv + 2);
	if (strcmp(name, "--version") == 0 || strcmp(name, "-V") == 0)
		return version();
	if (strcmp(name, "complete") == 0)
		return complete(argc - 2, argv + 2);
	command = command_named(name);
	if (command == NULL)
		return unknown_command(name);
	return run_command(command, argc - 2, argv + 2);
}

/*
 * A file that modules or the library open is not to become standard output or
 * error by chance: what is closed fails as before, being open the wrong way.
 */
static bool
occupy_descriptors(void)
{
	int fd;

	do
		fd = open("/dev/null", O_RDONLY);
	while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd != -1)
		return close(fd) == 0;
	for (fd = 0; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) == -1)
			return false;
	return true;
}

int
main(int argc, char **argv)
{
	if (!occupy_descriptors())
		return EXIT_USAGE;
	if (argc < 2) {
		print_commands(stderr);
		return EXIT_USAGE;
	}
	return finish_output(dispatch(argc, argv));
}
