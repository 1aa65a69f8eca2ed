/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A record as text: one line a field, "key value", after a line that names the
 * format, and before the line "end".  Control characters and "%" in values are
 * %XX.  Behind "end" only lines that say how far the session has come are
 * appended; the last of them may be cut off, and does not count then.
 *
 * Fields are rows of one table, which writing and reading share.  What is not
 * in it, twice or out of range makes the record a damaged one: it was not
 * written by this program, and is not to be guessed at.
 */
#include <config.h>

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/record.h"

#define FORMAT "pamport-session 1"

enum kind {
	TEXT,			/* const char *, NULL: not there */
	CHARACTERS,		/* char[size] */
	NUMBER,			/* a signed integer of size bytes */
	FLAG,			/* bool */
	PROCESS			/* struct pamport__process, pid 0: not there */
};

struct field {
	const char *key;
	enum kind kind;
	size_t offset, size;
	bool is_needed;
};

#define FIELD(key, kind, member, is_needed) \
	{ key, kind, offsetof(struct pamport__record, member), \
	    sizeof(((struct pamport__record *)0)->member), is_needed }

static const struct field fields[] = {
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
#define FIELDS (sizeof(fields) / sizeof(fields[0]))

/* --- Writing ------------------------------------------------------------------- */

struct text {
	char *data;
	size_t length, size;
	bool has_failed;
};

static void
add(struct text *text, const char *bytes, size_t length)
{
	size_t size = text->size == 0 ? 1024 : text->size;
	char *data;

	while (size - text->length <= length)
		size *= 2;
	if (size > text->size && !text->has_failed) {
		data = realloc(text->data, size);
		if (data == NULL) {
			text->has_failed = true;
		} else {
			text->data = data;
			text->size = size;
		}
	}
	if (text->has_failed)
		return;
	memcpy(text->data + text->length, bytes, length);
	text->length += length;
	text->data[text->length] = '\0';
}

static void
add_string(struct text *text, const char *string)
{
	add(text, string, strlen(string));
}

static bool
is_plain(char byte)
{
	return (unsigned char)byte >= 0x20 && byte != 0x7f && byte != '%';
}

static void
add_value(struct text *text, const char *value)
{
	char code[4];
	size_t plain;

	for (; *value != '\0'; value++) {
		for (plain = 0; is_plain(value[plain]); plain++)
			continue;
		add(text, value, plain);
		value += plain;
		if (*value == '\0')
			return;
		(void)snprintf(code, sizeof(code), "%%%02X",
		    (unsigned int)(unsigned char)*value);
		add_string(text, code);
	}
}

static void
add_line(struct text *text, const char *key, const char *value)
{
	add_string(text, key);
	add_string(text, " ");
	add_value(text, value);
	add_string(text, "\n");
}

static void
add_process(struct text *text, const char *key,
    const struct pamport__process *process)
{
	char line[4 * PAMPORT__PROCESS_TEXT];

	if (process->pid == 0)
		return;
	(void)snprintf(line, sizeof(line), "%" PRId64 " %s %s %s",
	    process->pid, process->start[0] == '\0' ? "-" : process->start,
	    process->boot[0] == '\0' ? "-" : process->boot,
	    process->space[0] == '\0' ? "-" : process->space);
	add_line(text, key, line);
}

static int64_t
number_at(const void *member, size_t size)
{
	int32_t small;
	int64_t large;

	if (size == sizeof(small)) {
		memcpy(&small, member, sizeof(small));
		return small;
	}
	memcpy(&large, member, sizeof(large));
	return large;
}

static void
add_number(struct text *text, const char *key, int64_t number)
{
	char digits[32];

	(void)snprintf(digits, sizeof(digits), "%" PRId64, number);
	add_line(text, key, digits);
}

static void
add_field(struct text *text, const struct field *field,
    const struct pamport__record *record)
{
	const char *member = (const char *)record + field->offset;
	const char *string;

	switch (field->kind) {
	case TEXT:
		memcpy(&string, member, sizeof(string));
		if (string != NULL)
			add_line(text, field->key, string);
		break;
	case CHARACTERS:
		if (member[0] != '\0')
			add_line(text, field->key, member);
		break;
	case NUMBER:
		add_number(text, field->key, number_at(member, field->size));
		break;
	case FLAG:
		if (*(const bool *)member)
			add_line(text, field->key, "1");
		break;
	case PROCESS:
		add_process(text, field->key,
		    (const struct pamport__process *)(const void *)member);
		break;
	}
}

char *
pamport__record_write(const struct pamport__record *record)
{
	struct text text = { NULL, 0, 0, false };
	size_t i;

	add_string(&text, FORMAT "\n");
	for (i = 0; i < FIELDS; i++)
		add_field(&text, &fields[i], record);
	for (i = 0; i < PAMPORT__ITEMS; i++) {
		if (record->item[i] == NULL)
			continue;
		add_string(&text, "item ");
		add_line(&text, pamport__items[i].name, record->item[i]);
	}
	for (i = 0; i < record->variables; i++)
		add_line(&text, "environment", record->environment[i]);
	add_string(&text, "end\n");
	if (text.has_failed) {
		free(text.data);
		return NULL;
	}
	return text.data;
}

char *
pamport__record_write_leader(const struct pamport__process *leader)
{
	struct text text = { NULL, 0, 0, false };

	add_process(&text, "leader", leader);
	if (text.has_failed) {
		free(text.data);
		return NULL;
	}
	return text.data;
}

/* --- Reading ---------------------------------------------------------------------- */

struct reader {
	struct pamport__record *record;
	bool has_field[FIELDS];
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
		if (is_plain(*value)) {
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

/* The next word of a line, cut off there; NULL: none, or too long. */
static char *
next_word(char **line)
{
	char *word = *line;
	size_t length = word == NULL ? 0 : strcspn(word, " ");

	if (length == 0 || length >= PAMPORT__PROCESS_TEXT)
		return NULL;
	*line = word[length] == ' ' ? word + length + 1 : NULL;
	word[length] = '\0';
	return word;
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
read_value(const struct field *field, char *value,
    struct pamport__record *record)
{
	char *member = (char *)record + field->offset;

	switch (field->kind) {
	case TEXT:
		memcpy(member, &value, sizeof(value));
		return true;
	case CHARACTERS:
		if (strlen(value) >= field->size)
			return false;
		strcpy(member, value);
		return true;
	case NUMBER:
		return read_number(value, field->size, member);
	case FLAG:
		*(bool *)member = true;
		return strcmp(value, "1") == 0;
	case PROCESS:
		return read_process(value,
		    (struct pamport__process *)(void *)member);
	}
	return false;
}

static bool
read_item(struct pamport__record *record, char *value)
{
	size_t i, length = strcspn(value, " ");

	if (value[length] != ' ')
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

	if (value == NULL || !decode(value))
		return false;
	*value++ = '\0';
	if (strcmp(line, "item") == 0)
		return read_item(reader->record, value);
	if (strcmp(line, "environment") == 0) {
		reader->record->environment[reader->record->variables++] =
		    value;
		return strchr(value, '=') != NULL && value[0] != '=';
	}
	for (i = 0; i < FIELDS; i++) {
		if (strcmp(fields[i].key, line) != 0)
			continue;
		if (reader->has_field[i])
			return false;
		reader->has_field[i] = true;
		return read_value(&fields[i], value, reader->record);
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
			if (strcmp(line, FORMAT) != 0)
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
	for (i = 0; i < FIELDS && wrong == NULL; i++)
		if (fields[i].is_needed && !reader.has_field[i])
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
