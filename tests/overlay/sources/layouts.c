/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The messages through both layouts, chosen by what the header says, as four
 * programs do; the text goes to a pointer to const.
 *
 * Home: linux-pam openpam apple illumos
 * Also: c++
 */
#include <security/pam_appl.h>
#include <stddef.h>

#if defined(__LINUX_PAM__) || defined(OPENPAM_VERSION)
#define MESSAGE(msg, i) ((msg)[i])
#else
#define MESSAGE(msg, i) (&(*(msg))[i])
#endif

int longest(int, const struct pam_message **);

int
longest(int n, const struct pam_message **msg)
{
	const char *text;
	int i, best = 0;

	for (i = 0; i < n; i++) {
		text = MESSAGE(msg, i)->msg;
		if (text != NULL && text[0] > MESSAGE(msg, best)->msg[0])
			best = i;
	}
	return (best);
}
