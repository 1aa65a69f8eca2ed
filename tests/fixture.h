/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A service of the PAM at hand, configured for one test.
 *
 * Where the configuration goes is found in this order: what configure was
 * given as --with-pam-conf, a pam.conf with four columns or a directory of
 * services; a private directory, if the library has pam_start_confdir; the
 * system's directory, under a unique name, if the test runs as root.
 */
#ifndef PAMPORT_TESTS_FIXTURE_H
#define PAMPORT_TESTS_FIXTURE_H

#include <pamport/pamport.h>

struct fixture {
	char service[64];
	char path[1024];	/* the file that was written */
	char *confdir;		/* for pamport_start_confdir; NULL: system's */
	char *previous;		/* what was in path before; NULL: no file */
};

/*
 * lines is what a file in pam.d would hold: "auth required /path/module.so".
 * Facilities that it does not name fail, as if they had no module.  Skips
 * the test case, with the reason, where nothing can be written.
 */
void fixture_service(struct fixture *fixture, const char *lines);
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

#endif /* PAMPORT_TESTS_FIXTURE_H */
