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

/*
 * A native header that was read before left its own struct pam_conv and its own
 * functions, which cannot be taken back.  These are the guards of those of
 * Linux-PAM, of OpenPAM, and of Solaris and illumos.
 */
#if !defined(PAMPORT__HAS_RENAMED) && !defined(PAMPORT__BUILDING) && \
    (defined(_SECURITY__PAM_TYPES_H) || defined(_SECURITY_PAM_APPL_H) || \
    defined(SECURITY_PAM_TYPES_H_INCLUDED) || \
    defined(SECURITY_PAM_APPL_H_INCLUDED) || defined(_PAM_APPL_H))
#error "a native <security/...> header was included before <pamport/...>: \
compile with the flags of pkg-config pamport-overlay, or include \
<pamport/pam_appl.h>, <pamport/pam_misc.h> ... in its place"
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
