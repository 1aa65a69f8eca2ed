/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * use [DIRECTORY]: authenticates "nobody" with the service "use", of DIRECTORY
 * if that is given, and says which PAM it was and what came out.
 *
 * The program that every folder beside this file builds in its own way, in C and
 * in C++, with pamport or, where that is optional, without.
 */
#ifdef NAMED
#include <pamport/pam_appl.h>
#else
#include <security/pam_appl.h>
#endif

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef PAMPORT_VERSION

static const char *
name_pam(void)
{
	if (strcmp(pamport_version(), PAMPORT_VERSION) != 0 ||
	    strcmp(pamport_code_name(PAM_CONV_ERR), "PAM_CONV_ERR") != 0)
		return ("another pamport");
	return ("pamport");
}

static int
start(const char *directory, const struct pam_conv *conv, pam_handle_t **pamh)
{
	if (directory == NULL)
		return (pam_start("use", "nobody", conv, pamh));
	return (pam_start_confdir("use", "nobody", conv, directory, pamh));
}

#else

static const char *
name_pam(void)
{
	return ("plain libpam");
}

static int
start(const char *directory, const struct pam_conv *conv, pam_handle_t **pamh)
{
	(void)directory;
	return (pam_start("use", "nobody", conv, pamh));
}

#endif

static int
converse(int count, const struct pam_message **messages,
    struct pam_response **responses, void *data)
{
	(void)count;
	(void)messages;
	(void)responses;
	(void)data;
	return (PAM_CONV_ERR);
}

int
main(int argc, char **argv)
{
	struct pam_conv conv = { converse, NULL };
	pam_handle_t *pamh = NULL;
	int code;

	code = start(argc > 1 ? argv[1] : NULL, &conv, &pamh);
	if (code != PAM_SUCCESS) {
		fprintf(stderr, "use: no handle: %d\n", code);
		return (EXIT_FAILURE);
	}
	code = pam_authenticate(pamh, PAM_SILENT);
	printf("%s: %s\n", name_pam(), pam_strerror(pamh, code));
	if (pam_end(pamh, code) != PAM_SUCCESS)
		return (EXIT_FAILURE);
	return (EXIT_SUCCESS);
}
