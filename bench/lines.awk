# SPDX-License-Identifier: BSD-2-Clause
#
# From the lines of bench.c: name ours bare ratio unit, for one call.  What the
# loop itself costs is subtracted.  Instructions of callgrind come before those of
# the counter, but not where callgrind was too slow for some of a series.

function key() {
	return $2 < 0 ? $1 : $1 "." $2
}

function put(name, unit, value) {
	name = name "." unit
	if (!(name in seen)) {
		seen[name] = 1
		order[++n] = name
		units[name] = unit == "nanoseconds" ? "ns" : unit
	}
	values[which, name] = value
}

# Four fields are callgrind's; seven those of the program.
NF == 4 {
	if ($1 == "nothing")
		loop = $4 / $3
	else if ($4 != "" && !(($1 ~ /^(handles|records)/) && has_counter))
		put(key(), "instructions", $4 / $3 - loop)
	next
}

$1 == "nothing" {
	loop = $4 / $3
	nothing = $5 / $3
	next
}

FILENAME ~ /\.heap$/ {
	if ($6 >= 0) {
		put(key(), "allocations", $6 / $3)
		put(key(), "bytes", $7)
	}
	next
}

{
	if ($4 >= 0) {
		has_counter = 1
		put(key(), "instructions", $4 / $3 - loop)
	}
	put(key(), "nanoseconds", $5 / $3 - nothing)
}

function show(value) {
	if (value == "")
		return "-"
	return sprintf(value == int(value) ? "%d" : "%.2f", value)
}

END {
	for (i = 1; i <= n; i++) {
		name = order[i]
		ours = values["ours", name]
		bare = values["bare", name]
		ratio = "-"
		if (ours != "" && bare != "" && bare > 0)
			ratio = sprintf("%.3f", ours / bare)
		print name, show(ours), show(bare), ratio, units[name]
	}
}
