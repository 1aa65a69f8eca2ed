/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The names to which include/pamport/names.h gives one number on all systems,
 * so that only the native headers tell who has them.  This file reads these
 * alone.
 */
#include <config.h>

#include <stddef.h>
#include <string.h>

#include <security/pam_appl.h>
#include <security/pam_modules.h>

#include "cmd/native.h"

/* Enumerators of OpenPAM, which #ifdef does not see. */
#ifdef OPENPAM_VERSION
#define OF_OPENPAM 1
#else
#define OF_OPENPAM 0
#endif

static const struct { const char *name; int is_there; } declared[] = {
#ifdef PAM_RADIO_TYPE
	{ "PAM_RADIO_TYPE", 1 },
#else
	{ "PAM_RADIO_TYPE", 0 },
#endif
#ifdef PAM_BINARY_PROMPT
	{ "PAM_BINARY_PROMPT", 1 },
#else
	{ "PAM_BINARY_PROMPT", 0 },
#endif
#ifdef PAM_DATA_SILENT
	{ "PAM_DATA_SILENT", 1 },
#else
	{ "PAM_DATA_SILENT", 0 },
#endif
#ifdef PAM_DATA_REPLACE
	{ "PAM_DATA_REPLACE", 1 },
#else
	{ "PAM_DATA_REPLACE", 0 },
#endif
#ifdef PAM_PRELIM_CHECK
	{ "PAM_PRELIM_CHECK", 1 },
	{ "PAM_UPDATE_AUTHTOK", 1 },
#else
	{ "PAM_PRELIM_CHECK", OF_OPENPAM },
	{ "PAM_UPDATE_AUTHTOK", OF_OPENPAM },
#endif
#ifdef PAM_NUM_ITEMS
	{ "PAM_NUM_ITEMS", 1 },
#else
	{ "PAM_NUM_ITEMS", OF_OPENPAM },
#endif
#ifdef PAM_NUM_ERRORS
	{ "PAM_NUM_ERRORS", 1 },
#else
	{ "PAM_NUM_ERRORS", OF_OPENPAM },
#endif
#ifdef PAM_TOTAL_ERRNUM
	{ "PAM_TOTAL_ERRNUM", 1 },
#else
	{ "PAM_TOTAL_ERRNUM", 0 },
#endif
};

int
native_declares(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(declared) / sizeof(declared[0]); i++)
		if (strcmp(declared[i].name, name) == 0)
			return declared[i].is_there;
	return -1;
}
