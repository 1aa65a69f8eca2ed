/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Whether the environment may hold a variable that begins with "PAMPORT_".
 * Hardly any does, and every start would look for two of them: with a long
 * environment that would be most of what pamport adds to a transaction.
 */
#include <config.h>

#include <string.h>
#include <unistd.h>

#include "compat/compat.h"

#if HAVE_DECL_ENVIRON

bool
pamport__environment_names_us(void)
{
	static const char ours[] = "PAMPORT_";
	char *const *variable;

	if (environ == NULL)
		return false;
	for (variable = environ; *variable != NULL; variable++)
		/* PATH is always there. */
		if (**variable == 'P' && (*variable)[1] == 'A' &&
		    (*variable)[2] == 'M' &&
		    strncmp(*variable, ours, sizeof(ours) - 1) == 0)
			return true;
	return false;
}

#else

bool
pamport__environment_names_us(void)
{
	return true;
}

#endif
