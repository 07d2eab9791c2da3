# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# same_as_scan NAME OPTION...: what is settled at the end of a recording are the crossings of a scan of it,
# identifiers included, and what was told before makes sense.
same_as_scan() {
    local name=$1
    shift
    overflight scan --airspace all --format ndjson "$@" "$OVF_TEST_DATA/$name" 2>talk.txt >scan.txt
    overflight watch --airspace all --events all "$@" "$OVF_TEST_DATA/$name" 2>talk.txt >watch.txt
    grep -q settled watch.txt || echo "$name: nothing"
    echo "$name: $(python3 "$OVF_SOURCE/tests/cli/compare_alerts.py" scan.txt watch.txt)"
    python3 "$OVF_SOURCE/tests/cli/alert_order.py" watch.txt
}
