/* SPDX-License-Identifier: BSD-2-Clause */
/* A conversation has to return int. */
#include <security/pam_appl.h>

extern void converse(int, const struct pam_message **, struct pam_response **,
    void *);
extern const struct pam_conv conv;

const struct pam_conv conv = { converse, 0 };
