/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The overlay's <security/_pam_macros.h>: the native one on Linux-PAM, elsewhere
 * what applications use of it, which is to wipe and free answers.
 */
#ifndef PAMPORT_OVERLAY_PAM_MACROS_H
#define PAMPORT_OVERLAY_PAM_MACROS_H

#ifdef __GNUC__
#pragma GCC system_header
#endif

#include <security/pam_appl.h>

#ifdef __LINUX_PAM__
#include_next <security/_pam_macros.h>
#else

#include <stdlib.h>
#include <string.h>

#define _pam_overwrite_n(memory, size) \
	do { \
		volatile char *_pamport_byte = (volatile char *)(memory); \
		size_t _pamport_left = _pamport_byte == NULL ? 0 : (size); \
		while (_pamport_left-- > 0) \
			*_pamport_byte++ = 0; \
	} while (0)

#define _pam_overwrite(string) \
	_pam_overwrite_n(string, strlen(string))

#define _pam_drop(pointer) \
	do { \
		free(pointer); \
		(pointer) = NULL; \
	} while (0)

#define _pam_drop_reply(reply, replies) \
	do { \
		int _pamport_i; \
		for (_pamport_i = 0; (reply) != NULL && \
		    _pamport_i < (replies); _pamport_i++) { \
			if ((reply)[_pamport_i].resp == NULL) \
				continue; \
			_pam_overwrite((reply)[_pamport_i].resp); \
			free((reply)[_pamport_i].resp); \
		} \
		_pam_drop(reply); \
	} while (0)

#endif

#endif /* PAMPORT_OVERLAY_PAM_MACROS_H */
