# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=bash
# bash: what pamport itself says may come next, and files where that is nothing.
_pamport()
{
	local current=${COMP_WORDS[COMP_CWORD]} candidates
	candidates=$(pamport complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null |
	    cut -f 1)
	mapfile -t COMPREPLY < <(compgen -W "$candidates" -- "$current")
}
complete -o bashdefault -o default -F _pamport pamport
