/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * <security/pam_ext.h> after the other two.
 *
 * Home: linux-pam
 * Native: security/pam_ext.h
 * Also: c++
 */
#include <security/pam_appl.h>
#include <security/pam_modules.h>
#include "ext_first.c"
