/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The directory of the records.  Nobody but root can have put anything there:
 * every directory on the way belongs to root and cannot be written by others.
 */
#include <config.h>

#include <sys/types.h>
#include <sys/stat.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "lib/record.h"
#include "compat/compat.h"

#define SECONDS_TO_WRITE 3600
#define OTHERS_WRITE (S_IWGRP | S_IWOTH)
#define OTHERS (S_IRWXG | S_IRWXO)

const char *
pamport_record_directory(void)
{
	const char *path = secure_getenv("PAMPORT_RECORDS");

	return path != NULL && path[0] == '/' ? path : PAMPORT_RECORD_DIR;
}

/* --- The directory ------------------------------------------------------------- */

/* Calls visit for "/", "/a", "/a/b" and so on; the first error ends it. */
static int
for_each_prefix(const char *path, int (*visit)(const char *prefix,
    bool is_last))
{
	char *copy = strdup(path), *end;
	int error = copy == NULL ? ENOMEM : visit("/", false);

	/* A slash at the end does not begin another name. */
	for (end = copy == NULL ? NULL : copy + strlen(copy); end != NULL &&
	    end > copy + 1 && end[-1] == '/'; end--)
		end[-1] = '\0';
	for (end = copy; error == 0 && end != NULL; ) {
		end = strchr(end + 1, '/');
		if (end != NULL)
			*end = '\0';
		error = visit(copy, end == NULL);
		if (end != NULL)
			*end = '/';
	}
	free(copy);
	return error;
}

/*
 * What root owns in a directory with the sticky bit nobody else can replace.  A
 * link of root's is root's word; where it leads to is checked as well.
 */
static int
check_one(const char *path, bool is_last)
{
	struct stat status;

	(void)is_last;
	if (lstat(path, &status) == -1)
		return errno;
	if (status.st_uid != 0 || (S_ISDIR(status.st_mode) &&
	    (status.st_mode & OTHERS_WRITE) != 0 &&
	    (status.st_mode & S_ISVTX) == 0))
		return EACCES;
	return 0;
}

/*
 * Nothing is made where somebody else has led us.  What is there is not made, since
 * mkdir has other errors for that than EEXIST: FreeBSD and macOS EISDIR for "/", a
 * disk that is read-only EROFS.
 */
static int
make_one(const char *path, bool is_last)
{
	int error = check_one(path, is_last);

	if (error != ENOENT)
		return error;
	/* Another process may make it just now. */
	if (mkdir(path, is_last ? 0700 : 0755) == -1 && errno != EEXIST)
		return errno;
	return check_one(path, is_last);
}

static int
open_checked(struct pamport__directory *directory, const char *path)
{
	struct stat status;
	int error;

	directory->fd = pamport__above_standard_streams(open(path,
	    O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
	if (directory->fd == -1)
		return errno;
	if (fstat(directory->fd, &status) == -1) {
		error = errno;
		(void)close(directory->fd);
		directory->fd = -1;
		return error;
	}
	directory->device = status.st_dev;
	directory->inode = status.st_ino;
	if (status.st_uid != 0 || (status.st_mode & OTHERS) != 0) {
		directory->why = "it is not root's alone (mode 0700)";
		return EACCES;
	}
	return 0;
}

/* Where it leads to, to be freed, if nobody else can lead it elsewhere. */
static int
resolve(const char *path, char **resolved)
{
	int error;

	*resolved = realpath(path, NULL);
	if (*resolved == NULL)
		return errno;
	error = for_each_prefix(*resolved, check_one);
	if (error == 0)
		error = for_each_prefix(path, check_one);
	if (error != 0)
		free(*resolved);
	return error;
}

static int
open_resolved(struct pamport__directory *directory, const char *path)
{
	char *resolved;
	int error = resolve(path, &resolved);

	if (error != 0)
		return error;
	error = open_checked(directory, resolved);
	free(resolved);
	return error;
}

/* In a directory with the sticky bit, too, others can make what is not there. */
int
pamport__directory_check(const char *path)
{
	struct stat status;
	char *resolved;
	int error = resolve(path, &resolved);

	if (error != 0)
		return error;
	if (stat(resolved, &status) == -1)
		error = errno;
	else if ((status.st_mode & OTHERS_WRITE) != 0)
		error = EACCES;
	free(resolved);
	return error;
}

int
pamport__directory_open(struct pamport__directory *directory, bool is_made)
{
	const char *path = pamport_record_directory();
	int error = 0;

	directory->fd = -1;
	directory->why = NULL;
	if (geteuid() != 0) {
		directory->why = "only root has records";
		return EPERM;
	}
	if (is_made)
		error = for_each_prefix(path, make_one);
	if (error == 0)
		error = open_resolved(directory, path);
	if (error != 0) {
		pamport__directory_close(directory);
		if (directory->why == NULL && error == EACCES)
			directory->why = "others than root can change the way "
			    "to it";
		else if (directory->why == NULL)
			directory->why = strerror(error);
	}
	return error;
}

void
pamport__directory_close(struct pamport__directory *directory)
{
	if (pamport__directory_is_valid(directory))
		(void)close(directory->fd);
	directory->fd = -1;
}

/* A daemon that closed everything may have the number for something else. */
bool
pamport__directory_is_valid(const struct pamport__directory *directory)
{
	struct stat status;

	return directory->fd >= 0 && fstat(directory->fd, &status) == 0 &&
	    status.st_dev == directory->device &&
	    status.st_ino == directory->inode;
}

/* --- Names ------------------------------------------------------------------------ */

static const char *const phases[] = {
	[PAMPORT_RECORD_OPENING] = "opening",
	[PAMPORT_RECORD_OPEN] = "open",
	[PAMPORT_RECORD_CLOSING] = "closing",
	[PAMPORT_RECORD_DAMAGED] = "damaged"
};

void
pamport__record_name(char name[PAMPORT__NAME_SIZE], const char *id,
    enum pamport_record_phase phase)
{
	(void)snprintf(name, PAMPORT__NAME_SIZE, "%s.%s", id, phases[phase]);
}

/* Enough to tell apart what two processes make in one second. */
static unsigned long long
random_number(void)
{
	unsigned long long number = 0;
	struct timespec now = { 0, 0 };
	int fd = open("/dev/urandom", O_RDONLY | O_CLOEXEC);
	ssize_t got = -1;

	if (fd != -1) {
		got = read(fd, &number, sizeof(number));
		(void)close(fd);
	}
	if (got == (ssize_t)sizeof(number))
		return number;
	/* In a chroot without devices. */
	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (unsigned long long)getpid() << 32 ^
	    (unsigned long long)now.tv_nsec;
}

void
pamport__id_new(char id[PAMPORT__ID_SIZE])
{
	(void)snprintf(id, PAMPORT__ID_SIZE, "%llx-%llx",
	    (unsigned long long)time(NULL), random_number());
}

bool
pamport__id_is_valid(const char *id)
{
	size_t length = id == NULL ? 0 : strlen(id);

	return length > 0 && length < PAMPORT__ID_SIZE &&
	    strspn(id, "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") == length;
}

static bool
read_name(const char *name, struct pamport__listed *listed)
{
	const char *dot = strchr(name, '.');
	size_t length, i;

	if (dot == NULL || (length = (size_t)(dot - name)) == 0 ||
	    length >= PAMPORT__ID_SIZE)
		return false;
	memcpy(listed->id, name, length);
	listed->id[length] = '\0';
	if (!pamport__id_is_valid(listed->id))
		return false;
	/* What was set aside is not looked at again. */
	for (i = 0; i < PAMPORT_RECORD_DAMAGED; i++) {
		if (strcmp(dot + 1, phases[i]) == 0) {
			listed->phase = (enum pamport_record_phase)i;
			return true;
		}
	}
	return false;
}

static int
add_name(const char *name, struct pamport__listed **list, size_t *n,
    size_t *size)
{
	struct pamport__listed *grown;

	if (*n == *size) {
		*size = *size == 0 ? 64 : *size * 2;
		grown = realloc(*list, *size * sizeof(**list));
		if (grown == NULL)
			return ENOMEM;
		*list = grown;
	}
	if (read_name(name, &(*list)[*n]))
		(*n)++;
	return 0;
}

/* NULL: errno says why. */
static DIR *
open_entries(const struct pamport__directory *directory)
{
	int fd = openat(directory->fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *entries;
	int error;

	if (fd == -1)
		return NULL;
	entries = fdopendir(fd);
	if (entries == NULL) {
		error = errno;
		(void)close(fd);
		errno = error;
	}
	return entries;
}

int
pamport__record_names(const struct pamport__directory *directory,
    struct pamport__listed **list, size_t *n)
{
	const struct dirent *entry;
	DIR *entries = open_entries(directory);
	size_t size = 0;
	int error = 0;

	*list = NULL;
	*n = 0;
	if (entries == NULL)
		return errno;
	while (error == 0 && (errno = 0, entry = readdir(entries)) != NULL)
		error = add_name(entry->d_name, list, n, &size);
	if (error == 0)
		error = errno;
	(void)closedir(entries);
	if (error != 0) {
		free(*list);
		*list = NULL;
		*n = 0;
	}
	return error;
}

/* Nobody writes a record for so long. */
static bool
is_left_over(const struct pamport__directory *directory, const char *name)
{
	struct stat status;

	return name[0] == '.' && pamport__id_is_valid(name + 1) &&
	    fstatat(directory->fd, name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
	    time(NULL) - status.st_mtime > SECONDS_TO_WRITE;
}

void
pamport__directory_tidy(const struct pamport__directory *directory)
{
	const struct dirent *entry;
	DIR *entries = open_entries(directory);

	if (entries == NULL)
		return;
	while ((entry = readdir(entries)) != NULL)
		if (is_left_over(directory, entry->d_name))
			(void)unlinkat(directory->fd, entry->d_name, 0);
	(void)closedir(entries);
}
