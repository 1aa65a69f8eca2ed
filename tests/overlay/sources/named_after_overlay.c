/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Both ways to the same names in one source.
 *
 * Home: none
 * Also: c++
 */
#include <security/pam_appl.h>
#include <pamport/pam_appl.h>
#include <pamport/pamport.h>
#include <stddef.h>

extern int converse(int, const struct pam_message **, struct pam_response **,
    void *);
int start_it(pam_handle_t **);

int
start_it(pam_handle_t **pamh)
{
	static const struct pam_conv conv = { converse, NULL };
	const void *user = NULL;

	if (pamport_start("own", NULL, &conv, pamh) == PAM_SUCCESS &&
	    pam_get_item(*pamh, PAM_USER, &user) == PAM_SUCCESS)
		return (pamport_end(*pamh, PAM_SUCCESS));
	return (pam_end(*pamh, PAM_SUCCESS));
}
