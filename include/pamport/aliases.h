/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The common names of what pam_appl.h, pam_ext.h, pam_misc.h and openpam.h
 * declare.  Each of them says that it has, and includes this file at its end, so
 * there is no include guard around the whole.
 *
 * A name is declared with the symbol of pamport's function.  A macro would do
 * it too, but would also rename the methods and members that a program calls
 * pam_end, in some of its files and not in others, and would be in the way of
 * a program's own macro of that name.  Compilers that cannot say the symbol get
 * the macros all the same.
 */
#ifdef __GNUC__
#pragma GCC system_header
#endif

/*
 * A source of the Solaris dialect frees what pam_getenv returns, all others
 * must not; which one this is cannot be guessed (rule 18).
 */
#undef PAMPORT__GETENV
#if defined(PAMPORT_GETENV_COPY) || defined(_PAM_LEGACY_NONCONST)
#define PAMPORT__GETENV pamport_getenv_copy
#else
#define PAMPORT__GETENV pamport_getenv
#endif

/* The library itself keeps the native names. */
#ifdef PAMPORT__BUILDING
/* nothing */

#elif defined(__GNUC__)

#ifndef PAMPORT__NAME
# define PAMPORT__TEXT_OF(word) #word
# define PAMPORT__TEXT(macro) PAMPORT__TEXT_OF(macro)
# define PAMPORT__SYMBOL(function) \
	PAMPORT__TEXT(__USER_LABEL_PREFIX__) PAMPORT__TEXT(function)
# define PAMPORT__NAME(name, function) \
	extern __typeof__(function) name __asm__(PAMPORT__SYMBOL(function))
#endif

#ifdef __cplusplus
extern "C" {
#endif

#if defined(PAMPORT__DECLARED_APPL) && !defined(PAMPORT__NAMES_OF_APPL)
#define PAMPORT__NAMES_OF_APPL 1
PAMPORT__NAME(pam_start, pamport_start);
PAMPORT__NAME(pam_start_confdir, pamport_start_confdir);
PAMPORT__NAME(pam_end, pamport_end);
PAMPORT__NAME(pam_strerror, pamport_strerror);
PAMPORT__NAME(pam_authenticate, pamport_authenticate);
PAMPORT__NAME(pam_acct_mgmt, pamport_acct_mgmt);
PAMPORT__NAME(pam_setcred, pamport_setcred);
PAMPORT__NAME(pam_open_session, pamport_open_session);
PAMPORT__NAME(pam_close_session, pamport_close_session);
PAMPORT__NAME(pam_chauthtok, pamport_chauthtok);
PAMPORT__NAME(pam_fail_delay, pamport_fail_delay);
PAMPORT__NAME(pam_set_item, pamport_set_item);
PAMPORT__NAME(pam_get_item, pamport_get_item);
PAMPORT__NAME(pam_get_user, pamport_get_user);
PAMPORT__NAME(pam_putenv, pamport_putenv);
PAMPORT__NAME(pam_getenvlist, pamport_getenvlist);
PAMPORT__NAME(pam_getenv, PAMPORT__GETENV);
#endif

#if defined(PAMPORT__DECLARED_EXT) && !defined(PAMPORT__NAMES_OF_EXT)
#define PAMPORT__NAMES_OF_EXT 1
PAMPORT__NAME(pam_vprompt, pamport_vprompt);
PAMPORT__NAME(pam_prompt, pamport_prompt);
PAMPORT__NAME(pam_vinfo, pamport_vinfo);
PAMPORT__NAME(pam_info, pamport_info);
PAMPORT__NAME(pam_verror, pamport_verror);
PAMPORT__NAME(pam_error, pamport_error);
#endif

#if defined(PAMPORT__DECLARED_MISC) && !defined(PAMPORT__NAMES_OF_MISC)
#define PAMPORT__NAMES_OF_MISC 1
PAMPORT__NAME(misc_conv, pamport_misc_conv);
PAMPORT__NAME(pam_misc_conv_warn_time, pamport_misc_conv_warn_time);
PAMPORT__NAME(pam_misc_conv_die_time, pamport_misc_conv_die_time);
PAMPORT__NAME(pam_misc_conv_warn_line, pamport_misc_conv_warn_line);
PAMPORT__NAME(pam_misc_conv_die_line, pamport_misc_conv_die_line);
PAMPORT__NAME(pam_misc_conv_died, pamport_misc_conv_died);
PAMPORT__NAME(pam_binary_handler_fn, pamport_binary_handler_fn);
PAMPORT__NAME(pam_binary_handler_free, pamport_binary_handler_free);
PAMPORT__NAME(pam_misc_setenv, pamport_misc_setenv);
PAMPORT__NAME(pam_misc_paste_env, pamport_misc_paste_env);
PAMPORT__NAME(pam_misc_drop_env, pamport_misc_drop_env);
#endif

#if defined(PAMPORT__DECLARED_OPENPAM) && !defined(PAMPORT__NAMES_OF_OPENPAM)
#define PAMPORT__NAMES_OF_OPENPAM 1
PAMPORT__NAME(openpam_ttyconv, pamport_openpam_ttyconv);
PAMPORT__NAME(openpam_ttyconv_timeout, pamport_openpam_ttyconv_timeout);
PAMPORT__NAME(openpam_nullconv, pamport_openpam_nullconv);
PAMPORT__NAME(openpam_set_feature, pamport_openpam_set_feature);
PAMPORT__NAME(openpam_get_feature, pamport_openpam_get_feature);
PAMPORT__NAME(pam_setenv, pamport_setenv);
#endif

#ifdef __cplusplus
}
#endif

#else	/* macros; an overlay header that reads a native one comes here twice */

#ifdef PAMPORT__DECLARED_APPL
# define pam_start pamport_start
# define pam_start_confdir pamport_start_confdir
# define pam_end pamport_end
# define pam_strerror pamport_strerror
# define pam_authenticate pamport_authenticate
# define pam_acct_mgmt pamport_acct_mgmt
# define pam_setcred pamport_setcred
# define pam_open_session pamport_open_session
# define pam_close_session pamport_close_session
# define pam_chauthtok pamport_chauthtok
# define pam_fail_delay pamport_fail_delay
# define pam_set_item pamport_set_item
# define pam_get_item pamport_get_item
# define pam_get_user pamport_get_user
# define pam_putenv pamport_putenv
# define pam_getenvlist pamport_getenvlist
# define pam_getenv PAMPORT__GETENV
#endif

#ifdef PAMPORT__DECLARED_EXT
# define pam_vprompt pamport_vprompt
# define pam_prompt pamport_prompt
# define pam_vinfo pamport_vinfo
# define pam_info pamport_info
# define pam_verror pamport_verror
# define pam_error pamport_error
#endif

#ifdef PAMPORT__DECLARED_MISC
# define misc_conv pamport_misc_conv
# define pam_misc_conv_warn_time pamport_misc_conv_warn_time
# define pam_misc_conv_die_time pamport_misc_conv_die_time
# define pam_misc_conv_warn_line pamport_misc_conv_warn_line
# define pam_misc_conv_die_line pamport_misc_conv_die_line
# define pam_misc_conv_died pamport_misc_conv_died
# define pam_binary_handler_fn pamport_binary_handler_fn
# define pam_binary_handler_free pamport_binary_handler_free
# define pam_misc_setenv pamport_misc_setenv
# define pam_misc_paste_env pamport_misc_paste_env
# define pam_misc_drop_env pamport_misc_drop_env
#endif

#ifdef PAMPORT__DECLARED_OPENPAM
# define openpam_ttyconv pamport_openpam_ttyconv
# define openpam_ttyconv_timeout pamport_openpam_ttyconv_timeout
# define openpam_nullconv pamport_openpam_nullconv
# define openpam_set_feature pamport_openpam_set_feature
# define openpam_get_feature pamport_openpam_get_feature
# define pam_setenv pamport_setenv
#endif

#endif
