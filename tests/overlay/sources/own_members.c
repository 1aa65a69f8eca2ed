/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Members, locals, parameters and labels with the names of PAM functions.
 *
 * Home: linux-pam openpam apple solaris illumos
 * Also: c++
 */
#include <security/pam_appl.h>

struct vtable {
	int (*pam_authenticate)(pam_handle_t *, int);
	int (*pam_end)(pam_handle_t *, int);
	const char *pam_getenv;
};

int run(const struct vtable *, pam_handle_t *, int);

int
run(const struct vtable *table, pam_handle_t *pamh, int pam_start)
{
	int pam_open_session = table->pam_authenticate(pamh, pam_start);

	if (pam_open_session == PAM_SUCCESS)
		goto pam_setcred;
	return (table->pam_end(pamh, pam_open_session));
pam_setcred:
	return (pam_setcred(pamh, PAM_ESTABLISH_CRED));
}
