# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# For tests of src/notify:  . notify.sh TOOLS-FOLDER
# A folder of its own, and $URL, where tests/integration/http_receiver.py listens.
here=$(dirname "${BASH_SOURCE[0]}")
here=$(realpath "$here")
tool=$(realpath "$1")/tool_notify

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
coproc RECEIVER { exec python3 "$here/http_receiver.py" requests; }
read -r port <&"${RECEIVER[0]}"
# shellcheck disable=SC2034 # for who includes this
URL=http://127.0.0.1:$port

same() { # WHAT GOT WANT
    [[ $2 == "$3" ]] && return
    echo "$(basename "$0"): $1:" >&2
    diff <(echo "$3") <(echo "$2") >&2
    cat talk >&2
    exit 1
}

# An invented aircraft enters: JSON of an alert, with what is hard to write in JSON and in a shell.
# shellcheck disable=SC2016,SC2034 # for who includes this; it is JSON
entered='{"type":"alert","id":"00ff","event":"entered","icao24":"f10031","callsign":"SIM152","airspace":"IQ","entry":{"time":"2025-07-01T10:12:33.412Z","alt_baro_ft":34000},"operator":"\"$(touch x)\" \\ ; é\n","gap":true,"link":"https://example.org/?icao=f10031&showTrace=2025-07-01"}'

# tell CONFIG [SECONDS]: alerts on standard input; what is printed, without times in the log
tell() {
    rm -f deliveries
    : >requests
    local status=0
    "$tool" "$@" 2>"$folder/talk" || status=$?
    sed 's/"time":"[^"]*",//' deliveries 2>/dev/null | sort
    return $status
}

# requests PATH EXPRESSION: in Python, of each request r whose path that is; j is its body
requests() {
    python3 -c 'import hashlib, hmac, json, sys
for line in open("requests"):
    r = json.loads(line)
    if r["path"] == sys.argv[1]:
        h = r["headers"]
        j = json.loads(r["body"]) if r["body"].startswith("{") else None
        print(eval(sys.argv[2]))' "$@"
}
