/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Configuration of OpenPAM: pam.d, then pam.conf.
 *
 * Everything is read and every module loaded at the start, and any mistake in
 * a line of ours is the end of it.  [a10, a14]
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "bsd.h"

/* As deep as the real one gets before it runs out of descriptors. */
#define MAX_INCLUDES		256

/* How reading a policy ended; NOT_FOUND lets the search go on. */
enum outcome { FOUND, NOT_FOUND, FAILED };

struct reading {
	pam_handle_t *pamh;
	const char *service;
	int type;		/* or SIM_ANY_TYPE */
	bool four_columns;
	int depth;
};

static enum outcome load_service(const struct reading *);

static bool
valid_name(const char *name, const char *more)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
	size_t n;

	if (*name == '\0')
		return (false);
	for (;;) {
		n = strspn(name, letters);
		name += n;
		if (*name == '\0')
			return (true);
		if (strchr(more, *name) == NULL)
			return (false);
		name++;
	}
}

/* The features are about the slash; other characters never pass. [d25-d34] */
static bool
valid_service(const char *service)
{
	if (sim_this.lenient)
		return (strchr(service, '/') == NULL);
	return (valid_name(service,
	    sim_bsd_feature[FEATURE_SERVICE_NAME] ? "" : "/"));
}

static bool
valid_module(const char *module)
{
	return (sim_this.lenient || valid_name(module,
	    sim_bsd_feature[FEATURE_MODULE_NAME] ? "" : "/"));
}

/* The name with the version of the library comes first. */
static bool
load(pam_handle_t *pamh, struct sim_entry *entry)
{
	static const char *const suffixes[] = { ".2", NULL };
	char *path;
	bool loaded = false;
	size_t i;

	for (i = 0; i < 2 && !loaded; i++) {
		if ((path = sim_module_path(entry->path, suffixes[i])) == NULL)
			return (false);
		if (!sim_bsd_feature[FEATURE_MODULE_FILE] ||
		    sim_trusted_path(path))
			loaded = sim_load(pamh, entry, path, false);
		free(path);
	}
	return (loaded);
}

/*
 * A policy that includes itself: the stack runs out, or for those that take a
 * file that cannot be opened for an empty one, the descriptors do.
 */
static enum outcome
too_deep(void)
{
	if (!sim_this.lenient)
		sim_crash("a policy that includes itself");
	return (NOT_FOUND);
}

static enum outcome
include(const struct reading *r, int type, const struct sim_words *words,
    int i)
{
	struct reading inner = *r;
	enum outcome outcome;

	if (r->depth >= MAX_INCLUDES)
		return (too_deep());
	if (i >= words->n || !valid_service(words->word[i]) ||
	    (i + 1 != words->n && !sim_this.lenient)) {
		sim_log("%s: bad include", r->service);
		return (FAILED);
	}
	inner.service = words->word[i];
	inner.type = type;
	inner.depth++;
	outcome = load_service(&inner);
	if (outcome == NOT_FOUND && !sim_this.lenient)
		return (FAILED);			/* [a14i] */
	return (outcome);
}

static enum outcome
add(const struct reading *r, int type, int control,
    const struct sim_words *words, int i)
{
	struct sim_entry *entry;
	bool good;

	if (i >= words->n || !valid_module(words->word[i])) {
		sim_log("%s: missing or invalid module", r->service);
		return (FAILED);
	}
	if ((entry = sim_new_entry(words->word[i])) == NULL)
		return (FAILED);
	entry->control = (enum sim_control)control;
	good = load(r->pamh, entry);
	while (good && ++i < words->n)
		good = sim_add_argument(entry, words->word[i]);
	if (!good) {
		sim_free_entry(entry);
		return (FAILED);
	}
	sim_append(&r->pamh->own, (enum sim_type)type, entry);
	return (FOUND);
}

static enum outcome
parse_line(const struct reading *r, const struct sim_words *words)
{
	int control, i = 0, type;

	if (words->n == 0)
		return (NOT_FOUND);
	if (r->four_columns &&
	    sim_find_word(&r->service, 1, words->word[i++],
	    sim_this.lenient) < 0)
		return (NOT_FOUND);			/* [a14g] */
	type = i < words->n ? sim_find_word(sim_type_names, SIM_NTYPES,
	    words->word[i++], sim_this.lenient) : -1;
	if (type < 0) {
		sim_log("%s: missing or invalid facility", r->service);
		return (FAILED);
	}
	if (r->type != SIM_ANY_TYPE && r->type != type)
		return (NOT_FOUND);
	control = i < words->n ? sim_find_word(sim_control_names,
	    SIM_NCONTROLS, words->word[i++], sim_this.lenient) : -1;
	if (control < 0) {
		sim_log("%s: missing or invalid control", r->service);
		return (FAILED);
	}
	if (control == SIM_INCLUDE)
		return (include(r, type, words, i));
	return (add(r, type, control, words, i));
}

static enum outcome
parse_text(const struct reading *r, struct sim_text *text)
{
	struct sim_words words;
	enum outcome one, outcome = NOT_FOUND;
	int more;

	while ((more = sim_bsd_line(text, &words)) > 0) {
		one = parse_line(r, &words);
		sim_bsd_free_words(&words);
		if (one == FAILED)
			return (FAILED);
		if (one == FOUND)
			outcome = FOUND;
	}
	return (more < 0 ? FAILED : outcome);
}

static enum outcome
load_file(const struct reading *r, const char *path)
{
	struct sim_text text;
	enum outcome outcome;

	if (sim_is_directory(path))
		return (FAILED);	/* a service called "." */
	switch (sim_read_file(path, sim_bsd_feature[FEATURE_POLICY_FILE] != 0,
	    &text)) {
	case SIM_READ_OK:
		break;
	case SIM_READ_MISSING:
		return (NOT_FOUND);
	default:
		return (sim_this.lenient ? NOT_FOUND : FAILED);
	}
	outcome = parse_text(r, &text);
	free(text.bytes);
	/* In pam.d a file is an answer even if it has no such line.  [a17d] */
	if (outcome == NOT_FOUND && !r->four_columns && !sim_this.lenient)
		return (FOUND);
	return (outcome);
}

static enum outcome
load_service(const struct reading *r)
{
	struct reading own = *r;
	enum outcome outcome;
	char *path;

	own.four_columns = false;
	if ((path = sim_path(r->pamh->root, "pam.d", r->service)) == NULL)
		return (FAILED);
	outcome = load_file(&own, path);
	free(path);
	if (outcome != NOT_FOUND)
		return (outcome);
	own.four_columns = true;
	if ((path = sim_path(r->pamh->root, "pam.conf", NULL)) == NULL)
		return (FAILED);
	outcome = load_file(&own, path);		/* [a13g] */
	free(path);
	return (outcome);
}

/*
 * The service's own lines, then "other" for each type that has none; a type
 * that finds no policy at all is fatal.  [a11, a12, a17]
 */
int
sim_configure(pam_handle_t *pamh)
{
	struct reading r = { pamh, NULL, SIM_ANY_TYPE, false, 0 };
	enum outcome outcome;
	int type;

	r.service = sim_item(pamh, PAM_SERVICE);
	if (r.service == NULL)
		sim_crash("pam_start() without a service");
	if (!valid_service(r.service) || load_service(&r) == FAILED)
		return (PAM_SYSTEM_ERR);
	r.service = "other";
	for (type = 0; type < SIM_NTYPES; type++) {
		if (pamh->own.chain[type] != NULL ||
		    !sim_bsd_feature[FEATURE_OTHER])
			continue;
		r.type = type;
		outcome = load_service(&r);
		if (outcome == FAILED ||
		    (outcome == NOT_FOUND && sim_this.needs_other))
			return (PAM_SYSTEM_ERR);
	}
	return (PAM_SUCCESS);
}
