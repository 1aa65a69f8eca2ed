/* SPDX-License-Identifier: BSD-2-Clause */

/* Simulated Linux-PAM: an older spelling that sources still use. */
#ifndef _PAM_COMPAT_H
#define _PAM_COMPAT_H

#define PAM_AUTHTOK_RECOVER_ERR		PAM_AUTHTOK_RECOVERY_ERR

#endif
