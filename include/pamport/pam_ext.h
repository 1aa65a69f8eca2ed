/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Messages and questions through a handle's conversation (rule 30), for
 * applications; Linux-PAM has them in <security/pam_ext.h>, OpenPAM in
 * <security/openpam.h>, Solaris not at all.
 *
 * pam_syslog is not taken: programs define one of their own.
 */
#ifndef PAMPORT_PAM_EXT_H
#define PAMPORT_PAM_EXT_H

#ifdef __GNUC__
#pragma GCC system_header
#endif

/* The library itself keeps the native names. */
#ifdef PAMPORT__BUILDING
#include <pamport/pamport.h>
#else
#include <pamport/pam_appl.h>
#endif

#include <stdarg.h>

#ifdef __GNUC__
#define PAMPORT_FORMAT(format, first) \
	__attribute__((__format__(__printf__, format, first)))
#else
#define PAMPORT_FORMAT(format, first)
#endif

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Formats a text as printf(3) does and gives it to the handle's conversation
 * as one message of style.  *response is the answer, which the caller wipes
 * and frees, or NULL; it is NULL after every failure.  response may be NULL.
 * Returns PAM_SYSTEM_ERR (NULL handle or format), PAM_BUF_ERR (no memory; a
 * format that printf refuses; in strict mode a text of PAM_MAX_MSG_SIZE bytes
 * or more), PAM_CONV_ERR (no conversation; a prompt without an answer),
 * =the conversation.
 * Differs: O cuts a long text natively; ours is whole on every system.  L and
 * O say PAM_SYSTEM_ERR natively where there is no conversation (rule 9).
 */
int pamport_vprompt(const pam_handle_t *pamh, int style, char **response,
    const char *format, va_list arguments) PAMPORT_FORMAT(4, 0);
int pamport_prompt(const pam_handle_t *pamh, int style, char **response,
    const char *format, ...) PAMPORT_FORMAT(4, 5);

/*
 * The same with style PAM_TEXT_INFO or PAM_ERROR_MSG and no answer: one that
 * the conversation gives all the same is wiped and freed.
 * Returns =pamport_vprompt.
 */
int pamport_vinfo(const pam_handle_t *pamh, const char *format,
    va_list arguments) PAMPORT_FORMAT(2, 0);
int pamport_info(const pam_handle_t *pamh, const char *format, ...)
    PAMPORT_FORMAT(2, 3);
int pamport_verror(const pam_handle_t *pamh, const char *format,
    va_list arguments) PAMPORT_FORMAT(2, 0);
int pamport_error(const pam_handle_t *pamh, const char *format, ...)
    PAMPORT_FORMAT(2, 3);

#ifdef __cplusplus
}
#endif

#define PAMPORT__DECLARED_EXT 1
#include <pamport/aliases.h>

#endif /* PAMPORT_PAM_EXT_H */
