/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef EXAMPLES_SHELL_H
#define EXAMPLES_SHELL_H

#include "account.h"

/* Every signal at its default, none blocked. */
void shell_reset_signals(void);

/*
 * From here on no signal ends this process; SIGHUP and SIGTERM, come before
 * the shell or while it runs, end the shell.
 */
void shell_note_signals(void);

/*
 * Runs the account's shell, or command in it, and waits for its end.  The
 * caller is root, has the groups of the account, has opened the session and has
 * called shell_note_signals.
 * Returns the status of the shell, 128 and the signal if one killed it, 126 if
 * it cannot be run, 127 if there is none, 1 if there was no process for it.
 */
int shell_run(pamport_session *session, const struct account *account,
    const char *command);

#endif /* EXAMPLES_SHELL_H */
