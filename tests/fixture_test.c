/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The fixture itself.  It is read here as a whole, for the way that this
 * machine's libpam does not take.
 */
#include "fixture.c"

FIXTURE_TC(service__is_found, "")
{
	struct pam_conv nobody = { NULL, NULL };
	pam_handle_t *pamh;
	struct fixture fixture;

	fixture_service(&fixture, fixture_text("auth required %s log=%s\n",
	    fixture_find_module("recorder_module"), fixture_file("calls")));
	ATF_REQUIRE_EQ(PAM_SUCCESS,
	    fixture_start(&fixture, "somebody", &nobody, &pamh));
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_authenticate(pamh, 0));
	ATF_REQUIRE_EQ(PAM_SUCCESS, pamport_end(pamh, PAM_SUCCESS));
	ATF_REQUIRE(atf_utils_grep_file("^authenticate .* user=somebody ",
	    "calls"));
	fixture_remove(&fixture);
}

FIXTURE_TC(four_columns__only_own_lines_are_taken_away, "")
{
	const struct fixture fixture = { PREFIX "-1", "pam.conf", true, NULL };

	atf_utils_create_file("pam.conf", "%s", "other auth required a.so\n");
	remember(&fixture);
	append_lines(fixture.path, PREFIX "-1",
	    "auth required b.so\n\nsession required c.so\n");
	append_lines(fixture.path, PREFIX "-12", "auth required d.so\n");
	ATF_CHECK(atf_utils_compare_file("pam.conf",
	    "other auth required a.so\n"
	    PREFIX "-1 auth required b.so\n"
	    PREFIX "-1 session required c.so\n"
	    PREFIX "-12 auth required d.so\n"));
	fixture_clean();
	ATF_CHECK(atf_utils_compare_file("pam.conf",
	    "other auth required a.so\n"
	    PREFIX "-12 auth required d.so\n"));
}

FIXTURE_TC(directory__only_own_files_are_taken_away, "")
{
	const struct fixture fixture = { PREFIX "-1", "etc", false, NULL };
	const struct fixture other = { "other", "etc", false, NULL };

	ATF_REQUIRE(mkdir("etc", 0755) == 0);
	remember(&fixture);
	remember(&other);
	write_service("etc", PREFIX "-1", "auth required b.so\n");
	write_service("etc", "other", "auth required a.so\n");
	fixture_clean();
	ATF_CHECK(access("etc/" PREFIX "-1", F_OK) == -1);
	ATF_CHECK(access("etc/other", F_OK) == 0);
}

ATF_TP_ADD_TCS(tp)
{
	ATF_TP_ADD_TC(tp, service__is_found);
	ATF_TP_ADD_TC(tp, four_columns__only_own_lines_are_taken_away);
	ATF_TP_ADD_TC(tp, directory__only_own_files_are_taken_away);
	return atf_no_error();
}
