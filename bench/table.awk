# SPDX-License-Identifier: BSD-2-Clause
#
# The lines for people, and which goals are met.

function term(text, sign, which, name) {
	sign = 1
	if (text ~ /^-/) {
		sign = -1
		text = substr(text, 2)
	}
	if (text !~ /^[ob]:/)
		return sign * text
	which = substr(text, 1, 1)
	name = substr(text, 3)
	if (!((which, name) in values) || values[which, name] == "-") {
		is_missing = 1
		return 0
	}
	return sign * values[which, name]
}

function sum(text, parts, n, i, total) {
	n = split(text, parts, " ")
	for (i = 1; i <= n; i++)
		total += term(parts[i])
	return total
}

FILENAME ~ /lines$/ {
	if (!printed++)
		printf "%-38s %14s %14s %9s  %s\n", "one call", "pamport",
		    "bare", "ratio", "unit"
	printf "%-38s %14s %14s %9s  %s\n", $1, $2, $3, $4, $5
	values["o", $1] = $2
	values["b", $1] = $3
	next
}

/^#/ { next }

{
	if (!goals++) {
		printf "\n%-58s %9s %9s  %s\n", "added by pamport", "cost",
		    "goal", "met"
	}
	split($0, field, "\t")
	is_missing = 0
	cost = sum(field[2]) / field[3]
	limit = sum(field[4])
	if (is_missing) {
		printf "%-58s %9s %9s  %s\n", field[1], "-", "-", "not measured"
		next
	}
	met = cost <= limit
	unmet += !met
	printf "%-58s %9.1f %9.1f  %s\n", field[1], cost, limit,
	    met ? "yes" : "NO"
}

END {
	printf "\n%d goals not met\n", unmet
}
