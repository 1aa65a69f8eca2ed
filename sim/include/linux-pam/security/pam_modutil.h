/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Simulated Linux-PAM: helpers for modules.  Those that change privileges,
 * redirect descriptors or read files of settings are not simulated.
 */
#ifndef _SECURITY__PAM_MODUTIL_H
#define _SECURITY__PAM_MODUTIL_H

#include <sys/types.h>
#include <pwd.h>
#include <grp.h>
#include <shadow.h>
#include <security/_pam_types.h>

#define PAM_MODUTIL_NGROUPS		64

enum pam_modutil_redirect_fd {
	PAM_MODUTIL_IGNORE_FD,
	PAM_MODUTIL_PIPE_FD,
	PAM_MODUTIL_NULL_FD
};

#ifdef __cplusplus
extern "C" {
#endif

extern struct passwd *pam_modutil_getpwnam(pam_handle_t *, const char *);
extern struct passwd *pam_modutil_getpwuid(pam_handle_t *, uid_t);
extern struct group *pam_modutil_getgrnam(pam_handle_t *, const char *);
extern struct group *pam_modutil_getgrgid(pam_handle_t *, gid_t);
extern struct spwd *pam_modutil_getspnam(pam_handle_t *, const char *);
extern int pam_modutil_user_in_group_nam_nam(pam_handle_t *, const char *,
    const char *);
extern int pam_modutil_user_in_group_nam_gid(pam_handle_t *, const char *,
    gid_t);
extern int pam_modutil_user_in_group_uid_nam(pam_handle_t *, uid_t,
    const char *);
extern int pam_modutil_user_in_group_uid_gid(pam_handle_t *, uid_t, gid_t);
extern const char *pam_modutil_getlogin(pam_handle_t *);
extern int pam_modutil_read(int, char *, int);
extern int pam_modutil_write(int, const char *, int);

#ifdef __cplusplus
}
#endif

#endif
