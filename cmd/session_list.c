/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pamport session list, show and reap.
 */
#include <config.h>

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cmd/json.h"
#include "cmd/session.h"
#include "cmd/table.h"
#include "examples/account.h"
#include <pamport/record.h>

/* --- Words ------------------------------------------------------------------------ */

static const char *
phase_word(const struct pamport_record *record)
{
	switch (record->phase) {
	case PAMPORT_RECORD_OPENING:
		return "opening";
	case PAMPORT_RECORD_OPEN:
		return "open";
	case PAMPORT_RECORD_CLOSING:
		return "closing";
	case PAMPORT_RECORD_DAMAGED:
		break;
	}
	return "damaged";
}

static const char *
process_word(const struct pamport_record *record)
{
	switch (record->state) {
	case PAMPORT_PROCESS_GONE:
		return "gone";
	case PAMPORT_PROCESS_ALIVE:
		return "alive";
	case PAMPORT_PROCESS_UNSURE:
		break;
	}
	return "unsure";
}

static const char *const action_words[] = {
	[PAMPORT_RECORD_LEFT] = "left",
	[PAMPORT_RECORD_CLOSED] = "closed",
	[PAMPORT_RECORD_CLOSE_FAILED] = "closed with a failure",
	[PAMPORT_RECORD_TIMED_OUT] = "timed out",
	[PAMPORT_RECORD_CRASHED] = "crashed",
	[PAMPORT_RECORD_CUT_OFF] = "cut off",
	[PAMPORT_RECORD_SET_ASIDE] = "set aside"
};

/* With --dry-run, for people; programs know what they asked for. */
static const char *
dry_word(enum pamport_record_action action)
{
	switch (action) {
	case PAMPORT_RECORD_CLOSED:
		return "would be closed";
	case PAMPORT_RECORD_SET_ASIDE:
		return "would be set aside";
	default:
		return action_words[action];
	}
}

static const char *
or_none(const char *value)
{
	return value == NULL || value[0] == '\0' ? "-" : value;
}

#define TIME_SIZE 32

static const char *
since_word(const struct pamport_record *record, char text[TIME_SIZE])
{
	time_t since = (time_t)record->since;
	const struct tm *local = NULL;

	/* Beyond 2038 where time_t has 32 bits: no time is better than another. */
	if (since != 0 && since == record->since)
		local = localtime(&since);
	if (local == NULL || strftime(text, TIME_SIZE, "%Y-%m-%d %H:%M",
	    local) == 0)
		return "-";
	return text;
}

static int
tell_failure(int result, const char *why)
{
	if (result == PAM_SUCCESS)
		return EXIT_GOOD;
	complain("%s: %s", pamport_record_directory(),
	    why == NULL ? "cannot be read" : why);
	return EXIT_USAGE;
}

/* --- Writing ---------------------------------------------------------------------------- */

struct output {
	struct json json;
	struct table table;
	bool is_json;
	bool is_reaping;
	bool is_dry;
	bool is_complete;	/* the environment, too */
	int n;
	int result;		/* EXIT_DIFFERS: something is to be looked at */
};

static void
begin(struct output *output, const struct given *given, bool is_reaping)
{
	memset(output, 0, sizeof(*output));
	output->is_json = given->is_set[SESSION_JSON];
	output->is_reaping = is_reaping;
	output->is_dry = given->is_set[SESSION_DRY_RUN];
	json_init(&output->json, stdout);
	table_init(&output->table);
}

/* Nothing has no heading, and what cannot be read is no empty array. */
static void
begin_row(struct output *output)
{
	if (output->n++ > 0)
		return;
	if (output->is_json)
		json_array(&output->json, NULL);
	else if (output->is_reaping)
		table_add(&output->table, HEADING, "ID", "USER", "TTY",
		    output->is_dry ? "ACTION" : "DONE", "WHY", (char *)NULL);
	else
		table_add(&output->table, HEADING, "ID", "USER", "TTY", "FROM",
		    "SERVICE", "SINCE", "STATE", "LEADER", (char *)NULL);
}

/* What was written before a failure is true, and may be all that was done. */
static void
end(struct output *output, int result)
{
	if (output->n == 0 && result != PAM_SUCCESS)
		return;
	if (output->n == 0 && output->is_json)
		json_array(&output->json, NULL);
	if (output->is_json)
		json_end(&output->json);
	else if (output->n > 0)
		table_print(&output->table, stdout, 0);
	else
		(void)puts("no session is recorded");
}

static void
write_environment(struct json *json, const struct pamport_record *record)
{
	size_t i;

	json_array(json, "environment");
	for (i = 0; i < record->variables; i++)
		json_string(json, NULL, record->environment[i]);
	json_end(json);
}

static void
write_json(struct output *output, const struct pamport_record *record)
{
	struct json *json = &output->json;

	json_object(json, NULL);
	json_string(json, "id", record->id);
	json_string(json, "state", phase_word(record));
	json_string(json, "user", record->user);
	json_string(json, "tty", record->tty);
	json_string(json, "from", record->rhost);
	json_string(json, "service", record->service);
	json_string(json, "confdir", record->confdir);
	json_number(json, "since", record->since);
	json_number(json, "opener", record->opener);
	json_number(json, "leader", record->leader);
	json_string(json, "leader_state", process_word(record));
	json_string(json, "reason", record->reason);
	if (output->is_complete)
		write_environment(json, record);
	if (output->is_reaping) {
		json_string(json, "action", action_words[record->action]);
		json_number(json, "code", record->code);
	}
	json_end(json);
}

static enum shade
shade_of(const struct pamport_record *record)
{
	if (record->phase == PAMPORT_RECORD_DAMAGED)
		return BAD;
	return record->state == PAMPORT_PROCESS_ALIVE ? PLAIN : DOUBTFUL;
}

static void
write_row(struct output *output, const struct pamport_record *record)
{
	char since[TIME_SIZE], leader[64] = "-";

	if (record->leader != 0)
		(void)snprintf(leader, sizeof(leader), "%" PRId64 "%s%s%s",
		    record->leader,
		    record->state == PAMPORT_PROCESS_ALIVE ? "" : " (",
		    record->state == PAMPORT_PROCESS_ALIVE ? "" :
		    process_word(record),
		    record->state == PAMPORT_PROCESS_ALIVE ? "" : ")");
	table_add(&output->table, shade_of(record), record->id,
	    or_none(record->user), or_none(record->tty),
	    or_none(record->rhost), or_none(record->service),
	    since_word(record, since), phase_word(record), leader,
	    (char *)NULL);
}

static int
write_record(const struct pamport_record *record, void *data)
{
	struct output *output = data;

	begin_row(output);
	if (output->is_json)
		write_json(output, record);
	else
		write_row(output, record);
	return 0;
}

int
session_list(const struct given *given)
{
	struct output output;
	const char *why = NULL;
	int result;

	begin(&output, given, false);
	result = pamport_record_list(write_record, &output, &why);
	end(&output, result);
	return tell_failure(result, why);
}

/* --- show -------------------------------------------------------------------------------- */

static void
show_process(struct table *table, const char *name, int64_t number,
    const char *word)
{
	char text[64] = "-";

	if (number != 0)
		(void)snprintf(text, sizeof(text), "%" PRId64 "%s", number,
		    word);
	table_add(table, PLAIN, name, text, (char *)NULL);
}

static void
show_text(struct table *table, const char *name, const char *value)
{
	table_add(table, PLAIN, name, or_none(value), (char *)NULL);
}

static int
show_record(const struct pamport_record *record, void *data)
{
	struct output *output = data;
	struct table *table = &output->table;
	char since[TIME_SIZE], leader[16];
	size_t i;

	if (output->is_json) {
		write_json(output, record);
		return 0;
	}
	(void)snprintf(leader, sizeof(leader), " (%s)", process_word(record));
	show_text(table, "id", record->id);
	show_text(table, "state", phase_word(record));
	show_text(table, "user", record->user);
	show_text(table, "tty", record->tty);
	show_text(table, "from", record->rhost);
	show_text(table, "service", record->service);
	show_text(table, "confdir", record->confdir);
	show_text(table, "since", since_word(record, since));
	show_process(table, "opener", record->opener, "");
	show_process(table, "leader", record->leader, leader);
	show_text(table, "because", record->reason);
	for (i = 0; i < record->variables; i++)
		show_text(table, i == 0 ? "environment" : "",
		    record->environment[i]);
	table_print(table, stdout, 0);
	return 0;
}

/* Enough to know whether the directory is believed. */
static int
stop(const struct pamport_record *record, void *data)
{
	(void)record;
	(void)data;
	return 1;
}

int
session_show(const struct given *given)
{
	struct output output;
	const char *why = NULL;
	int result;

	memset(&output, 0, sizeof(output));
	output.is_json = given->is_set[SESSION_JSON];
	output.is_complete = true;
	json_init(&output.json, stdout);
	table_init(&output.table);
	result = pamport_record_list(stop, NULL, &why);
	if (result != PAM_SUCCESS)
		return tell_failure(result, why);
	result = pamport_record_show(given->argument[0], show_record, &output,
	    &why);
	if (result == PAM_SUCCESS)
		return EXIT_GOOD;
	complain("%s: %s", given->argument[0], why);
	return result == PAM_SYSTEM_ERR ? EXIT_DIFFERS : EXIT_USAGE;
}

/* --- reap ---------------------------------------------------------------------------------- */

/* One is left because its leader is there, or because it could not be closed. */
static enum shade
shade_of_action(const struct pamport_record *record)
{
	switch (record->action) {
	case PAMPORT_RECORD_CLOSED:
		return GOOD;
	case PAMPORT_RECORD_LEFT:
		return record->code == PAM_SUCCESS ? PLAIN : BAD;
	default:
		return BAD;
	}
}

static int
write_reaped(const struct pamport_record *record, void *data)
{
	struct output *output = data;
	enum shade shade = shade_of_action(record);

	begin_row(output);
	if (shade == BAD)
		output->result = EXIT_DIFFERS;
	if (output->is_json)
		write_json(output, record);
	else
		table_add(&output->table, shade, record->id,
		    or_none(record->user), or_none(record->tty),
		    output->is_dry ? dry_word(record->action) :
		    action_words[record->action], or_none(record->reason),
		    (char *)NULL);
	return 0;
}

int
session_reap(const struct given *given)
{
	struct output output;
	const char *why = NULL;
	unsigned int flags = 0;
	long seconds = 0;
	int result;

	if (!session_number(given, SESSION_SECONDS, &seconds))
		return EXIT_USAGE;
	if (given->is_set[SESSION_RETRY])
		flags |= PAMPORT_REAP_RETRY;
	if (given->is_set[SESSION_DRY_RUN])
		flags |= PAMPORT_REAP_DRY;
	begin(&output, given, true);
	result = pamport_record_reap(flags, (unsigned int)seconds,
	    write_reaped, &output, &why);
	end(&output, result);
	if (result != PAM_SUCCESS)
		return tell_failure(result, why);
	return output.result;
}
