/* SPDX-License-Identifier: BSD-2-Clause */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/internal.h"
#include "cmd/names.h"
#include "cmd/native.h"

const struct name names[NAMES] = {
#define PAMPORT__CODE(unit, text) \
	{ NAME_CODE, "PAM_" #unit, text, (unsigned int)PAM_##unit, PAMPORT__CODE_##unit },
#define PAMPORT__FLAG(unit, text) \
	{ NAME_FLAG, "PAM_" #unit, text, (unsigned int)PAM_##unit, PAMPORT__FLAG_##unit },
#define PAMPORT__ITEM(unit, kind, text) \
	{ NAME_ITEM, "PAM_" #unit, text, (unsigned int)PAM_##unit, PAMPORT__ITEM_##unit },
#define PAMPORT__STYLE(unit, text) \
	{ NAME_STYLE, "PAM_" #unit, text, (unsigned int)PAM_##unit, PAMPORT__STYLE_##unit },
#define PAMPORT__LIMIT(unit) \
	{ NAME_LIMIT, "PAM_" #unit, NULL, (unsigned int)PAM_##unit, PAMPORT__LIMIT_##unit },
#include "lib/names.def"
};

const char *const name_kinds[NAME_KINDS] = {
	[NAME_CODE] = "code", [NAME_FLAG] = "flag", [NAME_ITEM] = "item",
	[NAME_STYLE] = "style", [NAME_LIMIT] = "limit"
};

const struct name_alias name_aliases[NAME_ALIASES + 1] = {
	{ "PAM_AUTHTOK_RECOVER_ERR", "PAM_AUTHTOK_RECOVERY_ERR" },
	{ "PAM_AUTHTOKEN_REQD", "PAM_NEW_AUTHTOK_REQD" },
	{ "PAM_CRED_ESTABLISH", "PAM_ESTABLISH_CRED" },
	{ "PAM_CRED_DELETE", "PAM_DELETE_CRED" },
	{ "PAM_CRED_REINITIALIZE", "PAM_REINITIALIZE_CRED" },
	{ "PAM_CRED_REFRESH", "PAM_REFRESH_CRED" },
	{ NULL, NULL }
};

const struct pamport__cell *
name_cell(const struct pamport__platform *platform, const struct name *name)
{
	switch (name->kind) {
	case NAME_CODE:
		return &platform->code[name->row];
	case NAME_FLAG:
		return &platform->flag[name->row];
	case NAME_ITEM:
		return &platform->item[name->row];
	case NAME_STYLE:
		return &platform->style[name->row];
	case NAME_LIMIT:
		break;
	}
	return &platform->limit[name->row];
}

/* Most tell by their number, which include/pamport/names.h gives. */
bool
name_is_native(const struct name *name)
{
	int declared = native_declares(name->name);

	if (declared != -1)
		return declared == 1;
	switch (name->kind) {
	case NAME_CODE:
		return pamport__code_is_native((int)name->here);
	case NAME_FLAG:
		return (name->here & PAMPORT_PRIVATE_FLAGS) == 0;
	case NAME_ITEM:
		return !pamport__item_is_private((int)name->here);
	case NAME_STYLE:
		return name->here != 76 && name->here != 77;
	case NAME_LIMIT:
		break;
	}
	return true;
}

/* What all have is native, even where it is in another header than pam_appl.h. */
static bool
is_lacked(const struct name *name)
{
	int i;

	for (i = 1; i < PAMPORT__PLATFORMS; i++)
		if (name_cell(pamport__platforms[i], name)->state ==
		    PAMPORT__ABSENT)
			return true;
	return false;
}

bool
name_private(const struct name *name, unsigned int *number)
{
	const char *text = native_text_without((int)(name - names));

	if (text[0] < '0' || text[0] > '9' || !is_lacked(name))
		return false;
	*number = (unsigned int)strtoul(text, NULL, 0);
	return true;
}

void
name_number(const struct name *name, unsigned int number, char *text,
    size_t size)
{
	(void)snprintf(text, size, name->kind == NAME_FLAG ? "0x%x" : "%u",
	    number);
}
