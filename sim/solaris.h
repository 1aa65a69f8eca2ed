/* SPDX-License-Identifier: BSD-2-Clause */

/* Between the files of the Solaris family. */
#ifndef SIM_SOLARIS_H
#define SIM_SOLARIS_H

#include "sim.h"

#define MAX_DEPTH		33
#define MAX_NESTED		1000

/* 1 and a line, 0 at the end, -1 for one that is too long. */
int sim_solaris_line(struct sim_text *, char **);
char *sim_solaris_word(char **);
bool sim_solaris_load(pam_handle_t *, struct sim_entry *);

extern const char *const sim_solaris_text[PAM_TOTAL_ERRNUM];

#endif
