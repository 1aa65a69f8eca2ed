/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which functions return a code.
 */
#ifndef PAMPORT_CMD_CODE_RETURNS_H
#define PAMPORT_CMD_CODE_RETURNS_H

#include <stdbool.h>

#include "cmd/names.h"

/* Calls each for the name of every function that returns this code. */
void code_returns(const struct name *name,
    void (*each)(const char *function, void *data), void *data);

/* Whether every call that runs modules may return it. */
bool code_is_common(const struct name *name);

#endif /* PAMPORT_CMD_CODE_RETURNS_H */
