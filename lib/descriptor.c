/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where descriptors of the library's own are.
 */
#include <config.h>

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "lib/internal.h"
#include "compat/compat.h"

/*
 * In the place of a standard stream that is closed, it would be read from or
 * written to by whoever takes it for that stream.
 */
int
pamport__above_standard_streams(int fd)
{
	int moved, error;

	if (fd == -1 || fd > STDERR_FILENO)
		return fd;
	moved = fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
	error = errno;
	(void)close(fd);
	errno = error;
	return moved;
}

bool
pamport__open_pipe(int ends[2], int flags)
{
	int i, error;

	if (pipe2(ends, flags) == -1)
		return false;
	ends[0] = pamport__above_standard_streams(ends[0]);
	ends[1] = pamport__above_standard_streams(ends[1]);
	if (ends[0] != -1 && ends[1] != -1)
		return true;
	error = errno;
	for (i = 0; i < 2; i++)
		if (ends[i] != -1)
			(void)close(ends[i]);
	errno = error;
	return false;
}
