/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Records of open sessions: a session is written down when it opens, so that
 * another process can close it, after an exec, or after its opener was killed
 * (contract rule 39).
 *
 * At most once: before each step that cannot be taken back, the record says that
 * it is taken.  A finished close is never repeated, and of two processes that
 * close the same session one does.
 *
 * A close in another process does less than one in the process that opened:
 * what modules kept in memory is gone.  pamport_record(3) says which modules
 * mind.  A parent that waits and closes remains the right design; the record is
 * for what that cannot catch.
 *
 * Records are kept in one directory, with mode 0700 and root's, one file a
 * session: pamport_record_directory.  Everything here needs effective uid 0.
 * Sessions are recorded with the option PAMPORT_SESSION_RECORD of
 * <pamport/session.h>, whose conventions are those of this header.
 */
#ifndef PAMPORT_RECORD_H
#define PAMPORT_RECORD_H

#ifdef __GNUC__
#pragma GCC system_header
#endif

#include <sys/types.h>
#include <stddef.h>
#include <stdint.h>

#include <pamport/session.h>

#ifdef __cplusplus
extern "C" {
#endif

/* --- In the process that opened --- */

/*
 * The name of the session's record: letters, digits and "-", less than 64 bytes.
 * NULL while there is none.  Owned by the session.
 */
const char *pamport_session_id(const pamport_session *session);

/*
 * Says which process the session is there for: the user's shell, after fork.
 * pamport_record_reap closes the session when that process is gone, or, where
 * none was named, the one that opened it.  A process that cannot be looked at, as
 * on Linux without /proc, is gone when nobody has its number any more.
 * Called again it names another one.
 * State: open.
 * Returns PAM_SYSTEM_ERR (there is no such process, or it has ended; no record that
 * this process opened, or it cannot be written), PAM_SESSION_ERR (another process
 * closes it), PAM_BUF_ERR.
 */
int pamport_session_set_leader(pamport_session *session, pid_t leader);

/*
 * Leaves the session open, for another process to close: the handle is
 * forgotten as pamport_session_child does it, and pamport_session_free closes
 * nothing any more.
 * State: open, with a record; leads to child.
 * Returns PAM_SYSTEM_ERR (also where there is no record, in a process that
 * attached, and where it cannot be written), PAM_SESSION_ERR (another process
 * closes it), PAM_BUF_ERR.
 */
int pamport_session_detach(pamport_session *session);

/* --- In another process --- */

/*
 * Makes a session of the record id, as it was when it was opened: items and, but
 * after another boot, the environment too.  It is open; pamport_session_close closes it, takes the
 * utmpx entry away and deletes the credentials, as they were established;
 * pamport_session_free alone leaves it as it is.  conv as in
 * pamport_session_start, NULL for a close that asks nobody.  *session is to be
 * freed after a failure, too, which it tells.
 * Returns PAM_SYSTEM_ERR (no such record, or one that is damaged, not open, or
 * of another implementation; no directory, or one that is refused; a private
 * directory of services that others than root can change),
 * PAM_PERM_DENIED (not root), PAM_BUF_ERR, =pamport_session_start, and
 * =pamport_session_set_item for what was recorded.
 * pamport_session_close then returns also PAM_SESSION_ERR (another process has
 * closed it, or is closing it).
 */
int pamport_session_attach(const char *id, const struct pam_conv *conv,
    pamport_session **session);

/*
 * The same for the newest open session of user on tty, with or without /dev/; for
 * none while a record cannot be read, which may be the newest.
 * Returns =pamport_session_attach, =pamport_record_list.
 */
int pamport_session_attach_tty(const char *user, const char *tty,
    const struct pam_conv *conv, pamport_session **session);

/*
 * The same where no record exists, by the utmpx entry of user on tty: the link
 * between open and close that pam_open_session(3PAM) describes.  Nobody knows
 * then whether credentials were established, so none are deleted, and nothing
 * of the environment.  At most once by way of the entry: who ends it closes.  The
 * process that made the entry must have ended, and been waited for; it counts as
 * there while its number is in use and cannot be looked at.
 * Returns PAM_SESSION_ERR (there is no such entry, or this system keeps none; its
 * process is there; the session is recorded, and to be attached to by that, or
 * reaped where it was cut off; it may be: a record cannot be read),
 * PAM_PERM_DENIED (not root), PAM_SYSTEM_ERR (an argument is NULL), PAM_BUF_ERR,
 * =pamport_session_start, =pamport_session_set_item.
 * pamport_session_close then returns also PAM_SESSION_ERR (another process has
 * ended that login), PAM_SYSTEM_ERR (the directory of the records, or the lock
 * there, cannot be had, or the entry not be ended: it stays open, and no module was
 * called).
 */
int pamport_session_attach_login(const char *service, const char *user,
    const char *tty, const struct pam_conv *conv, pamport_session **session);

/* --- All of them --- */

enum pamport_record_phase {
	PAMPORT_RECORD_OPENING,		/* or cut off while it opened */
	PAMPORT_RECORD_OPEN,
	PAMPORT_RECORD_CLOSING,		/* or cut off while it closed */
	PAMPORT_RECORD_DAMAGED		/* not to be believed: reason says why */
};

enum pamport_record_process {
	PAMPORT_PROCESS_GONE,		/* surely */
	PAMPORT_PROCESS_ALIVE,
	PAMPORT_PROCESS_UNSURE		/* reason says why */
};

/* What was done with a record, by pamport_record_reap. */
enum pamport_record_action {
	PAMPORT_RECORD_LEFT,		/* nothing; with a code: could not start */
	PAMPORT_RECORD_CLOSED,
	PAMPORT_RECORD_CLOSE_FAILED,	/* closed for good, but code says how */
	PAMPORT_RECORD_TIMED_OUT,	/* a module did not return, and was killed */
	PAMPORT_RECORD_CRASHED,		/* a module ended the closing process */
	PAMPORT_RECORD_CUT_OFF,		/* an earlier close, which is not retried */
	PAMPORT_RECORD_SET_ASIDE	/* damaged: renamed, for people to look at */
};

/*
 * Strings are valid during the call that gives them, and have "?" for what could
 * steer a terminal and for bytes that are no UTF-8; NULL is what is not known.
 * Later versions may add members at the end.
 */
struct pamport_record {
	const char *id;
	enum pamport_record_phase phase;
	const char *service;
	const char *user;		/* at open */
	const char *tty;
	const char *rhost;
	int64_t since;			/* seconds since the epoch */
	int64_t opener;			/* process numbers; 0: not known */
	int64_t leader;			/* the opener where none was named */
	enum pamport_record_process state;	/* of the leader */
	const char *reason;		/* a sentence without its full stop */
	enum pamport_record_action action;	/* of pamport_record_reap */
	int code;			/* of the close: a PAM code */
	size_t items, variables;	/* how many are recorded */
	const char *const *environment;	/* variables of them, as NAME=VALUE */
	const char *confdir;		/* the private directory, absolute */
};

/* Called for each record; another number than 0 ends the listing. */
typedef int pamport_record_function(const struct pamport_record *record,
    void *data);

/*
 * Gives every record to function, or the one with that id.  A record that cannot
 * be read is given with the reason.
 * Returns PAM_SYSTEM_ERR (no function; a directory that is refused, or cannot be
 * read; pamport_record_show: no such record), PAM_PERM_DENIED (not root),
 * PAM_BUF_ERR.  That there is no directory yet is no error of
 * pamport_record_list: nothing was recorded.
 * why may be NULL; *why is set to a sentence about a failure, in storage of this
 * thread that is valid until its next call.
 */
int pamport_record_list(pamport_record_function *function, void *data,
    const char **why);
int pamport_record_show(const char *id, pamport_record_function *function,
    void *data, const char **why);

/*
 * Closes the sessions whose leader is surely gone, and leaves all others: of
 * another boot, or ended, or its number now another process's.  As long as the
 * opener is there and has not detached, it is left to that.  Where it is not
 * sure (another pid namespace, a system that does not tell start times) the
 * session is left, and the reason said.  Each close runs in a child of its own,
 * for seconds at most (0: 60), since a module may hang or abort there.
 *
 * A session that was cut off while opening is closed as far as its opening had
 * come.  One that was cut off while closing is only reported, unless flags have
 * PAMPORT_REAP_RETRY.  A damaged record, or one that others could have written,
 * is renamed to ID.damaged.
 *
 * function may be NULL.  It is called for each record, with what was done.
 * Returns as pamport_record_list does; what becomes of a single record is no
 * failure of this.
 */
#define PAMPORT_REAP_RETRY 1
#define PAMPORT_REAP_DRY 2		/* only tell what would be done */
int pamport_record_reap(unsigned int flags, unsigned int seconds,
    pamport_record_function *function, void *data, const char **why);

/*
 * Where records are: what configure was told (default
 * ${runstatedir}/pamport/sessions), or PAMPORT_RECORDS in the environment, but
 * not in a set-id program.
 */
const char *pamport_record_directory(void);

#ifdef __cplusplus
}
#endif

#endif /* PAMPORT_RECORD_H */
