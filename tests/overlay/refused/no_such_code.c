/* SPDX-License-Identifier: BSD-2-Clause */
/* Only names that some PAM has are defined. */
#include <security/pam_appl.h>

int code(void);

int
code(void)
{
	return (PAM_NO_SUCH_ERR);
}
