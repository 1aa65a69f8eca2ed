/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The PAM underneath: what was compiled against, and what was loaded.
 */
#ifndef PAMPORT_CMD_NATIVE_H
#define PAMPORT_CMD_NATIVE_H

#include <stdbool.h>

struct native {
	const char *name;		/* as in the tables */
	const char *title;
	const char *header;		/* the file that configure found */
	const char *package_version;	/* when pamport was built; NULL: unknown */
	char header_version[64];	/* which the header says; may be empty */
	char library[1024];		/* the file that was loaded */
	char soname[1024];
	char real[1024];		/* that file without symbolic links */
	bool has_const;
	bool has_enumerators;
};

void native_find(struct native *native);
/*
 * native_text.c: "Linux-PAM 1.5.2", and "header version 1.0", as far as they are
 * known.
 */
#define NATIVE_TEXT 160
const char *native_package(const struct native *native,
    char text[NATIVE_TEXT]);
const char *native_header(const struct native *native, char text[NATIVE_TEXT]);

/* Functions that not every libpam has. */
struct native_function {
	const char *name;
	int built;		/* 1: pamport calls it, 0: ours is used */
	bool is_there;		/* in the libpam that was loaded */
};
#define NATIVE_FUNCTIONS 24
int native_functions(struct native_function *function);

/*
 * 1 or 0 for the few names whose number does not tell whether the native
 * headers have them, -1 for all others: native_names.c.
 */
int native_declares(const char *name);

/*
 * What the name in this row of lib/names.def stands for without a native header:
 * a number of pamport's, or itself; nothing for limits: names_private.c.
 */
const char *native_text_without(int row);

#endif /* PAMPORT_CMD_NATIVE_H */
