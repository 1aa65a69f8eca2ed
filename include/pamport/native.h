/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reads the native <security/pam_appl.h> and leaves of it what is the same
 * for every application: the constants, the handle, messages and responses.
 *
 * Its struct pam_conv and its functions are renamed while it is read, by
 * <pamport/rename.h>; <pamport/pamport.h> and <pamport/pam_appl.h> declare both
 * anew.  With the overlay in the search path the #include below
 * finds the overlay's file first, which sees PAMPORT__READING_NATIVE and steps
 * aside.
 */
#ifndef PAMPORT_NATIVE_H
#define PAMPORT_NATIVE_H

#ifdef __GNUC__
#pragma GCC system_header
#endif

/* struct pam_repository of OpenPAM and Solaris needs size_t. */
#include <stddef.h>

#include <pamport/rename.h>
#ifdef PAMPORT_NATIVE_PAM_APPL_H
#include PAMPORT_NATIVE_PAM_APPL_H
#else
#include <security/pam_appl.h>
#endif
#include <pamport/rename.h>

#endif /* PAMPORT_NATIVE_H */
