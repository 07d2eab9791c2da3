#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Libraries that few commands need are not loaded at the start (src/late/late.h), and where one of them is not there,
# those commands alone end, with a message.
set -euo pipefail
program=$(dirname "$1")/overflight

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export HOME=$folder LC_ALL=C.UTF-8

fail() {
    echo "test_late: $*" >&2
    exit 1
}

needed=$(readelf -d "$program" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p')
grep -q '^libc\.so' <<<"$needed" || fail "readelf says nothing of what is needed: $needed"
for library in archive curl microhttpd mosquitto proj; do
    ! grep "^lib${library}[.-]" <<<"$needed" || fail "loaded at the start: a function is called that src/late lacks"
done

# What is called without LIBRARY: the program asks for one of another name.
without() { # LIBRARY ARGUMENT...
    local library=$1 status=0
    shift
    sed "s/lib$library\.so/lib$library.no/g" "$program" >"$folder/without"
    chmod +x "$folder/without"
    cmp -s "$program" "$folder/without" && fail "lib$library is not asked for"
    "$folder/without" --version >"$folder/out" || fail "lib$library is loaded at the start"
    "$folder/without" "$@" >"$folder/out" 2>"$folder/err" || status=$?
    [[ $status == 127 ]] || fail "without lib$library: status $status: $(cat "$folder/err")"
    grep -q "^overflight: error while loading shared libraries: lib$library\.no" "$folder/err" ||
        fail "without lib$library: $(cat "$folder/err")"
    [[ ! -s $folder/out ]] || fail "without lib$library: $(cat "$folder/out")"
}

pack=$(dirname "$1")/overflight.pack
if [[ -e $pack ]]; then
    without proj simulate --world-day --scale 0.0001 --pack "$pack" -o "$folder/day"
    without archive simulate --world-day --scale 0.0001 --pack "$pack" -o "$folder/tar"
fi
# What runs for days has them all from its start.
without microhttpd watch --airspace IQ "$folder/no-source"
without mosquitto serve --store "$folder/no-store"
without curl fetch trace 4b1805 --since 2025-07-01 --base http://127.0.0.1:1 --retries 0 -o "$folder/traces"
