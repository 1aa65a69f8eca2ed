# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=bash
# bash: what pamport itself says may come next, and files where that is nothing.
_pamport()
{
	local current=${COMP_WORDS[COMP_CWORD]} word words=() n=0
	# bash has three words for --dir=place.
	for word in "${COMP_WORDS[@]:1:COMP_CWORD}"; do
		if [[ n -gt 0 && ${words[n - 1]} == --* &&
		    ($word == = || ${words[n - 1]} == *=) ]]; then
			words[n - 1]+=$word
		else
			words[n++]=$word
		fi
	done
	COMPREPLY=()
	while IFS=$'\t' read -r word _; do
		if [[ $word == "$current"* ]]; then
			COMPREPLY+=("$(printf %q "$word")")
		fi
	done < <(pamport complete "${words[@]}" 2>/dev/null)
}
complete -o bashdefault -o default -F _pamport pamport
