/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Every PAM_ name on every system (contract rules 1 to 3).
 *
 * Part 1 gives each enumerator of OpenPAM a macro of the same name, so that
 * #ifdef sees it; its value stays what the native header says.  Part 2 defines
 * what the native header lacks:
 *
 *   return codes   64 to 127, so that no switch collides with a native code
 *                  and the number survives an exit status or a u_char;
 *   items          64 to 127, held by pamport, not seen by modules;
 *   flags          bits 20 to 27, which pamport strips before the native call
 *                  (but PAM_DATA_SILENT, which is 0x40000000 everywhere and
 *                  reaches the cleanup functions of modules);
 *   styles         Linux-PAM's two keep its numbers, which nobody else uses;
 *                  the two of OpenSolaris get 76 and 77.
 *
 * These numbers are part of the library's ABI: a name never changes its number
 * and a number is never used twice.  platform/ says who has what natively.
 *
 * To add a name: part 1 if an OpenPAM has it as an enumerator, part 2 always,
 * then its row in lib/names.def and its cell in each table of platform/.
 */
#ifndef PAMPORT_NAMES_H
#define PAMPORT_NAMES_H

#ifdef __GNUC__
#pragma GCC system_header
#endif

#include <pamport/native.h>

/* 1. What is an enumerator becomes visible to #ifdef as well. */

#ifdef OPENPAM_VERSION
# define PAM_SUCCESS PAM_SUCCESS
# define PAM_OPEN_ERR PAM_OPEN_ERR
# define PAM_SYMBOL_ERR PAM_SYMBOL_ERR
# define PAM_SERVICE_ERR PAM_SERVICE_ERR
# define PAM_SYSTEM_ERR PAM_SYSTEM_ERR
# define PAM_BUF_ERR PAM_BUF_ERR
# define PAM_CONV_ERR PAM_CONV_ERR
# define PAM_PERM_DENIED PAM_PERM_DENIED
# define PAM_MAXTRIES PAM_MAXTRIES
# define PAM_AUTH_ERR PAM_AUTH_ERR
# define PAM_NEW_AUTHTOK_REQD PAM_NEW_AUTHTOK_REQD
# define PAM_CRED_INSUFFICIENT PAM_CRED_INSUFFICIENT
# define PAM_AUTHINFO_UNAVAIL PAM_AUTHINFO_UNAVAIL
# define PAM_USER_UNKNOWN PAM_USER_UNKNOWN
# define PAM_CRED_UNAVAIL PAM_CRED_UNAVAIL
# define PAM_CRED_EXPIRED PAM_CRED_EXPIRED
# define PAM_CRED_ERR PAM_CRED_ERR
# define PAM_ACCT_EXPIRED PAM_ACCT_EXPIRED
# define PAM_AUTHTOK_EXPIRED PAM_AUTHTOK_EXPIRED
# define PAM_SESSION_ERR PAM_SESSION_ERR
# define PAM_AUTHTOK_ERR PAM_AUTHTOK_ERR
# define PAM_AUTHTOK_RECOVERY_ERR PAM_AUTHTOK_RECOVERY_ERR
# define PAM_AUTHTOK_LOCK_BUSY PAM_AUTHTOK_LOCK_BUSY
# define PAM_AUTHTOK_DISABLE_AGING PAM_AUTHTOK_DISABLE_AGING
# define PAM_NO_MODULE_DATA PAM_NO_MODULE_DATA
# define PAM_IGNORE PAM_IGNORE
# define PAM_ABORT PAM_ABORT
# define PAM_TRY_AGAIN PAM_TRY_AGAIN
# define PAM_MODULE_UNKNOWN PAM_MODULE_UNKNOWN
# define PAM_DOMAIN_UNKNOWN PAM_DOMAIN_UNKNOWN
# define PAM_NUM_ERRORS PAM_NUM_ERRORS
# define PAM_PROMPT_ECHO_OFF PAM_PROMPT_ECHO_OFF
# define PAM_PROMPT_ECHO_ON PAM_PROMPT_ECHO_ON
# define PAM_ERROR_MSG PAM_ERROR_MSG
# define PAM_TEXT_INFO PAM_TEXT_INFO
# define PAM_MAX_NUM_MSG PAM_MAX_NUM_MSG
# define PAM_MAX_MSG_SIZE PAM_MAX_MSG_SIZE
# define PAM_MAX_RESP_SIZE PAM_MAX_RESP_SIZE
# define PAM_SILENT PAM_SILENT
# define PAM_DISALLOW_NULL_AUTHTOK PAM_DISALLOW_NULL_AUTHTOK
# define PAM_ESTABLISH_CRED PAM_ESTABLISH_CRED
# define PAM_DELETE_CRED PAM_DELETE_CRED
# define PAM_REINITIALIZE_CRED PAM_REINITIALIZE_CRED
# define PAM_REFRESH_CRED PAM_REFRESH_CRED
# define PAM_PRELIM_CHECK PAM_PRELIM_CHECK
# define PAM_UPDATE_AUTHTOK PAM_UPDATE_AUTHTOK
# define PAM_CHANGE_EXPIRED_AUTHTOK PAM_CHANGE_EXPIRED_AUTHTOK
# define PAM_SERVICE PAM_SERVICE
# define PAM_USER PAM_USER
# define PAM_TTY PAM_TTY
# define PAM_RHOST PAM_RHOST
# define PAM_CONV PAM_CONV
# define PAM_AUTHTOK PAM_AUTHTOK
# define PAM_OLDAUTHTOK PAM_OLDAUTHTOK
# define PAM_RUSER PAM_RUSER
# define PAM_USER_PROMPT PAM_USER_PROMPT
# define PAM_REPOSITORY PAM_REPOSITORY
# define PAM_AUTHTOK_PROMPT PAM_AUTHTOK_PROMPT
# define PAM_OLDAUTHTOK_PROMPT PAM_OLDAUTHTOK_PROMPT
# define PAM_NUM_ITEMS PAM_NUM_ITEMS
# if OPENPAM_VERSION >= 20111218
#  define PAM_HOST PAM_HOST
# endif
# if OPENPAM_VERSION >= 20170219
#  define PAM_BAD_HANDLE PAM_BAD_HANDLE
#  define PAM_BAD_ITEM PAM_BAD_ITEM
#  define PAM_BAD_FEATURE PAM_BAD_FEATURE
#  define PAM_BAD_CONSTANT PAM_BAD_CONSTANT
# endif
# if OPENPAM_VERSION == 20071221	/* Apple never took a later one */
#  define PAM_APPLE_ACCT_TEMP_LOCK PAM_APPLE_ACCT_TEMP_LOCK
#  define PAM_APPLE_ACCT_LOCKED PAM_APPLE_ACCT_LOCKED
#  define PAM_APPLE_KEK_ERROR PAM_APPLE_KEK_ERROR
#  define PAM_APPLE_WRONG_CARD PAM_APPLE_WRONG_CARD
#  define PAM_APPLE_MIN_ERROR PAM_APPLE_MIN_ERROR
#  define PAM_APPLE_MAX_ERROR PAM_APPLE_MAX_ERROR
#  define PAM_APPLE_NUM_ERRORS PAM_APPLE_NUM_ERRORS
# endif
# ifdef __NetBSD__
#  define PAM_NUSER PAM_NUSER
#  define PAM_SOCKADDR PAM_SOCKADDR
# endif
#endif

/* 2. What the native header lacks. */

/* How many there are: before the private items below are defined. */
#ifndef PAM_NUM_ITEMS
# if defined(PAM_AUTHTOK_TYPE)		/* Linux-PAM */
#  define PAM_NUM_ITEMS 14
# elif defined(PAM_AUSER)		/* illumos */
#  define PAM_NUM_ITEMS 13
# else					/* Solaris */
#  define PAM_NUM_ITEMS 12
# endif
#endif
#ifndef PAM_NUM_ERRORS
# if defined(_PAM_RETURN_VALUES)
#  define PAM_NUM_ERRORS _PAM_RETURN_VALUES
# elif defined(PAM_TOTAL_ERRNUM)
#  define PAM_NUM_ERRORS PAM_TOTAL_ERRNUM
# else					/* no table knows it: platform/README */
#  define PAM_NUM_ERRORS 64
# endif
#endif
#ifndef PAM_TOTAL_ERRNUM
#define PAM_TOTAL_ERRNUM PAM_NUM_ERRORS
#endif
#ifndef _PAM_RETURN_VALUES
#define _PAM_RETURN_VALUES PAM_NUM_ERRORS
#endif

/* Structures that belong to items. */
#ifndef PAM_XAUTHDATA
struct pam_xauth_data {
	int namelen;
	char *name;
	int datalen;
	char *data;
};
#endif
#ifndef PAM_REPOSITORY
struct pam_repository {
	char *type;
	void *scope;
	size_t scope_len;
};
typedef struct pam_repository pam_repository_t;
#endif

/* Return codes. */
#define PAMPORT_FIRST_PRIVATE_CODE 64
#define PAMPORT_LAST_PRIVATE_CODE 127
#ifndef PAM_CONV_AGAIN
#define PAM_CONV_AGAIN 64
#endif
#ifndef PAM_INCOMPLETE
#define PAM_INCOMPLETE 65
#endif
#ifndef PAM_BAD_ITEM
#define PAM_BAD_ITEM 66
#endif
#ifndef PAM_MODULE_UNKNOWN
#define PAM_MODULE_UNKNOWN 67
#endif
#ifndef PAM_DOMAIN_UNKNOWN
#define PAM_DOMAIN_UNKNOWN 68
#endif
#ifndef PAM_BAD_HANDLE
#define PAM_BAD_HANDLE 69
#endif
#ifndef PAM_BAD_FEATURE
#define PAM_BAD_FEATURE 70
#endif
#ifndef PAM_BAD_CONSTANT
#define PAM_BAD_CONSTANT 71
#endif
#ifndef PAM_APPLE_ACCT_TEMP_LOCK
#define PAM_APPLE_ACCT_TEMP_LOCK 72
#endif
#ifndef PAM_APPLE_ACCT_LOCKED
#define PAM_APPLE_ACCT_LOCKED 73
#endif
#ifndef PAM_APPLE_KEK_ERROR
#define PAM_APPLE_KEK_ERROR 74
#endif
#ifndef PAM_APPLE_WRONG_CARD
#define PAM_APPLE_WRONG_CARD 75
#endif

/* Items. */
#define PAMPORT_FIRST_PRIVATE_ITEM 64
#define PAMPORT_LAST_PRIVATE_ITEM 127
#ifndef PAM_FAIL_DELAY
#define PAM_FAIL_DELAY 64
#endif
#ifndef PAM_XDISPLAY
#define PAM_XDISPLAY 65
#endif
#ifndef PAM_XAUTHDATA
#define PAM_XAUTHDATA 66
#endif
#ifndef PAM_AUTHTOK_TYPE
#define PAM_AUTHTOK_TYPE 67
#endif
#ifndef PAM_REPOSITORY
#define PAM_REPOSITORY 68
#endif
#ifndef PAM_RESOURCE
#define PAM_RESOURCE 69
#endif
#ifndef PAM_AUSER
#define PAM_AUSER 70
#endif
#ifndef PAM_AUTHTOK_PROMPT
#define PAM_AUTHTOK_PROMPT 71
#endif
#ifndef PAM_OLDAUTHTOK_PROMPT
#define PAM_OLDAUTHTOK_PROMPT 72
#endif
#ifndef PAM_HOST
#define PAM_HOST 73
#endif
#ifndef PAM_NUSER
#define PAM_NUSER 74
#endif
#ifndef PAM_SOCKADDR
#define PAM_SOCKADDR 75
#endif
#ifndef PAM_MSG_VERSION
#define PAM_MSG_VERSION 76
#endif
#ifndef PAM_MSG_VERSION_V2
#define PAM_MSG_VERSION_V2 "2.0"
#endif

/*
 * Flags.  The first three are native on Linux-PAM, the first two on Solaris,
 * but declared there in <security/pam_modules.h>; their numbers are those of that header,
 * and the overlay's pam_modules.h checks that they agree.
 */
#ifndef PAM_PRELIM_CHECK
# ifdef __LINUX_PAM__
#  define PAM_PRELIM_CHECK 0x4000
#  define PAM_UPDATE_AUTHTOK 0x2000
# else
#  define PAM_PRELIM_CHECK 1
#  define PAM_UPDATE_AUTHTOK 2
# endif
#endif
#ifndef PAM_DATA_REPLACE
#define PAM_DATA_REPLACE 0x20000000
#endif
#ifndef PAM_DATA_SILENT
#define PAM_DATA_SILENT 0x40000000
#endif
#define PAMPORT_PRIVATE_FLAGS 0x0ff00000
#ifndef PAM_NO_AUTHTOK_CHECK
#define PAM_NO_AUTHTOK_CHECK 0x00100000
#endif

/* Message styles. */
#ifndef PAM_RADIO_TYPE
#define PAM_RADIO_TYPE 5
#endif
#ifndef PAM_BINARY_PROMPT
#define PAM_BINARY_PROMPT 7
#endif
#ifndef PAM_MSG_NOCONF
#define PAM_MSG_NOCONF 76
#endif
#ifndef PAM_CONV_INTERRUPT
#define PAM_CONV_INTERRUPT 77
#endif

/* Old spellings. */
#ifndef PAM_AUTHTOK_RECOVER_ERR
#define PAM_AUTHTOK_RECOVER_ERR PAM_AUTHTOK_RECOVERY_ERR
#endif
#ifndef PAM_AUTHTOKEN_REQD
#define PAM_AUTHTOKEN_REQD PAM_NEW_AUTHTOK_REQD
#endif
#ifndef PAM_CRED_ESTABLISH
#define PAM_CRED_ESTABLISH PAM_ESTABLISH_CRED
#endif
#ifndef PAM_CRED_DELETE
#define PAM_CRED_DELETE PAM_DELETE_CRED
#endif
#ifndef PAM_CRED_REINITIALIZE
#define PAM_CRED_REINITIALIZE PAM_REINITIALIZE_CRED
#endif
#ifndef PAM_CRED_REFRESH
#define PAM_CRED_REFRESH PAM_REFRESH_CRED
#endif

#endif /* PAMPORT_NAMES_H */
