/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Probes of rules that need a handle: items, variables, and calls that are
 * refused before any module would see them.  The children end, so nothing is
 * freed here.
 */
#include <config.h>

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <pamport/openpam.h>
#include <pamport/pam_misc.h>
#include "cmd/doctor_rules.h"

enum finding
broken(char *text, size_t size, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	(void)vsnprintf(text, size, format, arguments);
	va_end(arguments);
	return FOUND_NO;
}

static int
nobody(int n, const struct pam_message **msg, struct pam_response **resp,
    void *data)
{
	(void)n;
	(void)msg;
	(void)resp;
	(void)data;
	return PAM_CONV_ERR;
}

static pam_handle_t *
start(const void *bench)
{
	static int mark;
	struct pam_conv conv;

	conv.conv = nobody;
	conv.appdata_ptr = &mark;
	return bench_portable(bench, &conv);
}

static pam_handle_t *
start_strict(const void *bench)
{
	pam_handle_t *pamh = start(bench);

	if (pamh != NULL)
		(void)pamport_set_option(pamh, PAMPORT_OPTION_STRICT, 1);
	return pamh;
}

/* --- Start and end ----------------------------------------------------------- */

enum finding
rule_strict_service(const void *data, char *text, size_t size)
{
	static const char *const names[] = { "", ".", "..", "a/b", "a b" };
	pam_handle_t *pamh = NULL;
	size_t i;

	(void)data;
	(void)setenv("PAMPORT_STRICT", "1", 1);
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (pamport_start(names[i], NULL, NULL, &pamh) !=
		    PAM_SYSTEM_ERR)
			return broken(text, size, "\"%s\" is taken", names[i]);
	return FOUND_YES;
}

enum finding
rule_end(const void *data, char *text, size_t size)
{
	pam_handle_t *pamh = start(data);
	int result;

	if (pamh == NULL)
		return FOUND_NOTHING;
	result = pamport_end(pamh, PAM_SUCCESS | PAM_DATA_SILENT);
	return result == PAM_SUCCESS ? FOUND_YES :
	    broken(text, size, "pam_end gives %d", result);
}

/* --- Items ------------------------------------------------------------------- */

enum finding
rule_unknown_item(const void *data, char *text, size_t size)
{
	static const int unknown[] = { 0, -1, 50, 63, 999999 };
	pam_handle_t *pamh = start(data);
	const void *value;
	size_t i;

	if (pamh == NULL)
		return FOUND_NOTHING;
	for (i = 0; i < sizeof(unknown) / sizeof(unknown[0]); i++) {
		value = pamh;
		if (pamport_get_item(pamh, unknown[i], &value) !=
		    PAM_BAD_ITEM || value != NULL)
			return broken(text, size, "%d is read", unknown[i]);
		if (pamport_set_item(pamh, unknown[i], "") != PAM_BAD_ITEM)
			return broken(text, size, "%d is set", unknown[i]);
	}
	return FOUND_YES;
}

enum finding
rule_private_items(const void *data, char *text, size_t size)
{
	pam_handle_t *pamh = start(data);
	const struct pamport__named_item *item;
	const char *value;
	int i;

	if (pamh == NULL)
		return FOUND_NOTHING;
	for (i = 0; i < PAMPORT__ITEMS; i++) {
		item = &pamport__items[i];
		if (item->kind != PAMPORT__KIND_STRING ||
		    pamport_item_reaches_modules(item->number))
			continue;
		value = NULL;
		if (pamport_set_item(pamh, item->number, "kept") !=
		    PAM_SUCCESS || pamport_get_item(pamh, item->number,
		    &value) != PAM_SUCCESS || value == NULL ||
		    strcmp(value, "kept") != 0)
			return broken(text, size, "%s is lost", item->name);
	}
	return FOUND_YES;
}

enum finding
rule_tokens(const void *data, char *text, size_t size)
{
	pam_handle_t *pamh = start(data);
	int result;

	if (pamh == NULL)
		return FOUND_NOTHING;
	result = pamport_set_item(pamh, PAM_AUTHTOK, "pamport");
	if (result != PAM_SUCCESS && result != PAM_BAD_ITEM)
		return broken(text, size, "natively refused with %d", result);
	(void)pamport_set_option(pamh, PAMPORT_OPTION_STRICT, 1);
	result = pamport_set_item(pamh, PAM_AUTHTOK, "pamport");
	return result == PAM_BAD_ITEM ? FOUND_YES :
	    broken(text, size, "strict: %d", result);
}

enum finding
rule_conv(const void *data, char *text, size_t size)
{
	pam_handle_t *pamh = start(data);
	const struct pam_conv *conv = NULL;

	if (pamh == NULL)
		return FOUND_NOTHING;
	if (pamport_set_item(pamh, PAM_CONV, NULL) != PAM_PERM_DENIED)
		return broken(text, size, "it can be unset");
	if (pamport_get_item(pamh, PAM_CONV, &conv) != PAM_SUCCESS ||
	    conv == NULL || conv->conv != nobody)
		return broken(text, size, "another one is read");
	return FOUND_YES;
}

enum finding
rule_self_set(const void *data, char *text, size_t size)
{
	pam_handle_t *pamh = start(data);
	const char *value = NULL;

	if (pamh == NULL)
		return FOUND_NOTHING;
	(void)pamport_set_item(pamh, PAM_TTY, "pts/pamport");
	(void)pamport_get_item(pamh, PAM_TTY, &value);
	if (value == NULL ||
	    pamport_set_item(pamh, PAM_TTY, value + 4) != PAM_SUCCESS ||
	    pamport_get_item(pamh, PAM_TTY, &value) != PAM_SUCCESS ||
	    value == NULL || strcmp(value, "pamport") != 0)
		return broken(text, size, "PAM_TTY became %s",
		    value != NULL ? value : "NULL");
	return FOUND_YES;
}

/* --- Variables --------------------------------------------------------------- */

static bool
has_value(pam_handle_t *pamh, const char *name, const char *expected)
{
	const char *value = pamport_getenv(pamh, name);

	if (value == NULL || expected == NULL)
		return value == expected;
	return strcmp(value, expected) == 0;
}

enum finding
rule_putenv(const void *data, char *text, size_t size)
{
	pam_handle_t *pamh = start(data);

	if (pamh == NULL)
		return FOUND_NOTHING;
	(void)pamport_putenv(pamh, "FOOBAR=1");
	(void)pamport_putenv(pamh, "FOO=2");
	(void)pamport_putenv(pamh, "EMPTY=");
	if (!has_value(pamh, "FOOBAR", "1") || !has_value(pamh, "FOO", "2") ||
	    !has_value(pamh, "FO", NULL) || !has_value(pamh, "EMPTY", ""))
		return broken(text, size, "a value is not what was set");
	if (pamport_putenv(pamh, "FOO") != PAM_SUCCESS ||
	    !has_value(pamh, "FOO", NULL) || !has_value(pamh, "FOOBAR", "1"))
		return broken(text, size, "deleting FOO");
	if (pamport_putenv(pamh, "FOO") != PAM_BAD_ITEM ||
	    pamport_putenv(pamh, "") != PAM_BAD_ITEM ||
	    pamport_putenv(pamh, "=x") != PAM_BAD_ITEM)
		return broken(text, size, "what is wrong is not PAM_BAD_ITEM");
	return FOUND_YES;
}

enum finding
rule_getenv(const void *data, char *text, size_t size)
{
	pam_handle_t *pamh = start(data);
	const char *first;

	if (pamh == NULL)
		return FOUND_NOTHING;
	(void)pamport_putenv(pamh, "A=1");
	first = pamport_getenv(pamh, "A");
	(void)pamport_putenv(pamh, "B=2");
	if (first == NULL || pamport_getenv(pamh, "A") != first ||
	    strcmp(first, "1") != 0)
		return broken(text, size, "the pointer changes");
	return FOUND_YES;
}

enum finding
rule_getenvlist(const void *data, char *text, size_t size)
{
	static char large[3000] = "Z=";
	pam_handle_t *pamh = start(data);
	char **list;

	if (pamh == NULL)
		return FOUND_NOTHING;
	memset(large + 2, 'x', sizeof(large) - 3);
	(void)pamport_putenv(pamh, large);
	(void)pamport_putenv(pamh, "A=1");
	(void)pamport_putenv(pamh, "M=2");
	list = pamport_getenvlist(pamh);
	if (list == NULL || list[0] == NULL || list[1] == NULL ||
	    list[2] == NULL || list[3] != NULL)
		return broken(text, size, "not three variables");
	if (strcmp(list[0], large) != 0 || strcmp(list[1], "A=1") != 0 ||
	    strcmp(list[2], "M=2") != 0)
		return broken(text, size, "another order, or a value is cut");
	return FOUND_YES;
}

/* --- Calls that no module sees ---------------------------------------------------- */

static enum finding
is_result(int expected, int result, char *text, size_t size)
{
	const char *name = pamport_code_name(result);

	if (result == expected)
		return FOUND_YES;
	return broken(text, size, "%s (%d)", name != NULL ? name : "?", result);
}

enum finding
rule_session_flags(const void *data, char *text, size_t size)
{
	pam_handle_t *pamh = start_strict(data);

	if (pamh == NULL)
		return FOUND_NOTHING;
	return is_result(PAM_BAD_CONSTANT, pamport_open_session(pamh, 0x40),
	    text, size);
}

enum finding
rule_one_action(const void *data, char *text, size_t size)
{
	pam_handle_t *pamh = start(data);

	if (pamh == NULL)
		return FOUND_NOTHING;
	return is_result(PAM_BAD_CONSTANT, pamport_setcred(pamh,
	    (int)(PAM_ESTABLISH_CRED | PAM_DELETE_CRED)), text, size);
}

enum finding
rule_passes(const void *data, char *text, size_t size)
{
	pam_handle_t *pamh = start(data);

	if (pamh == NULL)
		return FOUND_NOTHING;
	return is_result(PAM_BAD_CONSTANT, pamport_chauthtok(pamh,
	    (int)PAM_PRELIM_CHECK), text, size);
}

enum finding
rule_functions(const void *data, char *text, size_t size)
{
	pam_handle_t *pamh = start(data);

	if (pamh == NULL)
		return FOUND_NOTHING;
	if (pamport_openpam_nullconv(1, NULL, NULL, NULL) != PAM_CONV_ERR)
		return broken(text, size, "openpam_nullconv");
	if (pamport_setenv(pamh, "A", "1", 0) != PAM_SUCCESS ||
	    pamport_setenv(pamh, "A", "2", 0) != PAM_SUCCESS ||
	    !has_value(pamh, "A", "1"))
		return broken(text, size, "pam_setenv");
	if (pamport_misc_setenv(pamh, "B", "2", 0) != PAM_SUCCESS ||
	    !has_value(pamh, "B", "2"))
		return broken(text, size, "pam_misc_setenv");
	if (pamport_fail_delay(pamh, 1) != PAM_SUCCESS)
		return broken(text, size, "pam_fail_delay");
	return FOUND_YES;
}

/* Who is not root is refused before that. */
enum finding
rule_close_needs_open(const void *data, char *text, size_t size)
{
	pam_handle_t *pamh = start_strict(data);

	if (pamh == NULL)
		return FOUND_NOTHING;
	if (geteuid() != 0) {
		(void)snprintf(text, size, "can be tried as root");
		return FOUND_NOTHING;
	}
	return is_result(PAM_SESSION_ERR, pamport_close_session(pamh, 0),
	    text, size);
}

enum finding
rule_needs_root(const void *data, char *text, size_t size)
{
	pam_handle_t *pamh = start_strict(data);

	if (pamh == NULL)
		return FOUND_NOTHING;
	if (geteuid() == 0 && seteuid((uid_t)65534) == -1) {
		(void)snprintf(text, size, "root cannot give itself up");
		return FOUND_NOTHING;
	}
	return is_result(PAM_PERM_DENIED, pamport_open_session(pamh, 0),
	    text, size);
}
