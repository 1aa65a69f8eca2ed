/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Closing what was left open (contract rule 39).
 */
#include <config.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/reap.h"
#include "lib/session.h"

#define DEFAULT_SECONDS 60

struct reaping {
	const struct pamport__directory *directory;
	unsigned int flags, seconds;
};

static void
close_or_tell(const struct reaping *reaping, struct pamport__seen *seen)
{
	if ((reaping->flags & PAMPORT_REAP_DRY) != 0)
		pamport__record_acted(seen, PAMPORT_RECORD_CLOSED,
		    "its leader is gone");
	else
		pamport__record_run_close(reaping->directory, seen,
		    reaping->seconds);
}

/*
 * Whoever holds the lock is at it; the lock of one who was killed is gone.
 */
static void
reap_closing(const struct reaping *reaping, struct pamport__seen *seen)
{
	int lock, error;

	error = pamport__record_claim(reaping->directory, seen->view.id,
	    PAMPORT_RECORD_CLOSING, &lock);
	if (error == 0)
		(void)close(lock);
	if (error == EAGAIN || error == ENOENT)
		pamport__record_acted(seen, PAMPORT_RECORD_LEFT,
		    error == EAGAIN ? "another process is closing it" :
		    "another process has closed it");
	else if (error != 0)
		pamport__record_not_acted(seen, strerror(error));
	else if ((reaping->flags & PAMPORT_REAP_RETRY) != 0)
		close_or_tell(reaping, seen);
	else
		pamport__record_acted(seen, PAMPORT_RECORD_CUT_OFF,
		    "its close was cut off and is not repeated unless asked");
}

static void
reap_open(const struct reaping *reaping, struct pamport__seen *seen)
{
	const struct pamport__record *record = &seen->record;
	const char *reason;

	if (seen->view.state != PAMPORT_PROCESS_GONE) {
		pamport__record_acted(seen, PAMPORT_RECORD_LEFT,
		    seen->view.reason);
		return;
	}
	/* The opener does it better: it has what modules keep in memory. */
	if (!record->is_detached && pamport__process_state(&record->opener,
	    &reason) != PAMPORT__PROCESS_GONE) {
		pamport__record_acted(seen, PAMPORT_RECORD_LEFT,
		    "its leader is gone, and "
		    "the process that opened it is there to close it");
		return;
	}
	close_or_tell(reaping, seen);
}

static void
reap_damaged(const struct reaping *reaping, struct pamport__seen *seen,
    enum pamport_record_phase phase)
{
	char reason[256];
	int error = 0;

	if ((reaping->flags & PAMPORT_REAP_DRY) == 0)
		error = pamport__record_set_aside(reaping->directory,
		    seen->view.id, phase);
	(void)snprintf(reason, sizeof(reason), "%s%s%s", seen->view.reason,
	    error == 0 ? "" : ", and cannot be renamed: ",
	    error == 0 ? "" : strerror(error));
	if (error == 0)
		pamport__record_acted(seen, PAMPORT_RECORD_SET_ASIDE, reason);
	else
		pamport__record_not_acted(seen, reason);
}

static void
reap_one(const struct reaping *reaping, struct pamport__seen *seen,
    enum pamport_record_phase phase)
{
	if (seen->view.phase == PAMPORT_RECORD_DAMAGED)
		reap_damaged(reaping, seen, phase);
	else if (seen->record.text == NULL)
		pamport__record_not_acted(seen, seen->view.reason);
	else if (phase == PAMPORT_RECORD_CLOSING)
		reap_closing(reaping, seen);
	else
		reap_open(reaping, seen);
}

int
pamport_record_reap(unsigned int flags, unsigned int seconds,
    pamport_record_function *function, void *data, const char **why)
{
	struct pamport__directory directory;
	struct pamport__listed *list;
	struct reaping reaping;
	struct pamport__seen seen;
	size_t i, n;
	int error, stop = 0;

	error = pamport__records_open(&directory, &list, &n, why);
	reaping.directory = &directory;
	reaping.flags = flags;
	reaping.seconds = seconds == 0 ? DEFAULT_SECONDS : seconds;
	/* The children of this are nobody else's to wait for. */
	pamport__sigchld_default();
	for (i = 0; i < n && stop == 0; i++) {
		if (!pamport__record_look(&directory, &list[i], &seen))
			continue;
		pamport__record_note_memory(&seen, &error, why);
		reap_one(&reaping, &seen, list[i].phase);
		pamport__record_make_printable(&seen);
		if (function != NULL)
			stop = function(&seen.view, data);
		pamport__record_free(&seen.record);
	}
	pamport__sigchld_restore();
	free(list);
	/* There is a directory. */
	if (directory.fd != -1 && (flags & PAMPORT_REAP_DRY) == 0)
		pamport__directory_tidy(&directory);
	pamport__directory_close(&directory);
	return pamport__record_result(error);
}
