/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NetBSD and OpenBSD: the sysctl of a process, with the time of day when it
 * started.  That needs no boot beside it, and there are no namespaces.
 */
#include <config.h>

#include <sys/param.h>
#include <sys/proc.h>
#include <sys/sysctl.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "platform/process.h"

/* OpenBSD has no older form of it beside. */
#ifdef HAVE_STRUCT_KINFO_PROC2_P_USTART_SEC
#define QUERY KERN_PROC2
typedef struct kinfo_proc2 kernel_process;
#else
#define QUERY KERN_PROC
typedef struct kinfo_proc kernel_process;
#endif

/* A process that has ended is a zombie there and dead here. */
#ifdef HAVE_STRUCT_KINFO_PROC2_P_USTART_SEC
#define STATUS(process) ((process).p_realstat)
#else
#define STATUS(process) ((process).p_stat)
#endif

const bool pamport__process_start_is_absolute = true;

enum pamport__process_look
pamport__process_look(pid_t pid, char *start)
{
	kernel_process process;
	size_t size = sizeof(process);
	int name[] = { CTL_KERN, QUERY, KERN_PROC_PID, 0, 0, 1 };

	start[0] = '\0';
	name[3] = pid;
	name[4] = (int)size;
	memset(&process, 0, sizeof(process));
	if (sysctl(name, 6, &process, &size, NULL, 0) != 0 ||
	    size == 0 || (pid_t)process.p_pid != pid)
		return pamport__process_look_by_kill(pid);
	if (STATUS(process) == SZOMB || STATUS(process) == SDEAD)
		return PAMPORT__LOOK_ENDED;
	(void)snprintf(start, PAMPORT__PROCESS_TEXT, "%llu.%06lu",
	    (unsigned long long)process.p_ustart_sec,
	    (unsigned long)process.p_ustart_usec);
	return PAMPORT__LOOK_THERE;
}

void
pamport__process_here(char *boot, char *space)
{
	boot[0] = '\0';
	space[0] = '\0';
}
