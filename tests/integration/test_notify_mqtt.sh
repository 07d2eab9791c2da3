#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Alerts over MQTT: what a subscriber of mosquitto gets, Home Assistant's discovery, a broker that is not there,
# comes later, or refuses.
# shellcheck disable=SC1091,SC2154 # notify.sh, and what it sets
set -euo pipefail
PATH=$PATH:/usr/sbin
if ! command -v mosquitto mosquitto_sub mosquitto_passwd >/dev/null; then
    echo "skipped: no mosquitto and mosquitto-clients (tools/deps --test)"
    exit 77
fi

. "$(dirname "$0")/notify.sh" "$1"

mqtt_port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
broker=''
subscriber=''
trap '[[ -z $broker ]] || kill "$broker"; [[ -z $subscriber ]] || kill "$subscriber" 2>/dev/null; rm -rf "$folder"' EXIT
start_broker() { # OPTION...
    printf '%s\n' "listener $mqtt_port 127.0.0.1" "$@" >broker.conf
    mosquitto -c broker.conf >broker.log 2>&1 &
    broker=$!
    until python3 -c "import socket; socket.create_connection(('127.0.0.1', $mqtt_port))" 2>/dev/null; do
        kill -0 "$broker" || { cat broker.log && exit 1; }
    done
}
# subscribe N: N messages, topic and text
subscribe() {
    timeout 20 mosquitto_sub -p "$mqtt_port" -t '#' -F '%t %r %p' -C "$1" >got 2>sub.log &
    subscriber=$!
    until grep -q "New client connected.*auto\|SUBSCRIBE" broker.log; do kill -0 "$subscriber" || exit 1; done
}

start_broker "allow_anonymous true" "log_type all"
subscribe 5
cat >config <<END
notify:
  - {channel: mqtt, host: 127.0.0.1, port: $mqtt_port, home_assistant: true, topic: over/flight}
delivery_log: deliveries
END
told=$(printf '%s\n' "entered f10031 IQ $entered" 'left f10031 a/+#b {}' | tell config)
wait "$subscriber"
subscriber=''
same "the log" "$told" 'done: sent 2, failed 0, dropped 0
{"type":"delivery","channel":"mqtt","status":"sent","tries":1,"event":"entered","icao24":"f10031","watch":"IQ","id":"00ff"}
{"type":"delivery","channel":"mqtt","status":"sent","tries":1,"event":"left","icao24":"f10031","watch":"a/+#b"}'
slug=a___b_$(printf 'a/+#b' | sha256sum | cut -c 1-6)
same "topics" "$(cut -d ' ' -f 1 got)" "over/flight/status
homeassistant/event/overflight/IQ/config
over/flight/IQ
homeassistant/event/overflight/$slug/config
over/flight/$slug"
same "the alert" "$(sed -n 's|^over/flight/IQ 0 ||p' got)" '{"event_type":"entered",'"${entered:1}"
same "an empty one" "$(sed -n "s|^over/flight/$slug 0 ||p" got)" '{"event_type":"left"}'
# The keys that Home Assistant's "MQTT Event" asks for.
same "discovery" "$(sed -n 's|^homeassistant/event/overflight/IQ/config 0 ||p' got | python3 -c '
import json, sys
c = json.load(sys.stdin)
print(c["name"], c["state_topic"], c["availability_topic"], c["unique_id"], c["event_types"], c["device"]["identifiers"])')" \
    "IQ over/flight/IQ over/flight/status overflight_IQ ['entered', 'left', 'corrected', 'retracted', 'series', 'test'] ['overflight']"
# Retained: the discovery, and that the program has gone.
same "what stays" "$(timeout 20 mosquitto_sub -p "$mqtt_port" -t '#' -F '%t %p' -C 3 | sed 's| {.*||' | LC_ALL=C sort)" \
    "homeassistant/event/overflight/IQ/config
homeassistant/event/overflight/$slug/config
over/flight/status offline"
kill "$broker"
wait "$broker" || true
broker=''

# A broker with passwords.
echo "right 1" >right
echo "wrong" >wrong
mosquitto_passwd -c -b passwords me "right 1"
chmod 644 passwords
chmod 755 .
start_broker "allow_anonymous false" "password_file $folder/passwords" "user root"
cat >config <<END
notify:
  - {channel: mqtt, name: right, host: 127.0.0.1, port: $mqtt_port, username: me, password_file: right}
  - {channel: mqtt, name: wrong, host: 127.0.0.1, port: $mqtt_port, username: me, password_file: wrong, retries: 0}
delivery_log: deliveries
END
told=$(echo 'entered f10031 w {}' | tell config)
rest='"event":"entered","icao24":"f10031","watch":"w"}'
same "passwords" "$told" 'done: sent 1, failed 1, dropped 0
{"type":"delivery","channel":"right","status":"sent","tries":1,'"$rest"'
{"type":"delivery","channel":"wrong","status":"not_sent","reason":"failed","why":"Connection Refused: not authorised.","tries":1,'"$rest"
kill "$broker"
wait "$broker" || true
broker=''

# Nobody there; one that comes later.
cat >config <<END
notify:
  - {channel: mqtt, name: never, host: 127.0.0.1, port: 1, timeout_s: 1, retries: 0}
  - {channel: mqtt, name: later, host: 127.0.0.1, port: $mqtt_port, timeout_s: 10}
delivery_log: deliveries
END
(sleep 0.5 && exec mosquitto -p "$mqtt_port" >broker.log 2>&1) &
broker=$!
told=$(echo 'entered f10031 w {}' | tell config)
same "later" "$told" 'done: sent 1, failed 1, dropped 0
{"type":"delivery","channel":"later","status":"sent","tries":1,'"$rest"'
{"type":"delivery","channel":"never","status":"not_sent","reason":"failed","why":"there is no connection to the broker","tries":1,'"$rest"
