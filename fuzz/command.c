/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pamport(1): any words.  What they would do is not done: sessions, doctor's
 * measurements and the program of "sim run" are functions that do nothing.
 */
#include <config.h>

#include "fuzz/bytes.h"

#define main pamport_main
int pamport_main(int argc, char **argv);
#include "cmd/pamport.c"
#undef main

#include "cmd/doctor.h"
#include "cmd/session.h"

#define WORDS 32

/* --- In the place of what does something ---------------------------------------- */

#define ACTION(name, option) \
int \
name(const struct given *given) \
{ \
	long number = 1; \
\
	if (!session_number(given, option, &number)) \
		return EXIT_USAGE; \
	REQUIRE(number > 0); \
	return EXIT_GOOD; \
}

ACTION(session_run, SESSION_SECONDS)
ACTION(session_open, SESSION_LEADER)
ACTION(session_close, SESSION_SECONDS)
ACTION(session_list, SESSION_SECONDS)
ACTION(session_show, SESSION_SECONDS)
ACTION(session_reap, SESSION_SECONDS)

int fuzz_execvp(const char *file, char *const argv[]);
int
fuzz_execvp(const char *file, char *const argv[])
{
	REQUIRE(file == argv[0] && file != NULL);
	errno = ENOENT;
	return -1;
}

void
native_find(struct native *native)
{
	memset(native, 0, sizeof(*native));
	native->name = native->title = native->header = "fuzz";
}

int
native_functions(struct native_function *function)
{
	(void)function;
	return 0;
}

void
bench_open(struct bench *bench, const char *service, const char *confdir)
{
	(void)confdir;
	(void)snprintf(bench->service, sizeof(bench->service), "%s",
	    service == NULL ? "" : service);
}

void
bench_close(struct bench *bench)
{
	(void)bench;
}

int
measure_traits(const struct bench *bench, const char *converse,
    struct trait *trait)
{
	(void)bench;
	(void)converse;
	(void)trait;
	return 0;
}

int
prove_rules(const struct bench *bench, struct rule *rule)
{
	(void)bench;
	(void)rule;
	return 0;
}

/* The target "policy" has the reader. */
bool
policy_read(struct policy *policy, enum pamport_implementation which,
    const char *directory, enum policy_place kind, const char *service)
{
	(void)which;
	(void)kind;
	memset(policy, 0, sizeof(*policy));
	return strlen(directory) + strlen(service) < 100;
}

void
policy_free(struct policy *policy)
{
	(void)policy;
}

void
doctor_print(const struct doctor *doctor)
{
	(void)doctor;
}

void
doctor_json(const struct doctor *doctor)
{
	(void)doctor;
}

void
doctor_describe(const struct doctor *doctor)
{
	(void)doctor;
}

const struct pamport__platform *
doctor_table(void)
{
	return PAMPORT__PLATFORM;
}

/* --- The input -------------------------------------------------------------------- */

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1), *word, *next;
	char *argv[WORDS + 2];
	int argc = 1, status;

	REQUIRE(text != NULL);
	memcpy(text, data, size);
	text[size] = '\0';
	argv[0] = text + size;
	for (word = text; word != NULL && argc <= WORDS; word = next) {
		next = strchr(word, '\n');
		if (next != NULL)
			*next++ = '\0';
		argv[argc++] = word;
	}
	argv[argc] = NULL;
	status = pamport_main(argc, argv);
	REQUIRE(status >= 0 && status <= 127);
	free(text);
	return 0;
}
