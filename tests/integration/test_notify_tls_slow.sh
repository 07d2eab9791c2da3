#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Alerts over TLS, by HTTPS and MQTT: a certificate that is signed by who is trusted is believed; another, or that of
# another host, is not: nothing is sent, and the delivery log says so.
# shellcheck disable=SC1091,SC2154 # notify.sh, and what it sets
set -euo pipefail
PATH=$PATH:/usr/sbin
if ! command -v mosquitto openssl >/dev/null; then
    echo "skipped: no mosquitto and openssl (tools/deps --test)"
    exit 77
fi

# sign NAME SUBJECT-ALTERNATIVE: NAME.pem and NAME.key, signed by ca.pem
sign() {
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$1.key" -out "$1.csr" -subj "/CN=$1" 2>openssl.log
    openssl x509 -req -in "$1.csr" -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -out "$1.pem" \
        -extfile <(echo "subjectAltName=$2") 2>openssl.log
}
authority() { # NAME
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$1.key" -out "$1.pem" -days 2 \
        -subj "/CN=$1" 2>openssl.log
}

. "$(dirname "$0")/notify.sh" "$1"
authority ca
authority stranger
sign here IP:127.0.0.1
sign elsewhere DNS:elsewhere.invalid

pids=()
trap 'kill "${pids[@]}" 2>/dev/null; rm -rf "$folder"' EXIT
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
# broker CERTIFICATE: one with it; its port is in $port
broker() {
    port=$(free_port)
    printf '%s\n' "listener $port 127.0.0.1" "allow_anonymous true" "user root" "cafile $folder/ca.pem" \
        "certfile $folder/$1.pem" "keyfile $folder/$1.key" >"broker-$1.conf"
    mosquitto -c "broker-$1.conf" >"broker-$1.log" 2>&1 &
    pids+=($!)
    until python3 -c "import socket; socket.create_connection(('127.0.0.1', $port))" 2>/dev/null; do
        kill -0 $! || { cat "broker-$1.log" && exit 1; }
    done
}
# receiver CERTIFICATE: likewise of POSTs
receiver() {
    python3 "$here/http_receiver.py" requests "$1.pem" "$1.key" <hold >"port-$1" &
    pids+=($!)
    until [[ -s port-$1 ]]; do sleep 0.02; done
    port=$(<"port-$1")
}

broker here
mqtt_here=$port
broker elsewhere
mqtt_elsewhere=$port
mkfifo hold
# shellcheck disable=SC2034 # it is held open
exec {hold}<>hold # receivers end with their standard input
receiver here
https_here=$port
receiver elsewhere
https_elsewhere=$port

cat >config <<END
notify:
  - {channel: webhook, name: https, url: "https://127.0.0.1:$https_here/ok", ca_file: ca.pem}
  - {channel: webhook, name: https-unsigned, url: "https://127.0.0.1:$https_here/ok"}
  - {channel: webhook, name: https-stranger, url: "https://127.0.0.1:$https_here/ok", ca_file: stranger.pem}
  - {channel: webhook, name: https-elsewhere, url: "https://127.0.0.1:$https_elsewhere/ok", ca_file: ca.pem}
  - {channel: webhook, name: https-no-file, url: "https://127.0.0.1:$https_here/ok", ca_file: none.pem}
  - {channel: ntfy, url: "https://127.0.0.1:$https_here/", topic: t, ca_file: ca.pem}
  - {channel: mqtt, host: 127.0.0.1, port: $mqtt_here, tls: true, ca_file: ca.pem}
  - {channel: mqtt, name: mqtt-unsigned, host: 127.0.0.1, port: $mqtt_here, tls: true, timeout_s: 5, retries: 0}
  - {channel: mqtt, name: mqtt-stranger, host: 127.0.0.1, port: $mqtt_here, tls: true, ca_file: stranger.pem, timeout_s: 5, retries: 0}
  - {channel: mqtt, name: mqtt-elsewhere, host: 127.0.0.1, port: $mqtt_elsewhere, tls: true, ca_file: ca.pem, timeout_s: 5, retries: 0}
  - {channel: mqtt, name: mqtt-plain, host: 127.0.0.1, port: $mqtt_here, timeout_s: 1, retries: 0}
allow_hosts: [127.0.0.1]
delivery_log: deliveries
END
told=$(echo 'entered f10031 w {}' | tell config)
rest='"event":"entered","icao24":"f10031","watch":"w"}'
failed='"status":"not_sent","reason":"failed","why":'
same "the log" "$told" "done: sent 3, failed 8, dropped 0
$(sort <<END
{"type":"delivery","channel":"https","status":"sent","tries":1,$rest
{"type":"delivery","channel":"https-unsigned",$failed"SSL peer certificate or SSH remote key was not OK","tries":1,$rest
{"type":"delivery","channel":"https-stranger",$failed"SSL peer certificate or SSH remote key was not OK","tries":1,$rest
{"type":"delivery","channel":"https-elsewhere",$failed"SSL peer certificate or SSH remote key was not OK","tries":1,$rest
{"type":"delivery","channel":"https-no-file",$failed"Problem with the SSL CA cert (path? access rights?)","tries":1,$rest
{"type":"delivery","channel":"ntfy","status":"sent","tries":1,$rest
{"type":"delivery","channel":"mqtt","status":"sent","tries":1,$rest
{"type":"delivery","channel":"mqtt-unsigned",$failed"no TLS with the broker: is its certificate trusted?","tries":1,$rest
{"type":"delivery","channel":"mqtt-stranger",$failed"no TLS with the broker: is its certificate trusted?","tries":1,$rest
{"type":"delivery","channel":"mqtt-elsewhere",$failed"no TLS with the broker: is its certificate trusted?","tries":1,$rest
{"type":"delivery","channel":"mqtt-plain",$failed"there is no connection to the broker","tries":1,$rest
END
)"
same "what arrived by HTTPS" "$(python3 -c '
import json
print(sorted(json.loads(line)["path"] for line in open("requests")))')" "['/', '/ok']"

cat >config <<END
notify: [{channel: mqtt, host: 127.0.0.1, tls: true, ca_file: none.pem}]
END
echo | tell config && same "status" 0 1
same "a file that is not there" "$(cat talk)" "config: mqtt: ca_file: none.pem cannot be read"
