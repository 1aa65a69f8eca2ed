/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Simulated Linux-PAM: helpers that conversation functions and modules use.
 * They expand to plain C; the caller brings <stdlib.h> and <string.h>, which
 * the original also reads here.
 */
#ifndef PAM_MACROS_H
#define PAM_MACROS_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define x_strdup(s)	((s) != NULL ? strdup(s) : NULL)

#define _pam_overwrite(x) \
	do { \
		volatile char *pam_wipe_ = (x); \
		while (pam_wipe_ != NULL && *pam_wipe_ != '\0') \
			*pam_wipe_++ = '\0'; \
	} while (0)

#define _pam_overwrite_n(x, n) \
	do { \
		volatile char *pam_wipe_ = (x); \
		size_t pam_left_ = (n); \
		while (pam_wipe_ != NULL && pam_left_-- > 0) \
			*pam_wipe_++ = '\0'; \
	} while (0)

#define _pam_drop(x) \
	do { \
		free(x); \
		(x) = NULL; \
	} while (0)

#define _pam_drop_reply(reply, replies) \
	do { \
		int pam_nth_; \
		for (pam_nth_ = 0; (reply) != NULL && \
		    pam_nth_ < (replies); pam_nth_++) { \
			_pam_overwrite((reply)[pam_nth_].resp); \
			free((reply)[pam_nth_].resp); \
		} \
		_pam_drop(reply); \
	} while (0)

#ifndef D
#define D(arguments)	do { } while (0)
#endif

#endif
