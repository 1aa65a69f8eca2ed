/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Renames what a native header declares, and with the next #include of this
 * file gives the names back.  It stands before and after every #include of
 * a native header, in <pamport/native.h> and in the overlay; so there is no
 * include guard.
 *
 * struct pam_conv and the functions differ from one implementation to the next
 * in their types.  The library itself calls the native functions and keeps
 * their names.
 */
#ifdef __GNUC__
#pragma GCC system_header
#endif

#ifndef PAMPORT__READING_NATIVE
#define PAMPORT__READING_NATIVE 1

#define pam_conv		pamport__native_conv
#ifndef PAMPORT__BUILDING
#define pam_start		pamport__native_start
#define pam_start_confdir	pamport__native_start_confdir
#define pam_end			pamport__native_end
#define pam_authenticate	pamport__native_authenticate
#define pam_acct_mgmt		pamport__native_acct_mgmt
#define pam_setcred		pamport__native_setcred
#define pam_open_session	pamport__native_open_session
#define pam_close_session	pamport__native_close_session
#define pam_chauthtok		pamport__native_chauthtok
#define pam_set_item		pamport__native_set_item
#define pam_get_item		pamport__native_get_item
#define pam_get_user		pamport__native_get_user
#define pam_strerror		pamport__native_strerror
#define pam_putenv		pamport__native_putenv
#define pam_getenv		pamport__native_getenv
#define pam_getenvlist		pamport__native_getenvlist
#define pam_fail_delay		pamport__native_fail_delay
#define misc_conv		pamport__native_misc_conv
#define openpam_ttyconv		pamport__native_ttyconv
#define openpam_nullconv	pamport__native_nullconv
#endif

#else
#undef PAMPORT__READING_NATIVE

#undef pam_conv
#ifndef PAMPORT__BUILDING
#undef pam_start
#undef pam_start_confdir
#undef pam_end
#undef pam_authenticate
#undef pam_acct_mgmt
#undef pam_setcred
#undef pam_open_session
#undef pam_close_session
#undef pam_chauthtok
#undef pam_set_item
#undef pam_get_item
#undef pam_get_user
#undef pam_strerror
#undef pam_putenv
#undef pam_getenv
#undef pam_getenvlist
#undef pam_fail_delay
#undef misc_conv
#undef openpam_ttyconv
#undef openpam_nullconv
#endif

#endif
