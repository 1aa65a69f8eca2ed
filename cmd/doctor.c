/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pamport doctor: which PAM this is, and whether it is what pamport thinks.
 */
#include <config.h>

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd/cmd.h"
#include "cmd/doctor.h"
#include "lib/session.h"

enum { OPTION_VERBOSE, OPTION_JSON, OPTION_DESCRIBE, OPTION_CONVERSE,
    OPTION_ETC, OPTION_CONFDIR };
static const struct option_row options[] = {
	{ 'v', "verbose", NULL, "Say everything, not the result alone" },
	{ 'j', "json", NULL, "Write JSON for programs" },
	{ '\0', "describe", NULL, "Draft a table of this PAM for platform/" },
	{ '\0', "converse", "SERVICE", "Authenticate there, to see messages" },
	{ '\0', "etc", "DIR", "Read pam.d and pam.conf of this directory" },
	{ 'd', "confdir", "DIR", "The directory of the services' files" },
	{ '\0', NULL, NULL, NULL }
};

/* Which libpam of Solaris reads pam.d is known to configure. */
#if defined(PAMPORT_READS_PAM_D)
static const bool solaris_reads_pam_d = true;
#else
static const bool solaris_reads_pam_d = false;
#endif

const char *const doctor_root_hints[] = {
	"files of services that only root may read",
	"rule 31, a close without an open",
	"whether the directory of session records is safe",
	NULL
};

int
doctor_count(const struct doctor *doctor, enum agreement agreement)
{
	int i, n = 0;

	for (i = 0; i < doctor->traits; i++)
		n += doctor->trait[i].agreement == agreement;
	return n;
}

int
doctor_proofs(const struct doctor *doctor, enum proof proof)
{
	int i, n = 0;

	for (i = 0; i < doctor->rules; i++)
		n += doctor->rule[i].proof == proof;
	return n;
}

const struct trait *
doctor_trait(const struct doctor *doctor, const char *name)
{
	static const struct trait none = { "", "?", "?", FROM_TABLE };
	int i;

	for (i = 0; i < doctor->traits; i++)
		if (strcmp(doctor->trait[i].name, name) == 0)
			return &doctor->trait[i];
	return &none;
}

/* Where the services are, and what that is. */
static const char *
find_place(const struct given *given, enum policy_place *kind)
{
	const char *etc = given->value[OPTION_ETC];
	const char *confdir = given->value[OPTION_CONFDIR];

	*kind = POLICY_ETC;
	if (confdir != NULL)
		*kind = POLICY_CONFDIR;
	else if (doctor_table()->id == PAMPORT_SOLARIS && !solaris_reads_pam_d)
		*kind = POLICY_PAM_CONF;
	if (confdir != NULL)
		return confdir;
	return etc != NULL ? etc : PAMPORT_PAM_ETC;
}

static void
complain_of_service(const char *service, const char *why)
{
	char text[128];

	(void)snprintf(text, sizeof(text), "%s", service);
	pamport__make_printable(text);
	(void)fprintf(stderr, "pamport doctor: \"%s\" is no service: %s "
	    "(rule 8 of pamport(7))\n", text, why);
}

/* false after a complaint. */
static bool
find_policy(struct doctor *doctor, const struct given *given)
{
	enum pamport_implementation which = doctor_table()->id;
	char name[POLICY_NAME_SIZE];
	enum policy_place kind;
	const char *place, *why;

	doctor->service = given->argument[0];
	doctor->has_policy = doctor->service != NULL;
	if (!doctor->has_policy)
		return true;
	why = policy_name(&policy_dialects[which], doctor->service, name);
	if (why != NULL) {
		complain_of_service(doctor->service, why);
		return false;
	}
	place = find_place(given, &kind);
	if (policy_read(&doctor->policy, which, place, kind, name))
		return true;
	(void)fprintf(stderr, "pamport doctor: no memory\n");
	return false;
}

/* NULL: it goes together. */
static const char *
contradiction(const struct given *given)
{
	if (given->count > 1)
		return "one service";
	if (given->is_set[OPTION_DESCRIBE] && given->is_set[OPTION_JSON])
		return "--describe or --json";
	if (given->value[OPTION_CONFDIR] != NULL &&
	    given->value[OPTION_ETC] != NULL)
		return "--etc or --confdir";
	return NULL;
}

/* false after a complaint; no service in it is for the table to say. */
static bool
check_places(const struct given *given)
{
	const char *etc = given->value[OPTION_ETC];
	char why[256];

	pamport__explain_confdir(given->value[OPTION_CONFDIR], NULL, why,
	    sizeof(why));
	if (etc != NULL)
		pamport__explain_directory(etc, why, sizeof(why));
	if (why[0] != '\0')
		(void)fprintf(stderr, "pamport doctor: %s\n", why);
	return why[0] == '\0';
}

static void
examine(struct doctor *doctor, const struct given *given)
{
	doctor->is_root = geteuid() == 0;
	doctor->is_verbose = given->is_set[OPTION_VERBOSE];
	native_find(&doctor->native);
	doctor->functions = native_functions(doctor->function);
	bench_open(&doctor->bench, doctor->service,
	    given->value[OPTION_CONFDIR]);
	doctor->traits = measure_traits(&doctor->bench,
	    given->value[OPTION_CONVERSE], doctor->trait);
	doctor->rules = prove_rules(&doctor->bench, doctor->rule);
	bench_close(&doctor->bench);
}

static int
run(const struct given *given)
{
	static struct doctor doctor;
	const char *wrong = contradiction(given);
	bool is_good;

	if (wrong != NULL)
		return usage_error(&pamport_doctor_command, "%s", wrong);
	if (!check_places(given))
		return EXIT_USAGE;
	/* What is measured is not to depend on who started this. */
	(void)signal(SIGCHLD, SIG_DFL);
	(void)unsetenv("PAMPORT_STRICT");
	(void)unsetenv("PAMPORT_TRACE");
	if (!find_policy(&doctor, given))
		return EXIT_USAGE;
	examine(&doctor, given);
	if (given->is_set[OPTION_DESCRIBE])
		doctor_describe(&doctor);
	else if (given->is_set[OPTION_JSON])
		doctor_json(&doctor);
	else
		doctor_print(&doctor);
	is_good = doctor_count(&doctor, DIFFERS) == 0 &&
	    doctor_proofs(&doctor, BROKEN) == 0;
	if (doctor.has_policy)
		policy_free(&doctor.policy);
	return is_good ? EXIT_GOOD : EXIT_DIFFERS;
}

static void
complete_service(const char *name)
{
	(void)puts(name);
}

static void
complete_services(const struct given *given)
{
	enum policy_place kind;
	const char *place = find_place(given, &kind);

	if (given->count == 0)
		policy_services(&policy_dialects[doctor_table()->id], place,
		    kind, complete_service);
}

const struct command pamport_doctor_command = {
	"doctor", "[SERVICE]",
	"Say which PAM this is, and whether it is what pamport expects",
	"Measures the traits of libpam here and now, in children that may crash, and\n"
	"compares them with pamport's table; proves the rules of pamport(7) that need\n"
	"no module; says what is configured for SERVICE. Never needs root.\n"
	"--confdir is what pam_start_confdir is given: what stands in /etc is then not\n"
	"looked at. --etc stands for /etc.\n"
	"--converse runs the modules of a service, with a user \"nobody\" who gives no\n"
	"answer. Exits with 0 if all agrees, 1 if something differs, 2 if it was used\n"
	"wrongly or could not do its work.\n",
	options, run, NULL, NULL, complete_services
};
