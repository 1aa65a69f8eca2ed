/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What record_write.c and record_text.c share: the lines of a record.
 */
#ifndef PAMPORT_LIB_RECORD_FIELDS_H
#define PAMPORT_LIB_RECORD_FIELDS_H

#include <stdbool.h>
#include <stddef.h>

#define PAMPORT__RECORD_FORMAT "pamport-session 1"
#define PAMPORT__RECORD_FIELDS 23

enum pamport__field_kind {
	PAMPORT__FIELD_TEXT,		/* const char *, NULL: not there */
	PAMPORT__FIELD_CHARACTERS,	/* char[size] */
	PAMPORT__FIELD_NUMBER,		/* a signed integer of size bytes */
	PAMPORT__FIELD_FLAG,		/* bool */
	PAMPORT__FIELD_PROCESS		/* struct pamport__process, pid 0: not there */
};

struct pamport__field {
	const char *key;
	enum pamport__field_kind kind;
	size_t offset, size;	/* of the member of struct pamport__record */
	bool is_needed;
};

extern const struct pamport__field
    pamport__record_fields[PAMPORT__RECORD_FIELDS];

/* Stands for itself in a value; any other is %XX. */
bool pamport__record_is_plain(char byte);

#endif /* PAMPORT_LIB_RECORD_FIELDS_H */
