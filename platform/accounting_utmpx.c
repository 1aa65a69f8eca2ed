/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Login records on a system whose <utmpx.h> keeps them: what POSIX has of it.
 */
#include <config.h>

#include <errno.h>
#include <string.h>

#include "platform/accounting_utmpx.h"

#define USER_SIZE sizeof(((struct utmpx *)0)->ut_user)
#define LINE_SIZE sizeof(((struct utmpx *)0)->ut_line)
#define ID_SIZE sizeof(((struct utmpx *)0)->ut_id)

size_t
pamport__system_line_size(void)
{
	return LINE_SIZE;
}

size_t
pamport__system_id_size(void)
{
	return ID_SIZE;
}

/* --- Entries ---------------------------------------------------------------- */

static int
put_time(struct utmpx *entry, int64_t seconds, int32_t microseconds)
{
	int error;

	/* Their types differ, and newer glibc has unsigned seconds. */
	entry->ut_tv.tv_sec--;
	error = pamport__field_number(&entry->ut_tv.tv_sec,
	    sizeof(entry->ut_tv.tv_sec), (double)entry->ut_tv.tv_sec < 0,
	    seconds);
	if (error == 0)
		error = pamport__field_number(&entry->ut_tv.tv_usec,
		    sizeof(entry->ut_tv.tv_usec), true, microseconds);
	return error;
}

/* 0, EOVERFLOW, or EINVAL for a ut_id of another system. */
static int
make_entry(struct utmpx *entry, const struct pamport__login *login)
{
	memset(entry, 0, sizeof(*entry));
	if (!pamport__id_put(entry->ut_id, ID_SIZE, login->id))
		return EINVAL;
	entry->ut_type = USER_PROCESS;
	entry->ut_pid = login->pid;
	pamport__field_put(entry->ut_user, USER_SIZE, login->user);
	pamport__field_put(entry->ut_line, LINE_SIZE, login->line);
	pamport__field_put(entry->ut_host, sizeof(entry->ut_host),
	    login->host);
	if (pamport__utmpx_system.put != NULL)
		pamport__utmpx_system.put(entry, login);
	return put_time(entry, login->time, login->microseconds);
}

/* As glibc's logout: no user and no host, by which older last(1) know it. */
static int
make_dead(struct utmpx *entry, const struct pamport__login *login)
{
	struct timeval now;

	memset(entry, 0, sizeof(*entry));
	if (!pamport__id_put(entry->ut_id, ID_SIZE, login->id))
		return EINVAL;
	entry->ut_type = DEAD_PROCESS;
	entry->ut_pid = login->pid;
	pamport__field_put(entry->ut_line, LINE_SIZE, login->line);
	(void)gettimeofday(&now, NULL);
	return put_time(entry, now.tv_sec, (int32_t)now.tv_usec);
}

static bool
is_same_id(const struct utmpx *one, const struct utmpx *other)
{
	return memcmp(one->ut_id, other->ut_id, ID_SIZE) == 0;
}

static bool
is_same_login(const struct utmpx *one, const struct utmpx *other)
{
	return is_same_id(one, other) && one->ut_pid == other->ut_pid &&
	    strncmp(one->ut_user, other->ut_user, USER_SIZE) == 0 &&
	    strncmp(one->ut_line, other->ut_line, LINE_SIZE) == 0;
}

/* That getty or init made. */
static bool
is_waiting(const struct utmpx *found)
{
	return found->ut_type == LOGIN_PROCESS ||
	    found->ut_type == INIT_PROCESS;
}

/* For this process, for login to write over. */
static bool
is_waiting_for(const struct utmpx *found, const struct utmpx *entry)
{
	return is_waiting(found) && found->ut_pid == entry->ut_pid;
}

/* The login, or what waits for it still, where others were to write over that. */
static bool
is_ours(const struct utmpx *found, const struct utmpx *entry)
{
	return is_waiting_for(found, entry) ||
	    (found->ut_type == USER_PROCESS && is_same_login(found, entry));
}

/*
 * getutxid of several systems takes an entry by its position in the file before
 * any other, so it is a loop.
 */
enum search {
	BY_ID,		/* of a user, waiting for one, or dead */
	BY_LOGIN,	/* that login, and alive */
	WAITING
};

static bool
is_wanted(const struct utmpx *found, const struct utmpx *entry,
    enum search search)
{
	switch (search) {
	case BY_ID:
		return (found->ut_type == USER_PROCESS ||
		    found->ut_type == DEAD_PROCESS || is_waiting(found)) &&
		    is_same_id(found, entry);
	case BY_LOGIN:
		return found->ut_type == USER_PROCESS &&
		    is_same_login(found, entry);
	case WAITING:
		return is_waiting_for(found, entry);
	}
	return false;
}

static bool
look_for(const struct utmpx *entry, enum search search, struct utmpx *copy)
{
	const struct utmpx *found;

	setutxent();
	while ((found = getutxent()) != NULL &&
	    !is_wanted(found, entry, search))
		continue;
	if (found != NULL)
		memcpy(copy, found, sizeof(*copy));
	endutxent();
	return found != NULL;
}

/* --- Writing ---------------------------------------------------------------- */

static struct pamport__record_result
result_of(int error)
{
	struct pamport__record_result result = { PAMPORT__RECORD_WRITTEN, 0 };

	if (error == ENOENT) {
		result.state = PAMPORT__RECORD_OFF;
	} else if (error != 0) {
		result.state = PAMPORT__RECORD_FAILED;
		result.error = error;
	}
	return result;
}

/* 0 or errno; for those that fail without one, and those that only pretend. */
static int
put_entry(const struct utmpx *entry)
{
	struct utmpx found;
	int error = 0;

	errno = 0;
	setutxent();
	if (pututxline(entry) == NULL)
		error = errno == 0 ? EIO : errno;
	endutxent();
	if (error == 0 && entry->ut_type == USER_PROCESS &&
	    !look_for(entry, BY_LOGIN, &found))
		error = ENOTSUP;
	return error;
}

static void
write_entry(const struct utmpx *entry, int error, unsigned int left_to_modules,
    struct pamport__accounting_report *report)
{
	if (pamport__accounting_is_due(PAMPORT__RECORD_ACTIVE, left_to_modules))
		report->of[PAMPORT__RECORD_ACTIVE] =
		    result_of(error != 0 ? error : put_entry(entry));
	if (pamport__accounting_is_due(PAMPORT__RECORD_LOG, left_to_modules))
		report->of[PAMPORT__RECORD_LOG] =
		    result_of(error != 0 ? error : pamport__utmpx_system.log(entry));
}

void
pamport__system_login(struct pamport__login *login,
    unsigned int left_to_modules, struct pamport__accounting_report *report)
{
	struct utmpx entry, waiting;
	int error = make_entry(&entry, login);
	uid_t uid = 0;

	if (error == 0 && look_for(&entry, WAITING, &waiting)) {
		memcpy(entry.ut_id, waiting.ut_id, ID_SIZE);
		pamport__id_get(login->id, sizeof(login->id), entry.ut_id,
		    ID_SIZE);
	}
	write_entry(&entry, error, left_to_modules, report);
	if (!pamport__accounting_is_due(PAMPORT__RECORD_LAST, left_to_modules))
		return;
	error = pamport__uid_of(login->user, &uid);
	/* Who has no number has no place in lastlog. */
	if (error != ENOENT)
		report->of[PAMPORT__RECORD_LAST] = result_of(error != 0 ?
		    error : pamport__utmpx_system.last(login, uid));
}

bool
pamport__system_logout(const struct pamport__login *login,
    unsigned int left_to_modules, struct pamport__accounting_report *report)
{
	struct utmpx entry, dead, found;
	int error = make_entry(&entry, login);

	/* The time of a login is of no matter here. */
	if (error != EINVAL && look_for(&entry, BY_ID, &found) &&
	    !is_ours(&found, &entry))
		return false;
	error = make_dead(&dead, login);
	write_entry(&dead, error, left_to_modules, report);
	return true;
}

/* The name is the caller's: what a field shows of it is for people only. */
static void
read_entry(struct pamport__login *login, const char *user, const char *line,
    const struct utmpx *found)
{
	memcpy(login->user, user, strlen(user));
	memcpy(login->line, line, strlen(line));
	pamport__field_get(login->host, sizeof(login->host), found->ut_host,
	    sizeof(found->ut_host));
	pamport__id_get(login->id, sizeof(login->id), found->ut_id, ID_SIZE);
	login->pid = found->ut_pid;
	login->time = found->ut_tv.tv_sec;
	login->microseconds = (int32_t)found->ut_tv.tv_usec;
	if (pamport__utmpx_system.get != NULL)
		pamport__utmpx_system.get(login, found);
}

enum pamport__accounting
pamport__system_find(const char *user, const char *line,
    struct pamport__login *login)
{
	const struct utmpx *found;

	setutxent();
	while ((found = getutxent()) != NULL)
		if (found->ut_type == USER_PROCESS &&
		    strncmp(found->ut_user, user, USER_SIZE) == 0 &&
		    strncmp(found->ut_line, line, LINE_SIZE) == 0)
			break;
	if (found != NULL)
		read_entry(login, user, line, found);
	endutxent();
	return found == NULL ? PAMPORT__ACCOUNTING_NOT_FOUND :
	    PAMPORT__ACCOUNTED;
}
