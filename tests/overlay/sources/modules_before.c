/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * <security/pam_modules.h> before <security/pam_appl.h>.
 *
 * Home: linux-pam openpam apple
 * Also: c++
 */
#include <security/pam_modules.h>
#include "modules_after.c"
