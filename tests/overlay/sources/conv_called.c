/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A program that calls the conversation itself, to show a message of its own.
 * In C up to C17 the type has no prototype, which clang tells from 15 on; in C23
 * it may be any pointer, unless the program asks for the prototype.
 *
 * Flags: -DPAMPORT_CONV_PROTOTYPE -Wno-unknown-warning-option -Wno-deprecated-non-prototype
 * Home: linux-pam openpam apple illumos
 * Also: c++
 */
#include <security/pam_appl.h>
#include <stdlib.h>

int show(const struct pam_conv *, const char *);

int
show(const struct pam_conv *conv, const char *text)
{
	struct pam_message message;
	const struct pam_message *msg = &message;
	struct pam_response *resp = NULL;
	int error;

	message.msg_style = PAM_TEXT_INFO;
	message.msg = (char *)text;
	error = conv->conv(1, &msg, &resp, conv->appdata_ptr);
	if (error == PAM_SUCCESS)
		free(resp);
	return (error);
}
