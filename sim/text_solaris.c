/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What Solaris and illumos call the results.
 */
#include "solaris.h"

const char *const sim_solaris_text[PAM_TOTAL_ERRNUM] = {
	[PAM_SUCCESS] = "Success",
	[PAM_OPEN_ERR] = "Dlopen failure",
	[PAM_SYMBOL_ERR] = "Symbol not found",
	[PAM_SERVICE_ERR] = "Error in underlying service module",
	[PAM_SYSTEM_ERR] = "System error",
	[PAM_BUF_ERR] = "Memory buffer error",
	[PAM_CONV_ERR] = "Conversation failure",
	[PAM_PERM_DENIED] = "Permission denied",
	[PAM_MAXTRIES] = "Maximum number of attempts exceeded",
	[PAM_AUTH_ERR] = "Authentication failed",
	[PAM_NEW_AUTHTOK_REQD] = "Get new authentication token",
	[PAM_CRED_INSUFFICIENT] = "Insufficient credentials",
	[PAM_AUTHINFO_UNAVAIL] = "Can not retrieve authentication info",
	[PAM_USER_UNKNOWN] = "No account present for user",
	[PAM_CRED_UNAVAIL] = "Can not retrieve user credentials",
	[PAM_CRED_EXPIRED] = "User credentials have expired",
	[PAM_CRED_ERR] = "Failure setting user credentials",
	[PAM_ACCT_EXPIRED] = "User account has expired",
	[PAM_AUTHTOK_EXPIRED] = "User password has expired",
	[PAM_SESSION_ERR] = "Can not make/remove entry for session",
	[PAM_AUTHTOK_ERR] = "Authentication token manipulation error",
	[PAM_AUTHTOK_RECOVERY_ERR] =
	    "Authentication token can not be recovered",
	[PAM_AUTHTOK_LOCK_BUSY] = "Authentication token lock busy",
	[PAM_AUTHTOK_DISABLE_AGING] = "Authentication token aging disabled",
	[PAM_NO_MODULE_DATA] = "Module specific data not found",
	[PAM_IGNORE] = "Ignore module",
	[PAM_ABORT] = "General PAM failure ",
	[PAM_TRY_AGAIN] = "Unable to complete operation. Try again",
};
