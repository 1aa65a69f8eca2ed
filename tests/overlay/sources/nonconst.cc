/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * C++ in the dialect of Solaris, which it has to say.
 *
 * Home: solaris
 * Flags: -D_PAM_LEGACY_NONCONST
 */
#include <security/pam_appl.h>
#include <stdlib.h>

namespace {

int
converse(int n, struct pam_message **msg, struct pam_response **resp, void *)
{
	*resp = nullptr;
	for (int i = 0; i < n; i++)
		if ((*msg)[i].msg_style != PAM_TEXT_INFO)
			return PAM_CONV_ERR;
	return PAM_SUCCESS;
}

}

class session {
public:
	explicit session(const char *user);
	session(const session &) = delete;
	session &operator=(const session &) = delete;
	~session();
	bool has(const char *name);

private:
	pam_handle_t *pamh;
};

session::session(const char *user) : pamh(nullptr)
{
	struct pam_conv conv = { converse, nullptr };
	void *item = nullptr;
	char *name = nullptr;

	if (pam_start("own", user, &conv, &pamh) == PAM_SUCCESS &&
	    pam_get_item(pamh, PAM_USER, &item) == PAM_SUCCESS)
		(void)pam_get_user(pamh, &name, nullptr);
}

session::~session()
{
	(void)pam_end(pamh, PAM_SUCCESS);
}

bool
session::has(const char *name)
{
	char *value = pam_getenv(pamh, name);
	bool found = value != nullptr;

	free(value);
	return found;
}
