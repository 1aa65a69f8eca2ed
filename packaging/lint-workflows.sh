#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# lint-workflows.sh SOURCES WHERE: what can be known of the workflows without
# running them.  actionlint comes from PATH, or is built below WHERE.
set -eu

sources=$1
where=$2
version=v1.7.7

PATH=$PATH:$where:/usr/local/go/bin
export PATH
if ! command -v actionlint >/dev/null 2>&1; then
	mkdir -p "$where"
	GOBIN=$(cd "$where" && pwd) \
	    go install "github.com/rhysd/actionlint/cmd/actionlint@$version"
fi
cd "$sources"
rules='truthy: {check-keys: false}, line-length: {max: 100},
    document-start: disable, comments: {min-spaces-from-content: 1}'
yamllint --strict -d "{extends: default, rules: {$rules}}" .github action.yml
actionlint -no-color .github/workflows/*.yml

# A tag can be moved to something else: actions are named by their commits.
if grep -n 'uses:' .github/workflows/*.yml |
    grep -v -e 'uses: \./' -e 'uses: [^@]*@[0-9a-f]\{40\} # v[0-9]'; then
	echo 'lint-workflows.sh: these are not pinned' >&2
	exit 1
fi

# Each script that a step runs is here, and each part is one of quickstart.
sed -n 's/^ *\(- \)\{0,1\}run: *//p' .github/workflows/*.yml |
    grep -o '[a-z/-]*\.sh' | sort -u | while read -r script; do
	[ -f "$script" ] || { echo "no $script"; exit 1; }
done
parts=$(sed -n "s/^parts='\(.*\)'/\1/p" packaging/checks.sh)
grep -h -o 'quickstart check [a-z]*' .github/workflows/*.yml |
    sed 's/.* check //; /^$/d' | sort -u | while read -r part; do
	case " $parts " in
	*" $part "*) ;;
	*) echo "there is no part $part"; exit 1 ;;
	esac
done
