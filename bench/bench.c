/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * bench [-bLl] SERVICE CONFDIR DIRECTORY [NAME...]
 *
 * Measures the scenarios with these names, or all, and writes a line for each:
 *
 *	name parameter repeat instructions nanoseconds allocations bytes
 *
 * of the whole loop; -1 is what could not be measured.  Bytes are the highest
 * that the heap grew by; both last ones need allocations.so in LD_PRELOAD.
 *
 *	-b	brief, for callgrind: each once, none of the heavy
 *	-L	what takes minutes, too
 *	-l	with login records: the files of the system are not the system's
 */
#include <config.h>

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "bench.h"

#define ROUNDS 9	/* of which the fastest counts */

struct result {
	long long instructions, nanoseconds;
	long allocations, bytes;
};

static bool is_long;

/* Of allocations.so, where that is loaded. */
static long *allocations, *bytes, *peak;

void bench_measured(const struct bench_scenario *scenario, long repeat);
void bench_warm(const struct bench_scenario *scenario, long repeat);

/* callgrind counts while the program is in here, and only then. */
__attribute__((__noinline__)) void
bench_measured(const struct bench_scenario *scenario, long repeat)
{
	long i;

	for (i = 0; i < repeat; i++)
		scenario->once(scenario->parameter);
}

/* The first calls bind symbols and load modules. */
void
bench_warm(const struct bench_scenario *scenario, long repeat)
{
	long i;

	for (i = 0; i < repeat; i++)
		scenario->once(scenario->parameter);
}

static long long
now(void)
{
	struct timespec time = { 0, 0 };

	(void)clock_gettime(CLOCK_MONOTONIC, &time);
	return (long long)time.tv_sec * 1000000000 + time.tv_nsec;
}

/* The smaller of two, where -1 is none. */
static long long
least(long long one, long long other)
{
	if (one < 0 || (other >= 0 && other < one))
		return other;
	return one;
}

static void
measure_once(const struct bench_scenario *scenario, struct result *result)
{
	long count = 0, before = 0;
	long long begin, instructions;

	if (allocations != NULL) {
		count = *allocations;
		before = *bytes;
		*peak = before;
	}
	if (!bench_is_brief)
		bench_counter_start();
	begin = now();
	bench_measured(scenario, scenario->repeat);
	begin = now() - begin;
	instructions = bench_is_brief ? -1 : bench_counter_stop();
	result->nanoseconds = least(result->nanoseconds, begin);
	result->instructions = least(result->instructions, instructions);
	if (allocations != NULL) {
		result->allocations = (long)least(result->allocations,
		    *allocations - count);
		result->bytes = (long)least(result->bytes, *peak - before);
	}
}

static void
measure(const struct bench_scenario *scenario)
{
	struct result result = { -1, -1, -1, -1 };
	bool is_once = (scenario->flags & BENCH_LONG) != 0;
	int round, rounds = ROUNDS;

	if (bench_is_brief || is_once)
		rounds = 1;
	else if ((scenario->flags & BENCH_HEAVY) != 0)
		rounds = 3;
	if (scenario->begin != NULL)
		scenario->begin(scenario->parameter);
	if (!is_once)
		bench_warm(scenario, scenario->repeat > 2 ? 2 :
		    scenario->repeat);
	for (round = 0; round < rounds; round++)
		measure_once(scenario, &result);
	if (scenario->end != NULL)
		scenario->end(scenario->parameter);
	(void)printf("%s %ld %ld %lld %lld %ld %ld\n", scenario->name,
	    scenario->parameter, scenario->repeat, result.instructions,
	    result.nanoseconds, result.allocations, result.bytes);
	(void)fflush(stdout);
}

static bool
is_chosen(const struct bench_scenario *scenario, bool has_logins,
    char *const *names)
{
	if (bench_is_brief && (scenario->flags & BENCH_HEAVY) != 0)
		return false;
	if (!is_long && (scenario->flags & BENCH_LONG) != 0)
		return false;
	if (!has_logins && (scenario->flags & BENCH_LOGIN) != 0)
		return false;
	if (*names == NULL)
		return true;
	for (; *names != NULL; names++)
		if (strcmp(*names, scenario->name) == 0)
			return true;
	return false;
}

static void
measure_all(const struct bench_scenario *list, bool has_logins,
    char *const *names)
{
	for (; list->name != NULL; list++)
		if (is_chosen(list, has_logins, names))
			measure(list);
}

int
main(int argc, char **argv)
{
	bool has_logins = false;
	int option;

	while ((option = getopt(argc, argv, "bLl")) != -1) {
		is_long = is_long || option == 'L';
		bench_is_brief = bench_is_brief || option == 'b';
		has_logins = has_logins || option == 'l';
	}
	argv += optind;
	if (argc - optind < 3) {
		(void)fputs("usage: bench [-bLl] SERVICE CONFDIR DIRECTORY "
		    "[NAME...]\n", stderr);
		return 2;
	}
	bench_service = argv[0];
	bench_confdir = argv[1];
	bench_directory = argv[2];
	allocations = dlsym(RTLD_DEFAULT, "bench_allocations");
	bench_is_counted = allocations != NULL;
	bytes = dlsym(RTLD_DEFAULT, "bench_bytes");
	peak = dlsym(RTLD_DEFAULT, "bench_peak");
	measure_all(bench_calls, has_logins, argv + 3);
	measure_all(bench_many, has_logins, argv + 3);
	measure_all(bench_other, has_logins, argv + 3);
	return 0;
}
