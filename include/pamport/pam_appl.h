/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The names of <security/pam_appl.h>, on every system, as functions of pamport.
 * The overlay's <security/pam_appl.h> is this file.
 *
 * Only the functions of that header are taken; what Linux-PAM declares in
 * pam_ext.h and pam_misc.h and OpenPAM in openpam.h comes with the headers of
 * these names, since programs use some of those names themselves.
 */
#ifndef PAMPORT_PAM_APPL_H
#define PAMPORT_PAM_APPL_H

#ifdef __GNUC__
#pragma GCC system_header
#endif

#include <pamport/pamport.h>
#define PAMPORT__DECLARED_APPL 1
#include <pamport/aliases.h>

#endif /* PAMPORT_PAM_APPL_H */
