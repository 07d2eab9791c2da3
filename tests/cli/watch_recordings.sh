# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# same_as_scan NAME OPTION...: of a recording among the test data, or a file here, what is settled at the end are the
# crossings of a scan of it, identifiers included, and what was told before makes sense.
same_as_scan() {
    local name=$1
    local file=$name
    shift
    [[ -e $file ]] || file=$OVF_TEST_DATA/$name
    overflight scan --airspace all --format ndjson "$@" "$file" 2>talk.txt >scan.txt
    overflight watch --airspace all --events all "$@" "$file" 2>talk.txt >watch.txt
    grep -q settled watch.txt || echo "$name: nothing"
    echo "$name: $(python3 "$OVF_SOURCE/tests/cli/compare_alerts.py" scan.txt watch.txt)"
    python3 "$OVF_SOURCE/tests/cli/alert_order.py" watch.txt
}
