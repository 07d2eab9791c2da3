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

# What is not there: the program asks for one of another name.
without() { # NAME OTHER-NAME ARGUMENT...
    local name=$1 other=$2 status=0
    shift 2
    sed "s/$name/$other/g" "$program" >"$folder/without"
    chmod +x "$folder/without"
    cmp -s "$program" "$folder/without" && fail "$name is not asked for"
    "$folder/without" --version >"$folder/out" || fail "$name is loaded at the start"
    "$folder/without" "$@" >"$folder/out" 2>"$folder/err" || status=$?
    [[ $status == 4 ]] || fail "without $name: status $status: $(cat "$folder/err")"
    grep -q "^overflight: cannot load a library: .*$other" "$folder/err" ||
        fail "without $name: $(cat "$folder/err")"
    [[ ! -s $folder/out ]] || fail "without $name: $(cat "$folder/out")"
}

pack=$(dirname "$1")/overflight.pack
if [[ -e $pack ]]; then
    without libproj.so libproj.no simulate --world-day --scale 0.0001 --pack "$pack" -o "$folder/day"
    without libarchive.so libarchive.no simulate --world-day --scale 0.0001 --pack "$pack" -o "$folder/tar"
fi
# What runs for days has all of them, and all that it calls of them, before it begins.
without curl_multi_poll curl_multi_pull watch --airspace IQ "$folder/no-source"
without libmicrohttpd.so libmicrohttpd.no watch --airspace IQ "$folder/no-source"
without libmosquitto.so libmosquitto.no serve --store "$folder/no-store"
without libcurl.so libcurl.no fetch trace 4b1805 --since 2025-07-01 --base http://127.0.0.1:1 --retries 0 -o "$folder/traces"
