/* SPDX-License-Identifier: BSD-2-Clause */
#include <config.h>

#include <dlfcn.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/internal.h"
#include "cmd/native.h"

/*
 * What the header says of its version: each implementation in its own way,
 * and that of Linux-PAM 1.5.2 says 1.0.
 */
#if defined(__LINUX_PAM__)
#define VERSION_TEXT "%d.%d"
#define VERSION_NUMBERS __LINUX_PAM__, __LINUX_PAM_MINOR__
#elif defined(OPENPAM_VERSION)
#define VERSION_TEXT "%d"
#define VERSION_NUMBERS OPENPAM_VERSION
#else
#define VERSION_TEXT "%s"
#define VERSION_NUMBERS ""
#endif

#ifdef PAMPORT_NATIVE_CONST
#define HAS_CONST true
#else
#define HAS_CONST false
#endif
#ifdef PAMPORT_NATIVE_ENUMERATORS
#define HAS_ENUMERATORS true
#else
#define HAS_ENUMERATORS false
#endif

#ifdef HAVE_PAM_START_CONFDIR
#define BUILT_CONFDIR 1
#else
#define BUILT_CONFDIR 0
#endif
#ifdef HAVE_PAM_FAIL_DELAY
#define BUILT_DELAY 1
#else
#define BUILT_DELAY 0
#endif
#ifdef HAVE_PAM_UNSETENV
#define BUILT_UNSETENV 1
#else
#define BUILT_UNSETENV 0
#endif
#ifdef HAVE_OPENPAM_SET_FEATURE
#define BUILT_FEATURE 1
#else
#define BUILT_FEATURE 0
#endif

/* Those with 0 are in compat/ for all systems, so that they behave alike. */
static const struct { const char *name; int built; } functions[] = {
	{ "pam_start_confdir", BUILT_CONFDIR },
	{ "pam_fail_delay", BUILT_DELAY },
	{ "pam_unsetenv", BUILT_UNSETENV },
	{ "openpam_set_feature", BUILT_FEATURE },
	{ "openpam_get_feature", BUILT_FEATURE },
	{ "pam_setenv", 0 },
	{ "pam_prompt", 0 },
	{ "pam_vprompt", 0 },
	{ "pam_info", 0 },
	{ "pam_vinfo", 0 },
	{ "pam_error", 0 },
	{ "pam_verror", 0 },
	{ "misc_conv", 0 },
	{ "pam_misc_setenv", 0 },
	{ "pam_misc_paste_env", 0 },
	{ "pam_misc_drop_env", 0 },
	{ "openpam_ttyconv", 0 },
	{ "openpam_nullconv", 0 },
};

/* dlsym, not &pam_start: that may be an entry of the program's own table. */
static bool
find_in(const char *function, Dl_info *info)
{
	void *address = dlsym(RTLD_DEFAULT, function);

	return address != NULL && dladdr(address, info) != 0 &&
	    info->dli_fname != NULL;
}

static void
find_library(struct native *native)
{
	const char *slash;
	char *real;
	Dl_info info;

	if (!find_in("pam_start", &info)) {
		(void)snprintf(native->library, sizeof(native->library),
		    "linked into this program");
		return;
	}
	(void)snprintf(native->library, sizeof(native->library), "%s",
	    info.dli_fname);
	slash = strrchr(native->library, '/');
	(void)snprintf(native->soname, sizeof(native->soname), "%s",
	    slash != NULL ? slash + 1 : native->library);
	real = realpath(native->library, NULL);
	(void)snprintf(native->real, sizeof(native->real), "%s",
	    real != NULL ? real : native->library);
	free(real);
}

void
native_find(struct native *native)
{
	memset(native, 0, sizeof(*native));
	native->name = PAMPORT__PLATFORM->name;
	native->title = PAMPORT__PLATFORM->title;
	native->header = PAMPORT_PAM_HEADER;
	if (PAMPORT_PAM_VERSION[0] != '\0')
		native->package_version = PAMPORT_PAM_VERSION;
	native->has_const = HAS_CONST;
	native->has_enumerators = HAS_ENUMERATORS;
	(void)snprintf(native->header_version, sizeof(native->header_version),
	    VERSION_TEXT, VERSION_NUMBERS);
	find_library(native);
}

int
native_functions(struct native_function *function)
{
	const size_t n = sizeof(functions) / sizeof(functions[0]);
	Dl_info info;
	size_t i;

	for (i = 0; i < n && i < NATIVE_FUNCTIONS; i++) {
		function[i].name = functions[i].name;
		function[i].built = functions[i].built;
		function[i].is_there = find_in(functions[i].name, &info);
	}
	return (int)i;
}
