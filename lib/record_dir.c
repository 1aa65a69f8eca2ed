/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The directory of the records, and the files in it.  Nobody but root can have
 * put anything there: every directory on the way belongs to root and cannot be
 * written by others, and so it is with each file that is believed.
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

#define NAME_SIZE (PAMPORT__ID_SIZE + 16)
#define OTHERS_WRITE (S_IWGRP | S_IWOTH)
#define OTHERS (S_IRWXG | S_IRWXO)

const char *
pamport_record_directory(void)
{
	const char *path = secure_getenv("PAMPORT_RECORDS");

	return path != NULL && path[0] == '/' ? path : PAMPORT_RECORD_DIR;
}

/* --- The directory ------------------------------------------------------------- */

/* Calls visit for "/a", "/a/b" and so on; the first error ends it. */
static int
for_each_prefix(const char *path, int (*visit)(const char *prefix,
    bool is_last))
{
	char *copy = strdup(path), *end;
	int error = copy == NULL ? ENOMEM : 0;

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

static int
make_one(const char *path, bool is_last)
{
	if (mkdir(path, is_last ? 0700 : 0755) == 0 || errno == EEXIST)
		return 0;
	return errno;
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

static int
open_checked(struct pamport__directory *directory, const char *path)
{
	struct stat status;

	directory->fd = open(path,
	    O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (directory->fd == -1)
		return errno;
	if (fstat(directory->fd, &status) == -1)
		return errno;
	if (status.st_uid != 0 || (status.st_mode & OTHERS) != 0) {
		directory->why = "it is not root's alone (mode 0700)";
		return EACCES;
	}
	directory->device = status.st_dev;
	directory->inode = status.st_ino;
	return 0;
}

static int
open_resolved(struct pamport__directory *directory, const char *path)
{
	char *resolved = realpath(path, NULL);
	int error;

	if (resolved == NULL)
		return errno;
	error = for_each_prefix(resolved, check_one);
	if (error == 0)
		error = for_each_prefix(path, check_one);
	if (error == EACCES)
		directory->why = "others than root can change the way to it";
	if (error == 0)
		error = open_checked(directory, resolved);
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
		if (directory->why == NULL)
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

/* A change of names is safe when the directory is. */
static void
sync_directory(const struct pamport__directory *directory)
{
	(void)fsync(directory->fd);
}

/* --- Names ------------------------------------------------------------------------ */

static const char *const phases[] = {
	[PAMPORT_RECORD_OPENING] = "opening",
	[PAMPORT_RECORD_OPEN] = "open",
	[PAMPORT_RECORD_CLOSING] = "closing",
	[PAMPORT_RECORD_DAMAGED] = "damaged"
};

static void
make_name(char name[NAME_SIZE], const char *id,
    enum pamport_record_phase phase)
{
	(void)snprintf(name, NAME_SIZE, "%s.%s", id, phases[phase]);
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

int
pamport__record_names(const struct pamport__directory *directory,
    struct pamport__listed **list, size_t *n)
{
	int fd = openat(directory->fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *entries = fd == -1 ? NULL : fdopendir(fd);
	const struct dirent *entry;
	size_t size = 0;
	int error = 0;

	*list = NULL;
	*n = 0;
	if (entries == NULL) {
		error = errno;
		if (fd != -1)
			(void)close(fd);
		return error;
	}
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

/* --- Writing -------------------------------------------------------------------------- */

static int
write_all(int fd, const char *text)
{
	size_t left = strlen(text);
	ssize_t written;

	while (left > 0) {
		written = write(fd, text, left);
		if (written == -1 && errno != EINTR)
			return errno;
		if (written > 0) {
			text += written;
			left -= (size_t)written;
		}
	}
	return fsync(fd) == -1 ? errno : 0;
}

int
pamport__record_store(const struct pamport__directory *directory,
    const char *id, enum pamport_record_phase phase, const char *text)
{
	char name[NAME_SIZE], temporary[NAME_SIZE];
	int fd, error;

	make_name(name, id, phase);
	(void)snprintf(temporary, sizeof(temporary), ".%s", id);
	/* What a killed process of this id left. */
	(void)unlinkat(directory->fd, temporary, 0);
	fd = openat(directory->fd, temporary,
	    O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd == -1)
		return errno;
	error = write_all(fd, text);
	if (close(fd) == -1 && error == 0)
		error = errno;
	if (error == 0 && renameat(directory->fd, temporary, directory->fd,
	    name) == -1)
		error = errno;
	if (error != 0)
		(void)unlinkat(directory->fd, temporary, 0);
	sync_directory(directory);
	return error;
}

int
pamport__record_append(const struct pamport__directory *directory,
    const char *id, enum pamport_record_phase phase, const char *text)
{
	char name[NAME_SIZE];
	struct stat status;
	int fd, error;

	make_name(name, id, phase);
	fd = openat(directory->fd, name,
	    O_WRONLY | O_APPEND | O_NOFOLLOW | O_CLOEXEC);
	if (fd == -1)
		return errno;
	error = fstat(fd, &status) == -1 ? errno : write_all(fd, text);
	/* No half of a line is to stand before the next one. */
	if (error != 0 && ftruncate(fd, status.st_size) == -1)
		error = errno;
	(void)close(fd);
	return error;
}

int
pamport__record_move(const struct pamport__directory *directory,
    const char *id, enum pamport_record_phase from,
    enum pamport_record_phase to)
{
	char old[NAME_SIZE], new[NAME_SIZE];

	make_name(old, id, from);
	make_name(new, id, to);
	if (renameat(directory->fd, old, directory->fd, new) == -1)
		return errno;
	sync_directory(directory);
	return 0;
}

int
pamport__record_remove(const struct pamport__directory *directory,
    const char *id, enum pamport_record_phase phase)
{
	char name[NAME_SIZE];

	make_name(name, id, phase);
	if (unlinkat(directory->fd, name, 0) == -1)
		return errno;
	sync_directory(directory);
	return 0;
}

int
pamport__record_set_aside(const struct pamport__directory *directory,
    const char *id, enum pamport_record_phase phase)
{
	char name[NAME_SIZE], new[NAME_SIZE + 16];
	struct stat status;
	unsigned int n = 0;

	make_name(name, id, phase);
	(void)snprintf(new, sizeof(new), "%s.damaged", id);
	while (fstatat(directory->fd, new, &status, AT_SYMLINK_NOFOLLOW) == 0)
		(void)snprintf(new, sizeof(new), "%s.damaged%u", id, ++n);
	if (renameat(directory->fd, name, directory->fd, new) == -1)
		return errno;
	sync_directory(directory);
	return 0;
}

/* --- The right to close ------------------------------------------------------------------ */

static int
lock_file(int fd)
{
	struct flock lock;

	memset(&lock, 0, sizeof(lock));
	lock.l_type = F_WRLCK;
	lock.l_whence = SEEK_SET;
	if (fcntl(fd, F_SETLK, &lock) == 0)
		return 0;
	return errno == EACCES ? EAGAIN : errno;
}

/* Whoever had the lock before may have removed the file meanwhile. */
static int
check_still_there(const struct pamport__directory *directory,
    const char *id, int fd)
{
	char name[NAME_SIZE];
	struct stat by_name, by_fd;

	make_name(name, id, PAMPORT_RECORD_CLOSING);
	if (fstatat(directory->fd, name, &by_name, AT_SYMLINK_NOFOLLOW) == -1 ||
	    fstat(fd, &by_fd) == -1)
		return errno;
	return by_name.st_ino == by_fd.st_ino ? 0 : ENOENT;
}

int
pamport__record_claim(const struct pamport__directory *directory,
    const char *id, enum pamport_record_phase from, int *lock)
{
	char name[NAME_SIZE];
	int fd, error;

	*lock = -1;
	make_name(name, id, from);
	fd = openat(directory->fd, name,
	    O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd == -1)
		return errno;
	error = lock_file(fd);
	if (error == 0 && from != PAMPORT_RECORD_CLOSING)
		error = pamport__record_move(directory, id, from,
		    PAMPORT_RECORD_CLOSING);
	if (error == 0)
		error = check_still_there(directory, id, fd);
	if (error == 0)
		*lock = fd;
	else
		(void)close(fd);
	return error;
}

/* --- Reading ---------------------------------------------------------------------------------- */

/* NULL: to be believed. */
static const char *
doubt(const struct stat *status)
{
	if (!S_ISREG(status->st_mode))
		return "not a plain file";
	if (status->st_uid != 0)
		return "not root's";
	if ((status->st_mode & OTHERS) != 0)
		return "open to others than root";
	if (status->st_nlink != 1)
		return "a file with another name too";
	if (status->st_size > (off_t)PAMPORT__RECORD_LIMIT)
		return "too long";
	return NULL;
}

static int
read_all(int fd, char *text, size_t limit, size_t *length)
{
	ssize_t got;

	while (*length < limit) {
		got = read(fd, text + *length, limit - *length);
		if (got == 0)
			break;
		if (got == -1 && errno != EINTR)
			return errno;
		if (got > 0)
			*length += (size_t)got;
	}
	text[*length] = '\0';
	return 0;
}

/* A record may grow while it is read: of the lines that are appended, four. */
#define GROWTH 4096

static int
load(int fd, struct pamport__record *record, const char **why)
{
	struct stat status;
	size_t length = 0, limit;
	char *text;
	int error;

	if (fstat(fd, &status) == -1)
		return errno;
	*why = doubt(&status);
	if (*why != NULL)
		return EBADMSG;
	limit = (size_t)status.st_size + GROWTH;
	text = malloc(limit + 1);
	if (text == NULL)
		return ENOMEM;
	error = read_all(fd, text, limit, &length);
	if (error != 0) {
		free(text);
		return error;
	}
	*why = pamport__record_parse(record, text, length);
	return *why == NULL ? 0 : EBADMSG;
}

int
pamport__record_load(const struct pamport__directory *directory,
    const char *id, enum pamport_record_phase phase,
    struct pamport__record *record, const char **why)
{
	char name[NAME_SIZE];
	int fd, error;

	memset(record, 0, sizeof(*record));
	*why = NULL;
	make_name(name, id, phase);
	fd = openat(directory->fd, name,
	    O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd == -1) {
		if (errno != ELOOP && errno != EMLINK)
			return errno;
		*why = "a symbolic link";
		return EBADMSG;
	}
	error = load(fd, record, why);
	(void)close(fd);
	return error;
}
