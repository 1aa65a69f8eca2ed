/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What Linux-PAM has in libpam_misc, on every system (rule 30).
 */
#ifndef PAMPORT_PAM_MISC_H
#define PAMPORT_PAM_MISC_H

#ifdef __GNUC__
#pragma GCC system_header
#endif

/* The library itself keeps the native names. */
#ifdef PAMPORT__BUILDING
#include <pamport/pamport.h>
#else
#include <pamport/pam_appl.h>
#endif

/* What Linux-PAM's header includes; there are programs that count on it. */
#include <sys/types.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/*
 * A binary prompt: four bytes that give the length of the whole, the most
 * significant first, one of control, and data.  Linux-PAM's pam_client.h has
 * a type for it, which its programs use; elsewhere it is a pointer.
 */
#ifdef PAM_CLIENT_H
typedef pamc_bp_t pamport_binary_prompt;
#else
typedef void *pamport_binary_prompt;
#endif

#ifdef __cplusplus
extern "C" {
#endif

/*
 * A conversation function for programs that run on a terminal: reads answers
 * from standard input, writes prompts and errors to standard error, texts to
 * standard output.  data goes to the handlers of binary prompts only.
 * *resp and its strings are the caller's, to be wiped and freed; after a
 * failure *resp is what it was.
 * Returns PAM_BUF_ERR, PAM_CONV_ERR (no message; an unknown style; end of input
 * at a prompt, for which L reports success without an answer [h84]; a line of
 * PAM_MAX_RESP_SIZE bytes or more or with a NUL byte, which is read to its end
 * and forgotten, never cut; the time is up; a signal), PAM_SUCCESS.
 * Signals: HUP, INT, QUIT, TERM and ALRM, unless ignored, are held until the
 * terminal is as it was, then given to the program's own handler; if that
 * returns, the result is PAM_CONV_ERR.  After a stop the prompt is repeated.
 * Handlers belong to the whole process: one thread at a time may be in here or
 * in pamport_openpam_ttyconv.  Messages are read as msg[i]->msg, which is
 * right for every handle of pamport's.
 */
int pamport_misc_conv(int n, PAMPORT_CONST struct pam_message **msg,
    struct pam_response **resp, void *data);

/*
 * Times as time(2) gives them, 0 for none: when to warn, after which warn_time
 * is 0 again, and when to give up, after which died is 1 until the program
 * clears it.  The lines belong to the program and say what is then written to
 * standard error.
 */
extern time_t pamport_misc_conv_warn_time;
extern time_t pamport_misc_conv_die_time;
extern const char *pamport_misc_conv_warn_line;
extern const char *pamport_misc_conv_die_line;
extern int pamport_misc_conv_died;

/*
 * Answers a binary prompt: *prompt is a copy from malloc, to be replaced by the
 * answer; returns PAM_SUCCESS or a failure.  NULL, the default: PAM_CONV_ERR.
 * The other forgets such a block when the conversation failed; the default
 * wipes and frees it.
 */
extern int (*pamport_binary_handler_fn)(void *data,
    pamport_binary_prompt *prompt);
extern void (*pamport_binary_handler_free)(void *data,
    pamport_binary_prompt *prompt);

/*
 * Sets a variable of the handle's environment; readonly: only if it is not yet
 * there.  The strings are copied.
 * Returns PAM_SYSTEM_ERR (NULL), PAM_BAD_ITEM (an empty name), PAM_PERM_DENIED
 * (readonly and there), PAM_BUF_ERR, =pamport_putenv.
 */
int pamport_misc_setenv(pam_handle_t *pamh, const char *name,
    const char *value, int readonly);

/*
 * Gives each NAME=VALUE of an array that ends with NULL to pamport_putenv, up
 * to the first that fails.  The array may be NULL.
 * Returns PAM_SYSTEM_ERR (NULL handle), =pamport_putenv.
 */
int pamport_misc_paste_env(pam_handle_t *pamh,
    const char *const *environment);

/*
 * Wipes and frees what pamport_getenvlist returned; NULL is nothing.
 * Returns NULL, so that the caller can forget the pointer at once.
 */
char **pamport_misc_drop_env(char **environment);

#ifdef __cplusplus
}
#endif

#define PAMPORT__DECLARED_MISC 1
#include <pamport/aliases.h>

#endif /* PAMPORT_PAM_MISC_H */
