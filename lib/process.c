/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Is that process still the same one?  See platform/process.h.
 */
#include <config.h>

#include <sys/types.h>
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <string.h>

#include "platform/process.h"

enum pamport__process_look
pamport__process_look_by_kill(pid_t pid)
{
	if (kill(pid, 0) == 0 || errno == EPERM)
		return PAMPORT__LOOK_UNKNOWN;
	return errno == ESRCH ? PAMPORT__LOOK_ABSENT : PAMPORT__LOOK_UNKNOWN;
}

bool
pamport__process_identify(pid_t pid, struct pamport__process *process)
{
	enum pamport__process_look look;

	memset(process, 0, sizeof(*process));
	process->pid = pid;
	if (pid <= 0)
		return false;
	pamport__process_here(process->boot, process->space);
	look = pamport__process_look(pid, process->start);
	return look == PAMPORT__LOOK_THERE || look == PAMPORT__LOOK_UNKNOWN;
}

/* One that a pid_t holds, and no group of processes. */
static bool
is_pid(int64_t pid)
{
	return pid > 0 && pid <= INT_MAX;
}

static bool
is_known(const char *text)
{
	return text[0] != '\0';
}

static bool
is_same(const char *one, const char *other)
{
	return strcmp(one, other) == 0;
}

static enum pamport__process_state
say(enum pamport__process_state state, const char *sentence,
    const char **reason)
{
	*reason = sentence;
	return state;
}

/* There is a process of that pid; is it the same? */
static enum pamport__process_state
compare(const struct pamport__process *process, const char *start,
    const char *boot, const char **reason)
{
	if (!is_known(start) || !is_known(process->start))
		return say(PAMPORT__PROCESS_UNSURE, "a process has that pid, "
		    "and its start time is not known", reason);
	if (!is_same(start, process->start))
		return say(PAMPORT__PROCESS_GONE,
		    "its pid is now of another process", reason);
	if (!pamport__process_start_is_absolute &&
	    (!is_known(boot) || !is_known(process->boot)))
		return say(PAMPORT__PROCESS_UNSURE, "a process has that pid "
		    "and start time, and it is not known of which boot",
		    reason);
	return say(PAMPORT__PROCESS_ALIVE, "it is running", reason);
}

enum pamport__process_state
pamport__process_state(const struct pamport__process *process,
    const char **reason)
{
	char boot[PAMPORT__PROCESS_TEXT] = "";
	char space[PAMPORT__PROCESS_TEXT] = "";
	char start[PAMPORT__PROCESS_TEXT] = "";

	if (!is_pid(process->pid))
		return say(PAMPORT__PROCESS_UNSURE, "no process is named",
		    reason);
	pamport__process_here(boot, space);
	/* Containers may show a boot of their own, so this comes first. */
	if (is_known(space) && is_known(process->space) &&
	    !is_same(space, process->space))
		return say(PAMPORT__PROCESS_UNSURE,
		    "it is of another pid namespace, jail or zone", reason);
	if (is_known(boot) && is_known(process->boot) &&
	    !is_same(boot, process->boot))
		return say(PAMPORT__PROCESS_GONE,
		    "the system was started anew since", reason);
	if (!is_same(space, process->space))
		return say(PAMPORT__PROCESS_UNSURE,
		    "its pid namespace, jail or zone is not known", reason);
	switch (pamport__process_look((pid_t)process->pid, start)) {
	case PAMPORT__LOOK_ABSENT:
		return say(PAMPORT__PROCESS_GONE, "no process has that pid",
		    reason);
	case PAMPORT__LOOK_ENDED:
		return say(PAMPORT__PROCESS_GONE,
		    "it has ended, and its parent has not waited for it",
		    reason);
	case PAMPORT__LOOK_UNKNOWN:
		return say(PAMPORT__PROCESS_UNSURE,
		    "a process has that pid, and what it is cannot be seen",
		    reason);
	case PAMPORT__LOOK_THERE:
		break;
	}
	return compare(process, start, boot, reason);
}
