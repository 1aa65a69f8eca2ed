/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The header of types before that of functions, as natively on Linux-PAM.
 *
 * Home: linux-pam
 * Native: security/_pam_types.h
 * Also: c++
 */
#include <security/_pam_types.h>
#include <stddef.h>

extern int converse(int, const struct pam_message **, struct pam_response **,
    void *);
extern const struct pam_conv conversation;
const char *user_of(pam_handle_t *);

const struct pam_conv conversation = { converse, NULL };

const char *
user_of(pam_handle_t *pamh)
{
	const void *user = NULL;

	return (pam_get_item(pamh, PAM_USER, &user) == PAM_SUCCESS ?
	    (const char *)user : pam_strerror(pamh, PAM_USER_UNKNOWN));
}

#include <security/pam_appl.h>

int start_it(pam_handle_t **);

int
start_it(pam_handle_t **pamh)
{
	return (pam_start("own", user_of(*pamh), &conversation, pamh));
}
