/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Looking names up, with or without "PAM_" in front.
 */
#include <stdlib.h>
#include <string.h>

#include "module.h"

int
mod_number(const struct mod_name *names, const char *word, bool *known)
{
	char *end;
	long number;

	number = strtol(word, &end, 0);
	*known = *word != '\0' && *end == '\0';
	if (*known)
		return ((int)number);
	if (strncmp(word, "PAM_", 4) == 0)
		word += 4;
	for (; names->name != NULL; names++) {
		if (strcmp(names->name, word) == 0) {
			*known = true;
			return (names->number);
		}
	}
	return (-1);
}

const char *
mod_name(const struct mod_name *names, int number)
{
	for (; names->name != NULL; names++)
		if (names->number == number)
			return (names->name);
	return (NULL);
}
