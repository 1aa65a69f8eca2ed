/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What is done with all records: seeing what they are (record_list.c), closing
 * one in a child (reap_close.c), and choosing which are to be closed (reap.c).
 */
#ifndef PAMPORT_LIB_REAP_H
#define PAMPORT_LIB_REAP_H

#include "lib/record.h"

/* What a record looks like from outside. */
struct pamport__seen {
	struct pamport_record view;
	struct pamport__record record;	/* what the view points into */
	int error;			/* why it could not be read, or 0 */
	char reason[256];
};

/* --- record_list.c --- */

/* false: it is gone, closed meanwhile. */
bool pamport__record_look(const struct pamport__directory *directory,
    const struct pamport__listed *listed, struct pamport__seen *seen);

/* For terminals and logs; until then the view has what was recorded. */
void pamport__record_make_printable(struct pamport__seen *seen);

/*
 * pamport_record_list; exact for who compares: two users may be shown as one.
 */
int pamport__records_visit(bool is_exact, pamport_record_function *function,
    void *data, const char **why);

/*
 * The directory, and the names of all that are in it; 0 or an error, *why telling
 * more.  That there is none is no error: nobody has recorded anything yet.
 */
int pamport__records_open(struct pamport__directory *directory,
    struct pamport__listed **list, size_t *n, const char **why);

/* What was seen without being read makes the whole fail where memory lacks. */
void pamport__record_note_memory(const struct pamport__seen *seen, int *error,
    const char **why);

/* An error of the directory as a code of PAM. */
int pamport__record_result(int error);

/* --- reap_close.c --- */

/* Says what was done with it, and why. */
void pamport__record_acted(struct pamport__seen *seen,
    enum pamport_record_action action, const char *reason);

/* Left because the close could not start: somebody is to look at that. */
void pamport__record_not_acted(struct pamport__seen *seen, const char *reason);

/* Closes it in a child, which is killed when its time is over. */
void pamport__record_run_close(const struct pamport__directory *directory,
    struct pamport__seen *seen, unsigned int seconds);

#endif /* PAMPORT_LIB_REAP_H */
