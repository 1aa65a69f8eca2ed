/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The files in the directory of the records.  What is believed is a plain file
 * of root's, which others could not have written.
 */
#include <config.h>

#include <sys/types.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/record.h"

#define OTHERS (S_IRWXG | S_IRWXO)

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

/* A change of names is safe when the directory is. */
static void
sync_directory(const struct pamport__directory *directory)
{
	(void)fsync(directory->fd);
}

/* Also a fifo or a device is nothing to wait for. */
static int
open_in(const struct pamport__directory *directory, const char *name,
    int flags)
{
	return pamport__above_standard_streams(openat(directory->fd, name,
	    flags | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, 0600));
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
	while (fsync(fd) == -1)
		if (errno != EINTR)
			return errno;
	return 0;
}

/* While it is being written it has a name that is no record's. */
static void
temporary_name(char name[PAMPORT__NAME_SIZE], const char *id)
{
	(void)snprintf(name, PAMPORT__NAME_SIZE, ".%s", id);
}

int
pamport__record_store(const struct pamport__directory *directory,
    const char *id, enum pamport_record_phase phase, const char *text)
{
	char name[PAMPORT__NAME_SIZE], temporary[PAMPORT__NAME_SIZE];
	int fd, error;

	pamport__record_name(name, id, phase);
	temporary_name(temporary, id);
	/* What a killed process of this id left. */
	(void)unlinkat(directory->fd, temporary, 0);
	fd = open_in(directory, temporary, O_WRONLY | O_CREAT | O_EXCL);
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

/*
 * A line that was cut off does not count; the next one would be the rest of it,
 * and the record a damaged one.
 */
static int
drop_torn_line(int fd, off_t *size)
{
	off_t whole = *size;
	char byte = '\n';

	while (whole > 0) {
		if (pread(fd, &byte, 1, whole - 1) != 1)
			return EIO;
		if (byte == '\n')
			break;
		whole--;
	}
	if (whole < *size && ftruncate(fd, whole) == -1)
		return errno;
	*size = whole;
	return 0;
}

static int
append_line(int fd, const char *line)
{
	struct stat status;
	int error;

	if (fstat(fd, &status) == -1)
		return errno;
	if (doubt(&status) != NULL)
		return EBADMSG;
	/* What is too long to be read again is not written. */
	if (status.st_size + (off_t)strlen(line) >
	    (off_t)PAMPORT__RECORD_LIMIT)
		return EFBIG;
	error = drop_torn_line(fd, &status.st_size);
	if (error != 0)
		return error;
	error = write_all(fd, line);
	if (error != 0 && ftruncate(fd, status.st_size) == -1)
		error = errno;
	return error;
}

int
pamport__record_append(const struct pamport__directory *directory,
    const char *id, enum pamport_record_phase phase, const char *text)
{
	char name[PAMPORT__NAME_SIZE];
	int fd, error;

	pamport__record_name(name, id, phase);
	fd = open_in(directory, name, O_RDWR | O_APPEND);
	if (fd == -1)
		return errno;
	error = append_line(fd, text);
	(void)close(fd);
	return error;
}

int
pamport__record_move(const struct pamport__directory *directory,
    const char *id, enum pamport_record_phase from,
    enum pamport_record_phase to)
{
	char old[PAMPORT__NAME_SIZE], new[PAMPORT__NAME_SIZE];

	pamport__record_name(old, id, from);
	pamport__record_name(new, id, to);
	if (renameat(directory->fd, old, directory->fd, new) == -1)
		return errno;
	sync_directory(directory);
	return 0;
}

int
pamport__record_remove(const struct pamport__directory *directory,
    const char *id, enum pamport_record_phase phase)
{
	char name[PAMPORT__NAME_SIZE];

	/* An opener that was killed while it wrote has left this, too. */
	temporary_name(name, id);
	(void)unlinkat(directory->fd, name, 0);
	pamport__record_name(name, id, phase);
	if (unlinkat(directory->fd, name, 0) == -1)
		return errno;
	sync_directory(directory);
	return 0;
}

int
pamport__record_set_aside(const struct pamport__directory *directory,
    const char *id, enum pamport_record_phase phase)
{
	char name[PAMPORT__NAME_SIZE], new[PAMPORT__NAME_SIZE + 16];
	struct stat status;
	unsigned int n = 0;

	pamport__record_name(name, id, phase);
	(void)snprintf(new, sizeof(new), "%s.damaged", id);
	while (fstatat(directory->fd, new, &status, AT_SYMLINK_NOFOLLOW) == 0)
		(void)snprintf(new, sizeof(new), "%s.damaged%u", id, ++n);
	if (errno != ENOENT)
		return errno;
	if (renameat(directory->fd, name, directory->fd, new) == -1)
		return errno;
	sync_directory(directory);
	return 0;
}

/* --- The right to close ------------------------------------------------------------------ */

/*
 * A lock of the open file, where there is one: that of fcntl(2) goes when
 * anybody in this process closes the file, be it to list the records.
 */
#ifdef HAVE_FLOCK
static int
try_lock(int fd, bool waits)
{
	return flock(fd, waits ? LOCK_EX : LOCK_EX | LOCK_NB);
}
#else
static int
try_lock(int fd, bool waits)
{
	struct flock lock;

	memset(&lock, 0, sizeof(lock));
	lock.l_type = F_WRLCK;
	lock.l_whence = SEEK_SET;
	return fcntl(fd, waits ? F_SETLKW : F_SETLK, &lock);
}
#endif

static int
lock_file(int fd, bool waits)
{
	while (try_lock(fd, waits) == -1) {
		if (errno == EACCES || errno == EWOULDBLOCK)
			return EAGAIN;
		if (errno != EINTR)
			return errno;
	}
	return 0;
}

/* It stays when it is let go: one who waits for it has it open. */
int
pamport__directory_lock(const struct pamport__directory *directory, int *lock)
{
	int error;

	*lock = open_in(directory, ".logout.lock", O_RDWR | O_CREAT);
	if (*lock == -1)
		return errno;
	error = lock_file(*lock, true);
	if (error != 0) {
		(void)close(*lock);
		*lock = -1;
	}
	return error;
}

/* Whoever had the lock before may have renamed or removed the file meanwhile. */
static int
check_still_there(const struct pamport__directory *directory,
    const char *name, int fd)
{
	struct stat by_name, by_fd;

	if (fstatat(directory->fd, name, &by_name, AT_SYMLINK_NOFOLLOW) == -1 ||
	    fstat(fd, &by_fd) == -1)
		return errno;
	return by_name.st_ino == by_fd.st_ino &&
	    by_name.st_dev == by_fd.st_dev ? 0 : ENOENT;
}

/* The change of its name comes last: what fails before can be tried again. */
int
pamport__record_claim(const struct pamport__directory *directory,
    const char *id, enum pamport_record_phase from, int *lock)
{
	char name[PAMPORT__NAME_SIZE];
	int fd, error;

	*lock = -1;
	pamport__record_name(name, id, from);
	fd = open_in(directory, name, O_RDWR | O_APPEND);
	if (fd == -1)
		return errno;
	error = lock_file(fd, false);
	if (error == 0)
		error = check_still_there(directory, name, fd);
	if (error == 0 && from != PAMPORT_RECORD_CLOSING)
		error = pamport__record_move(directory, id, from,
		    PAMPORT_RECORD_CLOSING);
	if (error == 0)
		*lock = fd;
	else
		(void)close(fd);
	return error;
}

/* A module that closes what it did not open may have left the number to others. */
int
pamport__record_append_locked(const struct pamport__directory *directory,
    const char *id, int lock, const char *text)
{
	char name[PAMPORT__NAME_SIZE];
	int error;

	pamport__record_name(name, id, PAMPORT_RECORD_CLOSING);
	error = check_still_there(directory, name, lock);
	return error != 0 ? error : append_line(lock, text);
}

/* --- Reading ---------------------------------------------------------------------------------- */

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
	/* Written anew, or closed, since it was opened: not to be judged. */
	if (status.st_nlink == 0)
		return ENOENT;
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
	return pamport__record_parse(record, text, length, why);
}

int
pamport__record_load_locked(int lock, struct pamport__record *record,
    const char **why)
{
	memset(record, 0, sizeof(*record));
	*why = NULL;
	return load(lock, record, why);
}

int
pamport__record_load(const struct pamport__directory *directory,
    const char *id, enum pamport_record_phase phase,
    struct pamport__record *record, const char **why)
{
	char name[PAMPORT__NAME_SIZE];
	int fd, error;

	memset(record, 0, sizeof(*record));
	*why = NULL;
	pamport__record_name(name, id, phase);
	fd = open_in(directory, name, O_RDONLY);
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
