/* SPDX-License-Identifier: BSD-2-Clause */
#include <config.h>

#include "cmd/doctor.h"

const struct pamport__platform *
doctor_table(void)
{
	return PAMPORT__PLATFORM;
}
