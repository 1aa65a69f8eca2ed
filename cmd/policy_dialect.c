/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How each implementation looks for the lines of a service.
 *
 *   L  pam.d/SERVICE, in lower case, of the machine or else of the vendor; where
 *      there is no pam.d at all, pam.conf.  What has no line is taken from
 *      "other" [a11b, a12, a13f, a13g].  Of a name with directories the last
 *      component counts [d25, d26, d32].
 *   O  pam.d/SERVICE, else the lines of pam.conf, in /etc and then in
 *      /usr/local/etc; likewise "other" [a13g, a17].  pam_start refuses names
 *      [d25-d34].
 *   S  pam.d/SERVICE where the library knows pam.d, else pam.conf [a11-a14m].
 */
#include <config.h>

#include <sys/types.h>
#include <sys/stat.h>
#include <ctype.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "cmd/policy.h"

#define APPLE_WITHOUT "a refusal (before 2016: PAM_SUCCESS)"
#define SOLARIS_WITHOUT "PAM_SYSTEM_ERR (natively PAM_SUCCESS: rule 23)"

const struct policy_dialect policy_dialects[] = {
	[PAMPORT_LINUX_PAM] = {
		.has_brackets = true,
		.has_inner_comments = true,
		.has_substacks = true,
		.strips_service = true,
		.conf_is_instead = true,
		.more = "/usr/lib",
		.without = { "PAM_PERM_DENIED", "PAM_PERM_DENIED",
		    "PAM_PERM_DENIED", "PAM_PERM_DENIED" },
		.without_other = "PAM_ABORT from pam_start"
	},
	[PAMPORT_OPENPAM] = {
		.has_quotes = true,
		.has_inner_comments = true,
		.refuses_slash = true,
		.refuses_characters = true,
		.conf_is_behind = true,
		.more = "/usr/local/etc",
		.without = { "PAM_SYSTEM_ERR", "PAM_SYSTEM_ERR",
		    "PAM_SYSTEM_ERR", "PAM_SYSTEM_ERR" },
		.without_other = "PAM_SYSTEM_ERR from pam_start"
	},
	[PAMPORT_APPLE] = {
		.has_quotes = true,
		.has_inner_comments = true,
		.refuses_slash = true,
		.conf_is_behind = true,
		.without = { APPLE_WITHOUT, APPLE_WITHOUT, APPLE_WITHOUT,
		    APPLE_WITHOUT },
		.without_other = APPLE_WITHOUT
	},
	[PAMPORT_SOLARIS] = {
		.conf_is_behind = true,
		.grants_empty_include = true,
		.without = { SOLARIS_WITHOUT, SOLARIS_WITHOUT, "PAM_SUCCESS",
		    "PAM_SUCCESS" },
		.without_other = "PAM_SYSTEM_ERR from each call"
	},
};

bool
policy_has_directory(const char *etc)
{
	char path[PATH_MAX];
	struct stat status;

	(void)snprintf(path, sizeof(path), "%s/pam.d", etc);
	return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

/* The other place counts only beside the system's own /etc. */
const char *
policy_place_of(const struct policy_dialect *dialect, enum policy_place kind,
    const char *etc, int i)
{
	if (i == 0)
		return etc;
	return i == 1 && kind != POLICY_CONFDIR && strcmp(etc, "/etc") == 0 ?
	    dialect->more : NULL;
}

bool
policy_is_portable(const char *name)
{
	return name[strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789._-")] == '\0';
}

const char *
policy_name(const struct policy_dialect *dialect, const char *service,
    char name[POLICY_NAME_SIZE])
{
	const char *slash = strrchr(service, '/');
	char *c;

	if (slash != NULL && dialect->strips_service)
		service = slash + 1;
	else if (slash != NULL && dialect->refuses_slash)
		return "this libpam refuses one with a \"/\"";
	if (service[0] == '\0')
		return slash != NULL ? "nothing is behind the \"/\"" :
		    "it is empty";
	if (strcmp(service, ".") == 0 || strcmp(service, "..") == 0)
		return "it is a directory";
	if (strlen(service) >= POLICY_NAME_SIZE)
		return "it is longer than 255 bytes";
	if (dialect->refuses_characters && !policy_is_portable(service))
		return "this libpam takes letters, digits, \".\", \"_\" and "
		    "\"-\" alone";
	(void)strcpy(name, service);
	for (c = name; dialect->strips_service && *c != '\0'; c++)
		*c = (char)tolower((unsigned char)*c);
	return NULL;
}
