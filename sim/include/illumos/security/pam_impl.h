/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Simulated illumos PAM: the private calls that its own modules use.
 * Needs <security/pam_appl.h> first.
 */
#ifndef _PAM_IMPL_H
#define _PAM_IMPL_H

#ifdef __cplusplus
extern "C" {
#endif

/* Where __pam_get_authtok() takes the token from. */
#define PAM_PROMPT			1
#define PAM_HANDLE			2

extern int __pam_get_authtok(pam_handle_t *, int, int, char *, char **);
extern int __pam_display_msg(pam_handle_t *, int, int,
    char [][PAM_MAX_MSG_SIZE], void *);
extern void __pam_log(int, const char *, ...);

#ifdef __cplusplus
}
#endif

#endif
