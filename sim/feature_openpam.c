/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The features of OpenPAM, which Apple's fork does not have.
 */
#include <stdlib.h>
#include <string.h>

#include "bsd.h"

int
openpam_set_feature(int feature, int on)
{
	if (feature < 0 || feature >= OPENPAM_NUM_FEATURES)
		return (PAM_BAD_FEATURE);
	sim_bsd_feature[feature] = on != 0;
	return (PAM_SUCCESS);
}

int
openpam_get_feature(int feature, int *on)
{
	if (feature < 0 || feature >= OPENPAM_NUM_FEATURES)
		return (PAM_BAD_FEATURE);
	*on = sim_bsd_feature[feature];
	return (PAM_SUCCESS);
}

/* Expand the letters of a template into a buffer, as far as it goes. */
int
openpam_subst(const pam_handle_t *pamh, char *buffer, size_t *size,
    const char *template)
{
	char *text;
	size_t n, needed;
	int result = PAM_SUCCESS;

	if ((text = sim_bsd_expand(pamh, template)) == NULL)
		return (PAM_BUF_ERR);
	needed = strlen(text) + 1;
	if (needed > *size)
		result = PAM_TRY_AGAIN;
	n = needed < *size ? needed : *size;
	if (buffer != NULL && n > 0) {
		memcpy(buffer, text, n - 1);
		buffer[n - 1] = '\0';
	}
	*size = needed;
	free(text);
	return (result);
}

/* Add a character to a string that grows. */
int
openpam_straddch(char **text, size_t *size, size_t *length, int ch)
{
	char *grown;

	if (*text == NULL) {
		*size = 0;
		*length = 0;
	}
	if (*length + 2 > *size) {
		if ((grown = realloc(*text, *size + 32)) == NULL)
			return (-1);
		*text = grown;
		*size += 32;
	}
	if (ch != 0)
		(*text)[(*length)++] = (char)ch;
	(*text)[*length] = '\0';
	return (0);
}
