/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Simulated illumos PAM: what a module calls, and what it provides.
 * As in the original, <security/pam_appl.h> has to be read first.
 */
#ifndef _PAM_MODULES_H
#define _PAM_MODULES_H

#ifdef __cplusplus
extern "C" {
#endif

#define PAM_PRELIM_CHECK		0x1
#define PAM_UPDATE_AUTHTOK		0x2

extern int pam_set_data(pam_handle_t *, const char *, void *,
    void (*)(pam_handle_t *, void *, int));
extern int pam_get_data(const pam_handle_t *, const char *, const void **);

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
