/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Simulated Linux-PAM: binary prompts.  Only the wire form and its accessors:
 * the client library libpamc is not simulated.
 *
 * A prompt is four bytes of length, most significant first, one byte of
 * control, and data; the length counts all of it.
 */
#ifndef PAM_CLIENT_H
#define PAM_CLIENT_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <stdint.h>
#include <sys/types.h>

#ifndef PAM_BP_CALLOC
#define PAM_BP_CALLOC			calloc
#endif
#ifndef PAM_BP_FREE
#define PAM_BP_FREE			free
#endif
#ifndef PAM_BP_ASSERT
#define PAM_BP_ASSERT(text) \
	do { \
		fprintf(stderr, "%s\n", (text)); \
		abort(); \
	} while (0)
#endif

#define PAM_BPC_FALSE			0
#define PAM_BPC_TRUE			1

#define PAM_BPC_OK			0x01
#define PAM_BPC_SELECT			0x02
#define PAM_BPC_DONE			0x03
#define PAM_BPC_FAIL			0x04
#define PAM_BPC_GETENV			0x41
#define PAM_BPC_PUTENV			0x42
#define PAM_BPC_TEXT			0x43
#define PAM_BPC_ERROR			0x44
#define PAM_BPC_PROMPT			0x45
#define PAM_BPC_PASS			0x46

#define PAM_BP_MIN_SIZE			5
#define PAM_BP_MAX_LENGTH		0x20000

struct _pamc_bp_octets {
	uint8_t length[4];
	uint8_t control;
};
typedef struct _pamc_bp_octets *pamc_bp_t;

#define PAM_BP_SIZE(bp) \
	(((uint32_t)(bp)->length[0] << 24) | \
	((uint32_t)(bp)->length[1] << 16) | \
	((uint32_t)(bp)->length[2] << 8) | (uint32_t)(bp)->length[3])
#define PAM_BP_LENGTH(bp)		(PAM_BP_SIZE(bp) - PAM_BP_MIN_SIZE)
#define PAM_BP_WCONTROL(bp)		((bp)->control)
#define PAM_BP_RCONTROL(bp)		((bp)->control)
#define PAM_BP_WDATA(bp)		((uint8_t *)(bp) + PAM_BP_MIN_SIZE)
#define PAM_BP_RDATA(bp) \
	((const uint8_t *)(bp) + PAM_BP_MIN_SIZE)
#define PAM_BPC_FOR_CLIENT(bp) \
	(PAM_BP_RCONTROL(bp) <= PAM_BPC_FAIL && PAM_BP_RCONTROL(bp) != 0)

/* Wipe and free an old prompt, make a new one of so many bytes of data. */
#define PAM_BP_RENEW(old, new_control, data_length) \
	do { \
		size_t pam_bp_size_; \
		if (*(old) != NULL) { \
			memset(*(old), 0, PAM_BP_SIZE(*(old))); \
			PAM_BP_FREE(*(old)); \
			*(old) = NULL; \
		} \
		pam_bp_size_ = PAM_BP_MIN_SIZE + (size_t)(data_length); \
		*(old) = (pamc_bp_t)PAM_BP_CALLOC(1, pam_bp_size_); \
		if (*(old) != NULL) { \
			(*(old))->length[0] = (uint8_t)(pam_bp_size_ >> 24); \
			(*(old))->length[1] = (uint8_t)(pam_bp_size_ >> 16); \
			(*(old))->length[2] = (uint8_t)(pam_bp_size_ >> 8); \
			(*(old))->length[3] = (uint8_t)pam_bp_size_; \
			(*(old))->control = (uint8_t)(new_control); \
		} \
	} while (0)

#define PAM_BP_FILL(bp, offset, count, source) \
	do { \
		if (PAM_BP_LENGTH(*(bp)) < \
		    (uint32_t)(offset) + (uint32_t)(count)) \
			PAM_BP_ASSERT("binary prompt: write past the end"); \
		memcpy(PAM_BP_WDATA(*(bp)) + (offset), (source), (count)); \
	} while (0)

#define PAM_BP_EXTRACT(bp, offset, count, target) \
	do { \
		if (PAM_BP_LENGTH(*(bp)) < \
		    (uint32_t)(offset) + (uint32_t)(count)) \
			PAM_BP_ASSERT("binary prompt: read past the end"); \
		memcpy((target), PAM_BP_RDATA(*(bp)) + (offset), (count)); \
	} while (0)

#endif
