/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Lambdas as conversations, in an initialiser and assigned.
 *
 * Home: linux-pam openpam apple illumos
 */
#include <security/pam_appl.h>

namespace own {

const pam_conv silent = {
	[](int, const pam_message **, pam_response **, void *) {
		return int(PAM_CONV_ERR);
	}, nullptr
};

}

int begin(const char *user, void *data);

int
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
	auto end = [&pamh](int status) { return pam_end(pamh, status); };

	return end(pam_start("own", user, &conv, &pamh));
}
