/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The versions of the PAM underneath, for people.
 */
#include <config.h>

#include <stdio.h>

#include "cmd/native.h"

const char *
native_package(const struct native *native, char text[NATIVE_TEXT])
{
	const char *version = native->package_version;

	(void)snprintf(text, NATIVE_TEXT, "%s%s%s", native->title,
	    version != NULL ? " " : "", version != NULL ? version : "");
	return text;
}

const char *
native_header(const struct native *native, char text[NATIVE_TEXT])
{
	(void)snprintf(text, NATIVE_TEXT, "%s%s",
	    native->header_version[0] != '\0' ? "header version " :
	    "header without a version", native->header_version);
	return text;
}
