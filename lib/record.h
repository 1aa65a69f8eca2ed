/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The record of a session: what is in it (record_text.c), the directory where it
 * is (record_dir.c), its file (record_file.c), and when a session writes it
 * (session_record.c).
 *
 * The phase of a record is the end of its file's name: ID.opening, ID.open,
 * ID.closing.  So a phase begins with one rename(2), and of two processes that
 * want to close a session, one renames and the other finds nothing.  The close
 * holds a lock on the file: a record named closing without a lock was cut off.
 */
#ifndef PAMPORT_LIB_RECORD_H
#define PAMPORT_LIB_RECORD_H

#include <sys/types.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/internal.h"
#include "platform/accounting.h"
#include "platform/process.h"
#include <pamport/record.h>

#define PAMPORT__ID_SIZE 64
#define PAMPORT__NAME_SIZE (PAMPORT__ID_SIZE + 16)	/* ID.phase */
#define PAMPORT__RECORD_LIMIT (1U << 20)	/* bytes of a file */

/* --- What is in it: record_text.c, record_write.c -------------------------- */

struct pamport__record {
	const char *implementation;	/* as pamport_implementation_name says */
	const char *version;
	const char *service;
	const char *confdir;		/* NULL: the system's */
	const char *start_user;		/* NULL: none was given */
	const char *item[PAMPORT__ITEMS];	/* strings alone; NULL: not set */
	const char **environment;	/* ends with NULL */
	size_t variables;
	int64_t since;
	bool is_silent;
	struct pamport__process opener;
	struct pamport__process leader;	/* pid 0: none was named */

	/* How far it came. */
	bool has_credentials;
	bool is_open;
	bool is_detached;

	bool has_login;
	unsigned int left_to_modules;
	struct pamport__login login;

	char *text;			/* what the strings point into */
};

/*
 * Takes a text, with a 0 behind its length, which becomes the record's and is
 * changed.  0, ENOMEM, or EBADMSG, *why telling what is wrong with it; the
 * record is then empty.
 */
int pamport__record_parse(struct pamport__record *record, char *text,
    size_t length, const char **why);
void pamport__record_free(struct pamport__record *record);

/* The text of a record, to be freed; NULL: no memory. */
char *pamport__record_write(const struct pamport__record *record);
/* Lines to be appended to one that is there. */
char *pamport__record_write_leader(const struct pamport__process *leader);
#define PAMPORT__BEGAN_CREDENTIALS "began credentials\n"
#define PAMPORT__BEGAN_SESSION "began session\n"
#define PAMPORT__ENDED_SESSION "ended session\n"
#define PAMPORT__DETACHED "detached\n"

/* --- Where it is: record_dir.c ---------------------------------------------- */

/* Errors are numbers of errno; why says more, where there is more to say. */
struct pamport__directory {
	int fd;				/* -1: not open */
	dev_t device;
	ino_t inode;
	const char *why;
};

/* Opens it, and makes it if it is to be made; 0 or an error. */
int pamport__directory_open(struct pamport__directory *directory,
    bool is_made);
void pamport__directory_close(struct pamport__directory *directory);
/* The same one, still open after what a daemon did to its descriptors. */
bool pamport__directory_is_valid(const struct pamport__directory *directory);

/* For one of another kind: 0 if it is root's alone to write, as is the way to it. */
int pamport__directory_check(const char *path);

/* A new id, which nobody has. */
void pamport__id_new(char id[PAMPORT__ID_SIZE]);
bool pamport__id_is_valid(const char *id);

/* The name of its file. */
void pamport__record_name(char name[PAMPORT__NAME_SIZE], const char *id,
    enum pamport_record_phase phase);

/* Every record; the array and its ids are one block, to be freed. */
struct pamport__listed {
	char id[PAMPORT__ID_SIZE];
	enum pamport_record_phase phase;
};
int pamport__record_names(const struct pamport__directory *directory,
    struct pamport__listed **list, size_t *n);

/*
 * Takes away what was left long ago by processes that were killed before their
 * record had its name.
 */
void pamport__directory_tidy(const struct pamport__directory *directory);

/* --- Its file: record_file.c ------------------------------------------------- */

/*
 * Writes the whole text under this phase, or none of it.  EBADMSG: what is there
 * to be appended to is not to be believed.
 */
int pamport__record_store(const struct pamport__directory *directory,
    const char *id, enum pamport_record_phase phase, const char *text);
int pamport__record_append(const struct pamport__directory *directory,
    const char *id, enum pamport_record_phase phase, const char *text);
/* ENOENT: it is not in the phase from, or not any more. */
int pamport__record_move(const struct pamport__directory *directory,
    const char *id, enum pamport_record_phase from,
    enum pamport_record_phase to);
int pamport__record_remove(const struct pamport__directory *directory,
    const char *id, enum pamport_record_phase phase);

/* Renames what is not to be believed, over nothing that is there. */
int pamport__record_set_aside(const struct pamport__directory *directory,
    const char *id, enum pamport_record_phase phase);

/*
 * Reads and checks one; 0, an error, or EBADMSG for one that is not to be
 * believed, *why telling the reason.
 */
int pamport__record_load(const struct pamport__directory *directory,
    const char *id, enum pamport_record_phase phase,
    struct pamport__record *record, const char **why);

/*
 * Waits until no other process has it, and holds it until the descriptor is
 * closed: for what has no record of its own.
 */
int pamport__directory_lock(const struct pamport__directory *directory,
    int *lock);

/*
 * The right to close: moves the record to closing, and holds its lock until the
 * descriptor is closed.  ENOENT: it is not in that phase any more; EAGAIN:
 * somebody else holds the lock.
 *
 * The file is not to be opened again meanwhile: where there is no flock(2) the
 * lock goes with any descriptor of it.  It is appended to, and read, by the lock.
 */
int pamport__record_claim(const struct pamport__directory *directory,
    const char *id, enum pamport_record_phase from, int *lock);
int pamport__record_append_locked(const struct pamport__directory *directory,
    const char *id, int lock, const char *text);
/* From where the descriptor stands: a claim leaves it at the beginning. */
int pamport__record_load_locked(int lock, struct pamport__record *record,
    const char **why);

#endif /* PAMPORT_LIB_RECORD_H */
