/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Counts allocations, when it is loaded before the C library: the benchmark does
 * that in a run of its own, so that counting costs nothing where instructions
 * are counted.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include <dlfcn.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

long bench_allocations, bench_bytes, bench_peak;

void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);
void __libc_free(void *);

static void *
count(void *block)
{
	long now;

	if (block == NULL)
		return NULL;
	(void)__atomic_add_fetch(&bench_allocations, 1, __ATOMIC_RELAXED);
	now = __atomic_add_fetch(&bench_bytes, (long)malloc_usable_size(block),
	    __ATOMIC_RELAXED);
	/* Between threads a peak may be missed; one thread is what is told. */
	if (now > bench_peak)
		bench_peak = now;
	return block;
}

static void
forget(void *block)
{
	if (block != NULL)
		(void)__atomic_sub_fetch(&bench_bytes,
		    (long)malloc_usable_size(block), __ATOMIC_RELAXED);
}

void *
malloc(size_t size)
{
	return count(__libc_malloc(size));
}

void *
calloc(size_t n, size_t size)
{
	return count(__libc_calloc(n, size));
}

void *
realloc(void *block, size_t size)
{
	forget(block);
	return count(__libc_realloc(block, size));
}

void
free(void *block)
{
	forget(block);
	__libc_free(block);
}
