/* SPDX-License-Identifier: BSD-2-Clause */
/* The program calls pamport itself too, so it is linked with it. */
#include <security/pam_appl.h>

#ifdef __cplusplus
extern "C"
#endif
int use_main(int argc, char **argv);

int
main(int argc, char **argv)
{
	if (pamport_version() == NULL)
		return (1);
	return (use_main(argc, argv));
}
