/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Apple's fork of OpenPAM (2007, Hydrangea): its numbers and small rules.
 *
 * What OpenPAM mended later is as it was: a stack in which nothing succeeds
 * grants [E4], a missing function is passed over [E4], an unknown flag or item
 * is a PAM_SYMBOL_ERR, the service may be set again, a policy is read
 * generously and whoever owns it.
 */
#include "bsd.h"

static const char *const text[] = {
	[PAM_SUCCESS] = "success",
	[PAM_OPEN_ERR] = "failed to load module",
	[PAM_SYMBOL_ERR] = "invalid symbol",
	[PAM_SERVICE_ERR] = "error in service module",
	[PAM_SYSTEM_ERR] = "system error",
	[PAM_BUF_ERR] = "memory buffer error",
	[PAM_CONV_ERR] = "conversation failure",
	[PAM_PERM_DENIED] = "permission denied",
	[PAM_MAXTRIES] = "maximum number of tries exceeded",
	[PAM_AUTH_ERR] = "authentication error",
	[PAM_NEW_AUTHTOK_REQD] = "new authentication token required",
	[PAM_CRED_INSUFFICIENT] = "insufficient credentials",
	[PAM_AUTHINFO_UNAVAIL] = "authentication information is unavailable",
	[PAM_USER_UNKNOWN] = "unknown user",
	[PAM_CRED_UNAVAIL] = "failed to retrieve user credentials",
	[PAM_CRED_EXPIRED] = "user credentials have expired",
	[PAM_CRED_ERR] = "failed to set user credentials",
	[PAM_ACCT_EXPIRED] = "user account has expired",
	[PAM_AUTHTOK_EXPIRED] = "password has expired",
	[PAM_SESSION_ERR] = "session failure",
	[PAM_AUTHTOK_ERR] = "authentication token failure",
	[PAM_AUTHTOK_RECOVERY_ERR] =
	    "failed to recover old authentication token",
	[PAM_AUTHTOK_LOCK_BUSY] = "authentication token lock busy",
	[PAM_AUTHTOK_DISABLE_AGING] = "authentication token aging disabled",
	[PAM_NO_MODULE_DATA] = "module data not found",
	[PAM_IGNORE] = "ignore this module",
	[PAM_ABORT] = "general failure",
	[PAM_TRY_AGAIN] = "try again",
	[PAM_MODULE_UNKNOWN] = "unknown module type",
	[PAM_DOMAIN_UNKNOWN] = "unknown authentication domain",
	[PAM_APPLE_ACCT_TEMP_LOCK] = "account temporarily locked",
	[PAM_APPLE_ACCT_LOCKED] = "account locked",
};

/* None of these was a choice in 2007. */
int sim_bsd_feature[NFEATURES] = {
	[FEATURE_SERVICE_NAME] = 0,
	[FEATURE_POLICY_FILE] = 0,
	[FEATURE_MODULE_NAME] = 0,
	[FEATURE_MODULE_FILE] = 0,
	[FEATURE_OTHER] = 1,
};

const int sim_bsd_host_item = 0;
const int sim_bsd_bad_token = PAM_SYMBOL_ERR;

int
sim_bsd_set_host(pam_handle_t *pamh)
{
	(void)pamh;
	return (PAM_SUCCESS);
}

/* Apple's own: what OpenPAM cannot do, delete a variable. */
int
pam_unsetenv(pam_handle_t *pamh, const char *name)
{
	if (pamh == NULL || name == NULL)
		sim_crash("pam_unsetenv() with a NULL");
	return (sim_unsetenv(pamh, name));
}

const struct sim_personality sim_this = {
	.name = "apple",
	.version = "simulated Apple OpenPAM Hydrangea (20071221)",
	.text = text,
	.ntexts = sizeof(text) / sizeof(text[0]),
	.unknown_text = "#%d",
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
			[PAM_REPOSITORY] = SIM_REPOSITORY,
			[PAM_AUTHTOK_PROMPT] = SIM_STRING,
			[PAM_OLDAUTHTOK_PROMPT] = SIM_STRING,
		},
		.no_handle = SIM_CRASH,			/* [d09] */
		.no_target = SIM_CRASH,			/* [e20] */
		.unknown = PAM_SYMBOL_ERR,
		.token_get = PAM_SUCCESS,
		.token_set = PAM_SUCCESS,
		.name_set = PAM_SUCCESS,
		.name_unset = PAM_SUCCESS,
		.conv_unset = PAM_SUCCESS,		/* [e24] */
		.frees_first = true,			/* [e22] */
	},
	.env = {
		.no_handle = SIM_CRASH,			/* [d10-d12] */
		.no_handle_list = SIM_CRASH,
		.no_text = SIM_CRASH,			/* [f05] */
		.no_name = PAM_SUCCESS,			/* [f03b] */
		.delete = PAM_SYSTEM_ERR,		/* [f01] */
		.delete_missing = PAM_SYSTEM_ERR,	/* pam_unsetenv() */
	},
	.data = {
		.no_handle_set = SIM_CRASH,		/* [d14, d15] */
		.no_handle_get = SIM_CRASH,
		.replaced = PAM_SUCCESS,		/* [i06] */
	},
	.bad_constant = PAM_SYMBOL_ERR,
	.no_handle_clears = SIM_CRASH,
	.lenient = true,
};
