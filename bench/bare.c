/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What stands beside a session of pamport's: the calls that it makes, without a
 * record, without login records.
 */
#include <config.h>

#include "bench.h"

static void
session(long parameter)
{
	pam_handle_t *pamh = bench_start("");

	(void)parameter;
	bench_require(pam_acct_mgmt(pamh, 0) == PAM_SUCCESS &&
	    pam_set_item(pamh, PAM_TTY, "tty1") == PAM_SUCCESS &&
	    pam_setcred(pamh, PAM_ESTABLISH_CRED) == PAM_SUCCESS &&
	    pam_open_session(pamh, 0) == PAM_SUCCESS &&
	    pam_close_session(pamh, 0) == PAM_SUCCESS &&
	    pam_setcred(pamh, PAM_DELETE_CRED) == PAM_SUCCESS &&
	    pam_end(pamh, PAM_SUCCESS) == PAM_SUCCESS, "a session");
}

const struct bench_scenario bench_other[] = {
	{ "session.plain", -1, 50, NULL, session, NULL, 0 },
	{ "session.record", -1, 50, NULL, session, NULL, 0 },
	{ "session.login", -1, 50, NULL, session, NULL, BENCH_LOGIN },
	{ "session.both", -1, 50, NULL, session, NULL, BENCH_LOGIN },
	{ NULL, 0, 0, NULL, NULL, NULL, 0 }
};
