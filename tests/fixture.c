/* SPDX-License-Identifier: BSD-2-Clause */
#include <config.h>

#include <sys/types.h>
#include <sys/stat.h>
#include <atf-c.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fixture.h"

#define MODULE TESTS_BUILD "/.libs/callback_module.so"

static char *
contents_of(const char *path)
{
	FILE *file = fopen(path, "r");
	char *contents;
	size_t size;

	if (file == NULL)
		return NULL;
	contents = malloc(65536);
	ATF_REQUIRE(contents != NULL);
	size = fread(contents, 1, 65535, file);
	ATF_REQUIRE_MSG(size < 65535, "%s is too long", path);
	contents[size] = '\0';
	fclose(file);
	return contents;
}

static void
write_file(const char *path, const char *prefix, const char *lines)
{
	const char *end;
	FILE *file;

	file = fopen(path, "w");
	ATF_REQUIRE_MSG(file != NULL, "cannot write %s", path);
	for (; *lines != '\0'; lines = end + 1) {
		end = strchr(lines, '\n');
		ATF_REQUIRE_MSG(end != NULL, "no newline: %s", lines);
		fprintf(file, "%s%.*s\n", prefix, (int)(end - lines), lines);
	}
	ATF_REQUIRE_EQ(0, fclose(file));
	ATF_REQUIRE_EQ(0, chmod(path, 0644));
}

static bool
is_directory(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static void
place(struct fixture *fixture, const char *directory, const char *lines)
{
	snprintf(fixture->path, sizeof(fixture->path), "%s/%s", directory,
	    fixture->service);
	write_file(fixture->path, "", lines);
}

/* O wants a policy "other", be it empty [a17]; a system has its own. */
static void
place_other(const char *directory)
{
	char other[1024];

	snprintf(other, sizeof(other), "%s/other", directory);
	if (access(other, F_OK) != 0)
		write_file(other, "", "");
}

static void
place_in_pam_conf(struct fixture *fixture, const char *path, const char *lines)
{
	char prefix[80];

	snprintf(fixture->path, sizeof(fixture->path), "%s", path);
	snprintf(prefix, sizeof(prefix), "%s ", fixture->service);
	fixture->previous = contents_of(path);
	write_file(path, prefix, lines);
}

#ifdef HAVE_PAM_START_CONFDIR

static void
place_by_default(struct fixture *fixture, const char *lines)
{
	char directory[900];

	ATF_REQUIRE(getcwd(directory, sizeof(directory) - 16) != NULL);
	strcat(directory, "/pam.d");
	mkdir(directory, 0755);
	fixture->confdir = strdup(directory);
	ATF_REQUIRE(fixture->confdir != NULL);
	place(fixture, directory, lines);
}

#else

static void
place_by_default(struct fixture *fixture, const char *lines)
{
	if (geteuid() != 0)
		atf_tc_skip("only root can configure a service here; "
		    "see --with-pam-conf");
	if (!is_directory("/etc/pam.d"))
		atf_tc_skip("no /etc/pam.d; see --with-pam-conf");
	place(fixture, "/etc/pam.d", lines);
}

#endif

void
fixture_service(struct fixture *fixture, const char *lines)
{
	memset(fixture, 0, sizeof(*fixture));
	snprintf(fixture->service, sizeof(fixture->service),
	    "pamport-test-%ld", (long)getpid());
	if (TEST_PAM_CONF[0] == '\0')
		place_by_default(fixture, lines);
	else if (!is_directory(TEST_PAM_CONF))
		place_in_pam_conf(fixture, TEST_PAM_CONF, lines);
	else {
		place_other(TEST_PAM_CONF);
		place(fixture, TEST_PAM_CONF, lines);
	}
}

void
fixture_remove(struct fixture *fixture)
{
	if (fixture->previous != NULL)
		write_file(fixture->path, "", fixture->previous);
	else
		unlink(fixture->path);
	free(fixture->previous);
	free(fixture->confdir);
	memset(fixture, 0, sizeof(*fixture));
}

int
fixture_start(const struct fixture *fixture, const char *user,
    const struct pam_conv *conv, pam_handle_t **pamh)
{
	if (fixture->confdir == NULL)
		return pamport_start(fixture->service, user, conv, pamh);
	return pamport_start_confdir(fixture->service, user, conv,
	    fixture->confdir, pamh);
}

void
fixture_callback(struct fixture *fixture, fixture_module *function)
{
	static const char *const facilities[] = { "auth", "account",
	    "session", "password" };
	char lines[4096];
	uintptr_t address;
	size_t i, used = 0;

	memcpy(&address, &function, sizeof(address));
	for (i = 0; i < sizeof(facilities) / sizeof(facilities[0]); i++)
		used += (size_t)snprintf(lines + used, sizeof(lines) - used,
		    "%s required %s %jx\n", facilities[i], MODULE,
		    (uintmax_t)address);
	ATF_REQUIRE(used < sizeof(lines));
	fixture_service(fixture, lines);
}
