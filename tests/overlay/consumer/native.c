/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A program in the names of the overlay that calls what is native everywhere
 * as well.
 */
#include <security/pam_appl.h>
#include <security/pam_modules.h>

#include <stdlib.h>

int
main(int argc, char **argv)
{
	const void *data = NULL;
	pam_handle_t *pamh = NULL;

	(void)argv;
	if (argc > 1 && pam_get_data(pamh, "own", &data) == PAM_SUCCESS)
		return (EXIT_FAILURE);
	return (pam_end(pamh, PAM_SUCCESS) == PAM_SYSTEM_ERR ? EXIT_SUCCESS :
	    EXIT_FAILURE);
}
