/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * SIGCHLD while modules run (contract rule 37).
 *
 * Modules fork helpers (unix_chkpwd, pam_exec's programs) and wait for them.
 * Where the application ignores SIGCHLD, or its handler reaps whatever ends,
 * they lose the status, and a right password becomes a wrong one.  So the
 * signal is at its default meanwhile.
 *
 * It is one setting of the whole process, and threads may be in modules at the
 * same time: the first one in saves what was there, the last one out restores
 * it.  Without the count two threads would restore each other's default.
 */
#include <config.h>

#include <sys/types.h>
#include <sys/wait.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "lib/session.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static unsigned int users;
static struct sigaction saved;

/* To set it again would throw away one that is blocked and pending. */
static bool
is_default(void)
{
	return saved.sa_handler == SIG_DFL &&
	    (saved.sa_flags & SA_NOCLDWAIT) == 0;
}

void
pamport__sigchld_default(void)
{
	struct sigaction action;

	(void)pthread_mutex_lock(&lock);
	if (users++ == 0) {
		(void)sigaction(SIGCHLD, NULL, &saved);
		memset(&action, 0, sizeof(action));
		action.sa_handler = SIG_DFL;
		sigemptyset(&action.sa_mask);
		if (!is_default())
			(void)sigaction(SIGCHLD, &action, NULL);
	}
	(void)pthread_mutex_unlock(&lock);
}

/* Whoever held the lock at the fork, or was in a module, is not in the child. */
void
pamport__sigchld_reset(void)
{
	static const pthread_mutex_t fresh = PTHREAD_MUTEX_INITIALIZER;

	/* The signal stays as it is: the child may be a module's helper. */
	lock = fresh;
	users = 0;
}

static bool
has_ended_child(void)
{
	siginfo_t info;

	memset(&info, 0, sizeof(info));
	return waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
	    info.si_pid != 0;
}

/*
 * The application's own children may have ended meanwhile, unnoticed.  Its
 * handler is told now; a caller that ignores the signal, or asked for no
 * zombies, must not find any.
 */
static void
make_up_for_missed_signals(const struct sigaction *action)
{
	if (action->sa_handler == SIG_IGN ||
	    (action->sa_flags & SA_NOCLDWAIT) != 0) {
		while (waitpid(-1, NULL, WNOHANG) > 0)
			continue;
	} else if (action->sa_handler != SIG_DFL && has_ended_child()) {
		(void)kill(getpid(), SIGCHLD);
	}
}

void
pamport__sigchld_restore(void)
{
	struct sigaction action;
	bool is_last;

	(void)pthread_mutex_lock(&lock);
	is_last = users > 0 && --users == 0;
	action = saved;
	if (is_last && !is_default())
		(void)sigaction(SIGCHLD, &saved, NULL);
	(void)pthread_mutex_unlock(&lock);
	/* The handler may run now, and is not to find the lock taken. */
	if (is_last)
		make_up_for_missed_signals(&action);
}
