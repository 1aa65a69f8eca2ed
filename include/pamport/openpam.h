/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What OpenPAM has for applications in <security/openpam.h>, on every system
 * (rule 30).  The messages of <pamport/pam_ext.h> are there too.
 */
#ifndef PAMPORT_OPENPAM_H
#define PAMPORT_OPENPAM_H

#ifdef __GNUC__
#pragma GCC system_header
#endif

/* There are programs that count on these two. */
#include <stdarg.h>
#include <stdio.h>

#include <pamport/pam_ext.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * A conversation function for programs that run on a terminal: asks on
 * standard input and output if the former is a terminal, else on /dev/tty,
 * else on both as they are.  Errors go to standard error, texts to standard
 * output.  data is not used.
 * *resp and its strings are the caller's, to be wiped and freed; after a
 * failure *resp is NULL.
 * Returns PAM_BUF_ERR, PAM_CONV_ERR (no message or more than PAM_MAX_NUM_MSG,
 * with *resp as it was; an unknown style; end of input at a prompt, which
 * natively is an empty answer [h84]; else as pamport_misc_conv), PAM_SUCCESS.
 * Signals and threads: as pamport_misc_conv.
 */
int pamport_openpam_ttyconv(int n, PAMPORT_CONST struct pam_message **msg,
    struct pam_response **resp, void *data);

/* How many seconds each prompt may take; 0, the default, or less: any time. */
extern int pamport_openpam_ttyconv_timeout;

/*
 * A conversation function for programs that cannot ask anybody.
 * Returns PAM_CONV_ERR, always; touches nothing.
 */
int pamport_openpam_nullconv(int n, PAMPORT_CONST struct pam_message **msg,
    struct pam_response **resp, void *data);

/*
 * Sets, and reads into *on, a feature of OpenPAM's library: one number for
 * the whole process, to be set before the first handle is started.
 * Returns PAM_SYSTEM_ERR (on is NULL), PAM_BAD_FEATURE (unknown to this
 * library, which on L, S and A means each; *on is then as it was), PAM_SUCCESS.
 */
int pamport_openpam_set_feature(int feature, int on);
int pamport_openpam_get_feature(int feature, int *on);

/*
 * Sets a variable of the handle's environment, as setenv(3): if it is already
 * there and overwrite is 0, nothing happens.  The strings are copied.
 * Returns PAM_SYSTEM_ERR (NULL; a name that is empty or has a '=', with
 * errno EINVAL), PAM_BUF_ERR, =pamport_putenv.
 */
int pamport_setenv(pam_handle_t *pamh, const char *name, const char *value,
    int overwrite);

#ifdef __cplusplus
}
#endif

/* The features; on OpenPAM they are enumerators of the same numbers. */
#ifndef PAMPORT__BUILDING
#undef OPENPAM_RESTRICT_SERVICE_NAME
#define OPENPAM_RESTRICT_SERVICE_NAME 0
#undef OPENPAM_VERIFY_POLICY_FILE
#define OPENPAM_VERIFY_POLICY_FILE 1
#undef OPENPAM_RESTRICT_MODULE_NAME
#define OPENPAM_RESTRICT_MODULE_NAME 2
#undef OPENPAM_VERIFY_MODULE_FILE
#define OPENPAM_VERIFY_MODULE_FILE 3
#undef OPENPAM_FALLBACK_TO_OTHER
#define OPENPAM_FALLBACK_TO_OTHER 4
#undef OPENPAM_NUM_FEATURES
#define OPENPAM_NUM_FEATURES 5
#endif

#define PAMPORT__DECLARED_OPENPAM 1
#include <pamport/aliases.h>

#endif /* PAMPORT_OPENPAM_H */
