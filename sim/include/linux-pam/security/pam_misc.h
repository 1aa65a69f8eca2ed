/* SPDX-License-Identifier: BSD-2-Clause */

/* Simulated Linux-PAM: libpam_misc. */
#ifndef __PAMMISC_H
#define __PAMMISC_H

#include <security/pam_appl.h>
#include <security/pam_client.h>
#include <security/_pam_macros.h>
#include <time.h>

#ifdef __cplusplus
extern "C" {
#endif

extern int misc_conv(int, const struct pam_message **, struct pam_response **,
    void *);

extern time_t pam_misc_conv_warn_time;
extern time_t pam_misc_conv_die_time;
extern const char *pam_misc_conv_warn_line;
extern const char *pam_misc_conv_die_line;
extern int pam_misc_conv_died;
extern int (*pam_binary_handler_fn)(void *, pamc_bp_t *);
extern void (*pam_binary_handler_free)(void *, pamc_bp_t *);

extern int pam_misc_paste_env(pam_handle_t *, const char *const *);
extern char **pam_misc_drop_env(char **);
extern int pam_misc_setenv(pam_handle_t *, const char *, const char *, int);

#ifdef __cplusplus
}
#endif

#endif
