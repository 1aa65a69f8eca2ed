/* SPDX-License-Identifier: BSD-2-Clause */

/* Between the files of the Linux-PAM family. */
#ifndef SIM_LINUX_H
#define SIM_LINUX_H

#include "sim.h"

/* What a result does to a stack; a positive number is a jump. */
#define ACTION_IGNORE		0
#define ACTION_OK		(-1)
#define ACTION_DONE		(-2)
#define ACTION_BAD		(-3)
#define ACTION_DIE		(-4)
#define ACTION_RESET		(-5)
#define ACTION_UNDEFINED	(-6)

/* Also what a module returns that returns -1, which shows.  [a08b] */
#define NOT_FROZEN		(-1)

/* What fails without a better reason. */
#define MUST_FAIL_CODE		PAM_PERM_DENIED

#define MAX_SUBSTACKS		16

int sim_linux_line(struct sim_text *, char **);
int sim_linux_dispatch(pam_handle_t *, int, enum sim_call);
void sim_linux_lower(char *);

#endif
