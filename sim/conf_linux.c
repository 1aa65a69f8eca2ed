/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Configuration of Linux-PAM: pam.d, or pam.conf where there is no pam.d.
 *
 * A mistake seldom stops the start.  It becomes an entry that fails, of the
 * type that the line had, or of type auth where the type is the mistake.
 * [a14, a14b]
 */
#include <sys/types.h>
#include <sys/stat.h>

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "sim.h"
#include "linux.h"

#define MAX_INCLUDES		16

/* One reading of a file: for which lines, and what they become. */
struct reading {
	pam_handle_t *pamh;
	const char *service;	/* NULL: the lines name it */
	int type;		/* or SIM_ANY_TYPE */
	int includes;
	int level;
	bool other;
};

static int read_file(const struct reading *, const char *);

static const char *const value_names[SIM_NACTIONS + 1] = {
	"success", "open_err", "symbol_err", "service_err", "system_err",
	"buf_err", "perm_denied", "auth_err", "cred_insufficient",
	"authinfo_unavail", "user_unknown", "maxtries", "new_authtok_reqd",
	"acct_expired", "session_err", "cred_unavail", "cred_expired",
	"cred_err", "no_module_data", "conv_err", "authtok_err",
	"authtok_recover_err", "authtok_lock_busy", "authtok_disable_aging",
	"try_again", "ignore", "abort", "authtok_expired", "module_unknown",
	"bad_item", "conv_again", "incomplete", "default"
};
#define DEFAULT_VALUE		SIM_NACTIONS

static const struct {
	const char *name;
	int action;
} action_names[] = {
	{ "ignore", ACTION_IGNORE }, { "ok", ACTION_OK },
	{ "done", ACTION_DONE }, { "bad", ACTION_BAD },
	{ "die", ACTION_DIE }, { "reset", ACTION_RESET },
};

/* What the short words stand for: success, a new token, ignore, the rest. */
static const struct {
	const char *name;
	int success;
	int ignore;
	int rest;
} short_words[] = {
	{ "required", ACTION_OK, ACTION_IGNORE, ACTION_BAD },
	{ "requisite", ACTION_OK, ACTION_IGNORE, ACTION_DIE },
	{ "optional", ACTION_OK, ACTION_IGNORE, ACTION_IGNORE },
	{ "sufficient", ACTION_DONE, ACTION_IGNORE, ACTION_IGNORE },
};

static void
fill(int *action, int from, int to)
{
	int i;

	for (i = 0; i < SIM_NACTIONS; i++)
		if (action[i] == from)
			action[i] = to;
}

static const char *
skip(const char *p)
{
	return (p + strspn(p, " \t\n"));
}

/* Length of the name in front of `p' if it is this one, otherwise 0. */
static size_t
prefix(const char *p, const char *name)
{
	size_t n = strlen(name);

	return (strncmp(p, name, n) == 0 ? n : 0);
}

static const char *
parse_action(const char *p, int *action)
{
	size_t i, n;
	long jump;
	char *end;

	for (i = 0; i < sizeof(action_names) / sizeof(action_names[0]); i++) {
		if ((n = prefix(p, action_names[i].name)) == 0)
			continue;
		*action = action_names[i].action;
		return (p + n);
	}
	if (!isdigit((unsigned char)*p))
		return (NULL);
	jump = strtol(p, &end, 10);
	if (jump <= 0 || jump > INT_MAX)
		return (NULL);
	*action = (int)jump;
	return (end);
}

static const char *
parse_value(const char *p, int *value)
{
	size_t n;

	for (*value = 0; *value <= DEFAULT_VALUE; (*value)++)
		if ((n = prefix(p, value_names[*value])) != 0)
			return (p + n);
	return (NULL);
}

/* [value=action ...]; anything that is not that makes every result bad. */
static void
parse_brackets(const char *p, int *action)
{
	int i, one, value;

	for (p = skip(p); *p != '\0'; p = skip(p)) {
		if ((p = parse_value(p, &value)) == NULL)
			break;
		p = skip(p);
		if (*p != '=')
			break;
		if ((p = parse_action(skip(p + 1), &one)) == NULL)
			break;
		if (value == DEFAULT_VALUE)
			fill(action, ACTION_UNDEFINED, one);
		else
			action[value] = one;
	}
	if (p == NULL || *p != '\0') {
		sim_log("control: error near \"%s\"", p != NULL ? p : "?");
		for (i = 0; i < SIM_NACTIONS; i++)
			action[i] = ACTION_BAD;
	}
}

static void
parse_control(const char *word, int *action)
{
	size_t i;

	for (i = 0; i < sizeof(short_words) / sizeof(short_words[0]); i++) {
		if (strcasecmp(word, short_words[i].name) != 0)
			continue;
		action[PAM_SUCCESS] = short_words[i].success;
		action[PAM_NEW_AUTHTOK_REQD] = short_words[i].success;
		action[PAM_IGNORE] = short_words[i].ignore;
		fill(action, ACTION_UNDEFINED, short_words[i].rest);
		return;
	}
	parse_brackets(word, action);
	fill(action, ACTION_UNDEFINED, ACTION_BAD);
}

/* The next word; [a b] is one, without its brackets, and \] a bracket in it. */
static char *
next_word(char **next)
{
	char *from, *to, *word;

	if (*next == NULL)
		return (NULL);
	word = *next + strspn(*next, " \t\n");
	if (*word == '\0') {
		*next = NULL;
		return (NULL);
	}
	if (*word != '[') {
		from = word + strcspn(word, " \t\n");
	} else {
		for (to = from = ++word; *from != '\0' && *from != ']';) {
			if (from[0] == '\\' && from[1] == ']')
				from++;
			*to++ = *from++;
		}
		if (from != to)
			*to = '\0';
	}
	*next = *from != '\0' ? from + 1 : NULL;
	*from = '\0';
	return (word);
}

static bool
load_functions(pam_handle_t *pamh, struct sim_entry *entry)
{
	char *path;
	bool loaded;

	if ((path = sim_module_path(entry->path, NULL)) == NULL)
		return (false);
	loaded = sim_load(pamh, entry, path, false);
	free(path);
	return (loaded);
}

static bool
add(const struct reading *r, int type, enum sim_kind kind, int level,
    const int *action, const char *path, char *arguments)
{
	struct sim_entry *entry;
	char *word;

	if ((entry = sim_new_entry(path)) == NULL)
		return (false);
	entry->kind = kind;
	entry->level = level;
	entry->frozen = NOT_FROZEN;
	memcpy(entry->action, action, sizeof(entry->action));
	while ((word = next_word(&arguments)) != NULL) {
		if (!sim_add_argument(entry, word)) {
			sim_free_entry(entry);
			return (false);
		}
	}
	/* A module that is not there is found out when it is called. [a10] */
	if (kind == SIM_MODULE)
		load_functions(r->pamh, entry);
	sim_append(r->other ? &r->pamh->other : &r->pamh->own,
	    (enum sim_type)type, entry);
	return (true);
}

/* `include', `substack' and `@include'. */
static bool
include(const struct reading *r, int type, bool substack, const char *file)
{
	struct reading inner = *r;
	int action[SIM_NACTIONS] = { 0 };
	int i;

	inner.type = type;
	inner.includes++;
	inner.level += substack ? 1 : 0;
	if (substack && !add(r, type, SIM_SUBSTACK, r->level, action, file,
	    NULL))
		return (false);
	if (file != NULL && inner.includes < MAX_INCLUDES &&
	    inner.level < MAX_SUBSTACKS &&
	    read_file(&inner, file) == PAM_SUCCESS)
		return (true);
	/* Without a type there is nothing to fail: the file is no use. */
	if (type == SIM_ANY_TYPE)
		return (false);
	for (i = 0; i < SIM_NACTIONS; i++)
		action[i] = ACTION_BAD;
	return (add(r, type, SIM_MUST_FAIL, r->level, action, NULL, NULL));
}

static bool
parse_module(const struct reading *r, int type, bool must_fail, char *next)
{
	int action[SIM_NACTIONS];
	char *word;
	int i;

	for (i = 0; i < SIM_NACTIONS; i++)
		action[i] = ACTION_UNDEFINED;
	if ((word = next_word(&next)) == NULL) {
		fill(action, ACTION_UNDEFINED, ACTION_BAD);
		must_fail = true;
	} else if (strcasecmp(word, "include") == 0 ||
	    strcasecmp(word, "substack") == 0) {
		return (include(r, type, tolower((unsigned char)*word) == 's',
		    next_word(&next)));
	} else
		parse_control(word, action);
	if ((word = next_word(&next)) == NULL)
		must_fail = true;
	else if (*word != '\0' && word[strlen(word) - 1] == '/')
		return (false);
	return (add(r, type, must_fail ? SIM_MUST_FAIL : SIM_MODULE, r->level,
	    action, word, next));
}

/* A logical line, behind the service. */
static bool
parse_line(const struct reading *r, char *next)
{
	char *word;
	int type;
	bool must_fail = false;

	if ((word = next_word(&next)) == NULL)
		return (true);
	if (strcasecmp(word, "@include") == 0)
		return (include(r, r->type, false, next_word(&next)));
	/* The dash only keeps the log quiet about a missing module. [a10e] */
	if (*word == '-')
		word++;
	type = sim_find_word(sim_type_names, SIM_NTYPES, word, true);
	if (type < 0) {
		sim_log("illegal module type: %s", word);
		type = r->type != SIM_ANY_TYPE ? r->type : SIM_AUTH;
		must_fail = true;
	}
	if (r->type != SIM_ANY_TYPE && r->type != type)
		return (true);
	return (parse_module(r, type, must_fail, next));
}

/* In pam.conf the first word says whether the line is ours. */
static bool
dispatch_line(const struct reading *r, char *line)
{
	struct reading own = *r;
	char *next = line;
	char *word;

	if (r->service == NULL) {
		if ((word = next_word(&next)) == NULL)
			return (true);
		own.other = strcasecmp(word, "other") == 0;
		if (!own.other && strcasecmp(word,
		    sim_item(r->pamh, PAM_SERVICE)) != 0)
			return (true);
	}
	return (parse_line(&own, next));
}

/* Parse one line after the other; -1 from below is a line cut off. */
static int
parse_text(const struct reading *r, struct sim_text *text)
{
	char *line;
	int more;

	while ((more = sim_linux_line(text, &line)) > 0) {
		if (!dispatch_line(r, line))
			more = -1;
		free(line);
		if (more < 0)
			break;
	}
	return (more < 0 ? PAM_ABORT : PAM_SUCCESS);
}

static int
read_path(const struct reading *r, const char *path)
{
	struct sim_text text;
	int result;

	if (sim_read_file(path, false, &text) != SIM_READ_OK)
		return (PAM_ABORT);
	result = parse_text(r, &text);
	free(text.bytes);
	return (result);
}

static int
read_file(const struct reading *r, const char *name)
{
	char *path;
	int result;

	if (*name == '/')
		path = strdup(name);
	else if (r->pamh->confdir != NULL)
		path = sim_path(r->pamh->confdir, name, NULL);
	else
		path = sim_path(r->pamh->root, "pam.d", name);
	if (path == NULL)
		return (PAM_BUF_ERR);
	result = read_path(r, path);
	free(path);
	return (result);
}

static bool
exists(const pam_handle_t *pamh, const char *name)
{
	struct stat status;
	char *path;
	bool found;

	path = pamh->confdir != NULL ? sim_path(pamh->confdir, name, NULL) :
	    sim_path(pamh->root, "pam.d", name);
	found = path != NULL && stat(path, &status) == 0;
	free(path);
	return (found);
}

static int
configure_directory(pam_handle_t *pamh)
{
	struct reading r = { pamh, NULL, SIM_ANY_TYPE, 0, 0, false };
	bool read_something = false;

	r.service = sim_item(pamh, PAM_SERVICE);
	if (exists(pamh, r.service)) {
		if (read_file(&r, r.service) != PAM_SUCCESS)
			return (PAM_ABORT);
		read_something = true;
	}
	r.service = "other";
	r.other = true;
	if (exists(pamh, r.service)) {
		if (read_file(&r, r.service) != PAM_SUCCESS)
			return (PAM_ABORT);
		read_something = true;
	}
	return (read_something ? PAM_SUCCESS : PAM_ABORT);	/* [a12] */
}

/*
 * Read everything that concerns the service, once: what is in memory stays
 * until PAM_SERVICE is set again.  [c05c, e25]
 */
int
sim_configure(pam_handle_t *pamh)
{
	struct reading r = { pamh, NULL, SIM_ANY_TYPE, 0, 0, false };
	char *path;
	bool directory;
	int result;

	if (pamh->loaded)
		return (PAM_SUCCESS);
	sim_free_policy(&pamh->own);
	sim_free_policy(&pamh->other);
	if ((path = sim_path(pamh->root, "pam.d", NULL)) == NULL)
		return (PAM_BUF_ERR);
	directory = sim_is_directory(path);
	free(path);
	if (directory || pamh->confdir != NULL) {
		result = configure_directory(pamh);
	} else {
		if ((path = sim_path(pamh->root, "pam.conf", NULL)) == NULL)
			return (PAM_BUF_ERR);
		result = read_path(&r, path);
		free(path);
	}
	pamh->loaded = result == PAM_SUCCESS;
	return (result);
}
