/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The source that adapts itself, built for a system with const.
 *
 * Home: linux-pam openpam apple illumos
 * Also: c++
 */
#include "const_dropped.c"
