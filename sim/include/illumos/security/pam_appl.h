/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Simulated illumos PAM: what an application calls.
 * Const unless _PAM_LEGACY_NONCONST is defined; nothing tells which.
 */
#ifndef _PAM_APPL_H
#define _PAM_APPL_H

#include <sys/types.h>

#ifdef __cplusplus
extern "C" {
#endif

#ifdef _PAM_LEGACY_NONCONST
#define _PAMSIM_CONST
#else
#define _PAMSIM_CONST			const
#endif

typedef struct pam_handle pam_handle_t;

/* Results. */
#define PAM_SUCCESS			0
#define PAM_OPEN_ERR			1
#define PAM_SYMBOL_ERR			2
#define PAM_SERVICE_ERR			3
#define PAM_SYSTEM_ERR			4
#define PAM_BUF_ERR			5
#define PAM_CONV_ERR			6
#define PAM_PERM_DENIED			7
#define PAM_MAXTRIES			8
#define PAM_AUTH_ERR			9
#define PAM_NEW_AUTHTOK_REQD		10
#define PAM_CRED_INSUFFICIENT		11
#define PAM_AUTHINFO_UNAVAIL		12
#define PAM_USER_UNKNOWN		13
#define PAM_CRED_UNAVAIL		14
#define PAM_CRED_EXPIRED		15
#define PAM_CRED_ERR			16
#define PAM_ACCT_EXPIRED		17
#define PAM_AUTHTOK_EXPIRED		18
#define PAM_SESSION_ERR			19
#define PAM_AUTHTOK_ERR			20
#define PAM_AUTHTOK_RECOVERY_ERR	21
#define PAM_AUTHTOK_LOCK_BUSY		22
#define PAM_AUTHTOK_DISABLE_AGING	23
#define PAM_NO_MODULE_DATA		24
#define PAM_IGNORE			25
#define PAM_ABORT			26
#define PAM_TRY_AGAIN			27
#define PAM_TOTAL_ERRNUM		28

/* Flags. */
#define PAM_SILENT			0x80000000
#define PAM_DISALLOW_NULL_AUTHTOK	0x1
#define PAM_ESTABLISH_CRED		0x1
#define PAM_DELETE_CRED			0x2
#define PAM_REINITIALIZE_CRED		0x4
#define PAM_REFRESH_CRED		0x8
#define PAM_CHANGE_EXPIRED_AUTHTOK	0x4
#define PAM_NO_AUTHTOK_CHECK		0x8

/* Items. */
#define PAM_SERVICE			1
#define PAM_USER			2
#define PAM_TTY				3
#define PAM_RHOST			4
#define PAM_CONV			5
#define PAM_AUTHTOK			6
#define PAM_OLDAUTHTOK			7
#define PAM_RUSER			8
#define PAM_USER_PROMPT			9
#define PAM_REPOSITORY			10
#define PAM_RESOURCE			11
#define PAM_AUSER			12

/* Message styles and limits. */
#define PAM_PROMPT_ECHO_OFF		1
#define PAM_PROMPT_ECHO_ON		2
#define PAM_ERROR_MSG			3
#define PAM_TEXT_INFO			4
#define PAM_MAX_NUM_MSG			32
#define PAM_MAX_MSG_SIZE		512
#define PAM_MAX_RESP_SIZE		512

struct pam_message {
	int msg_style;
	char *msg;
};

struct pam_response {
	char *resp;
	int resp_retcode;
};

/* The messages are one array, to which the second argument points. */
struct pam_conv {
	int (*conv)(int, _PAMSIM_CONST struct pam_message **,
	    struct pam_response **, void *);
	void *appdata_ptr;
};

struct pam_repository {
	char *type;
	void *scope;
	size_t scope_len;
};

extern int pam_start(const char *, const char *, const struct pam_conv *,
    pam_handle_t **);
extern int pam_end(pam_handle_t *, int);
extern int pam_authenticate(pam_handle_t *, int);
extern int pam_setcred(pam_handle_t *, int);
extern int pam_acct_mgmt(pam_handle_t *, int);
extern int pam_open_session(pam_handle_t *, int);
extern int pam_close_session(pam_handle_t *, int);
extern int pam_chauthtok(pam_handle_t *, int);
extern int pam_set_item(pam_handle_t *, int, const void *);
extern int pam_get_item(const pam_handle_t *, int, _PAMSIM_CONST void **);
extern int pam_get_user(pam_handle_t *, _PAMSIM_CONST char **,
    const char *);
extern const char *pam_strerror(const pam_handle_t *, int);
extern int pam_putenv(pam_handle_t *, const char *);
/* What pam_getenv() returns is the caller's to free. */
extern _PAMSIM_CONST char *pam_getenv(pam_handle_t *, const char *);
extern char **pam_getenvlist(pam_handle_t *);

#ifdef __cplusplus
}
#endif

#undef _PAMSIM_CONST

#endif
