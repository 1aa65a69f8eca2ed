/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Login records of NetBSD: utmpx, wtmpx through updwtmpx, lastlogx through
 * updlastlogx, a database by the number of the user.
 */
#include <config.h>

#include <sys/socket.h>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <errno.h>
#include <string.h>

#include "platform/accounting_utmpx.h"

const struct pamport__accounting_facts pamport__accounting_facts = {
	.name = "netbsd",
	.where = {
		[PAMPORT__RECORD_ACTIVE] = _PATH_UTMPX,
		[PAMPORT__RECORD_LOG] = _PATH_WTMPX,
		[PAMPORT__RECORD_LAST] = _PATH_LASTLOGX,
	},
	/* Its pam_lastlog writes all three, and utmp. */
	.modules_write = PAMPORT__KIND(PAMPORT__RECORD_ACTIVE) |
	    PAMPORT__KIND(PAMPORT__RECORD_LOG) |
	    PAMPORT__KIND(PAMPORT__RECORD_LAST),
	.modules = "pam_lastlog in /etc/pam.d/system",
};

static const char *log_file = _PATH_WTMPX;
static const char *last_file = _PATH_LASTLOGX;

bool
pamport__accounting_files(const char *active, const char *log,
    const char *last)
{
	log_file = log == NULL ? _PATH_WTMPX : log;
	last_file = last == NULL ? _PATH_LASTLOGX : last;
	return utmpxname(active == NULL ? _PATH_UTMPX : active) != 0;
}

static void
put_address(struct sockaddr_storage *address, const char *text)
{
	struct sockaddr_in ipv4;
	struct sockaddr_in6 ipv6;

	memset(&ipv4, 0, sizeof(ipv4));
	memset(&ipv6, 0, sizeof(ipv6));
	if (inet_pton(AF_INET, text, &ipv4.sin_addr) == 1) {
		ipv4.sin_len = sizeof(ipv4);
		ipv4.sin_family = AF_INET;
		memcpy(address, &ipv4, sizeof(ipv4));
	} else if (inet_pton(AF_INET6, text, &ipv6.sin6_addr) == 1) {
		ipv6.sin6_len = sizeof(ipv6);
		ipv6.sin6_family = AF_INET6;
		memcpy(address, &ipv6, sizeof(ipv6));
	}
}

static void
put(struct utmpx *entry, const struct pamport__login *login)
{
	put_address(&entry->ut_ss, login->address);
}

static void
get(struct pamport__login *login, const struct utmpx *entry)
{
	struct sockaddr_in ipv4;
	struct sockaddr_in6 ipv6;

	login->address[0] = '\0';
	memcpy(&ipv4, &entry->ut_ss, sizeof(ipv4));
	memcpy(&ipv6, &entry->ut_ss, sizeof(ipv6));
	if (ipv4.sin_family == AF_INET)
		(void)inet_ntop(AF_INET, &ipv4.sin_addr, login->address,
		    sizeof(login->address));
	else if (ipv6.sin6_family == AF_INET6)
		(void)inet_ntop(AF_INET6, &ipv6.sin6_addr, login->address,
		    sizeof(login->address));
}

static int
error_of(int result)
{
	if (result == 0)
		return 0;
	return errno == 0 ? EIO : errno;
}

static int
log_entry(const struct utmpx *entry)
{
	errno = 0;
	return error_of(updwtmpx(log_file, entry));
}

static int
write_last(const struct pamport__login *login, uid_t uid)
{
	struct lastlogx entry;

	memset(&entry, 0, sizeof(entry));
	entry.ll_tv.tv_sec = login->time;
	entry.ll_tv.tv_usec = login->microseconds;
	pamport__field_put(entry.ll_line, sizeof(entry.ll_line), login->line);
	pamport__field_put(entry.ll_host, sizeof(entry.ll_host), login->host);
	put_address(&entry.ll_ss, login->address);
	errno = 0;
	return error_of(updlastlogx(last_file, uid, &entry));
}

const struct pamport__utmpx_system pamport__utmpx_system = {
	.put = put,
	.get = get,
	.log = log_entry,
	.last = write_last,
};
