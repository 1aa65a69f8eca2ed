/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The lines of a service, found as policy_dialect.c says.
 */
#include <config.h>

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cmd/policy.h"

#define MAX_DEPTH 16
#define MAX_FILES 256		/* for one facility: more is a loop */
#define MAX_LINES 1024

const char *const policy_facilities[POLICY_FACILITIES] = {
	"auth", "account", "session", "password"
};

/* One search for the lines of one facility. */
struct search {
	struct policy *policy;
	const struct policy_dialect *dialect;
	const char *etc;
	enum policy_place kind;
	enum policy_facility facility;
	struct policy_line **last;
	int files, lines;
	bool *has_empty_include;
	bool *has_file;
	bool failed;			/* no memory */
};

/* What a service is called while files are followed. */
struct place {
	const char *service;		/* or the name behind an include */
	const char *column;		/* in a file of four columns */
	int depth;
	bool is_four_columns;
};

static int read_service(struct search *search, const struct place *place);

/* --- What there is to say ------------------------------------------------------ */

static void
complain(struct policy *policy, const char *format, ...)
{
	struct policy_complaint *complaint, **last = &policy->complaint;
	char text[PATH_MAX + 128];
	va_list arguments;

	va_start(arguments, format);
	(void)vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	for (; *last != NULL; last = &(*last)->next)
		if (strcmp((*last)->text, text) == 0)
			return;		/* each facility meets it again */
	complaint = malloc(sizeof(*complaint) + strlen(text) + 1);
	if (complaint == NULL)
		return;
	complaint->next = NULL;
	(void)strcpy(complaint->text, text);
	*last = complaint;
}

static void
add_line(struct search *search, const char *control, const char *module,
    const char *file, int number)
{
	struct policy_line *line;

	if (++search->lines > MAX_LINES) {
		complain(search->policy, "%s: too many lines", file);
		return;
	}
	line = calloc(1, sizeof(*line));
	if (line == NULL) {
		search->failed = true;
		return;
	}
	line->control = strdup(control);
	line->module = strdup(module);
	line->file = strdup(file);
	line->number = number;
	*search->last = line;
	search->last = &line->next;
	if (line->control == NULL || line->module == NULL ||
	    line->file == NULL)
		search->failed = true;
}

/* --- Lines ------------------------------------------------------------------------ */

static bool
is_word(const char *word, const char *expected)
{
	return strcasecmp(word, expected) == 0;
}

/* How many lines an include brings; what is missing is one that fails on L. */
static void
follow(struct search *search, const struct place *place, const char *control,
    const char *name, const char *file, int number)
{
	struct place inner = { name, place->column, place->depth + 1,
	    place->is_four_columns };
	char text[300];
	int found;

	if (inner.depth > MAX_DEPTH) {
		complain(search->policy, "%s:%d: includes that go too deep",
		    file, number);
		return;
	}
	found = read_service(search, &inner);
	if (found == -1) {
		(void)snprintf(text, sizeof(text), "%.200s: missing, fails",
		    name);
		complain(search->policy, "%s:%d: %s of %s, which is missing",
		    file, number, control, name);
		add_line(search, control, text, file, number);
	} else if (found == 0 && search->dialect->grants_empty_include) {
		*search->has_empty_include = true;
	}
}

/* The words of a line behind the service. */
static void
read_words(struct search *search, const struct place *place, char **word,
    int n, const char *file, int number)
{
	const struct policy_dialect *dialect = search->dialect;
	const char *type = word[0];

	if (dialect->has_substacks && is_word(type, "@include") && n > 1) {
		follow(search, place, word[0], word[1], file, number);
		return;
	}
	if (dialect->has_substacks && *type == '-')
		type++;
	if (!is_word(type, policy_facilities[search->facility]))
		return;
	if (n < 3) {
		complain(search->policy, "%s:%d: an incomplete line", file,
		    number);
		add_line(search, n > 1 ? word[1] : "?", "?", file, number);
		return;
	}
	if (is_word(word[1], "include") ||
	    (dialect->has_substacks && is_word(word[1], "substack")))
		follow(search, place, word[1], word[2], file, number);
	else
		add_line(search, word[1], word[2], file, number);
}

/* How many lines of the facility a file has; -1 if there is no such file. */
static int
read_file(struct search *search, const struct place *place, const char *path)
{
	struct policy_text text;
	char *word[POLICY_WORDS];
	int before = search->lines, n, skip;

	if (++search->files > MAX_FILES) {
		complain(search->policy, "%s: files that include each other",
		    path);
		return 0;
	}
	text.has_brackets = search->dialect->has_brackets;
	text.has_quotes = search->dialect->has_quotes;
	text.has_inner_comments = search->dialect->has_inner_comments;
	switch (policy_text_open(&text, path)) {
	case POLICY_MISSING:
		return -1;
	case POLICY_DENIED:
		search->policy->is_denied = true;
		complain(search->policy, "%s: only others may read it", path);
		return 0;
	case POLICY_REFUSED:
		complain(search->policy, "%s: not a file that can be read",
		    path);
		return 0;
	case POLICY_READ:
		break;
	}
	while ((n = policy_text_line(&text, word)) != -1) {
		skip = place->is_four_columns ? 1 : 0;
		if (n <= skip || (skip == 1 &&
		    !is_word(word[0], place->column)))
			continue;
		read_words(search, place, word + skip, n - skip, path,
		    text.number);
	}
	policy_text_close(&text);
	return search->lines - before;
}

/* --- Files ------------------------------------------------------------------------- */

/* pam.d/NAME of one place; a name with a slash is a path. */
static int
read_shard(struct search *search, const struct place *place, const char *etc)
{
	struct place inner = *place;
	char path[PATH_MAX];
	int length;

	inner.is_four_columns = false;
	if (place->service[0] == '/' || strcmp(place->service, "..") == 0 ||
	    strstr(place->service, "../") != NULL)
		return -1;
	else
		length = snprintf(path, sizeof(path), "%s%s/%s", etc,
		    search->kind == POLICY_CONFDIR ? "" : "/pam.d",
		    place->service);
	if (length < 0 || (size_t)length >= sizeof(path))
		return -1;
	return read_file(search, &inner, path);
}

static int
read_conf(struct search *search, const struct place *place, const char *etc)
{
	struct place inner = *place;
	char path[PATH_MAX];
	int length, lines;

	inner.is_four_columns = true;
	length = snprintf(path, sizeof(path), "%s/pam.conf", etc);
	if (length < 0 || (size_t)length >= sizeof(path))
		return -1;
	lines = read_file(search, &inner, path);
	search->policy->has_pam_conf |= lines >= 0;
	/* A file of all services is no answer without a line of this one. */
	return lines == 0 ? -1 : lines;
}

/* The lines of a service of this name; -1 if there is no such service. */
static int
read_service(struct search *search, const struct place *place)
{
	const struct policy_dialect *dialect = search->dialect;
	bool is_any = false;
	const char *etc;
	int i, lines = -1;

	if (place->service[0] == '/' && place->depth > 0)
		return read_file(search, place, place->service);
	for (i = 0; lines == -1 && (etc = policy_place_of(dialect,
	    search->kind, search->etc, i)) != NULL; i++) {
		is_any |= search->kind == POLICY_CONFDIR ||
		    policy_has_directory(etc);
		if (search->kind != POLICY_PAM_CONF)
			lines = read_shard(search, place, etc);
		if (lines == -1 && dialect->conf_is_behind &&
		    search->kind != POLICY_CONFDIR)
			lines = read_conf(search, place, etc);
	}
	if (lines == -1 && dialect->conf_is_instead && !is_any)
		lines = read_conf(search, place, search->etc);
	if (lines >= 0 && place->depth == 0)
		*search->has_file = true;
	return lines;
}

/* --- Facilities ----------------------------------------------------------------------- */

static void
read_stack(struct search *search, struct policy_stack *stack)
{
	struct policy *policy = search->policy;
	struct place own = { policy->service, policy->service, 0, false };
	struct place other = { "other", "other", 0, false };
	bool ignored = false;

	search->files = search->lines = 0;
	search->last = &stack->own;
	search->has_empty_include = &stack->has_empty_include;
	search->has_file = &policy->has_own_file;
	(void)read_service(search, &own);
	search->files = search->lines = 0;
	search->last = &stack->other;
	search->has_empty_include = &ignored;
	search->has_file = &policy->has_other_file;
	(void)read_service(search, &other);
	search->has_empty_include = NULL;
	stack->source = stack->own != NULL ? POLICY_OWN :
	    stack->other != NULL ? POLICY_OTHER : POLICY_NOTHING;
}

/* What a call gives that finds no line; only known when all was read. */
static void
find_without(struct policy *policy, const struct policy_dialect *dialect)
{
	bool is_nothing = !policy->has_own_file && !policy->has_other_file &&
	    !policy->has_pam_conf;
	int i;

	/* O wants "other", or lines for everything. */
	if (dialect->has_quotes && !policy->has_other_file)
		is_nothing = true;
	for (i = 0; i < POLICY_FACILITIES; i++)
		policy->stack[i].without = is_nothing ?
		    dialect->without_other : dialect->without[i];
}

bool
policy_read(struct policy *policy, enum pamport_implementation which,
    const char *directory, enum policy_place kind, const char *service)
{
	struct search search;
	int i;

	memset(policy, 0, sizeof(*policy));
	memset(&search, 0, sizeof(search));
	(void)snprintf(policy->service, sizeof(policy->service), "%s", service);
	search.policy = policy;
	search.dialect = &policy_dialects[which];
	search.etc = directory;
	search.kind = kind;
	for (i = 0; i < POLICY_FACILITIES; i++) {
		search.facility = (enum policy_facility)i;
		read_stack(&search, &policy->stack[i]);
	}
	find_without(policy, search.dialect);
	return !search.failed;
}

static void
free_lines(struct policy_line *line)
{
	struct policy_line *next;

	for (; line != NULL; line = next) {
		next = line->next;
		free(line->control);
		free(line->module);
		free(line->file);
		free(line);
	}
}

void
policy_free(struct policy *policy)
{
	struct policy_complaint *complaint;
	int i;

	for (i = 0; i < POLICY_FACILITIES; i++) {
		free_lines(policy->stack[i].own);
		free_lines(policy->stack[i].other);
	}
	while ((complaint = policy->complaint) != NULL) {
		policy->complaint = complaint->next;
		free(complaint);
	}
	memset(policy, 0, sizeof(*policy));
}
