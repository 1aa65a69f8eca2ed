/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the configuration of Solaris grants (rule 23), read on whatever system
 * this runs: the directory is "etc" in that of the case.
 */
#include <config.h>

#include <stdbool.h>

#define CONFIGURATION "etc"
/* Whether the library that is imitated knows pam.d. */
static bool knows_pam_d = true;
#define READS_PAM_D knows_pam_d
/* Beside the one that is in the library here. */
#define pamport__configured configured
#include "platform/configured_solaris.c"

#include <atf-c.h>
#include <unistd.h>

/* Our own files, as root or not. */
static void
write_file(const char *name, const char *contents)
{
	char path[64];
	FILE *file;

	mkdir("etc", 0755);
	mkdir("etc/pam.d", 0755);
	snprintf(path, sizeof(path), "etc/%s", name);
	file = fopen(path, "w");
	ATF_REQUIRE(file != NULL);
	fputs(contents, file);
	ATF_REQUIRE_EQ(0, fclose(file));
	ATF_REQUIRE_EQ(0, chmod(path, 0644));
}

static void
check(const char *pam_conf, enum pamport__configured expected)
{
	write_file("pam.conf", pam_conf);
	ATF_CHECK_EQ_MSG(expected, configured("svc", "auth"), "%s", pam_conf);
}

/* The reader wants files of root, as Solaris does. */
#define ROOT_TC(name) \
	ATF_TC(name); \
	ATF_TC_HEAD(name, tc) \
	{ \
		atf_tc_set_md_var(tc, "require.user", "root"); \
	} \
	ATF_TC_BODY(name, tc)

ROOT_TC(rule_23__a_line_decides)
{
	check("svc auth required pam_x.so\n", PAMPORT__CONFIGURED);
	check("SVC AUTH REQUIRED pam_x.so\n", PAMPORT__CONFIGURED);
	check("svc\tauth   optional\tpam_x.so debug", PAMPORT__CONFIGURED);
	check("other auth required pam_x.so\n", PAMPORT__CONFIGURED);
	check("# comment\n\nsvc auth sufficient pam_x.so\n",
	    PAMPORT__CONFIGURED);
}

/* a11, a12, k17, k36 */
ROOT_TC(rule_23__no_line_grants)
{
	check("svc session required pam_x.so\n", PAMPORT__NOT_CONFIGURED);
	check("svc account required pam_x.so\n", PAMPORT__NOT_CONFIGURED);
	check("svcx auth required pam_x.so\n", PAMPORT__NOT_CONFIGURED);
	check("other account required pam_x.so\n", PAMPORT__NOT_CONFIGURED);
	check("# svc auth required pam_x.so\n", PAMPORT__NOT_CONFIGURED);
	check("\n", PAMPORT__NOT_CONFIGURED);
}

/* What the library refuses itself needs no help. */
ROOT_TC(rule_23__errors_are_the_librarys)
{
	check("svc auth\n", PAMPORT__CONFIGURED);
	check("svc auth required\n", PAMPORT__CONFIGURED);
	check("svc auht required pam_x.so\n", PAMPORT__CONFIGURED);
	check("    \nother account required pam_x.so\n",
	    PAMPORT__CONFIGURED);
	check("zzz bogus\nsvc session required pam_x.so\n",
	    PAMPORT__NOT_CONFIGURED);
}

/* svc includes etc/inc; expected is what becomes of it. */
static void
check_include(const char *more, const char *included,
    enum pamport__configured expected)
{
	char line[8192], directory[2048];

	ATF_REQUIRE(getcwd(directory, sizeof(directory)) != NULL);
	write_file("inc", included);
	snprintf(line, sizeof(line), "%ssvc auth include %s/etc/inc\n", more,
	    directory);
	check(line, expected);
	snprintf(line, sizeof(line), "svc auth include %s/etc/inc\n%s",
	    directory, more);
	check(line, expected);
}

/* E1 */
ROOT_TC(rule_23__an_include_without_a_line_grants)
{
	static const char required[] = "svc auth required pam_x.so\n";

	check_include(required, "session required pam_x.so\n",
	    PAMPORT__NOT_CONFIGURED);
	check_include("", "session required pam_x.so\n",
	    PAMPORT__NOT_CONFIGURED);
	check_include(required, "auth required pam_x.so\n",
	    PAMPORT__CONFIGURED);
	knows_pam_d = false;
	check_include(required, "svc session required pam_x.so\n",
	    PAMPORT__NOT_CONFIGURED);
	check_include(required, required, PAMPORT__CONFIGURED);
	/* Three columns are a line of a service "auth" there. */
	check_include(required, "auth required pam_x.so\n",
	    PAMPORT__NOT_CONFIGURED);
}

/* In pam.conf the first word is a service, whatever it is called. */
ROOT_TC(rule_23__pam_conf_has_four_columns)
{
	check("auth required pam_x.so\n", PAMPORT__NOT_CONFIGURED);
	check("auth auth required pam_x.so\n", PAMPORT__NOT_CONFIGURED);
}

/* Natively these read beyond an array, with success as the last result. */
ROOT_TC(rule_23__includes_without_end_are_refused)
{
	char line[8192], directory[2048];

	knows_pam_d = false;
	ATF_REQUIRE(getcwd(directory, sizeof(directory)) != NULL);
	snprintf(line, sizeof(line), "svc auth include %s/etc/inc\n"
	    "svc auth include %s/etc/inc\n", directory, directory);
	check_include("", line, PAMPORT__NOT_CONFIGURED);
	knows_pam_d = true;
	check("svc auth include /nonexistent\nsvc auth include /nonexistent\n",
	    PAMPORT__NOT_CONFIGURED);
}

ROOT_TC(rule_23__older_ones_do_not_know_pam_d)
{
	knows_pam_d = false;
	write_file("pam.d/svc", "auth required pam_x.so\n");
	write_file("pam.d/other", "auth required pam_x.so\n");
	check("svc session required pam_x.so\n", PAMPORT__NOT_CONFIGURED);
	check("svc auth required pam_x.so\n", PAMPORT__CONFIGURED);
}

ROOT_TC(rule_23__a_file_of_the_service_comes_first)
{
	write_file("pam.conf", "svc auth required pam_x.so\n");
	write_file("pam.d/svc", "session required pam_x.so\n");
	ATF_CHECK_EQ(PAMPORT__CONFIGURED, configured("svc", "session"));
	ATF_CHECK_EQ(PAMPORT__NOT_CONFIGURED, configured("none", "session"));
	/* No pam.d/other: then it is pam.conf's turn, for this service. */
	ATF_CHECK_EQ(PAMPORT__CONFIGURED, configured("svc", "auth"));
	write_file("pam.d/other", "session required pam_x.so\n");
	ATF_CHECK_EQ(PAMPORT__NOT_CONFIGURED, configured("svc", "auth"));
	write_file("pam.d/other", "auth required pam_x.so\n");
	ATF_CHECK_EQ(PAMPORT__CONFIGURED, configured("svc", "auth"));
	write_file("pam.d/svc", "auth include more\n");
	write_file("pam.d/more", "account required pam_x.so\n");
	ATF_CHECK_EQ(PAMPORT__NOT_CONFIGURED, configured("svc", "auth"));
	write_file("pam.d/more", "auth required pam_x.so\n");
	ATF_CHECK_EQ(PAMPORT__CONFIGURED, configured("svc", "auth"));
	/* One that others can write is passed over, as natively. */
	ATF_REQUIRE_EQ(0, chmod("etc/pam.d/svc", 0666));
	write_file("pam.conf", "svc session required pam_x.so\n");
	write_file("pam.d/other", "session required pam_x.so\n");
	ATF_CHECK_EQ(PAMPORT__NOT_CONFIGURED, configured("svc", "auth"));
}

ATF_TC_WITHOUT_HEAD(rule_23__what_cannot_be_read);
ATF_TC_BODY(rule_23__what_cannot_be_read, tc)
{
	char name[5000];

	memset(name, 'x', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	ATF_CHECK_EQ(PAMPORT__CONFIGURATION_UNREADABLE,
	    configured("svc", "auth"));
	ATF_CHECK_EQ(PAMPORT__CONFIGURATION_UNREADABLE,
	    configured(NULL, "auth"));
	ATF_CHECK_EQ(PAMPORT__CONFIGURATION_UNREADABLE,
	    configured(name, "auth"));
}

ATF_TP_ADD_TCS(tp)
{
	ATF_TP_ADD_TC(tp, rule_23__a_line_decides);
	ATF_TP_ADD_TC(tp, rule_23__no_line_grants);
	ATF_TP_ADD_TC(tp, rule_23__errors_are_the_librarys);
	ATF_TP_ADD_TC(tp, rule_23__an_include_without_a_line_grants);
	ATF_TP_ADD_TC(tp, rule_23__pam_conf_has_four_columns);
	ATF_TP_ADD_TC(tp, rule_23__includes_without_end_are_refused);
	ATF_TP_ADD_TC(tp, rule_23__older_ones_do_not_know_pam_d);
	ATF_TP_ADD_TC(tp, rule_23__a_file_of_the_service_comes_first);
	ATF_TP_ADD_TC(tp, rule_23__what_cannot_be_read);
	return atf_no_error();
}
