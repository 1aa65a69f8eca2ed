/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What doctor found, for people: one screen, or with -v everything.
 */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "cmd/doctor.h"
#include "cmd/table.h"

static void
heading(const char *text)
{
	(void)printf("\n%s%s%s\n", shade_begin(stdout, HEADING), text,
	    shade_end(stdout, HEADING));
}

/* --- Which PAM -------------------------------------------------------------- */

static void
summarize_native(const struct doctor *doctor, struct table *table)
{
	const struct native *native = &doctor->native;
	bool is_real = strcmp(native->library, native->real) == 0;
	char line[2400], package[NATIVE_TEXT], header[NATIVE_TEXT];

	(void)snprintf(line, sizeof(line), "%s (%s), %s",
	    native_package(native, package), native->name,
	    native_header(native, header));
	table_add(table, PLAIN, "PAM", line, NULL);
	(void)snprintf(line, sizeof(line), "%s: %s, %s", native->header,
	    native->has_enumerators ? "enumerators" : "macros",
	    native->has_const ? "const" : "no const");
	table_add(table, PLAIN, "header", line, NULL);
	(void)snprintf(line, sizeof(line), "%s%s%s%s", native->library,
	    is_real ? "" : " (", is_real ? "" : native->real,
	    is_real ? "" : ")");
	table_add(table, PLAIN, "library", line, NULL);
}

/* --- Traits ------------------------------------------------------------------ */

static void
print_traits(const struct doctor *doctor)
{
	static const char *const words[] = {
		[AGREES] = "agrees", [DIFFERS] = "DIFFERS",
		[FROM_TABLE] = "from the table"
	};
	static const enum shade shades[] = {
		[AGREES] = PLAIN, [DIFFERS] = BAD, [FROM_TABLE] = DOUBTFUL
	};
	const struct trait *trait;
	struct table table;
	int i;

	heading("Traits: the table, and what was measured here and now");
	table_init(&table);
	for (i = 0; i < doctor->traits; i++) {
		trait = &doctor->trait[i];
		if (doctor->is_verbose || trait->agreement == DIFFERS)
			table_add(&table, shades[trait->agreement], trait->name,
			    words[trait->agreement], trait->table,
			    trait->measured, NULL);
	}
	table_print(&table, stdout, 2);
}

static void
summarize_traits(const struct doctor *doctor, struct table *table)
{
	const struct trait *layout = doctor_trait(doctor, "conv_layout");
	char line[600];

	(void)snprintf(line, sizeof(line),
	    "%d measured, %d from the table, %d %s",
	    doctor->traits - doctor_count(doctor, FROM_TABLE),
	    doctor_count(doctor, FROM_TABLE), doctor_count(doctor, DIFFERS),
	    doctor_count(doctor, DIFFERS) == 1 ? "differs" : "differ");
	table_add(table, doctor_count(doctor, DIFFERS) > 0 ? BAD : GOOD,
	    "traits", line, NULL);
	(void)snprintf(line, sizeof(line), "%s (%s)", layout->table,
	    layout->agreement == FROM_TABLE ? "from the table" :
	    layout->measured);
	table_add(table, PLAIN, "messages", line, NULL);
}

/* --- Functions ----------------------------------------------------------------- */

static void
list_functions(const struct doctor *doctor, int built, char *line, size_t size)
{
	size_t used = 0;
	int i;

	(void)snprintf(line, size, "none");
	for (i = 0; i < doctor->functions && used < size; i++)
		if (doctor->function[i].built == built)
			used += (size_t)snprintf(line + used, size - used,
			    "%s%s", used > 0 ? " " : "",
			    doctor->function[i].name);
}

static void
summarize_functions(const struct doctor *doctor, struct table *table)
{
	char line[1024];

	list_functions(doctor, 1, line, sizeof(line));
	table_add(table, PLAIN, "native", line, NULL);
	if (!doctor->is_verbose) {
		table_add(table, PLAIN, "pamport's",
		    "the others that only some systems have: -v", NULL);
		return;
	}
	list_functions(doctor, 0, line, sizeof(line));
	table_add(table, PLAIN, "pamport's", line, NULL);
}

/* A newer library than the one that pamport was built against. */
static void
print_newer_functions(const struct doctor *doctor)
{
	int i;

	for (i = 0; i < doctor->functions; i++)
		if (i < 5 && doctor->function[i].built == 0 &&
		    doctor->function[i].is_there)
			(void)printf("%s is in this libpam and was not when "
			    "pamport was configured\n",
			    doctor->function[i].name);
}

/* --- Rules ------------------------------------------------------------------------ */

static void
print_rules(const struct doctor *doctor)
{
	static const char *const words[] = {
		[PROVED] = "proved", [BROKEN] = "BROKEN",
		[NOT_PROVED] = "not tried"
	};
	static const enum shade shades[] = {
		[PROVED] = PLAIN, [BROKEN] = BAD, [NOT_PROVED] = DOUBTFUL
	};
	const struct rule *rule;
	struct table table;
	char number[16];
	int i;

	heading("Rules of pamport(7) that were tried in a child");
	table_init(&table);
	for (i = 0; i < doctor->rules; i++) {
		rule = &doctor->rule[i];
		if (!doctor->is_verbose && rule->proof != BROKEN)
			continue;
		(void)snprintf(number, sizeof(number), rule->number == 0 ?
		    "-" : "%d", rule->number);
		table_add(&table, shades[rule->proof], number,
		    words[rule->proof], rule->text,
		    rule->why[0] != '\0' ? rule->why : NULL, NULL);
	}
	table_print(&table, stdout, 2);
}

static void
summarize_rules(const struct doctor *doctor, struct table *table)
{
	char line[200];

	(void)snprintf(line, sizeof(line),
	    "%d proved here, %d not to be tried here, %d broken",
	    doctor_proofs(doctor, PROVED), doctor_proofs(doctor, NOT_PROVED),
	    doctor_proofs(doctor, BROKEN));
	table_add(table, doctor_proofs(doctor, BROKEN) > 0 ? BAD : GOOD,
	    "rules", line, NULL);
}

/* --- A service -------------------------------------------------------------------- */

static int
count_lines(const struct policy_line *line)
{
	int n = 0;

	for (; line != NULL; line = line->next)
		n++;
	return n;
}

/* "no line", "1 line", or how many; of what, if that is to be said. */
static void
say_lines(const struct policy_line *line, const char *of, char *text,
    size_t size)
{
	int n = count_lines(line);

	if (n == 0)
		(void)snprintf(text, size, "no line");
	else
		(void)snprintf(text, size, "%d %s%s", n,
		    n == 1 ? "line" : "lines", of);
}

static void
describe_stack(const struct policy_stack *stack, char *own, char *without,
    size_t size)
{
	say_lines(stack->own, stack->has_empty_include ?
	    ", and an include without any" : "", own, size);
	say_lines(stack->other, " of other", without, size);
	if (stack->other == NULL)
		(void)snprintf(without, size, "%s", stack->without);
}

static void
print_lines(const struct policy_stack *stack, struct table *table)
{
	const struct policy_line *line;
	char place[600];

	for (line = stack->source == POLICY_OWN ? stack->own : stack->other;
	    line != NULL; line = line->next) {
		(void)snprintf(place, sizeof(place), "%.500s:%d", line->file,
		    line->number);
		table_add(table, PLAIN, "", line->control, line->module, place,
		    NULL);
	}
}

static void
print_policy_lines(const struct policy *policy)
{
	struct table table;
	int i;

	for (i = 0; i < POLICY_FACILITIES; i++) {
		if (policy->stack[i].source == POLICY_NOTHING)
			continue;
		(void)printf("  %s%s\n", policy_facilities[i],
		    policy->stack[i].source == POLICY_OTHER ?
		    ", from other" : "");
		table_init(&table);
		print_lines(&policy->stack[i], &table);
		table_print(&table, stdout, 2);
	}
}

/* With what libpam made it of. */
static void
print_service(const struct doctor *doctor)
{
	const struct policy *policy = &doctor->policy;
	bool is_same = strcmp(policy->service, doctor->service) == 0;
	char title[512];

	(void)snprintf(title, sizeof(title), "Service %s%s%s%.100s%s",
	    policy->service, policy->has_own_file ? "" :
	    ", which has no configuration", is_same ? "" :
	    " (what this libpam makes of \"", is_same ? "" : doctor->service,
	    is_same ? "" : "\")");
	pamport__make_printable(title);
	heading(title);
}

static void
print_policy(const struct doctor *doctor)
{
	const struct policy *policy = &doctor->policy;
	const struct policy_complaint *complaint;
	char own[64], without[64];
	struct table table;
	int i;

	print_service(doctor);
	table_init(&table);
	table_add(&table, PLAIN, "", "configured", "without that", NULL);
	for (i = 0; i < POLICY_FACILITIES; i++) {
		describe_stack(&policy->stack[i], own, without, sizeof(own));
		table_add(&table, policy->stack[i].source == POLICY_NOTHING ||
		    policy->stack[i].has_empty_include ? DOUBTFUL : PLAIN,
		    policy_facilities[i], own, without, NULL);
	}
	table_print(&table, stdout, 2);
	if (doctor->is_verbose)
		print_policy_lines(policy);
	table_init(&table);
	for (complaint = policy->complaint; complaint != NULL;
	    complaint = complaint->next)
		table_add(&table, DOUBTFUL, complaint->text, NULL);
	table_print(&table, stdout, 2);
}

/* --- All of it ----------------------------------------------------------------------- */

static void
print_how_to_report(const struct doctor *doctor)
{
	static const char address[] = PACKAGE_BUGREPORT;

	heading("Please report this");
	(void)printf("  pamport's table of %s is wrong for this libpam, and "
	    "others will meet the same.\n  Send the output of\n\n"
	    "      pamport doctor --json\n"
	    "      pamport doctor --describe\n\n"
	    "  and the name and version of the system to %s.\n",
	    doctor->native.title, address[0] != '\0' ? address :
	    "those from whom you have pamport");
}

static void
print_hints(const struct doctor *doctor)
{
	const char *const *hint;

	if (doctor->is_root)
		return;
	(void)printf("\nAs root it could also tell:");
	for (hint = doctor_root_hints; *hint != NULL; hint++)
		(void)printf("%s %s", hint == doctor_root_hints ? "" : ";",
		    *hint);
	(void)printf(".\n");
}

void
doctor_print(const struct doctor *doctor)
{
	bool differs = doctor_count(doctor, DIFFERS) > 0;
	bool is_broken = doctor_proofs(doctor, BROKEN) > 0;
	struct table table;

	table_init(&table);
	summarize_native(doctor, &table);
	summarize_traits(doctor, &table);
	summarize_functions(doctor, &table);
	summarize_rules(doctor, &table);
	records_summarize(&table);
	table_print(&table, stdout, 0);
	print_newer_functions(doctor);
	if (differs || doctor->is_verbose)
		print_traits(doctor);
	if (is_broken || doctor->is_verbose)
		print_rules(doctor);
	if (doctor->is_verbose) {
		heading("Login records");
		records_print();
	}
	if (doctor->has_policy)
		print_policy(doctor);
	if (differs || is_broken)
		print_how_to_report(doctor);
	print_hints(doctor);
}
