/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * FreeBSD: the sysctl of a process.  Its start is told as time of day, counted
 * from a boot time that moves when the clock is set, so that is taken off again:
 * what stays is microseconds since the boot.  kern.boot_id exists since 14, as 16
 * random bytes; before, it is not known of which boot a process is, and nobody is
 * taken for alive.  A jail does not see the processes outside.
 */
#include <config.h>

#include <sys/param.h>
#include <sys/proc.h>
#include <sys/sysctl.h>
#include <sys/time.h>
#include <sys/user.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "platform/accounting.h"
#include "platform/process.h"

const bool pamport__process_start_is_absolute = false;

/* 0 or errno. */
static int
ask(pid_t pid, struct kinfo_proc *process)
{
	int name[] = { CTL_KERN, KERN_PROC, KERN_PROC_PID, 0 };
	size_t size = sizeof(*process);

	name[3] = pid;
	memset(process, 0, sizeof(*process));
	if (sysctl(name, 4, process, &size, NULL, 0) != 0)
		return errno;
	return size == sizeof(*process) && process->ki_pid == pid ? 0 : ESRCH;
}

enum pamport__process_look
pamport__process_look(pid_t pid, char *start)
{
	struct kinfo_proc process;
	struct timeval boot, since;
	size_t size = sizeof(boot);
	int name[] = { CTL_KERN, KERN_BOOTTIME };

	start[0] = '\0';
	if (ask(pid, &process) != 0)
		return pamport__process_look_by_kill(pid);
	if (process.ki_stat == SZOMB)
		return PAMPORT__LOOK_ENDED;
	if (sysctl(name, 2, &boot, &size, NULL, 0) == 0) {
		timersub(&process.ki_start, &boot, &since);
		(void)snprintf(start, PAMPORT__PROCESS_TEXT, "%lld.%06ld",
		    (long long)since.tv_sec, (long)since.tv_usec);
	}
	return PAMPORT__LOOK_THERE;
}

void
pamport__process_here(char *boot, char *space)
{
	struct kinfo_proc self;
	char bytes[(PAMPORT__PROCESS_TEXT - 1) / 2];
	size_t size = sizeof(bytes);

	boot[0] = '\0';
	space[0] = '\0';
	/* More bytes than these are an error of it, and an unknown boot. */
	if (sysctlbyname("kern.boot_id", bytes, &size, NULL, 0) == 0)
		pamport__id_get(boot, PAMPORT__PROCESS_TEXT, bytes, size);
	if (ask(getpid(), &self) == 0)
		(void)snprintf(space, PAMPORT__PROCESS_TEXT, "jail:%d",
		    self.ki_jid);
}
