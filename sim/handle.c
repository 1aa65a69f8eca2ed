/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Handles, and what the simulation says when the real library would die.
 */
#include <sys/types.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/auxv.h>
#endif

#include "sim.h"

#ifndef PAMSIM_DEFAULT_CONF
#define PAMSIM_DEFAULT_CONF	"/nonexistent/pamsim"
#endif

/* Found by strings(1) and what(1); the soname says the same. */
extern const char sim_version_text[];
const char sim_version_text[] =
    "@(#)simulated libpam of pamport, for tests only";

static bool
set_id(void)
{
	return (getuid() != geteuid() || getgid() != getegid());
}

#ifdef __linux__
/* True also for a program with file capabilities. */
bool
sim_privileged(void)
{
	return (set_id() || getauxval(AT_SECURE) != 0);
}
#else
bool
sim_privileged(void)
{
	return (set_id() || issetugid());
}
#endif

static void
say(const char *sentence, const char *what)
{
	fprintf(stderr, "pamsim(%s): the real library would %s here: %s\n",
	    sim_this.name, sentence, what);
	fflush(stderr);
}

void
sim_crash(const char *what)
{
	say("crash", what);
	abort();
}

void
sim_hang(const char *what)
{
	say("loop for ever", what);
	abort();
}

/* A result from a table: the crashes among them happen here. */
int
sim_result(int result, const char *what)
{
	if (result == SIM_CRASH)
		sim_crash(what);
	return (result);
}

/* The real ones write to the system log; this one where a test can see it. */
void
sim_log(const char *format, ...)
{
	va_list arguments;

	if (getenv("PAMSIM_DEBUG") == NULL)
		return;
	fprintf(stderr, "pamsim(%s): ", sim_this.name);
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fputc('\n', stderr);
}

/*
 * A handle that knows where its configuration is, or NULL.  Nothing is built
 * for a program that runs with the rights of another: this is for tests.
 */
pam_handle_t *
sim_new(void)
{
	const char *root;
	pam_handle_t *pamh;

	if (sim_privileged()) {
		fprintf(stderr, "pamsim(%s): simulated libpam, "
		    "refuses to run set-id\n", sim_this.name);
		return (NULL);
	}
	if ((pamh = calloc(1, sizeof(*pamh))) == NULL)
		return (NULL);
	if ((root = getenv("PAMSIM_CONF_DIR")) == NULL || *root == '\0')
		root = PAMSIM_DEFAULT_CONF;
	if ((pamh->root = strdup(root)) == NULL) {
		free(pamh);
		return (NULL);
	}
	pamh->place = SIM_STARTING;
	pamh->call = -1;
	return (pamh);
}

/*
 * Cleanup functions run first: they may still read items and variables, and
 * their code is in the modules.  [i00]
 */
void
sim_delete(pam_handle_t *pamh, int status)
{
	sim_free_data(pamh, status);
	sim_free_env(pamh);
	sim_free_policy(&pamh->own);
	sim_free_policy(&pamh->other);
	sim_free_items(pamh);
	sim_free_objects(pamh);
	free(pamh->confdir);
	free(pamh->root);
	free(pamh);
}
