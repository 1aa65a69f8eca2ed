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
#undef misc_conv
#undef pam_misc_conv_warn_time
#undef pam_misc_conv_die_time
#undef pam_misc_conv_warn_line
#undef pam_misc_conv_die_line
#undef pam_misc_conv_died
#undef pam_binary_handler_fn
#undef pam_binary_handler_free
#undef pam_misc_setenv
#undef pam_misc_paste_env
#undef pam_misc_drop_env
#define misc_conv		pamport__native_misc_conv
#define pam_misc_conv_warn_time	pamport__native_warn_time
#define pam_misc_conv_die_time	pamport__native_die_time
#define pam_misc_conv_warn_line	pamport__native_warn_line
#define pam_misc_conv_die_line	pamport__native_die_line
#define pam_misc_conv_died	pamport__native_died
#define pam_binary_handler_fn	pamport__native_binary_handler_fn
#define pam_binary_handler_free	pamport__native_binary_handler_free
#define pam_misc_setenv		pamport__native_misc_setenv
#define pam_misc_paste_env	pamport__native_misc_paste_env
#define pam_misc_drop_env	pamport__native_misc_drop_env

#include_next <security/pam_misc.h>

#undef misc_conv
#undef pam_misc_conv_warn_time
#undef pam_misc_conv_die_time
#undef pam_misc_conv_warn_line
#undef pam_misc_conv_die_line
#undef pam_misc_conv_died
#undef pam_binary_handler_fn
#undef pam_binary_handler_free
#undef pam_misc_setenv
#undef pam_misc_paste_env
#undef pam_misc_drop_env
#endif

#include <pamport/pam_misc.h>

#endif /* PAMPORT_OVERLAY_PAM_MISC_H */
