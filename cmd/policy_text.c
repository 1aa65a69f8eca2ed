/* SPDX-License-Identifier: BSD-2-Clause */
#include <config.h>

#include <sys/types.h>
#include <sys/stat.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd/policy.h"

#define MAX_SIZE 1048576

static char *
read_all(int fd, size_t size)
{
	char *bytes = malloc(size + 2);
	size_t used = 0;
	ssize_t got = 0;

	while (bytes != NULL && used < size) {
		got = read(fd, bytes + used, size - used);
		if (got == -1 && errno == EINTR)
			continue;
		if (got <= 0)
			break;
		used += (size_t)got;
	}
	if (bytes == NULL || got == -1) {
		free(bytes);
		return NULL;
	}
	bytes[used] = '\n';
	bytes[used + 1] = '\0';
	for (size = 0; size < used; size++)
		if (bytes[size] == '\0')
			bytes[size] = '?';
	return bytes;
}

/* Not to wait for a FIFO, and not to read a device. */
enum policy_open
policy_text_open(struct policy_text *text, const char *path)
{
	struct stat status;
	int fd;

	text->bytes = text->next = NULL;
	text->number = 0;
	fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd == -1)
		return errno == ENOENT || errno == ENOTDIR ? POLICY_MISSING :
		    errno == EACCES || errno == EPERM ? POLICY_DENIED :
		    POLICY_REFUSED;
	if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode) &&
	    status.st_size >= 0 && status.st_size <= MAX_SIZE)
		text->bytes = text->next = read_all(fd, (size_t)status.st_size);
	(void)close(fd);
	return text->bytes != NULL ? POLICY_READ : POLICY_REFUSED;
}

void
policy_text_close(struct policy_text *text)
{
	free(text->bytes);
	text->bytes = text->next = NULL;
}

/*
 * The next line, with those that a backslash joins to it; NULL at the end.  A
 * comment ends with its line, whatever its last character is.
 */
static char *
join_line(struct policy_text *text)
{
	bool joins = text->has_brackets || text->has_quotes;
	char *line = text->next, *end;

	if (*line == '\0')
		return NULL;
	for (end = line; *end != '\n'; end++) {
		joins = joins && *end != '#';
		if (*end == '\\' && end[1] == '\n' && end[2] != '\0' &&
		    joins) {
			end[0] = ' ';
			end[1] = ' ';
			text->number++;
		}
	}
	*end = '\0';
	text->next = end + 1;
	text->number++;
	return line;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v';
}

/* The end of a word that may be quoted or bracketed; the marks are kept out. */
static char *
cut_word(const struct policy_text *text, char **start)
{
	char close = '\0', *end;

	if (text->has_brackets && **start == '[')
		close = ']';
	else if (text->has_quotes && (**start == '"' || **start == '\''))
		close = **start;
	if (close == '\0')
		return *start + strcspn(*start, " \t\r\f\v");
	(*start)++;
	end = strchr(*start, close);
	return end != NULL ? end : *start + strlen(*start);
}

static int
split(const struct policy_text *text, char *line, char *word[POLICY_WORDS])
{
	char *comment, *end;
	int n = 0;

	comment = text->has_inner_comments ? strchr(line, '#') :
	    line[0] == '#' ? line : NULL;
	if (comment != NULL)
		*comment = '\0';
	while (n < POLICY_WORDS) {
		while (is_blank(*line))
			line++;
		if (*line == '\0')
			break;
		end = cut_word(text, &line);
		word[n++] = line;
		if (*end == '\0')
			break;
		*end = '\0';
		line = end + 1;
	}
	return n;
}

int
policy_text_line(struct policy_text *text, char *word[POLICY_WORDS])
{
	char *line;
	int n;

	while ((line = join_line(text)) != NULL) {
		n = split(text, line, word);
		if (n > 0)
			return n;
	}
	return -1;
}
