/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Included before everything else where coverage is measured (tests/coverage.sh):
 * a process that ends by _exit, as children do in tests and in the library,
 * writes what it has counted as well.  Faults and failing allocations are meant
 * for the library alone, so they end before.
 *
 * No header may be included here: config.h has to come first.
 */
#ifndef PAMPORT_TESTS_COVERAGE_H
#define PAMPORT_TESTS_COVERAGE_H

void __gcov_dump(void);
void _Exit(int status) __attribute__((__noreturn__));
void faults_disarm(void) __attribute__((__weak__));
_Bool counted_disarm(void) __attribute__((__weak__));

__attribute__((__noreturn__, __unused__)) static void
coverage_exit(int status)
{
	if (faults_disarm)
		faults_disarm();
	if (counted_disarm)
		(void)counted_disarm();
	__gcov_dump();
	_Exit(status);
}

/* Declared by <unistd.h> under this name, too. */
#define _exit coverage_exit

#endif /* PAMPORT_TESTS_COVERAGE_H */
