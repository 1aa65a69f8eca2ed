/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Solaris, as OpenSolaris had it in 2006: its numbers and small rules.
 */
#include "sim.h"
#include "solaris.h"

const struct sim_personality sim_this = {
	.name = "solaris",
	.version = "simulated Solaris PAM (2006)",
	.text = sim_solaris_text,
	.ntexts = PAM_TOTAL_ERRNUM,
	.unknown_text = "Unknown error",
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
			[PAM_RESOURCE] = SIM_STRING,
		},
		.message_version = PAM_MSG_VERSION,
		.no_handle = PAM_SYSTEM_ERR,
		.no_target = SIM_CRASH,			/* [e20] */
		.unknown = PAM_SYMBOL_ERR,
		.gaps_read = true,			/* [e.1 item 13] */
		.token_get = PAM_PERM_DENIED,		/* [e.1 item 6] */
		.token_set = PAM_SUCCESS,
		.name_set = PAM_PERM_DENIED,		/* [e25] */
		.name_unset = PAM_PERM_DENIED,
		.conv_unset = PAM_SUCCESS,		/* [e24] */
		.conv_empties = true,
		.repository_dangles = true,		/* [e.1 item 10] */
		.frees_first = true,			/* [e22] */
	},
	.env = {
		.no_handle = PAM_SYSTEM_ERR,		/* [d10-d12] */
		.no_text = PAM_SYSTEM_ERR,		/* [f05] */
		.no_name = PAM_SUCCESS,			/* [f03b, f04b] */
		.delete_missing = PAM_SUCCESS,		/* [f02] */
		.delete = PAM_SUCCESS,
		.prefix = true,				/* [f07b] */
		.gives_copy = true,			/* [f10] */
		.longest = 1023,			/* [f12] */
	},
	.data = {
		.no_handle_set = SIM_CRASH,		/* [d14] */
		.no_handle_get = PAM_SYSTEM_ERR,	/* [d15] */
		.from_application = PAM_SYSTEM_ERR,
		.replaced = PAM_SUCCESS,		/* [i06] */
	},
};
