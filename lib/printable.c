/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Text from outside, for terminals and logs: a name that somebody typed into a
 * network must not steer whoever reads of it.
 */
#include <config.h>

#include <string.h>

#include "lib/internal.h"

/* Of what begins with such a byte; 0: nothing does. */
static size_t
length_of(unsigned char first)
{
	if (first < 0x80)
		return 1;
	if (first < 0xc2 || first > 0xf4)
		return 0;
	return first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

size_t
pamport__character(const char *bytes)
{
	const unsigned char *text = (const unsigned char *)bytes;
	size_t length = length_of(text[0]), i;
	unsigned long value;

	if (length < 2)
		return length;
	value = text[0] & (0x7fU >> length);
	for (i = 1; i < length; i++) {
		if ((text[i] & 0xc0) != 0x80)
			return 0;
		value = value << 6 | (text[i] & 0x3f);
	}
	if ((length == 3 && value < 0x800) || (length == 4 && value < 0x10000) ||
	    (value >= 0xd800 && value <= 0xdfff) || value > 0x10ffff)
		return 0;
	return length;
}

/*
 * What is no character is not harmless: another terminal may take the byte for
 * one of the control characters of ISO 8859.
 */
bool
pamport__is_harmless(const char *text)
{
	size_t length = pamport__character(text);

	if (length == 1)
		return (unsigned char)*text >= 0x20 && *text != 0x7f;
	return length > 2 ||
	    (length == 2 && memcmp(text, "\302\240", 2) >= 0);
}

void
pamport__make_printable(char *text)
{
	size_t length;

	for (; *text != '\0'; text += length) {
		length = pamport__character(text);
		if (pamport__is_harmless(text))
			continue;
		length = length == 0 ? 1 : length;
		memset(text, '?', length);
	}
}
