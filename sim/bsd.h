/* SPDX-License-Identifier: BSD-2-Clause */

/* Between the files of the OpenPAM family. */
#ifndef SIM_BSD_H
#define SIM_BSD_H

#include <security/openpam.h>

#include "sim.h"

/* Numbered as in the header of OpenPAM; Apple's has no names for them. */
enum {
	FEATURE_SERVICE_NAME, FEATURE_POLICY_FILE, FEATURE_MODULE_NAME,
	FEATURE_MODULE_FILE, FEATURE_OTHER, NFEATURES
};

/* Set by the table, changed by openpam_set_feature(). */
extern int sim_bsd_feature[NFEATURES];

/* What Apple's header has no name for: an item, a result. */
extern const int sim_bsd_host_item;
extern const int sim_bsd_bad_token;
int sim_bsd_set_host(pam_handle_t *);
char *sim_bsd_expand(const pam_handle_t *, const char *);

/* 1 and a line of words, 0 at the end, -1 for a quote without an end. */
struct sim_words {
	int n;
	char **word;
};
int sim_bsd_line(struct sim_text *, struct sim_words *);
void sim_bsd_free_words(struct sim_words *);

#endif
