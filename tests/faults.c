/* SPDX-License-Identifier: BSD-2-Clause */
#include <config.h>

#include <sys/types.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <atf-c.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "faults.h"
#include "wrapped.h"

/* Seen by every process. */
static struct shared {
	bool has_struck;
	char where[32];
} *shared;

static bool is_armed, is_event;
static enum fault_kind armed_kind;
static int armed_error, armed_at, armed_depth;
static int depth, points;

/* --- The names are the linker's ---------------------------------------------------- */

WRAPPED_LARGE(int, open, (const char *path, int flags, ...));
WRAPPED_LARGE(int, openat, (int fd, const char *path, int flags, ...));
WRAPPED_LARGE(int, fcntl, (int fd, int command, ...));
WRAPPED(int, mkdir, (const char *path, mode_t mode));
WRAPPED(ssize_t, read, (int fd, void *bytes, size_t size));
WRAPPED_LARGE(ssize_t, pread, (int fd, void *bytes, size_t size, off_t from));
WRAPPED(ssize_t, write, (int fd, const void *bytes, size_t size));
WRAPPED(int, fsync, (int fd));
WRAPPED_LARGE(int, ftruncate, (int fd, off_t size));
WRAPPED(int, close, (int fd));
WRAPPED(int, renameat, (int fd, const char *old, int newfd, const char *new));
WRAPPED(int, unlinkat, (int fd, const char *path, int flags));
WRAPPED_LARGE(int, fstat, (int fd, struct stat *status));
WRAPPED_LARGE(int, lstat, (const char *path, struct stat *status));
WRAPPED_LARGE(int, fstatat, (int fd, const char *path, struct stat *status,
    int flags));
WRAPPED(int, pipe2, (int ends[2], int flags));
WRAPPED(pid_t, fork, (void));

/* --- Striking ------------------------------------------------------------------------ */

static bool
is_of_writes(void)
{
	return armed_kind == FAULT_SHORT || armed_kind == FAULT_KILL_TORN;
}

/* What goes on failing is what can: a read-only disk lets one look. */
static bool
can_fail(const char *where)
{
	static const struct {
		int error;
		const char *calls;
	} rows[] = {
		{ EROFS, "mkdir openat-to-write write renameat unlinkat "
		    "ftruncate " },
		{ ENOSPC, "mkdir openat-to-write write renameat " },
		{ EMFILE, "open openat openat-to-write pipe2 " },
		{ EIO, "open openat openat-to-write mkdir read pread write "
		    "fsync renameat unlinkat ftruncate lstat fstatat " }
	};
	char word[sizeof(shared->where) + 1];
	size_t i;

	if (armed_kind != FAULT_ERRORS)
		return true;
	(void)snprintf(word, sizeof(word), "%s ", where);
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].error == armed_error)
			return strstr(rows[i].calls, word) != NULL;
	return true;
}

static bool
is_next(const char *where)
{
	int point;

	if (!is_armed || is_event || depth != armed_depth || !can_fail(where))
		return false;
	point = points++;
	if (point < armed_at ||
	    (point > armed_at && armed_kind != FAULT_ERRORS))
		return false;
	if (!shared->has_struck)
		(void)snprintf(shared->where, sizeof(shared->where), "%s",
		    where);
	shared->has_struck = true;
	if (armed_kind == FAULT_KILL)
		(void)kill(getpid(), SIGKILL);
	return true;
}

/* Whether a call that writes nothing is to fail. */
static bool
fails(const char *where)
{
	if (is_of_writes() || !is_next(where))
		return false;
	errno = armed_error;
	return true;
}

void
faults_arm(enum fault_kind kind, int error, int at, int new_depth)
{
	if (shared == NULL)
		shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
		    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	ATF_REQUIRE(shared != MAP_FAILED);
	memset(shared, 0, sizeof(*shared));
	armed_kind = kind;
	armed_error = error;
	armed_at = at;
	armed_depth = new_depth;
	depth = points = 0;
	is_armed = true;
}

void
faults_disarm(void)
{
	is_armed = false;
}

void
faults_begin_event(void)
{
	is_event = true;
}

void
faults_end_event(void)
{
	is_event = false;
	if (armed_kind == FAULT_KILL)
		(void)is_next("event");
}

bool
faults_struck(void)
{
	return shared->has_struck;
}

const char *
faults_where(void)
{
	return shared->where;
}

/* Through a pointer, since the compiler may know what fstat does. */
void
faults_require(void)
{
	int (*volatile call)(int fd, struct stat *status) = fstat;
	int (*volatile other)(int fd, const char *path, int flags) = unlinkat;
	struct stat status;
	bool is_wrapped;

	faults_arm(FAULT_ERRORS, EXDEV, 0, 0);
	is_wrapped = call(0, &status) == -1 && errno == EXDEV &&
	    other(-1, "", 0) == -1 && errno == EXDEV;
	faults_disarm();
	if (!is_wrapped)
		atf_tc_skip("the linker does not wrap system calls here");
}

/* --- The calls -------------------------------------------------------------------------- */

static mode_t
mode_of(int flags, va_list arguments)
{
	return (flags & O_CREAT) == 0 ? 0 : va_arg(arguments, mode_t);
}

int
__wrap_open(const char *path, int flags, ...)
{
	va_list arguments;
	mode_t mode;

	va_start(arguments, flags);
	mode = mode_of(flags, arguments);
	va_end(arguments);
	return fails("open") ? -1 : __real_open(path, flags, mode);
}

int
__wrap_openat(int fd, const char *path, int flags, ...)
{
	va_list arguments;
	mode_t mode;

	va_start(arguments, flags);
	mode = mode_of(flags, arguments);
	va_end(arguments);
	if (fails((flags & O_ACCMODE) == O_RDONLY ? "openat" :
	    "openat-to-write"))
		return -1;
	return __real_openat(fd, path, flags, mode);
}

/* Whatever its third argument is, it is as large as a pointer or less. */
int
__wrap_fcntl(int fd, int command, ...)
{
	va_list arguments;
	void *argument;

	va_start(arguments, command);
	argument = va_arg(arguments, void *);
	va_end(arguments);
	return fails("fcntl") ? -1 : __real_fcntl(fd, command, argument);
}

ssize_t
__wrap_write(int fd, const void *bytes, size_t size)
{
	ssize_t written;

	if (!is_of_writes())
		return fails("write") ? -1 : __real_write(fd, bytes, size);
	if (!is_next("write"))
		return __real_write(fd, bytes, size);
	written = __real_write(fd, bytes, size > 1 ? size / 2 : size);
	if (armed_kind == FAULT_KILL_TORN)
		(void)kill(getpid(), SIGKILL);
	return written;
}

/* It is closed all the same. */
int
__wrap_close(int fd)
{
	bool has_failed = fails("close");
	int error = errno, result = __real_close(fd);

	if (!has_failed)
		return result;
	errno = error;
	return -1;
}

pid_t
__wrap_fork(void)
{
	pid_t child = fails("fork") ? -1 : __real_fork();

	if (child == 0) {
		depth++;
		points = 0;
	}
	return child;
}

/* Of what is there not every system says EEXIST: FreeBSD and macOS of "/". */
int
__wrap_mkdir(const char *path, mode_t mode)
{
	if (fails("mkdir"))
		return -1;
	if (strcmp(path, "/") != 0)
		return __real_mkdir(path, mode);
	errno = EISDIR;
	return -1;
}

#define WRAP(type, name, parameters, arguments) \
	type __wrap_##name parameters \
	{ \
		return fails(#name) ? -1 : __real_##name arguments; \
	}

WRAP(ssize_t, read, (int fd, void *bytes, size_t size), (fd, bytes, size))
WRAP(ssize_t, pread, (int fd, void *bytes, size_t size, off_t from),
    (fd, bytes, size, from))
WRAP(int, fsync, (int fd), (fd))
WRAP(int, ftruncate, (int fd, off_t size), (fd, size))
WRAP(int, renameat, (int fd, const char *old, int newfd, const char *new),
    (fd, old, newfd, new))
WRAP(int, unlinkat, (int fd, const char *path, int flags), (fd, path, flags))
WRAP(int, fstat, (int fd, struct stat *status), (fd, status))
WRAP(int, lstat, (const char *path, struct stat *status), (path, status))
WRAP(int, fstatat, (int fd, const char *path, struct stat *status, int flags),
    (fd, path, status, flags))
WRAP(int, pipe2, (int ends[2], int flags), (ends, flags))
