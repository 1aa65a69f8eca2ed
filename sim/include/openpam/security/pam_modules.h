/* SPDX-License-Identifier: BSD-2-Clause */

/* Simulated OpenPAM: what a module provides. */
#ifndef SECURITY_PAM_MODULES_H_INCLUDED
#define SECURITY_PAM_MODULES_H_INCLUDED

#include <security/pam_types.h>
#include <security/pam_constants.h>
#include <security/openpam.h>

#ifdef __cplusplus
extern "C" {
#endif

PAM_EXTERN int pam_sm_authenticate(pam_handle_t *, int, int, const char **);
PAM_EXTERN int pam_sm_setcred(pam_handle_t *, int, int, const char **);
PAM_EXTERN int pam_sm_acct_mgmt(pam_handle_t *, int, int, const char **);
PAM_EXTERN int pam_sm_open_session(pam_handle_t *, int, int, const char **);
PAM_EXTERN int pam_sm_close_session(pam_handle_t *, int, int, const char **);
PAM_EXTERN int pam_sm_chauthtok(pam_handle_t *, int, int, const char **);

/* A module may use what an application may. */
int pam_set_item(pam_handle_t *, int, const void *);
int pam_get_item(const pam_handle_t *, int, const void **);
int pam_get_user(pam_handle_t *, const char **, const char *);
int pam_set_data(pam_handle_t *, const char *, void *,
    void (*)(pam_handle_t *, void *, int));
int pam_get_data(const pam_handle_t *, const char *, const void **);
int pam_putenv(pam_handle_t *, const char *);
const char *pam_getenv(pam_handle_t *, const char *);
char **pam_getenvlist(pam_handle_t *);
const char *pam_strerror(const pam_handle_t *, int);

#ifdef __cplusplus
}
#endif

#endif
