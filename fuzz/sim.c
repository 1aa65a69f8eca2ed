/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The configuration of a simulated libpam, read and run: once for each
 * personality.  No module is loaded; each line's module returns the number that
 * is its first argument, and one that is called "absent" is not there.
 *
 * That the real library would crash is what the simulation is there to say, and
 * no finding.
 */
#include <setjmp.h>
#include <sanitizer/lsan_interface.h>

#include "fuzz/bytes.h"
#include "fuzz/files.h"
#include "sim.h"

static jmp_buf crash;

/* What handle.c calls in the place of abort. */
void fuzz_sim_crash(void);
void
fuzz_sim_crash(void)
{
	longjmp(crash, 1);
}

/* --- In the place of load.c ----------------------------------------------------- */

static int
module(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
	(void)pamh;
	(void)flags;
	return argc > 0 ? atoi(argv[0]) % 64 : PAM_SUCCESS;
}

char *
sim_module_path(const char *name, const char *suffix)
{
	char *path = sim_path("security", name, suffix);

	REQUIRE(path != NULL);
	return path;
}

bool
sim_load(pam_handle_t *pamh, struct sim_entry *entry, const char *path,
    bool lazy)
{
	int i;

	(void)pamh;
	(void)lazy;
	for (i = 0; i < SIM_NCALLS; i++)
		entry->function[i] = module;
	return strstr(path, "absent") == NULL;
}

void
sim_free_objects(pam_handle_t *pamh)
{
	(void)pamh;
}

/* --- The input -------------------------------------------------------------------- */

static void
run(const char *service)
{
	static const struct pam_conv nobody;
	pam_handle_t *pamh = NULL;
	int result = pam_start(service, "user", &nobody, &pamh);

	if (result != PAM_SUCCESS)
		return;
	(void)pam_authenticate(pamh, 0);
	(void)pam_setcred(pamh, PAM_ESTABLISH_CRED);
	(void)pam_acct_mgmt(pamh, 0);
	(void)pam_chauthtok(pamh, 0);
	(void)pam_open_session(pamh, 0);
	(void)pam_close_session(pamh, 0);
	(void)pam_end(pamh, PAM_SUCCESS);
}

/* false: the real one would have crashed; then what it held is lost. */
static bool
survives(const uint8_t *data, size_t size)
{
	bool has_survived = false;

	if (setjmp(crash) == 0) {
		run(files_begin(data, size));
		has_survived = true;
	}
	files_end();
	return has_survived;
}

int LLVMFuzzerInitialize(int *argc, char ***argv);
int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	return setenv("PAMSIM_CONF_DIR", "/etc", 1);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	volatile bool has_survived;

	__lsan_disable();
	has_survived = survives(data, size);
	__lsan_enable();
	if (has_survived)
		(void)survives(data, size);
	return 0;
}
