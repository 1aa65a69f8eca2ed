/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A handle to try things on.  Where libpam takes a directory of services, there
 * is one for this process, with a service without any line: no module is loaded.
 * Elsewhere it is a service that the machine has; O then loads its modules, and
 * none of their functions is called.
 */
#include <config.h>

#include <sys/types.h>
#include <sys/stat.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "compat/compat.h"
#include "cmd/doctor.h"

#define OURS "pamport-doctor"

#ifdef HAVE_PAM_START_CONFDIR
static const bool has_confdir = true;
#else
static const bool has_confdir = false;
#endif

static int
nobody_answers(int n, PAMPORT__NATIVE_CONST struct pam_message **msg,
    struct pam_response **resp, void *data)
{
	(void)n;
	(void)msg;
	(void)resp;
	(void)data;
	return PAM_CONV_ERR;
}

pam_handle_t *
bench_native(const struct bench *bench)
{
	struct pamport__native_conv conv;
	pam_handle_t *pamh = NULL;
	int result;

	memset(&conv, 0, sizeof(conv));
	conv.conv = nobody_answers;
	if (bench->directory[0] != '\0')
		result = pamport__start_confdir(bench->service, "root", &conv,
		    bench->directory, &pamh);
	else
		result = pam_start(bench->service, "root", &conv, &pamh);
	return result == PAM_SUCCESS ? pamh : NULL;
}

pam_handle_t *
bench_portable(const struct bench *bench, const struct pam_conv *conv)
{
	pam_handle_t *pamh = NULL;
	int result;

	if (bench->directory[0] != '\0')
		result = pamport_start_confdir(bench->service, "root", conv,
		    bench->directory, &pamh);
	else
		result = pamport_start(bench->service, "root", conv, &pamh);
	return result == PAM_SUCCESS ? pamh : NULL;
}

static enum finding
can_start(const void *data, char *text, size_t size)
{
	(void)text;
	(void)size;
	return bench_native(data) != NULL ? FOUND_YES : FOUND_NO;
}

static bool
is_usable(const struct bench *bench)
{
	struct probe probe;

	probe_run(&probe, can_start, bench);
	return probe.finding == FOUND_YES;
}

static void
file_of(const struct bench *bench, char *path, size_t size)
{
	(void)snprintf(path, size, "%s/" OURS, bench->directory);
}

/* A directory that nobody else can look into. */
static bool
make_directory(struct bench *bench)
{
	const char *place = secure_getenv("TMPDIR");
	char path[sizeof(bench->directory) + 32];
	FILE *file;

	if (place == NULL || strlen(place) > 200)
		place = "/tmp";
	(void)snprintf(bench->directory, sizeof(bench->directory),
	    "%s/pamport-doctor.XXXXXX", place);
	if (mkdtemp(bench->directory) == NULL) {
		(void)snprintf(bench->why, sizeof(bench->why), "%s: %s", place,
		    strerror(errno));
		bench->directory[0] = '\0';
		return false;
	}
	file_of(bench, path, sizeof(path));
	file = fopen(path, "w");
	if (file == NULL)
		return false;
	(void)fputs("# of pamport doctor: no line\n", file);
	return fclose(file) == 0;
}

static bool
try_service(struct bench *bench, const char *service)
{
	(void)snprintf(bench->service, sizeof(bench->service), "%s", service);
	return is_usable(bench);
}

void
bench_open(struct bench *bench, const char *service, const char *confdir)
{
	static const char *const usual[] = { "other", "login", "system", "su",
	    "sshd", "passwd" };
	size_t i;

	memset(bench, 0, sizeof(*bench));
	bench->confdir = confdir;
	if (has_confdir && make_directory(bench) && try_service(bench, OURS))
		return;
	bench_close(bench);
	if (service != NULL && try_service(bench, service))
		return;
	for (i = 0; i < sizeof(usual) / sizeof(usual[0]); i++)
		if (try_service(bench, usual[i]))
			return;
	bench->service[0] = '\0';
	if (bench->why[0] == '\0')
		(void)snprintf(bench->why, sizeof(bench->why),
		    "pam_start refuses all services that were tried%s",
		    geteuid() == 0 ? "" : "; as root more may be readable");
}

void
bench_close(struct bench *bench)
{
	char path[sizeof(bench->directory) + 32];

	if (bench->directory[0] == '\0')
		return;
	file_of(bench, path, sizeof(path));
	(void)unlink(path);
	(void)rmdir(bench->directory);
	bench->directory[0] = '\0';
}
