/* SPDX-License-Identifier: BSD-2-Clause */
/* A conversation has to be a function. */
#include <security/pam_appl.h>

extern const struct pam_conv conv;

const struct pam_conv conv = { 42, 0 };
