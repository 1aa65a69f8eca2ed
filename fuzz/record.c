/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A session's record, read back.  What is believed is written again and read
 * again, and has to be the same.
 */
#include <config.h>

#include "fuzz/bytes.h"
#include "lib/record.h"

/* Whether it was believed. */
static int
parse(struct pamport__record *record, const char *text, size_t size)
{
	char *copy = malloc(size + 1);
	const char *why;

	REQUIRE(copy != NULL);
	memcpy(copy, text, size);
	copy[size] = '\0';
	return pamport__record_parse(record, copy, size, &why) == 0;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct pamport__record record;
	char *first, *second;

	if (size > PAMPORT__RECORD_LIMIT ||
	    !parse(&record, (const char *)data, size))
		return 0;
	first = pamport__record_write(&record);
	pamport__record_free(&record);
	REQUIRE(first != NULL);
	REQUIRE(parse(&record, first, strlen(first)));
	second = pamport__record_write(&record);
	pamport__record_free(&record);
	REQUIRE(second != NULL && strcmp(first, second) == 0);
	free(first);
	free(second);
	return 0;
}
