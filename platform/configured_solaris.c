/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Solaris and illumos: pam.d/SERVICE where the library knows pam.d, else
 * pam.conf, read as it reads them.
 *
 * Natively a service without a line for a facility, and without one of "other",
 * is granted [a11, a12, k36], and so is one with an include that finds no such
 * line, whatever its other lines say [E1].  Only these two are looked for; a
 * file that the native library refuses for its syntax, owner or mode it refuses
 * itself.
 *
 * A file of pam.d has three columns and pam.conf four; an included file is as
 * those of pam.d where the library knows them.
 */
#include <config.h>

#include <sys/types.h>
#include <sys/stat.h>
#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "platform/configured.h"

#define MAX_INCLUDE 32		/* as the native library */
#define MAX_FILES 256		/* more is a loop of includes */
#define MAX_LINE 255		/* a longer line is an error natively [a14j] */
#ifndef CONFIGURATION		/* the test has its own */
#define CONFIGURATION PAMPORT_PAM_ETC
#ifdef PAMPORT_READS_PAM_D
#define READS_PAM_D true
#else
#define READS_PAM_D false
#endif
#endif
#define SHARDS CONFIGURATION "/pam.d/"
#define PAM_CONF CONFIGURATION "/pam.conf"
#define LIBRARY "/usr/lib/security/"

/* What a file says of one facility of one service. */
enum verdict {
	NO_LINE,
	GRANTED,	/* an include of it has no line */
	DECIDED,	/* there is a line, or the native library refuses */
	NO_FILE
};

struct question {
	const char *service;
	const char *facility;
	int depth;
	int *files;		/* that may still be read */
	bool *has_failed;	/* something could not be looked at just now */
};

static enum verdict read_stack(const struct question *question,
    const char *path, bool is_shard);

static bool
is_facility(const char *word)
{
	return strcasecmp(word, "auth") == 0 ||
	    strcasecmp(word, "account") == 0 ||
	    strcasecmp(word, "session") == 0 ||
	    strcasecmp(word, "password") == 0;
}

/* What the native library may well be able to read a moment later. */
static bool
is_of_the_moment(int error)
{
	return error == ENOMEM || error == EMFILE || error == ENFILE ||
	    error == EINTR || error == EIO;
}

/* As the native library: a regular owner and mode, and not empty. */
static FILE *
open_configuration(const struct question *question, const char *path)
{
	struct stat status;
	FILE *file = fopen(path, "r");

	if (file == NULL) {
		if (is_of_the_moment(errno))
			*question->has_failed = true;
		return NULL;
	}
	if (fstat(fileno(file), &status) != 0 || status.st_uid != 0 ||
	    (status.st_mode & (S_IWGRP | S_IWOTH)) != 0 ||
	    status.st_size == 0) {
		fclose(file);
		return NULL;
	}
	return file;
}

/* Follows an include; a name without a slash at its start is in pam.d. */
static enum verdict
read_include(const struct question *question, const char *name, bool is_shard)
{
	struct question inner = *question;
	char path[PATH_MAX];
	enum verdict verdict;
	int length;

	/* Natively memory is overrun here, and success was the last result. */
	if (++inner.depth > MAX_INCLUDE)
		return GRANTED;
	length = snprintf(path, sizeof(path), "%s%s", name[0] == '/' ? "" :
	    is_shard ? SHARDS : LIBRARY, name);
	if (length < 0 || (size_t)length >= sizeof(path))
		return DECIDED;
	verdict = read_stack(&inner, path, READS_PAM_D);
	return verdict == NO_LINE ? GRANTED : verdict;
}

/*
 * One line.  *is_own tells whether it is the service's or that of "other";
 * NO_LINE for a line of something else.
 */
static enum verdict
read_line(const struct question *question, char *line, bool is_shard,
    bool *is_own)
{
	const char *service, *facility, *control, *path;
	char *rest;

	service = strtok_r(line, " \t", &rest);
	if (service == NULL)
		return DECIDED;		/* only blanks: an error [a14k] */
	facility = is_shard ? service : strtok_r(NULL, " \t", &rest);
	*is_own = is_shard || strcasecmp(service, question->service) == 0;
	if (!*is_own && strcasecmp(service, "other") != 0)
		return NO_LINE;
	if (facility == NULL || !is_facility(facility))
		return DECIDED;
	if (strcasecmp(facility, question->facility) != 0)
		return NO_LINE;
	control = strtok_r(NULL, " \t", &rest);
	path = control == NULL ? NULL : strtok_r(NULL, " \t", &rest);
	if (path == NULL || strcasecmp(control, "include") != 0)
		return DECIDED;
	return read_include(question, path, is_shard);
}

/* What is worse stays: an empty include grants, whatever else there is. */
static enum verdict
join(enum verdict before, enum verdict now)
{
	return before == GRANTED || now == NO_LINE ? before : now;
}

static enum verdict
read_lines(const struct question *question, FILE *file, bool is_shard)
{
	enum verdict own = NO_LINE, other = NO_LINE, verdict;
	char *line = NULL;
	size_t size = 0;
	bool is_own;

	while (own != GRANTED && getline(&line, &size, file) != -1) {
		line[strcspn(line, "\n")] = '\0';
		if (line[0] == '\0' || line[0] == '#')
			continue;
		is_own = true;
		line[strnlen(line, MAX_LINE)] = '\0';
		verdict = read_line(question, line, is_shard, &is_own);
		if (is_own)
			own = join(own, verdict);
		else
			other = join(other, verdict);
	}
	free(line);
	/* Neither is the end of it where memory lacks, or the disk. */
	if (own != GRANTED && !feof(file))
		*question->has_failed = true;
	return own == NO_LINE ? other : own;
}

/* The lines of a file; where there is none, those of pam.conf. */
static enum verdict
read_stack(const struct question *question, const char *path, bool is_shard)
{
	FILE *file;
	enum verdict verdict;

	if (--*question->files < 0)
		return GRANTED;
	file = open_configuration(question, path);
	if (file == NULL && READS_PAM_D) {
		file = open_configuration(question, PAM_CONF);
		is_shard = false;
	}
	if (file == NULL)
		return NO_FILE;
	verdict = read_lines(question, file, is_shard);
	fclose(file);
	return verdict;
}

enum pamport__configured
pamport__configured(const char *service, const char *facility)
{
	int files = MAX_FILES;
	bool has_failed = false;
	struct question question = { service, facility, 0, &files,
	    &has_failed };
	char path[PATH_MAX];
	enum verdict verdict;
	int length;

	if (service == NULL)
		return PAMPORT__CONFIGURATION_UNREADABLE;
	length = snprintf(path, sizeof(path), "%s%s", SHARDS, service);
	if (length < 0 || (size_t)length >= sizeof(path))
		return PAMPORT__CONFIGURATION_UNREADABLE;
	verdict = read_stack(&question, READS_PAM_D ? path : PAM_CONF,
	    READS_PAM_D);
	/* A facility that pam.d/SERVICE lacks is taken from pam.d/other. */
	if (verdict == NO_LINE && READS_PAM_D)
		verdict = read_stack(&question, SHARDS "other", true);
	if (has_failed)
		return PAMPORT__CONFIGURATION_FAILED;
	switch (verdict) {
	case NO_LINE:
	case GRANTED:
		return PAMPORT__NOT_CONFIGURED;
	case NO_FILE:
		return PAMPORT__CONFIGURATION_UNREADABLE;
	case DECIDED:
		break;
	}
	return PAMPORT__CONFIGURED;
}
