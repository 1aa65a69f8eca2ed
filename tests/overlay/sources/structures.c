/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The structures behind items that only some systems have.
 *
 * Home: none
 * Also: c++
 */
#include <security/pam_appl.h>

int set_structures(pam_handle_t *, char *, char *);

int
set_structures(pam_handle_t *pamh, char *text, char *other)
{
	struct pam_repository repository = { text, other, sizeof(int) };
	struct pam_xauth_data xauth;
	const struct pam_repository *back = 0;

	xauth.name = text;
	xauth.namelen = 1;
	xauth.data = other;
	xauth.datalen = 2;
	if (pam_set_item(pamh, PAM_XAUTHDATA, &xauth) != PAM_SUCCESS ||
	    pam_set_item(pamh, PAM_REPOSITORY, &repository) != PAM_SUCCESS ||
	    pam_set_item(pamh, PAM_RESOURCE, "zone") != PAM_SUCCESS ||
	    pam_set_item(pamh, PAM_AUSER, text) != PAM_SUCCESS ||
	    pam_set_item(pamh, PAM_XDISPLAY, ":0") != PAM_SUCCESS ||
	    pam_set_item(pamh, PAM_AUTHTOK_PROMPT, "again: ") != PAM_SUCCESS ||
	    pam_get_item(pamh, PAM_REPOSITORY, (const void **)&back) !=
	    PAM_SUCCESS)
		return (PAM_BAD_ITEM);
	return (back->scope_len == repository.scope_len ? PAM_SUCCESS :
	    PAM_CONV_AGAIN);
}
