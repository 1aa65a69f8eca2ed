/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A table that is wrong in a number and in a trait, in the place of
 * cmd/doctor_table.c.
 */
#include <config.h>

#include "cmd/doctor.h"

const struct pamport__platform *
doctor_table(void)
{
	static struct pamport__platform wrong;

	wrong = *PAMPORT__PLATFORM;
	wrong.putenv_deletes = !wrong.putenv_deletes;
	wrong.code[PAMPORT__CODE_AUTH_ERR].number = 63;
	return &wrong;
}
