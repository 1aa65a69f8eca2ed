/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What the results are called.  One static buffer holds the text of a number
 * without a name, so the next such call changes it.  [g50]
 */
#include <stdio.h>
#include <string.h>

#include "sim.h"

const char *
sim_strerror(int result)
{
	static char buffer[40];

	if (result >= 0 && result < sim_this.ntexts &&
	    sim_this.text[result] != NULL)
		return (sim_this.text[result]);
	if (strchr(sim_this.unknown_text, '%') == NULL)
		return (sim_this.unknown_text);
	snprintf(buffer, sizeof(buffer), "#%d", result);
	return (buffer);
}
