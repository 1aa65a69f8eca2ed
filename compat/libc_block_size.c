/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How large a block from malloc is: glibc, musl and FreeBSD say so, and macOS by
 * another name.  POSIX has nothing of the kind.
 */
#include <config.h>

#include "compat/compat.h"

#ifdef HAVE_MALLOC_H
#include <malloc.h>
#endif
#ifdef HAVE_MALLOC_NP_H
#include <malloc_np.h>
#endif
#ifdef HAVE_MALLOC_MALLOC_H
#include <malloc/malloc.h>
#endif

#if defined(HAVE_MALLOC_USABLE_SIZE) && HAVE_DECL_MALLOC_USABLE_SIZE
size_t
pamport__block_size(void *block)
{
	return malloc_usable_size(block);
}
#elif defined(HAVE_MALLOC_SIZE) && HAVE_DECL_MALLOC_SIZE
size_t
pamport__block_size(void *block)
{
	return malloc_size(block);
}
#else
size_t
pamport__block_size(void *block)
{
	(void)block;
	return 0;
}
#endif
