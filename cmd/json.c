/* SPDX-License-Identifier: BSD-2-Clause */
#include <config.h>

#include <string.h>

#include "cmd/json.h"
#include "lib/internal.h"

void
json_init(struct json *json, FILE *file)
{
	memset(json, 0, sizeof(*json));
	json->file = file;
}

static void
write_text(struct json *json, const char *text)
{
	unsigned char first;
	size_t length;

	(void)fputc('"', json->file);
	for (; *text != '\0'; text += length == 0 ? 1 : length) {
		length = pamport__character(text);
		first = (unsigned char)*text;
		if (length == 0)
			(void)fputs("\\ufffd", json->file);
		else if (first == '"' || first == '\\')
			(void)fprintf(json->file, "\\%c", first);
		else if (first == '\n')
			(void)fputs("\\n", json->file);
		else if (!pamport__is_harmless(text))
			(void)fprintf(json->file, "\\u%04x",
			    (unsigned char)text[length - 1]);
		else
			(void)fwrite(text, 1, length, json->file);
	}
	(void)fputc('"', json->file);
}

static void
new_line(struct json *json)
{
	(void)fprintf(json->file, "\n%*s", json->depth * 2, "");
}

/* Everything before a value. */
static void
begin(struct json *json, const char *key)
{
	if (json->depth > 0) {
		if (json->has_member[json->depth - 1])
			(void)fputc(',', json->file);
		json->has_member[json->depth - 1] = true;
		new_line(json);
	}
	if (key != NULL) {
		write_text(json, key);
		(void)fputs(": ", json->file);
	}
}

static void
open_level(struct json *json, const char *key, char first, char last)
{
	begin(json, key);
	(void)fputc(first, json->file);
	if (json->depth < JSON_DEPTH) {
		json->has_member[json->depth] = false;
		json->end[json->depth] = last;
		json->depth++;
	}
}

void
json_object(struct json *json, const char *key)
{
	open_level(json, key, '{', '}');
}

void
json_array(struct json *json, const char *key)
{
	open_level(json, key, '[', ']');
}

void
json_end(struct json *json)
{
	if (json->depth == 0)
		return;
	json->depth--;
	if (json->has_member[json->depth])
		new_line(json);
	(void)fputc(json->end[json->depth], json->file);
	if (json->depth == 0)
		(void)fputc('\n', json->file);
}

void
json_string(struct json *json, const char *key, const char *value)
{
	begin(json, key);
	if (value == NULL)
		(void)fputs("null", json->file);
	else
		write_text(json, value);
}

void
json_number(struct json *json, const char *key, long long value)
{
	begin(json, key);
	(void)fprintf(json->file, "%lld", value);
}

void
json_bool(struct json *json, const char *key, bool value)
{
	begin(json, key);
	(void)fputs(value ? "true" : "false", json->file);
}
