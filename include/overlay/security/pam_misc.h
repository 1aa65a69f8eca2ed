/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The overlay's <security/pam_misc.h>.  Where Linux-PAM has one it is read
 * first, for what comes with it (binary prompts, pam_client.h, _pam_macros.h);
 * everything that it declares itself is pamport's.
 * One that belongs to another implementation than pam_appl.h is left alone.
 */
#ifndef PAMPORT_OVERLAY_PAM_MISC_H
#define PAMPORT_OVERLAY_PAM_MISC_H

#ifdef __GNUC__
#pragma GCC system_header
#endif

#include <security/pam_appl.h>

#ifdef __LINUX_PAM__
# ifndef __has_include_next
#  define PAMPORT__NATIVE_PAM_MISC 1
# elif __has_include_next(<security/pam_misc.h>)
#  define PAMPORT__NATIVE_PAM_MISC 1
# endif
#endif

#ifdef PAMPORT__NATIVE_PAM_MISC
#include <pamport/rename.h>
#include_next <security/pam_misc.h>
#include <pamport/rename.h>
#endif

#include <pamport/pam_misc.h>
#include <pamport/aliases.h>

#endif /* PAMPORT_OVERLAY_PAM_MISC_H */
