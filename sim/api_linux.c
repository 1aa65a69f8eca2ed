/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What an application calls in Linux-PAM.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "sim.h"
#include "linux.h"

void
sim_linux_lower(char *text)
{
	for (; *text != '\0'; text++)
		*text = (char)tolower((unsigned char)*text);
}

static int
start(pam_handle_t *pamh, const char *service, const char *user,
    const struct pam_conv *conv, const char *confdir)
{
	const char *slash;

	/* Only what follows the last slash names the service.  [d25, d32] */
	if ((slash = strrchr(service, '/')) != NULL)
		service = slash + 1;
	if (sim_set_item(pamh, PAM_SERVICE, service) != PAM_SUCCESS ||
	    (user != NULL &&
	    sim_set_item(pamh, PAM_USER, user) != PAM_SUCCESS) ||
	    sim_set_item(pamh, PAM_CONV, conv) != PAM_SUCCESS)
		return (PAM_BUF_ERR);
	if (confdir != NULL && (pamh->confdir = strdup(confdir)) == NULL)
		return (PAM_BUF_ERR);
	/* The application has an empty one from the start.  [e.1 item 12] */
	pamh->item[PAM_XAUTHDATA].value = calloc(1,
	    sizeof(struct pam_xauth_data));
	if (pamh->item[PAM_XAUTHDATA].value == NULL)
		return (PAM_BUF_ERR);
	if (sim_configure(pamh) != PAM_SUCCESS)
		return (PAM_ABORT);
	pamh->place = SIM_APPLICATION;
	return (PAM_SUCCESS);
}

int
pam_start_confdir(const char *service, const char *user,
    const struct pam_conv *conv, const char *confdir, pam_handle_t **handle)
{
	pam_handle_t *pamh;
	int result;

	if (handle == NULL || service == NULL || conv == NULL)
		return (PAM_SYSTEM_ERR);
	*handle = NULL;
	if (sim_privileged()) {
		sim_new();
		return (PAM_SYSTEM_ERR);
	}
	if ((pamh = sim_new()) == NULL)
		return (PAM_BUF_ERR);
	result = start(pamh, service, user, conv, confdir);
	if (result != PAM_SUCCESS) {
		sim_delete(pamh, result);
		return (result);
	}
	*handle = pamh;
	return (PAM_SUCCESS);
}

int
pam_start(const char *service, const char *user, const struct pam_conv *conv,
    pam_handle_t **handle)
{
	return (pam_start_confdir(service, user, conv, NULL, handle));
}

int
pam_end(pam_handle_t *pamh, int status)
{
	if (pamh == NULL)
		return (sim_this.no_handle_end);
	if (pamh->place == SIM_IN_MODULE)
		return (PAM_SYSTEM_ERR);
	pamh->place = SIM_IN_MODULE;
	sim_delete(pamh, status);
	return (PAM_SUCCESS);
}

/* Tokens do not outlive the call that they were typed for.  [k04, k05] */
static void
forget_tokens(pam_handle_t *pamh)
{
	enum sim_place place = pamh->place;

	pamh->place = SIM_IN_MODULE;
	sim_set_item(pamh, PAM_AUTHTOK, NULL);
	sim_set_item(pamh, PAM_OLDAUTHTOK, NULL);
	pamh->place = place;
}

/*
 * The delay is the longest that was asked for, give or take a quarter, and
 * waits only for a failure.  A function of the application's own is told of
 * success as well, with the data of the conversation.  [k02, E3]
 */
static void
delay(pam_handle_t *pamh, int result)
{
	const struct pam_conv *conv = sim_item(pamh, PAM_CONV);
	const void *item = sim_item(pamh, PAM_FAIL_DELAY);
	void (*function)(int, unsigned int, void *);
	unsigned int wait = pamh->delay_set ? pamh->delay : 0;
	struct timespec time;

	wait -= wait / 4;
	wait += (unsigned int)((unsigned long long)wait * 2 / 3 *
	    (unsigned int)(rand() % 100) / 100);
	memcpy(&function, &item, sizeof(function));
	if (function != NULL) {
		function(result, wait, conv != NULL ? conv->appdata_ptr : NULL);
	} else if (result != PAM_SUCCESS && wait > 0) {
		time.tv_sec = (time_t)(wait / 1000000);
		time.tv_nsec = (long)(wait % 1000000) * 1000;
		nanosleep(&time, NULL);
	}
	pamh->delay_set = false;
	pamh->delay = 0;
}

int
pam_fail_delay(pam_handle_t *pamh, unsigned int microseconds)
{
	if (pamh == NULL)
		return (PAM_SYSTEM_ERR);
	pamh->delay_set = true;
	if (microseconds > pamh->delay)
		pamh->delay = microseconds;
	return (PAM_SUCCESS);
}

int
pam_authenticate(pam_handle_t *pamh, int flags)
{
	int result;

	if (pamh == NULL || pamh->place == SIM_IN_MODULE)
		return (PAM_SYSTEM_ERR);
	if (!pamh->former.waiting)
		forget_tokens(pamh);
	result = sim_linux_dispatch(pamh, flags, SIM_AUTHENTICATE);
	if (result != PAM_INCOMPLETE) {
		forget_tokens(pamh);
		delay(pamh, result);
	}
	return (result);
}

int
pam_setcred(pam_handle_t *pamh, int flags)
{
	if (pamh == NULL)
		return (PAM_SYSTEM_ERR);
	if (flags == 0)
		flags = PAM_ESTABLISH_CRED;		/* [b1, c08] */
	return (sim_linux_dispatch(pamh, flags, SIM_SETCRED));
}

int
pam_acct_mgmt(pam_handle_t *pamh, int flags)
{
	if (pamh == NULL)
		return (PAM_SYSTEM_ERR);
	return (sim_linux_dispatch(pamh, flags, SIM_ACCT_MGMT));
}

int
pam_open_session(pam_handle_t *pamh, int flags)
{
	if (pamh == NULL)
		return (PAM_SYSTEM_ERR);
	return (sim_linux_dispatch(pamh, flags, SIM_OPEN_SESSION));
}

int
pam_close_session(pam_handle_t *pamh, int flags)
{
	if (pamh == NULL)
		return (PAM_SYSTEM_ERR);
	return (sim_linux_dispatch(pamh, flags, SIM_CLOSE_SESSION));
}

/* The bits of the two passes are the library's own.  [j02, j03] */
int
pam_chauthtok(pam_handle_t *pamh, int flags)
{
	int result = PAM_SUCCESS;

	if (pamh == NULL || pamh->place == SIM_IN_MODULE ||
	    (flags & (PAM_PRELIM_CHECK | PAM_UPDATE_AUTHTOK)) != 0)
		return (PAM_SYSTEM_ERR);
	if (!pamh->former.waiting) {
		forget_tokens(pamh);
		pamh->former.update = false;
	}
	if (!pamh->former.update)
		result = sim_linux_dispatch(pamh, flags | PAM_PRELIM_CHECK,
		    SIM_CHAUTHTOK);
	if (result == PAM_SUCCESS) {
		pamh->former.update = true;
		result = sim_linux_dispatch(pamh, flags | PAM_UPDATE_AUTHTOK,
		    SIM_CHAUTHTOK);
	}
	if (result != PAM_INCOMPLETE) {
		forget_tokens(pamh);
		pamh->former.update = false;
	}
	return (result);
}

int
pam_set_item(pam_handle_t *pamh, int number, const void *value)
{
	return (sim_set_item(pamh, number, value));
}

int
pam_get_item(const pam_handle_t *pamh, int number, const void **value)
{
	return (sim_get_item(pamh, number, value));
}

const char *
pam_getenv(pam_handle_t *pamh, const char *name)
{
	return (sim_getenv(pamh, name));
}

const char *
pam_strerror(pam_handle_t *pamh, int result)
{
	(void)pamh;
	return (sim_strerror(result));
}
