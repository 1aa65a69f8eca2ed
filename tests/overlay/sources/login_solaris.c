/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A login in the dialect of Solaris: no const anywhere, and the messages are
 * one array, to which the second argument points.
 *
 * Home: solaris
 * Also: c++
 * Prototyped: -D_PAM_LEGACY_NONCONST
 */
#include <security/pam_appl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int login_conv(int, struct pam_message **, struct pam_response **,
    void *);

static struct pam_conv pam_conv = { login_conv, NULL };
static pam_handle_t *pamh;

static char *
answer_to(struct pam_message *m)
{
	char line[PAM_MAX_RESP_SIZE];
	char *copy;

	(void)fputs(m->msg, stdout);
	if (fgets(line, sizeof(line), stdin) == NULL)
		return (NULL);
	line[strcspn(line, "\n")] = '\0';
	copy = (char *)malloc(strlen(line) + 1);
	if (copy != NULL)
		(void)strcpy(copy, line);
	return (copy);
}

static int
login_conv(int num_msg, struct pam_message **msg,
    struct pam_response **response, void *appdata_ptr)
{
	struct pam_message *m = *msg;
	struct pam_response *r;
	int k;

	(void)appdata_ptr;
	if (num_msg <= 0 || num_msg > PAM_MAX_NUM_MSG)
		return (PAM_CONV_ERR);
	*response = (struct pam_response *)calloc((size_t)num_msg,
	    sizeof(struct pam_response));
	if (*response == NULL)
		return (PAM_BUF_ERR);
	r = *response;
	for (k = 0; k < num_msg; k++, m++, r++) {
		switch (m->msg_style) {
		case PAM_PROMPT_ECHO_OFF:
		case PAM_PROMPT_ECHO_ON:
			r->resp = answer_to(m);
			break;
		case PAM_ERROR_MSG:
		case PAM_TEXT_INFO:
			(void)fputs((*msg)[k].msg, stderr);
			break;
		default:
			return (PAM_CONV_ERR);
		}
	}
	return (PAM_SUCCESS);
}

int
main(int argc, char **argv)
{
	char *user = NULL;
	char *tty = NULL;
	int err;

	err = pam_start("login", argc > 1 ? argv[1] : NULL, &pam_conv, &pamh);
	if (err == PAM_SUCCESS)
		err = pam_set_item(pamh, PAM_TTY, "/dev/console");
	if (err == PAM_SUCCESS)
		err = pam_authenticate(pamh, 0);
	if (err == PAM_SUCCESS)
		err = pam_acct_mgmt(pamh, 0);
	if (err == PAM_NEW_AUTHTOK_REQD)
		err = pam_chauthtok(pamh, PAM_CHANGE_EXPIRED_AUTHTOK);
	if (err == PAM_SUCCESS)
		err = pam_get_user(pamh, &user, NULL);
	if (err == PAM_SUCCESS)
		err = pam_get_item(pamh, PAM_TTY, (void **)&tty);
	if (err == PAM_SUCCESS)
		err = pam_setcred(pamh, PAM_ESTABLISH_CRED);
	if (err == PAM_SUCCESS)
		err = pam_open_session(pamh, 0);
	if (err != PAM_SUCCESS)
		(void)fprintf(stderr, "login: %s\n", pam_strerror(pamh, err));
	else
		err = pam_close_session(pamh, 0);
	return (pam_end(pamh, err) == PAM_SUCCESS ? 0 : 1);
}
