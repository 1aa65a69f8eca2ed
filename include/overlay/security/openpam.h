/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The overlay's <security/openpam.h>.  Where OpenPAM has one it is read first,
 * for what pamport does not replace (openpam_log, openpam_free_envlist...);
 * what pamport does replace is renamed while it is read.
 * One that belongs to another implementation than pam_appl.h is left alone.
 */
#ifndef PAMPORT_OVERLAY_OPENPAM_H
#define PAMPORT_OVERLAY_OPENPAM_H

#ifdef __GNUC__
#pragma GCC system_header
#endif

#include <security/pam_appl.h>

#ifdef OPENPAM_VERSION
# ifndef __has_include_next
#  define PAMPORT__NATIVE_OPENPAM 1
# elif __has_include_next(<security/openpam.h>)
#  define PAMPORT__NATIVE_OPENPAM 1
# endif
#endif

#ifdef PAMPORT__NATIVE_OPENPAM
/* Enumerators there. */
#undef OPENPAM_RESTRICT_SERVICE_NAME
#undef OPENPAM_VERIFY_POLICY_FILE
#undef OPENPAM_RESTRICT_MODULE_NAME
#undef OPENPAM_VERIFY_MODULE_FILE
#undef OPENPAM_FALLBACK_TO_OTHER
#undef OPENPAM_NUM_FEATURES
#include <pamport/rename.h>
#include_next <security/openpam.h>
#include <pamport/rename.h>
#endif

#include <pamport/openpam.h>
#include <pamport/aliases.h>

/* What programs written for OpenPAM use besides. */
#ifndef OPENPAM_FORMAT
# ifdef __GNUC__
#  define OPENPAM_FORMAT(parameters) __attribute__((__format__ parameters))
# else
#  define OPENPAM_FORMAT(parameters)
# endif
#endif
#ifndef OPENPAM_NONNULL
#define OPENPAM_NONNULL(parameters)
#endif
#ifndef OPENPAM_UNUSED
# ifdef __GNUC__
#  define OPENPAM_UNUSED(variable) variable __attribute__((__unused__))
# else
#  define OPENPAM_UNUSED(variable) variable
# endif
#endif
#ifndef OPENPAM_VERSION
# ifdef __cplusplus
extern "C" {
# endif
/* The same in every implementation; OpenPAM's pam_appl.h has them already. */
extern int pam_set_data(pam_handle_t *, const char *, void *,
    void (*)(pam_handle_t *, void *, int));
extern int pam_get_data(const pam_handle_t *, const char *, const void **);
# ifdef __cplusplus
}
# endif
#endif

/* Apple's programs have misc_conv from here. */
#if defined(OPENPAM_VERSION) && OPENPAM_VERSION == 20071221
#include <pamport/pam_misc.h>
#endif

#endif /* PAMPORT_OVERLAY_OPENPAM_H */
