/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The reader of Solaris's configuration (rule 23), with pam.d and without.
 */
#include <stdbool.h>

#include "fuzz/bytes.h"
#include "fuzz/files.h"

static bool reads_pam_d;
#define CONFIGURATION "/etc"
#define READS_PAM_D reads_pam_d
#define fopen files_fopen
#define fstat files_fstat
#include "platform/configured_solaris.c"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const facilities[] = { "auth", "account" };
	const char *service = files_begin(data, size);
	enum pamport__configured answer;
	int i;

	for (i = 0; i < 4; i++) {
		reads_pam_d = i < 2;
		answer = pamport__configured(service, facilities[i % 2]);
		REQUIRE(answer == PAMPORT__CONFIGURED ||
		    answer == PAMPORT__NOT_CONFIGURED ||
		    answer == PAMPORT__CONFIGURATION_UNREADABLE ||
		    answer == PAMPORT__CONFIGURATION_FAILED);
	}
	files_end();
	return 0;
}
