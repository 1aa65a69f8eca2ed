/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Linux: /proc/PID/stat (proc(5)) has the start in clock ticks since the boot.
 *
 * /proc may be missing, may hide the processes of others (hidepid), and may be
 * that of another pid namespace, where a pid is another process: then it is not
 * asked.
 */
#include <config.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "platform/process.h"

#define STAT_SIZE 2048		/* two names, and 52 numbers of 20 digits */
#define FIELD_THREADS 20
#define FIELD_START 22
#define DIGITS "0123456789"

const bool pamport__process_start_is_absolute = false;

/* A short file, or link, as text; false if it cannot be had. */
static bool
read_text(const char *path, char *text, size_t size)
{
	int file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	size_t length = 0;
	ssize_t got = 0;

	if (file == -1)
		return false;
	while (length < size - 1 && (got = read(file, text + length,
	    size - 1 - length)) > 0)
		length += (size_t)got;
	(void)close(file);
	text[length] = '\0';
	return got >= 0 && length > 0;
}

static bool
read_link(const char *path, char *text, size_t size)
{
	ssize_t length = readlink(path, text, size - 1);

	if (length <= 0 || (size_t)length >= size - 1)
		return false;
	text[length] = '\0';
	return true;
}

/* Whether pids in /proc are those of this process's namespace. */
static bool
is_own_proc(void)
{
	char expected[32], found[32];

	(void)snprintf(expected, sizeof(expected), "%ld", (long)getpid());
	return read_link("/proc/self", found, sizeof(found)) &&
	    strcmp(expected, found) == 0;
}

/* The field of that number, counted from 1; the third follows the name. */
static const char *
find_field(const char *stat, int number)
{
	const char *field = strrchr(stat, ')');
	int i;

	if (field == NULL)
		return NULL;
	for (i = 2; i < number; i++) {
		field = strchr(field + 1, ' ');
		if (field == NULL)
			return NULL;
	}
	return field + 1;
}

/*
 * A process whose first thread has ended is shown as a zombie, though others go
 * on: they are counted.
 */
static bool
has_ended(const char *stat)
{
	const char *state = find_field(stat, 3);
	const char *threads = find_field(stat, FIELD_THREADS);

	if (state == NULL || threads == NULL || strchr("ZXx", *state) == NULL)
		return false;
	return strtol(threads, NULL, 10) <= 1;
}

enum pamport__process_look
pamport__process_look(pid_t pid, char *start)
{
	char path[64], stat[STAT_SIZE];
	const char *field;
	size_t length;

	/*
	 * Of its first thread, which is the same: qemu's user emulation (7.2)
	 * invents /proc/PID/stat for a process that looks at itself, with a start
	 * that nobody else sees.
	 */
	start[0] = '\0';
	(void)snprintf(path, sizeof(path), "/proc/%ld/task/%ld/stat",
	    (long)pid, (long)pid);
	if (!is_own_proc() || !read_text(path, stat, sizeof(stat)))
		return pamport__process_look_by_kill(pid);
	if (has_ended(stat))
		return PAMPORT__LOOK_ENDED;
	field = find_field(stat, FIELD_START);
	length = field == NULL ? 0 : strspn(field, DIGITS);
	if (length > 0 && length < PAMPORT__PROCESS_TEXT) {
		memcpy(start, field, length);
		start[length] = '\0';
	}
	return PAMPORT__LOOK_THERE;
}

/*
 * Start times are shifted in a time namespace, and seen so by who is in it.
 * Kernels before 5.6 have none.
 */
static void
add_time_namespace(char *space)
{
	size_t length = strlen(space);

	if (length == 0 || length + 2 >= PAMPORT__PROCESS_TEXT)
		return;
	if (read_link("/proc/self/ns/time", space + length + 1,
	    PAMPORT__PROCESS_TEXT - length - 1))
		space[length] = ',';
	else
		space[length] = '\0';
}

void
pamport__process_here(char *boot, char *space)
{
	boot[0] = '\0';
	space[0] = '\0';
	if (read_text("/proc/sys/kernel/random/boot_id", boot,
	    PAMPORT__PROCESS_TEXT))
		boot[strcspn(boot, "\n")] = '\0';
	else
		boot[0] = '\0';
	if (!is_own_proc() || !read_link("/proc/self/ns/pid", space,
	    PAMPORT__PROCESS_TEXT))
		space[0] = '\0';
	add_time_namespace(space);
}
