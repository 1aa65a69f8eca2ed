/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Files that are in the input of a target and nowhere else.  The readers are
 * compiled with open, fopen and stat under these names, so that no input makes
 * them read /dev/zero, or load a module that is on this machine.
 *
 * An input is the name of a service, a newline, and files: each a line "==> NAME"
 * and what is behind it, up to the next such line.
 */
#ifndef PAMPORT_FUZZ_FILES_H
#define PAMPORT_FUZZ_FILES_H

#include <sys/types.h>
#include <sys/stat.h>
#include <stdio.h>

/* Takes an input apart; the service is valid until the next one. */
const char *files_begin(const unsigned char *data, size_t size);
void files_end(void);

FILE *files_fopen(const char *path, const char *mode);
int files_open(const char *path, int flags, ...);
int files_stat(const char *path, struct stat *status);
int files_fstat(int fd, struct stat *status);
char *files_realpath(const char *path, char *resolved);

#endif /* PAMPORT_FUZZ_FILES_H */
