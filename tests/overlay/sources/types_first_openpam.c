/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The headers of types and constants before that of functions, as natively on
 * OpenPAM.
 *
 * Home: openpam apple
 * Native: security/pam_types.h security/pam_constants.h
 * Also: c++
 */
#include <security/pam_constants.h>
#include <security/pam_types.h>
#include <stddef.h>

extern int converse(int, const struct pam_message **, struct pam_response **,
    void *);
extern const struct pam_conv conversation;

const struct pam_conv conversation = { converse, NULL };

#include <security/pam_appl.h>

int start_it(pam_handle_t **);

int
start_it(pam_handle_t **pamh)
{
	return (pam_start("own", NULL, &conversation, pamh));
}
