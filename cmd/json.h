/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Writes JSON (RFC 8259), indented.  A key is NULL within an array and for
 * the outermost value.
 */
#ifndef PAMPORT_CMD_JSON_H
#define PAMPORT_CMD_JSON_H

#include <stdbool.h>
#include <stdio.h>

#define JSON_DEPTH 16

struct json {
	FILE *file;
	int depth;
	bool has_member[JSON_DEPTH];
	char end[JSON_DEPTH];
};

void json_init(struct json *json, FILE *file);
void json_object(struct json *json, const char *key);
void json_array(struct json *json, const char *key);
void json_end(struct json *json);	/* of the innermost object or array */
/*
 * NULL is null; bytes that are no UTF-8 become U+FFFD, and what may steer a
 * terminal is escaped.
 */
void json_string(struct json *json, const char *key, const char *value);
void json_number(struct json *json, const char *key, long long value);
void json_bool(struct json *json, const char *key, bool value);

#endif /* PAMPORT_CMD_JSON_H */
