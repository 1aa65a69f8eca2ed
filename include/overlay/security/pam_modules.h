/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The overlay's <security/pam_modules.h>, for applications that include it to
 * have pam_get_user or PAM_PRELIM_CHECK.  What it declares again, which is half
 * of pam_appl.h on OpenPAM, is renamed as there.
 */
#ifndef PAMPORT_OVERLAY_PAM_MODULES_H
#define PAMPORT_OVERLAY_PAM_MODULES_H

#ifdef __GNUC__
#pragma GCC system_header
#endif

#include <security/pam_appl.h>

/* The native header defines them itself where it has them. */
enum {
	pamport__prelim_check = PAM_PRELIM_CHECK,
	pamport__update_authtok = PAM_UPDATE_AUTHTOK
};
#ifndef OPENPAM_VERSION
#undef PAM_PRELIM_CHECK
#undef PAM_UPDATE_AUTHTOK
#undef PAM_DATA_REPLACE
#endif

#include <pamport/rename.h>
#include_next <security/pam_modules.h>
#include <pamport/rename.h>

#ifndef PAM_DATA_REPLACE
#define PAM_DATA_REPLACE 0x20000000
#endif

/* A negative size here: <pamport/names.h> has another number than the system. */
typedef char pamport__prelim_check_agrees
    [pamport__prelim_check == PAM_PRELIM_CHECK ? 1 : -1];
typedef char pamport__update_authtok_agrees
    [pamport__update_authtok == PAM_UPDATE_AUTHTOK ? 1 : -1];

#endif /* PAMPORT_OVERLAY_PAM_MODULES_H */
