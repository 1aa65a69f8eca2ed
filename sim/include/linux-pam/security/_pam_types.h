/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Simulated Linux-PAM: constants and types.
 *
 * Every name is a macro, so #ifdef sees it.  No prototype carries a nonnull
 * attribute: a caller that passes NULL is to meet the library's own check.
 */
#ifndef _SECURITY__PAM_TYPES_H
#define _SECURITY__PAM_TYPES_H

typedef struct pam_handle pam_handle_t;

#define __LINUX_PAM__			1
#define __LINUX_PAM_MINOR__		7

/* Results. */
#define PAM_SUCCESS			0
#define PAM_OPEN_ERR			1
#define PAM_SYMBOL_ERR			2
#define PAM_SERVICE_ERR			3
#define PAM_SYSTEM_ERR			4
#define PAM_BUF_ERR			5
#define PAM_PERM_DENIED			6
#define PAM_AUTH_ERR			7
#define PAM_CRED_INSUFFICIENT		8
#define PAM_AUTHINFO_UNAVAIL		9
#define PAM_USER_UNKNOWN		10
#define PAM_MAXTRIES			11
#define PAM_NEW_AUTHTOK_REQD		12
#define PAM_ACCT_EXPIRED		13
#define PAM_SESSION_ERR			14
#define PAM_CRED_UNAVAIL		15
#define PAM_CRED_EXPIRED		16
#define PAM_CRED_ERR			17
#define PAM_NO_MODULE_DATA		18
#define PAM_CONV_ERR			19
#define PAM_AUTHTOK_ERR			20
#define PAM_AUTHTOK_RECOVERY_ERR	21
#define PAM_AUTHTOK_LOCK_BUSY		22
#define PAM_AUTHTOK_DISABLE_AGING	23
#define PAM_TRY_AGAIN			24
#define PAM_IGNORE			25
#define PAM_ABORT			26
#define PAM_AUTHTOK_EXPIRED		27
#define PAM_MODULE_UNKNOWN		28
#define PAM_BAD_ITEM			29
#define PAM_CONV_AGAIN			30
#define PAM_INCOMPLETE			31
#define _PAM_RETURN_VALUES		32

/* Flags. */
#define PAM_SILENT			0x8000U
#define PAM_DISALLOW_NULL_AUTHTOK	0x0001U
#define PAM_ESTABLISH_CRED		0x0002U
#define PAM_DELETE_CRED			0x0004U
#define PAM_REINITIALIZE_CRED		0x0008U
#define PAM_REFRESH_CRED		0x0010U
#define PAM_CHANGE_EXPIRED_AUTHTOK	0x0020U

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
#define PAM_FAIL_DELAY			10
#define PAM_XDISPLAY			11
#define PAM_XAUTHDATA			12
#define PAM_AUTHTOK_TYPE		13

/* Status bits given to the cleanup functions of module data. */
#define PAM_DATA_SILENT			0x40000000

/* Message styles and limits. */
#define PAM_PROMPT_ECHO_OFF		1
#define PAM_PROMPT_ECHO_ON		2
#define PAM_ERROR_MSG			3
#define PAM_TEXT_INFO			4
#define PAM_RADIO_TYPE			5
#define PAM_BINARY_PROMPT		7
#define PAM_MAX_NUM_MSG			32
#define PAM_MAX_MSG_SIZE		512
#define PAM_MAX_RESP_SIZE		512

#define HAVE_PAM_FAIL_DELAY

#if defined(__GNUC__) && defined(__GNUC_MINOR__)
#define PAM_GNUC_PREREQ(major, minor) \
	((__GNUC__ << 16) + __GNUC_MINOR__ >= ((major) << 16) + (minor))
#else
#define PAM_GNUC_PREREQ(major, minor)	0
#endif

#if defined(__GNUC__)
#define PAM_FORMAT(arguments)		__attribute__((__format__ arguments))
#define PAM_NONNULL(arguments)		__attribute__((__nonnull__ arguments))
#define PAM_DEPRECATED			__attribute__((__deprecated__))
#else
#define PAM_FORMAT(arguments)
#define PAM_NONNULL(arguments)
#define PAM_DEPRECATED
#endif

struct pam_message {
	int msg_style;
	const char *msg;
};

struct pam_response {
	char *resp;
	int resp_retcode;
};

struct pam_conv {
	int (*conv)(int, const struct pam_message **, struct pam_response **,
	    void *);
	void *appdata_ptr;
};

struct pam_xauth_data {
	int namelen;
	char *name;
	int datalen;
	char *data;
};

#ifdef __cplusplus
extern "C" {
#endif

extern int pam_set_item(pam_handle_t *, int, const void *);
extern int pam_get_item(const pam_handle_t *, int, const void **);
extern const char *pam_strerror(pam_handle_t *, int);
extern int pam_putenv(pam_handle_t *, const char *);
extern const char *pam_getenv(pam_handle_t *, const char *);
extern char **pam_getenvlist(pam_handle_t *);
extern int pam_fail_delay(pam_handle_t *, unsigned int);

#ifdef __cplusplus
}
#endif

#include <security/_pam_compat.h>

#endif
