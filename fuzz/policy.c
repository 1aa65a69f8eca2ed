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
	static const enum policy_place kinds[] = { POLICY_PAM_CONF, POLICY_ETC,
	    POLICY_CONFDIR };
	char name[POLICY_NAME_SIZE];
	struct policy policy;
	size_t kind;
	int i;

	for (i = 1; i < PAMPORT__PLATFORMS; i++) {
		if (policy_name(&policy_dialects[i], service, name) != NULL)
			continue;
		for (kind = 0; kind < sizeof(kinds) / sizeof(kinds[0]);
		    kind++) {
			REQUIRE(policy_read(&policy,
			    (enum pamport_implementation)i, "/etc",
			    kinds[kind], name));
			policy_free(&policy);
		}
	}
	files_end();
	return 0;
}
