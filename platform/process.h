/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Is that process still the same one?  Whether the session of another process is
 * over is decided by this, so "gone" is said only when it is sure.
 *
 * lib/process.c decides; one file of platform/ says what this system tells.
 */
#ifndef PAMPORT_PLATFORM_PROCESS_H
#define PAMPORT_PLATFORM_PROCESS_H

#include <sys/types.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PAMPORT__PROCESS_TEXT 64

/*
 * What tells a process from all others, to be written down and read back on the
 * same machine.  The texts are printable, without blanks, and only ever compared;
 * "" is what the system does not tell.
 */
struct pamport__process {
	int64_t pid;
	char start[PAMPORT__PROCESS_TEXT];	/* the finest the system has */
	char boot[PAMPORT__PROCESS_TEXT];	/* differs after each boot */
	char space[PAMPORT__PROCESS_TEXT];	/* where the pid is valid */
};

enum pamport__process_state {
	PAMPORT__PROCESS_GONE,		/* surely */
	PAMPORT__PROCESS_ALIVE,
	PAMPORT__PROCESS_UNSURE
};

/*
 * false: there is no such process, or it has ended; what is known is filled in.  One
 * that cannot be looked at is without a start, and so never surely alive; it is gone
 * when nobody has its pid any more.
 */
bool pamport__process_identify(pid_t pid, struct pamport__process *process);

/*
 * Gone: another boot; no process of that pid; one that started at another time;
 * or one that has ended and was not waited for (a zombie): it does nothing more.
 * Unsure: another pid namespace, jail or zone, where that pid is another process;
 * nothing to be seen (hidepid); nothing to compare.  *reason says which, in a
 * sentence without a full stop.
 */
enum pamport__process_state pamport__process_state(
    const struct pamport__process *process, const char **reason);

/* --- The files of the systems ----------------------------------------------- */

enum pamport__process_look {
	PAMPORT__LOOK_THERE,
	PAMPORT__LOOK_ENDED,	/* a zombie, all of it: no thread is left */
	PAMPORT__LOOK_ABSENT,
	PAMPORT__LOOK_UNKNOWN	/* there or not: this process cannot see it */
};

/*
 * start has PAMPORT__PROCESS_TEXT bytes, and is "" where it is not told.
 * pamport__process_here gives what is the same for all processes.
 */
enum pamport__process_look pamport__process_look(pid_t pid, char *start);
void pamport__process_here(char *boot, char *space);

/*
 * Whether an equal start time alone tells the same process, since it counts from
 * the epoch; otherwise it counts from the boot, and that must be known.
 */
extern const bool pamport__process_start_is_absolute;

/* For systems and moments that tell no more: kill(pid, 0). */
enum pamport__process_look pamport__process_look_by_kill(pid_t pid);

#endif /* PAMPORT_PLATFORM_PROCESS_H */
