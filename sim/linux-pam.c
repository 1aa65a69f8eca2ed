/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Linux-PAM 1.7: its numbers and small rules.
 */
#include "sim.h"
#include "linux.h"

static const char *const text[] = {
	[PAM_SUCCESS] = "Success",
	[PAM_OPEN_ERR] = "Failed to load module",
	[PAM_SYMBOL_ERR] = "Symbol not found",
	[PAM_SERVICE_ERR] = "Error in service module",
	[PAM_SYSTEM_ERR] = "System error",
	[PAM_BUF_ERR] = "Memory buffer error",
	[PAM_PERM_DENIED] = "Permission denied",
	[PAM_AUTH_ERR] = "Authentication failure",
	[PAM_CRED_INSUFFICIENT] =
	    "Insufficient credentials to access authentication data",
	[PAM_AUTHINFO_UNAVAIL] =
	    "Authentication service cannot retrieve authentication info",
	[PAM_USER_UNKNOWN] =
	    "User not known to the underlying authentication module",
	[PAM_MAXTRIES] =
	    "Have exhausted maximum number of retries for service",
	[PAM_NEW_AUTHTOK_REQD] =
	    "Authentication token is no longer valid; new one required",
	[PAM_ACCT_EXPIRED] = "User account has expired",
	[PAM_SESSION_ERR] =
	    "Cannot make/remove an entry for the specified session",
	[PAM_CRED_UNAVAIL] =
	    "Authentication service cannot retrieve user credentials",
	[PAM_CRED_EXPIRED] = "User credentials expired",
	[PAM_CRED_ERR] = "Failure setting user credentials",
	[PAM_NO_MODULE_DATA] = "No module specific data is present",
	[PAM_CONV_ERR] = "Conversation error",
	[PAM_AUTHTOK_ERR] = "Authentication token manipulation error",
	[PAM_AUTHTOK_RECOVERY_ERR] =
	    "Authentication information cannot be recovered",
	[PAM_AUTHTOK_LOCK_BUSY] = "Authentication token lock busy",
	[PAM_AUTHTOK_DISABLE_AGING] = "Authentication token aging disabled",
	[PAM_TRY_AGAIN] = "Failed preliminary check by password service",
	[PAM_IGNORE] = "The return value should be ignored by PAM dispatch",
	[PAM_ABORT] = "Critical error - immediate abort",
	[PAM_AUTHTOK_EXPIRED] = "Authentication token expired",
	[PAM_MODULE_UNKNOWN] = "Module is unknown",
	[PAM_BAD_ITEM] = "Bad item passed to pam_*_item()",
	[PAM_CONV_AGAIN] = "Conversation is waiting for event",
	[PAM_INCOMPLETE] = "Application needs to call libpam again",
};

/* The service is one word in small letters, and new lines are read for it. */
static void
service_changed(pam_handle_t *pamh)
{
	char *name = pamh->item[PAM_SERVICE].value;

	if (name != NULL)
		sim_linux_lower(name);			/* [d26] */
	pamh->loaded = false;				/* [e25] */
}

const struct sim_personality sim_this = {
	.name = "linux-pam",
	.version = "simulated Linux-PAM 1.7",
	.text = text,
	.ntexts = sizeof(text) / sizeof(text[0]),
	.unknown_text = "Unknown PAM error",
	.no_handle = PAM_SYSTEM_ERR,
	.no_handle_end = PAM_SYSTEM_ERR,
	.item = {
		.kind = {
			[PAM_SERVICE] = SIM_NAME,
			[PAM_USER] = SIM_STRING,
			[PAM_TTY] = SIM_STRING,
			[PAM_RHOST] = SIM_STRING,
			[PAM_CONV] = SIM_CONVERSATION,
			[PAM_AUTHTOK] = SIM_TOKEN,
			[PAM_OLDAUTHTOK] = SIM_TOKEN,
			[PAM_RUSER] = SIM_STRING,
			[PAM_USER_PROMPT] = SIM_STRING,
			[PAM_FAIL_DELAY] = SIM_POINTER,
			[PAM_XDISPLAY] = SIM_STRING,
			[PAM_XAUTHDATA] = SIM_XAUTH,
			[PAM_AUTHTOK_TYPE] = SIM_STRING,
		},
		.no_handle = PAM_SYSTEM_ERR,
		.no_target = PAM_PERM_DENIED,		/* [e20] */
		.unknown = PAM_BAD_ITEM,
		.unknown_clears = true,
		.token_get = PAM_BAD_ITEM,		/* [e26, k06] */
		.token_set = PAM_BAD_ITEM,
		.name_set = PAM_SUCCESS,
		.name_unset = PAM_BAD_ITEM,
		.conv_unset = PAM_PERM_DENIED,		/* [e24] */
	},
	.env = {
		.no_handle = PAM_ABORT,			/* [d10] */
		.no_text = PAM_PERM_DENIED,		/* [f05] */
		.no_name = PAM_BAD_ITEM,		/* [f03b, f04b] */
		.delete_missing = PAM_BAD_ITEM,		/* [f02] */
		.delete = PAM_SUCCESS,
	},
	.data = {
		.no_handle_set = PAM_SYSTEM_ERR,
		.no_handle_get = PAM_SYSTEM_ERR,
		.from_application = PAM_SYSTEM_ERR,
		.replaced = PAM_DATA_REPLACE,		/* [i06] */
	},
	.service_changed = service_changed,
};
