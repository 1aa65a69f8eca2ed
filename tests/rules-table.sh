#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# usage: rules-table.sh RULES NAME=RESULTS...
#
# A table of the rules of the contract against the builds that were tested: how
# many cases showed the rule in each.  RESULTS is a results file of Kyua.  Ends
# with status 1 if a rule was shown nowhere and RULES does not say why.
set -eu

rules=$1
shift
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

printf '%-5s' rule
for build; do
	name=${build%%=*}
	printf '%15s' "$name"
	kyua --logfile=/dev/null report --results-file="${build#*=}" \
	    --results-filter=passed | sed -n 's/  ->  passed.*//p' >"$work/$name"
done
printf '\n'

status=0
while IFS='	' read -r rule cases; do
	case $rule in
	'#'* | '') continue ;;
	esac
	printf '%-5s' "$rule"
	case $cases in
	'- '*)
		printf '  %s\n' "${cases#- }"
		continue ;;
	esac
	for build; do
		count=$(grep -c -E "$cases" "$work/${build%%=*}" || :)
		printf '%15s' "$count"
		[ "$count" -gt 0 ] || status=1
	done
	printf '\n'
done <"$rules"
exit "$status"
