/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A draft of platform/NAME.c: the numbers of the header that this was compiled
 * with, and the traits as far as they were measured.
 */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "cmd/doctor.h"
#include "cmd/names.h"

/* The table's word, turned around where the measurement disagrees. */
static void
write_bool(const struct doctor *doctor, const char *name, bool is_stated)
{
	const struct trait *trait = doctor_trait(doctor, name);
	bool value = is_stated;

	if (trait->agreement == DIFFERS)
		value = !value;
	(void)printf("\t.%s = %s,\t/* %s: %s */\n", name,
	    value ? "true" : "false", trait->agreement == FROM_TABLE ?
	    "NOT MEASURED" : "measured", trait->measured);
}

static void
write_layout(const struct doctor *doctor)
{
	const struct trait *trait = doctor_trait(doctor, "conv_layout");
	bool is_array = doctor_table()->conv_layout == PAMPORT__ARRAY;

	if (trait->agreement == DIFFERS)
		is_array = !is_array;
	(void)printf("\t.conv_layout = PAMPORT__%s,\t/* %s: %s */\n",
	    is_array ? "ARRAY" : "POINTERS", trait->agreement == FROM_TABLE ?
	    "NOT MEASURED" : "measured", trait->measured);
}

static void
write_cell(const struct name *name)
{
	static const char *const lists[] = { "CODE", "FLAG", "ITEM", "STYLE",
	    "LIMIT" };
	char number[24];

	name_number(name, name->here, number, sizeof(number));
	(void)printf("\t\t[PAMPORT__%s_%s] = ", lists[name->kind],
	    name->name + 4);
	if (name_is_native(name))
		(void)printf("N(%s),\n", number);
	else
		(void)printf("ABSENT,\n");
}

static void
write_numbers(void)
{
	int i, kind;

	for (kind = 0; kind < NAME_KINDS; kind++) {
		(void)printf("\t.%s = {\n", name_kinds[kind]);
		for (i = 0; i < NAMES; i++)
			if ((int)names[i].kind == kind)
				write_cell(&names[i]);
		(void)printf("\t},\n");
	}
}

void
doctor_describe(const struct doctor *doctor)
{
	const struct pamport__platform *table = doctor_table();
	const char *package = doctor->native.package_version;
	char header[NATIVE_TEXT];

	(void)printf("/* SPDX-License-Identifier: BSD-2-Clause */\n/*\n"
	    " * A draft by pamport doctor --describe: platform/README says how it\n"
	    " * becomes a table.  Compared with: %s.\n"
	    " * Package: %s\n * Header:  %s, %s, %s\n * Library: %s\n */\n"
	    "#include \"platform/platform.h\"\n\n"
	    "const struct pamport__platform pamport__NAME = {\n"
	    "\t.id = PAMPORT_NAME,\n\t.name = \"NAME\",\n"
	    "\t.title = \"NAME\",\n", table->name,
	    package != NULL ? package : "of no known version",
	    doctor->native.header, native_header(&doctor->native, header),
	    doctor->native.has_enumerators ?
	    "enumerators" : "macros", doctor->native.real);
	write_layout(doctor);
	write_bool(doctor, "getenv_copies", table->getenv_copies);
	write_bool(doctor, "getenvlist_cuts", table->getenvlist_cuts);
	write_bool(doctor, "putenv_deletes", table->putenv_deletes);
	write_bool(doctor, "get_accepts_undefined_items",
	    table->get_accepts_undefined_items);
	(void)printf("\t/* null_item_crashes: %s */\n",
	    doctor_trait(doctor, "null_item_crashes")->measured);
	write_numbers();
	(void)printf("};\n");
}
