#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# What `cmake --install` puts in place works: staged with DESTDIR under a prefix with a space, then moved
# elsewhere. The program finds the installed pack and no other; a stranger's program compiles against
# each header and links through pkg-config; manual pages and completions are good for their readers.
set -euo pipefail
build=$(dirname "$1")
source=$(realpath "$(dirname "${BASH_SOURCE[0]}")/../..")
[[ -e $build/overflight.pack ]] || {
    echo "skipped: no pack"
    exit 77
}

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export HOME=$folder LC_ALL=C.UTF-8
unset OVERFLIGHT_PACK DESTDIR PKG_CONFIG_SYSROOT_DIR XDG_DATA_HOME

fail() {
    echo "test_install: $*" >&2
    exit 1
}

same() { # WHAT GOT WANT
    [[ $2 == "$3" ]] || fail "$1: got '$2', want '$3'"
}

cached() { # NAME: a value of the build's cache
    sed -n "s/^$1:[A-Z]*=//p" "$build/CMakeCache.txt"
}

# locate PROGRAM: what it says of Baghdad, which is in Iraq on any map
locate() {
    (cd / && "$1" airspace locate 33.3 44.4 --format csv | sed -n 2p)
}

echo "== install"
prefix="/opt/over flight"
DESTDIR="$folder/stage" cmake --install "$build" --prefix "$prefix" >"$folder/log" ||
    fail "$(cat "$folder/log")"
same "outside the prefix" "$(find "$folder/stage" -type f -not -path "$folder/stage$prefix/*")" ""
bin=$(cached CMAKE_INSTALL_BINDIR)
lib=$(cached CMAKE_INSTALL_LIBDIR)
staged="$folder/stage$prefix"
for file in "$bin/overflight" "$lib/liboverflight.a" "$lib/liboverflight_core.a" \
    "$lib/pkgconfig/overflight.pc" include/overflight/airspace/edition.h \
    share/overflight/overflight.pack share/man/man1/overflight.1 \
    share/bash-completion/completions/overflight share/zsh/site-functions/_overflight \
    share/fish/vendor_completions.d/overflight.fish share/doc/overflight/LICENSE \
    share/doc/overflight/README.md; do
    [[ -f $staged/$file && ! -L $staged/$file ]] || fail "not installed: $file"
done
grep -q 'OpenStreetMap contributors' "$staged/share/doc/overflight/NOTICE" || fail "no attribution"

echo "== the pack, with a space in the prefix, and moved"
same "staged" "$(locate "$staged/$bin/overflight" | cut -d, -f3)" IQ
mv "$staged" "$folder/moved"
moved=$folder/moved
same "moved" "$(locate "$moved/$bin/overflight" | cut -d, -f3)" IQ
ln -s "$moved/$bin/overflight" "$folder/link"
same "through a link" "$(locate "$folder/link" | cut -d, -f3)" IQ

# Without its pack it takes none of the build tree's, which is still there.
if [[ ! -e $(cached CMAKE_INSTALL_PREFIX)/share/overflight/overflight.pack ]]; then
    mv "$moved/share/overflight/overflight.pack" "$folder/pack"
    status=0
    "$moved/$bin/overflight" airspace list >"$folder/out" 2>"$folder/err" || status=$?
    same "status without a pack" "$status" 4
    for word in "$moved/$bin/overflight.pack" /share/overflight/overflight.pack --pack \
        OVERFLIGHT_PACK; do
        grep -qF -e "$word" "$folder/err" || fail "does not say $word: $(cat "$folder/err")"
    done
    same "--pack" "$("$moved/$bin/overflight" airspace locate 33.3 44.4 --pack "$folder/pack" \
        --format csv | sed -n 2p | cut -d, -f3)" IQ
    mv "$folder/pack" "$moved/share/overflight/overflight.pack"
fi
# The built program takes what is beside it, wherever an older one is installed.
same "in the build tree" "$(locate "$build/overflight" | cut -d, -f3)" IQ

echo "== a program that uses the library"
cc=$(cached CMAKE_C_COMPILER)
flags=(-std=c17 -Wall -Wextra -Wpedantic -Werror)
sanitize=$(cached OVF_SANITIZE)
[[ -z $sanitize ]] || flags+=("-fsanitize=$sanitize")
[[ $(cached OVF_COVERAGE) != ON ]] || flags+=(--coverage)
export PKG_CONFIG_PATH=$moved/$lib/pkgconfig
for static in --static ""; do
    # shellcheck disable=SC2046,SC2086 # words are meant
    (cd "$folder" && "$cc" "${flags[@]}" "$source/examples/library/locate.c" \
        $(pkg-config --cflags --libs $static overflight) -o locate)
    same "the library" "$("$folder/locate" "$(pkg-config --variable=pack overflight)" 33.3 44.4 |
        sed -n 1p)" "IQ Iraq"
done
# All of both libraries, of which a program takes a part: is every symbol in Libs?
echo 'int main(void) { return 0; }' >"$folder/all.c"
# shellcheck disable=SC2046 # words are meant
(cd "$folder" && "$cc" "${flags[@]}" all.c "-L$moved/$lib" -Wl,--whole-archive -loverflight \
    -loverflight_core -Wl,--no-whole-archive $(pkg-config --libs overflight) -o all) ||
    fail "Libs lacks something"
same "version" "$(pkg-config --modversion overflight)" \
    "$("$moved/$bin/overflight" --version | sed 's/.* //')"

echo "== each header alone"
read -ra cflags <<<"$(pkg-config --cflags overflight)"
include=$moved/include/overflight
find "$include" -name '*.h' -print0 | xargs -0 -P 2 -n 1 \
    "$cc" -fsyntax-only -x c -std=c17 -Wall -Wextra -Werror "${cflags[@]}" || fail "a header"

echo "== manual pages"
commands=$("$moved/$bin/overflight" --help | sed -nE 's/^  ([a-z]+) .*/\1/p')
for command in $commands; do
    [[ -e $moved/share/man/man1/overflight-$command.1 ]] || fail "no page for $command"
done
if command -v mandoc >/dev/null; then
    mandoc -Tlint -W warning "$moved"/share/man/man1/*.1 || fail "mandoc finds something"
else
    echo "mandoc is not installed: not looked at"
fi
if command -v man >/dev/null && command -v groff >/dev/null; then
    for page in "$moved"/share/man/man1/*.1; do
        man --warnings -E UTF-8 -l -Tutf8 -Z "$page" 2>"$folder/warnings" >/dev/null
        same "warnings of groff in $page" "$(cat "$folder/warnings")" ""
    done
else
    echo "man is not installed: not looked at"
fi

echo "== completion in bash"
complete=$moved/share/bash-completion/completions/overflight
bash -n "$complete"
# offers WANT WORD...: what is offered for the last word. Where names of files are, readline finds
# them: then the shell is asked for that.
offers() {
    local want=$1
    shift
    same "offered for: $*" "$(bash -c '
        . "$0"
        compopt() { echo "$*"; }
        complete -p overflight | grep -q -e "-F _overflight overflight" || echo "not registered"
        COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY=()
        _overflight overflight "${@: -1}" "${@: -2:1}"
        echo "${COMPREPLY[*]}"' "$complete" "$@" | tr -s '\n ' ' ' | sed 's/^ //; s/ $//')" "$want"
}
offers "airspace" overflight air
offers "$(tr '\n' ' ' <<<"$commands" | sed 's/ $//')" overflight help ""
offers "--format" overflight scan --form
offers "table" overflight scan x.tar --format t
offers "table ndjson csv geojson kml" overflight scan --format =
offers "ndjson" overflight scan --format = n
offers "kml" overflight scan -f k
offers "observed,bracketed" overflight scan --class observed,b
offers "-o default" overflight scan ""
offers "-o default" overflight scan --airspace IQ ./
offers "-o default" overflight scan --output ""
offers "" overflight scan --from ""
offers "import" overflight airspace imp
offers "locate" overflight airspace --format csv loc
offers "--editions" overflight airspace list --ed
offers "" overflight airspace import --ed
offers "country" overflight airspace import f.json --kind c
offers "-o default" overflight airspace import ""
offers "-o dirnames" overflight simulate a.yaml -o ""
offers "-o default" overflight scan -- --f
offers "--until" overflight scan --since 2025-07-01T10 : 00 --un

echo "== completion in zsh and fish"
if command -v zsh >/dev/null; then
    zsh -n "$moved/share/zsh/site-functions/_overflight"
else
    echo "zsh is not installed: not looked at"
fi
if command -v fish >/dev/null; then
    same "fish" "$(fish --no-config -c "source $moved/share/fish/vendor_completions.d/overflight.fish
        complete -C 'overflight scan --format '" | cut -f1 | tr '\n' ' ')" \
        "csv geojson kml ndjson table "
else
    echo "fish is not installed: not looked at"
fi
