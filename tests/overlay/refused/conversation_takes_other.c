/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where there are prototypes, a conversation's parameters have to be right.
 *
 * Standards: c++11 c++17 c23
 */
#include <security/pam_appl.h>

extern int converse(int, const char *, void *);
extern const struct pam_conv conv;

const struct pam_conv conv = { converse, 0 };
