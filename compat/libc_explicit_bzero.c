/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * explicit_bzero(3): clears memory even where nobody reads it afterwards.
 */
#include <config.h>

#include "compat/compat.h"

/* Read at run time, so the compiler cannot know what it calls. */
static void *(*const volatile set_memory)(void *, int, size_t) = memset;

void
pamport__explicit_bzero(void *memory, size_t size)
{
	if (size > 0)
		set_memory(memory, 0, size);
}
