/* SPDX-License-Identifier: BSD-2-Clause */
#include "method.h"

int
main()
{
	door front;

	return front.pam_end(front.pam_authenticate(0));
}
