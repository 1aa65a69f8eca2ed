/* SPDX-License-Identifier: BSD-2-Clause */
#include <config.h>

#include <sys/types.h>
#include <sys/mman.h>
#include <atf-c.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "counted.h"
#include "wrapped.h"

int counted_allocations;
int counted_fail_at = -1;
const void *counted_watched;
size_t counted_watched_size;
int counted_was_clean = -1;

const char *counted_hidden;
size_t counted_hidden_size;
int counted_found;

/* Blocks that are not freed, and how much of each was asked for. */
#define MOST_BLOCKS 8192
static struct block {
	const void *start;
	size_t size;
} blocks[MOST_BLOCKS];

/* Between counted_arm and counted_disarm; the flag is seen by every process. */
static bool is_armed;
bool counted_only_others;
static int paused;
static bool *has_failed;

/* The names are the linker's. */
WRAPPED(void *, malloc, (size_t size));
WRAPPED(void *, calloc, (size_t number, size_t size));
WRAPPED(void *, realloc, (void *block, size_t size));
WRAPPED(char *, strdup, (const char *string));
WRAPPED(void, free, (void *block));
WRAPPED(char *, realpath, (const char *path, char *resolved));
WRAPPED(DIR *, fdopendir, (int fd));
WRAPPED_LARGE(FILE *, fopen, (const char *path, const char *mode));
WRAPPED(ssize_t, getline, (char **line, size_t *size, FILE *file));
WRAPPED(int, pthread_atfork, (void (*before)(void), void (*parent)(void),
    void (*child)(void)));

int
counted_has_secret(const void *memory, size_t size)
{
	const char *byte = memory;
	size_t i, same;

	for (i = 0; i + counted_hidden_size <= size; i++) {
		for (same = 0; same < counted_hidden_size && byte[i + same] ==
		    (char)(counted_hidden[same] ^ COUNTED_HIDE); same++)
			continue;
		if (same == counted_hidden_size)
			return 1;
	}
	return 0;
}

static struct block *
block_at(const void *start)
{
	size_t i = 0;

	while (i < MOST_BLOCKS && blocks[i].start != start)
		i++;
	return i < MOST_BLOCKS ? &blocks[i] : NULL;
}

static void *
note(void *start, size_t size)
{
	bool is_noted = counted_hidden != NULL || (is_armed && paused == 0);
	struct block *place = start == NULL || !is_noted ? NULL :
	    block_at(NULL);

	if (place != NULL) {
		place->start = start;
		place->size = size;
	}
	return start;
}

static void
forget(const void *start)
{
	struct block *block = start == NULL ? NULL : block_at(start);

	if (block == NULL)
		return;
	if (counted_hidden != NULL)
		counted_found += counted_has_secret(block->start, block->size);
	block->start = NULL;
}

int
counted_alive(void)
{
	int n = 0;
	size_t i;

	for (i = 0; i < MOST_BLOCKS; i++)
		if (blocks[i].start != NULL)
			n += counted_has_secret(blocks[i].start,
			    blocks[i].size);
	return n;
}

int
counted_blocks(void)
{
	int n = 0;
	size_t i;

	for (i = 0; i < MOST_BLOCKS; i++)
		n += blocks[i].start != NULL;
	return n;
}

bool
counted_fails(void)
{
	if (paused > 0)
		return false;
	counted_allocations++;
	if (counted_fail_at < 0 || counted_fail_at-- > 0)
		return false;
	if (has_failed != NULL)
		*has_failed = true;
	errno = ENOMEM;
	return true;
}

static bool
fails(void)
{
	return !counted_only_others && counted_fails();
}

void
counted_arm(int at)
{
	if (has_failed == NULL)
		has_failed = mmap(NULL, sizeof(*has_failed),
		    PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	ATF_REQUIRE(has_failed != MAP_FAILED);
	*has_failed = false;
	counted_fail_at = at;
	is_armed = true;
}

bool
counted_disarm(void)
{
	counted_fail_at = -1;
	is_armed = false;
	return has_failed != NULL && *has_failed;
}

void
counted_pause(void)
{
	paused++;
}

void
counted_resume(void)
{
	paused--;
}

void
counted_require(void)
{
	int before = counted_allocations;
	/* The compiler believes that the real strdup changes no variable. */
	char *(*volatile copy)(const char *) = strdup;

	free(copy(""));
	if (counted_allocations == before)
		atf_tc_skip("the linker does not wrap malloc here");
}

void *
__wrap_malloc(size_t size)
{
	return fails() ? NULL : note(__real_malloc(size), size);
}

void *
__wrap_calloc(size_t number, size_t size)
{
	return fails() ? NULL : note(__real_calloc(number, size),
	    number * size);
}

/* The old block may be freed by it, so it is looked at before. */
void *
__wrap_realloc(void *block, size_t size)
{
	void *moved;

	if (fails())
		return NULL;
	forget(block);
	moved = __real_realloc(block, size);
	return note(moved, size);
}

char *
__wrap_strdup(const char *string)
{
	return fails() ? NULL : note(__real_strdup(string),
	    strlen(string) + 1);
}

void
__wrap_free(void *block)
{
	const char *byte = block;
	size_t i;

	if (block != NULL && block == counted_watched) {
		counted_was_clean = 1;
		for (i = 0; i < counted_watched_size; i++)
			if (byte[i] != 0)
				counted_was_clean = 0;
		counted_watched = NULL;
	}
	forget(block);
	__real_free(block);
}

char *
__wrap_realpath(const char *path, char *resolved)
{
	char *found;

	if (resolved != NULL)
		return __real_realpath(path, resolved);
	if (fails())
		return NULL;
	found = __real_realpath(path, NULL);
	return note(found, found == NULL ? 0 : strlen(found) + 1);
}

/* Its block is libc's, and goes with closedir. */
DIR *
__wrap_fdopendir(int fd)
{
	return fails() ? NULL : __real_fdopendir(fd);
}

FILE *
__wrap_fopen(const char *path, const char *mode)
{
	return fails() ? NULL : __real_fopen(path, mode);
}

/* One allocation for all lines: the one that is longer than all before is rare. */
ssize_t
__wrap_getline(char **line, size_t *size, FILE *file)
{
	bool allocates = *line == NULL;
	ssize_t length;

	if (allocates && fails())
		return -1;
	forget(*line);
	length = __real_getline(line, size, file);
	(void)note(*line, *size);
	return length;
}

int
__wrap_pthread_atfork(void (*before)(void), void (*parent)(void),
    void (*child)(void))
{
	return fails() ? ENOMEM : __real_pthread_atfork(before, parent, child);
}
