/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The same in a source that has const elsewhere: PAMPORT_GETENV_COPY.
 *
 * Home: none
 * Also: c++
 * Flags: -DPAMPORT_GETENV_COPY
 */
#include <security/pam_appl.h>
#include <stdlib.h>

int has_zone(pam_handle_t *, const struct pam_conv *);
int converse(int, const struct pam_message **, struct pam_response **, void *);
extern const struct pam_conv conversation;

const struct pam_conv conversation = { converse, NULL };

int
has_zone(pam_handle_t *pamh, const struct pam_conv *conv)
{
	char *zone = pam_getenv(pamh, "TZ");

	free(zone);
	return (zone != NULL && conv != NULL);
}
