/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The overlay's <security/pam_appl.h>.  While <pamport/native.h> reads the
 * native header, this file steps aside; at any other time it is
 * <pamport/pam_appl.h>.  There is no include guard: it is entered once in
 * each of the two roles.
 */
#ifdef __GNUC__
#pragma GCC system_header
#endif

#ifdef PAMPORT__READING_NATIVE
#include_next <security/pam_appl.h>
#else
#include <pamport/pam_appl.h>
#endif
