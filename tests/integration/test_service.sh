#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The systemd unit: systemd finds nothing wrong with it, and what it starts, with the folder that systemd would have made,
# puts alerts there.
set -euo pipefail
build=$(realpath "$(dirname "$1")")
source=$(realpath "$(dirname "${BASH_SOURCE[0]}")/../..")
unit=$source/packaging/overflight-watch.service
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
export STATE_DIRECTORY=$folder

# The command as systemd makes it of ExecStart: quotes taken off, $$ for $, the variable's words behind.
command=$(sed -n "s/^ExecStart=.bin.sh -c '\(.*\)' sh \$OVERFLIGHT_WATCH$/\1/p" "$unit")
[[ -n $command ]] || { echo "test_service: no ExecStart" && exit 1; }
command=${command//\$\$/\$}
command=${command/\/usr\/bin\/overflight/$build/overflight}
{
    echo time,icao24,lat_deg,lon_deg
    for i in {0..99}; do
        awk -v i="$i" 'BEGIN { printf "%d,f10001,0,%.2f\n", 1751328000 + 10 * i, 29 + i * 0.02 }'
    done
} >table.csv
for _ in 1 2; do # a second start goes on in the same file
    /bin/sh -c "$command" sh --zone circle:0,30,30 table.csv 2>talk.txt
done
[[ $(grep -c '"event":"entered"' alerts.ndjson) == 2 ]] || { cat talk.txt && exit 1; }

if ! command -v systemd-analyze >/dev/null; then
    echo "skipped: no systemd-analyze; what it starts was looked at"
    exit 77
fi
sed "s|/usr/bin/overflight|/bin/true|" "$unit" >overflight-watch.service
systemd-analyze verify --man=no ./overflight-watch.service 2>said || { cat said && exit 1; }
[[ ! -s said ]] || { cat said && exit 1; }
