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
 * The names of services are unique, and FIXTURE_TC takes away what was placed.
 * A case for which there is no way, or no module, is skipped with the reason.
 */
#ifndef TESTS_FIXTURE_H
#define TESTS_FIXTURE_H

#include <sys/types.h>
#include <atf-c.h>
#include <stdbool.h>

#include <pamport/pamport.h>

#ifdef __GNUC__
#define FIXTURE__PRINTF __attribute__((__format__(__printf__, 1, 2)))
#else
#define FIXTURE__PRINTF
#endif

/*
 * Places lines such as "auth required /path/module.so argument\n", given as a
 * format with its arguments, and returns the name of the service.
 */
const char *fixture_service(const char *format, ...) FIXTURE__PRINTF;

/* pamport_start or pamport_start_confdir, whichever finds the service. */
int fixture_start(const char *service, const char *user,
    const struct pam_conv *conv, pam_handle_t **pamh);

/* The directory for pamport_start_confdir; NULL where none is needed. */
const char *fixture_confdir(void);

/*
 * The full name of a module of tests/modules ("recorder"), or of the system
 * ("pam_env").  Modules of the system fit only the libpam of the system.
 */
const char *fixture_module(const char *name);
bool fixture_has_system_modules(void);

/* A format's text, which lives until the program ends. */
const char *fixture_text(const char *format, ...) FIXTURE__PRINTF;

/* Full name of a file in the case's own directory. */
const char *fixture_file(const char *name);

/* Takes away what this case placed outside its own directory. */
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

#endif /* TESTS_FIXTURE_H */
