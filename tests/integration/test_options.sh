#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Every option of every command, with its letter and the name of its value, stands in the table, in --help,
# in the man page and in the completions, nothing else does, and the program takes it; the values that a
# table names are those that the program takes.
set -euo pipefail
build=$(dirname "$1")
program=$build/overflight
pages=$build/pages

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export HOME=$folder LC_ALL=C.UTF-8 OVERFLIGHT_PACK=$folder/none

fail() {
    echo "test_options: $*" >&2
    exit 1
}

# options COMMAND: "--name -letter VALUE" of the table, "-" for what is not there
options() {
    awk -F '\t' -v command="$1" '$1 == command {
        print "--" $2, ($3 == "-" ? "-" : "-" $3), $4
    }' "$folder/table"
}

in_help() {
    "$program" "$1" --help | sed -n '/^Options:/,/^$/p' | awk '/^  (-[a-z], |    )--/ {
        letter = $1 ~ /^-[a-z],$/ ? substr($1, 1, 2) : "-"
        name = letter == "-" ? $1 : $2
        value = letter == "-" ? $2 : $3
        print name, letter, index($0, name " " value) && value !~ /[^][A-Z_,]/ ? value : "-"
    }'
}

in_man() {
    sed -n '/^\.Sh OPTIONS/,/^\.El/p' "$pages/overflight-$1.1" | awk '/^\.It / {
        at = $2 == "Fl" && $4 == "," ? 5 : 2
        name = $(at + 1)
        sub(/^\\/, "-", name)
        print name, (at == 5 ? "-" $3 : "-"), ($(at + 2) == "Ar" ? $(at + 3) : "-")
    }'
}

in_bash() { # the options alone
    sed -nE "s|^    $1/\) options='([^']*)'.*|\1|p" "$pages/overflight.bash" | tr ' ' '\n'
}

in_zsh() {
    sed -n "/^_overflight_$1()/,/^}/p" "$pages/overflight.zsh" |
        grep -oE "('\*?|,)--[a-z0-9-]+[=}[]" | sed -E "s/^[^-]*//; s/.$//" | sort -u
}

in_fish() {
    sed -nE "s/^complete -c overflight -n '__overflight_at $1[^']*' -l ([a-z0-9-]+).*/--\1/p" \
        "$pages/overflight.fish"
}

same() { # WHAT WANT GOT: files
    diff -u --label "table" --label "$1" "$2" "$3" || fail "$1 is not the table"
}

# The program itself: it asks for the value by its name, and refuses one where there is none.
taken() { # COMMAND --name -letter VALUE
    local want="option $2 takes no value" got
    [[ $2 != --help ]] || return 0
    if [[ $4 == - ]]; then
        got=$("$program" "$1" "$2=x" 2>&1) && fail "$1 $2=x is taken"
    else
        want="option $2 wants a value: $4"
        got=$("$program" "$1" "$2" 2>&1) && fail "$1 $2 is taken without a value"
        if [[ $3 != - ]]; then
            [[ $("$program" "$1" "$3" 2>&1) == "overflight $1: $want"* ]] || fail "$1 $3: not $2"
        fi
    fi
    [[ $got == "overflight $1: $want"* ]] || fail "$1 $2: $got"
}

"$build/ovf_cli_pages" table >"$folder/table"
commands=$(cut -f1 "$folder/table" | uniq)
listed=$("$program" --help | sed -nE 's/^  ([a-z]+) .*/\1/p')
[[ -n $commands && $commands == "$listed" ]] || fail "--help lists: $listed"

n=0
for command in $commands; do
    options "$command" >"$folder/want"
    in_help "$command" >"$folder/help"
    in_man "$command" >"$folder/man"
    same "overflight $command --help" "$folder/want" "$folder/help"
    same "overflight-$command(1)" "$folder/want" "$folder/man"
    cut -d' ' -f1 "$folder/want" >"$folder/names"
    in_bash "$command" >"$folder/bash"
    in_fish "$command" >"$folder/fish"
    in_zsh "$command" >"$folder/zsh"
    same "bash" "$folder/names" "$folder/bash"
    same "fish" "$folder/names" "$folder/fish"
    sort -u "$folder/names" >"$folder/sorted"
    same "zsh" "$folder/sorted" "$folder/zsh"
    while read -r name letter value; do
        taken "$command" "$name" "$letter" "$value"
        n=$((n + 1))
    done <"$folder/want"
    [[ $("$program" help "$command") == "$("$program" "$command" --help)" ]] ||
        fail "help $command is not $command --help"
done
echo "$n options of $(wc -w <<<"$commands") commands"

# The values named are all in the text.
while IFS=$'\t' read -r command name _ _ choices _; do
    [[ $choices == - ]] || for choice in $choices; do
        "$program" "$command" --help | sed -n "/ --$name /,/ --/p" | tr -c 'a-z_\n-' ' ' |
            grep -w -e "$choice" >/dev/null || fail "$command --$name: $choice is not in its help"
    done
done <"$folder/table"

# The input holds nothing, so a value that is taken ends with another status than 2.
takes() { # WANT-STATUS ARGUMENT...
    local want=$1 status=0
    shift
    "$program" "$@" >/dev/null 2>"$folder/err" </dev/null || status=$?
    if [[ $want == usage ]]; then
        [[ $status == 2 ]] || fail "taken: $*"
    else
        [[ $status != 2 ]] || fail "not taken: $*: $(cat "$folder/err")"
    fi
}
choices() { # COMMAND NAME
    awk -F '\t' -v c="$1" -v n="$2" '$1 == c && $2 == n { print $5 }' "$folder/table"
}
echo x >"$folder/x"
for choice in $(choices scan format); do
    takes any scan --format "$choice" "$folder/x"
done
takes usage scan --format json "$folder/x"
if [[ -e $build/overflight.pack ]]; then
    export OVERFLIGHT_PACK=$build/overflight.pack
    roles=$(choices scan role)
    classes=$(choices scan class)
    takes any scan --role "${roles// /,}" --class "${classes// /,}" "$folder/x"
    takes usage scan --role "${roles// /,},nosuch" "$folder/x"
    takes usage scan --class "${classes// /,},nosuch" "$folder/x"
    kinds=$(choices scan kind)
    takes usage scan --kind "${kinds// /,},nosuch" "$folder/x"
fi
for choice in $(choices airspace format); do
    takes any airspace list --format "$choice"
done
for choice in $(choices airspace kind); do
    takes any airspace import "$folder/x" --kind "$choice" --library "$folder/l"
done
for choice in $(choices simulate write); do
    takes any simulate "$folder/x" -o "$folder/out" --write "$choice"
done
takes usage airspace list --format kml
takes usage airspace import "$folder/x" --kind airport --library "$folder/l"
takes usage simulate "$folder/x" -o "$folder/out" --write xml
takes usage airspace list --kind fir
takes usage help nothing
