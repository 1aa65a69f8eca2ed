/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Lambdas as conversations: in an initialiser, assigned, and in a container.
 *
 * Home: linux-pam openpam apple illumos
 */
#include <security/pam_appl.h>
#include <memory>

namespace own {

struct closer {
	void operator()(pam_handle_t *pamh) const
	{
		pam_end(pamh, PAM_SUCCESS);
	}
};
using handle = std::unique_ptr<pam_handle_t, closer>;

const pam_conv silent = {
	[](int, const pam_message **, pam_response **, void *) {
		return int(PAM_CONV_ERR);
	}, nullptr
};

}

using own::handle;
handle begin(const char *user, void *data);

handle
begin(const char *user, void *data)
{
	pam_conv conv = own::silent;
	pam_handle_t *pamh = nullptr;

	conv.conv = [](int n, const struct pam_message **msg,
	    struct pam_response **resp, void *pointer) -> int {
		*resp = static_cast<pam_response *>(pointer);
		return msg[n - 1]->msg == nullptr ? PAM_CONV_ERR : PAM_SUCCESS;
	};
	conv.appdata_ptr = data;
	if (pam_start("own", user, &conv, &pamh) != PAM_SUCCESS)
		return handle();
	return handle(pamh);
}
