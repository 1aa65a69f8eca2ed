/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A class whose methods are called as PAM functions are; one of the two files
 * that use it knows PAM, the other does not.
 */
#ifndef METHOD_H
#define METHOD_H

class door {
public:
	int pam_authenticate(int flags);
	int pam_end(int status);
};

#endif
