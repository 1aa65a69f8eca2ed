/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Signals while somebody types, as readpassphrase(3) of the BSDs treats them:
 * those that end or stop a program wait until the terminal is as it was.
 *
 * The handler writes the signal's number into a pipe, which the reader polls
 * beside the terminal, so no signal is missed between a look at a flag and the
 * call that sleeps, and it does not matter which thread the system chose for
 * the handler.  The end of that pipe is the one thing that handlers must know,
 * hence a variable of the process: one thread at a time may be in here.
 */
#include <config.h>

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "compat/tty.h"

static const struct {
	int number;
	bool ends;		/* or only stops and continues */
} watched[PAMPORT__TTY_SIGNALS] = {
	{ SIGHUP, true },
	{ SIGINT, true },
	{ SIGQUIT, true },
	{ SIGTERM, true },
	{ SIGALRM, true },	/* how a login limits its time */
	{ SIGTSTP, false },
	{ SIGTTIN, false },
	{ SIGTTOU, false },
	{ SIGCONT, false }	/* after SIGSTOP: a shell may have set echo */
};

static volatile sig_atomic_t handlers_end = -1;

static void
note(int number)
{
	unsigned char byte = (unsigned char)number;
	int saved = errno;
	ssize_t written;

	/* A full pipe has been noticed long since. */
	written = write((int)handlers_end, &byte, 1);
	(void)written;
	errno = saved;
}

/* What the program ignores, nohup(1) for one, stays ignored. */
static bool
is_ignored(const struct sigaction *action)
{
	return (action->sa_flags & SA_SIGINFO) == 0 &&
	    action->sa_handler == SIG_IGN;
}

static bool
open_pipe(struct pamport__tty_signals *signals)
{
	int ends[2];

	/* As a standard stream it would be taken for the terminal. */
	if (!pamport__open_pipe(ends, O_CLOEXEC | O_NONBLOCK))
		return false;
	signals->arrivals = ends[0];
	signals->handlers_end = ends[1];
	return true;
}

bool
pamport__tty_signals_catch(struct pamport__tty_signals *signals)
{
	struct sigaction action;
	int i;

	if (!open_pipe(signals))
		return false;
	handlers_end = signals->handlers_end;
	memset(&action, 0, sizeof(action));
	action.sa_handler = note;
	sigfillset(&action.sa_mask);
	/* No SA_RESTART: the call that sleeps is to return. */
	for (i = 0; i < PAMPORT__TTY_SIGNALS; i++)
		signals->caught[i] =
		    sigaction(watched[i].number, NULL, &signals->before[i]) ==
		    0 && !is_ignored(&signals->before[i]) &&
		    sigaction(watched[i].number, &action, NULL) == 0;
	return true;
}

/* Sets arrived[i] for what the pipe holds. */
static void
drain(int arrivals, bool arrived[PAMPORT__TTY_SIGNALS])
{
	unsigned char byte;
	int i;

	memset(arrived, 0, PAMPORT__TTY_SIGNALS * sizeof(arrived[0]));
	while (read(arrivals, &byte, 1) == 1)
		for (i = 0; i < PAMPORT__TTY_SIGNALS; i++)
			if (watched[i].number == byte)
				arrived[i] = true;
}

/*
 * The program's handler may leave by longjmp or never return, so everything is
 * undone before the first is called.
 */
bool
pamport__tty_signals_release(struct pamport__tty_signals *signals)
{
	bool arrived[PAMPORT__TTY_SIGNALS], ended = false;
	int i;

	for (i = 0; i < PAMPORT__TTY_SIGNALS; i++)
		if (signals->caught[i])
			(void)sigaction(watched[i].number, &signals->before[i],
			    NULL);
	drain(signals->arrivals, arrived);
	handlers_end = -1;
	close(signals->arrivals);
	close(signals->handlers_end);
	for (i = 0; i < PAMPORT__TTY_SIGNALS; i++) {
		if (!arrived[i])
			continue;
		(void)raise(watched[i].number);
		if (watched[i].ends)
			ended = true;
	}
	return ended;
}
