/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the files of pamport session share: session.c knows the actions,
 * session_open.c opens and closes, session_list.c shows and reaps.
 */
#ifndef PAMPORT_CMD_SESSION_H
#define PAMPORT_CMD_SESSION_H

#include "cmd/cmd.h"

enum session_option {
	SESSION_SERVICE,
	SESSION_CONFDIR,
	SESSION_TTY,
	SESSION_FROM,
	SESSION_LEADER,
	SESSION_ACCOUNTING,
	SESSION_TRUST,
	SESSION_JSON,
	SESSION_RETRY,
	SESSION_DRY_RUN,
	SESSION_SECONDS
};

/* Of "run", beside those of the command that it runs: as env(1) has it. */
#define STATUS_NOT_OPENED 125

/* A number in an option that was given; false after a complaint. */
bool session_number(const struct given *given, enum session_option option,
    long *number);

/* The arguments begin behind the name of the action. */
int session_run(const struct given *given);
int session_open(const struct given *given);
int session_close(const struct given *given);
int session_list(const struct given *given);
int session_show(const struct given *given);
int session_reap(const struct given *given);

#endif /* PAMPORT_CMD_SESSION_H */
