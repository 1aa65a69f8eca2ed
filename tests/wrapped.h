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

/* What may be another name to the linker: see PAMPORT_LINKED_NAME in m4/. */
#define WRAPPED_LARGE(type, name, parameters) \
	type __real_##name parameters __asm__("__real_" PAMPORT_LINKED_##name); \
	type __wrap_##name parameters __asm__("__wrap_" PAMPORT_LINKED_##name)

#endif /* PAMPORT_TESTS_WRAPPED_H */
