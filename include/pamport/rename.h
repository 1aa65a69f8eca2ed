/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Renames what a native header declares, and with the next #include of this
 * file gives the names back.  It stands before and after every #include of
 * a native header, in <pamport/native.h> and in the overlay; so there is no
 * include guard.
 *
 * struct pam_conv and the functions differ from one implementation to the next
 * in their types, struct pam_message in const, and some functions are macros of
 * one.  The library itself calls the native functions and keeps their names.
 */
#ifdef __GNUC__
#pragma GCC system_header
#endif

#ifndef PAMPORT__BUILDING
#undef pam_start
#undef pam_start_confdir
#undef pam_end
#undef pam_strerror
#undef pam_authenticate
#undef pam_acct_mgmt
#undef pam_setcred
#undef pam_open_session
#undef pam_close_session
#undef pam_chauthtok
#undef pam_fail_delay
#undef pam_set_item
#undef pam_get_item
#undef pam_get_user
#undef pam_putenv
#undef pam_getenvlist
#undef pam_getenv
#undef pam_vprompt
#undef pam_prompt
#undef pam_vinfo
#undef pam_info
#undef pam_verror
#undef pam_error
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
#undef openpam_ttyconv
#undef openpam_ttyconv_timeout
#undef openpam_nullconv
#undef openpam_set_feature
#undef openpam_get_feature
#undef pam_setenv
#endif

#ifndef PAMPORT__READING_NATIVE
#define PAMPORT__READING_NATIVE 1
#define PAMPORT__HAS_RENAMED 1

#define pam_conv pamport__native_conv
#ifndef PAMPORT__BUILDING
# ifndef __cplusplus
#  define pam_message pamport__native_message
# endif
#define pam_start pamport__native_start
#define pam_start_confdir pamport__native_start_confdir
#define pam_end pamport__native_end
#define pam_strerror pamport__native_strerror
#define pam_authenticate pamport__native_authenticate
#define pam_acct_mgmt pamport__native_acct_mgmt
#define pam_setcred pamport__native_setcred
#define pam_open_session pamport__native_open_session
#define pam_close_session pamport__native_close_session
#define pam_chauthtok pamport__native_chauthtok
#define pam_fail_delay pamport__native_fail_delay
#define pam_set_item pamport__native_set_item
#define pam_get_item pamport__native_get_item
#define pam_get_user pamport__native_get_user
#define pam_putenv pamport__native_putenv
#define pam_getenvlist pamport__native_getenvlist
#define pam_getenv pamport__native_getenv
#define pam_vprompt pamport__native_vprompt
#define pam_prompt pamport__native_prompt
#define pam_vinfo pamport__native_vinfo
#define pam_info pamport__native_info
#define pam_verror pamport__native_verror
#define pam_error pamport__native_error
#define misc_conv pamport__native_misc_conv
#define pam_misc_conv_warn_time pamport__native_misc_conv_warn_time
#define pam_misc_conv_die_time pamport__native_misc_conv_die_time
#define pam_misc_conv_warn_line pamport__native_misc_conv_warn_line
#define pam_misc_conv_die_line pamport__native_misc_conv_die_line
#define pam_misc_conv_died pamport__native_misc_conv_died
#define pam_binary_handler_fn pamport__native_binary_handler_fn
#define pam_binary_handler_free pamport__native_binary_handler_free
#define pam_misc_setenv pamport__native_misc_setenv
#define pam_misc_paste_env pamport__native_misc_paste_env
#define pam_misc_drop_env pamport__native_misc_drop_env
#define openpam_ttyconv pamport__native_openpam_ttyconv
#define openpam_ttyconv_timeout pamport__native_openpam_ttyconv_timeout
#define openpam_nullconv pamport__native_openpam_nullconv
#define openpam_set_feature pamport__native_openpam_set_feature
#define openpam_get_feature pamport__native_openpam_get_feature
#define pam_setenv pamport__native_setenv
#endif

#else
#undef PAMPORT__READING_NATIVE
#undef pam_conv
#undef pam_message
#endif
