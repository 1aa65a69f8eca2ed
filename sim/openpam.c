/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * OpenPAM of 2019 (Tabebuia): its numbers and small rules.
 */
#include <unistd.h>

#include "bsd.h"

static const char *const text[] = {
	[PAM_SUCCESS] = "Success",
	[PAM_OPEN_ERR] = "Failed to load module",
	[PAM_SYMBOL_ERR] = "Invalid symbol",
	[PAM_SERVICE_ERR] = "Error in service module",
	[PAM_SYSTEM_ERR] = "System error",
	[PAM_BUF_ERR] = "Memory buffer error",
	[PAM_CONV_ERR] = "Conversation failure",
	[PAM_PERM_DENIED] = "Permission denied",
	[PAM_MAXTRIES] = "Maximum number of tries exceeded",
	[PAM_AUTH_ERR] = "Authentication error",
	[PAM_NEW_AUTHTOK_REQD] = "New authentication token required",
	[PAM_CRED_INSUFFICIENT] = "Insufficient credentials",
	[PAM_AUTHINFO_UNAVAIL] = "Authentication information is unavailable",
	[PAM_USER_UNKNOWN] = "Unknown user",
	[PAM_CRED_UNAVAIL] = "Failed to retrieve user credentials",
	[PAM_CRED_EXPIRED] = "User credentials have expired",
	[PAM_CRED_ERR] = "Failed to set user credentials",
	[PAM_ACCT_EXPIRED] = "User account has expired",
	[PAM_AUTHTOK_EXPIRED] = "Password has expired",
	[PAM_SESSION_ERR] = "Session failure",
	[PAM_AUTHTOK_ERR] = "Authentication token failure",
	[PAM_AUTHTOK_RECOVERY_ERR] =
	    "Failed to recover old authentication token",
	[PAM_AUTHTOK_LOCK_BUSY] = "Authentication token lock busy",
	[PAM_AUTHTOK_DISABLE_AGING] = "Authentication token aging disabled",
	[PAM_NO_MODULE_DATA] = "Module data not found",
	[PAM_IGNORE] = "Ignore this module",
	[PAM_ABORT] = "General failure",
	[PAM_TRY_AGAIN] = "Try again",
	[PAM_MODULE_UNKNOWN] = "Unknown module type",
	[PAM_DOMAIN_UNKNOWN] = "Unknown authentication domain",
	[PAM_BAD_HANDLE] = "Invalid PAM handle",
	[PAM_BAD_ITEM] = "Unrecognized or restricted item",
	[PAM_BAD_FEATURE] = "Unrecognized or restricted feature",
	[PAM_BAD_CONSTANT] = "Invalid constant",
};

int sim_bsd_feature[NFEATURES] = {
	[FEATURE_SERVICE_NAME] = 1,
	[FEATURE_POLICY_FILE] = 1,			/* [a16, a16h] */
	[FEATURE_MODULE_NAME] = 0,
	[FEATURE_MODULE_FILE] = 1,			/* [a16b, a16c] */
	[FEATURE_OTHER] = 1,				/* [a17] */
};

const int sim_bsd_host_item = PAM_HOST;
const int sim_bsd_bad_token = PAM_BAD_CONSTANT;

int
sim_bsd_set_host(pam_handle_t *pamh)
{
	char name[256];

	if (gethostname(name, sizeof(name)) != 0)
		return (PAM_SUCCESS);
	name[sizeof(name) - 1] = '\0';
	return (sim_set_item(pamh, PAM_HOST, name));
}

const struct sim_personality sim_this = {
	.name = "openpam",
	.version = "simulated OpenPAM Tabebuia (20190224)",
	.text = text,
	.ntexts = sizeof(text) / sizeof(text[0]),
	.unknown_text = "#%d",
	.no_handle = SIM_CRASH,				/* [d01-d06] */
	.no_handle_end = PAM_BAD_HANDLE,
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
			[PAM_REPOSITORY] = SIM_REPOSITORY,
			[PAM_AUTHTOK_PROMPT] = SIM_STRING,
			[PAM_OLDAUTHTOK_PROMPT] = SIM_STRING,
			[PAM_HOST] = SIM_STRING,
		},
		.no_handle = SIM_CRASH,			/* [d09] */
		.no_target = SIM_CRASH,			/* [e20] */
		.unknown = PAM_BAD_ITEM,
		.token_get = PAM_SUCCESS,
		.token_set = PAM_SUCCESS,
		.name_set = PAM_BAD_ITEM,			/* [e25] */
		.name_unset = PAM_SUCCESS,
		.conv_unset = PAM_SUCCESS,		/* [e24] */
		.frees_first = true,			/* [e22] */
	},
	.env = {
		.no_handle = SIM_CRASH,			/* [d10-d12] */
		.no_handle_get = SIM_CRASH,
		.no_handle_list = SIM_CRASH,
		.no_text = SIM_CRASH,			/* [f05] */
		.no_name = PAM_SUCCESS,			/* [f03b] */
		.delete = PAM_SYSTEM_ERR,		/* [f01] */
	},
	.data = {
		.no_handle_set = SIM_CRASH,		/* [d14, d15] */
		.no_handle_get = SIM_CRASH,
		.replaced = PAM_SUCCESS,		/* [i06] */
	},
	.bad_constant = PAM_BAD_CONSTANT,
	.no_handle_clears = SIM_CRASH,
	.policy_prompts = true,
	.end_is_answer = true,				/* [h84] */
	.needs_success = true,				/* [a11, a07] */
	.needs_function = true,				/* [a09] */
	.needs_other = true,				/* [a17] */
};
