/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pamport: one PAM for applications on every Unix.
 *
 * This header takes no name that begins with pam_ but struct pam_conv.  An
 * application that wants to keep calling pam_start and its like includes
 * <pamport/pam_appl.h> instead, or compiles with the overlay.
 *
 * Each comment says what the function does, who owns what, which codes it
 * returns besides those of the modules ("=x" whatever x returns), and where
 * systems differ: L is Linux-PAM, O OpenPAM, A Apple's, S Solaris and illumos.
 * "Rule n" is a rule of the contract, pamport(7).
 *
 * No function crashes on a NULL argument: where a pointer is needed, NULL
 * gives PAM_SYSTEM_ERR, or NULL from a function that returns a pointer.
 */
#ifndef PAMPORT_PAMPORT_H
#define PAMPORT_PAMPORT_H

#ifdef __GNUC__
#pragma GCC system_header
#endif

#include <pamport/names.h>

#define PAMPORT_VERSION "0.1.0"

/* --- The conversation --- */

/*
 * Sources differ in the const of the messages, and one source is to compile
 * everywhere, so both forms are taken: C up to C17 has a function type without
 * prototype for that, C++ a class.  C23 has neither; there the messages are
 * const, or not where the source says _PAM_LEGACY_NONCONST, as on illumos; where
 * the system's own header has no const, any pointer is taken, and a program that
 * calls the function itself says PAMPORT_CONV_PROTOTYPE.
 */
#ifdef _PAM_LEGACY_NONCONST
#define PAMPORT_CONST
#else
#define PAMPORT_CONST const
#endif

/* Sources of O and S write through msg, which only L declares const. */
#if !defined(__cplusplus) && !defined(PAMPORT__BUILDING)
struct pam_message {
	int msg_style;
	char *msg;
};
#endif

typedef int (*pamport_conv_prototype)(int, PAMPORT_CONST struct pam_message **,
    struct pam_response **, void *);

#if defined(PAMPORT__BUILDING)
typedef pamport_conv_prototype pamport_conv_pointer;
#elif defined(__cplusplus)
extern "C++" {	/* a program may include this inside extern "C" */

/* NULL, whatever it is made of, is left to the constructor for a pointer. */
template <typename any> struct pamport_not_null { typedef int type; };
template <> struct pamport_not_null<int> { };
template <> struct pamport_not_null<long> { };
# if __cplusplus >= 201103L
template <> struct pamport_not_null<decltype(nullptr)> { };
# endif

class pamport_conv_pointer {
	typedef int (*with_const)(int, const struct pam_message **,
	    struct pam_response **, void *);
	typedef int (*without_const)(int, struct pam_message **,
	    struct pam_response **, void *);
	with_const function;

	static with_const take(with_const given) { return given; }
	static with_const take(without_const given) {
		return reinterpret_cast<with_const>(given);
	}
public:
# if __cplusplus >= 201103L
	pamport_conv_pointer() = default;
# else
	pamport_conv_pointer() {}
# endif
	pamport_conv_pointer(with_const given) : function(given) {}
	/* The plus makes a pointer of a lambda. */
	template <typename any> pamport_conv_pointer(any given,
	    typename pamport_not_null<any>::type = 0) :
	    function(take(+given)) {}
	operator with_const() const { return function; }
};

}	/* extern "C++" */
#elif defined(PAMPORT_CONV_PROTOTYPE)
typedef pamport_conv_prototype pamport_conv_pointer;
#elif !defined(__STDC_VERSION__) || __STDC_VERSION__ <= 201710L
typedef int (*pamport_conv_pointer)();
#elif defined(_PAM_LEGACY_NONCONST)
typedef pamport_conv_prototype pamport_conv_pointer;
#else
# ifdef __GNUC__
#  define PAMPORT__TYPEOF __typeof__
# else
#  define PAMPORT__TYPEOF typeof
# endif
typedef PAMPORT__TYPEOF(_Generic(((struct pamport__native_conv *)0)->conv,
    int (*)(int, const struct pamport__native_message **,
	struct pam_response **, void *): (pamport_conv_prototype)0,
    default: (void *)0)) pamport_conv_pointer;
#endif

#ifdef __cplusplus
extern "C" {
#endif

/*
 * The application's conversation.  conv receives n >= 1 messages, through
 * pointers into one contiguous array: msg[i]->msg and (*msg)[i].msg are the
 * same message on every system (rule 26).  It sets *resp to an array of n
 * responses from malloc, whose strings are from malloc too and become pamport's
 * when it returns PAM_SUCCESS; on failure *resp stays the application's.
 * Returns PAM_SUCCESS, PAM_BUF_ERR or PAM_CONV_ERR; any other code becomes
 * PAM_CONV_ERR, and so does success without an answer to a prompt (rule 27).
 * Leaving it by longjmp(3) is undefined on every system.
 */
struct pam_conv {
	pamport_conv_pointer conv;
	void *appdata_ptr;
};

/*
 * For a signal handler, in the place of longjmp(3) out of the conversation
 * (rule 29): the conversation that is under way ends with PAM_CONV_ERR as soon as
 * the application's function returns, whatever that returns, and later ones
 * without asking, until pamport_conv_resume.  A function that waits in read(2)
 * returns when that fails with EINTR: the handler is to be set without
 * SA_RESTART.  Both are safe in a signal handler and mean the whole process.
 */
void pamport_conv_cancel(void);
void pamport_conv_resume(void);

/* --- Start and end --- */

/*
 * Starts a transaction.  Strings and conv are copied; *pamh is the native
 * handle, to be given to pamport_end, and NULL after every failure (L, O and S
 * differ there).  user may be NULL.  conv may be NULL, and so may its
 * function: a module that then converses gets PAM_CONV_ERR (rule 9).
 * Returns PAM_SYSTEM_ERR (a NULL service or pamh; in strict mode a service
 * name that rule 8 does not allow), PAM_BUF_ERR, =native pam_start.
 * Differs: with no configuration for the service L and O fail here, S later.
 * Source: X/Open 4.2.1 (pam_start), pam_start(3), pam_start(3PAM).
 */
int pamport_start(const char *service, const char *user,
    const struct pam_conv *conv, pam_handle_t **pamh);

/*
 * As pamport_start, with the directory that holds the services' files instead
 * of the system's.  confdir is copied; NULL means the system's.
 * Returns PAM_SYSTEM_ERR where the native library has no such function (O, A,
 * S, L before 1.4), =pamport_start.
 */
int pamport_start_confdir(const char *service, const char *user,
    const struct pam_conv *conv, const char *confdir, pam_handle_t **pamh);

/*
 * Ends the transaction: cleanup functions of modules get status (a PAM code,
 * possibly | PAM_DATA_SILENT), then the handle is freed, and with it every
 * pointer that it gave out.
 * Returns PAM_SYSTEM_ERR (NULL), =native pam_end.
 * Differs: none that is known; O says PAM_BAD_HANDLE for NULL natively.
 */
int pamport_end(pam_handle_t *pamh, int status);

/*
 * The text of a code.  Never NULL, never to be freed, in the native library's
 * words for a code that it has; other implementations' codes have texts too.
 * pamh may be NULL.  Safe in any number of threads for every number (rule 11).
 */
const char *pamport_strerror(const pam_handle_t *pamh, int code);

/* --- What modules do --- */

/*
 * The calls that run modules.  flags are the native header's constants; bits
 * that only other systems know are stripped before the native call, and of
 * those for a session all but PAM_SILENT (rule 20).  pamport_setcred takes one
 * action, 0 meaning PAM_ESTABLISH_CRED (rule 21).
 * They return PAM_SYSTEM_ERR for a NULL handle (O crashes natively),
 * PAM_BAD_CONSTANT (two actions; PAM_PRELIM_CHECK or PAM_UPDATE_AUTHTOK given
 * to pamport_chauthtok), else =the native function of the same name, a code
 * without a name becoming the generic failure (rule 24).  pamport(3) names the
 * codes of each.
 * Differs: S grants what no module was configured to decide; that is
 * PAM_SYSTEM_ERR here (rule 23).
 * In strict mode also PAM_BAD_CONSTANT (other flags for a session),
 * PAM_PERM_DENIED (a session, without root), PAM_SESSION_ERR (open while open,
 * close of what is not open).
 */
int pamport_authenticate(pam_handle_t *pamh, int flags);
int pamport_acct_mgmt(pam_handle_t *pamh, int flags);
int pamport_setcred(pam_handle_t *pamh, int flags);
int pamport_open_session(pam_handle_t *pamh, int flags);
int pamport_close_session(pam_handle_t *pamh, int flags);
int pamport_chauthtok(pam_handle_t *pamh, int flags);

/*
 * A flag for pamport_close_session alone, which no module sees: the session
 * was opened on another handle or in another process (rule 31).
 */
#define PAMPORT_CLOSE_FOREIGN 0x00200000

/*
 * The number that the native library returned from the last of these calls on
 * this handle, before it was made portable (rule 24); -1 if there was none.
 */
int pamport_native_code(const pam_handle_t *pamh);

/*
 * Asks a delay of at least usec microseconds after a failed authentication.
 * Returns PAM_SYSTEM_ERR (NULL handle), PAM_SUCCESS; on systems without the
 * call (O, A, S) the delay is made by pamport_authenticate itself.
 */
int pamport_fail_delay(pam_handle_t *pamh, unsigned int usec);

/* --- Items --- */

/*
 * Sets an item.  Strings are copied first, so the very pointer that
 * pamport_get_item gave may be passed (O and S then read freed memory
 * natively).  value NULL unsets.  An item that the native library lacks is
 * kept by pamport for the application alone (rule 13).
 * Returns PAM_SYSTEM_ERR (NULL handle), PAM_BAD_ITEM (unknown or not to be set;
 * unsetting what natively crashes), PAM_PERM_DENIED (unsetting PAM_CONV),
 * PAM_BUF_ERR, =native pam_set_item.
 * Differs: PAM_SERVICE after start can be set on L only; PAM_AUTHTOK and
 * PAM_OLDAUTHTOK on O and S only.  In strict mode none of them can.
 */
int pamport_set_item(pam_handle_t *pamh, int item, const void *value);

/*
 * Reads an item.  value is a pointer to a pointer of the item's type (const or
 * not: char *, struct pam_conv *, ...), which is set to storage of the handle,
 * valid until the item changes; NULL after every failure.  PAM_CONV gives
 * the application's own conversation (rule 15).
 * Returns PAM_SYSTEM_ERR (NULL handle or value), PAM_BAD_ITEM, =native
 * pam_get_item.
 */
int pamport_get_item(const pam_handle_t *pamh, int item, void *value);

/*
 * The user's name, asked through the conversation with prompt (NULL: the
 * native library's) if PAM_USER is not set.  user is a pointer to char * or
 * const char *, set to storage of the handle, NULL after every failure.
 * Returns PAM_SYSTEM_ERR (NULL handle or user), PAM_CONV_ERR, =native
 * pam_get_user.
 * Differs: S cuts the answer at blanks and asks for an empty PAM_USER too.
 */
int pamport_get_user(pam_handle_t *pamh, void *user, const char *prompt);

/*
 * 1 if modules see this item here, 0 if it is only kept for the application
 * or unknown (rule 13).
 */
int pamport_item_reaches_modules(int item);

/* --- Environment --- */

/*
 * NAME=VALUE sets, NAME= sets to the empty string, NAME deletes.  The string
 * is copied.
 * Returns PAM_SYSTEM_ERR (NULL), =native pam_putenv.
 */
int pamport_putenv(pam_handle_t *pamh, const char *name_value);

/*
 * The value of a variable, owned by the handle and valid until that variable
 * changes or the handle ends; NULL if there is none.
 * Differs: S returns a copy natively; pamport keeps it for the caller, and gives
 * NULL also where there is no memory for that.
 */
const char *pamport_getenv(pam_handle_t *pamh, const char *name);

/* The same as a copy that the caller frees, as sources written for S expect. */
char *pamport_getenv_copy(pam_handle_t *pamh, const char *name);

/*
 * A copy of the whole environment: an array that ends with NULL.  The caller
 * frees each string and the array.  NULL if there is no memory.
 */
char **pamport_getenvlist(pam_handle_t *pamh);

/* --- Names and numbers --- */

enum pamport_implementation {
	PAMPORT_HERE,		/* the one that pamport was built for */
	PAMPORT_LINUX_PAM,
	PAMPORT_OPENPAM,
	PAMPORT_APPLE,		/* Apple's OpenPAM of 2007 */
	PAMPORT_SOLARIS		/* Solaris and illumos */
};

/* The name of a return code here ("PAM_AUTH_ERR"), NULL if it has none. */
const char *pamport_code_name(int code);

/* The name of an item here ("PAM_TTY"), NULL if it has none. */
const char *pamport_item_name(int item);

/*
 * The number that `to` has for what `from` calls `code`; -1 if code has no
 * name in from, or to lacks the name.  PAMPORT_HERE knows the codes of all
 * (rule 2).
 */
int pamport_code_translate(enum pamport_implementation from,
    enum pamport_implementation to, int code);

/* "linux-pam", "openpam", "apple", "solaris"; NULL for another number. */
const char *pamport_implementation_name(enum pamport_implementation which);

/* The version of the library, which may be newer than PAMPORT_VERSION. */
const char *pamport_version(void);

/* --- Options of a handle --- */

enum pamport_option {
	/*
	 * 1: refuse and report what the contract leaves undefined.  0, the
	 * default: leave it to the native library.  PAMPORT_STRICT=1 in the
	 * environment sets it for every handle, but not in a set-id program.
	 */
	PAMPORT_OPTION_STRICT
};

/*
 * Returns PAM_SYSTEM_ERR (NULL or foreign handle), PAM_BAD_ITEM (an option
 * or value that does not exist), PAM_SUCCESS.
 */
int pamport_set_option(pam_handle_t *pamh, enum pamport_option option,
    int value);

/*
 * Gives each line of the trace of this handle to function, without its newline;
 * NULL ends that.  line is valid during the call.  The function must not use
 * the handle.  PAMPORT_TRACE in the environment, the name of a file or the
 * number of a descriptor, traces every handle, but not in a set-id program.
 * A trace never holds the value of an item or a variable.
 * Returns PAM_SYSTEM_ERR (NULL or foreign handle), PAM_SUCCESS.
 */
typedef void pamport_trace_function(const char *line, void *data);
int pamport_set_trace(pam_handle_t *pamh, pamport_trace_function *function,
    void *data);


#ifdef __cplusplus
}
#endif

#endif /* PAMPORT_PAMPORT_H */
