/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Login records: what is the same on every system.  See platform/accounting.h.
 */
#include <config.h>

#include <sys/types.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <errno.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>

#include "lib/internal.h"
#include "platform/accounting.h"

#define MAX_PASSWD 65536	/* bytes of one entry, with all its members */

static bool
is_printable(char c)
{
	return c >= 0x20 && c <= 0x7e;
}

/* --- Facts ------------------------------------------------------------------ */

const char *
pamport__accounting_where(enum pamport__record_kind kind)
{
	if (kind == PAMPORT__RECORD_DATABASE)
		return pamport__database_where;
	return pamport__accounting_facts.where[kind];
}

bool
pamport__accounting_supported(void)
{
	return pamport__accounting_where(PAMPORT__RECORD_ACTIVE) != NULL ||
	    pamport__accounting_where(PAMPORT__RECORD_DATABASE) != NULL;
}

/* --- Fields ----------------------------------------------------------------- */

void
pamport__field_put(char *field, size_t size, const char *text)
{
	size_t length = strnlen(text, size);

	memset(field, 0, size);
	memcpy(field, text, length);
}

void
pamport__field_get(char *text, size_t size, const char *field,
    size_t field_size)
{
	size_t i;

	for (i = 0; i < field_size && i + 1 < size && field[i] != '\0'; i++)
		text[i] = is_printable(field[i]) ? field[i] : '?';
	text[i] = '\0';
}

int
pamport__field_number(void *field, size_t size, bool is_signed, int64_t number)
{
	uint32_t half = (uint32_t)(uint64_t)number;
	int64_t lowest = is_signed ? INT32_MIN : 0;
	int64_t highest = is_signed ? INT32_MAX : UINT32_MAX;

	if (size == sizeof(number)) {
		memcpy(field, &number, size);
		return 0;
	}
	if (size != sizeof(half) || number < lowest || number > highest)
		return EOVERFLOW;
	memcpy(field, &half, size);
	return 0;
}

void
pamport__id_get(char *id, size_t size, const char *field, size_t field_size)
{
	static const char digits[] = "0123456789abcdef";
	size_t i;

	for (i = 0; i < field_size && 2 * i + 2 < size; i++) {
		id[2 * i] = digits[(unsigned char)field[i] >> 4];
		id[2 * i + 1] = digits[(unsigned char)field[i] & 0xf];
	}
	id[2 * i] = '\0';
}

static int
digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* false: no hexadecimal number of the field's size. */
bool
pamport__id_put(char *field, size_t size, const char *id)
{
	int high, low;
	size_t i;

	if (strlen(id) != 2 * size)
		return false;
	for (i = 0; i < size; i++) {
		high = digit_value(id[2 * i]);
		low = digit_value(id[2 * i + 1]);
		if (high < 0 || low < 0)
			return false;
		field[i] = (char)(high << 4 | low);
	}
	return true;
}

/*
 * The end of the line, which tells terminals apart: as Linux's agetty and NetBSD's
 * pam_lastlog have it, so that they and we write over the same entry.
 */
void
pamport__id_of_line(char *id, size_t size, const char *line,
    size_t field_size)
{
	size_t length = strlen(line);
	char field[8];

	if (field_size > sizeof(field))
		field_size = sizeof(field);
	if (length > field_size)
		line += length - field_size;
	pamport__field_put(field, field_size, line);
	pamport__id_get(id, size, field, field_size);
}

/* --- A login ---------------------------------------------------------------- */

const char *
pamport__without_dev(const char *tty)
{
	return strncmp(tty, "/dev/", 5) == 0 ? tty + 5 : tty;
}

static bool
is_user(const char *user)
{
	size_t length = strnlen(user, sizeof(((struct pamport__login *)0)->user));

	if (length == 0 || length == sizeof(((struct pamport__login *)0)->user))
		return false;
	for (; *user != '\0'; user += pamport__character(user))
		if (!pamport__is_harmless(user))
			return false;
	return true;
}

/* A path below /dev/ that cannot leave it, of visible ASCII. */
static bool
is_line(const char *line)
{
	const char *part, *end;
	size_t length = strlen(line);

	if (length >= sizeof(((struct pamport__login *)0)->line) ||
	    length > pamport__system_line_size())
		return false;
	for (part = line; part != NULL; part = end == NULL ? NULL : end + 1) {
		end = strchr(part, '/');
		length = end == NULL ? strlen(part) : (size_t)(end - part);
		if (length == 0 || (part[0] == '.' && (length == 1 ||
		    (length == 2 && part[1] == '.'))))
			return false;
	}
	for (; *line != '\0'; line++)
		if (!is_printable(*line) || *line == ' ')
			return false;
	return true;
}

static bool
is_address(const char *address)
{
	struct in6_addr binary;

	return inet_pton(AF_INET, address, &binary) == 1 ||
	    inet_pton(AF_INET6, address, &binary) == 1;
}

static void
put_text(char *text, size_t size, const char *from)
{
	if (from != NULL)
		pamport__field_get(text, size, from, strlen(from));
}

enum pamport__accounting
pamport__login_fill(struct pamport__login *login, const char *user,
    const char *tty, const char *host, const char *address,
    const char *service, pid_t pid)
{
	struct timeval now;

	memset(login, 0, sizeof(*login));
	if (user == NULL || !is_user(user))
		return PAMPORT__ACCOUNTING_REFUSED;
	if (!pamport__accounting_supported())
		return PAMPORT__ACCOUNTING_UNSUPPORTED;
	memcpy(login->user, user, strlen(user));
	put_text(login->host, sizeof(login->host), host);
	put_text(login->service, sizeof(login->service), service);
	if (address != NULL && is_address(address))
		put_text(login->address, sizeof(login->address), address);
	login->pid = pid;
	(void)gettimeofday(&now, NULL);
	login->time = now.tv_sec;
	login->microseconds = (int32_t)now.tv_usec;
	if (tty == NULL || *pamport__without_dev(tty) == '\0')
		return PAMPORT__ACCOUNTING_NO_TERMINAL;
	tty = pamport__without_dev(tty);
	if (!is_line(tty))
		return PAMPORT__ACCOUNTING_REFUSED;
	memcpy(login->line, tty, strlen(tty));
	pamport__id_of_line(login->id, sizeof(login->id), tty,
	    pamport__system_id_size());
	return PAMPORT__ACCOUNTED;
}

/* --- The results ------------------------------------------------------------ */

/* What was asked for is not due until somebody writes it. */
static void
begin_report(struct pamport__accounting_report *report)
{
	enum pamport__record_kind kind;

	memset(report, 0, sizeof(*report));
	for (kind = 0; kind < PAMPORT__RECORD_KINDS; kind++)
		if (pamport__accounting_where(kind) != NULL)
			report->of[kind].state = PAMPORT__RECORD_NOT_DUE;
}

static enum pamport__accounting
conclude(const struct pamport__accounting_report *report)
{
	enum pamport__record_kind kind;
	int count[PAMPORT__RECORD_FAILED + 1] = { 0 };

	for (kind = 0; kind < PAMPORT__RECORD_KINDS; kind++)
		count[report->of[kind].state]++;
	if (count[PAMPORT__RECORD_FAILED] > 0)
		return PAMPORT__ACCOUNTING_FAILED;
	if (count[PAMPORT__RECORD_WRITTEN] > 0)
		return PAMPORT__ACCOUNTED;
	if (count[PAMPORT__RECORD_OFF] > 0)
		return PAMPORT__ACCOUNTING_OFF;
	if (count[PAMPORT__RECORD_NOT_DUE] > 0)
		return PAMPORT__ACCOUNTING_NOT_DUE;
	return PAMPORT__ACCOUNTING_UNSUPPORTED;
}

/*
 * A login comes from pamport__login_fill, or from a file: then it is as hostile
 * as who wrote that.
 */
static enum pamport__accounting
check(const struct pamport__login *login)
{
	if (!pamport__accounting_supported())
		return PAMPORT__ACCOUNTING_UNSUPPORTED;
	if (login == NULL || !is_user(login->user))
		return PAMPORT__ACCOUNTING_REFUSED;
	if (login->line[0] == '\0')
		return PAMPORT__ACCOUNTING_NO_TERMINAL;
	if (!is_line(login->line) ||
	    strlen(login->id) != 2 * pamport__system_id_size())
		return PAMPORT__ACCOUNTING_REFUSED;
	return PAMPORT__ACCOUNTED;
}

bool
pamport__accounting_is_due(enum pamport__record_kind kind,
    unsigned int left_to_modules)
{
	return (left_to_modules & PAMPORT__KIND(kind)) == 0 &&
	    pamport__accounting_where(kind) != NULL;
}

enum pamport__accounting
pamport__accounting_login(struct pamport__login *login,
    unsigned int left_to_modules, struct pamport__accounting_report *report)
{
	enum pamport__accounting result = check(login);

	begin_report(report);
	if (result != PAMPORT__ACCOUNTED)
		return result;
	pamport__system_login(login, left_to_modules, report);
	if (pamport__accounting_is_due(PAMPORT__RECORD_DATABASE, left_to_modules))
		report->of[PAMPORT__RECORD_DATABASE] =
		    pamport__database_login(login);
	return conclude(report);
}

enum pamport__accounting
pamport__accounting_logout(const struct pamport__login *login,
    unsigned int left_to_modules, struct pamport__accounting_report *report)
{
	enum pamport__accounting result = check(login);
	struct timeval now;
	bool is_ours;

	begin_report(report);
	if (result != PAMPORT__ACCOUNTED)
		return result;
	is_ours = pamport__system_logout(login, left_to_modules, report);
	/* Its number tells this login from any other. */
	if (login->database != 0 &&
	    pamport__accounting_is_due(PAMPORT__RECORD_DATABASE, left_to_modules)) {
		(void)gettimeofday(&now, NULL);
		report->of[PAMPORT__RECORD_DATABASE] = pamport__database_logout(
		    login, now.tv_sec, (int32_t)now.tv_usec);
	}
	result = conclude(report);
	return is_ours || result == PAMPORT__ACCOUNTING_FAILED ? result :
	    PAMPORT__ACCOUNTING_NOT_OURS;
}

enum pamport__accounting
pamport__accounting_find(const char *user, const char *tty,
    struct pamport__login *login)
{
	memset(login, 0, sizeof(*login));
	if (pamport__accounting_where(PAMPORT__RECORD_ACTIVE) == NULL)
		return PAMPORT__ACCOUNTING_UNSUPPORTED;
	if (user == NULL || !is_user(user))
		return PAMPORT__ACCOUNTING_REFUSED;
	if (tty == NULL || *pamport__without_dev(tty) == '\0')
		return PAMPORT__ACCOUNTING_NO_TERMINAL;
	if (!is_line(pamport__without_dev(tty)))
		return PAMPORT__ACCOUNTING_REFUSED;
	return pamport__system_find(user, pamport__without_dev(tty), login);
}

int
pamport__uid_of(const char *user, uid_t *uid)
{
	struct passwd entry, *found = NULL;
	size_t size;
	char *buffer;
	int error = ERANGE;

	for (size = 1024; error == ERANGE && size <= MAX_PASSWD; size *= 2) {
		buffer = malloc(size);
		if (buffer == NULL)
			return ENOMEM;
		error = getpwnam_r(user, &entry, buffer, size, &found);
		if (error == 0 && found != NULL)
			*uid = entry.pw_uid;
		free(buffer);
	}
	if (error == 0 && found == NULL)
		return ENOENT;
	return error;
}
