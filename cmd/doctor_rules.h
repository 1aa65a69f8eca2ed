/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The probes of single rules in doctor_handle.c, for the table in
 * doctor_rules.c; data is the struct bench.
 */
#ifndef PAMPORT_CMD_DOCTOR_RULES_H
#define PAMPORT_CMD_DOCTOR_RULES_H

#include "cmd/doctor.h"

/* FOUND_NO, and why. */
enum finding broken(char *text, size_t size, const char *format, ...)
    PAMPORT__PRINTF(3, 4);

probe_function rule_strict_service;
probe_function rule_end;
probe_function rule_unknown_item;
probe_function rule_private_items;
probe_function rule_tokens;
probe_function rule_conv;
probe_function rule_self_set;
probe_function rule_putenv;
probe_function rule_getenv;
probe_function rule_getenvlist;
probe_function rule_session_flags;
probe_function rule_one_action;
probe_function rule_passes;
probe_function rule_functions;
probe_function rule_close_needs_open;
probe_function rule_needs_root;

#endif /* PAMPORT_CMD_DOCTOR_RULES_H */
