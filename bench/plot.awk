# SPDX-License-Identifier: BSD-2-Clause
#
# Takes the series out of the lines: one file each, "number ours bare".
{
	n = split($1, part, ".")
	if (n < 3 || part[n - 1] !~ /^[0-9]+$/)
		next
	name = part[1]
	for (i = 2; i < n - 1; i++)
		name = name "-" part[i]
	file = name "." part[n] ".dat"
	print part[n - 1], $2 == "-" ? "NaN" : $2, $3 == "-" ? "NaN" : $3 >file
}
