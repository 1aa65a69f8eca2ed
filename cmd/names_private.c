/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The numbers that include/pamport/names.h gives to what a native header lacks,
 * whatever the one here has: it is read without any here.
 */
#include <config.h>

#include <stddef.h>

/* The guard of the header that would read the native one. */
#define PAMPORT_NATIVE_H
#include <pamport/names.h>

#include "cmd/native.h"

#define TEXT(name) #name
#define TEXT_OF(name) TEXT(name)

static const char *const texts[] = {
#define PAMPORT__CODE(unit, text) TEXT_OF(PAM_##unit),
#define PAMPORT__FLAG(unit, text) TEXT_OF(PAM_##unit),
#define PAMPORT__ITEM(unit, kind, text) TEXT_OF(PAM_##unit),
#define PAMPORT__STYLE(unit, text) TEXT_OF(PAM_##unit),
#define PAMPORT__LIMIT(unit) "",
#include "lib/names.def"
};

const char *
native_text_without(int row)
{
	return texts[row];
}
