/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * macOS: the sysctl of a process, with the time of day when it started; each boot
 * has a UUID.  There are no namespaces.
 */
#include <config.h>

#include <sys/types.h>
#include <sys/proc.h>
#include <sys/sysctl.h>
#include <stdio.h>
#include <string.h>

#include "platform/process.h"

const bool pamport__process_start_is_absolute = true;

enum pamport__process_look
pamport__process_look(pid_t pid, char *start)
{
	struct kinfo_proc process;
	size_t size = sizeof(process);
	int name[] = { CTL_KERN, KERN_PROC, KERN_PROC_PID, 0 };

	start[0] = '\0';
	name[3] = pid;
	memset(&process, 0, sizeof(process));
	if (sysctl(name, 4, &process, &size, NULL, 0) != 0 ||
	    size == 0 || process.kp_proc.p_pid != pid)
		return pamport__process_look_by_kill(pid);
	if (process.kp_proc.p_stat == SZOMB)
		return PAMPORT__LOOK_ENDED;
	(void)snprintf(start, PAMPORT__PROCESS_TEXT, "%lld.%06ld",
	    (long long)process.kp_proc.p_starttime.tv_sec,
	    (long)process.kp_proc.p_starttime.tv_usec);
	return PAMPORT__LOOK_THERE;
}

void
pamport__process_here(char *boot, char *space)
{
	size_t size = PAMPORT__PROCESS_TEXT - 1;

	memset(boot, 0, PAMPORT__PROCESS_TEXT);
	space[0] = '\0';
	if (sysctlbyname("kern.bootsessionuuid", boot, &size, NULL, 0) != 0)
		boot[0] = '\0';
}
