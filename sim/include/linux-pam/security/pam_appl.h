/* SPDX-License-Identifier: BSD-2-Clause */

/* Simulated Linux-PAM: what an application calls. */
#ifndef _SECURITY_PAM_APPL_H
#define _SECURITY_PAM_APPL_H

#include <security/_pam_types.h>

#ifdef __cplusplus
extern "C" {
#endif

extern int pam_start(const char *, const char *, const struct pam_conv *,
    pam_handle_t **);
extern int pam_start_confdir(const char *, const char *,
    const struct pam_conv *, const char *, pam_handle_t **);
extern int pam_end(pam_handle_t *, int);
extern int pam_authenticate(pam_handle_t *, int);
extern int pam_setcred(pam_handle_t *, int);
extern int pam_acct_mgmt(pam_handle_t *, int);
extern int pam_open_session(pam_handle_t *, int);
extern int pam_close_session(pam_handle_t *, int);
extern int pam_chauthtok(pam_handle_t *, int);

#ifdef __cplusplus
}
#endif

#endif
