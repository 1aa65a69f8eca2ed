/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Many variables, threads and handles.
 */
#include <config.h>

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "bench.h"

static void
name_variable(char *text, size_t size, const char *format, long i)
{
	(void)snprintf(text, size, format, i);
}

static void
put(pam_handle_t *pamh, const char *format, long i)
{
	char text[64];

	name_variable(text, sizeof(text), format, i);
	bench_require(pam_putenv(pamh, text) == PAM_SUCCESS, "pam_putenv");
}

static void
drop(char **list)
{
	char **one;

	for (one = list; one != NULL && *one != NULL; one++)
		free(*one);
	free(list);
}

/* --- Variables: all are set on a handle, then the last one is used --- */

static pam_handle_t *pamh;

static void
begin_variables(long parameter)
{
	long i;

	pamh = bench_start("");
	for (i = 0; i < parameter; i++)
		put(pamh, "VAR%04ld=a value", i);
}

static void
end_handle(long parameter)
{
	(void)parameter;
	bench_require(pam_end(pamh, PAM_SUCCESS) == PAM_SUCCESS, "pam_end");
}

static void
get_last(long parameter)
{
	char name[64];

	name_variable(name, sizeof(name), "VAR%04ld", parameter - 1);
	bench_require((pam_getenv(pamh, name) != NULL) == (parameter > 0),
	    "pam_getenv");
}

static void
set_last(long parameter)
{
	if (parameter > 0)
		put(pamh, "VAR%04ld=a value", parameter - 1);
}

static void
list_all(long parameter)
{
	(void)parameter;
	drop(pam_getenvlist(pamh));
}

static void
set_all(long parameter)
{
	begin_variables(parameter);
	end_handle(parameter);
}

/*
 * Each name comes after the longer ones that begin with it, and before the
 * shorter ones: VAR999, VAR998... VAR99... VAR9.  S natively takes one for the
 * other then.
 */
static void
set_alike(long parameter)
{
	long i;

	pamh = bench_start("");
	for (i = parameter; i > 0; i--)
		put(pamh, "VAR%ld=a value", i - 1);
	drop(pam_getenvlist(pamh));
	end_handle(parameter);
}

/* --- Threads: each has its own handle --- */

#define TRANSACTIONS 200	/* of all threads together */

static void *
work(void *data)
{
	long i, *n = data;
	BENCH_CONST void *item;
	pam_handle_t *mine;

	for (i = 0; i < *n; i++) {
		mine = bench_start("");
		bench_require(pam_get_item(mine, PAM_USER, &item) ==
		    PAM_SUCCESS && pam_authenticate(mine, 0) == PAM_SUCCESS &&
		    pam_end(mine, PAM_SUCCESS) == PAM_SUCCESS, "a thread");
	}
	return NULL;
}

static void
run_threads(long parameter)
{
	long i, n = TRANSACTIONS / parameter;
	pthread_t thread[8];

	for (i = 0; i < parameter; i++)
		bench_require(pthread_create(&thread[i], NULL, work, &n) == 0,
		    "pthread_create");
	for (i = 0; i < parameter; i++)
		bench_require(pthread_join(thread[i], NULL) == 0,
		    "pthread_join");
}

/* --- Handles that live at the same time --- */

static pam_handle_t *handles[10000];

static void
begin_handles(long parameter)
{
	long i;

	for (i = 0; i < parameter; i++)
		handles[i] = bench_start("");
	pamh = handles[parameter - 1];
}

static void
end_handles(long parameter)
{
	long i;

	for (i = 0; i < parameter; i++)
		(void)pam_end(handles[i], PAM_SUCCESS);
}

static void
make_handles(long parameter)
{
	begin_handles(parameter);
	end_handles(parameter);
}

static void
get_item(long parameter)
{
	BENCH_CONST void *item;

	(void)parameter;
	bench_require(pam_get_item(pamh, PAM_USER, &item) == PAM_SUCCESS,
	    "pam_get_item");
}

static void
start_another(long parameter)
{
	pam_handle_t *another;

	(void)parameter;
	bench_stir_heap();
	another = bench_start("");
	(void)pam_end(another, PAM_SUCCESS);
}

const struct bench_scenario bench_many[] = {
	{ "variables.get", 0, 100, begin_variables, get_last, end_handle, 0 },
	{ "variables.get", 20, 100, begin_variables, get_last, end_handle, 0 },
	{ "variables.get", 1000, 20, begin_variables, get_last, end_handle, 0 },
	{ "variables.set", 20, 100, begin_variables, set_last, end_handle, 0 },
	{ "variables.set", 1000, 20, begin_variables, set_last, end_handle, 0 },
	{ "variables.list", 0, 100, begin_variables, list_all, end_handle, 0 },
	{ "variables.list", 20, 100, begin_variables, list_all, end_handle, 0 },
	{ "variables.list", 1000, 5, begin_variables, list_all, end_handle, 0 },
	{ "variables.all", 0, 50, NULL, set_all, NULL, 0 },
	{ "variables.all", 20, 50, NULL, set_all, NULL, 0 },
	{ "variables.all", 1000, 1, NULL, set_all, NULL, 0 },
	{ "variables.alike", 20, 50, NULL, set_alike, NULL, 0 },
	{ "variables.alike", 1000, 1, NULL, set_alike, NULL, 0 },
	{ "threads", 1, 1, NULL, run_threads, NULL, BENCH_HEAVY },
	{ "threads", 2, 1, NULL, run_threads, NULL, BENCH_HEAVY },
	{ "threads", 8, 1, NULL, run_threads, NULL, BENCH_HEAVY },
	{ "handles.get_item", 1, 1000, begin_handles, get_item, end_handles, 0 },
	{ "handles.get_item", 10000, 1000, begin_handles, get_item,
	    end_handles, BENCH_HEAVY },
	{ "handles.start_end", 1, 100, begin_handles, start_another,
	    end_handles, 0 },
	{ "handles.start_end", 10000, 100, begin_handles, start_another,
	    end_handles, BENCH_HEAVY },
	{ "handles.all", 1, 1, NULL, make_handles, NULL, 0 },
	{ "handles.all", 10000, 1, NULL, make_handles, NULL, BENCH_HEAVY },
	{ NULL, 0, 0, NULL, NULL, NULL, 0 }
};
