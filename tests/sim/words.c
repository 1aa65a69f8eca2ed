/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What the other words of a script do.
 */
#include <sys/types.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "runner.h"

static char *
untouched(void)
{
	static char place;

	return (&place);
}

/* start:SERVICE:USER, either of them NULL. */
void
do_start(struct run *run, char *argument)
{
	const char *service = "svc", *user = "alice";
	char confdir[320], *colon;
	int result;

	snprintf(confdir, sizeof(confdir), "%s/pam.d", run->root);
	if (argument != NULL && *argument != '\0') {
		service = argument;
		if ((colon = strrchr(argument, ':')) != NULL) {
			*colon = '\0';
			user = colon + 1;
		}
	}
	memcpy(&run->pamh, &(char *){ untouched() }, sizeof(run->pamh));
	result = family_start(strcmp(service, "NULL") == 0 ? NULL : service,
	    strcmp(user, "NULL") == 0 ? NULL : user, !run->no_conversation,
	    !run->no_function, run,
	    run->settings->confdir ? confdir : NULL, &run->pamh);
	run->started = true;
	if (result == PAM_SUCCESS)
		return;
	out_result(run, "start", result);
	fprintf(run->out, " handle=%s", run->pamh == NULL ? "NULL" :
	    (char *)run->pamh == untouched() ? "untouched" : "set");
	run->pamh = NULL;
}

void
do_end(struct run *run, char *argument)
{
	bool known = true;
	int result;

	if (run->pamh == NULL)
		return;
	result = pam_end(run->pamh, argument != NULL ?
	    mod_number(mod_results, argument, &known) : PAM_SUCCESS);
	run->pamh = NULL;
	out_result(run, "end", result);
	out_log(run);
}

static void
do_put(struct run *run, char *argument)
{
	char text[400];

	snprintf(text, sizeof(text), "put(%s)", argument);
	out_result(run, text, pam_putenv(run->pamh,
	    strcmp(argument, "NULL") == 0 ? NULL : argument));
}

static void
do_get(struct run *run, char *argument)
{
	char value[8000];

	mod_put_env(run->pamh, argument, value, sizeof(value));
	out_space(run);
	if (strlen(value) > 60)
		fprintf(run->out, "get(%s)=(len %zu)", argument, strlen(value));
	else
		fprintf(run->out, "get(%s)=%s", argument, value);
}

static void
do_list(struct run *run, char *argument)
{
	char **list, **p;

	(void)argument;
	list = pam_getenvlist(run->pamh);
	out_space(run);
	fprintf(run->out, "list=");
	if (list == NULL) {
		fprintf(run->out, "NULL");
		return;
	}
	for (p = list; *p != NULL; p++) {
		fprintf(run->out, "%s", p == list ? "[" : ",");
		if (strlen(*p) > 60)
			fprintf(run->out, "(len %zu)", strlen(*p));
		else
			fprintf(run->out, "%s", *p);
		free(*p);
	}
	fprintf(run->out, "%s", p == list ? "[]" : "]");
	free(list);
}

/* put a variable of so many bytes: big:NAME:N */
static void
do_big(struct run *run, char *argument)
{
	size_t n, name;
	char *text;

	name = strcspn(argument, ":");
	n = (size_t)atol(argument + name + 1);
	if ((text = malloc(name + n + 2)) == NULL)
		abort();
	memcpy(text, argument, name);
	text[name] = '=';
	memset(text + name + 1, 'v', n);
	text[name + n + 1] = '\0';
	out_result(run, "big", pam_putenv(run->pamh, text));
	free(text);
}

static void
do_set(struct run *run, char *argument)
{
	char text[100], *value;
	bool known;
	int result;

	if ((value = strchr(argument, ':')) != NULL)
		*value++ = '\0';
	result = pam_set_item(run->pamh, mod_number(mod_items, argument,
	    &known), value);
	snprintf(text, sizeof(text), "set(%s)", argument);
	out_result(run, text, result);
}

/* Items that are not strings are shown as "ptr". */
static void
do_item(struct run *run, char *argument)
{
	const void *value = untouched();
	bool known;
	int number, result;

	number = mod_number(mod_items, argument, &known);
	result = mod_get_item(run->pamh, number, &value);
	out_result(run, argument, result);
	fputc(',', run->out);
	if (value == untouched())
		fprintf(run->out, "untouched");
	else if (value != NULL && number == PAM_CONV)
		fprintf(run->out, "ptr");
	else
		out_text(run, value);
}

/* Set an item from the very pointer that it gave. */
static void
do_self(struct run *run, char *argument)
{
	const void *value = NULL;
	bool known;
	int number;

	number = mod_number(mod_items, argument, &known);
	mod_get_item(run->pamh, number, &value);
	out_result(run, "self", pam_set_item(run->pamh, number, value));
}

static void
do_user(struct run *run, char *argument)
{
	const char *user = NULL;
	int result;

	result = mod_get_user(run->pamh, &user, argument);
	out_result(run, "user", result);
	fputc(',', run->out);
	out_text(run, user);
	out_log(run);
}

static void
do_strerror(struct run *run, char *argument)
{
	out_space(run);
	fprintf(run->out, "strerror(%s)=\"%s\"", argument,
	    pam_strerror(run->pamh, atoi(argument)));
}

/* Ask for a delay, then say how long a call takes. */
static void
do_delay(struct run *run, char *argument)
{
	struct timespec after, before;
	double seconds;
	int result;

	result = family_delay(run->pamh, (unsigned int)atoi(argument));
	out_result(run, "delay", result);
	clock_gettime(CLOCK_MONOTONIC, &before);
	out_result(run, "auth", pam_authenticate(run->pamh, 0));
	out_log(run);
	clock_gettime(CLOCK_MONOTONIC, &after);
	seconds = (double)(after.tv_sec - before.tv_sec) +
	    (double)(after.tv_nsec - before.tv_nsec) / 1e9;
	fprintf(run->out, " %s", seconds > 0.1 ? "waits" : "no wait");
}

/* The conversation function of the library, on an empty input. */
static void
do_library(struct run *run, char *argument)
{
	struct pam_response *response;
	int n = 1, result, style;
	char *colon;

	style = atoi(argument);
	if ((colon = strchr(argument, ':')) != NULL)
		n = atoi(colon + 1);
	memcpy(&response, &(char *){ untouched() }, sizeof(response));
	if (freopen("/dev/null", "r", stdin) == NULL ||
	    freopen("/dev/null", "w", stdout) == NULL ||
	    freopen("/dev/null", "w", stderr) == NULL)
		return;
	result = family_library(n, style, &response);
	out_result(run, "library", result);
	if ((char *)response == untouched())
		fprintf(run->out, ",untouched");
	else if (response == NULL)
		fprintf(run->out, ",NULL");
	else {
		fputc(',', run->out);
		out_text(run, response[0].resp);
		while (n-- > 0)
			free(response[n].resp);
		free(response);
	}
}

static void
do_edit(struct run *run, char *argument)
{
	(void)argument;
	remove_configuration(run);
	if (run->second != NULL)
		write_configuration(run, run->second);
}

static void
do_delete(struct run *run, char *argument)
{
	(void)argument;
	remove_configuration(run);
}

/* Close and end in a child; what it prints comes first. */
static void
do_fork(struct run *run, char *argument)
{
	int status;
	pid_t pid;

	(void)argument;
	fflush(run->out);
	if ((pid = fork()) == 0) {
		out_space(run);
		fprintf(run->out, "child:");
		do_call(run, run->pamh, "close", NULL);
		do_end(run, NULL);
		fflush(run->out);
		_exit(0);
	}
	waitpid(pid, &status, 0);
	if (WIFSIGNALED(status))
		fprintf(run->out, " child DIES");
	run->logged = 0;
	unlink(run->log);
	out_space(run);
	fprintf(run->out, "parent:");
}

static void
do_null(struct run *run, char *argument)
{
	const void *item = untouched();
	char value[100];

	if (do_call(run, NULL, argument, NULL))
		return;
	if (strcmp(argument, "end") == 0)
		out_result(run, argument, pam_end(NULL, 0));
	else if (strcmp(argument, "set") == 0)
		out_result(run, argument, pam_set_item(NULL, PAM_TTY, "x"));
	else if (strcmp(argument, "item") == 0)
		out_result(run, argument,
		    mod_get_item(NULL, PAM_TTY, &item));
	else if (strcmp(argument, "put") == 0)
		out_result(run, argument, pam_putenv(NULL, "A=1"));
	else if (strcmp(argument, "get") == 0) {
		mod_put_env(NULL, "A", value, sizeof(value));
		out_space(run);
		fprintf(run->out, "get=%s", value);
	} else if (strcmp(argument, "list") == 0) {
		out_space(run);
		fprintf(run->out, "list=%s",
		    pam_getenvlist(NULL) != NULL ? "set" : "NULL");
	} else if (strcmp(argument, "setdata") == 0)
		out_result(run, argument,
		    pam_set_data(NULL, "d", NULL, NULL));
	else if (strcmp(argument, "getdata") == 0)
		out_result(run, argument, pam_get_data(NULL, "d", &item));
}

static void
do_answer(struct run *run, char *argument)
{
	run->answer = argument;
}

static void
do_noconv(struct run *run, char *argument)
{
	(void)argument;
	run->no_conversation = true;
}

static void
do_nofunction(struct run *run, char *argument)
{
	(void)argument;
	run->no_function = true;
}

/* A place that says NULL where pam_get_item() should store. */
static void
do_nowhere(struct run *run, char *argument)
{
	bool known;

	out_result(run, "nowhere", pam_get_item(run->pamh,
	    mod_number(mod_items, argument, &known), NULL));
}

static void
do_no_other(struct run *run, char *argument)
{
	char path[400];

	(void)argument;
	snprintf(path, sizeof(path), "%s/pam.d/other", run->root);
	unlink(path);
}

const struct word early_words[] = {
	{ "answer", do_answer }, { "noconv", do_noconv },
	{ "nofunction", do_nofunction }, { "null", do_null },
	{ "noother", do_no_other }, { "start", do_start }, { NULL, NULL }
};

const struct word late_words[] = {
	{ "big", do_big }, { "delay", do_delay }, { "delete", do_delete },
	{ "edit", do_edit }, { "end", do_end }, { "fork", do_fork },
	{ "get", do_get }, { "item", do_item },
	{ "library", do_library }, { "list", do_list },
	{ "nowhere", do_nowhere },
	{ "put", do_put }, { "self", do_self }, { "set", do_set },
	{ "strerror", do_strerror }, { "user", do_user }, { NULL, NULL }
};
