/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A program with the rights of another heeds no variable of its caller's.  It is
 * a real one: a copy with the set-user-id bit, run as nobody.
 */
#include <config.h>

#include <sys/types.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <atf-c.h>
#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fixture.h"

#define NOBODY 65534

/* --- Which variables there are --------------------------------------------------- */

/*
 * Every place that reads one, with what is between the parentheses; why it may
 * read it also in a set-id program, NULL: it may not.
 */
static const struct reader {
	const char *file, *argument;
	const char *why;
} readers[] = {
	{ "lib/state.c", "\"PAMPORT_STRICT\"", NULL },
	{ "lib/trace.c", "\"PAMPORT_TRACE\"", NULL },
	{ "lib/record_dir.c", "\"PAMPORT_RECORDS\"", NULL },
	{ "cmd/session.c", "\"PAMPORT_RECORDS\"", NULL },
	{ "cmd/doctor_bench.c", "\"TMPDIR\"", NULL },
	{ "cmd/sim.c", "\"PAMPORT_SIM_DIR\"", NULL },
	{ "cmd/sim.c", "variable->name",
	    "only after sim_test's set_id__is_refused" },
	{ "cmd/table.c", "\"NO_COLOR\"", "a colour harms nobody" },
	{ "cmd/table.c", "\"TERM\"", "a colour harms nobody" },
	{ "compat/libc_secure_getenv.c", "name", "it asks before" },
	{ "lib/session_record.c", "variable", "compared only: what the caller has "
	    "too is not written down for the close of his own session" },
	{ "sim/handle.c", "\"PAMSIM_CONF_DIR\"", "it asks before" },
	{ "sim/handle.c", "\"PAMSIM_DEBUG\"", "there is no handle to tell of" },
	{ "sim/load.c", "\"PAMSIM_MODULE_DIR\"", "there is no handle to load "
	    "a module for" },
	{ "sim/module.c", "\"PAMSIM_LOG\"", "it runs for a handle only" }
};
#define READERS (sizeof(readers) / sizeof(readers[0]))

static int found[READERS];

static void
check_reader(const char *file, const char *argument, size_t length,
    bool is_secure)
{
	size_t i;

	for (i = 0; i < READERS; i++)
		if (strcmp(readers[i].file, file) == 0 &&
		    strlen(readers[i].argument) == length &&
		    strncmp(readers[i].argument, argument, length) == 0)
			break;
	ATF_REQUIRE_MSG(i < READERS, "%s reads %.*s, which this test does not "
	    "know", file, (int)length, argument);
	found[i]++;
	ATF_CHECK_MSG(is_secure || readers[i].why != NULL,
	    "%s reads %.*s also in a set-id program", file, (int)length,
	    argument);
}

/* A call of libc's, not of a function whose name ends so. */
static void
check_source(const char *file, const char *text)
{
	static const char plain[] = "getenv(", secure[] = "secure_getenv(";
	const char *at = text, *end;
	size_t before = sizeof(secure) - sizeof(plain);
	bool is_secure;

	while ((at = strstr(at, plain)) != NULL) {
		is_secure = (size_t)(at - text) > before &&
		    strncmp(at - before, secure, sizeof(secure) - 1) == 0;
		end = at + sizeof(plain) - 1;
		at -= is_secure ? before : 0;
		/* Nor is it secure_getenv(3) in a comment, or in a message. */
		if (at > text && at[-1] != '_' &&
		    !isalnum((unsigned char)at[-1]) &&
		    (*end == '"' || islower((unsigned char)*end)))
			check_reader(file, end, strcspn(end, ")"), is_secure);
		at = end;
	}
}

static void
check_file(const char *folder, const char *name)
{
	static char text[1 << 17];
	char path[1024];
	FILE *file;
	size_t size;

	(void)snprintf(path, sizeof(path), "%s/../%s/%s", TESTS_DIR, folder,
	    name);
	file = fopen(path, "r");
	ATF_REQUIRE(file != NULL);
	size = fread(text, 1, sizeof(text) - 1, file);
	ATF_REQUIRE(size > 0 && size < sizeof(text) - 1);
	text[size] = '\0';
	(void)fclose(file);
	check_source(path + sizeof(TESTS_DIR "/../") - 1, text);
	/* That one looks at names only. */
	ATF_CHECK_MSG(strstr(text, "environ;") == NULL ||
	    strcmp(name, "environment.c") == 0,
	    "%s has the whole environment", path);
}

ATF_TC_WITHOUT_HEAD(readers__are_all_known);
ATF_TC_BODY(readers__are_all_known, tc)
{
	static const char *const folders[] = { "lib", "compat", "cmd",
	    "platform", "sim" };
	struct dirent **entries;
	const char *end;
	size_t i;
	int n, j;

	for (i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
		n = scandir(fixture_text("%s/../%s", TESTS_DIR, folders[i]),
		    &entries, NULL, alphasort);
		ATF_REQUIRE(n > 2);
		for (j = 0; j < n; j++) {
			end = strrchr(entries[j]->d_name, '.');
			if (end != NULL && (strcmp(end, ".c") == 0 ||
			    strcmp(end, ".h") == 0))
				check_file(folders[i], entries[j]->d_name);
			free(entries[j]);
		}
		free(entries);
	}
	for (i = 0; i < READERS; i++)
		ATF_CHECK_MSG(found[i] > 0, "%s does not read %s any more",
		    readers[i].file, readers[i].argument);
}

/* --- The program ---------------------------------------------------------------------- */

#define PROGRAM "./set-id"

/* Where nobody reaches it, and nothing else is made. */
static void
copy_program(void)
{
	char block[65536];
	ssize_t got;
	int from, to;

	if (atf_utils_grep_file("-fsanitize=", TESTS_BUILD "/config.log"))
		atf_tc_skip("set-id programs have no sanitizers");
	if (getenv("TEST_UNDER_VALGRIND") != NULL)
		atf_tc_skip("valgrind runs no set-id program");
	from = open(TESTS_BUILD "/tests/lib/set_id_program", O_RDONLY);
	to = open(PROGRAM, O_WRONLY | O_CREAT | O_EXCL, 0755);
	ATF_REQUIRE(from != -1 && to != -1);
	while ((got = read(from, block, sizeof(block))) > 0)
		ATF_REQUIRE_EQ(got, write(to, block, (size_t)got));
	ATF_REQUIRE_EQ(0, got);
	ATF_REQUIRE_EQ(0, close(from));
	ATF_REQUIRE_EQ(0, close(to));
	ATF_REQUIRE_EQ(0, chmod(PROGRAM, 0755));
	ATF_REQUIRE_EQ(0, chmod(".", 0755));
	ATF_REQUIRE_EQ(0, mkdir("mine", 0755));
	ATF_REQUIRE_EQ(0, chown("mine", NOBODY, NOBODY));
}

static void
become_nobody_and_run(char **environment)
{
	char *const arguments[] = { (char[]){ PROGRAM }, NULL };
	int said = open("said", O_WRONLY | O_CREAT | O_TRUNC, 0644);

	if (said != -1 && dup2(said, STDOUT_FILENO) != -1 &&
	    setgid(NOBODY) == 0 && setuid(NOBODY) == 0)
		(void)execve(PROGRAM, arguments, environment);
	_exit(126);
}

static int
run(char **environment)
{
	int status;
	pid_t child = fork();

	ATF_REQUIRE(child != -1);
	if (child == 0)
		become_nobody_and_run(environment);
	ATF_REQUIRE_EQ(child, waitpid(child, &status, 0));
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static bool
said(const char *line)
{
	return atf_utils_grep_file("^%s$", "said", line);
}

static void
check_said(const char *const *variables, const char *what)
{
	for (; *variables != NULL; variables++)
		ATF_CHECK_MSG(said(fixture_text("%s %s", *variables, what)),
		    "not %s %s", *variables, what);
}

/* First as nobody's own program, which does what they say. */
static void
check_variables(const char *const *variables, char **environment)
{
	if (run(environment) != 0)
		atf_tc_skip("others cannot run what is built here");
	ATF_REQUIRE(said("plain"));
	check_said(variables, "heeded");
	ATF_REQUIRE_EQ(0, unlink("mine/file"));
	ATF_REQUIRE_EQ(0, chmod(PROGRAM, 04755));
	ATF_REQUIRE_EQ(0, run(environment));
	if (!said("set-id"))
		atf_tc_skip("set-id means nothing in this directory");
	check_said(variables, "ignored");
	ATF_CHECK_EQ(-1, access("mine/file", F_OK));
}

static char *
variable(const char *name, const char *value)
{
	char *text = strdup(fixture_text("%s=%s", name, value));

	ATF_REQUIRE(text != NULL);
	return text;
}

FIXTURE_TC(variables__of_the_caller_are_ignored, "root")
{
	static const char *const variables[] = { "PAMPORT_STRICT",
	    "PAMPORT_TRACE", "PAMPORT_RECORDS", NULL };
	char *environment[4] = { NULL };

	copy_program();
	environment[0] = variable("PAMPORT_STRICT", "1");
	environment[1] = variable("PAMPORT_TRACE", fixture_file("mine/file"));
	environment[2] = variable("PAMPORT_RECORDS", fixture_file("mine"));
	check_variables(variables, environment);
	/* By its number, too: it may be a file of root's. */
	free(environment[1]);
	environment[1] = variable("PAMPORT_TRACE", "1");
	ATF_REQUIRE_EQ(0, run(environment));
	ATF_CHECK(said("PAMPORT_TRACE ignored"));
	ATF_CHECK(!atf_utils_grep_file("^pamport ", "said"));
}

/* Every one of them reads one of these, and some want the service "other". */
static void
configure(void)
{
	static const char *const facilities[] = { "auth", "account",
	    "session", "password" };
	const char *lines = "", *table = "";
	size_t i;

	for (i = 0; i < sizeof(facilities) / sizeof(facilities[0]); i++) {
		lines = fixture_text("%s%s required pamsim_module.so\n",
		    lines, facilities[i]);
		table = fixture_text("%sset-id %s required pamsim_module.so\n",
		    table, facilities[i]);
	}
	(void)umask(022);
	ATF_REQUIRE_EQ(0, mkdir("conf", 0755));
	ATF_REQUIRE_EQ(0, mkdir("conf/pam.d", 0755));
	atf_utils_create_file("conf/pam.d/set-id", "%s", lines);
	atf_utils_create_file("conf/pam.d/other", "%s", lines);
	atf_utils_create_file("conf/pam.conf", "%s", table);
}

/* A personality would grant what its caller configures. */
FIXTURE_TC(simulations__have_no_handle, "root")
{
	static const char *const variables[] = { "PAMSIM", NULL };
	char *environment[5] = { NULL };

	if (access(TEST_WITH_PAM "/lib/security/pamsim_module.so", F_OK) != 0)
		atf_tc_skip("this is about simulated libpams");
	copy_program();
	configure();
	environment[0] = variable("PAMSIM_CONF_DIR", fixture_file("conf"));
	environment[1] = variable("PAMSIM_LOG", fixture_file("mine/file"));
	environment[2] = variable("PAMSIM_DEBUG", "1");
	environment[3] = variable("PAMSIM_MODULE_DIR", TEST_WITH_PAM
	    "/lib/security");
	check_variables(variables, environment);
}

ATF_TP_ADD_TCS(tp)
{
	ATF_TP_ADD_TC(tp, readers__are_all_known);
	ATF_TP_ADD_TC(tp, variables__of_the_caller_are_ignored);
	ATF_TP_ADD_TC(tp, simulations__have_no_handle);
	return atf_no_error();
}
