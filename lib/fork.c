/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which process this is.  A number does not tell: the first process of a pid
 * namespace is 1, as its parent is that is the first of another.  So forks are
 * counted, too.
 *
 * The handler stays as long as the process does, as it has to: a library that
 * is unloaded while sessions exist leaves more behind than that.
 */
#include <config.h>

#include <pthread.h>
#include <unistd.h>

#include "lib/session.h"

static pthread_once_t once = PTHREAD_ONCE_INIT;
static unsigned long generation;
static bool is_watching;

static void
count_fork(void)
{
	generation++;
	/* The thread that held it is not in the child. */
	pamport__sigchld_reset();
}

static void
watch_forks(void)
{
	is_watching = pthread_atfork(NULL, NULL, count_fork) == 0;
}

/*
 * Without memory for it at the first time there is no session in this process:
 * a second try could leave a child with a lock that nobody has.
 */
bool
pamport__forks_are_counted(void)
{
	(void)pthread_once(&once, watch_forks);
	return is_watching;
}

unsigned long
pamport__fork_generation(void)
{
	(void)pthread_once(&once, watch_forks);
	return generation;
}

bool
pamport__session_is_ours(const pamport_session *session)
{
	return session->starter == getpid() &&
	    session->generation == pamport__fork_generation();
}
