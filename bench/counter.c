/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The processor's counter of instructions, of this process and its threads in
 * user mode.  Where there is none, or it may not be read, callgrind is left.
 */
#include <config.h>

#include "bench.h"

#ifdef HAVE_LINUX_PERF_EVENT_H

#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <linux/perf_event.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

static int counter = -1;

void
bench_counter_start(void)
{
	struct perf_event_attr attribute;

	memset(&attribute, 0, sizeof(attribute));
	attribute.type = PERF_TYPE_HARDWARE;
	attribute.size = sizeof(attribute);
	attribute.config = PERF_COUNT_HW_INSTRUCTIONS;
	attribute.exclude_kernel = 1;
	attribute.exclude_hv = 1;
	attribute.inherit = 1;
	attribute.disabled = 1;
	counter = (int)syscall(SYS_perf_event_open, &attribute, 0, -1, -1, 0UL);
	if (counter >= 0)
		(void)ioctl(counter, PERF_EVENT_IOC_ENABLE, 0);
}

long long
bench_counter_stop(void)
{
	uint64_t value = 0;
	long long result = -1;

	if (counter < 0)
		return -1;
	(void)ioctl(counter, PERF_EVENT_IOC_DISABLE, 0);
	if (read(counter, &value, sizeof(value)) == (ssize_t)sizeof(value))
		result = (long long)value;
	(void)close(counter);
	counter = -1;
	return result;
}

#else

void
bench_counter_start(void)
{
}

long long
bench_counter_stop(void)
{
	return -1;
}

#endif
