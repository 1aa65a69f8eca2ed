/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * How Linux-PAM runs a stack.
 *
 * The first of a pair of calls (authenticate, open) freezes what each module
 * returned; the second (setcred, close) takes its path from the frozen results
 * and its answer from the new ones.
 * That is why a close after a failed open fails although every module
 * succeeds [a02], why a module that was optional counts at close [c06f], and
 * why close calls what open called [c06d].
 */
#include <stdlib.h>
#include <string.h>

#include "sim.h"
#include "linux.h"

enum impression { UNDECIDED, POSITIVE, NEGATIVE };

enum freeze { FREEZE, MAY_BE_FROZEN };

struct verdict {
	enum impression impression;
	int status;
};

/* The state of one run. */
struct run {
	pam_handle_t *pamh;
	enum sim_call call;
	enum freeze freeze;
	struct sim_entry *entry;
	int depth;
	struct verdict now;
	struct verdict entered[MAX_SUBSTACKS + 1];
};

static int
call_entry(struct run *run, int flags)
{
	struct sim_entry *entry = run->entry;

	if (entry->kind == SIM_MUST_FAIL)
		return (MUST_FAIL_CODE);
	if (entry->kind == SIM_SUBSTACK)
		return (PAM_IGNORE);
	if (entry->function[run->call] == NULL)
		return (PAM_MODULE_UNKNOWN);		/* [a09, a10] */
	return (sim_invoke(run->pamh, entry, run->call, flags));
}

/*
 * The result that chooses the action.  A chain that was never frozen is
 * evaluated by what it returns now.  [c01b, c10b]
 */
static int
frozen_result(struct run *run, int result)
{
	if (run->freeze == FREEZE)
		run->entry->frozen = result;
	else if (run->entry->frozen == NOT_FROZEN)
		return (result);
	return (run->entry->frozen);
}

/* A number that is no result; in the second of a pair only the first counts. */
static int
choose_action(const struct sim_entry *entry, int frozen, int *result)
{
	if (frozen >= 0 && frozen < SIM_NACTIONS)
		return (entry->action[frozen]);
	*result = MUST_FAIL_CODE;			/* [a08, a08c] */
	return (ACTION_BAD);
}

static bool
undecided(const struct verdict *now)
{
	return (now->impression == UNDECIDED ||
	    (now->impression == POSITIVE && now->status == PAM_SUCCESS));
}

/* An IGNORE of now, where success was frozen, decides nothing.  [a07f, c12] */
static void
accept(struct run *run, int result, int frozen)
{
	if (undecided(&run->now) &&
	    (result != PAM_IGNORE || frozen == result)) {
		run->now.impression = POSITIVE;
		run->now.status = result;
	}
}

static void
reject(struct run *run, int result)
{
	if (run->now.impression == NEGATIVE)
		return;
	run->now.impression = NEGATIVE;
	run->now.status = result == PAM_IGNORE ? MUST_FAIL_CODE : result;
}

/* Skip that many modules; a substack is one.  False if there are too few. */
static bool
jump(struct run *run, int count)
{
	int level = run->entry->level;

	while (count > 0 && run->entry->next != NULL &&
	    run->entry->next->level >= level) {
		do {
			run->entry = run->entry->next;
			run->depth++;
		} while (run->entry->next != NULL &&
		    run->entry->next->level > level);
		count--;
	}
	return (count == 0);
}

/* In a frozen chain a module that jumps is also required. */
static void
take_jump(struct run *run, int action, int result, int frozen)
{
	if (run->freeze != FREEZE)
		accept(run, result, frozen);
	if (action < 0 || !jump(run, action)) {
		sim_log("bad jump in stack");
		run->now.impression = NEGATIVE;
		run->now.status = MUST_FAIL_CODE;
	}
}

/* The rest of this substack, or of the whole, is not called. */
static void
leave(struct run *run)
{
	int level = run->entry->level;

	while (run->entry->next != NULL && run->entry->next->level >= level) {
		run->entry = run->entry->next;
		run->depth++;
	}
}

static void
act(struct run *run, int action, int result, int frozen)
{
	switch (action) {
	case ACTION_RESET:
		run->now = run->entered[run->entry->level];
		break;
	case ACTION_OK:
	case ACTION_DONE:
		accept(run, result, frozen);
		if (action == ACTION_DONE && run->now.impression == POSITIVE)
			leave(run);
		break;
	case ACTION_BAD:
	case ACTION_DIE:
		reject(run, result);
		if (action == ACTION_DIE)
			leave(run);
		break;
	case ACTION_IGNORE:
		break;
	default:
		take_jump(run, action, result, frozen);
		break;
	}
}

static void
remember(struct run *run)
{
	run->pamh->former.waiting = true;
	run->pamh->former.call = run->call;
	run->pamh->former.depth = run->depth;
	run->pamh->former.impression = (int)run->now.impression;
	run->pamh->former.status = run->now.status;
}

static void
begin(struct run *run)
{
	struct sim_former *former = &run->pamh->former;

	run->now.impression = UNDECIDED;
	run->now.status = MUST_FAIL_CODE;
	run->entered[0] = run->now;
	if (former->waiting) {
		run->now.impression = (enum impression)former->impression;
		run->now.status = former->status;
	}
}

static int
run_chain(struct run *run, int flags)
{
	int action, frozen, level = 0, resume, result;

	if (run->entry == NULL)
		return (MUST_FAIL_CODE);		/* [a11, k36] */
	begin(run);
	resume = run->pamh->former.waiting ? run->pamh->former.depth : 0;
	run->pamh->former.waiting = false;
	for (; run->entry != NULL; run->entry = run->entry->next,
	    run->depth++) {
		if (run->depth < resume)
			continue;
		if (run->entry->level > level)
			run->entered[run->entry->level] = run->now;
		level = run->entry->level;
		result = call_entry(run, flags);
		if (result == PAM_INCOMPLETE) {		/* [a08k] */
			remember(run);
			return (result);
		}
		frozen = frozen_result(run, result);
		action = choose_action(run->entry, frozen, &result);
		act(run, action, result, frozen);
	}
	if (run->now.status == PAM_SUCCESS && run->now.impression != POSITIVE)
		return (MUST_FAIL_CODE);
	return (run->now.status);
}

static enum freeze
freeze_for(enum sim_call call)
{
	if (call == SIM_SETCRED || call == SIM_CLOSE_SESSION)
		return (MAY_BE_FROZEN);
	return (FREEZE);
}

int
sim_linux_dispatch(pam_handle_t *pamh, int flags, enum sim_call call)
{
	struct run run;
	int result;

	if (pamh->place == SIM_IN_MODULE)
		return (PAM_SYSTEM_ERR);		/* [l01] */
	if ((result = sim_configure(pamh)) != PAM_SUCCESS)
		return (result);
	if (pamh->former.waiting && pamh->former.call != call)
		return (PAM_ABORT);			/* [a08k] */
	memset(&run, 0, sizeof(run));
	run.pamh = pamh;
	run.call = call;
	run.freeze = freeze_for(call);
	run.entry = pamh->own.chain[sim_type_of(call)];
	if (run.entry == NULL)
		run.entry = pamh->other.chain[sim_type_of(call)];
	pamh->place = SIM_IN_MODULE;
	pamh->call = (int)call;
	result = run_chain(&run, flags);
	pamh->place = SIM_APPLICATION;
	return (result);
}
