/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A module that runs a function of the test program, whose address is its
 * argument: what a module does in a test stands beside what is expected of it.
 */
#include <config.h>

#include <inttypes.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <security/pam_appl.h>
#include <security/pam_modules.h>

static int
call(pam_handle_t *pamh, const char *what, int flags, int argc,
    const char **argv)
{
	int (*function)(pam_handle_t *, const char *, int);
	uintptr_t address;

	if (argc < 1)
		return PAM_SERVICE_ERR;
	address = (uintptr_t)strtoumax(argv[0], NULL, 16);
	memcpy(&function, &address, sizeof(function));
	return function(pamh, what, flags);
}

#define ENTRY(function, what) \
int \
function(pam_handle_t *pamh, int flags, int argc, const char **argv) \
{ \
	return call(pamh, what, flags, argc, argv); \
}

ENTRY(pam_sm_authenticate, "auth")
ENTRY(pam_sm_setcred, "cred")
ENTRY(pam_sm_acct_mgmt, "acct")
ENTRY(pam_sm_open_session, "open")
ENTRY(pam_sm_close_session, "close")
ENTRY(pam_sm_chauthtok, "chau")
