/* SPDX-License-Identifier: BSD-2-Clause */
/* The third argument of pam_get_item is a pointer. */
#include <security/pam_appl.h>

int get_it(pam_handle_t *, int);

int
get_it(pam_handle_t *pamh, int value)
{
	return (pam_get_item(pamh, PAM_USER, value));
}
