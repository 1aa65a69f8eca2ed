/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pamport sessions: authentication, credentials and session in the one order
 * that works on every Unix (contract rules 33 to 39).
 *
 *	start -> authenticate -> open -> close -> free
 *
 * A call in another order does nothing but return PAM_SYSTEM_ERR and say which
 * state it met; a step that fails takes back what the steps before it did; what
 * was not opened is never closed.  pamport_session(3) has the diagram, and says
 * whose practice each choice follows.
 *
 * Conventions of the whole header.  Functions that return int return a PAM code:
 * PAM_SUCCESS, PAM_SYSTEM_ERR for a NULL session or a call in the wrong state,
 * and what is named there.  After a failure pamport_session_error tells the step,
 * both codes and a sentence.  Strings given are copied.  A session belongs to
 * one thread at a time, and one process has one open session at a time: modules
 * change the whole process.
 */
#ifndef PAMPORT_SESSION_H
#define PAMPORT_SESSION_H

#ifdef __GNUC__
#pragma GCC system_header
#endif

#include <sys/types.h>

#include <pamport/pamport.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct pamport_session pamport_session;

enum pamport_session_state {
	PAMPORT_SESSION_NEW,		/* nobody is authenticated */
	PAMPORT_SESSION_DENIED,		/* the last authentication failed */
	PAMPORT_SESSION_READY,		/* authenticated, or vouched for */
	PAMPORT_SESSION_OPEN,
	PAMPORT_SESSION_CLOSED,		/* or opening failed: over in any case */
	PAMPORT_SESSION_CHILD		/* another process has it */
};

/* What was done when a call failed. */
enum pamport_session_step {
	PAMPORT_STEP_NONE,		/* nothing has failed */
	PAMPORT_STEP_ORDER,		/* a call in the wrong state */
	PAMPORT_STEP_START,
	PAMPORT_STEP_ITEM,
	PAMPORT_STEP_AUTHENTICATE,
	PAMPORT_STEP_ACCOUNT,
	PAMPORT_STEP_CHANGE_PASSWORD,
	PAMPORT_STEP_USER,		/* a module changed or lost the user */
	PAMPORT_STEP_PRIVILEGE,		/* the effective uid is not 0 */
	PAMPORT_STEP_ESTABLISH,
	PAMPORT_STEP_OPEN,
	PAMPORT_STEP_REINITIALIZE,
	PAMPORT_STEP_CLOSE,
	PAMPORT_STEP_DELETE,
	PAMPORT_STEP_ENVIRONMENT,
	PAMPORT_STEP_WAIT,
	PAMPORT_STEP_ACCOUNTING,	/* login records */
	PAMPORT_STEP_RECORD		/* of the session: <pamport/record.h> */
};

/* --- Start and items --- */

/*
 * Starts a session: pamport_start, or pamport_start_confdir where confdir, the
 * directory that holds the services' files, is not NULL; a relative name of it is
 * made absolute here.  user may be NULL; it is then asked for.  *session is to be
 * given to pamport_session_free, and NULL only if there is no memory or an argument
 * is NULL: after any other failure it holds no handle, but tells what failed.
 * Returns PAM_SYSTEM_ERR (a NULL service or session), PAM_BUF_ERR,
 * =pamport_start, =pamport_start_confdir.
 */
int pamport_session_start(const char *service, const char *user,
    const struct pam_conv *conv, const char *confdir,
    pamport_session **session);

/*
 * Sets an item: PAM_TTY, PAM_RHOST, PAM_RUSER, PAM_XDISPLAY and the others of
 * pamport_set_item.  NULL leaves it as it is, so that what a caller does not
 * know can be given as it stands; no name is ever invented (rule 35), since
 * access modules take NULL, "" and a name for three different things.  A user who
 * is set anew is to be authenticated, or checked, anew.
 * State: before open.
 * Returns PAM_BAD_ITEM also for an item that is no string, =pamport_set_item.
 * Differs: where session modules fail without a PAM_TTY (S) and none was given,
 * pamport_session_open makes it the name of the service, and the trace says so.
 */
int pamport_session_set_item(pamport_session *session, int item,
    const char *value);

/* --- Options --- */

enum pamport_session_option {
	/*
	 * When credentials are established: one of enum pamport_cred_order.
	 * PAMPORT_CRED_BEFORE is the default, and what 30 of 37 programs do.
	 */
	PAMPORT_SESSION_CRED_ORDER,

	/*
	 * 1: PAM_REINITIALIZE_CRED in the place of PAM_ESTABLISH_CRED, for a
	 * program that runs inside a living session of another user, as sudo does.
	 */
	PAMPORT_SESSION_REINITIALIZE,

	/*
	 * 1: go on where credentials cannot be established, as sudo does; that
	 * they cannot be deleted is then a warning, too.
	 */
	PAMPORT_SESSION_CRED_OPTIONAL,

	/*
	 * 1: close even a session that did not open, for stacks whose first
	 * modules leave something behind when a later one fails.  Linux-PAM
	 * runs the modules and returns an error then in any case [c15].
	 */
	PAMPORT_SESSION_CLOSE_AFTER_FAILED_OPEN,

	/* 1: leave SIGCHLD as it is while modules run (rule 37). */
	PAMPORT_SESSION_KEEP_SIGCHLD,

	/*
	 * 0: do not change an expired password but return PAM_NEW_AUTHTOK_REQD,
	 * for a caller that cannot ask or that changes it later (sshd, ftpd).
	 */
	PAMPORT_SESSION_CHANGE_EXPIRED,

	/*
	 * 1: open without authentication or account check, for one who was
	 * judged elsewhere (runuser, a service manager).  Otherwise
	 * pamport_session_open insists on one of the two.
	 */
	PAMPORT_SESSION_WITHOUT_AUTHENTICATION,

	/* 1: PAM_SILENT for every call: modules are to say nothing. */
	PAMPORT_SESSION_SILENT,

	/* 1: PAMPORT_OPTION_STRICT for the handle. */
	PAMPORT_SESSION_STRICT,

	/*
	 * Login records (utmpx, wtmp, lastlog, as the system has them) between
	 * open and close: one of enum pamport_accounting.  None by default.
	 */
	PAMPORT_SESSION_ACCOUNTING,

	/*
	 * Whether the session is written down, so that it can be closed from
	 * anywhere: one of enum pamport_recording.  Not by default.
	 */
	PAMPORT_SESSION_RECORD
};

enum pamport_accounting {
	PAMPORT_ACCOUNTING_OFF,
	PAMPORT_ACCOUNTING_SHARED,	/* but what this system's modules write */
	PAMPORT_ACCOUNTING_ALL
};

enum pamport_recording {
	PAMPORT_RECORD_OFF,
	PAMPORT_RECORD_REQUIRED,	/* without a record nothing is opened */
	PAMPORT_RECORD_OPTIONAL		/* a warning tells that there is none */
};

enum pamport_cred_order {
	PAMPORT_CRED_BEFORE,	/* establish, open */
	PAMPORT_CRED_AFTER,	/* open, establish */
	PAMPORT_CRED_BOTH	/* establish, open, reinitialize */
};

/*
 * State: before open.  Values are 0 and 1 where no enum is named; only
 * PAMPORT_SESSION_CHANGE_EXPIRED is 1 by default.
 * Returns PAM_BAD_ITEM (an option or value that does not exist).
 */
int pamport_session_set_option(pamport_session *session,
    enum pamport_session_option option, int value);

/*
 * Which variables of modules pamport_session_environment leaves out: names, an
 * array that ends with NULL, where a "*" at the end means every name that
 * begins so.  It replaces the list before it; NULL is the default one (rule
 * 38), what a module must not dictate: LD_*, DYLD_*, IFS, PATH, SHELL, HOME,
 * LOGNAME, USER, MAIL, CDPATH.
 * State: any.
 * Returns PAM_BUF_ERR; the list is then what it was.
 */
int pamport_session_leave_out(pamport_session *session,
    const char *const names[]);

/* --- Who --- */

/*
 * pam_authenticate, pam_acct_mgmt, and, where that says PAM_NEW_AUTHTOK_REQD,
 * pam_chauthtok for expired passwords alone (PAM_AUTHTOK_EXPIRED is not that
 * case: it is too late then).  flags: PAM_DISALLOW_NULL_AUTHTOK, or 0.
 * After a failure it may be called again, to try once more.
 * State: new, denied, ready (who is there shows it again); leads to ready, or
 * denied.
 * Returns =pamport_authenticate, =pamport_acct_mgmt, =pamport_chauthtok,
 * PAM_USER_UNKNOWN (modules granted it to nobody: PAM_USER is not set).
 */
int pamport_session_authenticate(pamport_session *session, int flags);

/*
 * As pamport_session_authenticate without pam_authenticate: the caller vouches
 * for who it is, as sshd does with a key and cron for its own table.
 * State: new, ready; leads to ready, or denied.  Not after a failure, since L then
 * refuses the credentials and O and S do not [c11]: start another session.
 */
int pamport_session_check_account(pamport_session *session, int flags);

/*
 * Who the user is now: PAM_USER, which modules may have changed.  To be asked
 * after authentication, before groups are set up: pamport_session_open refuses
 * a user of whom the caller was not told, by this function or by having named
 * it at the start (rule 36).  While it opens, and later, asking allows no other
 * user.  Owned by the session, valid until it is asked again or freed.  NULL if
 * there is none, or no memory.
 */
const char *pamport_session_user(pamport_session *session);

/* --- The session --- */

/*
 * Establishes credentials and opens the session, with effective uid 0.  The
 * caller has set up the user's groups, which modules may add to.  Whatever
 * fails, everything before it is taken back: a session that was opened is
 * closed, credentials that were begun are deleted.  The process that called
 * start opens, waits, and closes.
 * State: ready, or new with PAMPORT_SESSION_WITHOUT_AUTHENTICATION; leads to
 * open, or closed.  It stays what it was, and nothing was done, where the caller
 * lacks privilege or does not know the user.  Login records come last, and a
 * failure of theirs is a warning.
 * Returns PAM_PERM_DENIED (step PRIVILEGE: the effective uid is not 0; step
 * USER: the caller was not told of this user, or a module changed it meanwhile),
 * PAM_USER_UNKNOWN (step USER: there is none), PAM_SYSTEM_ERR (step RECORD: it
 * is required and cannot be written), =pamport_setcred, =pamport_open_session.
 * Source: pam_open_session(3), pam_setcred(3) of L, O and S; rules 32 to 37.
 */
int pamport_session_open(pamport_session *session);

/*
 * What went wrong in the last open or close without making it fail: login
 * records that could not be written, optional credentials, an optional record.
 * A sentence as in an error; "" if there was nothing, never NULL.  Owned by the
 * session, valid until its next call.
 */
const char *pamport_session_warning(const pamport_session *session);

/*
 * A copy of what modules put into the environment, without what they must not
 * dictate: an array that ends with NULL, of strings NAME=VALUE.  The caller
 * frees each string and the array (pamport_misc_drop_env does).  NULL if there
 * is no memory, and in the state child.
 */
char **pamport_session_environment(pamport_session *session);

/*
 * Takes the login record back, closes the session and deletes the credentials; a
 * failure of the one does not keep it from the others, and the first is returned.
 * In the process that opened it, with effective uid 0 as then.
 * State: open; leads to closed.  It stays open, and nothing was done, where the
 * caller lacks privilege, or the record is there and cannot be reached: call
 * again.
 * Returns PAM_PERM_DENIED (step PRIVILEGE), PAM_SYSTEM_ERR (step RECORD),
 * PAM_SESSION_ERR (step RECORD: another process has closed it by its record, or
 * is closing it), =pamport_close_session, =pamport_setcred.
 */
int pamport_session_close(pamport_session *session);

/*
 * Ends everything: closes the session if it is open here, ends the handle and
 * frees the memory.  In a child the handle is forgotten, and nothing is closed.
 * NULL is allowed, and PAM_SUCCESS.
 * Returns =pamport_session_close, =pamport_end.  The memory is gone in any case;
 * without effective uid 0 the session is left open, for nobody but its record to
 * close: close it before giving that up.
 */
int pamport_session_free(pamport_session *session);

/* --- Around fork --- */

/*
 * In the child, after fork(2), in the place of pam_end: makes the child's copy of
 * the handle harmless and takes its tokens out of memory.  Modules' cleanup
 * functions are called with PAM_DATA_SILENT where modules know it (L); elsewhere
 * they would undo what is the parent's, and the handle is forgotten (rule 10).
 * The environment is to be asked before.
 * State: any; leads to child, where only error, state, handle (NULL) and free
 * are of use.  Every other call in a process that did not start the session
 * is refused even without this.
 * Returns PAM_SYSTEM_ERR also in the process that started the session.
 */
int pamport_session_child(pamport_session *session);

/*
 * In the parent: waits until child has ended and gives its status, as waitpid(2)
 * has it, to *status, which may be NULL; -1 where nobody can tell any more,
 * because SIGCHLD is ignored or somebody else reaped the child.  It does not
 * close; a signal does not end it.
 * State: any but child.
 * Returns PAM_SYSTEM_ERR also, after a second, for a process that lives and is not
 * the caller's child.
 */
int pamport_session_wait(pamport_session *session, pid_t child, int *status);

/* --- What is known --- */

/*
 * The handle, for pamport_get_item, pamport_fail_delay and whatever a session
 * does not do by itself.  It stays the session's; NULL after a failed start and
 * in the state child.
 */
pam_handle_t *pamport_session_handle(pamport_session *session);

/* PAMPORT_SESSION_CLOSED for NULL. */
enum pamport_session_state pamport_session_state(
    const pamport_session *session);

struct pamport_session_error {
	int code;		/* what the call returned */
	int native_code;	/* the native library's number; -1: none */
	enum pamport_session_step step;
	/*
	 * A sentence in English without its full stop, such as "cannot open the
	 * session (service login, user joe): Permission denied
	 * (PAM_PERM_DENIED, native 6)".  One line, printable, without a secret.
	 */
	const char *message;
};

/*
 * The first failure of the last call that failed; step PAMPORT_STEP_NONE and an
 * empty message if none has.  Never NULL; owned by the session, valid until
 * its next call.  Later versions may add members at the end.
 */
const struct pamport_session_error *pamport_session_error(
    const pamport_session *session);

#ifdef __cplusplus
}
#endif

#endif /* PAMPORT_SESSION_H */
