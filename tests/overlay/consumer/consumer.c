/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A program that uses the installed library, in C and in C++, through the
 * overlay or the named header.  It needs no configuration of PAM.
 */
#ifdef NAMED
#include <pamport/pam_appl.h>
#else
#include <security/pam_appl.h>
#endif
#include <pamport/pamport.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int
converse(int n, const struct pam_message **msg, struct pam_response **resp,
    void *data)
{
	(void)n;
	(void)msg;
	(void)data;
	*resp = NULL;
	return (PAM_CONV_ERR);
}

static void
require(int truth, const char *what)
{
	if (truth)
		return;
	(void)fprintf(stderr, "not so: %s\n", what);
	exit(EXIT_FAILURE);
}

int
main(void)
{
	struct pam_conv conv = { converse, NULL };
	pam_handle_t *pamh = NULL;
	const void *item = &conv;

	require(strcmp(pamport_version(), PAMPORT_VERSION) == 0,
	    "the library is of the version of the header");
	require(pam_start(NULL, "nobody", &conv, &pamh) == PAM_SYSTEM_ERR,
	    "no service is a system error");
	require(pamh == NULL, "a failed start leaves no handle");
	require(pam_get_item(NULL, PAM_USER, &item) == PAM_SYSTEM_ERR,
	    "no handle is a system error");
	require(pam_end(NULL, PAM_SUCCESS) == PAM_SYSTEM_ERR,
	    "no handle cannot be ended");
	require(pam_strerror(NULL, PAM_APPLE_WRONG_CARD) != NULL,
	    "there is a text for every code");
	require(strcmp(pamport_code_name(PAM_CONV_ERR), "PAM_CONV_ERR") == 0,
	    "the library has the numbers of the header");
	if (puts(pam_strerror(NULL, PAM_AUTH_ERR)) == EOF)
		return (EXIT_FAILURE);
	return (EXIT_SUCCESS);
}
