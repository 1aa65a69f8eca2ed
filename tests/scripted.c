/* SPDX-License-Identifier: BSD-2-Clause */
#include <config.h>

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "scripted.h"

#define MAX_EVENTS 16

char scripted_events[1024];
void (*scripted_begin)(void);
void (*scripted_end)(void);

static struct told {
	const char *event;
	int code;
	void (*action)(pam_handle_t *pamh);
} told[MAX_EVENTS];

/* Seen from every process: one write each. */
static void
append_event(const char *event)
{
	char line[64];
	int length = snprintf(line, sizeof(line), "%s ", event);
	int fd = open(SCRIPTED_FILE, O_WRONLY | O_APPEND | O_CLOEXEC);

	if (fd == -1)
		return;
	if (write(fd, line, (size_t)length) == -1)
		(void)fputs("an event is lost\n", stderr);
	(void)close(fd);
}

static const char *
event_of(const char *what, int flags)
{
	unsigned int bits = (unsigned int)flags;

	if (strcmp(what, "cred") == 0) {
		if ((bits & PAM_ESTABLISH_CRED) != 0)
			return "establish";
		if ((bits & PAM_DELETE_CRED) != 0)
			return "delete";
		if ((bits & PAM_REINITIALIZE_CRED) != 0)
			return "reinitialize";
		return "refresh";
	}
	if (strcmp(what, "chau") == 0)
		return (bits & PAM_PRELIM_CHECK) != 0 ? "prelim" : "update";
	return what;
}

static int
obey(pam_handle_t *pamh, const char *what, int flags)
{
	const char *event = event_of(what, flags);
	size_t i, length = strlen(scripted_events);
	int code = PAM_SUCCESS;

	if (scripted_begin != NULL)
		scripted_begin();
	(void)snprintf(scripted_events + length,
	    sizeof(scripted_events) - length, "%s ", event);
	append_event(event);
	for (i = 0; i < MAX_EVENTS && told[i].event != NULL; i++) {
		if (strcmp(told[i].event, event) != 0)
			continue;
		if (told[i].action != NULL)
			told[i].action(pamh);
		code = told[i].code;
	}
	if (scripted_end != NULL)
		scripted_end();
	return code;
}

const char *
scripted_lines(void)
{
	memset(told, 0, sizeof(told));
	scripted_events[0] = '\0';
	return fixture_callback_lines(obey);
}

void
scripted_service(struct fixture *fixture)
{
	fixture_service(fixture, scripted_lines());
}

static struct told *
row_of(const char *event)
{
	size_t i = 0;

	while (i < MAX_EVENTS && told[i].event != NULL &&
	    strcmp(told[i].event, event) != 0)
		i++;
	ATF_REQUIRE(i < MAX_EVENTS);
	told[i].event = event;
	return &told[i];
}

void
scripted_return(const char *event, int code)
{
	row_of(event)->code = code;
}

void
scripted_do(const char *event, void (*action)(pam_handle_t *pamh))
{
	row_of(event)->action = action;
}

void
scripted_check(const char *text)
{
	ATF_CHECK_STREQ(text, scripted_events);
	scripted_events[0] = '\0';
}

void
scripted_share(void)
{
	atf_utils_create_file(SCRIPTED_FILE, "%s", "");
}

const char *
scripted_shared(void)
{
	static char text[4096];
	FILE *file = fopen(SCRIPTED_FILE, "r");

	ATF_REQUIRE(file != NULL);
	if (fgets(text, sizeof(text), file) == NULL)
		text[0] = '\0';
	(void)fclose(file);
	scripted_share();
	return text;
}

void
scripted_check_shared(const char *text)
{
	const char *events = scripted_shared();

	ATF_CHECK_STREQ(text, events);
}
