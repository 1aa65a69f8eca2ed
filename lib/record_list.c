/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What records look like from outside: pamport_record_list and
 * pamport_record_show.
 */
#include <config.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "lib/reap.h"

/* In place: the text is the record's. */
static void
make_printable(struct pamport__record *record, const char *value)
{
	if (value != NULL)
		pamport__make_printable(record->text + (value - record->text));
}

void
pamport__record_make_printable(struct pamport__seen *seen)
{
	struct pamport__record *record = &seen->record;
	size_t i;

	make_printable(record, seen->view.service);
	make_printable(record, seen->view.confdir);
	make_printable(record, seen->view.user);
	make_printable(record, seen->view.tty);
	make_printable(record, seen->view.rhost);
	for (i = 0; i < record->variables; i++)
		make_printable(record, record->environment[i]);
}

static enum pamport_record_process
outside(enum pamport__process_state state)
{
	switch (state) {
	case PAMPORT__PROCESS_GONE:
		return PAMPORT_PROCESS_GONE;
	case PAMPORT__PROCESS_ALIVE:
		return PAMPORT_PROCESS_ALIVE;
	case PAMPORT__PROCESS_UNSURE:
		break;
	}
	return PAMPORT_PROCESS_UNSURE;
}

/* Until it is open it is the opener's; then it is there for the leader. */
static const struct pamport__process *
leader_of(const struct pamport__record *record,
    enum pamport_record_phase phase)
{
	if (phase == PAMPORT_RECORD_OPENING || record->leader.pid == 0)
		return &record->opener;
	return &record->leader;
}

static void
fill_view(struct pamport__seen *seen)
{
	struct pamport_record *view = &seen->view;
	const struct pamport__record *record = &seen->record;
	const struct pamport__process *leader = leader_of(record, view->phase);
	const char *reason = NULL;
	size_t i;

	view->service = record->service;
	view->confdir = record->confdir;
	view->user = record->item[PAMPORT__ITEM_USER];
	view->tty = record->item[PAMPORT__ITEM_TTY];
	view->rhost = record->item[PAMPORT__ITEM_RHOST];
	view->since = record->since;
	view->opener = record->opener.pid;
	view->leader = leader->pid;
	view->state = outside(pamport__process_state(leader, &reason));
	view->reason = reason;
	for (i = 0; i < PAMPORT__ITEMS; i++)
		view->items += record->item[i] != NULL;
	view->variables = record->variables;
	view->environment = record->environment;
}

bool
pamport__record_look(const struct pamport__directory *directory,
    const struct pamport__listed *listed, struct pamport__seen *seen)
{
	const char *why = NULL;
	int error;

	memset(seen, 0, sizeof(*seen));
	seen->view.id = listed->id;
	seen->view.phase = listed->phase;
	seen->view.state = PAMPORT_PROCESS_UNSURE;
	error = pamport__record_load(directory, listed->id, listed->phase,
	    &seen->record, &why);
	if (error == ENOENT)
		return false;
	if (error == 0) {
		fill_view(seen);
		return true;
	}
	seen->error = error;
	if (error == EBADMSG)
		seen->view.phase = PAMPORT_RECORD_DAMAGED;
	seen->view.reason = why != NULL ? why : strerror(error);
	return true;
}

/* One that was opening when it was listed may be open by now. */
static bool
look_again(const struct pamport__directory *directory,
    const struct pamport__listed *listed, struct pamport__seen *seen)
{
	struct pamport__listed now = *listed;

	for (; now.phase <= PAMPORT_RECORD_CLOSING; now.phase++) {
		if (pamport__record_look(directory, &now, seen)) {
			seen->view.id = listed->id;
			return true;
		}
	}
	return false;
}

/* --- Listing ------------------------------------------------------------------------ */

int
pamport__record_result(int error)
{
	switch (error) {
	case 0:
		return PAM_SUCCESS;
	case EPERM:
		return PAM_PERM_DENIED;
	case ENOMEM:
		return PAM_BUF_ERR;
	default:
		return PAM_SYSTEM_ERR;
	}
}

void
pamport__record_note_memory(const struct pamport__seen *seen, int *error,
    const char **why)
{
	if (seen->error != ENOMEM)
		return;
	*error = ENOMEM;
	if (why != NULL)
		*why = strerror(ENOMEM);
}

int
pamport__records_open(struct pamport__directory *directory,
    struct pamport__listed **list, size_t *n, const char **why)
{
	int error = pamport__directory_open(directory, false);

	*list = NULL;
	*n = 0;
	if (error == ENOENT)
		return 0;
	if (error == 0) {
		error = pamport__record_names(directory, list, n);
		if (error != 0)
			directory->why = strerror(error);
	}
	if (error != 0 && why != NULL)
		*why = directory->why;
	return error;
}

int
pamport__records_visit(bool is_exact, pamport_record_function *function,
    void *data, const char **why)
{
	struct pamport__directory directory;
	struct pamport__listed *list;
	struct pamport__seen seen;
	size_t i, n;
	int error, stop = 0;

	error = pamport__records_open(&directory, &list, &n, why);
	for (i = 0; i < n && stop == 0; i++) {
		if (!look_again(&directory, &list[i], &seen))
			continue;
		pamport__record_note_memory(&seen, &error, why);
		if (!is_exact)
			pamport__record_make_printable(&seen);
		stop = function(&seen.view, data);
		pamport__record_free(&seen.record);
	}
	free(list);
	pamport__directory_close(&directory);
	return pamport__record_result(error);
}

int
pamport_record_list(pamport_record_function *function, void *data,
    const char **why)
{
	if (function == NULL)
		return PAM_SYSTEM_ERR;
	return pamport__records_visit(false, function, data, why);
}

int
pamport_record_show(const char *id, pamport_record_function *function,
    void *data, const char **why)
{
	struct pamport__directory directory;
	struct pamport__listed listed;
	struct pamport__seen seen;
	int error;

	if (why != NULL)
		*why = "there is no such record";
	if (function == NULL || !pamport__id_is_valid(id))
		return PAM_SYSTEM_ERR;
	error = pamport__directory_open(&directory, false);
	if (error != 0 && error != ENOENT && why != NULL)
		*why = directory.why;
	if (error != 0)
		return pamport__record_result(error);
	memset(&listed, 0, sizeof(listed));
	strcpy(listed.id, id);
	listed.phase = PAMPORT_RECORD_OPENING;
	error = ENOENT;
	if (look_again(&directory, &listed, &seen)) {
		error = 0;
		pamport__record_note_memory(&seen, &error, why);
		pamport__record_make_printable(&seen);
		(void)function(&seen.view, data);
		pamport__record_free(&seen.record);
	}
	pamport__directory_close(&directory);
	return pamport__record_result(error);
}
