/* SPDX-License-Identifier: BSD-2-Clause */

/* Simulated Linux-PAM: what a module calls, and what it provides. */
#ifndef _SECURITY_PAM_MODULES_H
#define _SECURITY_PAM_MODULES_H

#include <security/_pam_types.h>

#define PAM_PRELIM_CHECK		0x4000
#define PAM_UPDATE_AUTHTOK		0x2000
#define PAM_DATA_REPLACE		0x20000000
#define PAM_EXTERN			extern

#ifdef __cplusplus
extern "C" {
#endif

extern int pam_set_data(pam_handle_t *, const char *, void *,
    void (*)(pam_handle_t *, void *, int));
extern int pam_get_data(const pam_handle_t *, const char *, const void **);
extern int pam_get_user(pam_handle_t *, const char **, const char *);

extern int pam_sm_authenticate(pam_handle_t *, int, int, const char **);
extern int pam_sm_setcred(pam_handle_t *, int, int, const char **);
extern int pam_sm_acct_mgmt(pam_handle_t *, int, int, const char **);
extern int pam_sm_open_session(pam_handle_t *, int, int, const char **);
extern int pam_sm_close_session(pam_handle_t *, int, int, const char **);
extern int pam_sm_chauthtok(pam_handle_t *, int, int, const char **);

#ifdef __cplusplus
}
#endif

#endif
