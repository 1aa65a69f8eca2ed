/* SPDX-License-Identifier: BSD-2-Clause */
#include <config.h>

#include <fcntl.h>
#include <stdio.h>

#include "counted.h"
#include "swept.h"

static const struct swept *row;
static int at;			/* the allocation that fails, from 0 */
static bool has_failed, is_native;
static int handles;		/* that the native library has given out */

/* --- The native library: the names are the linker's ------------------------------ */

int __real_pam_start(const char *service, const char *user,
    const struct pamport__native_conv *conv, pam_handle_t **pamh);
int __wrap_pam_start(const char *service, const char *user,
    const struct pamport__native_conv *conv, pam_handle_t **pamh);
int __real_pam_end(pam_handle_t *pamh, int status);
int __wrap_pam_end(pam_handle_t *pamh, int status);

int
__wrap_pam_start(const char *service, const char *user,
    const struct pamport__native_conv *conv, pam_handle_t **pamh)
{
	int result = __real_pam_start(service, user, conv, pamh);

	handles += result == PAM_SUCCESS;
	return result;
}

int
__wrap_pam_end(pam_handle_t *pamh, int status)
{
	handles--;
	return __real_pam_end(pamh, status);
}

#ifdef HAVE_PAM_START_CONFDIR
int __real_pam_start_confdir(const char *service, const char *user,
    const struct pamport__native_conv *conv, const char *confdir,
    pam_handle_t **pamh);
int __wrap_pam_start_confdir(const char *service, const char *user,
    const struct pamport__native_conv *conv, const char *confdir,
    pam_handle_t **pamh);

int
__wrap_pam_start_confdir(const char *service, const char *user,
    const struct pamport__native_conv *conv, const char *confdir,
    pam_handle_t **pamh)
{
	int result = __real_pam_start_confdir(service, user, conv, confdir,
	    pamh);

	handles += result == PAM_SUCCESS;
	return result;
}
#endif

char **__real_pam_getenvlist(pam_handle_t *pamh);
char **__wrap_pam_getenvlist(pam_handle_t *pamh);
int __real_pam_putenv(pam_handle_t *pamh, const char *name_value);
int __wrap_pam_putenv(pam_handle_t *pamh, const char *name_value);
int __real_pam_set_item(pam_handle_t *pamh, int item, const void *value);
int __wrap_pam_set_item(pam_handle_t *pamh, int item, const void *value);

char **
__wrap_pam_getenvlist(pam_handle_t *pamh)
{
	return is_native && counted_fails() ? NULL :
	    __real_pam_getenvlist(pamh);
}

int
__wrap_pam_putenv(pam_handle_t *pamh, const char *name_value)
{
	return is_native && counted_fails() ? PAM_BUF_ERR :
	    __real_pam_putenv(pamh, name_value);
}

int
__wrap_pam_set_item(pam_handle_t *pamh, int item, const void *value)
{
	return is_native && value != NULL && counted_fails() ? PAM_BUF_ERR :
	    __real_pam_set_item(pamh, item, value);
}

void
swept_forget_handle(void)
{
	if (PAMPORT__PLATFORM->flag[PAMPORT__FLAG_DATA_SILENT].state ==
	    PAMPORT__ABSENT)
		handles--;
}

/* --- Points ----------------------------------------------------------------------- */

void
swept_arm(void)
{
	scripted_begin = counted_pause;
	scripted_end = counted_resume;
	counted_arm(at);
}

bool
swept_disarm(void)
{
	has_failed = counted_disarm();
	return has_failed;
}

const char *
swept_point(void)
{
	static char text[128];

	(void)snprintf(text, sizeof(text), "%s, allocation %d%s", row->name,
	    at, has_failed ? "" : " (there is none)");
	return text;
}

void
swept_check(int result, int failed, int done)
{
	int wanted = swept_disarm() ? failed : done;

	ATF_CHECK_EQ_MSG(wanted, result, "%s: %d", swept_point(), result);
}

/* Once; what is there afterwards is what was there before. */
static void
run_point(void)
{
	int descriptors = recorded_descriptors(), blocks = counted_blocks();
	int before = handles;

	has_failed = false;
	row->act();
	ATF_CHECK_EQ_MSG(blocks, counted_blocks(), "%s: blocks: %d, %d",
	    swept_point(), blocks, counted_blocks());
	ATF_CHECK_EQ_MSG(descriptors, recorded_descriptors(),
	    "%s: descriptors: %d, %d", swept_point(), descriptors,
	    recorded_descriptors());
	ATF_CHECK_EQ_MSG(before, handles, "%s: handles: %d, %d",
	    swept_point(), before, handles);
}

static int
sweep(void)
{
	at = 0;
	for (run_point(); has_failed; run_point())
		at++;
	ATF_CHECK_MSG(is_native || row->kind != SWEPT_ALLOCATES || at > 0,
	    "%s: no allocation", row->name);
	ATF_CHECK_MSG(row->kind != SWEPT_NOTHING || at == 0,
	    "%s: %d allocations", row->name, at);
	return at;
}

bool
swept_is_native(void)
{
	return is_native;
}

int
swept_run(const struct swept *rows, bool new_is_native)
{
	int points, total = 0;

	is_native = counted_only_others = new_is_native;
	for (row = rows; row->name != NULL; row++) {
		if (row->act == NULL || (is_native &&
		    row->kind == SWEPT_NOTHING))
			continue;
		points = sweep();
		(void)printf("%-40s %d\n", row->name, points);
		total += points;
	}
	(void)printf("%d points swept\n", total);
	return total;
}
