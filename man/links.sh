#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# links.sh PAGE...: a line "NAME PAGE" for each name of pamport's that stands under
# NAME in a page of section 3, for `make install' to make man(1) find it.  A function
# that has its name from libpam is there as pamport's: pam_prompt is pamport_prompt,
# since `man pam_prompt' is to show the system's own page.
set -eu

for page; do
	file=${page##*/}
	sed -n '/^\.Sh NAME/,/^\.Nd/s/^\.Nm \([a-z_]*\).*/\1/p' "$page" |
	    sed -e '/^pamport_/!s/^\(pam_\)\{0,1\}/pamport_/' |
	    while read -r name; do
		[ "$name.3" = "$file" ] || echo "$name $file"
	done
done
