/* SPDX-License-Identifier: BSD-2-Clause */

/* Simulated Linux-PAM: prompts, tokens and logging for modules. */
#ifndef _SECURITY__PAM_EXT_H_
#define _SECURITY__PAM_EXT_H_

#include <security/_pam_types.h>
#include <stdarg.h>

#ifdef __cplusplus
extern "C" {
#endif

extern void pam_vsyslog(const pam_handle_t *, int, const char *, va_list)
    PAM_FORMAT((printf, 3, 0));
extern void pam_syslog(const pam_handle_t *, int, const char *, ...)
    PAM_FORMAT((printf, 3, 4));
extern int pam_vprompt(pam_handle_t *, int, char **, const char *, va_list)
    PAM_FORMAT((printf, 4, 0));
extern int pam_prompt(pam_handle_t *, int, char **, const char *, ...)
    PAM_FORMAT((printf, 4, 5));

/* Macros in the original too: the library exports none of the four. */
#define pam_error(handle, ...) \
	pam_prompt((handle), PAM_ERROR_MSG, NULL, __VA_ARGS__)
#define pam_verror(handle, format, arguments) \
	pam_vprompt((handle), PAM_ERROR_MSG, NULL, (format), (arguments))
#define pam_info(handle, ...) \
	pam_prompt((handle), PAM_TEXT_INFO, NULL, __VA_ARGS__)
#define pam_vinfo(handle, format, arguments) \
	pam_vprompt((handle), PAM_TEXT_INFO, NULL, (format), (arguments))

extern int pam_get_authtok(pam_handle_t *, int, const char **, const char *);
extern int pam_get_authtok_noverify(pam_handle_t *, const char **,
    const char *);
extern int pam_get_authtok_verify(pam_handle_t *, const char **, const char *);

#ifdef __cplusplus
}
#endif

#endif
