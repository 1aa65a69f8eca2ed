/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * openpam_nullconv(3), which only OpenPAM has.
 */
#include <config.h>

#include "compat/compat.h"
#include <pamport/openpam.h>

int
pamport_openpam_nullconv(int n, PAMPORT_CONST struct pam_message **msg,
    struct pam_response **resp, void *data)
{
	(void)n;
	(void)msg;
	(void)resp;
	(void)data;
	return PAM_CONV_ERR;
}
