/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * openpam_set_feature(3) and openpam_get_feature(3), which OpenPAM has since
 * 2012, Apple not.
 */
#include <config.h>

#include "compat/compat.h"
#include <pamport/openpam.h>

#ifdef HAVE_OPENPAM_SET_FEATURE

#include <security/openpam.h>

/* Older versions have no PAM_BAD_FEATURE, newer ones may check less. */
int
pamport_openpam_set_feature(int feature, int on)
{
	if (feature < 0 || feature >= OPENPAM_NUM_FEATURES)
		return PAM_BAD_FEATURE;
	return openpam_set_feature(feature, on);
}

int
pamport_openpam_get_feature(int feature, int *on)
{
	if (on == NULL)
		return PAM_SYSTEM_ERR;
	if (feature < 0 || feature >= OPENPAM_NUM_FEATURES)
		return PAM_BAD_FEATURE;
	return openpam_get_feature(feature, on);
}

#else

/* A check that cannot be turned off is no reason to pretend. */
int
pamport_openpam_set_feature(int feature, int on)
{
	(void)feature;
	(void)on;
	return PAM_BAD_FEATURE;
}

int
pamport_openpam_get_feature(int feature, int *on)
{
	(void)feature;
	return on == NULL ? PAM_SYSTEM_ERR : PAM_BAD_FEATURE;
}

#endif
