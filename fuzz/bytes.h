/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * An input as a row of small decisions: whoever asks behind its end gets 0.
 */
#ifndef PAMPORT_FUZZ_BYTES_H
#define PAMPORT_FUZZ_BYTES_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct bytes {
	const uint8_t *next;
	size_t left;
};

static inline unsigned int
bytes_one(struct bytes *bytes)
{
	if (bytes->left == 0)
		return 0;
	bytes->left--;
	return *bytes->next++;
}

/* A block of its own of exactly that size, which the sanitizer guards. */
static inline char *
bytes_block(struct bytes *bytes, size_t size)
{
	char *block = malloc(size == 0 ? 1 : size);
	size_t i;

	if (block == NULL)
		abort();
	for (i = 0; i < size; i++)
		block[i] = (char)bytes_one(bytes);
	return block;
}

static inline char *
bytes_string(struct bytes *bytes)
{
	size_t size = bytes_one(bytes) % 64;
	char *string = bytes_block(bytes, size + 1);

	string[size] = '\0';
	return string;
}

/* What has to hold whatever the input: a finding if it does not. */
#define REQUIRE(condition) \
	do { \
		if (!(condition)) { \
			(void)fprintf(stderr, "%s:%d: not so: %s\n", \
			    __FILE__, __LINE__, #condition); \
			abort(); \
		} \
	} while (0)

#endif /* PAMPORT_FUZZ_BYTES_H */
