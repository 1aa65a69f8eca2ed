/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * For the calls that run modules the tables of lib/call.c and lib/result.c, by
 * which the library itself works; for the others what <pamport/pamport.h> says.
 */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "lib/internal.h"
#include "cmd/code_returns.h"

static const struct { const char *function, *codes; } others[] = {
	{ "pam_start", " SYSTEM_ERR BUF_ERR ABORT " },
	{ "pam_start_confdir", " SYSTEM_ERR BUF_ERR ABORT " },
	{ "pam_end", " SYSTEM_ERR " },
	{ "pam_set_item", " SYSTEM_ERR BAD_ITEM PERM_DENIED BUF_ERR " },
	{ "pam_get_item", " SYSTEM_ERR BAD_ITEM " },
	{ "pam_get_user", " SYSTEM_ERR CONV_ERR " },
	{ "pam_putenv", " SYSTEM_ERR BAD_ITEM " },
	{ "pam_setenv", " SYSTEM_ERR BUF_ERR " },
	{ "pam_fail_delay", " SYSTEM_ERR " },
	{ "pam_prompt", " SYSTEM_ERR BUF_ERR CONV_ERR " },
	{ "misc_conv", " BUF_ERR CONV_ERR " },
	{ "openpam_ttyconv", " BUF_ERR CONV_ERR " },
	{ "openpam_nullconv", " CONV_ERR " },
	{ "openpam_set_feature", " SYSTEM_ERR BAD_FEATURE " },
	{ "pam_get_data", " NO_MODULE_DATA " },
};

static bool
call_returns(const struct pamport__call *call, int code)
{
	int i;

	for (i = 0; i < PAMPORT__CALL_CODES && call->code[i] != 0; i++)
		if (call->code[i] == code)
			return true;
	return false;
}

bool
code_is_common(const struct name *name)
{
	return name->kind == NAME_CODE &&
	    pamport__code_is_common((int)name->here);
}

void
code_returns(const struct name *name,
    void (*each)(const char *function, void *data), void *data)
{
	char word[64];
	size_t i;

	if (name->kind != NAME_CODE)
		return;
	for (i = 0; i < PAMPORT__CALLS; i++)
		if (code_is_common(name) ||
		    call_returns(pamport__calls[i], (int)name->here))
			each(pamport__calls[i]->name, data);
	(void)snprintf(word, sizeof(word), " %s ", name->name + 4);
	for (i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (strstr(others[i].codes, word) != NULL)
			each(others[i].function, data);
}
