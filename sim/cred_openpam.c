/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Acting as the user for a while, as modules of OpenPAM do.
 */
#include <sys/types.h>

#include <grp.h>
#include <pwd.h>
#include <stdlib.h>
#include <unistd.h>

#include "bsd.h"

#define DATA_NAME	"pamsim_saved_cred"
#define NGROUPS		256

struct saved {
	uid_t uid;
	gid_t gid;
	int ngroups;
	gid_t group[NGROUPS];
};

int
openpam_borrow_cred(pam_handle_t *pamh, const struct passwd *user)
{
	struct saved *saved;
	int result;

	if (geteuid() != 0 && geteuid() != user->pw_uid)
		return (PAM_PERM_DENIED);
	if ((saved = calloc(1, sizeof(*saved))) == NULL)
		return (PAM_BUF_ERR);
	saved->uid = geteuid();
	saved->gid = getegid();
	if ((saved->ngroups = getgroups(NGROUPS, saved->group)) < 0) {
		free(saved);
		return (PAM_SYSTEM_ERR);
	}
	result = pam_set_data(pamh, DATA_NAME, saved, openpam_free_data);
	if (result != PAM_SUCCESS) {
		free(saved);
		return (result);
	}
	if (geteuid() == user->pw_uid)
		return (PAM_SUCCESS);
	if (initgroups(user->pw_name, user->pw_gid) != 0 ||
	    setegid(user->pw_gid) != 0 || seteuid(user->pw_uid) != 0) {
		openpam_restore_cred(pamh);
		return (PAM_SYSTEM_ERR);
	}
	return (PAM_SUCCESS);
}

int
openpam_restore_cred(pam_handle_t *pamh)
{
	const struct saved *saved;
	const void *data;
	int result;

	result = pam_get_data(pamh, DATA_NAME, &data);
	if (result != PAM_SUCCESS)
		return (result);
	if ((saved = data) == NULL)
		return (PAM_SYSTEM_ERR);
	if (saved->uid != geteuid() &&
	    (seteuid(saved->uid) != 0 ||
	    setgroups((size_t)saved->ngroups, saved->group) != 0 ||
	    setegid(saved->gid) != 0))
		return (PAM_SYSTEM_ERR);
	return (pam_set_data(pamh, DATA_NAME, NULL, NULL));
}
