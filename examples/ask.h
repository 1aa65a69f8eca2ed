/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef EXAMPLES_ASK_H
#define EXAMPLES_ASK_H

#include <security/pam_appl.h>

/*
 * A conversation on the terminal: prompts on standard error, answers from
 * standard input.  misc_conv of <security/pam_misc.h> has the same prototype
 * and does more; a program that may use it has no need of this one.
 */
int ask(int n, const struct pam_message **msg, struct pam_response **resp,
    void *data);

#endif /* EXAMPLES_ASK_H */
