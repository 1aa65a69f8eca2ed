/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * How Solaris and illumos run a stack.
 *
 * A type without a single line succeeds, for pam_authenticate() too [a11, a12,
 * k36], and an include that finds no line of its type ends the stack with
 * success, whatever failed before [E1].
 */
#include <stdlib.h>
#include <string.h>

#include "solaris.h"

/* One file on the way down through the includes. */
struct level {
	struct sim_policy policy;
	struct sim_entry *next;
};

struct run {
	pam_handle_t *pamh;
	enum sim_call call;
	int flags;
	unsigned int serial;
	int depth;
	int optional_error;
	int required_error;
	bool success;
	struct level level[MAX_DEPTH];
};

/* What a stack of this kind answers when every module was ignored.  [a07] */
static const int default_error[SIM_NCALLS] = {
	[SIM_AUTHENTICATE] = PAM_AUTH_ERR,
	[SIM_SETCRED] = PAM_CRED_ERR,
	[SIM_ACCT_MGMT] = PAM_ACCT_EXPIRED,
	[SIM_OPEN_SESSION] = PAM_SESSION_ERR,
	[SIM_CLOSE_SESSION] = PAM_SESSION_ERR,
	[SIM_CHAUTHTOK] = PAM_AUTHTOK_ERR,
};

/*
 * Read a file into the level at hand.  True if it has lines of our type; where
 * it has none, *error is PAM_SUCCESS and that is the answer.
 */
static bool
enter(struct run *run, const char *path, int *error)
{
	struct level *level = &run->level[run->depth];

	*error = sim_configure_file(run->pamh, path, &level->policy);
	if (*error != PAM_SUCCESS)
		return (false);
	level->next = level->policy.chain[sim_type_of(run->call)];
	return (level->next != NULL);
}

static bool
include(struct run *run, const struct sim_entry *entry, int *error)
{
	char *path;
	bool entered;

	/* Too deep: the stack ends with what the last module returned. */
	if (run->depth + 1 >= MAX_DEPTH)
		return (false);
	if ((path = sim_module_path(entry->path, NULL)) == NULL) {
		*error = PAM_BUF_ERR;
		return (false);
	}
	run->depth++;
	entered = enter(run, path, error);
	free(path);
	return (entered);
}

/* What cannot be opened ends the stack, even if it is optional.  [a10b] */
static bool
call_entry(struct run *run, struct sim_entry *entry, int *error)
{
	if (!sim_solaris_load(run->pamh, entry)) {
		*error = PAM_OPEN_ERR;
		return (false);
	}
	if (entry->function[run->call] == NULL) {
		*error = PAM_SYMBOL_ERR;		/* [a09] */
		return (false);
	}
	*error = sim_invoke(run->pamh, entry, run->call, run->flags);
	if (run->serial != run->pamh->runs)
		sim_crash("a module called the stack again, and the lines of "
		    "the first call are freed memory [l01]");
	return (true);
}

static int
first_error(const struct run *run, int error)
{
	return (run->required_error != PAM_SUCCESS ?
	    run->required_error : error);
}

/* True if the stack goes on; otherwise *error is the answer. */
static bool
count(struct run *run, const struct sim_entry *entry, int *error)
{
	bool breaks = entry->control == SIM_SUFFICIENT ||
	    entry->control == SIM_BINDING;

	if (*error == PAM_IGNORE)
		return (true);
	if (*error == PAM_SUCCESS) {
		run->success = true;
		return (!breaks || run->required_error != PAM_SUCCESS);
	}
	if (*error == PAM_TRY_AGAIN ||			/* [a08f, k37] */
	    entry->control == SIM_REQUISITE) {
		*error = first_error(run, *error);
		return (false);
	}
	if (entry->control == SIM_REQUIRED || entry->control == SIM_BINDING)
		run->required_error = first_error(run, *error);
	else if (run->optional_error == PAM_SUCCESS)
		run->optional_error = *error;
	return (true);
}

/* The next line, from here or from the file that included this one. */
static struct sim_entry *
next_entry(struct run *run)
{
	struct sim_entry *entry;

	while (run->level[run->depth].next == NULL && run->depth > 0) {
		sim_free_policy(&run->level[run->depth].policy);
		run->depth--;
	}
	if ((entry = run->level[run->depth].next) != NULL)
		run->level[run->depth].next = entry->next;
	return (entry);
}

/* A lone failing optional module has its own code returned.  [a03] */
static int
decide(const struct run *run)
{
	if (run->required_error != PAM_SUCCESS)
		return (run->required_error);
	if (run->success)
		return (PAM_SUCCESS);
	if (run->optional_error != PAM_SUCCESS)
		return (run->optional_error);
	return (default_error[run->call]);
}

static int
run_stack(struct run *run, const char *path)
{
	struct sim_entry *entry;
	int error;

	if (!enter(run, path, &error))
		return (error);
	run->pamh->place = SIM_IN_MODULE;
	while ((entry = next_entry(run)) != NULL) {
		if (entry->control == SIM_INCLUDE) {
			if (!include(run, entry, &error))
				return (error);
		} else if (!call_entry(run, entry, &error) ||
		    !count(run, entry, &error))
			return (error);
	}
	return (decide(run));
}

/*
 * A call from within a call loses the lines that the outer one walks, which
 * shows when it comes back [l01].  A conversation left by longjmp() never
 * does: the next call carries on [E5].
 */
static int
dispatch(pam_handle_t *pamh, enum sim_call call, int flags)
{
	struct run run;
	char *path;
	int result;

	if (++pamh->nested > MAX_NESTED)
		sim_crash("a module calls itself for ever [l01]");
	if ((path = sim_path(pamh->root, "pam.conf", NULL)) == NULL)
		return (PAM_BUF_ERR);
	memset(&run, 0, sizeof(run));
	run.pamh = pamh;
	run.call = call;
	run.flags = flags;
	run.serial = ++pamh->runs;
	pamh->call = (int)call;
	result = run_stack(&run, path);
	pamh->place = SIM_APPLICATION;
	pamh->nested--;
	for (; run.depth >= 0; run.depth--)
		sim_free_policy(&run.level[run.depth].policy);
	free(path);
	return (result);
}

/* Every failure takes the token with it, a success leaves it.  [k04, k05] */
static int
run_and_forget(pam_handle_t *pamh, enum sim_call call, int flags)
{
	int result;

	if (pamh == NULL)
		return (sim_this.no_handle);
	result = dispatch(pamh, call, flags);
	if (result != PAM_SUCCESS)
		sim_set_item(pamh, PAM_AUTHTOK, NULL);	/* [e27b] */
	return (result);
}

int
pam_authenticate(pam_handle_t *pamh, int flags)
{
	return (run_and_forget(pamh, SIM_AUTHENTICATE, flags));
}

int
pam_setcred(pam_handle_t *pamh, int flags)
{
	return (run_and_forget(pamh, SIM_SETCRED, flags));
}

int
pam_acct_mgmt(pam_handle_t *pamh, int flags)
{
	return (run_and_forget(pamh, SIM_ACCT_MGMT, flags));
}

int
pam_open_session(pam_handle_t *pamh, int flags)
{
	return (run_and_forget(pamh, SIM_OPEN_SESSION, flags));
}

int
pam_close_session(pam_handle_t *pamh, int flags)
{
	return (run_and_forget(pamh, SIM_CLOSE_SESSION, flags));
}

/* The bits of the two passes are the library's own.  [b4, j02, j03] */
int
pam_chauthtok(pam_handle_t *pamh, int flags)
{
	int result;

	if (pamh == NULL)
		return (sim_this.no_handle);
	if ((flags & (PAM_PRELIM_CHECK | PAM_UPDATE_AUTHTOK)) != 0)
		return (PAM_SYMBOL_ERR);
	result = run_and_forget(pamh, SIM_CHAUTHTOK, flags | PAM_PRELIM_CHECK);
	if (result == PAM_SUCCESS)
		result = run_and_forget(pamh, SIM_CHAUTHTOK,
		    flags | PAM_UPDATE_AUTHTOK);
	return (result);
}
