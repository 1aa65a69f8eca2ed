#!/usr/bin/env atf-sh
# shellcheck shell=sh
# SPDX-License-Identifier: BSD-2-Clause
#
# pamport code, compared with numbers that were read from headers.

pamport='@abs_top_builddir@/pamport'
top_srcdir='@abs_top_srcdir@'

atf_test_case number__says_who_calls_what_so
number__says_who_calls_what_so_head() { :; }
number__says_who_calls_what_so_body() {
	atf_check -o match:'PAM_CRED_UNAVAIL +openpam apple solaris +pam_setcred' \
	    -o match:'PAM_SESSION_ERR +linux-pam +pam_open_session pam_close' \
	    "$pamport" code 14
	atf_check -o match:'PAM_SILENT +openpam apple solaris' \
	    "$pamport" code -- -2147483648
	atf_check -o match:'PAM_SILENT +openpam apple solaris' \
	    "$pamport" code 0x80000000
	atf_check -s exit:1 -e match:'nothing is called 4711' "$pamport" code 4711
}

atf_test_case name__is_taken_in_any_spelling
name__is_taken_in_any_spelling_head() { :; }
name__is_taken_in_any_spelling_body() {
	for name in PAM_AUTH_ERR AUTH_ERR auth_err pam_auth_err; do
		atf_check -o match:'^PAM_AUTH_ERR +7 +9 +9 +9' \
		    -o match:'returned by: pam_authenticate pam_acct_mgmt' \
		    "$pamport" code $name
	done
	atf_check -o match:'^PAM_BAD_ITEM +29 +31 +- +-' "$pamport" code bad_item
	atf_check -o match:'Nothing|Show nothing' "$pamport" code SILENT
	atf_check -s exit:1 -e match:'did you mean AUTH_ERR' \
	    "$pamport" code auth_er
	atf_check -s exit:1 -e match:'no PAM has the name' "$pamport" code ''
}

# Each that rule 2 promises, as the header gives it.
atf_test_case alias__is_found
alias__is_found_head() { :; }
alias__is_found_body() {
	sed -n '/Old spellings/,$s/^#define PAM_\([A-Z_]*\) \(PAM_[A-Z_]*\)$/\1 \2/p' \
	    "$top_srcdir/include/pamport/names.h" >aliases
	[ "$(wc -l <aliases)" -ge 6 ] || atf_fail 'no old spellings were found'
	while read -r alias name; do
		atf_check -o match:"^PAM_$alias is an old spelling of $name\.\$" \
		    -o match:"^$name " "$pamport" code "PAM_$alias"
		atf_check -o match:"^$alias is an old spelling of $name\.\$" \
		    -o match:"^$name " "$pamport" code "$alias"
		atf_check -o match:"\"name\": \"$name\"" \
		    -o match:"\"PAM_$alias\"" "$pamport" code --json "$alias"
	done <aliases
	atf_check -s exit:1 -e match:'did you mean CRED_ESTABLISH' \
	    "$pamport" code cred_establis
	atf_check -o not-match:'old spelling' "$pamport" code ESTABLISH_CRED
}

atf_test_case limit__is_found_by_name
limit__is_found_by_name_head() { :; }
limit__is_found_by_name_body() {
	atf_check -o match:'^limit ' \
	    -o match:'^PAM_MAX_NUM_MSG +32 +32 +32 +32 +32' \
	    "$pamport" code PAM_MAX_NUM_MSG
	atf_check -o match:'^PAM_TOTAL_ERRNUM +- +- +- +28' \
	    "$pamport" code total_errnum
	atf_check -o match:'"kind": "limit"' -o match:'"meaning": null' \
	    "$pamport" code -j MAX_MSG_SIZE
	atf_check -o not-match:MAX_NUM_MSG "$pamport" code 32
	atf_check -o not-match:MAX_NUM_MSG "$pamport" code
}

# The same on every libpam: they are the ABI of pamport.
atf_test_case private__numbers_are_pamports
private__numbers_are_pamports_head() { :; }
private__numbers_are_pamports_body() {
	sed -n '/2. What the native/,/Old spell/s/^#define \(PAM_[A-Z_]*\) \(6[4-9]\|7[0-9]\)$/\1 \2/p' \
	    "$top_srcdir/include/pamport/names.h" >private
	[ "$(wc -l <private)" -ge 27 ] || atf_fail "$(cat private)"
	while read -r name number; do
		atf_check -o match:" $name  +pamport  " \
		    -o match:'^pamport: its own number, where' \
		    "$pamport" code "$number"
		atf_check -o match:"\"private\": $number,\$" \
		    "$pamport" code --json "$name"
		atf_check -o match:"own number, .* none: $number\$" \
		    "$pamport" code "$name"
	done <private
	atf_check -o match:'PAM_NO_AUTHTOK_CHECK +pamport ' \
	    "$pamport" code 0x100000
	atf_check -o match:'PAM_DATA_SILENT +linux-pam pamport ' \
	    "$pamport" code 0x40000000
	# Every header has it, with one number or another.
	atf_check -o match:'"private": null' "$pamport" code -j PAM_PRELIM_CHECK
	atf_check -o not-match:pamport "$pamport" code 14
}

# constants.txt has illumos and OpenSolaris, which are one table here.
atf_test_case all__are_those_of_the_headers
all__are_those_of_the_headers_head() {
	atf_set require.progs python3
}
all__are_those_of_the_headers_body() {
	"$pamport" code --json >all.json || atf_fail 'no JSON'
	cat >compare.py <<-'END'
		import json, sys
		names = {}
		for row in json.load(open("all.json")):
		    names[row["name"]] = row
		columns = ["linux-pam", "openpam", "apple"]
		seen = 0
		for line in open(sys.argv[1]):
		    if line.startswith("#"):
		        continue
		    word = line.split()
		    if word[0] not in names:
		        continue
		    seen += 1
		    for i, column in enumerate(columns):
		        here = names[word[0]]["numbers"][column]
		        there = None if word[i + 1] == "-" else \
		            int(word[i + 1]) & 0xffffffff
		        assert here == there or there is None, (line, here)
		    assert names[word[0]]["meaning"], word[0]
		assert seen > 70, seen
	END
	atf_check python3 compare.py "$top_srcdir/tests/platform/constants.txt"
	atf_check -o save:one.json "$pamport" code --json PAM_ABORT
	atf_check python3 -c \
	    'import json; assert len(json.load(open("one.json"))) == 1'
}

atf_test_case page__has_these_numbers
page__has_these_numbers_head() { :; }
page__has_these_numbers_body() {
	sed -n '/BEGIN NUMBERS/,/END NUMBERS/p' "$top_srcdir/man/pamport.1" |
	    sed '1d;$d' >page
	[ -s page ] || atf_fail 'no numbers in pamport.1'
	"$pamport" code --mdoc >tables
	diff page tables >difference || atf_fail "$(cat difference)"
}

atf_test_case listing__has_every_name
listing__has_every_name_head() { :; }
listing__has_every_name_body() {
	"$pamport" code >listing
	sed -n 's/^PAMPORT__\(CODE\|FLAG\|ITEM\|STYLE\)(\([A-Z_]*\),.*/PAM_\2/p' \
	    "$top_srcdir/lib/names.def" >names
	[ "$(wc -l <names)" -gt 70 ] || atf_fail 'names were not found'
	while read -r name; do
		grep -q "^$name " listing || atf_fail "$name is not listed"
	done <names
}

# The table of pamport(3) is that by which the library works.
atf_test_case page__says_what_each_call_returns
page__says_what_each_call_returns_head() {
	atf_set require.progs python3
}
page__says_what_each_call_returns_body() {
	cat >compare.py <<-'END'
	import json, re, sys
	lines = open(sys.argv[1]).read().split('.It Fn pamport_authenticate')[1]
	lines = ('.It Fn pamport_authenticate' + lines).split('\n')
	said, calls, everyone = {}, [], False
	for line in lines:
	    if line.startswith('.It Fn'):
	        calls = re.findall(r'pamport_\w+', line)
	    everyone = everyone or line.startswith('All of these')
	    if everyone and not line.startswith(('All', '.Dv')):
	        break
	    for call in said if everyone else calls:
	        said.setdefault(call, set()).update(re.findall(r'PAM_\w+', line))
	    for call in calls:
	        said.setdefault(call, set())
	told = {call: set() for call in said}
	for name in json.load(sys.stdin):
	    for call in name.get('returned_by', []):
	        call = call.replace('pam_', 'pamport_')
	        if call in told and name['name'] != 'PAM_SUCCESS':
	            told[call].add(name['name'])
	assert len(said) == 6, said
	for call in said:
	    assert said[call] == told[call], (call, said[call] ^ told[call])
	END
	"$pamport" code --json >codes || atf_fail 'no codes'
	atf_check python3 compare.py "$top_srcdir/man/pamport.3" <codes
}

atf_init_test_cases() {
	atf_add_test_case number__says_who_calls_what_so
	atf_add_test_case name__is_taken_in_any_spelling
	atf_add_test_case alias__is_found
	atf_add_test_case limit__is_found_by_name
	atf_add_test_case private__numbers_are_pamports
	atf_add_test_case all__are_those_of_the_headers
	atf_add_test_case page__has_these_numbers
	atf_add_test_case listing__has_every_name
	atf_add_test_case page__says_what_each_call_returns
}
