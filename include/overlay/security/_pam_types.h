/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The overlay's <security/_pam_types.h>.  On Linux-PAM that header has struct
 * pam_conv, and others besides pam_appl.h read it: a program that includes one
 * of them first must not get the native type.  While a native header is read
 * this file steps aside, else it is the whole <security/pam_appl.h>.  There is
 * no include guard: it is entered once in each of the two roles.
 */
#ifdef __GNUC__
#pragma GCC system_header
#endif

#ifdef PAMPORT__READING_NATIVE
#include_next <security/_pam_types.h>
#else
#include <security/pam_appl.h>
#endif
