/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Questions on a terminal, for misc_conv and openpam_ttyconv.
 *
 * tty.c asks one question, tty_signals.c holds signals back meanwhile, and
 * tty_dialogue.c goes through the messages of a conversation.  What the two
 * conversations do differently is in their own files: where they ask, how long
 * they wait, what they do with texts.
 */
#ifndef PAMPORT_COMPAT_TTY_H
#define PAMPORT_COMPAT_TTY_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#include "compat/compat.h"

/* --- tty_signals.c --- */

#define PAMPORT__TTY_SIGNALS 9

struct pamport__tty_signals {
	int arrivals;		/* readable once a signal has arrived */
	int handlers_end;	/* where the handler writes its number */
	bool caught[PAMPORT__TTY_SIGNALS];
	struct sigaction before[PAMPORT__TTY_SIGNALS];
};

/* Holds back the signals that end or stop a program.  False: nothing done. */
bool pamport__tty_signals_catch(struct pamport__tty_signals *signals);

/*
 * Puts the program's handlers back and gives them what has arrived.  True if
 * one of the signals was there to end something; after a stop it is false.
 */
bool pamport__tty_signals_release(struct pamport__tty_signals *signals);

/* --- tty.c --- */

enum pamport__tty_result {
	PAMPORT__TTY_ANSWERED,
	PAMPORT__TTY_ENDED,	/* end of input before the first byte */
	PAMPORT__TTY_UNFIT,	/* too long, or with a NUL byte */
	PAMPORT__TTY_LATE,
	PAMPORT__TTY_SIGNALLED,
	PAMPORT__TTY_FAILED,
	PAMPORT__TTY_AGAIN,	/* a signal: what was typed is forgotten */
	PAMPORT__TTY_DUE	/* time to look at the clock */
};

struct pamport__tty_question {
	int in, out;
	bool echo;
	const char *prompt;
	/*
	 * Called before the prompt is written: in how many milliseconds to
	 * start anew and call this again; -1 for never, 0 if it is too late.
	 */
	int (*time_left)(void *data);
	void *data;
};

/*
 * Asks, until there is an answer that fits into size bytes or a reason why
 * not.  Nothing is left in line unless PAMPORT__TTY_ANSWERED is returned, and
 * never PAMPORT__TTY_AGAIN or PAMPORT__TTY_DUE.
 */
enum pamport__tty_result pamport__tty_ask(
    const struct pamport__tty_question *question, char *line, size_t size);

/* Writes a whole text.  Whoever cannot see a prompt will not answer it. */
void pamport__tty_write(int out, const char *text);

/* Of a clock that only goes forward. */
int64_t pamport__milliseconds(void);

/* --- tty_dialogue.c --- */

struct pamport__dialogue {
	/*
	 * Shows one message, or asks and sets *answer to a string from malloc;
	 * a PAM code.
	 */
	int (*one)(const struct pam_message *message, char **answer,
	    void *data);
	/* Wipes and frees such an answer. */
	void (*forget)(const struct pam_message *message, char *answer,
	    void *data);
	void *data;
};

/* *resp is set on success only; after a failure everything is forgotten. */
int pamport__dialogue(const struct pamport__dialogue *dialogue, int n,
    const struct pam_message **msg, struct pam_response **resp);

/* The answer to a question as a string; a PAM code. */
int pamport__dialogue_ask(const struct pamport__tty_question *question,
    char **answer);

/* A text that may be missing. */
const char *pamport__dialogue_text(const struct pam_message *message);

/* The forget for answers that are strings. */
void pamport__dialogue_forget(const struct pam_message *message, char *answer,
    void *data);

#endif /* PAMPORT_COMPAT_TTY_H */
