/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pipe2(2) for O_CLOEXEC and O_NONBLOCK: here another thread's exec between
 * the calls still inherits the pipe.
 */
#include <config.h>

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "compat/compat.h"

static bool
set_flags(int fd, int flags)
{
	if ((flags & O_CLOEXEC) != 0 && fcntl(fd, F_SETFD, FD_CLOEXEC) == -1)
		return false;
	return (flags & O_NONBLOCK) == 0 ||
	    fcntl(fd, F_SETFL, O_NONBLOCK) != -1;
}

int
pamport__pipe2(int ends[2], int flags)
{
	if ((flags & ~(O_CLOEXEC | O_NONBLOCK)) != 0) {
		errno = EINVAL;
		return -1;
	}
	if (pipe(ends) == -1)
		return -1;
	if (set_flags(ends[0], flags) && set_flags(ends[1], flags))
		return 0;
	close(ends[0]);
	close(ends[1]);
	return -1;
}
