/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What `pamport doctor SERVICE' reads, as each implementation reads it.
 */
#include <config.h>

#include "fuzz/bytes.h"
#include "fuzz/files.h"
#include "cmd/policy.h"
#include "platform/platform.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *service = files_begin(data, size);
	struct policy policy;
	int i;

	for (i = 1; i < PAMPORT__PLATFORMS; i++) {
		REQUIRE(policy_read(&policy, (enum pamport_implementation)i,
		    "/etc", i % 2 == 0, service));
		policy_free(&policy);
		REQUIRE(policy_read(&policy, (enum pamport_implementation)i,
		    "/etc", i % 2 != 0, service));
		policy_free(&policy);
	}
	files_end();
	return 0;
}
