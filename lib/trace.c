/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The trace: a line for each call and for each difference that was papered
 * over.  A line is
 *
 *	pamport PID.HANDLE.NNNN SERVICE what it says
 *
 * so that sort(1) keeps the lines of a handle together and in order, and
 * grep(1) finds "rule 23" or "pam_open_session".  Values of items and variables
 * are never in it, only their names: it is not to hold a secret.
 */
#include <config.h>

#include <sys/types.h>
#include <sys/stat.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/internal.h"
#include "compat/compat.h"

#define LINE_SIZE 512

/* Whether the descriptor is still what was opened: a daemon closes many. */
static bool
is_same_file(const struct pamport__state *state)
{
	struct stat status;

	return fstat(state->trace_descriptor, &status) == 0 &&
	    status.st_dev == state->trace_device &&
	    status.st_ino == state->trace_inode;
}

/* PAMPORT_TRACE is the number of a descriptor or the name of a file. */
static int
open_trace(const char *where, bool *opened)
{
	unsigned long number;
	char *end;

	*opened = false;
	if (strspn(where, "0123456789") == strlen(where)) {
		number = strtoul(where, &end, 10);
		return number > INT_MAX ? -1 : (int)number;
	}
	*opened = true;
	return pamport__above_standard_streams(open(where, O_WRONLY |
	    O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY |
	    O_NONBLOCK, 0600));
}

void
pamport__trace_start(struct pamport__state *state)
{
	const char *where = secure_getenv("PAMPORT_TRACE");
	struct stat status;

	state->trace_descriptor = -1;
	if (where == NULL || *where == '\0')
		return;
	state->trace_descriptor = open_trace(where, &state->trace_is_ours);
	if (state->trace_descriptor >= 0 &&
	    fstat(state->trace_descriptor, &status) == 0) {
		state->trace_device = status.st_dev;
		state->trace_inode = status.st_ino;
	}
}

void
pamport__trace_end(struct pamport__state *state)
{
	if (state->trace_is_ours && state->trace_descriptor >= 0 &&
	    is_same_file(state))
		(void)close(state->trace_descriptor);
	state->trace_descriptor = -1;
}

int
pamport_set_trace(pam_handle_t *pamh, pamport_trace_function *function,
    void *data)
{
	struct pamport__state *state;

	state = pamh == NULL ? NULL : pamport__state_of(pamh);
	if (state == NULL)
		return PAM_SYSTEM_ERR;
	state->trace_function = function;
	state->trace_data = data;
	return PAM_SUCCESS;
}

/*
 * One write, so that lines of several processes do not mix.  Nobody reading a
 * pipe is no failure, and no SIGPIPE.
 */
static void
write_descriptor(struct pamport__state *state, const char *line, size_t length)
{
	struct pollfd poller;

	if (!is_same_file(state)) {
		state->trace_descriptor = -1;
		return;
	}
	poller.fd = state->trace_descriptor;
	poller.events = POLLOUT;
	poller.revents = 0;
	if (poll(&poller, 1, 0) < 1 || (poller.revents & POLLOUT) == 0 ||
	    (poller.revents & (POLLERR | POLLHUP | POLLNVAL)) != 0)
		return;
	if (write(state->trace_descriptor, line, length) < 0)
		return;
}

static void write_line(struct pamport__state *state, const char *format, ...)
    PAMPORT__PRINTF(2, 3);

static void
write_line(struct pamport__state *state, const char *format, ...)
{
	PAMPORT__NATIVE_CONST void *service = NULL;
	char line[LINE_SIZE];
	int head, rest, error = errno;
	va_list list;
	size_t length;

	if (state->handle != NULL)
		(void)pam_get_item(state->handle, PAM_SERVICE, &service);
	head = snprintf(line, sizeof(line) - 1, "pamport %ld.%06lx.%04u %.64s ",
	    (long)getpid(), (unsigned long)((uintptr_t)state >> 4 & 0xffffff),
	    state->trace_lines++, service == NULL ? "-" :
	    (const char *)service);
	if (head < 0 || (size_t)head >= sizeof(line) - 1)
		return;
	va_start(list, format);
	rest = vsnprintf(line + head, sizeof(line) - 1 - (size_t)head, format,
	    list);
	va_end(list);
	if (rest < 0)
		return;
	/* What was given from outside shows as text and in one line. */
	pamport__make_printable(line);
	if (state->trace_function != NULL)
		state->trace_function(line, state->trace_data);
	length = strlen(line);
	line[length++] = '\n';
	if (state->trace_descriptor >= 0)
		write_descriptor(state, line, length);
	errno = error;
}

static const char *
name_of(int code)
{
	const char *name = pamport_code_name(code);

	return name == NULL ? "no name" : name;
}

void
pamport__trace_call(struct pamport__state *state,
    const struct pamport__call *call, int flags, int native, int result)
{
	if (pamport__is_traced(state))
		write_line(state, "%s flags=0x%x result=%d (%s) native=%d",
		    call->name, (unsigned int)flags, result, name_of(result),
		    native);
}

void
pamport__trace_refusal(struct pamport__state *state,
    const struct pamport__call *call, int flags, int result)
{
	if (pamport__is_traced(state))
		write_line(state, "%s flags=0x%x refused=%d (%s)", call->name,
		    (unsigned int)flags, result, name_of(result));
}

void
pamport__trace_result(struct pamport__state *state, const char *function,
    const char *what, int result)
{
	if (pamport__is_traced(state))
		write_line(state, "%s %.64s result=%d (%s)", function, what,
		    result, name_of(result));
}

void
pamport__trace_message(struct pamport__state *state, const char *message)
{
	if (pamport__is_traced(state))
		write_line(state, "%s", message);
}

/* Before the call, since there is no state after it. */
void
pamport__trace_end_call(struct pamport__state *state, int status)
{
	if (pamport__is_traced(state))
		write_line(state, "pam_end status=0x%x", (unsigned int)status);
}

/* --- Notes -------------------------------------------------------------------- */

struct note {
	int rule;
	const char *text;	/* what happens on which system */
};

static const struct note notes[PAMPORT__NOTES] = {
#define PAMPORT__NOTE(name, rule, text) { rule, text },
#include "lib/notes.def"
};

/*
 * Says it once for each handle: a daemon that does it at every call is told
 * once.
 */
void
pamport__note(struct pamport__state *state, enum pamport__note which)
{
	uint_least64_t bit = (uint_least64_t)1 << which;

	if (!pamport__is_traced(state) || (state->noted & bit) != 0)
		return;
	state->noted |= bit;
	write_line(state, "rule %d: %s", notes[which].rule,
	    notes[which].text);
}
