/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A record is written: see record_text.c.
 */
#include <config.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/record.h"
#include "lib/record_fields.h"

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

/* The separator, if it is not '\0', is written as what is not plain is. */
static void
add_value(struct text *text, const char *value, char separator)
{
	char code[4];
	size_t plain;

	for (; *value != '\0'; value++) {
		for (plain = 0; pamport__record_is_plain(value[plain]) &&
		    value[plain] != separator; plain++)
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
	add_value(text, value, '\0');
	add_string(text, "\n");
}

/* One of several in a value, where a blank comes before the next. */
static void
add_word(struct text *text, const char *word)
{
	add_string(text, " ");
	add_value(text, word[0] == '\0' ? "-" : word, ' ');
}

static void
add_process(struct text *text, const char *key,
    const struct pamport__process *process)
{
	char digits[32];

	if (process->pid == 0)
		return;
	(void)snprintf(digits, sizeof(digits), "%" PRId64, process->pid);
	add_string(text, key);
	add_word(text, digits);
	add_word(text, process->start);
	add_word(text, process->boot);
	add_word(text, process->space);
	add_string(text, "\n");
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
add_field(struct text *text, const struct pamport__field *field,
    const struct pamport__record *record)
{
	const char *member = (const char *)record + field->offset;
	const char *string;

	switch (field->kind) {
	case PAMPORT__FIELD_TEXT:
		memcpy(&string, member, sizeof(string));
		if (string != NULL)
			add_line(text, field->key, string);
		break;
	case PAMPORT__FIELD_CHARACTERS:
		if (member[0] != '\0')
			add_line(text, field->key, member);
		break;
	case PAMPORT__FIELD_NUMBER:
		add_number(text, field->key, number_at(member, field->size));
		break;
	case PAMPORT__FIELD_FLAG:
		if (*(const bool *)member)
			add_line(text, field->key, "1");
		break;
	case PAMPORT__FIELD_PROCESS:
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

	add_string(&text, PAMPORT__RECORD_FORMAT "\n");
	for (i = 0; i < PAMPORT__RECORD_FIELDS; i++)
		add_field(&text, &pamport__record_fields[i], record);
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
