/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the examples have in common besides PAM: the user's entry, and becoming
 * that user.
 */
#ifndef EXAMPLES_ACCOUNT_H
#define EXAMPLES_ACCOUNT_H

#include <sys/types.h>
#include <stdbool.h>

#include <pamport/session.h>

struct account {
	char *name;
	char *home;
	char *shell;
	uid_t uid;
	gid_t gid;
};

/*
 * Copies the entry of user; shell, if it is not NULL, in the place of the
 * entry's.  Returns PAM_USER_UNKNOWN, PAM_BUF_ERR, PAM_SUCCESS.
 */
int account_read(struct account *account, const char *user,
    const char *shell);
void account_free(struct account *account);

/*
 * In the child, with the groups of the account set: lets go of the session,
 * drops all privileges for good and runs the program that argv names, found in
 * the account's PATH, or, where argv is NULL, the account's shell as a login shell.
 * The environment is what the modules gave it, HOME and the like, and TERM; of
 * the descriptors 0 to 2 stay open.
 * Returns, in the bad case alone, the status to end with.
 */
int account_run(pamport_session *session, const struct account *account,
    char *const argv[]);

/* The same with a command for the account's shell; NULL is the login shell. */
int account_run_command(pamport_session *session,
    const struct account *account, const char *command);

/*
 * What a process that ran it ends with, from what waitpid(2) or
 * pamport_session_wait said of it.
 */
int account_exit_status(int status);

/* One line on standard error that begins with the name of the program. */
extern const char *const program_name;
void complain(const char *format, ...);

#endif /* EXAMPLES_ACCOUNT_H */
