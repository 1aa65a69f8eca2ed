/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What a table cannot say: ownership, identity, limits, two handles at once.
 * The same source runs on each personality; what differs is asked of the
 * names that the headers have, never of the system.
 */
#include <sys/types.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <atf-c.h>

#include "runner.h"

static const char *module = PAMSIM_TEST_MODULE;

static pam_handle_t *
start(const char *line)
{
	struct run run;
	struct settings settings;
	char configuration[400];
	pam_handle_t *pamh = NULL;

	memset(&run, 0, sizeof(run));
	memset(&settings, 0, sizeof(settings));
	settings.module = module;
	settings.no_session = module;
	run.settings = &settings;
	ATF_REQUIRE(getcwd(run.root, sizeof(run.root) - 5) != NULL);
	strcat(run.root, "/etc");
	snprintf(configuration, sizeof(configuration),
	    "svc session required %%M id=A %s\nother auth required %%M\n"
	    "other account required %%M\nother password required %%M\n", line);
	write_configuration(&run, configuration);
	setenv("PAMSIM_CONF_DIR", run.root, 1);
	unlink("log");
	setenv("PAMSIM_LOG", "log", 1);
	ATF_REQUIRE_EQ(PAM_SUCCESS, family_start("svc", "alice", true, true,
	    NULL, NULL, &pamh));
	return (pamh);
}

static bool
gives_copies(void)
{
	return (strcmp(mod_family, "solaris") == 0);
}

static void
free_text(const char *text)
{
	void *memory;

	memcpy(&memory, &text, sizeof(memory));
	free(memory);
}

static void
free_list(char **list)
{
	size_t i;

	for (i = 0; list[i] != NULL; i++)
		free(list[i]);
	free(list);
}

/* [f10, f10b] */
ATF_TC_WITHOUT_HEAD(environment__ownership);
ATF_TC_BODY(environment__ownership, tc)
{
	pam_handle_t *pamh = start("");
	char **one, **two;
	const char *first, *second;

	ATF_REQUIRE_EQ(PAM_SUCCESS, pam_putenv(pamh, "A=1"));
	first = pam_getenv(pamh, "A");
	second = pam_getenv(pamh, "A");
	ATF_CHECK_EQ(!gives_copies(), first == second);
	one = pam_getenvlist(pamh);
	two = pam_getenvlist(pamh);
	ATF_CHECK(one != two && one[0] != two[0]);
	free_list(one);
	free_list(two);
	if (gives_copies()) {
		free_text(first);
		free_text(second);
	}
	ATF_CHECK_EQ(PAM_SUCCESS, pam_end(pamh, 0));
}

/* [f11] */
ATF_TC_WITHOUT_HEAD(environment__many);
ATF_TC_BODY(environment__many, tc)
{
	pam_handle_t *pamh = start("");
	char text[40], value[40], **list;
	int i;

	for (i = 0; i < 10000; i++) {
		snprintf(text, sizeof(text), "V%05d=%d", i, i);
		ATF_REQUIRE_EQ(PAM_SUCCESS, pam_putenv(pamh, text));
	}
	mod_put_env(pamh, "V09999", value, sizeof(value));
	ATF_CHECK_STREQ("9999", value);
	list = pam_getenvlist(pamh);
	for (i = 0; list[i] != NULL; i++)
		free(list[i]);
	free(list);
	ATF_CHECK_EQ(10000, i);
	ATF_CHECK_EQ(PAM_SUCCESS, pam_end(pamh, 0));
}

/* [g50] */
ATF_TC_WITHOUT_HEAD(strerror__one_buffer);
ATF_TC_BODY(strerror__one_buffer, tc)
{
	char before[100];
	const char *first;

	first = pam_strerror(NULL, 1000);
	snprintf(before, sizeof(before), "%s", first);
	ATF_CHECK(first == pam_strerror(NULL, 1001));
	ATF_CHECK_EQ(strcmp(mod_family, "openpam") == 0,
	    strcmp(before, first) != 0);
}

/* The old value may be handed back only where it is not freed first. [e22] */
ATF_TC_WITHOUT_HEAD(items__set_from_themselves);
ATF_TC_BODY(items__set_from_themselves, tc)
{
	pam_handle_t *pamh = start("");
	const void *value = NULL;

	ATF_REQUIRE_EQ(PAM_SUCCESS, pam_set_item(pamh, PAM_TTY, "tty1"));
	mod_get_item(pamh, PAM_TTY, &value);
	ATF_REQUIRE_EQ(PAM_SUCCESS, pam_set_item(pamh, PAM_TTY, value));
	mod_get_item(pamh, PAM_TTY, &value);
	ATF_CHECK_EQ(strcmp(mod_family, "linux") == 0,
	    strcmp(value, "tty1") == 0);
	ATF_CHECK_EQ(PAM_SUCCESS, pam_end(pamh, 0));
}

/* [e23] */
ATF_TC_WITHOUT_HEAD(items__conversation_is_copied);
ATF_TC_BODY(items__conversation_is_copied, tc)
{
	pam_handle_t *pamh = start("");
	struct pam_conv mine;
	const void *value = NULL;

	mod_get_item(pamh, PAM_CONV, &value);
	memcpy(&mine, value, sizeof(mine));
	mine.appdata_ptr = &mine;
	ATF_REQUIRE_EQ(PAM_SUCCESS, pam_set_item(pamh, PAM_CONV, &mine));
	mod_get_item(pamh, PAM_CONV, &value);
	ATF_CHECK(value != &mine);
	ATF_CHECK(((const struct pam_conv *)value)->appdata_ptr == &mine);
	ATF_CHECK_EQ(PAM_SUCCESS, pam_end(pamh, 0));
}

static size_t
count_log(const char *needle)
{
	char line[400];
	FILE *file;
	size_t n = 0;

	if ((file = fopen("log", "r")) == NULL)
		return (0);
	while (fgets(line, sizeof(line), file) != NULL)
		n += strstr(line, needle) != NULL;
	fclose(file);
	return (n);
}

/* [l02] */
ATF_TC_WITHOUT_HEAD(handles__two_at_once);
ATF_TC_BODY(handles__two_at_once, tc)
{
	pam_handle_t *one = start("open.data=d:X"), *two;

	ATF_REQUIRE_EQ(PAM_SUCCESS, family_start("svc", "bob", true, true,
	    NULL, NULL, &two));
	ATF_CHECK_EQ(PAM_SUCCESS, pam_open_session(one, 0));
	ATF_CHECK_EQ(PAM_SUCCESS, pam_open_session(two, 0));
	ATF_CHECK_EQ(PAM_SUCCESS, pam_end(one, 1));
	ATF_CHECK_EQ((size_t)1, count_log("cleanup(X,0x1)"));
	ATF_CHECK_EQ(PAM_SUCCESS, pam_close_session(two, 0));
	ATF_CHECK_EQ(PAM_SUCCESS, pam_end(two, 2));
	ATF_CHECK_EQ((size_t)1, count_log("cleanup(X,0x2)"));
}

static int
next_fd(void)
{
	int fd;

	fd = dup(STDIN_FILENO);
	close(fd);
	return (fd);
}

/* [i10] */
ATF_TC_WITHOUT_HEAD(handles__leave_no_descriptor);
ATF_TC_BODY(handles__leave_no_descriptor, tc)
{
	pam_handle_t *pamh = start("");
	int before, i;

	before = next_fd();
	for (i = 0; i < 200; i++) {
		ATF_REQUIRE_EQ(PAM_SUCCESS, pam_open_session(pamh, 0));
		ATF_REQUIRE_EQ(PAM_SUCCESS, pam_close_session(pamh, 0));
	}
	ATF_CHECK_EQ(before, next_fd());
	ATF_CHECK_EQ(PAM_SUCCESS, pam_end(pamh, 0));
}

static bool
is_mapped(const char *path)
{
	char line[1000];
	FILE *file;
	bool found = false;

	if ((file = fopen("/proc/self/maps", "r")) == NULL)
		atf_tc_skip("no /proc/self/maps");
	while (fgets(line, sizeof(line), file) != NULL)
		found = found || strstr(line, path) != NULL;
	fclose(file);
	return (found);
}

/* [i08] */
ATF_TC_WITHOUT_HEAD(modules__are_unloaded);
ATF_TC_BODY(modules__are_unloaded, tc)
{
	pam_handle_t *pamh = start("");

	ATF_CHECK_EQ(strcmp(mod_family, "solaris") != 0, is_mapped(module));
	ATF_CHECK_EQ(PAM_SUCCESS, pam_open_session(pamh, 0));
	ATF_CHECK(is_mapped(module));
	ATF_CHECK_EQ(PAM_SUCCESS, pam_end(pamh, 0));
	ATF_CHECK(!is_mapped(module));
}

/* A death is announced.  [d14, d01] */
ATF_TC_WITHOUT_HEAD(crash__says_so);
ATF_TC_BODY(crash__says_so, tc)
{
	int status;
	pid_t pid;

	if (strcmp(mod_family, "linux") == 0)
		atf_tc_skip("nothing in this call would crash there");
	ATF_REQUIRE((pid = fork()) >= 0);
	if (pid == 0) {
		if (freopen("err", "w", stderr) != NULL)
			pam_set_data(NULL, "d", NULL, NULL);
		_exit(0);
	}
	waitpid(pid, &status, 0);
	ATF_CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
	ATF_CHECK(atf_utils_grep_file("would crash here", "err"));
}

ATF_TP_ADD_TCS(tp)
{
	ATF_TP_ADD_TC(tp, environment__ownership);
	ATF_TP_ADD_TC(tp, environment__many);
	ATF_TP_ADD_TC(tp, strerror__one_buffer);
	ATF_TP_ADD_TC(tp, items__set_from_themselves);
	ATF_TP_ADD_TC(tp, items__conversation_is_copied);
	ATF_TP_ADD_TC(tp, handles__two_at_once);
	ATF_TP_ADD_TC(tp, handles__leave_no_descriptor);
	ATF_TP_ADD_TC(tp, modules__are_unloaded);
	ATF_TP_ADD_TC(tp, crash__says_so);
	return (atf_no_error());
}
