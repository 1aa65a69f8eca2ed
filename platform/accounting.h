/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Login records: who is logged in now (utmpx), who was (wtmp), when each user
 * was last (lastlog), and wtmpdb, whose times last beyond 2038.
 *
 * lib/accounting.c is what all systems share; one file of platform/ says what
 * this system keeps and how it is written, chosen by configure.  Nothing is
 * written in silence: a report tells of each record what became of it.
 *
 * To be called as root, and not in two threads at once: the functions of
 * <utmpx.h> have one position in the file for the whole process.  An application
 * that is between setutxent and endutxent starts anew after a call of these; no
 * system lets that position be saved.
 */
#ifndef PAMPORT_PLATFORM_ACCOUNTING_H
#define PAMPORT_PLATFORM_ACCOUNTING_H

#include <sys/types.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A record of one of these kinds. */
enum pamport__record_kind {
	PAMPORT__RECORD_ACTIVE,		/* utmpx: logged in now */
	PAMPORT__RECORD_LOG,		/* wtmp: logins and logouts */
	PAMPORT__RECORD_LAST,		/* lastlog: the last login of each user */
	PAMPORT__RECORD_DATABASE,	/* wtmpdb */
	PAMPORT__RECORD_KINDS
};
#define PAMPORT__KIND(kind) (1u << (kind))

enum pamport__record_state {
	PAMPORT__RECORD_UNSUPPORTED,	/* not kept here, or with the utmpx entry */
	PAMPORT__RECORD_WRITTEN,
	PAMPORT__RECORD_OFF,		/* no such file: the administrator's wish */
	PAMPORT__RECORD_NOT_DUE,	/* left to modules, no terminal, not ours */
	PAMPORT__RECORD_FAILED		/* error says why */
};

enum pamport__accounting {
	PAMPORT__ACCOUNTED,		/* something was written, nothing failed */
	PAMPORT__ACCOUNTING_OFF,	/* its files are not there */
	PAMPORT__ACCOUNTING_UNSUPPORTED,	/* by this system, or pamport here */
	PAMPORT__ACCOUNTING_NO_TERMINAL,	/* so no record was made */
	PAMPORT__ACCOUNTING_NOT_DUE,	/* all was left to modules */
	PAMPORT__ACCOUNTING_NOT_OURS,	/* the entry is of another login, or ended */
	PAMPORT__ACCOUNTING_NOT_FOUND,	/* pamport__accounting_find only */
	PAMPORT__ACCOUNTING_REFUSED,	/* a user or line that cannot be written */
	PAMPORT__ACCOUNTING_FAILED
};

struct pamport__record_result {
	enum pamport__record_state state;
	int error;			/* errno, with FAILED */
};

struct pamport__accounting_report {
	struct pamport__record_result of[PAMPORT__RECORD_KINDS];
};

/*
 * All that a logout needs, from whichever process: it is written into the
 * record of a session and read back.  All text is printable: find makes it so
 * too.
 */
struct pamport__login {
	char user[257];		/* cut to the field's size where it is written */
	char line[65];		/* the terminal without /dev/: "pts/3" */
	char host[257];		/* "": none */
	char address[46];	/* of the host, IPv4 or IPv6 as text; "": none */
	char service[256];	/* for wtmpdb */
	char id[17];		/* ut_id in hexadecimal, since others' is binary */
	pid_t pid;
	int64_t time;		/* seconds since the epoch */
	int32_t microseconds;
	int64_t database;	/* wtmpdb's number; 0: none */
};

/* Constant for each system. */
struct pamport__accounting_facts {
	const char *name;	/* of the file in platform/: "glibc" */
	/*
	 * For each kind where it goes, for people to read; NULL if it is not
	 * kept, and then lacks says why.
	 */
	const char *where[PAMPORT__RECORD_KINDS];
	const char *lacks;
	/* Bits of PAMPORT__KIND that modules write as this system is delivered. */
	unsigned int modules_write;
	const char *modules;	/* which modules, in which file; NULL: none */
};
extern const struct pamport__accounting_facts pamport__accounting_facts;

/* Whether anything at all is recorded here. */
bool pamport__accounting_supported(void);
/* Where a kind goes, wtmpdb too; NULL: it is not kept. */
const char *pamport__accounting_where(enum pamport__record_kind kind);

/*
 * Fills in a login that happens now.  tty may begin with /dev/, or be NULL or "":
 * then line is "" and nothing will be recorded.  Refused are: a user that is
 * empty, has control characters, is no UTF-8 or has more than 256 bytes; a line that is no
 * plain name below /dev/ ("..", blanks, control characters), or longer than this
 * system's field, for cut short it would name another terminal.  In a host
 * everything but printable ASCII becomes '?', since who(1) writes it to
 * terminals; it is cut where it is too long.  An address that is neither IPv4 nor
 * IPv6 is left out.
 */
enum pamport__accounting pamport__login_fill(struct pamport__login *login,
    const char *user, const char *tty, const char *host, const char *address,
    const char *service, pid_t pid);

/* A terminal's name as login records have it. */
const char *pamport__without_dev(const char *tty);

/*
 * Writes the login, but for the kinds in left_to_modules.  Into it come its number
 * in wtmpdb, and the ut_id of the entry that getty made for this process, if
 * there is one, which is to be written over.  A time that does not fit the system's field is EOVERFLOW,
 * never another time.  That the utmpx entry is there is read back: some
 * pututxline (musl, FreeBSD) succeed without it.
 */
enum pamport__accounting pamport__accounting_login(struct pamport__login *login,
    unsigned int left_to_modules, struct pamport__accounting_report *report);

/*
 * Writes the logout, now.  Neither utmpx nor wtmp is touched if the entry of that
 * ut_id is meanwhile of another user, line or process: its login would seem to
 * end, or a getty to wait no more.  An entry that is dead already was logged by who
 * ended it.
 */
enum pamport__accounting pamport__accounting_logout(
    const struct pamport__login *login, unsigned int left_to_modules,
    struct pamport__accounting_report *report);

/*
 * The utmpx entry of a user who is logged in on that tty now: how another
 * process finds a session that it knows nothing else of [E9].  No number of
 * wtmpdb is in it.
 */
enum pamport__accounting pamport__accounting_find(const char *user,
    const char *tty, struct pamport__login *login);

/* --- For the files of the systems, and tests -------------------------------- */

/* Whether that kind is kept here, and not left to modules. */
bool pamport__accounting_is_due(enum pamport__record_kind kind,
    unsigned int left_to_modules);

/*
 * Text into a field, cut at its size, then without a 0 at its end; and out of
 * one, with what is not printable as '?'.
 */
void pamport__field_put(char *field, size_t size, const char *text);
void pamport__field_get(char *text, size_t size, const char *field,
    size_t field_size);
/* A number into a field of 1, 2, 4 or 8 bytes; 0, or EOVERFLOW. */
int pamport__field_number(void *field, size_t size, bool is_signed,
    int64_t number);
/* The bytes of a ut_id, as much as fits: the end of the line, and back. */
void pamport__id_of_line(char *id, size_t size, const char *line,
    size_t field_size);
bool pamport__id_put(char *field, size_t size, const char *id);
void pamport__id_get(char *id, size_t size, const char *field,
    size_t field_size);

/* The user's number, without touching what getpwnam returned; 0 or errno. */
int pamport__uid_of(const char *user, uid_t *uid);

/* What the file of the system does for those above. */
size_t pamport__system_line_size(void);
size_t pamport__system_id_size(void);
void pamport__system_login(struct pamport__login *login,
    unsigned int left_to_modules, struct pamport__accounting_report *report);
/* false: the entry is not ours. */
bool pamport__system_logout(const struct pamport__login *login,
    unsigned int left_to_modules, struct pamport__accounting_report *report);
enum pamport__accounting pamport__system_find(const char *user,
    const char *line, struct pamport__login *login);

/* platform/database_*.c: wtmpdb, or nothing. */
extern const char *const pamport__database_where;	/* NULL: not there */
struct pamport__record_result pamport__database_login(
    struct pamport__login *login);
struct pamport__record_result pamport__database_logout(
    const struct pamport__login *login, int64_t time, int32_t microseconds);

/*
 * Tests write to files of their own; no application reaches this, for it is not
 * exported.  NULL: the system's.  false: this system does not let one choose.
 */
bool pamport__accounting_files(const char *active, const char *log,
    const char *last);

#endif /* PAMPORT_PLATFORM_ACCOUNTING_H */
