#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Receivers that are busy, cut, hang, or never answer: what is tried again, what is given up, and that none of it
# holds up the others or the end.
# shellcheck disable=SC1091,SC2154 # notify.sh, and what it sets
set -euo pipefail
. "$(dirname "$0")/notify.sh" "$1"

cat >config <<END
notify:
  - {channel: webhook, name: busy, url: "$URL/busy-1"}
  - {channel: webhook, name: waits, url: "$URL/wait-2"}
  - {channel: webhook, name: for-a-day, url: "$URL/wait-86400"}
  - {channel: webhook, name: cut, url: "$URL/cut"}
  - {channel: webhook, name: hangs, url: "$URL/slow", timeout_s: 1, retries: 1}
  - {channel: webhook, name: nobody, url: "http://127.0.0.1:1/", retries: 1}
  - {channel: exec, name: sleeps, command: [sh, -c, "sleep 60 & echo \$! >child; wait"], timeout_s: 1}
  - {channel: exec, name: does-not-read, command: [sleep, "0.1"]}
allow_hosts: ["127.0.0.1"]
delivery_log: deliveries
END
# 60 kB do not fit into a pipe that nobody reads.
long='{"text":"'$(head -c 60000 /dev/zero | tr '\0' x)'"}'
told=$(echo "entered f10031 w $long" | tell config)
rest='"event":"entered","icao24":"f10031","watch":"w"}'
same "the log" "$told" "done: sent 4, failed 4, dropped 0
$(sort <<END
{"type":"delivery","channel":"busy","status":"sent","tries":2,$rest
{"type":"delivery","channel":"waits","status":"sent","tries":2,$rest
{"type":"delivery","channel":"for-a-day","status":"not_sent","reason":"failed","why":"the server answers 429","tries":1,$rest
{"type":"delivery","channel":"cut","status":"sent","tries":2,$rest
{"type":"delivery","channel":"hangs","status":"not_sent","reason":"failed","why":"Timeout was reached","tries":2,$rest
{"type":"delivery","channel":"nobody","status":"not_sent","reason":"failed","why":"Couldn't connect to server","tries":2,$rest
{"type":"delivery","channel":"sleeps","status":"not_sent","reason":"failed","why":"killed, for it took too long","tries":1,$rest
{"type":"delivery","channel":"does-not-read","status":"sent","tries":1,$rest
END
)"
same "what a killed program started" "$(kill -0 "$(cat child)" 2>/dev/null && echo "still there")" ""

# A thousand alerts to a receiver that hangs: nobody waits for it, the queue is bounded, and the end is soon.
cat >config <<END
notify:
  - {channel: webhook, name: hangs, url: "$URL/slow", timeout_s: 60}
  - {channel: stdout}
allow_hosts: ["127.0.0.1"]
delivery_log: deliveries
queue: 100
END
SECONDS=0
told=$(for i in {1..1000}; do
    echo "entered f10031 w {\"n\":$i}"
done | tell config 1)
((SECONDS < 20)) || same "seconds" "$SECONDS" "below 20"
count() { grep -c "$1" <<<"$told" || true; }
same "every alert has its line" "$(count '"channel":"stdout"') $(count '"channel":"hangs"')" "1000 1000"
same "not sent for want of room" "$(count '"channel":"hangs","status":"not_sent","reason":"queue_full"')" 899
same "not sent for want of time" "$(count '"channel":"hangs","status":"not_sent","reason":"shut_down"')" 101
(($(count '"channel":"stdout","status":"sent"') >= 100)) || same "others are told meanwhile" no yes
same "tried" "$(count 'shut_down.*"tries":1')" 1
