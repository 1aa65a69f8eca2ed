/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Functions and variables that programs have of their own at file scope.
 *
 * Home: linux-pam openpam apple illumos
 * Also: c++
 */
#include <security/pam_appl.h>
#include <stdlib.h>
#include <string.h>

void pam_syslog(pam_handle_t *, int, const char *, ...);
int pam_cleanup(void);
int pam_conversation(int, const struct pam_message **, struct pam_response **,
    void *);
int pam_converse(int);
int pam_conv_func(int, const struct pam_message **, struct pam_response **,
    void *);
int pam_auth(const char *, const char *);
int pam_check_passwd(const char *, const char *);
int pam_userpass_conv(int, const struct pam_message **, struct pam_response **,
    void *);
int pam_start_confdir_wrapper(const char *, pam_handle_t **);
int pam_prompt(const char *);
int pam_setenv(const char *, const char *);
int misc_conv(int);
int openpam_ttyconv(int);

static struct pam_conv pam_conv = { pam_conversation, NULL };
static const char *pam_user;
static const char *pam_pass;
static char pam_passwd[PAM_MAX_RESP_SIZE];

void
pam_syslog(pam_handle_t *pamh, int priority, const char *format, ...)
{
	(void)pamh;
	(void)priority;
	(void)format;
}

int
pam_prompt(const char *prompt)
{
	return (prompt != NULL);
}

int
pam_setenv(const char *name, const char *value)
{
	return (strcmp(name, value));
}

int
misc_conv(int n)
{
	return (n);
}

int
openpam_ttyconv(int n)
{
	return (n);
}

int
pam_cleanup(void)
{
	pam_user = NULL;
	pam_pass = NULL;
	(void)memset(pam_passwd, 0, sizeof(pam_passwd));
	return (0);
}

int
pam_conversation(int n, const struct pam_message **msg,
    struct pam_response **resp, void *data)
{
	(void)data;
	return (msg[0]->msg_style == PAM_TEXT_INFO && n == 1 ? PAM_SUCCESS :
	    pam_converse(resp == NULL));
}

int
pam_converse(int error)
{
	return (error != 0 ? PAM_BUF_ERR : PAM_CONV_ERR);
}

int
pam_conv_func(int n, const struct pam_message **msg,
    struct pam_response **resp, void *data)
{
	return (pam_conversation(n, msg, resp, data));
}

int
pam_userpass_conv(int n, const struct pam_message **msg,
    struct pam_response **resp, void *data)
{
	return (pam_conv_func(n, msg, resp, data));
}

int
pam_start_confdir_wrapper(const char *user, pam_handle_t **pamh)
{
	return (pam_start("own", user, &pam_conv, pamh));
}

int
pam_check_passwd(const char *user, const char *pass)
{
	pam_user = user;
	pam_pass = pass;
	return (pam_auth(pam_user, pam_pass));
}

int
pam_auth(const char *user, const char *pass)
{
	pam_handle_t *pamh = NULL;
	int error;

	error = pam_start_confdir_wrapper(user, &pamh);
	if (error == PAM_SUCCESS && pass != NULL)
		error = pam_authenticate(pamh, 0);
	(void)pam_end(pamh, error);
	return (error);
}
