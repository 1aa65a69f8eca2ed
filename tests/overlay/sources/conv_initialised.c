/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Conversations filled at file scope in all the ways that programs have.
 *
 * Home: linux-pam openpam apple illumos
 */
#include <security/pam_appl.h>
#include <stddef.h>

static int converse(int, const struct pam_message **, struct pam_response **,
    void *);
extern int converse_elsewhere(int, const struct pam_message **,
    struct pam_response **, void *);
extern struct pam_conv public_conv;
int start_with(int, pam_handle_t **);

static char password[PAM_MAX_RESP_SIZE];

static struct pam_conv by_place = { converse, NULL };
static struct pam_conv by_place_with_data = { &converse, password };
static const struct pam_conv by_name = {
	.conv = converse,
	.appdata_ptr = password
};
static const struct pam_conv by_name_in_part = { .conv = converse };
static struct pam_conv several[] = {
	{ converse, password },
	{ converse_elsewhere, (void *)password },
	{ .appdata_ptr = password, .conv = converse }
};
static struct {
	const char *service;
	struct pam_conv conv;
} nested = { "nested", { converse, password } };
struct pam_conv public_conv = { converse_elsewhere, NULL };

static int
converse(int n, const struct pam_message **msg, struct pam_response **resp,
    void *data)
{
	(void)data;
	*resp = NULL;
	return (n > 0 && msg[n - 1]->msg[0] == '\0' ? PAM_SUCCESS :
	    PAM_CONV_ERR);
}

int
start_with(int which, pam_handle_t **pamh)
{
	const struct pam_conv *conv[] = {
		&by_place, &by_place_with_data, &by_name, &by_name_in_part,
		&several[0], &several[1], &several[2], &nested.conv,
		&public_conv
	};
	struct pam_conv local = { converse, pamh };

	if (which < 0)
		return (pam_start(nested.service, NULL, &local, pamh));
	if (which == 0)
		return (pam_start("literal", NULL,
		    &(struct pam_conv){ converse, pamh }, pamh));
	return (pam_start("table", NULL, conv[which], pamh));
}
