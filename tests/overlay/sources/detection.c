/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What programs test to know the implementation stays what the native header
 * says: one of them at most, and Solaris has none.
 *
 * Home: linux-pam openpam apple solaris illumos
 * Also: c++
 */
#include <security/pam_appl.h>

#if defined(__LINUX_PAM__) && defined(OPENPAM_VERSION)
#error "two implementations at once"
#endif
#if defined(__LINUX_PAM__)
# ifndef HAVE_PAM_FAIL_DELAY
#  error "Linux-PAM says HAVE_PAM_FAIL_DELAY"
# endif
#elif defined(OPENPAM_VERSION)
# if OPENPAM_VERSION < 20071221
#  error "OPENPAM_VERSION is a date"
# endif
#else
# ifdef HAVE_PAM_FAIL_DELAY
#  error "HAVE_PAM_FAIL_DELAY is Linux-PAM's"
# endif
# if PAM_TOTAL_ERRNUM != 28
#  error "neither Linux-PAM nor OpenPAM, and not Solaris"
# endif
#endif
#ifdef _PAM_LEGACY_NONCONST
#error "_PAM_LEGACY_NONCONST is for the source to define"
#endif

typedef pam_handle_t *there_must_be_one_declaration;
