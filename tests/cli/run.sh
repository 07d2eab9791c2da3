#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Runs one case of the command line:  run.sh OVERFLIGHT CASE_FOLDER
#
#   cmd      bash; `overflight` is on the path, $OVERFLIGHT is its full name
#   stdin    optional; else /dev/null
#   stdout   expected bytes; absent: nothing may be printed
#   stderr   expected bytes; absent: not looked at
#   exit     expected exit status; absent: 0
#
# cmd runs in an empty folder, with a home of its own, and finds $CASE (its folder), $OVF_SOURCE (the
# checkout) and $OVF_TEST_DATA. Exit status 77: it names OVF_TEST_DATA and there is none.
set -uo pipefail
OVERFLIGHT=$(realpath "$1")
CASE=$(realpath "$2")
OVF_SOURCE=$(realpath "$(dirname "${BASH_SOURCE[0]}")/../..")
: "${OVF_TEST_DATA:=$OVF_SOURCE/../shared/data}"

if grep -q OVF_TEST_DATA "$CASE/cmd"; then
    if [[ ! -d $OVF_TEST_DATA ]]; then
        echo "skipped: no ../shared/data"
        exit 77
    fi
    OVF_TEST_DATA=$(realpath "$OVF_TEST_DATA")
fi

tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
mkdir "$tmp/home" "$tmp/cwd"
export OVERFLIGHT CASE OVF_SOURCE OVF_TEST_DATA
export HOME=$tmp/home LC_ALL=C.UTF-8 TZ=Asia/Kathmandu PATH=${OVERFLIGHT%/*}:$PATH
unset XDG_DATA_HOME XDG_CONFIG_HOME XDG_CACHE_HOME XDG_STATE_HOME

stdin=/dev/null
[[ -e $CASE/stdin ]] && stdin=$CASE/stdin
(cd "$tmp/cwd" && exec bash "$CASE/cmd") <"$stdin" >"$tmp/stdout" 2>"$tmp/stderr"
got=$?

status=0
want=0
[[ -e $CASE/exit ]] && want=$(<"$CASE/exit")
if [[ $got != "$want" ]]; then
    echo "exit status $got, expected $want"
    status=1
fi
expected=$CASE/stdout
[[ -e $expected ]] || expected=/dev/null
diff -u --label "stdout expected" --label "stdout got" "$expected" "$tmp/stdout" || status=1
if [[ -e $CASE/stderr ]]; then
    diff -u --label "stderr expected" --label "stderr got" "$CASE/stderr" "$tmp/stderr" || status=1
elif ((status)); then
    echo "--- stderr"
    head -c 4000 "$tmp/stderr"
fi
exit $status
