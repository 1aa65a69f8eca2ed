/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the files session*.c share: session.c is the life of a session and what
 * is known of it, session_login.c who it is, session_open.c the way out and back,
 * session_process.c what happens around fork, session_env.c the environment.
 */
#ifndef PAMPORT_LIB_SESSION_H
#define PAMPORT_LIB_SESSION_H

#include "lib/internal.h"
#include <pamport/session.h>

#define PAMPORT__SESSION_OPTIONS (PAMPORT_SESSION_STRICT + 1)

struct pamport_session {
	pam_handle_t *handle;		/* NULL: start failed, or forgotten */
	pid_t starter;			/* the process that may use it */
	enum pamport_session_state state;
	int option[PAMPORT__SESSION_OPTIONS];
	char **left_out;		/* NULL: the default list */
	char *service;
	char *told_user;		/* whom the caller knows of (rule 36) */

	/* What the way back has to undo. */
	bool has_credentials;
	bool is_open;

	int result;			/* of the last call, for pam_end */
	bool has_failed;		/* in the call that is under way */
	struct pamport_session_error error;
	char message[512];
};

/* --- session.c --- */

/*
 * The beginning of every call: whether it may go on, in this process and in
 * this state; states is a sum of PAMPORT__STATE.  If not, the error is set.
 */
#define PAMPORT__STATE(name) (1U << PAMPORT_SESSION_##name)
#define PAMPORT__ANY_STATE (~0U)
bool pamport__session_begin(pamport_session *session, const char *function,
    unsigned int states);

/*
 * Remembers a failure, if it is the first of this call; format says what failed
 * in other words than the step's.  Returns code.
 */
int pamport__session_fail(pamport_session *session,
    enum pamport_session_step step, int code);
int pamport__session_refuse(pamport_session *session,
    enum pamport_session_step step, int code, const char *format, ...)
    PAMPORT__PRINTF(4, 5);

/*
 * One call that runs modules, with SIGCHLD as they need it, and its failure
 * remembered.
 */
int pamport__session_run(pamport_session *session,
    enum pamport_session_step step, int (*call)(pam_handle_t *, int),
    int flags);

/* PAM_USER, of the handle. */
const char *pamport__session_pam_user(const pamport_session *session);

/* --- session_process.c --- */

/* Lets go of the handle without undoing what belongs to the parent. */
void pamport__session_forget(pamport_session *session);

/* --- sigchld.c: around everything that runs modules (rule 37) --- */
void pamport__sigchld_default(void);
void pamport__sigchld_restore(void);

#endif /* PAMPORT_LIB_SESSION_H */
