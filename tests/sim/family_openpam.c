/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The runner on OpenPAM.
 */
#include <security/pam_appl.h>
#include <security/openpam.h>

#include "runner.h"

const bool family_one_file = false;

const struct mod_name family_flags[] = {
	{ "SILENT", PAM_SILENT },
	{ "DISALLOW_NULL_AUTHTOK", PAM_DISALLOW_NULL_AUTHTOK },
	{ "ESTABLISH_CRED", PAM_ESTABLISH_CRED },
	{ "DELETE_CRED", PAM_DELETE_CRED },
	{ "REINITIALIZE_CRED", PAM_REINITIALIZE_CRED },
	{ "REFRESH_CRED", PAM_REFRESH_CRED },
	{ "CHANGE_EXPIRED_AUTHTOK", PAM_CHANGE_EXPIRED_AUTHTOK },
	{ "PRELIM_CHECK", PAM_PRELIM_CHECK },
	{ "UPDATE_AUTHTOK", PAM_UPDATE_AUTHTOK },
	{ NULL, 0 }
};

static int
converse(int n, const struct pam_message **message,
    struct pam_response **response, void *data)
{
	const char *text[MAX_MESSAGES];
	int style[MAX_MESSAGES];
	int i;

	for (i = 0; i < n && i < MAX_MESSAGES; i++) {
		style[i] = message[i]->msg_style;
		text[i] = message[i]->msg;
	}
	return (answer_messages(n, style, text, response, data));
}

int
family_start(const char *service, const char *user, bool conversation,
    bool function, void *data, const char *confdir, pam_handle_t **pamh)
{
	struct pam_conv conv = { function ? converse : NULL, data };

	(void)confdir;
	return (pam_start(service, user, conversation ? &conv : NULL, pamh));
}

int
family_library(int n, int style, struct pam_response **response)
{
	const struct pam_message *pointer[MAX_MESSAGES];
	struct pam_message message[MAX_MESSAGES];
	char text[] = "text";
	int i;

	for (i = 0; i < n && i < MAX_MESSAGES; i++) {
		message[i].msg_style = style;
		message[i].msg = text;
		pointer[i] = &message[i];
	}
	pointer[i] = NULL;
	return (openpam_ttyconv(n, pointer, response, NULL));
}

int
family_delay(pam_handle_t *pamh, unsigned int microseconds)
{
	(void)pamh;
	(void)microseconds;
	return (-1);
}
