/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the configuration says of a service, facility by facility, read as each
 * implementation reads it.  Only text is read: no module is looked for.  Files
 * may be anything: what is no regular file, too large, or includes itself is
 * said and passed over.
 */
#ifndef PAMPORT_CMD_POLICY_H
#define PAMPORT_CMD_POLICY_H

#include <stdbool.h>
#include <stddef.h>

#include <pamport/pamport.h>

enum policy_facility { POLICY_AUTH, POLICY_ACCOUNT, POLICY_SESSION,
    POLICY_PASSWORD, POLICY_FACILITIES };
extern const char *const policy_facilities[POLICY_FACILITIES];

struct policy_line {
	struct policy_line *next;
	char *control, *module;		/* the module's last component too */
	char *file;			/* where it stands */
	int number;			/* of the line */
};

enum policy_source { POLICY_OWN, POLICY_OTHER, POLICY_NOTHING };

struct policy_stack {
	enum policy_source source;
	struct policy_line *own, *other;
	bool has_empty_include;		/* rule 23: on S that grants */
	const char *without;		/* what a call gives without any line */
};

struct policy_complaint {
	struct policy_complaint *next;
	char text[];
};

#define POLICY_NAME_SIZE 256	/* rule 8 */

struct policy {
	char service[POLICY_NAME_SIZE];
	struct policy_stack stack[POLICY_FACILITIES];
	bool has_own_file, has_other_file, has_pam_conf;
	bool is_denied;			/* a file that this user may not read */
	struct policy_complaint *complaint;
};

/* What the directory is that is read. */
enum policy_place {
	POLICY_PAM_CONF,	/* that of pam.conf alone */
	POLICY_ETC,		/* that of pam.d and pam.conf */
	POLICY_CONFDIR		/* a private one, with the services' files in it */
};

/* false: there was no memory.  The service is one that policy_name() made. */
bool policy_read(struct policy *policy, enum pamport_implementation which,
    const char *directory, enum policy_place kind, const char *service);
void policy_free(struct policy *policy);

/* --- policy_dialect.c: what differs in reading; the rest is the same for all --- */

struct policy_dialect {
	bool has_brackets, has_quotes, has_inner_comments;
	bool has_substacks;	/* substack, @include, a dash before the type */
	bool strips_service;	/* of directories and of capitals: rule 8 */
	bool refuses_slash;	/* in the name of a service */
	bool refuses_characters;	/* all but those of rule 8 */
	bool conf_is_instead;	/* pam.conf counts only without pam.d */
	bool conf_is_behind;	/* pam.conf counts where pam.d has no file */
	bool grants_empty_include;	/* rule 23 [E1] */
	const char *more;	/* another place, behind /etc */
	const char *without[POLICY_FACILITIES];
	const char *without_other;
};
/* By enum pamport_implementation. */
extern const struct policy_dialect policy_dialects[];

/*
 * What libpam makes of the name of a service.  Returns NULL, or why there is no
 * such service, of what rule 8 does not allow.
 */
const char *policy_name(const struct policy_dialect *dialect,
    const char *service, char name[POLICY_NAME_SIZE]);
/* Whether a name has the characters of rule 8 alone. */
bool policy_is_portable(const char *name);
/* The places that are looked at, one after the other; NULL behind the last. */
const char *policy_place_of(const struct policy_dialect *dialect,
    enum policy_place kind, const char *etc, int i);
bool policy_has_directory(const char *etc);

/* policy_services.c: calls each for every service that is configured, in order. */
void policy_services(const struct policy_dialect *dialect,
    const char *directory, enum policy_place kind,
    void (*each)(const char *name));

/* --- policy_text.c: a file as words, line by line ----------------------------- */

enum policy_open { POLICY_READ, POLICY_MISSING, POLICY_DENIED, POLICY_REFUSED };

#define POLICY_WORDS 64

struct policy_text {
	char *bytes, *next;
	int number;		/* of the line that was read last */
	/* How lines are read: */
	bool has_brackets;	/* [a=b c=d] is a word, "\" continues a line */
	bool has_quotes;
	bool has_inner_comments;	/* # ends a line wherever it stands */
};

enum policy_open policy_text_open(struct policy_text *text, const char *path);
/* How many words the next line has that is not empty; -1 at the end. */
int policy_text_line(struct policy_text *text, char *word[POLICY_WORDS]);
void policy_text_close(struct policy_text *text);

#endif /* PAMPORT_CMD_POLICY_H */
