# SPDX-License-Identifier: BSD-2-Clause
# fish: what pamport itself says may come next, with its texts.
function __pamport_complete
    set -l words (commandline -opc)
    pamport complete $words[2..-1] (commandline -ct) 2>/dev/null
end
complete -c pamport -n 'test (count (__pamport_complete)) -gt 0' -f
complete -c pamport -a '(__pamport_complete)'
