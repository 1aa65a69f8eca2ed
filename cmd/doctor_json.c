/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What doctor found, for programs.  A key is added, and never given another
 * meaning.
 */
#include <config.h>

#include <string.h>

#include "cmd/doctor.h"

static void
write_native(struct json *json, const struct native *native)
{
	json_object(json, "pam");
	json_string(json, "implementation", native->name);
	json_string(json, "title", native->title);
	json_string(json, "header", native->header);
	json_string(json, "header_version", native->header_version[0] != '\0' ?
	    native->header_version : NULL);
	json_string(json, "package_version", native->package_version);
	json_bool(json, "const", native->has_const);
	json_string(json, "names", native->has_enumerators ? "enumerators" :
	    "macros");
	json_string(json, "library", native->library);
	json_string(json, "soname", native->soname);
	json_string(json, "library_file", native->real);
	json_end(json);
}

static void
write_functions(struct json *json, const struct doctor *doctor)
{
	int i;

	json_array(json, "functions");
	for (i = 0; i < doctor->functions; i++) {
		json_object(json, NULL);
		json_string(json, "name", doctor->function[i].name);
		json_bool(json, "native", doctor->function[i].built == 1);
		json_bool(json, "in_library", doctor->function[i].is_there);
		json_end(json);
	}
	json_end(json);
}

static void
write_traits(struct json *json, const struct doctor *doctor)
{
	static const char *const words[] = {
		[AGREES] = "agrees", [DIFFERS] = "differs",
		[FROM_TABLE] = "not measured"
	};
	int i;

	json_array(json, "traits");
	for (i = 0; i < doctor->traits; i++) {
		json_object(json, NULL);
		json_string(json, "name", doctor->trait[i].name);
		json_string(json, "state", words[doctor->trait[i].agreement]);
		json_string(json, "table", doctor->trait[i].table);
		json_string(json, "measured", doctor->trait[i].measured);
		json_end(json);
	}
	json_end(json);
}

static void
write_rules(struct json *json, const struct doctor *doctor)
{
	static const char *const words[] = {
		[PROVED] = "proved", [BROKEN] = "broken",
		[NOT_PROVED] = "not tried"
	};
	int i;

	json_array(json, "rules");
	for (i = 0; i < doctor->rules; i++) {
		json_object(json, NULL);
		json_number(json, "rule", doctor->rule[i].number);
		json_string(json, "text", doctor->rule[i].text);
		json_string(json, "state", words[doctor->rule[i].proof]);
		json_string(json, "why", doctor->rule[i].why);
		json_end(json);
	}
	json_end(json);
}

static void
write_lines(struct json *json, const char *key, const struct policy_line *line)
{
	json_array(json, key);
	for (; line != NULL; line = line->next) {
		json_object(json, NULL);
		json_string(json, "control", line->control);
		json_string(json, "module", line->module);
		json_string(json, "file", line->file);
		json_number(json, "line", line->number);
		json_end(json);
	}
	json_end(json);
}

static void
write_policy(struct json *json, const struct policy *policy)
{
	static const char *const sources[] = {
		[POLICY_OWN] = "own", [POLICY_OTHER] = "other",
		[POLICY_NOTHING] = "nothing"
	};
	const struct policy_complaint *complaint;
	int i;

	json_object(json, "service");
	json_string(json, "name", policy->service);
	json_bool(json, "is_configured", policy->has_own_file);
	json_object(json, "facilities");
	for (i = 0; i < POLICY_FACILITIES; i++) {
		json_object(json, policy_facilities[i]);
		json_string(json, "source", sources[policy->stack[i].source]);
		json_bool(json, "empty_include",
		    policy->stack[i].has_empty_include);
		write_lines(json, "lines", policy->stack[i].own);
		write_lines(json, "other", policy->stack[i].other);
		json_string(json, "without", policy->stack[i].without);
		json_end(json);
	}
	json_end(json);
	json_array(json, "complaints");
	for (complaint = policy->complaint; complaint != NULL;
	    complaint = complaint->next)
		json_string(json, NULL, complaint->text);
	json_end(json);
	json_end(json);
}

void
doctor_json(const struct doctor *doctor)
{
	struct json json;
	const char *const *hint;

	json_init(&json, stdout);
	json_object(&json, NULL);
	json_string(&json, "pamport", pamport_version());
	json_bool(&json, "agrees", doctor_count(doctor, DIFFERS) == 0 &&
	    doctor_proofs(doctor, BROKEN) == 0);
	write_native(&json, &doctor->native);
	write_functions(&json, doctor);
	write_traits(&json, doctor);
	write_rules(&json, doctor);
	records_json(&json);
	if (doctor->has_policy)
		write_policy(&json, &doctor->policy);
	json_bool(&json, "root", doctor->is_root);
	json_array(&json, "root_could_tell");
	for (hint = doctor_root_hints; !doctor->is_root && *hint != NULL; hint++)
		json_string(&json, NULL, *hint);
	json_end(&json);
	json_end(&json);
}
