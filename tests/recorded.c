/* SPDX-License-Identifier: BSD-2-Clause */
#include <config.h>

#include <sys/types.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "platform/accounting.h"
#include "recorded.h"
#include "scripted.h"

struct fixture recorded_fixture;
char recorded_id[64];

void
recorded_service(void)
{
	ATF_REQUIRE_EQ(0, setenv("PAMPORT_RECORDS", fixture_file("sessions"),
	    1));
	scripted_service(&recorded_fixture);
	scripted_share();
}

pamport_session *
recorded_start(const char *user)
{
	pamport_session *session;

	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_start(
	    recorded_fixture.service, user, NULL, recorded_fixture.confdir,
	    &session));
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_session_set_option(session,
	    PAMPORT_SESSION_RECORD, PAMPORT_RECORD_REQUIRED));
	return session;
}

void
recorded_open(pamport_session *session)
{
	ATF_REQUIRE_EQ_MSG(PAM_SUCCESS, pamport_session_check_account(session,
	    0), "%s", pamport_session_error(session)->message);
	(void)pamport_session_user(session);
	ATF_REQUIRE_EQ_MSG(PAM_SUCCESS, pamport_session_open(session), "%s",
	    pamport_session_error(session)->message);
	ATF_REQUIRE(pamport_session_id(session) != NULL);
	strcpy(recorded_id, pamport_session_id(session));
}

/* --- Files --- */

const char *
recorded_file(const pamport_session *session, const char *phase)
{
	const char *id = pamport_session_id(session);

	return fixture_text("%s/%s.%s", pamport_record_directory(),
	    id == NULL ? "none" : id, phase);
}

char *
recorded_read(const char *file)
{
	char *text = calloc(1, 1 << 20);
	FILE *stream = fopen(file, "r");

	ATF_REQUIRE(text != NULL && stream != NULL);
	ATF_REQUIRE(fread(text, 1, (1 << 20) - 1, stream) > 0);
	(void)fclose(stream);
	return text;
}

void
recorded_replace(const char *file, const char *key, const char *line)
{
	char *text = recorded_read(file), *from = strstr(text, key), *rest;
	FILE *stream;

	ATF_REQUIRE(from != NULL && (from == text || from[-1] == '\n'));
	rest = strchr(from, '\n') + 1;
	*from = '\0';
	stream = fopen(file, "w");
	ATF_REQUIRE(stream != NULL);
	(void)fprintf(stream, "%s%s%s", text, line, rest);
	ATF_REQUIRE_EQ(0, fclose(stream));
	free(text);
}

void
recorded_set_since(const pamport_session *session, long since)
{
	recorded_replace(recorded_file(session, "open"), "since ",
	    fixture_text("since %ld\n", since));
}

static int
count(const struct pamport_record *record, void *data)
{
	(void)record;
	++*(int *)data;
	return 0;
}

int
recorded_count(void)
{
	const char *why = "no reason";
	int n = 0;

	ATF_CHECK_EQ_MSG(PAM_SUCCESS, pamport_record_list(count, &n, &why),
	    "%s", why);
	return n;
}

const char *
recorded_names(void)
{
	struct dirent **entries;
	const char *names = "";
	int i, n;

	n = scandir(pamport_record_directory(), &entries, NULL, alphasort);
	for (i = 0; i < n; i++) {
		if (strcmp(entries[i]->d_name, ".") != 0 &&
		    strcmp(entries[i]->d_name, "..") != 0)
			names = fixture_text("%s%s ", names,
			    entries[i]->d_name);
		free(entries[i]);
	}
	if (n >= 0)
		free(entries);
	return names;
}

bool
recorded_use_logins(void)
{
	if (!pamport__accounting_files(fixture_file("utmp"),
	    fixture_file("wtmp"), fixture_file("lastlog")))
		return false;
	atf_utils_create_file("utmp", "%s", "");
	atf_utils_create_file("wtmp", "%s", "");
	return true;
}

off_t
recorded_size(const char *file)
{
	struct stat status;

	return stat(file, &status) == 0 ? status.st_size : -1;
}

int
recorded_descriptors(void)
{
	int fd, n = 0;

	for (fd = 0; fd < 256; fd++)
		n += fcntl(fd, F_GETFD) != -1;
	return n;
}

int
recorded_many(int n)
{
	if (getenv("TEST_UNDER_VALGRIND") != NULL)
		return n / 100;
	return fixture_has_system_modules() ? n : n / 10;
}

/* --- Processes --- */

pid_t
recorded_fork(void (*body)(void))
{
	pid_t child = fork();

	ATF_REQUIRE(child != -1);
	if (child == 0) {
		body();
		_exit(0);
	}
	return child;
}

int
recorded_status(pid_t child)
{
	int status;

	ATF_REQUIRE_EQ(child, waitpid(child, &status, 0));
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int
recorded_run(void (*body)(void))
{
	return recorded_status(recorded_fork(body));
}

static int gate[2];
static void (*racer)(void);

static void
wait_and_race(void)
{
	char byte;

	(void)close(gate[1]);
	RECORDED_CHECK(read(gate[0], &byte, 1) == 0);
	racer();
}

void
recorded_race(void (*body)(void), int status[2])
{
	pid_t child[2];

	racer = body;
	ATF_REQUIRE_EQ(0, pipe(gate));
	child[0] = recorded_fork(wait_and_race);
	child[1] = recorded_fork(wait_and_race);
	(void)close(gate[0]);
	(void)close(gate[1]);
	status[0] = recorded_status(child[0]);
	status[1] = recorded_status(child[1]);
}

void
recorded_close_id(void)
{
	pamport_session *session;

	if (pamport_session_attach(recorded_id, NULL, &session) !=
	    PAM_SUCCESS || pamport_session_close(session) != PAM_SUCCESS) {
		if (pamport_session_error(session)->step !=
		    PAMPORT_STEP_RECORD)
			(void)fprintf(stderr, "%s\n",
			    pamport_session_error(session)->message);
		_exit(pamport_session_error(session)->step ==
		    PAMPORT_STEP_RECORD ? 3 : 4);
	}
	(void)pamport_session_free(session);
}
