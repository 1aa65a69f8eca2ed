/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the files of lib/ and compat/ share.
 *
 * The native pam_start gets a conversation of pamport's own, whose appdata_ptr
 * is the state of the handle.  That is how the state is found again: through
 * the native item PAM_CONV.  A module may replace that item, so during every
 * native call that runs modules the state is on a list of this thread as well
 * (pamport__enter, pamport__leave), and at the end of the call pamport's
 * conversation is put back.  There is no table of handles and no lock; a handle
 * that somebody else started has no state, and every call on it is native.
 */
#ifndef PAMPORT_LIB_INTERNAL_H
#define PAMPORT_LIB_INTERNAL_H

#include <sys/types.h>
#include <stdbool.h>
#include <stdint.h>
#include <stddef.h>

/* The native declarations: L has pam_get_user in its pam_modules.h. */
#include <pamport/native.h>
#include <pamport/rename.h>
#include <security/pam_modules.h>
#include <pamport/rename.h>

#include <pamport/pamport.h>
#include "platform/platform.h"

/* The implementation underneath. */
#define PAMPORT__PLATFORM (&PAMPORT_PLATFORM)

/* What configure found of the native prototypes. */
#ifdef PAMPORT_NATIVE_CONST
#define PAMPORT__NATIVE_CONST const
#else
#define PAMPORT__NATIVE_CONST
#endif

#ifdef __GNUC__
#define PAMPORT__PRINTF(format, first) \
	__attribute__((__format__(__printf__, format, first)))
#define PAMPORT__NOT_INLINE __attribute__((__noinline__))
#else
#define PAMPORT__PRINTF(format, first)
#define PAMPORT__NOT_INLINE
#endif

struct pamport__private_item;
struct pamport__env_name;
struct pamport__state;

/* A value that S gave as a copy, kept until the variable changes. */
struct pamport__kept_value {
	struct pamport__kept_value *next;
	char *value;
	char name[];
};

/* What a trace can say besides the calls: notes.def. */
enum pamport__note {
#define PAMPORT__NOTE(name, rule, text) PAMPORT__NOTE_##name,
#include "lib/notes.def"
	PAMPORT__NOTES			/* at most 64 */
};

/* A call that runs modules, and what it may return (rule 24). */
#define PAMPORT__CALL_CODES 8
struct pamport__call {
	const char *name;
	int (*native)(pam_handle_t *, int);
	int (*check)(struct pamport__state *, pam_handle_t *, int *flags);
	int failure;			/* for a code without a name */
	int code[PAMPORT__CALL_CODES];	/* besides the common ones; ends with 0 */
};

/* All of them: for `pamport code`. */
#define PAMPORT__CALLS 6
extern const struct pamport__call *const pamport__calls[PAMPORT__CALLS];

struct pamport__state {
	unsigned int magic;
	pam_handle_t *handle;		/* the native handle it belongs to */

	bool strict;
	bool has_conv;			/* false: pam_start got NULL */
	struct pam_conv conv;		/* the application's */

	/* What the calls have done (rules 24 and 31). */
	int native_code;
	bool is_open;

	/* Where the trace goes: trace.c. */
	int trace_descriptor;		/* -1: nowhere */
	bool trace_is_ours;		/* to be closed */
	dev_t trace_device;
	ino_t trace_inode;
	unsigned int trace_lines;
	pamport_trace_function *trace_function;
	void *trace_data;
	uint_least64_t noted;		/* a bit each: enum pamport__note */

	/* What a module put in the place of pamport's conversation. */
	bool is_replaced;
	struct pamport__native_conv replacement;

	/* Native calls under way, on the list of their thread. */
	unsigned int depth;
	struct pamport__state *below;

	/* The application's function behind the item PAM_FAIL_DELAY. */
	void (*fail_delay)(int, unsigned int, void *);
	unsigned int delay;		/* asked for, where that is not native */

	struct pamport__private_item *items;

	/* The environment: see env_names.c. */
	struct pamport__kept_value *kept;
	struct pamport__env_name *hidden;
	struct pamport__env_name *order;
};

/* state.c */
struct pamport__state *pamport__state_new(const struct pam_conv *conv);
/* list is that of the thread: see enter.h. */
void pamport__state_empty(struct pamport__state *state,
    struct pamport__state **list);
void pamport__state_free(struct pamport__state *state);
struct pamport__state *pamport__state_in_call(void);
struct pamport__state *pamport__state_in_call_of(const pam_handle_t *pamh);
struct pamport__native_conv pamport__own_conv(struct pamport__state *state);

/* conv.c */
int pamport__converse(int n, PAMPORT__NATIVE_CONST struct pam_message **msg,
    struct pam_response **resp, void *data);

/* Here because every call begins with these: see pamport-cost(7). */
#define PAMPORT__MAGIC 0x70616d70U	/* "pamp" */

static inline bool
pamport__state_is_valid(const struct pamport__state *state)
{
	return state != NULL && state->magic == PAMPORT__MAGIC;
}

static inline PAMPORT__NATIVE_CONST struct pamport__native_conv *
pamport__native_conv_of(const pam_handle_t *pamh)
{
	PAMPORT__NATIVE_CONST void *conv = NULL;

	if (pam_get_item(pamh, PAM_CONV, &conv) != PAM_SUCCESS)
		return NULL;
	return conv;
}

/*
 * The list of the thread comes second: what the native item says is as true,
 * and a variable of a thread costs more than the item.
 */
static inline struct pamport__state *
pamport__state_of(const pam_handle_t *pamh)
{
	const struct pamport__native_conv *conv = pamport__native_conv_of(pamh);
	struct pamport__state *state;

	if (conv != NULL && conv->conv == pamport__converse) {
		state = conv->appdata_ptr;
		if (pamport__state_is_valid(state) && state->handle == pamh)
			return state;
	}
	return pamport__state_in_call_of(pamh);
}

static inline bool
pamport__is_traced(const struct pamport__state *state)
{
	return state != NULL && (state->trace_descriptor >= 0 ||
	    state->trace_function != NULL);
}

/* Whether what is not portable would be said or refused. */
static inline bool
pamport__is_judged(const struct pamport__state *state)
{
	return state != NULL && (state->strict || pamport__is_traced(state));
}

bool pamport__gather(enum pamport__layout layout, int n,
    PAMPORT__NATIVE_CONST struct pam_message **msg, struct pam_message *array,
    const struct pam_message **list);
void pamport__free_answers(int n, const struct pam_message **list,
    struct pam_response *answers);

/* name.c */
enum pamport__kind {
	PAMPORT__KIND_UNKNOWN,		/* no name here: perhaps a newer native one */
	PAMPORT__KIND_STRING,
	PAMPORT__KIND_CONV,		/* struct pam_conv */
	PAMPORT__KIND_FUNCTION,		/* of PAM_FAIL_DELAY */
	PAMPORT__KIND_XAUTH,		/* struct pam_xauth_data */
	PAMPORT__KIND_REPOSITORY,	/* struct pam_repository */
	PAMPORT__KIND_SOCKADDR		/* struct sockaddr_storage */
};
struct pamport__named_item {
	int number;			/* here, native or private */
	enum pamport__kind kind;
	const char *name;
};
extern const struct pamport__named_item pamport__items[PAMPORT__ITEMS];
const struct pamport__named_item *pamport__item_named(int number);
static inline bool
pamport__item_is_private(int number)
{
	return number >= PAMPORT_FIRST_PRIVATE_ITEM &&
	    number <= PAMPORT_LAST_PRIVATE_ITEM;
}

bool pamport__code_is_native(int number);

/* result.c */
bool pamport__code_is_common(int code);
int pamport__portable_result(struct pamport__state *state,
    const struct pamport__call *call, int native);

/* trace.c; a NULL state is not traced, and not strict. */
void pamport__trace_start(struct pamport__state *state);
void pamport__trace_end(struct pamport__state *state);
void pamport__trace_call(struct pamport__state *state,
    const struct pamport__call *call, int flags, int native, int result);
void pamport__trace_refusal(struct pamport__state *state,
    const struct pamport__call *call, int flags, int result);
void pamport__trace_result(struct pamport__state *state, const char *function,
    const char *what, int result);
void pamport__trace_message(struct pamport__state *state, const char *message);
void pamport__trace_end_call(struct pamport__state *state, int status);
void pamport__note(struct pamport__state *state, enum pamport__note which);

/*
 * printable.c: the bytes of the UTF-8 character that text begins with, 0 if it
 * begins with none; whether that steers no terminal; and '?' for each that may.
 */
size_t pamport__character(const char *text);
bool pamport__is_harmless(const char *text);
void pamport__make_printable(char *text);

/*
 * descriptor.c: the same file under another number, or -1 as it came; and a pipe
 * there, false leaving errno.
 */
int pamport__above_standard_streams(int fd);
bool pamport__open_pipe(int ends[2], int flags);

/* private_item.c */
int pamport__private_item_set(struct pamport__state *state,
    const struct pamport__named_item *item, const void *value);
const void *pamport__private_item_get(const struct pamport__state *state,
    int item);
void pamport__private_items_free(struct pamport__state *state);

/* env.c: what modules put there may be secret, and is wiped. */
void pamport__env_free(char **list);
void pamport__env_free_one(char *entry);	/* taken out of a list */
int pamport__env_is_set(pam_handle_t *pamh, const char *name, bool *is_set);

/* env_names.c */
void pamport__env_names_free(struct pamport__state *state);
bool pamport__env_hides(struct pamport__state *state, const char *name,
    size_t length, const char *value);
void pamport__env_hide(struct pamport__state *state, char **list);
int pamport__env_empty(struct pamport__state *state, const char *name);
int pamport__env_show(struct pamport__state *state, const char *name);
int pamport__env_note_order(struct pamport__state *state, const char *name);
void pamport__env_note_deleted(struct pamport__state *state,
    const char *name);
int pamport__env_sort(const struct pamport__state *state, char **list);

#endif /* PAMPORT_LIB_INTERNAL_H */
