/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A record as text: one line a field, "key value", after a line that names the
 * format, and before the line "end".  Control characters and "%" in values are
 * %XX, and blanks where a value has several words.  Behind "end" only lines that
 * say how far the session has come are appended; the last of them may be cut off,
 * and does not count then.
 *
 * Fields are rows of one table, which writing (record_write.c) and reading, here,
 * share.  What is not in it, twice or out of range makes the record a damaged
 * one: it was not written by this program, and is not to be guessed at.
 */
#include <config.h>

#include <errno.h>
#include <inttypes.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "lib/record.h"
#include "lib/record_fields.h"

#define FIELD(key, kind, member, is_needed) \
	{ key, PAMPORT__FIELD_##kind, offsetof(struct pamport__record, member), \
	    sizeof(((struct pamport__record *)0)->member), is_needed }

const struct pamport__field pamport__record_fields[PAMPORT__RECORD_FIELDS] = {
	FIELD("implementation", TEXT, implementation, true),
	FIELD("version", TEXT, version, true),
	FIELD("service", TEXT, service, true),
	FIELD("confdir", TEXT, confdir, false),
	FIELD("start-user", TEXT, start_user, false),
	FIELD("since", NUMBER, since, true),
	FIELD("silent", FLAG, is_silent, false),
	FIELD("opener", PROCESS, opener, true),
	FIELD("leader", PROCESS, leader, false),
	FIELD("credentials", FLAG, has_credentials, false),
	FIELD("session", FLAG, is_open, false),
	FIELD("login", FLAG, has_login, false),
	FIELD("login-modules", NUMBER, left_to_modules, false),
	FIELD("login-user", CHARACTERS, login.user, false),
	FIELD("login-line", CHARACTERS, login.line, false),
	FIELD("login-host", CHARACTERS, login.host, false),
	FIELD("login-address", CHARACTERS, login.address, false),
	FIELD("login-service", CHARACTERS, login.service, false),
	FIELD("login-id", CHARACTERS, login.id, false),
	FIELD("login-pid", NUMBER, login.pid, false),
	FIELD("login-time", NUMBER, login.time, false),
	FIELD("login-microseconds", NUMBER, login.microseconds, false),
	FIELD("login-database", NUMBER, login.database, false)
};

bool
pamport__record_is_plain(char byte)
{
	return (unsigned char)byte >= 0x20 && byte != 0x7f && byte != '%';
}

struct reader {
	struct pamport__record *record;
	bool has_field[PAMPORT__RECORD_FIELDS];
};

static int
digit(char byte)
{
	if (byte >= '0' && byte <= '9')
		return byte - '0';
	if (byte >= 'A' && byte <= 'F')
		return byte - 'A' + 10;
	return -1;
}

/* In place; false: a code that is none, or what has to be one and is not. */
static bool
decode(char *value)
{
	char *to = value;
	int high, low;

	for (; *value != '\0'; value++, to++) {
		if (pamport__record_is_plain(*value)) {
			*to = *value;
			continue;
		}
		if (*value != '%' || (high = digit(value[1])) < 0 ||
		    (low = digit(value[2])) < 0 || (high == 0 && low == 0))
			return false;
		*to = (char)(high * 16 + low);
		value += 2;
	}
	*to = '\0';
	return true;
}

static bool
read_number(const char *value, size_t size, void *member)
{
	int64_t large;
	int32_t small;
	char *end;

	if ((*value < '0' || *value > '9') && *value != '-')
		return false;
	large = strtoimax(value, &end, 10);
	if (*end != '\0' || large == INT64_MAX || large == INT64_MIN)
		return false;
	if (size == sizeof(large)) {
		memcpy(member, &large, sizeof(large));
		return true;
	}
	small = (int32_t)large;
	if (small != large)
		return false;
	memcpy(member, &small, sizeof(small));
	return true;
}

/* The next word of a line, cut off there and decoded; NULL: none, or too long. */
static char *
next_word(char **line)
{
	char *word = *line;
	size_t length = word == NULL ? 0 : strcspn(word, " ");

	if (length == 0)
		return NULL;
	*line = word[length] == ' ' ? word + length + 1 : NULL;
	word[length] = '\0';
	return decode(word) && strlen(word) < PAMPORT__PROCESS_TEXT ? word :
	    NULL;
}

static bool
read_process(char *value, struct pamport__process *process)
{
	char *members[3];
	char *word = next_word(&value);
	size_t i;

	members[0] = process->start;
	members[1] = process->boot;
	members[2] = process->space;
	memset(process, 0, sizeof(*process));
	if (word == NULL ||
	    !read_number(word, sizeof(process->pid), &process->pid) ||
	    process->pid <= 0)
		return false;
	for (i = 0; i < 3; i++) {
		word = next_word(&value);
		if (word == NULL)
			return false;
		if (strcmp(word, "-") != 0)
			strcpy(members[i], word);
	}
	return value == NULL;
}

static bool
read_value(const struct pamport__field *field, char *value,
    struct pamport__record *record)
{
	char *member = (char *)record + field->offset;

	/* Its words are decoded one by one. */
	if (field->kind != PAMPORT__FIELD_PROCESS && !decode(value))
		return false;
	switch (field->kind) {
	case PAMPORT__FIELD_TEXT:
		memcpy(member, &value, sizeof(value));
		return true;
	case PAMPORT__FIELD_CHARACTERS:
		if (strlen(value) >= field->size)
			return false;
		strcpy(member, value);
		return true;
	case PAMPORT__FIELD_NUMBER:
		return read_number(value, field->size, member);
	case PAMPORT__FIELD_FLAG:
		*(bool *)member = true;
		return strcmp(value, "1") == 0;
	case PAMPORT__FIELD_PROCESS:
		return read_process(value,
		    (struct pamport__process *)(void *)member);
	}
	return false;
}

static bool
read_item(struct pamport__record *record, char *value)
{
	size_t i, length = strcspn(value, " ");

	if (value[length] != ' ' || !decode(value + length + 1))
		return false;
	value[length] = '\0';
	for (i = 0; i < PAMPORT__ITEMS; i++) {
		if (strcmp(pamport__items[i].name, value) != 0)
			continue;
		if (pamport__items[i].kind != PAMPORT__KIND_STRING ||
		    record->item[i] != NULL)
			return false;
		record->item[i] = value + length + 1;
		return true;
	}
	return false;
}

/* A line before "end". */
static bool
read_line(struct reader *reader, char *line)
{
	char *value = strchr(line, ' ');
	size_t i;

	if (value == NULL)
		return false;
	*value++ = '\0';
	if (strcmp(line, "item") == 0)
		return read_item(reader->record, value);
	if (strcmp(line, "environment") == 0) {
		reader->record->environment[reader->record->variables++] =
		    value;
		return decode(value) && strchr(value, '=') != NULL &&
		    value[0] != '=';
	}
	for (i = 0; i < PAMPORT__RECORD_FIELDS; i++) {
		if (strcmp(pamport__record_fields[i].key, line) != 0)
			continue;
		if (reader->has_field[i])
			return false;
		reader->has_field[i] = true;
		return read_value(&pamport__record_fields[i], value, reader->record);
	}
	return false;
}

/* A line behind "end": how far it came, and whom it is there for now. */
static bool
read_progress(struct pamport__record *record, char *line)
{
	static const char leader[] = "leader ";

	if (strcmp(line, "began credentials") == 0) {
		record->has_credentials = true;
		return true;
	}
	if (strcmp(line, "began session") == 0) {
		record->is_open = true;
		return true;
	}
	if (strcmp(line, "ended session") == 0) {
		record->is_open = false;
		return true;
	}
	if (strcmp(line, "detached") == 0) {
		record->is_detached = true;
		return true;
	}
	return strncmp(line, leader, sizeof(leader) - 1) == 0 &&
	    read_process(line + sizeof(leader) - 1, &record->leader);
}

static const char *
read_lines(struct reader *reader, char *text)
{
	bool is_behind_end = false;
	char *line = text, *end;

	for (; (end = strchr(line, '\n')) != NULL; line = end + 1) {
		*end = '\0';
		if (line == text) {
			if (strcmp(line, PAMPORT__RECORD_FORMAT) != 0)
				return "not the format that is known here";
		} else if (strcmp(line, "end") == 0 && !is_behind_end) {
			is_behind_end = true;
		} else if (is_behind_end ?
		    !read_progress(reader->record, line) :
		    !read_line(reader, line)) {
			return "a line that does not belong there";
		}
	}
	return is_behind_end ? NULL : "cut off";
}

static size_t
count_lines(const char *text)
{
	size_t n = 0;

	while ((text = strchr(text, '\n')) != NULL) {
		text++;
		n++;
	}
	return n;
}

static const char *
read_fields(struct pamport__record *record, char *text)
{
	struct reader reader;
	const char *wrong;
	size_t i;

	memset(&reader, 0, sizeof(reader));
	reader.record = record;
	wrong = read_lines(&reader, text);
	for (i = 0; i < PAMPORT__RECORD_FIELDS && wrong == NULL; i++)
		if (pamport__record_fields[i].is_needed && !reader.has_field[i])
			wrong = "incomplete";
	return wrong;
}

int
pamport__record_parse(struct pamport__record *record, char *text,
    size_t length, const char **why)
{
	int error = 0;

	memset(record, 0, sizeof(*record));
	record->text = text;
	*why = NULL;
	if (memchr(text, '\0', length) != NULL)
		*why = "a zero byte in it";
	else if ((record->environment = calloc(count_lines(text) + 1,
	    sizeof(*record->environment))) == NULL)
		error = ENOMEM;
	else
		*why = read_fields(record, text);
	if (*why != NULL)
		error = EBADMSG;
	if (error != 0)
		pamport__record_free(record);
	return error;
}

void
pamport__record_free(struct pamport__record *record)
{
	free(record->environment);
	free(record->text);
	memset(record, 0, sizeof(*record));
}
