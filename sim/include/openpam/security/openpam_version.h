/* SPDX-License-Identifier: BSD-2-Clause */

/* Simulated OpenPAM: which one this is. */
#ifndef SECURITY_OPENPAM_VERSION_H_INCLUDED
#define SECURITY_OPENPAM_VERSION_H_INCLUDED

#define OPENPAM
#define OPENPAM_VERSION			20190224
#define OPENPAM_RELEASE			"Tabebuia"

#endif
