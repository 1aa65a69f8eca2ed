/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * secure_getenv(3): getenv, but NULL in a set-id program.
 */
#include <config.h>

#include <unistd.h>

#include "compat/compat.h"

#ifdef HAVE_ISSETUGID

/* The BSDs, macOS, Solaris and illumos. */
static int
is_set_id(void)
{
	return issetugid();
}

#else

/* Elsewhere; does not see a program that has changed its ids since. */
static int
is_set_id(void)
{
	return getuid() != geteuid() || getgid() != getegid();
}

#endif

char *
pamport__secure_getenv(const char *name)
{
	return is_set_id() ? NULL : getenv(name);
}
