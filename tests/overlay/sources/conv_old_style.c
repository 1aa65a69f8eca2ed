/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Pointers to a conversation without a prototype, and a definition in the style
 * before 1989.
 *
 * Home: linux-pam openpam apple solaris illumos
 * Standards: gnu99 gnu17
 * Warnings: some
 */
#include <security/pam_appl.h>
#include <stddef.h>

int start_old(int (*)(), void *, pam_handle_t **);
static int converse();

static struct pam_conv conv = { converse, NULL };

static int
converse(n, msg, resp, data)
	int n;
	struct pam_message **msg;
	struct pam_response **resp;
	void *data;
{
	(void)n;
	(void)msg;
	(void)data;
	*resp = NULL;
	return (PAM_CONV_ERR);
}

int
start_old(int (*function)(), void *data, pam_handle_t **pamh)
{
	int (*current)() = conv.conv;

	if (function != NULL)
		current = function;
	conv.conv = current;
	conv.appdata_ptr = data;
	return (pam_start("old", NULL, &conv, pamh));
}
