/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The overlay's <security/openpam.h>.  Where OpenPAM has one it is read first,
 * for what pamport does not replace (openpam_log, openpam_free_envlist...);
 * what pamport does replace is renamed while it is read, as in
 * <pamport/native.h>.  Apple's declares misc_conv too.
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
#undef misc_conv
#undef openpam_ttyconv
#undef openpam_ttyconv_timeout
#undef openpam_nullconv
#undef openpam_set_feature
#undef openpam_get_feature
#undef pam_setenv
#undef pam_vprompt
#undef pam_prompt
#undef pam_vinfo
#undef pam_info
#undef pam_verror
#undef pam_error
#define misc_conv		pamport__native_misc_conv
#define openpam_ttyconv		pamport__native_ttyconv
#define openpam_ttyconv_timeout	pamport__native_ttyconv_timeout
#define openpam_nullconv	pamport__native_nullconv
#define openpam_set_feature	pamport__native_set_feature
#define openpam_get_feature	pamport__native_get_feature
#define pam_setenv		pamport__native_setenv
#define pam_vprompt		pamport__native_vprompt
#define pam_prompt		pamport__native_prompt
#define pam_vinfo		pamport__native_vinfo
#define pam_info		pamport__native_info
#define pam_verror		pamport__native_verror
#define pam_error		pamport__native_error

#include_next <security/openpam.h>

#undef misc_conv
#undef openpam_ttyconv
#undef openpam_ttyconv_timeout
#undef openpam_nullconv
#undef openpam_set_feature
#undef openpam_get_feature
#undef pam_setenv
#undef pam_vprompt
#undef pam_prompt
#undef pam_vinfo
#undef pam_info
#undef pam_verror
#undef pam_error
#endif

#include <pamport/openpam.h>

/*
 * Apple's programs have misc_conv from here (it never took a later OpenPAM);
 * one that included pam_misc.h before gets its misc_conv back.
 */
#if defined(PAMPORT_PAM_MISC_H) || \
    (defined(OPENPAM_VERSION) && OPENPAM_VERSION == 20071221)
#include <pamport/pam_misc.h>
#endif

#endif /* PAMPORT_OVERLAY_OPENPAM_H */
