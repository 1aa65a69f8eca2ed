/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A module inside the test program that writes down what it is asked to do, and
 * does what it is told.  Events are "auth", "acct", "establish", "delete",
 * "reinitialize", "refresh", "open", "close", "prelim", "update", in the order
 * in which they came, with a blank behind each.
 */
#ifndef PAMPORT_TESTS_SCRIPTED_H
#define PAMPORT_TESTS_SCRIPTED_H

#include "fixture.h"

extern char scripted_events[1024];

/*
 * The service of the module, or its lines for fixture_service; nothing is
 * written down or told yet.
 */
void scripted_service(struct fixture *fixture);
const char *scripted_lines(void);

/* What event, by its name, returns from now on, and does before. */
void scripted_return(const char *event, int code);
void scripted_do(const char *event, void (*action)(pam_handle_t *pamh));

/* Called around whatever the module does, if not NULL. */
extern void (*scripted_begin)(void);
extern void (*scripted_end)(void);

/* What came in this process since the last time it was asked is text. */
void scripted_check(const char *text);

/*
 * From here on events are in a file, too, where every process of the test adds
 * to them; and what came since then, or since the last time it was asked, as
 * text that is valid until it is asked again.
 */
#define SCRIPTED_FILE "events"
void scripted_share(void);
const char *scripted_shared(void);
void scripted_check_shared(const char *text);

#endif /* PAMPORT_TESTS_SCRIPTED_H */
