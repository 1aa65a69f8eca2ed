/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The functions as template arguments of both kinds.
 *
 * Home: linux-pam openpam apple illumos
 */
#include <security/pam_appl.h>
#include <security/pam_modules.h>

template <int (*step)(pam_handle_t *, int)>
int
twice(pam_handle_t *pamh)
{
	return step(pamh, 0) == PAM_SUCCESS ? step(pamh, 0) : PAM_ABORT;
}

template <typename function, typename... arguments>
int
wrapped(function call, arguments... all)
{
	return call(all...);
}

int both(pam_handle_t *);

int
both(pam_handle_t *pamh)
{
	auto step = pam_setcred;
	const char *user = nullptr;

	static_assert(sizeof(struct pam_conv) == 2 * sizeof(void *),
	    "two pointers");
	if (wrapped(pam_get_user, pamh, &user, nullptr) != PAM_SUCCESS)
		return step(pamh, PAM_ESTABLISH_CRED);
	return twice<pam_open_session>(pamh) + twice<&pam_close_session>(pamh);
}
