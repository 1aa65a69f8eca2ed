/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The overlay's <security/pam_ext.h>.  Where Linux-PAM has one it is read
 * first, for what pamport does not replace (pam_syslog, pam_get_authtok); what
 * pamport does replace is renamed while it is read.
 * One that belongs to another implementation than pam_appl.h is left alone.
 */
#ifndef PAMPORT_OVERLAY_PAM_EXT_H
#define PAMPORT_OVERLAY_PAM_EXT_H

#ifdef __GNUC__
#pragma GCC system_header
#endif

#include <security/pam_appl.h>

#ifdef __LINUX_PAM__
# ifndef __has_include_next
#  define PAMPORT__NATIVE_PAM_EXT 1
# elif __has_include_next(<security/pam_ext.h>)
#  define PAMPORT__NATIVE_PAM_EXT 1
# endif
#endif

#ifdef PAMPORT__NATIVE_PAM_EXT
#include <pamport/rename.h>
#include_next <security/pam_ext.h>
#include <pamport/rename.h>
#endif

#include <pamport/pam_ext.h>
#include <pamport/aliases.h>

#endif /* PAMPORT_OVERLAY_PAM_EXT_H */
