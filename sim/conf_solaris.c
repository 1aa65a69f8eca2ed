/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Configuration of Solaris: pam.conf, read anew for every call.  [c05c, a16f]
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "solaris.h"

struct line {
	char *service;
	int type;		/* -1: missing or unknown */
	int control;		/* likewise */
	char *path;
	char *rest;
};

static void
split(char *text, struct line *line)
{
	char *word;

	memset(line, 0, sizeof(*line));
	line->type = -1;
	line->control = -1;
	if ((line->service = sim_solaris_word(&text)) == NULL)
		return;
	if ((word = sim_solaris_word(&text)) == NULL)
		return;
	line->type = sim_find_word(sim_type_names, SIM_NTYPES, word, true);
	if ((word = sim_solaris_word(&text)) == NULL)
		return;
	line->control = sim_find_word(sim_control_names, SIM_NCONTROLS, word,
	    true);
	line->path = sim_solaris_word(&text);
	line->rest = text;
}

static bool
complete(const struct line *line)
{
	return (line->type >= 0 && line->control >= 0 && line->path != NULL);
}

static bool
is_ours(const struct line *line, const char *service)
{
	return (strcasecmp(line->service, service) == 0);
}

/* Lines of "other" count, type by type, until the service has one. */
static bool
is_fallback(const struct line *line, const bool *found)
{
	return (strcasecmp(line->service, "other") == 0 &&
	    (line->type < 0 || !found[line->type]));
}

/*
 * A line that names nobody, or that counts and is not complete, spoils the
 * file; what is wrong in the lines of others does not matter.  [a14, a14g,
 * a14k, a14p]
 */
static bool
spoils(const struct line *line, const char *service, const bool *found)
{
	if (line->service == NULL)
		return (true);
	return ((is_ours(line, service) || is_fallback(line, found)) &&
	    !complete(line));
}

static bool
append(struct sim_policy *policy, const struct line *line)
{
	struct sim_entry *entry;
	char *next = line->rest;
	char *word;

	if ((entry = sim_new_entry(line->path)) == NULL)
		return (false);
	entry->control = (enum sim_control)line->control;
	while ((word = sim_solaris_word(&next)) != NULL) {
		if (!sim_add_argument(entry, word)) {
			sim_free_entry(entry);
			return (false);
		}
	}
	sim_append(policy, (enum sim_type)line->type, entry);
	return (true);
}

/* Names are compared without regard to case.  [a11b, a11d, d26] */
static bool
take(const struct line *line, const char *service, struct sim_policy *policy,
    bool *found)
{
	if (is_ours(line, service)) {
		if (!found[line->type])
			sim_free_chain(&policy->chain[line->type]);
		found[line->type] = true;
		return (append(policy, line));
	}
	if (is_fallback(line, found))
		return (append(policy, line));
	return (true);
}

static int
parse(struct sim_text *text, const char *service, struct sim_policy *policy)
{
	bool found[SIM_NTYPES] = { false };
	struct line line;
	char *copy;
	int more;
	bool good;

	while ((more = sim_solaris_line(text, &copy)) > 0) {
		split(copy, &line);
		good = !spoils(&line, service, found) &&
		    take(&line, service, policy, found);
		free(copy);
		if (!good)
			break;
	}
	return (more == 0 ? PAM_SUCCESS : PAM_SYSTEM_ERR);
}

/*
 * One file, pam.conf itself or one that it includes; an empty file is one that
 * cannot be read.  [a13c, a14m]
 */
int
sim_configure_file(pam_handle_t *pamh, const char *path,
    struct sim_policy *policy)
{
	const char *service;
	struct sim_text text;
	int result;

	if ((service = sim_item(pamh, PAM_SERVICE)) == NULL || *service == '\0')
		return (PAM_SYSTEM_ERR);
	if (sim_read_file(path, true, &text) != SIM_READ_OK)
		return (PAM_SYSTEM_ERR);		/* [a13, a16] */
	result = text.size > 0 ? parse(&text, service, policy) :
	    PAM_SYSTEM_ERR;
	free(text.bytes);
	if (result != PAM_SUCCESS)
		sim_free_policy(policy);
	return (result);
}

/* Bound lazily, so a missing symbol kills only when it is called.  [a10g] */
bool
sim_solaris_load(pam_handle_t *pamh, struct sim_entry *entry)
{
	char *isa, *path;
	bool loaded;

	if ((path = sim_module_path(entry->path, NULL)) == NULL)
		return (false);
	/* "$ISA" names the directory of the word size: here there is one. */
	if ((isa = strstr(path, "/$ISA/")) != NULL)
		memmove(isa, isa + 5, strlen(isa + 5) + 1);
	loaded = sim_trusted_file(path) &&			/* [a16b] */
	    sim_load(pamh, entry, path, true);
	free(path);
	return (loaded);
}
