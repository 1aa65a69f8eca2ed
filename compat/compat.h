/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a system may lack.  A libc function that is missing gets the name of
 * ours, which is compiled only there; PAM functions that only some libraries
 * have are behind one name each, whose file has a whole version for either case.
 */
#ifndef PAMPORT_COMPAT_COMPAT_H
#define PAMPORT_COMPAT_COMPAT_H

#include <stdlib.h>
#include <string.h>
#include <strings.h>		/* explicit_bzero, on the BSDs and illumos */

#include "lib/internal.h"

/* libc_explicit_bzero.c: macOS lacks it, Solaris before 11.4 too. */
void pamport__explicit_bzero(void *memory, size_t size);
#ifndef HAVE_EXPLICIT_BZERO
#define explicit_bzero pamport__explicit_bzero
#endif

/* libc_secure_getenv.c: glibc and musl have it. */
char *pamport__secure_getenv(const char *name);
#ifndef HAVE_SECURE_GETENV
#define secure_getenv pamport__secure_getenv
#endif

/* environment.c: whether it is worth asking for any of ours. */
bool pamport__environment_names_us(void);

/* libc_pipe2.c: macOS lacks it, Solaris before 11.4 too. */
int pamport__pipe2(int ends[2], int flags);
#ifndef HAVE_PIPE2
#define pipe2 pamport__pipe2
#endif

/* libc_block_size.c: at least so much may be written to; 0: nobody knows. */
size_t pamport__block_size(void *block);

/* pam_start_confdir.c; PAM_SYSTEM_ERR where the library has no such thing. */
int pamport__start_confdir(const char *service, const char *user,
    const struct pamport__native_conv *conv, const char *confdir,
    pam_handle_t **pamh);
extern const bool pamport__has_start_confdir;

/* pam_unsetenv.c; PAM_SYSTEM_ERR where the library has no such thing. */
int pamport__unsetenv(pam_handle_t *pamh, const char *name);

/* pam_fail_delay.c: what is left to do after pam_authenticate gave result. */
void pamport__after_authenticate(pam_handle_t *pamh, int result);
void pamport__sleep(unsigned int usec);

#endif /* PAMPORT_COMPAT_COMPAT_H */
