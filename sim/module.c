/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * A module that does what its arguments say and logs what it was asked.
 *
 * Arguments, worked through from left to right in every call; one that begins
 * with the name of a call and a dot counts in that call only
 * (open.set=TTY:pts/1).  Calls: auth cred acct open close prelim update.
 *
 *   id=NAME		what the log calls this line; "?" otherwise
 *   CALL=RESULT	returned by this call; chau= stands for prelim and
 *			update, any= for all; names or numbers
 *   log=FILE		where to log; otherwise the file named by PAMSIM_LOG
 *   conv=STYLE[xN]	send N messages at once in the native layout
 *   answers=no		do not free the responses (a test does)
 *   set=ITEM:VALUE	pam_set_item(); no colon: set it to NULL
 *   get=ITEM		pam_get_item(), logged
 *   putenv=TEXT	pam_putenv()
 *   getenv=NAME	pam_getenv(), logged
 *   data=NAME:VALUE	pam_set_data() with a cleanup function that logs
 *   getdata=NAME	pam_get_data(), logged
 *   user[=PROMPT]	pam_get_user(), logged
 *   authtok[=PROMPT]	pam_get_authtok() or what the system has for it
 *   oldauthtok[=PROMPT]
 *   info=TEXT error=TEXT	the library's own call to show a message
 *   nested		call pam_open_session() from within
 *   args		log all arguments
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "module.h"

static void
vwrite_log(const char *path, const char *format, va_list arguments)
{
	FILE *file;

	if (path == NULL || (file = fopen(path, "a")) == NULL)
		return;
	vfprintf(file, format, arguments);
	fputc('\n', file);
	fclose(file);
}

void
mod_log(const char *path, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vwrite_log(path, format, arguments);
	va_end(arguments);
}

/* How a result is written: "ok", a name, or a number. */
const char *
mod_result_text(int result)
{
	static char number[16];
	const char *name;

	if (result == PAM_SUCCESS)
		return ("ok");
	if ((name = mod_name(mod_results, result)) != NULL)
		return (name);
	snprintf(number, sizeof(number), "%d", result);
	return (number);
}

/* What stands behind "NAME=" or "NAME", or NULL if it is another argument. */
const char *
mod_value(const char *argument, const char *name)
{
	size_t n = strlen(name);

	if (strncmp(argument, name, n) != 0)
		return (NULL);
	if (argument[n] == '=')
		return (argument + n + 1);
	return (argument[n] == '\0' ? argument + n : NULL);
}

const char *
mod_option(int argc, const char **argv, const char *name)
{
	const char *value = NULL;
	int i;

	for (i = 0; i < argc && value == NULL; i++)
		value = mod_value(argv[i], name);
	return (value);
}

/* The most particular of the arguments that say what to return. */
static int
wanted(int argc, const char **argv, const char *name, bool *known)
{
	const char *word;
	int result;

	*known = true;
	word = mod_option(argc, argv, name);
	if (word == NULL &&
	    (strcmp(name, "prelim") == 0 || strcmp(name, "update") == 0))
		word = mod_option(argc, argv, "chau");
	if (word == NULL)
		word = mod_option(argc, argv, "any");
	if (word == NULL)
		return (PAM_SUCCESS);
	result = mod_number(mod_results, word, known);
	return (*known ? result : PAM_SYSTEM_ERR);
}

static int
play(pam_handle_t *pamh, int flags, int argc, const char **argv,
    const char *name)
{
	struct mod_call call = { pamh, name, NULL, NULL, argc, argv,
	    PAM_SUCCESS };
	bool known;
	int i, result;

	if ((call.id = mod_option(argc, argv, "id")) == NULL)
		call.id = "?";
	if ((call.log = mod_option(argc, argv, "log")) == NULL)
		call.log = getenv("PAMSIM_LOG");
	mod_log(call.log, "%s.%s 0x%x", call.id, name, (unsigned int)flags);
	for (i = 0; i < argc; i++)
		mod_act(&call, argv[i]);
	result = wanted(argc, argv, name, &known);
	if (!known)
		mod_log(call.log, "%s.%s: no such result, so SYSTEM_ERR",
		    call.id, name);
	return (result == PAM_SUCCESS ? call.failure : result);
}

int
pam_sm_authenticate(pam_handle_t *pamh, int flags, int argc,
    const char **argv)
{
	return (play(pamh, flags, argc, argv, "auth"));
}

int
pam_sm_setcred(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
	return (play(pamh, flags, argc, argv, "cred"));
}

int
pam_sm_acct_mgmt(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
	return (play(pamh, flags, argc, argv, "acct"));
}

int
pam_sm_chauthtok(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
	return (play(pamh, flags, argc, argv,
	    (flags & PAM_PRELIM_CHECK) != 0 ? "prelim" : "update"));
}

/* Built without these two it is the module that lacks functions.  [a09] */
#ifndef PAMSIM_NO_SESSION
int
pam_sm_open_session(pam_handle_t *pamh, int flags, int argc,
    const char **argv)
{
	return (play(pamh, flags, argc, argv, "open"));
}

int
pam_sm_close_session(pam_handle_t *pamh, int flags, int argc,
    const char **argv)
{
	return (play(pamh, flags, argc, argv, "close"));
}
#endif
