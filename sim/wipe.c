/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Secrets leave no trace.
 */
#include <stdlib.h>

#include "sim.h"

void
sim_wipe(char *secret)
{
	volatile char *p = secret;

	while (p != NULL && *p != '\0')
		*p++ = '\0';
}

void
sim_free_secret(char *secret)
{
	sim_wipe(secret);
	free(secret);
}
