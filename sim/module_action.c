/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What the scriptable module can do within a call.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "module.h"

/* What pam_set_data() keeps; the log's name must outlive the arguments. */
struct datum {
	char *value;
	char *log;
};

static const char *
shown(const char *text)
{
	if (text == NULL)
		return ("NULL");
	return (strlen(text) > 60 ? "(long)" : text);
}

static void
cleanup(pam_handle_t *pamh, void *value, int status)
{
	struct datum *datum = value;

	(void)pamh;
	mod_log(datum->log, "cleanup(%s,0x%x)", datum->value,
	    (unsigned int)status);
	free(datum->value);
	free(datum->log);
	free(datum);
}

static void
do_data(struct mod_call *call, const char *value)
{
	struct datum *datum;
	char *name;
	int result;

	datum = calloc(1, sizeof(*datum));
	name = strdup(value);
	if (datum == NULL || name == NULL) {
		free(datum);
		free(name);
		return;
	}
	value = strchr(value, ':');
	name[strcspn(name, ":")] = '\0';
	datum->value = strdup(value != NULL ? value + 1 : name);
	datum->log = call->log != NULL ? strdup(call->log) : NULL;
	result = pam_set_data(call->pamh, name, datum, cleanup);
	mod_log(call->log, "%s set_data=%s", call->id, mod_result_text(result));
	if (result != PAM_SUCCESS) {
		free(datum->value);
		free(datum->log);
		free(datum);
	}
	free(name);
}

static void
do_get_data(struct mod_call *call, const char *name)
{
	const struct datum *datum;
	const void *value = NULL;
	int result;

	result = pam_get_data(call->pamh, name, &value);
	datum = value;
	mod_log(call->log, "%s get_data(%s)=%s,%s", call->id, name,
	    mod_result_text(result), result == PAM_SUCCESS && datum != NULL ?
	    datum->value : "NULL");
}

static void
log_answers(struct mod_call *call, const struct pam_response *response, int n)
{
	char line[400];
	size_t used = 0;
	int i;

	line[0] = '\0';
	for (i = 0; i < n && n <= 8; i++) {
		if (response[i].resp == NULL)
			snprintf(line + used, sizeof(line) - used, " [NULL]");
		else if (strlen(response[i].resp) > 60)
			snprintf(line + used, sizeof(line) - used, " [len=%zu]",
			    strlen(response[i].resp));
		else
			snprintf(line + used, sizeof(line) - used, " [%s]",
			    response[i].resp);
		used = strlen(line);
	}
	if (n > 8)
		snprintf(line, sizeof(line), " %d answers, last [%s]", n,
		    shown(response[n - 1].resp));
	mod_log(call->log, "%s resp:%s", call->id, line);
}

static void
free_answers(struct pam_response *response, int n)
{
	int i;

	for (i = 0; response != NULL && i < n; i++)
		free(response[i].resp);
	free(response);
}

static const struct mod_name styles[] = {
	{ "PROMPT_ECHO_OFF", PAM_PROMPT_ECHO_OFF },
	{ "PROMPT_ECHO_ON", PAM_PROMPT_ECHO_ON },
	{ "ERROR_MSG", PAM_ERROR_MSG },
	{ "TEXT_INFO", PAM_TEXT_INFO },
	{ NULL, 0 }
};

/* The style before the "x", by name or number. */
static int
style_of(struct mod_call *call, const char *value)
{
	char word[32];
	bool known;
	int style;

	snprintf(word, sizeof(word), "%.*s", (int)strcspn(value, "x"), value);
	style = mod_number(styles, word, &known);
	if (!known)
		mod_log(call->log, "%s conv: no such style", call->id);
	return (style);
}

/* What the conversation returned, or a failure where an answer is missing. */
static int
converse(struct mod_call *call, const char *value)
{
	char text[MAX_MESSAGES][16];
	char *pointer[MAX_MESSAGES];
	int style[MAX_MESSAGES];
	const struct pam_conv *conv;
	const void *item = NULL;
	struct pam_response *response = NULL;
	const char *times;
	int i, n, result, common = style_of(call, value);

	times = strchr(value, 'x');
	n = times != NULL ? atoi(times + 1) : 1;
	if (n < 0 || n >= MAX_MESSAGES)
		n = MAX_MESSAGES - 1;
	for (i = 0; i < n; i++) {
		style[i] = common;
		snprintf(text[i], sizeof(text[i]), "m%d?", i);
		pointer[i] = text[i];
	}
	result = mod_get_item(call->pamh, PAM_CONV, &item);
	conv = item;
	if (conv == NULL || conv->conv == NULL) {
		mod_log(call->log, "%s conv: get=%s pc=%s fn=NULL", call->id,
		    mod_result_text(result), conv != NULL ? "set" : "NULL");
		return (PAM_CONV_ERR);
	}
	result = mod_converse(conv, n, style, pointer, &response);
	mod_log(call->log, "%s conv(%d)=%s resp=%s", call->id, n,
	    mod_result_text(result), response != NULL ? "set" : "NULL");
	if (response == NULL)
		return (result == PAM_SUCCESS ? PAM_CONV_ERR : result);
	log_answers(call, response, n);
	for (i = 0; i < n && result == PAM_SUCCESS; i++)
		if (response[i].resp == NULL)
			result = PAM_CONV_ERR;
	if (mod_option(call->argc, call->argv, "answers") == NULL)
		free_answers(response, n);
	return (result);
}

static void
do_conv(struct mod_call *call, const char *value)
{
	(void)converse(call, value);
}

/* As a module does that cannot go on without the answers. */
static void
do_ask(struct mod_call *call, const char *value)
{
	call->failure = converse(call, value);
}

static void
do_set(struct mod_call *call, const char *value)
{
	char *name;
	bool known;
	int result;

	if ((name = strdup(value)) == NULL)
		return;
	value = strchr(value, ':');
	name[strcspn(name, ":")] = '\0';
	result = pam_set_item(call->pamh,
	    mod_number(mod_items, name, &known),
	    value != NULL ? value + 1 : NULL);
	mod_log(call->log, "%s set_item(%s)=%s", call->id, name,
	    mod_result_text(result));
	free(name);
}

static void
do_get(struct mod_call *call, const char *name)
{
	const void *item = NULL;
	bool known;
	int result;

	result = mod_get_item(call->pamh, mod_number(mod_items, name, &known),
	    &item);
	mod_log(call->log, "%s get(%s)=%s,%s", call->id, name,
	    mod_result_text(result), shown(item));
}

static void
do_putenv(struct mod_call *call, const char *text)
{
	int result;

	result = pam_putenv(call->pamh, text);
	mod_log(call->log, "%s putenv(%s)=%s", call->id, text,
	    mod_result_text(result));
}

static void
do_getenv(struct mod_call *call, const char *name)
{
	char value[200];

	mod_put_env(call->pamh, name, value, sizeof(value));
	mod_log(call->log, "%s getenv(%s)=%s", call->id, name, value);
}

static void
do_user(struct mod_call *call, const char *prompt)
{
	const char *user = NULL;
	int result;

	result = mod_get_user(call->pamh, &user,
	    *prompt != '\0' ? prompt : NULL);
	mod_log(call->log, "%s get_user=%s,%s", call->id,
	    mod_result_text(result), shown(user));
}

static void
get_token(struct mod_call *call, int item, const char *prompt)
{
	const char *token = NULL;
	bool owned = false;
	void *own;
	int result;

	result = mod_get_token(call->pamh, item,
	    *prompt != '\0' ? prompt : NULL, &token, &owned);
	mod_log(call->log, "%s get_authtok=%s,%s", call->id,
	    mod_result_text(result), shown(token));
	if (token != NULL && strlen(token) > 60)
		mod_log(call->log, "%s authtok len=%zu", call->id,
		    strlen(token));
	if (owned && token != NULL) {
		memcpy(&own, &token, sizeof(own));
		free(own);
	}
}

static void
do_authtok(struct mod_call *call, const char *prompt)
{
	get_token(call, PAM_AUTHTOK, prompt);
}

static void
do_oldauthtok(struct mod_call *call, const char *prompt)
{
	get_token(call, PAM_OLDAUTHTOK, prompt);
}

static void
tell(struct mod_call *call, bool error, const char *text)
{
	char copy[400];
	int result;

	snprintf(copy, sizeof(copy), "%s", text);
	result = mod_tell(call->pamh, error, copy);
	mod_log(call->log, "%s %s=%s", call->id, error ? "error" : "info",
	    mod_result_text(result));
}

static void
do_info(struct mod_call *call, const char *text)
{
	tell(call, false, text);
}

static void
do_error(struct mod_call *call, const char *text)
{
	tell(call, true, text);
}

static void
do_nested(struct mod_call *call, const char *unused)
{
	int result;

	(void)unused;
	result = pam_open_session(call->pamh, 0);
	mod_log(call->log, "%s nested open_session=%s", call->id,
	    mod_result_text(result));
}

static void
do_args(struct mod_call *call, const char *unused)
{
	char line[800];
	size_t used = 0;
	int i;

	(void)unused;
	line[0] = '\0';
	for (i = 0; i < call->argc && used < sizeof(line); i++) {
		snprintf(line + used, sizeof(line) - used, " %s",
		    call->argv[i]);
		used = strlen(line);
	}
	mod_log(call->log, "argv:%s", line);
}

static const struct {
	const char *name;
	void (*act)(struct mod_call *, const char *);
} actions[] = {
	{ "args", do_args }, { "ask", do_ask }, { "authtok", do_authtok },
	{ "conv", do_conv },
	{ "data", do_data }, { "error", do_error }, { "get", do_get },
	{ "getdata", do_get_data }, { "getenv", do_getenv },
	{ "info", do_info }, { "nested", do_nested },
	{ "oldauthtok", do_oldauthtok }, { "putenv", do_putenv },
	{ "set", do_set }, { "user", do_user },
};

/* Past "CALL." if that is the call at hand; NULL if it is another. */
static const char *
for_this_call(const struct mod_call *call, const char *argument)
{
	const char *dot;
	size_t n;

	dot = strchr(argument, '.');
	n = strlen(call->name);
	if (dot == NULL || dot > argument + strcspn(argument, "=:"))
		return (argument);
	if ((size_t)(dot - argument) == n &&
	    strncmp(argument, call->name, n) == 0)
		return (dot + 1);
	return (NULL);
}

void
mod_act(struct mod_call *call, const char *argument)
{
	const char *value;
	size_t i;

	if ((argument = for_this_call(call, argument)) == NULL)
		return;
	for (i = 0; i < sizeof(actions) / sizeof(actions[0]); i++) {
		value = mod_value(argument, actions[i].name);
		if (value != NULL)
			actions[i].act(call, value);
	}
}

