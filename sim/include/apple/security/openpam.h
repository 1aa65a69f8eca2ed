/* SPDX-License-Identifier: BSD-2-Clause */

/* Simulated Apple fork of OpenPAM: what goes beyond the standard. */
#ifndef SECURITY_OPENPAM_H_INCLUDED
#define SECURITY_OPENPAM_H_INCLUDED

#include <stdarg.h>
#include <security/pam_types.h>
#include <security/openpam_attr.h>

#ifdef __cplusplus
extern "C" {
#endif

struct passwd;

int openpam_borrow_cred(pam_handle_t *, const struct passwd *);
int openpam_restore_cred(pam_handle_t *);
void openpam_free_data(pam_handle_t *, void *, int);
void openpam_free_envlist(char **);
const char *openpam_get_option(pam_handle_t *, const char *);
int openpam_set_option(pam_handle_t *, const char *, const char *);

int pam_error(const pam_handle_t *, const char *, ...)
    OPENPAM_FORMAT((__printf__, 2, 3));
int pam_info(const pam_handle_t *, const char *, ...)
    OPENPAM_FORMAT((__printf__, 2, 3));
int pam_prompt(const pam_handle_t *, int, char **, const char *, ...)
    OPENPAM_FORMAT((__printf__, 4, 5));
int pam_verror(const pam_handle_t *, const char *, va_list)
    OPENPAM_FORMAT((__printf__, 2, 0));
int pam_vinfo(const pam_handle_t *, const char *, va_list)
    OPENPAM_FORMAT((__printf__, 2, 0));
int pam_vprompt(const pam_handle_t *, int, char **, const char *, va_list)
    OPENPAM_FORMAT((__printf__, 4, 0));
int pam_get_authtok(pam_handle_t *, int, const char **, const char *);
int pam_setenv(pam_handle_t *, const char *, const char *, int);
int pam_unsetenv(pam_handle_t *, const char *);

enum {
	PAM_LOG_DEBUG,
	PAM_LOG_VERBOSE,
	PAM_LOG_NOTICE,
	PAM_LOG_ERROR
};

void _openpam_log(int, const char *, const char *, ...)
    OPENPAM_FORMAT((__printf__, 3, 4));

#if defined(__STDC_VERSION__) && __STDC_VERSION__ >= 199901L
#define openpam_log(level, ...) \
	_openpam_log((level), __func__, __VA_ARGS__)
#elif defined(__GNUC__)
#define openpam_log(level, arguments...) \
	_openpam_log((level), __FUNCTION__, arguments)
#endif

int openpam_ttyconv(int, const struct pam_message **, struct pam_response **,
    void *);
int openpam_nullconv(int, const struct pam_message **, struct pam_response **,
    void *);
extern int openpam_ttyconv_timeout;

enum {
	PAM_SM_AUTHENTICATE,
	PAM_SM_SETCRED,
	PAM_SM_ACCT_MGMT,
	PAM_SM_OPEN_SESSION,
	PAM_SM_CLOSE_SESSION,
	PAM_SM_CHAUTHTOK,
	PAM_NUM_PRIMITIVES
};

typedef int (*pam_func_t)(struct pam_handle *, int, int, const char **);

/* A module that says what it has: the others stay undefined. */
#if defined(PAM_SM_AUTH) || defined(PAM_SM_ACCOUNT) || \
    defined(PAM_SM_SESSION) || defined(PAM_SM_PASSWORD)
#define LINUX_PAM_MODULE
#endif
#if defined(LINUX_PAM_MODULE) && !defined(PAM_SM_AUTH)
#define _PAM_SM_AUTHENTICATE		0
#define _PAM_SM_SETCRED			0
#else
#undef PAM_SM_AUTH
#define PAM_SM_AUTH
#define _PAM_SM_AUTHENTICATE		pam_sm_authenticate
#define _PAM_SM_SETCRED			pam_sm_setcred
#endif
#if defined(LINUX_PAM_MODULE) && !defined(PAM_SM_ACCOUNT)
#define _PAM_SM_ACCT_MGMT		0
#else
#undef PAM_SM_ACCOUNT
#define PAM_SM_ACCOUNT
#define _PAM_SM_ACCT_MGMT		pam_sm_acct_mgmt
#endif
#if defined(LINUX_PAM_MODULE) && !defined(PAM_SM_SESSION)
#define _PAM_SM_OPEN_SESSION		0
#define _PAM_SM_CLOSE_SESSION		0
#else
#undef PAM_SM_SESSION
#define PAM_SM_SESSION
#define _PAM_SM_OPEN_SESSION		pam_sm_open_session
#define _PAM_SM_CLOSE_SESSION		pam_sm_close_session
#endif
#if defined(LINUX_PAM_MODULE) && !defined(PAM_SM_PASSWORD)
#define _PAM_SM_CHAUTHTOK		0
#else
#undef PAM_SM_PASSWORD
#define PAM_SM_PASSWORD
#define _PAM_SM_CHAUTHTOK		pam_sm_chauthtok
#endif

#define PAM_SM_DUMMY(kind) \
PAM_EXTERN int \
pam_sm_##kind(pam_handle_t *pamh, int flags, int argc, const char *argv[]) \
{ \
	(void)pamh; \
	(void)flags; \
	(void)argc; \
	(void)argv; \
	return (PAM_IGNORE); \
}

#define PAM_EXTERN
#define PAM_MODULE_ENTRY(name)

#ifdef __cplusplus
}
#endif

#endif
