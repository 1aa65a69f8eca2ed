/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Our versions of libc functions, under our names, also where libc has them.
 */
#include <config.h>

#include <sys/types.h>
#include <atf-c.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "compat/compat.h"

ATF_TC_WITHOUT_HEAD(explicit_bzero__clears_what_it_is_told);
ATF_TC_BODY(explicit_bzero__clears_what_it_is_told, tc)
{
	char bytes[6];

	memset(bytes, 'x', sizeof(bytes));
	pamport__explicit_bzero(bytes + 1, 4);
	ATF_CHECK_EQ(0, memcmp(bytes, "x\0\0\0\0x", 6));
	pamport__explicit_bzero(bytes, 0);
	ATF_CHECK_EQ('x', bytes[0]);
}

ATF_TC_WITHOUT_HEAD(secure_getenv__is_getenv);
ATF_TC_BODY(secure_getenv__is_getenv, tc)
{
	ATF_REQUIRE_EQ(0, setenv("PAMPORT_TEST", "value", 1));
	ATF_REQUIRE(pamport__secure_getenv("PAMPORT_TEST") != NULL);
	ATF_CHECK_STREQ("value", pamport__secure_getenv("PAMPORT_TEST"));
	ATF_REQUIRE_EQ(0, unsetenv("PAMPORT_TEST"));
	ATF_CHECK(pamport__secure_getenv("PAMPORT_TEST") == NULL);
}

/* issetugid knows how the program was started, and needs no such test. */
#ifndef HAVE_ISSETUGID
ATF_TC(secure_getenv__is_blind_when_ids_differ);
ATF_TC_HEAD(secure_getenv__is_blind_when_ids_differ, tc)
{
	atf_tc_set_md_var(tc, "require.user", "root");
}
ATF_TC_BODY(secure_getenv__is_blind_when_ids_differ, tc)
{
	ATF_REQUIRE_EQ(0, setenv("PAMPORT_TEST", "value", 1));
	ATF_REQUIRE_EQ(0, seteuid(65534));
	ATF_CHECK(pamport__secure_getenv("PAMPORT_TEST") == NULL);
	ATF_REQUIRE_EQ(0, seteuid(0));
	ATF_REQUIRE_EQ(0, setegid(65534));
	ATF_CHECK(pamport__secure_getenv("PAMPORT_TEST") == NULL);
}
#endif

ATF_TC_WITHOUT_HEAD(pipe2__sets_the_flags);
ATF_TC_BODY(pipe2__sets_the_flags, tc)
{
	int ends[2], i;
	char byte;

	ATF_REQUIRE_EQ(0, pamport__pipe2(ends, O_CLOEXEC | O_NONBLOCK));
	for (i = 0; i < 2; i++) {
		ATF_CHECK(fcntl(ends[i], F_GETFD) & FD_CLOEXEC);
		ATF_CHECK(fcntl(ends[i], F_GETFL) & O_NONBLOCK);
	}
	ATF_CHECK_EQ(-1, read(ends[0], &byte, 1));
	ATF_CHECK_EQ(EAGAIN, errno);
	ATF_CHECK_EQ(1, write(ends[1], "x", 1));
	ATF_CHECK_EQ(1, read(ends[0], &byte, 1));
	ATF_CHECK_EQ('x', byte);
}

ATF_TC_WITHOUT_HEAD(pipe2__without_flags_is_pipe);
ATF_TC_BODY(pipe2__without_flags_is_pipe, tc)
{
	int ends[2];

	ATF_REQUIRE_EQ(0, pamport__pipe2(ends, 0));
	ATF_CHECK_EQ(0, fcntl(ends[0], F_GETFD));
	ATF_CHECK_EQ(0, fcntl(ends[0], F_GETFL) & O_NONBLOCK);
}

ATF_TC_WITHOUT_HEAD(pipe2__refuses_other_flags);
ATF_TC_BODY(pipe2__refuses_other_flags, tc)
{
	int ends[2];

	ATF_CHECK_EQ(-1, pamport__pipe2(ends, O_APPEND));
	ATF_CHECK_EQ(EINVAL, errno);
}

ATF_TP_ADD_TCS(tp)
{
	ATF_TP_ADD_TC(tp, explicit_bzero__clears_what_it_is_told);
	ATF_TP_ADD_TC(tp, secure_getenv__is_getenv);
#ifndef HAVE_ISSETUGID
	ATF_TP_ADD_TC(tp, secure_getenv__is_blind_when_ids_differ);
#endif
	ATF_TP_ADD_TC(tp, pipe2__sets_the_flags);
	ATF_TP_ADD_TC(tp, pipe2__without_flags_is_pipe);
	ATF_TP_ADD_TC(tp, pipe2__refuses_other_flags);
	return atf_no_error();
}
