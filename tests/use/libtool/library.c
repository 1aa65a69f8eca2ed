/* SPDX-License-Identifier: BSD-2-Clause */
/* The program as a function of a library. */
#define main use_main
int use_main(int argc, char **argv);
#include "program.c"
