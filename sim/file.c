/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Files of a configuration: where they are, whether they are trusted, what
 * is in them.
 */
#include <sys/types.h>
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sim.h"

/* "a/b/c", allocated; the parts may be NULL from the right. */
char *
sim_path(const char *a, const char *b, const char *c)
{
	char *path;
	size_t size;

	size = strlen(a) + 1;
	size += b != NULL ? strlen(b) + 1 : 0;
	size += c != NULL ? strlen(c) + 1 : 0;
	if ((path = malloc(size)) == NULL)
		return (NULL);
	snprintf(path, size, "%s%s%s%s%s", a, b != NULL ? "/" : "",
	    b != NULL ? b : "", c != NULL ? "/" : "", c != NULL ? c : "");
	return (path);
}

/*
 * The real ones want root, some also take the effective user.  The simulation
 * takes both, or nobody but root could run tests with it.  [a16, a16h]
 */
static bool
trusted(const struct stat *status)
{
	if (status->st_uid != 0 && status->st_uid != geteuid())
		return (false);
	return ((status->st_mode & (S_IWGRP | S_IWOTH)) == 0);
}

bool
sim_is_directory(const char *path)
{
	struct stat status;

	return (stat(path, &status) == 0 && S_ISDIR(status.st_mode));
}

bool
sim_trusted_file(const char *path)
{
	struct stat status;

	return (stat(path, &status) == 0 && S_ISREG(status.st_mode) &&
	    trusted(&status));
}

/* The file and every directory above it.  [a16b, a16c] */
bool
sim_trusted_path(const char *path)
{
	struct stat status;
	char *real, *slash;
	bool good;

	if ((real = realpath(path, NULL)) == NULL)
		return (false);
	good = sim_trusted_file(real);
	while (good && (slash = strrchr(real, '/')) != NULL) {
		slash[slash == real ? 1 : 0] = '\0';
		good = stat(real, &status) == 0 && trusted(&status);
		if (slash == real)
			break;
	}
	free(real);
	return (good);
}

static bool
read_all(int fd, struct sim_text *text)
{
	char *grown;
	size_t room = 0;
	ssize_t n;

	for (;;) {
		if (text->size + 1 >= room) {
			room = room * 2 + 4096;
			if ((grown = realloc(text->bytes, room)) == NULL)
				return (false);
			text->bytes = grown;
		}
		n = read(fd, text->bytes + text->size, room - text->size - 1);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		text->size += (size_t)n;
	}
	text->bytes[text->size] = '\0';
	return (true);
}

/*
 * Read a file whole.  A directory reads as an empty file for those that do not
 * check, as "svc/" does on Linux-PAM.  [d33]
 */
enum sim_read
sim_read_file(const char *path, bool check, struct sim_text *text)
{
	enum sim_read result;
	int fd;

	memset(text, 0, sizeof(*text));
	if ((fd = open(path, O_RDONLY | O_CLOEXEC)) < 0)
		return (errno == ENOENT ? SIM_READ_MISSING : SIM_READ_REFUSED);
	result = SIM_READ_OK;
	if (check && !sim_trusted_file(path)) {
		sim_log("%s: wrong owner or mode", path);
		result = SIM_READ_REFUSED;
	} else if (!read_all(fd, text))
		result = SIM_READ_REFUSED;
	close(fd);
	if (result != SIM_READ_OK) {
		free(text->bytes);
		text->bytes = NULL;
	}
	return (result);
}
