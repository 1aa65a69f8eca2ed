/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Places the configuration of a service where the PAM that is tested reads it.
 *
 * There are three ways, of which the first that works here is taken:
 *
 *	--with-pam-conf		the pam.conf with four columns, or the directory
 *				of services, that configure was told
 *	a private directory	for pam_start_confdir, where the library has it
 *	the system's		/etc/pam.d, else /etc/pam.conf, for root only
 *
 * The names of services are unique, and only their own lines and files are
 * taken away again.
 * A case for which there is no way, or no module, is skipped with the reason.
 */
#ifndef PAMPORT_TESTS_FIXTURE_H
#define PAMPORT_TESTS_FIXTURE_H

#include <sys/types.h>
#include <atf-c.h>
#include <pwd.h>
#include <stdbool.h>

#include <pamport/pamport.h>

#ifdef __GNUC__
#define FIXTURE__PRINTF __attribute__((__format__(__printf__, 1, 2)))
#else
#define FIXTURE__PRINTF
#endif

struct fixture {
	char service[64];
	char path[1024];	/* the directory, or the pam.conf */
	bool is_file;		/* four columns in path */
	char *confdir;		/* for pamport_start_confdir; NULL: not needed */
};

/*
 * lines is what a file in pam.d would hold: "auth required /path/module.so\n".
 * Facilities that it does not name fail, as if they had no module.
 */
void fixture_service(struct fixture *fixture, const char *lines);
/* The same where pamport_start finds it: never in a private directory. */
void fixture_system_service(struct fixture *fixture, const char *lines);
void fixture_remove(struct fixture *fixture);

/* pamport_start, or pamport_start_confdir if the service is there. */
int fixture_start(const struct fixture *fixture, const char *user,
    const struct pam_conv *conv, pam_handle_t **pamh);

/*
 * A module whose functions call a function of the test, as a line for
 * each facility.  what is "auth", "cred", "acct", "open", "close" or "chau".
 */
typedef int fixture_module(pam_handle_t *pamh, const char *what, int flags);
void fixture_callback(struct fixture *fixture, fixture_module *function);
const char *fixture_callback_lines(fixture_module *function);

/*
 * The full name of a module of ours ("recorder_module") or of the system
 * ("pam_env").  Modules of the system fit only the libpam of the system.
 */
const char *fixture_find_module(const char *name);
bool fixture_has_system_modules(void);

/* An account of the system without privileges whose home exists. */
const struct passwd *fixture_some_user(void);

/* A format's text, which lives until the program ends. */
const char *fixture_text(const char *format, ...) FIXTURE__PRINTF;

/* Full name of a file in the case's own directory. */
const char *fixture_file(const char *name);

/*
 * Takes away what a case placed and did not remove, because it failed or was
 * killed.  To be called in the cleanup of the case.
 */
void fixture_clean(void);

/* FIXTURE_TC(name, user) { body }; user is "root" or "" for anybody. */
#define FIXTURE_TC(name, user) \
	ATF_TC_WITH_CLEANUP(name); \
	ATF_TC_HEAD(name, tc) \
	{ \
		if ((user)[0] != '\0') \
			atf_tc_set_md_var(tc, "require.user", "%s", user); \
	} \
	ATF_TC_CLEANUP(name, tc) \
	{ \
		(void)tc; \
		fixture_clean(); \
	} \
	ATF_TC_BODY(name, tc)

#endif /* PAMPORT_TESTS_FIXTURE_H */
