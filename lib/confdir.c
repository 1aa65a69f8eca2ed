/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What is wrong with a private directory of services.  Libpam says no more than
 * PAM_ABORT for one that is not there, or has no such service.
 */
#include <config.h>

#include <sys/types.h>
#include <sys/stat.h>
#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "lib/session.h"
#include "compat/compat.h"

/* As libpam reads it: what is behind the last slash, in lower case. */
static bool
has_service(const char *confdir, const char *service)
{
	const char *slash = strrchr(service, '/');
	char path[PATH_MAX], *c;
	struct stat status;
	int length;

	length = snprintf(path, sizeof(path), "%s/%s", confdir,
	    slash == NULL ? service : slash + 1);
	if (length < 0 || (size_t)length >= sizeof(path))
		return false;
	for (c = path + strlen(confdir); *c != '\0'; c++)
		*c = (char)tolower((unsigned char)*c);
	return stat(path, &status) == 0;
}

void
pamport__explain_directory(const char *path, char *why, size_t size)
{
	struct stat status;

	why[0] = '\0';
	if (stat(path, &status) == -1)
		(void)snprintf(why, size, "%s: %s", path, strerror(errno));
	else if (!S_ISDIR(status.st_mode))
		(void)snprintf(why, size, "%s: %s", path, strerror(ENOTDIR));
}

void
pamport__explain_confdir(const char *confdir, const char *service,
    char *why, size_t size)
{
	why[0] = '\0';
	if (confdir == NULL)
		return;
	if (!pamport__has_start_confdir) {
		(void)snprintf(why, size, "%s: this libpam reads no private "
		    "directory of services", confdir);
		return;
	}
	pamport__explain_directory(confdir, why, size);
	if (why[0] == '\0' && service != NULL && !has_service(confdir, service) &&
	    !has_service(confdir, "other"))
		(void)snprintf(why, size, "%s: neither a file for this service "
		    "nor \"other\" is in it", confdir);
}
