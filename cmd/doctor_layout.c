/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The layout of messages can only be seen when a module sends several at once.
 * Nothing here makes one do that but a service that the user names: it is
 * authenticated, with a conversation that looks and gives no answer.
 */
#include <config.h>

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "compat/compat.h"
#include "cmd/doctor.h"

struct look {
	const char *service, *confdir;
	enum pamport__layout layout;	/* the one that is tried */
	int most;			/* messages that came at once */
	bool is_plausible;
};

static bool
is_message(const struct pam_message *message)
{
	const char *c;

	if (message == NULL || message->msg_style < 1 ||
	    message->msg_style > 7 || message->msg == NULL)
		return false;
	for (c = message->msg; *c != '\0'; c++)
		if (c - message->msg >= 512 ||
		    (iscntrl((unsigned char)*c) && !isspace((unsigned char)*c)))
			return false;
	return true;
}

/* The second message as this layout has it; may crash, in a child. */
static int
look_at(int n, PAMPORT__NATIVE_CONST struct pam_message **msg,
    struct pam_response **resp, void *data)
{
	struct look *look = data;

	(void)resp;
	if (n > look->most)
		look->most = n;
	if (n > 1)
		look->is_plausible = is_message(look->layout ==
		    PAMPORT__POINTERS ? msg[1] : &(*msg)[1]);
	return PAM_CONV_ERR;
}

static enum finding
try_layout(const void *data, char *text, size_t size)
{
	struct look look = *(const struct look *)data;
	struct pamport__native_conv conv;
	pam_handle_t *pamh = NULL;
	int result;

	memset(&conv, 0, sizeof(conv));
	conv.conv = look_at;
	conv.appdata_ptr = &look;
	if (look.confdir == NULL)
		result = pam_start(look.service, "nobody", &conv, &pamh);
	else
		result = pamport__start_confdir(look.service, "nobody", &conv,
		    look.confdir, &pamh);
	if (result != PAM_SUCCESS || pamh == NULL) {
		(void)snprintf(text, size, "%s cannot be started: %d",
		    look.service, result);
		return FOUND_NOTHING;
	}
	(void)pam_authenticate(pamh, 0);
	(void)pam_end(pamh, PAM_SUCCESS);
	if (look.most < 2) {
		(void)snprintf(text, size, "%s sent no two messages at once",
		    look.service);
		return FOUND_NOTHING;
	}
	return look.is_plausible ? FOUND_YES : FOUND_NO;
}

static const char *
layout_text(enum pamport__layout layout)
{
	return layout == PAMPORT__ARRAY ? "one array" : "an array of pointers";
}

/* Where both fit, the messages lie in one array and each has its pointer. */
static void
judge_layout(struct trait *trait, bool pointers_fit, bool array_fits)
{
	enum pamport__layout stated = doctor_table()->conv_layout;

	if (pointers_fit && array_fits) {
		trait->agreement = AGREES;
		(void)snprintf(trait->measured, sizeof(trait->measured),
		    "both layouts fit");
		return;
	}
	if (!pointers_fit && !array_fits) {
		trait->agreement = DIFFERS;
		(void)snprintf(trait->measured, sizeof(trait->measured),
		    "neither layout fits");
		return;
	}
	trait->agreement = stated == (array_fits ? PAMPORT__ARRAY :
	    PAMPORT__POINTERS) ? AGREES : DIFFERS;
	(void)snprintf(trait->measured, sizeof(trait->measured), "%s",
	    layout_text(array_fits ? PAMPORT__ARRAY : PAMPORT__POINTERS));
}

void
measure_layout(const char *service, const char *confdir, struct trait *trait)
{
	struct look look = { service, confdir, PAMPORT__POINTERS, 0, false };
	struct probe pointers, array;

	trait->name = "conv_layout";
	trait->agreement = FROM_TABLE;
	(void)snprintf(trait->table, sizeof(trait->table), "%s",
	    layout_text(doctor_table()->conv_layout));
	(void)snprintf(trait->measured, sizeof(trait->measured),
	    "needs a module that sends two messages: --converse");
	if (service == NULL)
		return;
	probe_run(&pointers, try_layout, &look);
	look.layout = PAMPORT__ARRAY;
	probe_run(&array, try_layout, &look);
	if (pointers.finding == FOUND_NOTHING)
		(void)snprintf(trait->measured, sizeof(trait->measured), "%s",
		    pointers.text);
	else if (pointers.finding == FOUND_LATE)
		(void)snprintf(trait->measured, sizeof(trait->measured),
		    "no answer in time");
	else
		judge_layout(trait, pointers.finding == FOUND_YES,
		    array.finding == FOUND_YES);
}
