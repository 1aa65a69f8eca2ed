/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * examples/login on a real pseudo terminal, with the libpam at hand and real
 * modules.  "screen" is what the terminal showed, "calls" what the module
 * recorder was asked to do; the user is one of the system who has a home, and
 * gets a shell by -S.
 */
#include <config.h>

#include <sys/types.h>
#include <sys/stat.h>
#include <atf-c.h>
#include <pwd.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "lib/internal.h"
#include "fixture.h"

#define EXPECT TESTS_BUILD "/tests/expect"
#define LOGIN TESTS_BUILD "/examples/login"
#define MAX_ARGUMENTS 24

/* crypt(3) of "right". */
#define HASH_OF_RIGHT "$6$pamport$t/ut5pO7imdJDx3cF1zeE32Gyq67sKtJosmgBFeWu9Nh" \
	"VKOIsmlMaxdDV7XU9O.KFV2l1CZnBVIVV1a.iQ7Ae."

/* Types the right password for the user named on the command line. */
#define ANSWER "expect assword: \nsend right\n"

/* What a session that went well leaves in "calls". */
#define WHOLE "authenticate acct_mgmt establish open_session close_session " \
	"delete cleanup "

/* --- Users --- */

static const char *
user(void)
{
	return fixture_text("%s", fixture_some_user()->pw_name);
}

/* --- Services --- */

static struct fixture fixture;

/* Places lines, given as a format, in place of those of an earlier call. */
static const char *place(const char *format, ...) FIXTURE__PRINTF;

static const char *
place(const char *format, ...)
{
	char lines[8192];
	va_list arguments;
	int length;

	va_start(arguments, format);
	length = vsnprintf(lines, sizeof(lines), format, arguments);
	va_end(arguments);
	ATF_REQUIRE(length > 0 && (size_t)length < sizeof(lines));
	if (fixture.service[0] != '\0')
		fixture_remove(&fixture);
	fixture_service(&fixture, lines);
	return fixture.service;
}

static const char *
recorder(const char *arguments)
{
	return fixture_text("%s log=%s %s", fixture_find_module("recorder_module"),
	    fixture_file("calls"), arguments);
}

/* By a password file; for a libpam without such a module, by ours. */
static const char *
password_module(void)
{
	if (!fixture_has_system_modules())
		return fixture_text("%s password=right unknown=no-such-user",
		    fixture_find_module("recorder_module"));
	atf_utils_create_file("passwords", "%s:%s\nwithout-entry:%s\n", user(),
	    HASH_OF_RIGHT, HASH_OF_RIGHT);
	return fixture_text("%s pwdfile=%s", fixture_find_module("pam_pwdfile"),
	    fixture_file("passwords"));
}

/* Authentication, everything noted, and more lines. */
static const char *
service_with(const char *arguments, const char *more)
{
	const char *all = recorder(arguments);

	return place(
	    "auth required %s\n"
	    "auth required %s\n"
	    "account required %s\n"
	    "session required %s\n"
	    "password required %s\n"
	    "%s",
	    password_module(), all, all, all, all, more);
}

static const char *
service(void)
{
	return service_with("", "");
}

/* --- Running it --- */

/* Under valgrind another program stands before it: tests/under-valgrind.sh. */
static const char *
login_program(void)
{
	const char *other = getenv("TEST_LOGIN");

	return other == NULL ? LOGIN : other;
}

static void
add_arguments(const char **argv, int n, const char *name, va_list more)
{
	const char *confdir = fixture.confdir;

	argv[n++] = login_program();
	argv[n++] = "-s";
	argv[n++] = name;
	if (confdir != NULL) {
		argv[n++] = "-d";
		argv[n++] = confdir;
	}
	do {
		ATF_REQUIRE(n < MAX_ARGUMENTS);
		argv[n] = va_arg(more, const char *);
	} while (argv[n++] != NULL);
}

/* In a child: its output goes to "screen", what expect itself says to stderr. */
static void
run_expect(const char **argv)
{
	char *arguments[MAX_ARGUMENTS];
	int i;

	for (i = 0; argv[i] != NULL; i++)
		arguments[i] = strdup(argv[i]);
	arguments[i] = NULL;
	execv(EXPECT, arguments);
	perror(EXPECT);
	_exit(99);
}

static void
run(const char *script, const char **argv, int status)
{
	pid_t child;

	atf_utils_create_file("script", "%s", script);
	child = atf_utils_fork();
	if (child == 0)
		run_expect(argv);
	/* Also shows both files in the report. */
	atf_utils_wait(child, status, "save:screen", "save:complaints");
	atf_utils_cat_file("screen", "screen: ");
}

/*
 * Runs login for a service on a terminal, as the script says, with more
 * arguments up to NULL; requires that it ends with status.
 */
static void
login(const char *script, const char *name, int status, ...)
{
	const char *argv[MAX_ARGUMENTS] = { EXPECT, "script" };
	va_list more;

	va_start(more, status);
	add_arguments(argv, 2, name, more);
	va_end(more);
	run(script, argv, status);
}

/* The same, by a shell that sets something up first: setup; exec login... */
static void
login_after(const char *setup, const char *script, const char *name,
    int status, ...)
{
	const char *argv[MAX_ARGUMENTS] = { EXPECT, "script", "/bin/sh", "-c" };
	va_list more;

	argv[4] = fixture_text("%s; exec \"$0\" \"$@\"", setup);
	va_start(more, status);
	add_arguments(argv, 5, name, more);
	va_end(more);
	run(script, argv, status);
}

/* --- Looking at what it did --- */

static bool
shows(const char *expression)
{
	return atf_utils_grep_file("%s", "screen", expression);
}

/* The first words of the lines of "calls", each with a blank. */
static void
require_calls(const char *wanted)
{
	char line[1024], calls[1024] = "";
	FILE *log = fopen("calls", "r");

	while (log != NULL && fgets(line, sizeof(line), log) != NULL) {
		line[strcspn(line, " ")] = '\0';
		(void)strncat(calls, line, sizeof(calls) - strlen(calls) - 2);
		(void)strcat(calls, " ");
	}
	if (log != NULL)
		(void)fclose(log);
	ATF_REQUIRE_STREQ(calls, wanted);
}

/* --- Who gets in --- */

FIXTURE_TC(right_password__gets_a_login_shell, "root")
{
	const struct passwd *entry = fixture_some_user();
	const char *script = fixture_text("expect login: \nsend %s\n" ANSWER
	    "expect $ \nsend echo [$0] [$HOME] [$(pwd)] [$USER] [$LOGNAME] "
	    "[$SHELL] [$TERM] [$PATH]\n"
	    "expect [-sh] [%s] [%s] [%s] [%s] [/bin/sh] [dumb] [/\n"
	    "send exit 3\n", entry->pw_name, entry->pw_dir, entry->pw_dir,
	    entry->pw_name, entry->pw_name);

	login_after("TERM=dumb; export TERM", script, service(), 3, "-S",
	    "/bin/sh", NULL);
	require_calls(WHOLE);
	ATF_CHECK(!shows("right"));
}

FIXTURE_TC(wrong_password_thrice__ends_it, "root")
{
	login("expect assword: \nsend wrong\nexpect Login incorrect\n"
	    "expect login: \nsend nobody\nexpect assword: \nsend wrong\n"
	    "expect Login incorrect\nexpect login: \nsend nobody\n"
	    "expect assword: \nsend wrong\nexpect Login incorrect\n",
	    service(), 1, "-S", "/bin/sh", user(), NULL);
	ATF_CHECK(!atf_utils_grep_file("acct_mgmt|establish|open_session",
	    "calls"));
}

FIXTURE_TC(right_password_after_a_wrong_one__gets_in, "root")
{
	login(fixture_text("expect assword: \nsend wrong\n"
	    "expect Login incorrect\nexpect login: \nsend %s\n" ANSWER, user()),
	    service(), 0, "-S", "/bin/sh", "-c", "true", user(), NULL);
	ATF_CHECK(atf_utils_grep_file("close_session", "calls"));
}

/* Whom nobody knows, and whom only the password file knows. */
#define THRICE(name, password) \
	"send " name "\nexpect assword: \nsend " password "\n" \
	"expect Login incorrect\nexpect login: \n" \
	"send " name "\nexpect assword: \nsend " password "\n" \
	"expect Login incorrect\nexpect login: \n" \
	"send " name "\nexpect assword: \nsend " password "\n" \
	"expect Login incorrect\n"

static void
require_no_hint(const char *script)
{
	time_t start = time(NULL);

	login(script, service(), 1, "-S", "/bin/sh", NULL);
	/* At least one second a time is asked for, give or take a half. */
	ATF_CHECK(time(NULL) >= start + 1);
	ATF_CHECK(!shows("nown"));
	ATF_CHECK(!shows("login: [^nwx]"));
	ATF_CHECK(!atf_utils_grep_file("establish|open_session",
	    "calls"));
}

FIXTURE_TC(unknown_user__looks_like_a_wrong_password, "root")
{
	require_no_hint("expect login: \n" THRICE("no-such-user", "right"));
}

FIXTURE_TC(user_without_an_entry__looks_like_a_wrong_password, "root")
{
	require_no_hint("expect login: \n" THRICE("without-entry", "right"));
}

FIXTURE_TC(end_of_input__ends_it, "root")
{
	login("expect login: \nend\n", service(), 1, NULL);
	require_calls("");
	ATF_CHECK(shows("login: cannot log in: "));
}

FIXTURE_TC(expired_account__gets_no_shell, "root")
{
	const char *expired = fixture_text("%s acct_mgmt=%d",
	    fixture_find_module("recorder_module"), PAM_ACCT_EXPIRED);

	if (fixture_has_system_modules())
		expired = fixture_text("%s acct=acct_expired",
		    fixture_find_module("pam_debug"));
	login(ANSWER, service_with("", fixture_text("account required %s\n",
	    expired)), 1, "-S", "/bin/sh", "-c", "echo in", user(), NULL);
	ATF_CHECK(shows("^login: cannot use this account "));
	ATF_CHECK(!shows("^in"));
	require_calls("authenticate acct_mgmt cleanup ");
}

static const char *
matrix(void)
{
	return fixture_text("%s passdb=%s", fixture_find_module("pam_matrix"),
	    fixture_file("matrix"));
}

static const char *
expiring_service(void)
{
	const char *all = recorder("");

	return place(
	    "auth required %s\nauth required %s\n"
	    "account required %s acct=new_authtok_reqd\naccount required %s\n"
	    "session required %s\npassword required %s\npassword required %s\n",
	    matrix(), all, fixture_find_module("pam_debug"), all, all, matrix(),
	    all);
}

FIXTURE_TC(rule_36__expired_password_is_changed, "root")
{
	const char *name = expiring_service();

	atf_utils_create_file("matrix", "%s:old:%s\n", user(), name);
	login("expect assword: \nsend old\nexpect Old password: \nsend old\n"
	    "expect New Password\nsend new\nexpect Verify\nsend new\n"
	    "expect in\n", name, 0, "-S", "/bin/sh", "-c", "echo in", user(),
	    NULL);
	ATF_CHECK(atf_utils_grep_file("^%s:new:", "matrix", user()));
	require_calls("authenticate acct_mgmt prelim_check-expired "
	    "update-expired establish open_session close_session delete "
	    "cleanup ");
}

FIXTURE_TC(rule_36__unchanged_expired_password_gets_no_shell, "root")
{
	const char *name = expiring_service();

	atf_utils_create_file("matrix", "%s:old:%s\n", user(), name);
	login("expect assword: \nsend old\nexpect Old password: \nsend old\n"
	    "expect New Password\nsend new\nexpect Verify\nsend other\n",
	    name, 1, "-S", "/bin/sh", "-c", "echo in", user(), NULL);
	ATF_CHECK(shows("^login: cannot change the expired password "));
	ATF_CHECK(atf_utils_grep_file("^%s:old:", "matrix", user()));
	ATF_CHECK(!atf_utils_grep_file("establish", "calls"));
}

FIXTURE_TC(rule_36__change_is_asked_for_as_expired, "root")
{
	login(ANSWER "expect in\n", service_with(fixture_text("acct_mgmt=%d",
	    PAM_NEW_AUTHTOK_REQD), ""), 0, "-S", "/bin/sh", "-c", "echo in",
	    user(), NULL);
	ATF_CHECK(atf_utils_grep_file("^update-expired ", "calls"));
	ATF_CHECK(!atf_utils_grep_file("^update ", "calls"));
}

/* PAM_AUTHTOK_EXPIRED says that it is too late for a change. */
FIXTURE_TC(rule_36__password_past_its_change_gets_no_shell, "root")
{
	login(ANSWER, service_with(fixture_text("acct_mgmt=%d",
	    PAM_AUTHTOK_EXPIRED), ""), 1, "-S", "/bin/sh", "-c", "echo in",
	    user(), NULL);
	require_calls("authenticate acct_mgmt cleanup ");
}

FIXTURE_TC(rule_36__user_is_whom_the_module_chose, "root")
{
	const char *all = recorder(fixture_text("user=%s", user()));

	login("", place("auth required %s\naccount required %s\n"
	    "session required %s\n", all, all, all), 0, "-S", "/bin/sh", "-c",
	    "echo I am $(id -un)", "somebody", NULL);
	ATF_CHECK(shows(fixture_text("^I am %s$", user())));
}

FIXTURE_TC(others_than_root__are_refused, "root")
{
	pid_t child = atf_utils_fork();

	if (child == 0) {
		/* As if it were set-id: a user who can reach the build. */
		if (setreuid(fixture_some_user()->pw_uid, 0) == -1)
			_exit(77);
		execl(LOGIN, LOGIN, "root", (char *)NULL);
		_exit(77);
	}
	atf_utils_wait(child, 1, "",
	    "login: only root can log a user in\n");
}

/* --- The session --- */

FIXTURE_TC(rule_34__failed_open_closes_nothing_and_deletes_credentials, "root")
{
	login(ANSWER, service_with(fixture_text("open_session=%d",
	    PAM_SESSION_ERR), ""), 1, "-S", "/bin/sh", "-c", "echo in", user(),
	    NULL);
	ATF_CHECK(shows("^login: cannot open the session "));
	ATF_CHECK(!shows("^in"));
	require_calls("authenticate acct_mgmt establish open_session delete "
	    "cleanup ");
}

FIXTURE_TC(rule_34__failed_close_still_deletes_credentials, "root")
{
	login(ANSWER, service_with(fixture_text("close_session=%d",
	    PAM_SESSION_ERR), ""), 0, "-S", "/bin/sh", "-c", "true", user(),
	    NULL);
	ATF_CHECK(shows("^login: cannot close the session "));
	require_calls(WHOLE);
}

FIXTURE_TC(rule_34__failed_credentials_open_nothing, "root")
{
	login(ANSWER, service_with(fixture_text("establish=%d", PAM_CRED_ERR),
	    ""), 1, "-S", "/bin/sh", "-c", "echo in", user(), NULL);
	ATF_CHECK(shows("^login: cannot establish credentials "));
	require_calls("authenticate acct_mgmt establish delete cleanup ");
}

/* Once each, in one process, as root, when the shell is gone for good. */
FIXTURE_TC(rule_33__close_comes_once_and_after_the_end_of_the_shell, "root")
{
	long pid = 0, other;
	FILE *log;
	char line[1024];

	login(ANSWER, service(), 0, "-S", "/bin/sh", "-c", "sleep 1", user(),
	    NULL);
	require_calls(WHOLE);
	ATF_CHECK(atf_utils_grep_file(
	    "^close_session .* euid=0 children=no$", "calls"));
	ATF_CHECK(atf_utils_grep_file("^delete .* euid=0 children=no$",
	    "calls"));
	log = fopen("calls", "r");
	ATF_REQUIRE(log != NULL);
	while (fgets(line, sizeof(line), log) != NULL) {
		ATF_REQUIRE(sscanf(line, "%*s pid=%ld", &other) == 1);
		ATF_CHECK(pid == 0 || pid == other);
		pid = other;
	}
	(void)fclose(log);
}

FIXTURE_TC(rule_35__terminal_and_host_are_set_only_if_known, "root")
{
	login(ANSWER, service(), 0, "-S", "/bin/sh", "-c", "true", user(),
	    NULL);
	ATF_CHECK(atf_utils_grep_file(
	    "^open_session .* tty=/dev/.* rhost=- ", "calls"));
	login_after("echo right >answer; exec <answer", "", service(), 0, "-h",
	    "far.example.org", "-S", "/bin/sh", "-c", "true", user(), NULL);
	/* But S has none without, whose modules would fail. */
	ATF_CHECK(atf_utils_grep_file(
	    "^open_session .* tty=%s rhost=far.example.org ", "calls",
	    PAMPORT__PLATFORM->session_needs_tty ? fixture.service : "-"));
}

/* Files of the case in the place of the machine's, for login alone. */
#define OWN_FILES "mount --bind run /var/run && mount --bind log /var/log"

FIXTURE_TC(login_records__are_written_if_asked, "root")
{
	const char *name = service();
	struct stat wtmp;

	ATF_REQUIRE_EQ(0, system("mkdir run log && : >run/utmp && :>log/wtmp"));
	if (system("unshare --mount sh -c '" OWN_FILES "' 2>/dev/null") != 0)
		atf_tc_skip("no mounts of its own can be had here");
	login_after("exec unshare --mount sh -c '" OWN_FILES
	    " && exec \"$0\" \"$@\"' \"$0\" \"$@\"", ANSWER, name, 0, "-a", "-S",
	    "/bin/sh", "-c", "echo in", user(), NULL);
	ATF_REQUIRE_EQ(0, stat("log/wtmp", &wtmp));
	/* Where the system writes none, that is said. */
	ATF_CHECK_EQ(wtmp.st_size == 0,
	    shows("^login: cannot write the login records "));
}

FIXTURE_TC(rule_37__modules_see_their_children_end, "root")
{
	const char *name;

	atf_utils_create_file("run", "%s", "#!/bin/sh\n"
	    "echo \"$PAM_TYPE $PAM_USER $PAM_TTY\"\n");
	ATF_REQUIRE(chmod("run", 0755) == 0);
	name = service_with("", fixture_text("session required %s log=%s %s\n",
	    fixture_find_module("pam_exec"), fixture_file("ran"),
	    fixture_file("run")));
	login_after("trap '' CHLD HUP TERM PIPE", ANSWER, name, 0, "-S",
	    "/bin/sh", "-c", "true", user(), NULL);
	require_calls(WHOLE);
	ATF_CHECK(atf_utils_grep_file("^open_session %s /dev/", "ran", user()));
	ATF_CHECK(atf_utils_grep_file("^close_session %s /dev/", "ran",
	    user()));
}

FIXTURE_TC(strict_mode__finds_nothing_odd, "root")
{
	login_after("PAMPORT_STRICT=1; export PAMPORT_STRICT", ANSWER,
	    service(), 0, "-S", "/bin/sh", "-c", "true", user(), NULL);
	require_calls(WHOLE);
}

/* --- The end of the shell --- */

FIXTURE_TC(hangup__reaches_the_shell_and_closes_the_session, "root")
{
	login(ANSWER "expect ready\nhangup\n", service(), 129, "-S", "/bin/sh",
	    "-c", "echo ready; sleep 60; true", user(), NULL);
	require_calls(WHOLE);
}

FIXTURE_TC(sighup__reaches_the_shell_and_closes_the_session, "root")
{
	login(ANSWER "expect ready\nkill HUP\n", service(), 129, "-S",
	    "/bin/sh", "-c", "echo ready; sleep 60; true", user(), NULL);
	require_calls(WHOLE);
}

FIXTURE_TC(sigterm__ends_an_interactive_shell_and_closes_the_session, "root")
{
	login(ANSWER "expect $ \nkill TERM\n", service(), 129, "-S", "/bin/sh",
	    user(), NULL);
	require_calls(WHOLE);
}

FIXTURE_TC(sighup__while_the_session_opens_leaves_none_open, "root")
{
	const char *name;

	atf_utils_create_file("run", "%s", "#!/bin/sh\n"
	    "test $PAM_TYPE != open_session || kill -HUP $PPID\n");
	ATF_REQUIRE(chmod("run", 0755) == 0);
	name = service_with("", fixture_text("session required %s %s\n",
	    fixture_find_module("pam_exec"), fixture_file("run")));
	login(ANSWER, name, 129, "-S", "/bin/sh", "-c", "sleep 60; true",
	    user(), NULL);
	require_calls(WHOLE);
}

FIXTURE_TC(stopped_shell__keeps_its_session_until_the_hangup, "root")
{
	login(ANSWER "expect ready\nkill HUP\n", service(), 129, "-S",
	    "/bin/sh", "-c", "echo ready; kill -STOP $$; sleep 60", user(),
	    NULL);
	require_calls(WHOLE);
}

FIXTURE_TC(killed_shell__closes_the_session, "root")
{
	login(ANSWER, service(), 137, "-S", "/bin/sh", "-c", "kill -KILL $$",
	    user(), NULL);
	require_calls(WHOLE);
}

FIXTURE_TC(status_of_the_command__is_that_of_login, "root")
{
	login(ANSWER, service(), 7, "-S", "/bin/sh", "-c", "exit 7", user(),
	    NULL);
	require_calls(WHOLE);
}

FIXTURE_TC(user_without_shell__is_told_by_nologin, "root")
{
	if (access("/usr/sbin/nologin", X_OK) == -1)
		atf_tc_skip("there is no /usr/sbin/nologin here");
	login(ANSWER, service(), 1, "-S", "/usr/sbin/nologin", user(), NULL);
	ATF_CHECK(shows("not available"));
	require_calls(WHOLE);
}

FIXTURE_TC(shell_that_is_missing__closes_the_session, "root")
{
	login(ANSWER, service(), 127, "-S", "/no/such/shell", user(), NULL);
	ATF_CHECK(shows("^login: cannot run /no/such/shell: "));
	require_calls(WHOLE);
}

/* --- What the shell gets --- */

static const char *const variables[] = {
	"LD_PRELOAD=/tmp/evil.so", "LD_LIBRARY_PATH=/tmp", "PATH=/tmp/evil",
	"HOME=/tmp", "SHELL=/tmp/sh", "IFS=x", "LOGNAME=root", "USER=root",
	"MAIL=/tmp/mail", "CDPATH=/tmp", "GOOD=kept", NULL
};

/* Session lines that set the variables: each by our module, all by pam_env. */
static const char *
lines_with_variables(void)
{
	FILE *file = fopen("variables", "w");
	const char *lines = "";
	int i;

	ATF_REQUIRE(file != NULL);
	for (i = 0; variables[i] != NULL; i++) {
		(void)fprintf(file, "%s\n", variables[i]);
		lines = fixture_text("%ssession required %s env=%s\n", lines,
		    fixture_find_module("recorder_module"), variables[i]);
	}
	ATF_REQUIRE(fclose(file) == 0);
	if (fixture_has_system_modules())
		return fixture_text("session required %s conffile=/dev/null "
		    "readenv=1 envfile=%s\n", fixture_find_module("pam_env"),
		    fixture_file("variables"));
	return lines;
}

FIXTURE_TC(rule_38__environment_is_not_dictated_by_modules, "root")
{
	const char *name = service_with("env=ALSO=kept",
	    lines_with_variables());

	login_after("SECRET=caller; export SECRET", ANSWER "expect GOOD=kept\n",
	    name, 0, "-S", "/bin/sh", "-c", "env | sort", user(), NULL);
	ATF_CHECK(shows("^ALSO=kept$"));
	ATF_CHECK(!shows("^LD_|^IFS=|^MAIL=|^CDPATH=|^SECRET=|/tmp|=root$"));
	ATF_CHECK(shows("^PATH=/usr/local/bin:/usr/bin:/bin$"));
}

FIXTURE_TC(privileges__are_dropped_for_good, "root")
{
	const struct passwd *entry = fixture_some_user();

	login(ANSWER, service(), 0, "-S", "/bin/sh", "-c",
	    "echo user $(id -u) group $(id -g) groups $(id -G)", user(), NULL);
	ATF_CHECK(shows(fixture_text("^user %ld group %ld groups %ld",
	    (long)entry->pw_uid, (long)entry->pw_gid, (long)entry->pw_gid)));
	ATF_CHECK(!shows("groups.* 0( |$)"));
}

/* In the background reading would stop it. */
FIXTURE_TC(terminal__is_the_users_and_the_shell_in_its_foreground, "root")
{
	login(ANSWER "expect ready\nsend words\nexpect got words\n", service(),
	    0, "-S", "/bin/sh", "-c", "echo ready; read x; echo got $x; "
	    "test -O \"$(tty)\" && echo mine", user(), NULL);
	ATF_CHECK(shows("^mine$"));
}

FIXTURE_TC(interrupt__ends_the_command_and_not_login, "root")
{
	/* exec: between fork and exec dash loses an interrupt. */
	login(ANSWER "expect ready\nsend \003\n", service(), 130, "-S",
	    "/bin/sh", "-c", "echo ready; exec sleep 60", user(), NULL);
	require_calls(WHOLE);
}

FIXTURE_TC(descriptors_of_the_caller__are_closed, "root")
{
	login_after("exec 3</dev/null 7</dev/null", ANSWER "expect done\n",
	    service(), 0, "-S", "/bin/sh", "-c", "for i in 3 4 5 6 7 8 9; do "
	    "(: <&$i) 2>/dev/null && echo open $i; done; echo done", user(),
	    NULL);
	ATF_CHECK(!shows("open"));
}

FIXTURE_TC(signals_that_the_caller_ignored__are_not_ignored, "root")
{
	login_after("trap '' HUP INT", ANSWER, service(), 129, "-S", "/bin/sh",
	    "-c", "kill -HUP $$; true", user(), NULL);
	require_calls(WHOLE);
}

FIXTURE_TC(limits__are_those_of_the_module, "root")
{
	const char *name;

	if (getenv("TEST_UNDER_VALGRIND") != NULL)
		atf_tc_skip("valgrind keeps this limit to itself");
	atf_utils_create_file("limits", "* - nofile 123\n");
	name = service_with("", fixture_text("session required %s conf=%s\n",
	    fixture_find_module("pam_limits"), fixture_file("limits")));
	login(ANSWER "expect files 123\n", name, 0, "-S", "/bin/sh", "-c",
	    "echo files $(ulimit -n)", user(), NULL);
	require_calls(WHOLE);
}

FIXTURE_TC(missing_home__is_said_and_replaced, "root")
{
	const struct passwd *entry = getpwnam("nobody");
	const char *all = recorder("");

	if (entry == NULL || access(entry->pw_dir, F_OK) == 0)
		atf_tc_skip("nobody has a home here");
	login("expect home=/ \n", place("auth required %s\n"
	    "account required %s\nsession required %s\n", all, all, all), 0,
	    "-S", "/bin/sh", "-c", "echo \"home=$HOME in $(pwd)\"", "nobody",
	    NULL);
	ATF_CHECK(shows("^home=/ in /$"));
	ATF_CHECK(shows("^login: no home directory"));
}

ATF_TP_ADD_TCS(tp)
{
	ATF_TP_ADD_TC(tp, right_password__gets_a_login_shell);
	ATF_TP_ADD_TC(tp, wrong_password_thrice__ends_it);
	ATF_TP_ADD_TC(tp, right_password_after_a_wrong_one__gets_in);
	ATF_TP_ADD_TC(tp, unknown_user__looks_like_a_wrong_password);
	ATF_TP_ADD_TC(tp, user_without_an_entry__looks_like_a_wrong_password);
	ATF_TP_ADD_TC(tp, end_of_input__ends_it);
	ATF_TP_ADD_TC(tp, expired_account__gets_no_shell);
	ATF_TP_ADD_TC(tp, rule_36__expired_password_is_changed);
	ATF_TP_ADD_TC(tp, rule_36__unchanged_expired_password_gets_no_shell);
	ATF_TP_ADD_TC(tp, rule_36__change_is_asked_for_as_expired);
	ATF_TP_ADD_TC(tp, rule_36__password_past_its_change_gets_no_shell);
	ATF_TP_ADD_TC(tp, rule_36__user_is_whom_the_module_chose);
	ATF_TP_ADD_TC(tp, others_than_root__are_refused);
	ATF_TP_ADD_TC(tp,
	    rule_34__failed_open_closes_nothing_and_deletes_credentials);
	ATF_TP_ADD_TC(tp, rule_34__failed_close_still_deletes_credentials);
	ATF_TP_ADD_TC(tp, rule_34__failed_credentials_open_nothing);
	ATF_TP_ADD_TC(tp,
	    rule_33__close_comes_once_and_after_the_end_of_the_shell);
	ATF_TP_ADD_TC(tp, rule_35__terminal_and_host_are_set_only_if_known);
	ATF_TP_ADD_TC(tp, login_records__are_written_if_asked);
	ATF_TP_ADD_TC(tp, rule_37__modules_see_their_children_end);
	ATF_TP_ADD_TC(tp, strict_mode__finds_nothing_odd);
	ATF_TP_ADD_TC(tp, hangup__reaches_the_shell_and_closes_the_session);
	ATF_TP_ADD_TC(tp, sighup__reaches_the_shell_and_closes_the_session);
	ATF_TP_ADD_TC(tp,
	    sigterm__ends_an_interactive_shell_and_closes_the_session);
	ATF_TP_ADD_TC(tp, sighup__while_the_session_opens_leaves_none_open);
	ATF_TP_ADD_TC(tp, stopped_shell__keeps_its_session_until_the_hangup);
	ATF_TP_ADD_TC(tp, killed_shell__closes_the_session);
	ATF_TP_ADD_TC(tp, status_of_the_command__is_that_of_login);
	ATF_TP_ADD_TC(tp, user_without_shell__is_told_by_nologin);
	ATF_TP_ADD_TC(tp, shell_that_is_missing__closes_the_session);
	ATF_TP_ADD_TC(tp, rule_38__environment_is_not_dictated_by_modules);
	ATF_TP_ADD_TC(tp, privileges__are_dropped_for_good);
	ATF_TP_ADD_TC(tp,
	    terminal__is_the_users_and_the_shell_in_its_foreground);
	ATF_TP_ADD_TC(tp, interrupt__ends_the_command_and_not_login);
	ATF_TP_ADD_TC(tp, descriptors_of_the_caller__are_closed);
	ATF_TP_ADD_TC(tp, signals_that_the_caller_ignored__are_not_ignored);
	ATF_TP_ADD_TC(tp, limits__are_those_of_the_module);
	ATF_TP_ADD_TC(tp, missing_home__is_said_and_replaced);
	return atf_no_error();
}
