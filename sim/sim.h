/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * A libpam that behaves as one of several implementations, for tests.
 *
 * The whole is compiled once for each personality, against the headers of that
 * personality, and each result is a library of its own.  What a personality
 * does is said in three places:
 *
 *   its table	(linux-pam.c, openpam.c, ...): numbers, texts, small rules;
 *   its family	(conf_*.c, stack_*.c, ext_*.c for Linux-PAM, OpenPAM and
 *		Solaris): reading the configuration, running a stack, calls
 *		that only this family has;
 *   its headers (include/<personality>).
 *
 * The other files serve all and ask the table.  Letters and digits in brackets
 * in comments name a measured row, such as [c06d].
 *
 * To add a rule: give it a field in one of the structures below, fill the
 * field in every table, and let the shared file read it.  To add a family:
 * three files as above, a table, headers, and a list of exported names.
 */
#ifndef SIM_H
#define SIM_H

#include <limits.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include <security/pam_appl.h>
#include <security/pam_modules.h>

#ifdef __GNUC__
#define SIM_NORETURN		__attribute__((__noreturn__))
#define SIM_PRINTF(f, a)	__attribute__((__format__(__printf__, f, a)))
#else
#define SIM_NORETURN
#define SIM_PRINTF(f, a)
#endif

/* In a table in place of a result: the real library would crash here. */
#define SIM_CRASH		INT_MIN

enum sim_call {
	SIM_AUTHENTICATE, SIM_SETCRED, SIM_ACCT_MGMT, SIM_OPEN_SESSION,
	SIM_CLOSE_SESSION, SIM_CHAUTHTOK, SIM_NCALLS
};

enum sim_type {
	SIM_AUTH, SIM_ACCOUNT, SIM_SESSION, SIM_PASSWORD, SIM_NTYPES
};
#define SIM_ANY_TYPE		SIM_NTYPES

typedef int (*sim_function)(pam_handle_t *, int, int, const char **);

/*
 * One line of a configuration.  `action' and `frozen' are used by Linux-PAM
 * only, which calls them so; SIM_INCLUDE stays in a chain only on Solaris.
 */
enum sim_control {
	SIM_REQUIRED, SIM_REQUISITE, SIM_SUFFICIENT, SIM_OPTIONAL, SIM_BINDING,
	SIM_INCLUDE, SIM_NCONTROLS
};
enum sim_kind { SIM_MODULE, SIM_MUST_FAIL, SIM_SUBSTACK };
#define SIM_NACTIONS		32

struct sim_entry {
	struct sim_entry *next;
	enum sim_control control;
	enum sim_kind kind;
	int level;
	int action[SIM_NACTIONS];
	int frozen;
	char *path;
	sim_function function[SIM_NCALLS];
	int argc;
	char **argv;
};

/* Both ways of looking at the lines of all four types. */
struct sim_policy {
	struct sim_entry *chain[SIM_NTYPES];
};

enum sim_item_kind {
	SIM_NO_ITEM, SIM_STRING, SIM_NAME, SIM_TOKEN, SIM_CONVERSATION,
	SIM_REPOSITORY, SIM_POINTER, SIM_XAUTH
};
#define SIM_NITEMS		64

struct sim_item_rules {
	unsigned char kind[SIM_NITEMS];	/* by number; SIM_NAME is the service */
	int message_version;	/* one more string above SIM_NITEMS, or 0 */
	int no_handle;		/* result without a handle */
	int no_target;		/* result when pam_get_item() gets NULL */
	int unknown;		/* result for a number without an item */
	bool unknown_clears;	/* pam_get_item() then stores NULL */
	bool gaps_read;		/* numbers without an item read as NULL */
	int token_get;		/* what an application gets for a token */
	int token_set;
	int name_set;		/* what PAM_SERVICE answers after the start */
	int name_unset;
	int conv_unset;
	bool conv_empties;	/* unset leaves a conversation of zeros */
	bool repository_dangles;
	bool frees_first;	/* frees the old value, then copies the new */
};

struct sim_env_rules {
	int no_handle;		/* result of pam_putenv() */
	int no_handle_get;	/* NULL or a crash, by SIM_CRASH */
	int no_handle_list;	/* likewise, and for a NULL name */
	int no_text;
	int no_name;		/* result for "=x"; success lets it in */
	int delete_missing;
	int delete;		/* result; success deletes */
	bool prefix;		/* a name matches any that begins with it */
	bool gives_copy;	/* the caller of pam_getenv() frees */
	size_t longest;		/* of an entry in the list, or 0 */
};

struct sim_data_rules {
	int no_handle_set;
	int no_handle_get;
	int from_application;	/* success lets an application in */
	int replaced;		/* status for the cleanup of what is replaced */
};

struct sim_personality {
	const char *name;
	const char *version;
	const char *const *text;	/* by result */
	int ntexts;
	const char *unknown_text;	/* with one %d, or none */
	int no_handle;			/* result of the six calls */
	int no_handle_end;
	struct sim_item_rules item;
	struct sim_env_rules env;
	struct sim_data_rules data;
	void (*service_changed)(pam_handle_t *);
	/* OpenPAM family */
	bool needs_success;		/* at least one module has to succeed */
	bool needs_function;		/* a missing function is a failure */
	int bad_constant;
	int no_handle_clears;		/* of the calls that clear tokens */
	bool policy_prompts;		/* options and letters in prompts */
	bool lenient;			/* any case, includes may fail */
	bool end_is_answer;		/* the end of input is "" */
	bool needs_other;		/* no lines and no "other": no start */
};

extern const struct sim_personality sim_this;

struct sim_item {
	void *value;
	bool dangling;
};

struct sim_variable {
	char *text;		/* NAME=VALUE */
	size_t name_length;
};

struct sim_data {
	struct sim_data *next;
	char *name;
	void *value;
	void (*cleanup)(pam_handle_t *, void *, int);
};

struct sim_object {
	struct sim_object *next;
	void *object;
};

/* Who is running: only Linux-PAM and Solaris care. */
enum sim_place { SIM_STARTING, SIM_APPLICATION, SIM_IN_MODULE };

/* Linux-PAM: where a stack stopped with PAM_INCOMPLETE. */
struct sim_former {
	bool waiting;
	bool update;		/* in the second pass of pam_chauthtok() */
	enum sim_call call;
	int depth;
	int impression;
	int status;
};

struct pam_handle {
	enum sim_place place;
	char *root;		/* directory with pam.d and pam.conf */
	char *confdir;		/* pam_start_confdir() */
	struct sim_item item[SIM_NITEMS];
	struct sim_item message_version;
	struct sim_variable *env;
	size_t nenv;
	struct sim_data *data;
	struct sim_object *objects;
	bool loaded;
	struct sim_policy own;
	struct sim_policy other;
	struct sim_entry *current;
	int call;		/* which of enum sim_call runs, or -1 */
	unsigned int runs;	/* Solaris: stacks begun, and now within */
	unsigned int nested;
	struct sim_former former;
	unsigned int delay;
	bool delay_set;
};

/* handle.c */
SIM_NORETURN void sim_crash(const char *);
SIM_NORETURN void sim_hang(const char *);
int sim_result(int, const char *);
void sim_log(const char *, ...) SIM_PRINTF(1, 2);
bool sim_privileged(void);
pam_handle_t *sim_new(void);
void sim_delete(pam_handle_t *, int);

/* wipe.c */
void sim_wipe(char *);
void sim_free_secret(char *);

/* item.c */
int sim_set_item(pam_handle_t *, int, const void *);
int sim_get_item(const pam_handle_t *, int, const void **);
const void *sim_item(const pam_handle_t *, int);
void sim_free_items(pam_handle_t *);

/* env.c */
const char *sim_getenv(pam_handle_t *, const char *);
int sim_unsetenv(pam_handle_t *, const char *);
void sim_free_env(pam_handle_t *);

/* data.c */
void sim_free_data(pam_handle_t *, int);

/* text.c */
const char *sim_strerror(int);

/* conv.c */
int sim_converse(const pam_handle_t *, int, const char *,
    struct pam_response **);
int sim_prompt(const pam_handle_t *, int, char **, const char *, va_list);
int sim_ask(const pam_handle_t *, int, char **, const char *, ...)
    SIM_PRINTF(4, 5);

/* module.c is the scriptable module; this is load.c */
bool sim_load(pam_handle_t *, struct sim_entry *, const char *, bool);
void sim_free_objects(pam_handle_t *);
char *sim_module_path(const char *, const char *);

/* file.c */
struct sim_text {
	char *bytes;
	size_t size;
	size_t at;
};
enum sim_read { SIM_READ_OK, SIM_READ_MISSING, SIM_READ_REFUSED };
char *sim_path(const char *, const char *, const char *);
enum sim_read sim_read_file(const char *, bool, struct sim_text *);
bool sim_is_directory(const char *);
bool sim_trusted_file(const char *);
bool sim_trusted_path(const char *);

/* entry.c */
struct sim_entry *sim_new_entry(const char *);
bool sim_add_argument(struct sim_entry *, const char *);
void sim_append(struct sim_policy *, enum sim_type, struct sim_entry *);
void sim_free_entry(struct sim_entry *);
void sim_free_chain(struct sim_entry **);
void sim_free_policy(struct sim_policy *);
int sim_find_word(const char *const *, int, const char *, bool);
const char *sim_option(const pam_handle_t *, const char *);
int sim_invoke(pam_handle_t *, struct sim_entry *, enum sim_call, int);
enum sim_type sim_type_of(enum sim_call);
extern const char *const sim_type_names[SIM_NTYPES];
extern const char *const sim_control_names[SIM_NCONTROLS];

/* conf_linux.c, conf_openpam.c, conf_solaris.c: each family has its own */
int sim_configure(pam_handle_t *);
int sim_configure_file(pam_handle_t *, const char *, struct sim_policy *);

/* tty.c: answers from the standard input, for conversation functions */
enum sim_answer { SIM_ANSWERED, SIM_AT_END, SIM_LATE, SIM_NO_ANSWER };

struct sim_question {
	const char *prompt;
	bool echo;
	long deadline;			/* as time(), or 0 */
	long warning;			/* likewise */
	const char *warning_text;
};
enum sim_answer sim_read_answer(const struct sim_question *, char **);

#endif
