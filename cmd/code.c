/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pamport code: what the codes, flags, items and styles are on each
 * implementation, from the tables of platform/.
 */
#include <config.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cmd/cmd.h"
#include "cmd/code_returns.h"
#include "cmd/json.h"
#include "cmd/names.h"
#include "cmd/table.h"

enum { OPTION_JSON, OPTION_MDOC };
static const struct option_row options[] = {
	{ 'j', "json", NULL, "Write JSON for programs" },
	{ '\0', "mdoc", NULL, "Write the tables of pamport(1)" },
	{ '\0', NULL, NULL, NULL }
};

/* Limits are told of by name only: they are no numbers of anything. */
#define IS_LISTED(name) ((name)->kind != NAME_LIMIT)
#define EVERY "any call of modules"

/* --- Words ----------------------------------------------------------------- */

struct words {
	char text[512];
	size_t length;
};

static void
add_word(const char *word, void *data)
{
	struct words *words = data;
	int length;

	if (words->length >= sizeof(words->text))
		return;
	length = snprintf(words->text + words->length,
	    sizeof(words->text) - words->length, "%s%s",
	    words->length > 0 ? " " : "", word);
	words->length += length > 0 ? (size_t)length : 0;
}

/* The functions that return it, those of a common code in short. */
static const char *
functions_of(const struct name *name, struct words *words)
{
	memset(words, 0, sizeof(*words));
	if (code_is_common(name))
		add_word(EVERY, words);
	else
		code_returns(name, add_word, words);
	return words->length > 0 ? words->text : "-";
}

/* A number, or "-"; a star where not every version has it. */
static void
cell_text(const struct name *name, const struct pamport__cell *cell,
    char *text, size_t size)
{
	if (cell->state == PAMPORT__ABSENT) {
		(void)snprintf(text, size, "-");
		return;
	}
	name_number(name, cell->number, text, size - 1);
	if (cell->state == PAMPORT__SOME_VERSIONS)
		(void)strcat(text, "*");
}

/* --- Tables for people ------------------------------------------------------- */

static void
add_heading(struct table *table, const char *kind)
{
	table_add(table, HEADING, kind, pamport__linux_pam.name,
	    pamport__openpam.name, pamport__apple.name, pamport__solaris.name,
	    "here", strcmp(kind, "code") == 0 ? "returned by" :
	    strcmp(kind, "limit") == 0 ? NULL : "meaning",
	    strcmp(kind, "code") == 0 ? "meaning" : NULL, NULL);
}

static void
add_name(struct table *table, const struct name *name)
{
	char number[PAMPORT__PLATFORMS][24], here[24];
	struct words words;
	int i;

	for (i = 1; i < PAMPORT__PLATFORMS; i++)
		cell_text(name, name_cell(pamport__platforms[i], name),
		    number[i], sizeof(number[i]));
	name_number(name, name->here, here, sizeof(here) - 1);
	if (!name_is_native(name))
		(void)strcat(here, "+");
	table_add(table, PLAIN, name->name, number[PAMPORT_LINUX_PAM],
	    number[PAMPORT_OPENPAM], number[PAMPORT_APPLE],
	    number[PAMPORT_SOLARIS], here, name->kind == NAME_CODE ?
	    functions_of(name, &words) : name->text,
	    name->kind == NAME_CODE ? name->text : NULL, NULL);
}

static void
print_key(void)
{
	(void)printf("* not in every version   + pamport's own number, "
	    "where the header has none\n");
}

static void
print_all(void)
{
	struct table table;
	int i, kind;

	for (kind = 0; kind < NAME_KINDS; kind++) {
		if (kind == NAME_LIMIT)
			continue;
		table_init(&table);
		add_heading(&table, name_kinds[kind]);
		for (i = 0; i < NAMES; i++)
			if ((int)names[i].kind == kind)
				add_name(&table, &names[i]);
		table_print(&table, stdout, 0);
		(void)printf("\n");
	}
	print_key();
}

static void
print_name(const struct name *name)
{
	struct words words = { "", 0 };
	unsigned int number;
	struct table table;
	char text[24];

	table_init(&table);
	add_heading(&table, name_kinds[name->kind]);
	add_name(&table, name);
	table_print(&table, stdout, 0);
	if (name_private(name, &number)) {
		name_number(name, number, text, sizeof(text));
		(void)printf("\npamport's own number, where the header has "
		    "none: %s\n", text);
	}
	if (name->kind != NAME_CODE)
		return;
	code_returns(name, add_word, &words);
	(void)printf("\nreturned by: %s\n", words.length > 0 ? words.text :
	    "no function for applications; modules");
}

/* --- By number ---------------------------------------------------------------- */

/* The implementations that have this number for this name, and pamport. */
static bool
has_number(const struct name *name, unsigned int number, struct words *where)
{
	const struct pamport__cell *cell;
	unsigned int private;
	int i;

	memset(where, 0, sizeof(*where));
	for (i = 1; i < PAMPORT__PLATFORMS; i++) {
		cell = name_cell(pamport__platforms[i], name);
		if (cell->state != PAMPORT__ABSENT && cell->number == number)
			add_word(pamport__platforms[i]->name, where);
	}
	if (name_private(name, &private) && private == number)
		add_word("pamport", where);
	return where->length > 0;
}

static int
print_number(unsigned int number)
{
	struct words where, functions;
	struct table table;
	bool is_private = false;
	int found = 0, i;

	table_init(&table);
	for (i = 0; i < NAMES; i++) {
		if (!IS_LISTED(&names[i]) ||
		    !has_number(&names[i], number, &where))
			continue;
		is_private |= strstr(where.text, "pamport") != NULL;
		if (found++ == 0)
			table_add(&table, HEADING, "kind", "name", "where",
			    "returned by", "meaning", NULL);
		table_add(&table, PLAIN, name_kinds[names[i].kind],
		    names[i].name, where.text, names[i].kind == NAME_CODE ?
		    functions_of(&names[i], &functions) : "-", names[i].text,
		    NULL);
	}
	if (found > 0)
		table_print(&table, stdout, 0);
	else
		(void)fprintf(stderr, "pamport code: nothing is called %u\n",
		    number);
	if (is_private)
		(void)printf("\npamport: its own number, where the header of "
		    "libpam has none\n");
	return found > 0 ? EXIT_GOOD : EXIT_DIFFERS;
}

/* --- JSON ----------------------------------------------------------------------- */

static void
add_function(const char *function, void *json)
{
	json_string(json, NULL, function);
}

static void
json_private(struct json *json, const struct name *name)
{
	unsigned int number;

	if (name_private(name, &number))
		json_number(json, "private", number);
	else
		json_string(json, "private", NULL);
}

static void
json_aliases(struct json *json, const struct name *name)
{
	const struct name_alias *alias;

	json_array(json, "aliases");
	for (alias = name_aliases; alias->alias != NULL; alias++)
		if (strcmp(alias->name, name->name) == 0)
			json_string(json, NULL, alias->alias);
	json_end(json);
}

static void
json_name(struct json *json, const struct name *name)
{
	const struct pamport__cell *cell;
	int i;

	json_object(json, NULL);
	json_string(json, "kind", name_kinds[name->kind]);
	json_string(json, "name", name->name);
	json_string(json, "meaning", name->text);
	json_number(json, "here", name->here);
	json_bool(json, "native", name_is_native(name));
	json_private(json, name);
	json_aliases(json, name);
	json_object(json, "numbers");
	for (i = 1; i < PAMPORT__PLATFORMS; i++) {
		cell = name_cell(pamport__platforms[i], name);
		if (cell->state == PAMPORT__ABSENT)
			json_string(json, pamport__platforms[i]->name, NULL);
		else
			json_number(json, pamport__platforms[i]->name,
			    cell->number);
	}
	json_end(json);
	json_array(json, "returned_by");
	code_returns(name, add_function, json);
	json_end(json);
	json_end(json);
}

/* --- mdoc ------------------------------------------------------------------------- */

static void
mdoc_name(const struct name *name)
{
	char number[24];
	int i;

	(void)printf(".It Dv %s", name->name);
	for (i = 1; i < PAMPORT__PLATFORMS; i++) {
		cell_text(name, name_cell(pamport__platforms[i], name), number,
		    sizeof(number));
		(void)printf(" Ta %s", strcmp(number, "-") == 0 ? "\\(en" :
		    number);
	}
	(void)printf("\n");
}

static void
print_mdoc(void)
{
	int i, kind;

	for (kind = 0; kind < NAME_KINDS; kind++) {
		if (kind == NAME_LIMIT)
			continue;
		(void)printf(".Bl -column \"PAM_AUTHTOK_DISABLE_AGING\" "
		    "\"linux-pam\" \"0x80000000\" \"0x80000000\" "
		    "\"0x80000000\"\n.It Sy %s", name_kinds[kind]);
		for (i = 1; i < PAMPORT__PLATFORMS; i++)
			(void)printf(" Ta Sy %s", pamport__platforms[i]->name);
		(void)printf("\n");
		for (i = 0; i < NAMES; i++)
			if ((int)names[i].kind == kind)
				mdoc_name(&names[i]);
		(void)printf(".El\n");
	}
}

/* --- The subcommand ----------------------------------------------------------------- */

/* "PAM_AUTH_ERR", "AUTH_ERR", "auth_err". */
static bool
is_spelled(const char *name, const char *word)
{
	return strcasecmp(name, word) == 0 || strcasecmp(name + 4, word) == 0;
}

/* The alias that it is, or the word itself. */
static const char *
follow_alias(const char *word)
{
	const struct name_alias *alias;

	for (alias = name_aliases; alias->alias != NULL; alias++)
		if (is_spelled(alias->alias, word))
			return alias->name;
	return word;
}

static const struct name *
find_name(const char *word)
{
	int i;

	word = follow_alias(word);
	for (i = 0; i < NAMES; i++)
		if (is_spelled(names[i].name, word))
			return &names[i];
	return NULL;
}

static int
no_such_name(const char *word)
{
	const char *known[2 * (NAMES + NAME_ALIASES) + 1], *near;
	int i, n = 0;

	for (i = 0; i < NAMES; i++) {
		known[n++] = names[i].name + 4;
		known[n++] = names[i].name;
	}
	for (i = 0; i < NAME_ALIASES; i++) {
		known[n++] = name_aliases[i].alias + 4;
		known[n++] = name_aliases[i].alias;
	}
	known[n] = NULL;
	near = nearest(word, known);
	(void)fprintf(stderr, "pamport code: no PAM has the name %s%s%s%s\n",
	    word, near != NULL ? "; did you mean " : "",
	    near != NULL ? near : "", near != NULL ? "?" : "");
	return EXIT_DIFFERS;
}

/* Decimal or 0x; the sign bit may be given as a negative number. */
static bool
parse_number(const char *word, unsigned int *number)
{
	bool is_hex = strncmp(word, "0x", 2) == 0 ||
	    strncmp(word, "0X", 2) == 0;
	long long value;
	char *end;

	if (strspn(word, "-0123456789") == 0)
		return false;
	errno = 0;
	value = strtoll(word, &end, is_hex ? 16 : 10);
	if (*end != '\0' || end == word || errno != 0 ||
	    value < -2147483648LL || value > 4294967295LL)
		return false;
	*number = (unsigned int)value;
	return true;
}

static int
print_json(const struct name *name, const unsigned int *number)
{
	struct words where;
	struct json json;
	int found = 0, i;

	json_init(&json, stdout);
	json_array(&json, NULL);
	for (i = 0; i < NAMES; i++) {
		if ((name == NULL && !IS_LISTED(&names[i])) ||
		    (name != NULL && name != &names[i]) ||
		    (number != NULL && !has_number(&names[i], *number, &where)))
			continue;
		json_name(&json, &names[i]);
		found++;
	}
	json_end(&json);
	return found > 0 ? EXIT_GOOD : EXIT_DIFFERS;
}

static int
run(const struct given *given)
{
	bool is_json = given->is_set[OPTION_JSON], is_number;
	const char *word = given->count > 0 ? given->argument[0] : NULL;
	const struct name *name;
	unsigned int number;

	if (given->count > 1)
		return usage_error(&pamport_code_command, "one name or number");
	if (given->is_set[OPTION_MDOC]) {
		print_mdoc();
		return EXIT_GOOD;
	}
	if (word == NULL) {
		if (is_json)
			return print_json(NULL, NULL);
		print_all();
		return EXIT_GOOD;
	}
	is_number = parse_number(word, &number);
	if (is_number)
		return is_json ? print_json(NULL, &number) :
		    print_number(number);
	name = find_name(word);
	if (name == NULL)
		return no_such_name(word);
	if (is_json)
		return print_json(name, NULL);
	if (follow_alias(word) != word)
		(void)printf("%s is an old spelling of %s.\n\n", word,
		    name->name);
	print_name(name);
	print_key();
	return EXIT_GOOD;
}

static void
complete_names(const struct given *given)
{
	int i;

	for (i = 0; given->count == 0 && i < NAMES; i++)
		(void)printf("%s\t%s\n", names[i].name,
		    IS_LISTED(&names[i]) ? names[i].text : "A limit");
	for (i = 0; given->count == 0 && i < NAME_ALIASES; i++)
		(void)printf("%s\tThat is %s\n", name_aliases[i].alias,
		    name_aliases[i].name);
}

const struct command pamport_code_command = {
	"code", "[NAME|NUMBER]",
	"Say what the codes, flags, items and styles are on each PAM",
	"A name is taken with and without PAM_, in capitals or not; a number is\n"
	"looked up on every implementation, and among pamport's own for what a header\n"
	"lacks. Without an argument all are listed but the limits.\n"
	"Exits with 1 if there is no such name or number, 2 if it was used wrongly.\n",
	options, run, NULL, NULL, complete_names
};
