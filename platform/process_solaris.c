/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Solaris and illumos: /proc/PID/psinfo (proc(5)), with the time of day when the
 * process started, in nanoseconds.  That needs no boot beside it.  Everybody may
 * read it, but a zone does not see the processes of others.
 */
#include <config.h>

#include <errno.h>
#include <fcntl.h>
#include <procfs.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <zone.h>

#include "platform/process.h"

const bool pamport__process_start_is_absolute = true;

/* Of a zombie there is psinfo too, without a thread. */
enum pamport__process_look
pamport__process_look(pid_t pid, char *start)
{
	psinfo_t process;
	char path[64];
	ssize_t got;
	int file;

	start[0] = '\0';
	(void)snprintf(path, sizeof(path), "/proc/%ld/psinfo", (long)pid);
	file = open(path, O_RDONLY | O_CLOEXEC);
	if (file == -1)
		return pamport__process_look_by_kill(pid);
	got = read(file, &process, sizeof(process));
	(void)close(file);
	if (got != (ssize_t)sizeof(process))
		return pamport__process_look_by_kill(pid);
	if (process.pr_nlwp == 0)
		return PAMPORT__LOOK_ENDED;
	(void)snprintf(start, PAMPORT__PROCESS_TEXT, "%lld.%09ld",
	    (long long)process.pr_start.tv_sec,
	    (long)process.pr_start.tv_nsec);
	return PAMPORT__LOOK_THERE;
}

void
pamport__process_here(char *boot, char *space)
{
	boot[0] = '\0';
	(void)snprintf(space, PAMPORT__PROCESS_TEXT, "zone:%d",
	    (int)getzoneid());
}
