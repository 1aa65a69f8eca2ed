/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A function that the linker sends to the tests: --wrap=malloc makes malloc
 * __wrap_malloc, and __real_malloc the one that was meant.
 */
#ifndef PAMPORT_TESTS_WRAPPED_H
#define PAMPORT_TESTS_WRAPPED_H

#define WRAPPED(type, name, parameters) \
	type __real_##name parameters; \
	type __wrap_##name parameters

/* What has a second name where an off_t of 64 bits is a choice. */
#ifdef PAMPORT_LARGE_NAMES
#define WRAPPED_LARGE(type, name, parameters) \
	type __real_##name parameters __asm__("__real_" #name "64"); \
	type __wrap_##name parameters __asm__("__wrap_" #name "64")
#else
#define WRAPPED_LARGE WRAPPED
#endif

#endif /* PAMPORT_TESTS_WRAPPED_H */
