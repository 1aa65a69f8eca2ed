/* SPDX-License-Identifier: BSD-2-Clause */
#include <config.h>

#include <sys/stat.h>
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fixture.h"

#define PREFIX "pamport-test"
#define PRIVATE_DIRECTORY "pam.d"
#define PLACED "fixture.placed"		/* what fixture_clean reads */

#ifdef HAVE_PAM_START_CONFDIR
static const bool has_confdir = true;
#else
static const bool has_confdir = false;
#endif

/* --- Texts --- */

/* Kept where a leak checker finds them. */
static char *texts[1024];

static const char *
keep(const char *format, va_list arguments)
{
	char text[4096];
	size_t i = 0;
	int length;

	length = vsnprintf(text, sizeof(text), format, arguments);
	ATF_REQUIRE(length >= 0 && (size_t)length < sizeof(text));
	while (i < sizeof(texts) / sizeof(texts[0]) && texts[i] != NULL)
		i++;
	ATF_REQUIRE(i < sizeof(texts) / sizeof(texts[0]));
	texts[i] = strdup(text);
	ATF_REQUIRE(texts[i] != NULL);
	return texts[i];
}

const char *
fixture_text(const char *format, ...)
{
	va_list arguments;
	const char *text;

	va_start(arguments, format);
	text = keep(format, arguments);
	va_end(arguments);
	return text;
}

const char *
fixture_file(const char *name)
{
	char directory[2048];

	ATF_REQUIRE(getcwd(directory, sizeof(directory)) != NULL);
	return fixture_text("%s/%s", directory, name);
}

/* --- Where services are read --- */

static bool
is_directory(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static void
place_at(struct fixture *fixture, const char *path)
{
	ATF_REQUIRE(strlen(path) < sizeof(fixture->path));
	strcpy(fixture->path, path);
	fixture->is_file = !is_directory(path);
}

static void
find_place(struct fixture *fixture, bool may_be_private)
{
	const char *private;

	if (TEST_PAM_CONF[0] != '\0') {
		place_at(fixture, TEST_PAM_CONF);
	} else if (has_confdir && may_be_private) {
		private = fixture_file(PRIVATE_DIRECTORY);
		ATF_REQUIRE(mkdir(private, 0755) == 0 || errno == EEXIST);
		place_at(fixture, private);
		fixture->confdir = strdup(private);
		ATF_REQUIRE(fixture->confdir != NULL);
	} else if (is_directory(TEST_WITH_PAM "/etc/pam.d")) {
		place_at(fixture, TEST_WITH_PAM "/etc/pam.d");
	} else if (geteuid() == 0) {
		place_at(fixture, is_directory("/etc/pam.d") ? "/etc/pam.d" :
		    "/etc/pam.conf");
	} else {
		atf_tc_skip("only root can configure a service here; "
		    "see --with-pam-conf");
	}
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

/* --- Placing --- */

/*
 * Known before it is placed, so that a case that is killed in between leaves
 * nothing behind.
 */
static void
remember(const struct fixture *fixture)
{
	FILE *placed = fopen(PLACED, "a");

	ATF_REQUIRE(placed != NULL);
	(void)fprintf(placed, "%c %s %s\n", fixture->is_file ? 'f' : 'd',
	    fixture->service, fixture->path);
	ATF_REQUIRE(fclose(placed) == 0);
}

static FILE *
open_locked(const char *path)
{
	struct flock lock;
	int fd = open(path, O_RDWR | O_CREAT, 0644);

	memset(&lock, 0, sizeof(lock));
	lock.l_type = F_WRLCK;
	lock.l_whence = SEEK_SET;
	if (fd == -1 || fcntl(fd, F_SETLKW, &lock) == -1)
		return NULL;
	return fdopen(fd, "r+");
}

/* Every line gets the name of the service in front. */
static void
append_lines(const char *path, const char *service, const char *lines)
{
	FILE *file = open_locked(path);
	size_t length;

	ATF_REQUIRE_MSG(file != NULL, "%s: %s", path, strerror(errno));
	ATF_REQUIRE(fseek(file, 0, SEEK_END) == 0);
	while (*lines != '\0') {
		length = strcspn(lines, "\n");
		if (length > 0)
			(void)fprintf(file, "%s %.*s\n", service, (int)length,
			    lines);
		lines += length + (lines[length] == '\n');
	}
	ATF_REQUIRE(fclose(file) == 0);
}

static void
write_file(const char *path, const char *lines)
{
	FILE *file = fopen(path, "w");

	ATF_REQUIRE_MSG(file != NULL, "%s: %s", path, strerror(errno));
	ATF_REQUIRE(fputs(lines, file) >= 0);
	ATF_REQUIRE(fclose(file) == 0);
	ATF_REQUIRE(chmod(path, 0644) == 0);
}

/* O wants a policy "other", be it empty [a17]; a system has its own. */
static void
write_service(const char *directory, const char *service, const char *lines)
{
	const char *other = fixture_text("%s/other", directory);

	if (TEST_PAM_CONF[0] != '\0' && access(other, F_OK) != 0)
		write_file(other, "");
	write_file(fixture_text("%s/%s", directory, service), lines);
}

static void
place(struct fixture *fixture, const char *lines, bool may_be_private)
{
	static int number;

	memset(fixture, 0, sizeof(*fixture));
	find_place(fixture, may_be_private);
	(void)snprintf(fixture->service, sizeof(fixture->service),
	    "%s-%ld-%d", PREFIX, (long)getpid(), ++number);
	remember(fixture);
	if (fixture->is_file)
		append_lines(fixture->path, fixture->service, lines);
	else
		write_service(fixture->path, fixture->service, lines);
}

void
fixture_service(struct fixture *fixture, const char *lines)
{
	place(fixture, lines, true);
}

void
fixture_system_service(struct fixture *fixture, const char *lines)
{
	place(fixture, lines, false);
}

/* --- Taking away --- */

/* Copies all other lines over the file, then cuts what is left at its end. */
static void
remove_lines(const char *path, const char *service)
{
	FILE *file = open_locked(path);
	size_t length = strlen(service);
	char line[4096];
	long from = 0, to = 0;

	if (file == NULL)
		return;
	while (fseek(file, from, SEEK_SET) == 0 &&
	    fgets(line, sizeof(line), file) != NULL) {
		from = ftell(file);
		if (strncmp(line, service, length) == 0 && line[length] == ' ')
			continue;
		(void)fseek(file, to, SEEK_SET);
		(void)fputs(line, file);
		to = ftell(file);
	}
	(void)fflush(file);
	if (ftruncate(fileno(file), (off_t)to) == -1)
		perror(path);
	(void)fclose(file);
}

static void
take_away(char kind, const char *path, const char *service)
{
	char file[2048];

	if (strncmp(service, PREFIX, strlen(PREFIX)) != 0)
		return;
	if (kind == 'f') {
		remove_lines(path, service);
		return;
	}
	(void)snprintf(file, sizeof(file), "%s/%s", path, service);
	(void)unlink(file);
}

void
fixture_remove(struct fixture *fixture)
{
	take_away(fixture->is_file ? 'f' : 'd', fixture->path,
	    fixture->service);
	free(fixture->confdir);
	memset(fixture, 0, sizeof(*fixture));
}

void
fixture_clean(void)
{
	FILE *placed = fopen(PLACED, "r");
	char kind, service[256], path[1024];

	if (placed == NULL)
		return;
	while (fscanf(placed, "%c %255s %1023[^\n]\n", &kind, service,
	    path) == 3)
		take_away(kind, path, service);
	(void)fclose(placed);
}

/* --- Users --- */

static bool
is_suitable(const struct passwd *entry)
{
	struct stat home;

	return entry->pw_uid != 0 && strcmp(entry->pw_dir, "/") != 0 &&
	    stat(entry->pw_dir, &home) == 0 && S_ISDIR(home.st_mode) &&
	    (home.st_mode & S_IXOTH) != 0;
}

const struct passwd *
fixture_some_user(void)
{
	const struct passwd *entry;

	setpwent();
	while ((entry = getpwent()) != NULL && !is_suitable(entry))
		continue;
	if (entry == NULL)
		atf_tc_skip("no unprivileged user with a home here");
	return entry;
}

/* --- Modules --- */

static const char *
first_match(const char *pattern)
{
	const char *found = NULL;
	glob_t matches;

	if (glob(pattern, 0, NULL, &matches) == 0)
		found = fixture_text("%s", matches.gl_pathv[0]);
	globfree(&matches);
	return found;
}

static const char *
find_module(const char *name)
{
	static const char *const directories[] = {
		"/lib/security", "/lib/*/security", "/lib64/security",
		"/usr/lib/security", "/usr/lib/*/security",
		"/usr/lib/*/pam_wrapper", "/usr/lib64/pam_wrapper",
		"/usr/lib", "/usr/local/lib", "/usr/lib/pam"
	};
	const char *found = NULL;
	size_t i;

	for (i = 0; i < sizeof(directories) / sizeof(directories[0]) &&
	    found == NULL; i++)
		found = first_match(fixture_text("%s/%s.so", directories[i],
		    name));
	return found;
}

bool
fixture_has_system_modules(void)
{
	return strcmp(TEST_WITH_PAM, "system") == 0;
}

const char *
fixture_find_module(const char *name)
{
	const char *found;

	found = first_match(fixture_text("%s/.libs/%s.so", TESTS_BUILD, name));
	if (found != NULL)
		return found;
	if (!fixture_has_system_modules())
		atf_tc_skip("%s is made for the system's libpam, not for that "
		    "in %s", name, TEST_WITH_PAM);
	found = find_module(name);
	if (found == NULL)
		atf_tc_skip("there is no module %s here", name);
	return found;
}

const char *
fixture_callback_lines(fixture_module *function)
{
	static const char *const facilities[] = { "auth", "account",
	    "session", "password" };
	const char *module = fixture_find_module("callback_module");
	const char *lines = "";
	uintptr_t address;
	size_t i;

	memcpy(&address, &function, sizeof(address));
	for (i = 0; i < sizeof(facilities) / sizeof(facilities[0]); i++)
		lines = fixture_text("%s%s required %s %jx\n", lines,
		    facilities[i], module, (uintmax_t)address);
	return lines;
}

void
fixture_callback(struct fixture *fixture, fixture_module *function)
{
	fixture_service(fixture, fixture_callback_lines(function));
}
