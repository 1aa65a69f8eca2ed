/* SPDX-License-Identifier: BSD-2-Clause */
#include <sys/types.h>
#include <atf-c.h>
#include <stdlib.h>
#include <string.h>

#include "counted.h"

int counted_allocations;
int counted_fail_at = -1;
const void *counted_watched;
size_t counted_watched_size;
int counted_was_clean = -1;

/* The names are the linker's: --wrap=malloc makes malloc __wrap_malloc. */
void *__real_malloc(size_t size);
void *__real_calloc(size_t number, size_t size);
void *__real_realloc(void *block, size_t size);
char *__real_strdup(const char *string);
void __real_free(void *block);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t number, size_t size);
void *__wrap_realloc(void *block, size_t size);
char *__wrap_strdup(const char *string);
void __wrap_free(void *block);

static int
fails(void)
{
	counted_allocations++;
	if (counted_fail_at < 0)
		return 0;
	return counted_fail_at-- == 0;
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
	return fails() ? NULL : __real_malloc(size);
}

void *
__wrap_calloc(size_t number, size_t size)
{
	return fails() ? NULL : __real_calloc(number, size);
}

void *
__wrap_realloc(void *block, size_t size)
{
	return fails() ? NULL : __real_realloc(block, size);
}

char *
__wrap_strdup(const char *string)
{
	return fails() ? NULL : __real_strdup(string);
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
	__real_free(block);
}
