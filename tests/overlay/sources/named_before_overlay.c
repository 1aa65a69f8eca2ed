/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Both ways to the same names, in the other order.
 *
 * Home: none
 * Also: c++
 */
#include <pamport/pamport.h>
#include <pamport/pam_appl.h>
#include "named_after_overlay.c"
