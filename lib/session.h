/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the files session*.c share: session.c is the life of a session and what
 * is known of it, session_login.c who it is, session_open.c the way out and back,
 * session_process.c what happens around fork, session_env.c the environment,
 * session_record.c the record, session_accounting.c login records.
 */
#ifndef PAMPORT_LIB_SESSION_H
#define PAMPORT_LIB_SESSION_H

#include "lib/internal.h"
#include "lib/record.h"
#include <pamport/session.h>

#define PAMPORT__SESSION_OPTIONS (PAMPORT_SESSION_RECORD + 1)

struct pamport_session {
	pam_handle_t *handle;		/* NULL: start failed, or forgotten */
	pid_t starter;			/* the process that may use it */
	unsigned long generation;	/* how many forks it is from the first */
	enum pamport_session_state state;
	int option[PAMPORT__SESSION_OPTIONS];
	char **left_out;		/* NULL: the default list */
	char *service;
	char *confdir;			/* NULL: the system's */
	char *start_user;		/* NULL: none was given */
	char *told_user;		/* whom the caller knows of (rule 36) */
	char *user;			/* whom it was told of last */

	/* What the way back has to undo. */
	bool has_credentials;
	bool is_open;

	/* Login records. */
	bool has_login;
	unsigned int left_to_modules;
	struct pamport__login login;

	/* The record: id is "" while there is none. */
	char id[PAMPORT__ID_SIZE];
	bool is_attached;		/* another process opened it */
	bool is_tty_invented;		/* see rule 35: no login is on it */
	enum pamport_record_phase phase;
	bool is_given_up;		/* it is there, and out of date */
	struct pamport__directory directory;
	const char *record_work;	/* completes "cannot ..."; NULL: none */
	int lock;			/* while it is being closed */
	char **environment_before;	/* as it was before opening */

	int result;			/* of the last call, for pam_end */
	bool has_failed;		/* in the call that is under way */
	struct pamport_session_error error;
	char message[512];
	char warning[512];
};

/* --- session.c --- */

/* Without a handle; NULL: no memory. */
pamport_session *pamport__session_new(const char *service, const char *user,
    const char *confdir);

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

/* What is no failure; the first one counts. */
void pamport__session_warn(pamport_session *session,
    enum pamport_session_step step, const char *format, ...)
    PAMPORT__PRINTF(3, 4);
/* The failure of this call is none; with a warning in its place. */
void pamport__session_unfail(pamport_session *session);
void pamport__session_let_pass(pamport_session *session);

/*
 * One call that runs modules, with SIGCHLD as they need it, and its failure
 * remembered.
 */
int pamport__session_run(pamport_session *session,
    enum pamport_session_step step, int (*call)(pam_handle_t *, int),
    int flags);

/* Whether this is the process that may use it. */
bool pamport__session_is_ours(const pamport_session *session);

/* The handle, NULL where it is not this process's any more. */
pam_handle_t *pamport__session_handle(const pamport_session *session);

/* PAM_USER, of the handle. */
const char *pamport__session_pam_user(const pamport_session *session);

/*
 * confdir.c: why a start with this private directory cannot have succeeded; ""
 * where nothing is to be said of it, which may be NULL.  Without a service only
 * the directory is looked at.
 */
void pamport__explain_confdir(const char *confdir, const char *service,
    char *why, size_t size);
/* Likewise of any directory: why it is none. */
void pamport__explain_directory(const char *path, char *why, size_t size);

/* --- session_open.c --- */

/* The way back, without asking who may take it. */
void pamport__session_take_back(pamport_session *session);

/* --- session_record.c: the record, around open and close --- */

/* Whether there is one, with all that was done. */
bool pamport__session_has_record(const pamport_session *session);
/* Before anything is done; PAM_SUCCESS also where none is asked for. */
int pamport__session_begin_record(pamport_session *session);
/* Before a step: "began ...\n". */
int pamport__session_note_step(pamport_session *session, const char *line);
/* On the way back: the session is closed, or did not open. */
void pamport__session_note_end(pamport_session *session);
/* When all is open. */
int pamport__session_finish_record(pamport_session *session);
/*
 * A daemon may have closed the directory's descriptor: opens it again.  0 or an
 * error.
 */
int pamport__session_reach_record(pamport_session *session);
/* Before the way back; then behind it. */
int pamport__session_claim(pamport_session *session);
void pamport__session_drop_record(pamport_session *session);
/* At the end: tries once more where it could not be removed. */
void pamport__session_forget_record(pamport_session *session);
/*
 * A failure of the step RECORD, about the directory if that is what cannot be
 * had, else about the record's file in it; work completes "cannot ...".
 */
int pamport__session_refuse_record(pamport_session *session, int code,
    const char *work, int error);
/* The lock of what is being closed is let go. */
void pamport__session_unlock(pamport_session *session);
/*
 * The record tells of a login before it is written: whoever closes after a kill
 * in between finds no entry, or takes it away.
 */
int pamport__session_announce_login(pamport_session *session);

/* --- session_accounting.c: login records --- */

/* PAM_SUCCESS also where nothing could be written: that is a warning. */
int pamport__session_log_in(pamport_session *session);
/*
 * false: another process ended the login, which was all there was to go by; or it
 * cannot be ended, and the session stays open.
 */
bool pamport__session_log_out(pamport_session *session);

/* --- attach.c --- */

/*
 * A session of a record in that phase; the directory stays the caller's.  One that
 * is closing is claimed with it.
 */
int pamport__attach(const struct pamport__directory *directory,
    const char *id, enum pamport_record_phase phase,
    const struct pam_conv *conv, pamport_session **session);

/* --- session_process.c --- */

/* Lets go of the handle without undoing what belongs to the parent. */
void pamport__session_forget(pamport_session *session);

/* --- fork.c: which process this is, even where two have the same number --- */
unsigned long pamport__fork_generation(void);
bool pamport__forks_are_counted(void);	/* false: no memory for it */

/* --- sigchld.c: around everything that runs modules (rule 37) --- */
void pamport__sigchld_default(void);
void pamport__sigchld_restore(void);
void pamport__sigchld_reset(void);	/* in a child, which has one thread */

#endif /* PAMPORT_LIB_SESSION_H */
