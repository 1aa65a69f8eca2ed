/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the native configuration grants (contract rule 23).  One file for each
 * way a libpam reads it implements this, chosen by configure.
 */
#ifndef PAMPORT_PLATFORM_CONFIGURED_H
#define PAMPORT_PLATFORM_CONFIGURED_H

enum pamport__configured {
	PAMPORT__CONFIGURED,		/* or the native library refuses itself */
	PAMPORT__NOT_CONFIGURED,	/* granted, with no module to decide */
	PAMPORT__CONFIGURATION_UNREADABLE,
	PAMPORT__CONFIGURATION_FAILED	/* no memory, no descriptor: nobody knows */
};

/* facility is "auth" or "account"; a NULL service is unreadable. */
enum pamport__configured pamport__configured(const char *service,
    const char *facility);

#endif /* PAMPORT_PLATFORM_CONFIGURED_H */
