/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Helpers for modules of Linux-PAM.  What they return belongs to the C library
 * and holds until the next such call: the real ones keep a copy with the
 * handle.
 */
#include <sys/types.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <security/pam_modutil.h>

#include "sim.h"

struct passwd *
pam_modutil_getpwnam(pam_handle_t *pamh, const char *user)
{
	(void)pamh;
	return (getpwnam(user));
}

struct passwd *
pam_modutil_getpwuid(pam_handle_t *pamh, uid_t uid)
{
	(void)pamh;
	return (getpwuid(uid));
}

struct group *
pam_modutil_getgrnam(pam_handle_t *pamh, const char *group)
{
	(void)pamh;
	return (getgrnam(group));
}

struct group *
pam_modutil_getgrgid(pam_handle_t *pamh, gid_t gid)
{
	(void)pamh;
	return (getgrgid(gid));
}

struct spwd *
pam_modutil_getspnam(pam_handle_t *pamh, const char *user)
{
	(void)pamh;
	return (getspnam(user));
}

static int
is_member(const struct passwd *user, const struct group *group)
{
	char **member;

	if (user == NULL || group == NULL)
		return (0);
	if (user->pw_gid == group->gr_gid)
		return (1);
	for (member = group->gr_mem; *member != NULL; member++)
		if (strcmp(*member, user->pw_name) == 0)
			return (1);
	return (0);
}

int
pam_modutil_user_in_group_nam_nam(pam_handle_t *pamh, const char *user,
    const char *group)
{
	(void)pamh;
	return (is_member(getpwnam(user), getgrnam(group)));
}

int
pam_modutil_user_in_group_nam_gid(pam_handle_t *pamh, const char *user,
    gid_t group)
{
	(void)pamh;
	return (is_member(getpwnam(user), getgrgid(group)));
}

int
pam_modutil_user_in_group_uid_nam(pam_handle_t *pamh, uid_t user,
    const char *group)
{
	(void)pamh;
	return (is_member(getpwuid(user), getgrnam(group)));
}

int
pam_modutil_user_in_group_uid_gid(pam_handle_t *pamh, uid_t user,
    gid_t group)
{
	(void)pamh;
	return (is_member(getpwuid(user), getgrgid(group)));
}

const char *
pam_modutil_getlogin(pam_handle_t *pamh)
{
	(void)pamh;
	return (getlogin());
}

/* As much as there is; an interruption is not the end. */
int
pam_modutil_read(int fd, char *buffer, int count)
{
	ssize_t n;
	int done = 0;

	while (done < count) {
		n = read(fd, buffer + done, (size_t)(count - done));
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return (-1);
		if (n == 0)
			break;
		done += (int)n;
	}
	return (done);
}

int
pam_modutil_write(int fd, const char *buffer, int count)
{
	ssize_t n;
	int done = 0;

	while (done < count) {
		n = write(fd, buffer + done, (size_t)(count - done));
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return (-1);
		done += (int)n;
	}
	return (done);
}
