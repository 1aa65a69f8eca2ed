/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Simulated OpenPAM: attributes.  OPENPAM_NONNULL exists for the sources that
 * use it; the prototypes here do without, or a compiler would drop both the
 * caller's checks and the simulation's.
 */
#ifndef SECURITY_OPENPAM_ATTR_H_INCLUDED
#define SECURITY_OPENPAM_ATTR_H_INCLUDED

#if defined(__GNUC__) && defined(__GNUC_MINOR__)
#define OPENPAM_GNUC_PREREQ(major, minor) \
	((__GNUC__ << 16) + __GNUC_MINOR__ >= ((major) << 16) + (minor))
#else
#define OPENPAM_GNUC_PREREQ(major, minor)	0
#endif

#if defined(__GNUC__)
#define OPENPAM_FORMAT(arguments)	__attribute__((__format__ arguments))
#define OPENPAM_NONNULL(arguments)	__attribute__((__nonnull__ arguments))
#define OPENPAM_UNUSED(variable)	variable __attribute__((__unused__))
#else
#define OPENPAM_FORMAT(arguments)
#define OPENPAM_NONNULL(arguments)
#define OPENPAM_UNUSED(variable)	variable
#endif

#endif
