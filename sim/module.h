/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Between the scriptable module and the file that knows the implementation.
 * Neither needs the simulation: both compile against the real headers too.
 */
#ifndef SIM_MODULE_H
#define SIM_MODULE_H

#include <stdbool.h>
#include <stddef.h>

#include <security/pam_appl.h>
#include <security/pam_modules.h>

#define MAX_MESSAGES		64

struct mod_name {
	const char *name;
	int number;
};

/* names_*.c: without "PAM_"; a NULL ends each. */
extern const struct mod_name mod_results[];
extern const struct mod_name mod_items[];
extern const char mod_family[];

int mod_number(const struct mod_name *, const char *, bool *);
const char *mod_name(const struct mod_name *, int);

/* module.c: one call of the module, and what reads its arguments. */
struct mod_call {
	pam_handle_t *pamh;
	const char *name;
	const char *id;
	const char *log;
	int argc;
	const char **argv;
	int failure;		/* of an action that the call needs */
};

void mod_log(const char *, const char *, ...);
const char *mod_result_text(int);
const char *mod_value(const char *, const char *);
const char *mod_option(int, const char **, const char *);

/* module_action.c */
void mod_act(struct mod_call *, const char *);

/* module_linux.c, ...: the native layout of messages, and the native calls. */
int mod_converse(const struct pam_conv *, int, const int *, char *const *,
    struct pam_response **);
int mod_get_item(pam_handle_t *, int, const void **);
int mod_get_user(pam_handle_t *, const char **, const char *);
int mod_get_token(pam_handle_t *, int, const char *, const char **, bool *);
int mod_tell(pam_handle_t *, bool, char *);
void mod_put_env(pam_handle_t *, const char *, char *, size_t);

#endif
