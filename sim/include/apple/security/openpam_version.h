/* SPDX-License-Identifier: BSD-2-Clause */

/* Simulated Apple fork of OpenPAM: which one this is. */
#ifndef SECURITY_OPENPAM_VERSION_H_INCLUDED
#define SECURITY_OPENPAM_VERSION_H_INCLUDED

#define OPENPAM
#define OPENPAM_VERSION			20071221
#define OPENPAM_RELEASE			"Hydrangea"

#endif
