/* SPDX-License-Identifier: BSD-2-Clause */
/* pam_end takes the handle, pam_start its address. */
#include <security/pam_appl.h>

int end_it(pam_handle_t **);

int
end_it(pam_handle_t **pamh)
{
	return (pam_end(pamh, PAM_SUCCESS));
}
