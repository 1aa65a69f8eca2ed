/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The header again and again, and a header of the program's own around it that
 * knows the handle's structure by its name.
 *
 * Home: linux-pam openpam apple solaris illumos
 * Also: c++
 */
struct pam_handle;
struct pam_conv;
struct pam_message;
struct pam_response;

extern int own_start(struct pam_handle **, const struct pam_conv *);

#include <security/pam_appl.h>
#include <security/pam_appl.h>

int
own_start(struct pam_handle **pamh, const struct pam_conv *conv)
{
	pam_handle_t *handle = 0;
	int error;

	error = pam_start("own", 0, conv, &handle);
	*pamh = handle;
	return (error);
}

#include <security/pam_appl.h>
