/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Configurations.  A line of a table has four columns, as in pam.conf; where
 * an implementation reads pam.d the first one names the file.
 *
 * Beside these: "!FILE text" appends text to a file below the root, for
 * everybody; "!chmod MODE FILE" and "!chown UID FILE" do what they say.
 * %M is the scriptable module, %N the one without session functions, %R the
 * root.
 */
#include <sys/types.h>
#include <sys/stat.h>

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runner.h"

static char *
expand(const struct run *run, const char *line)
{
	const char *value;
	char *text;
	size_t used = 0;

	if ((text = malloc(strlen(line) * 300 + 1)) == NULL)
		abort();
	for (; *line != '\0'; line++) {
		value = NULL;
		if (strncmp(line, "%M", 2) == 0)
			value = run->settings->module;
		else if (strncmp(line, "%N", 2) == 0)
			value = run->settings->no_session;
		else if (strncmp(line, "%R", 2) == 0)
			value = run->root;
		if (value == NULL) {
			text[used++] = *line;
			continue;
		}
		strcpy(text + used, value);
		used += strlen(value);
		line++;
	}
	text[used] = '\0';
	return (text);
}

static void
append(const struct run *run, const char *name, const char *text,
    const char *end)
{
	char path[700];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", run->root, name);
	if ((file = fopen(path, "a")) == NULL)
		return;
	fprintf(file, "%s%s", text, end);
	fclose(file);
}

static void
command(const struct run *run, char *line)
{
	char path[700], *file, *number;

	number = strchr(line, ' ');
	*number++ = '\0';
	file = strchr(number, ' ');
	*file++ = '\0';
	snprintf(path, sizeof(path), "%s/%s", run->root, file);
	if (strcmp(line, "chmod") == 0)
		chmod(path, (mode_t)strtol(number, NULL, 8));
	else if (chown(path, (uid_t)strtol(number, NULL, 10), (gid_t)-1) != 0)
		perror(path);
}

static void
write_line(const struct run *run, char *line, const char *end)
{
	char name[300], *rest;

	if (*line == '!') {
		if (strncmp(line, "!chmod ", 7) == 0 ||
		    strncmp(line, "!chown ", 7) == 0) {
			command(run, line + 1);
			return;
		}
		rest = strchr(line, ' ');
		if (rest != NULL)
			*rest++ = '\0';
		append(run, line + 1, rest != NULL ? rest : "",
		    rest != NULL ? end : "");
		return;
	}
	if (family_one_file) {
		append(run, "pam.conf", line, end);
		return;
	}
	rest = line + strcspn(line, " \t");
	if (rest == line)
		return;
	snprintf(name, sizeof(name), "pam.d/%.*s", (int)(rest - line), line);
	append(run, name, *rest != '\0' ? rest + 1 : "", end);
}

/* A line that ends in a backslash keeps the next for the same file. */
static char *
line_end(char *line)
{
	char *end;

	for (end = strchr(line, '\n'); end != NULL; end = strchr(end, '\n')) {
		if (end == line || end[-1] != '\\' || end[1] == '\0')
			return (end);
		end++;
	}
	return (NULL);
}

void
write_configuration(struct run *run, const char *configuration)
{
	char path[700], *copy, *end, *line;

	mkdir(run->root, 0755);
	snprintf(path, sizeof(path), "%s/pam.d", run->root);
	if (strstr(configuration, "!nodirectory") == NULL)
		mkdir(path, 0755);
	copy = expand(run, configuration);
	for (line = copy; *line != '\0'; line = end + 1) {
		if ((end = line_end(line)) != NULL)
			*end = '\0';
		if (strcmp(line, "!nodirectory") != 0)
			write_line(run, line, end != NULL ? "\n" : "");
		if (end == NULL)
			break;
	}
	free(copy);
}

static void
remove_all(const char *path)
{
	struct dirent *entry;
	char below[700];
	DIR *directory;

	if ((directory = opendir(path)) == NULL) {
		unlink(path);
		return;
	}
	while ((entry = readdir(directory)) != NULL) {
		if (strcmp(entry->d_name, ".") == 0 ||
		    strcmp(entry->d_name, "..") == 0)
			continue;
		snprintf(below, sizeof(below), "%.400s/%.255s", path,
		    entry->d_name);
		remove_all(below);
	}
	closedir(directory);
	rmdir(path);
}

/* Everything below the root.  A pam.d that is a mount point stays. */
void
remove_configuration(struct run *run)
{
	remove_all(run->root);
}
