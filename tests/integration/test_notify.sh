#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Alerts to standard output, to programs, and by HTTP: what the receivers get, and what the delivery log says
# of what they do not.
# shellcheck disable=SC1091,SC2154 # notify.sh, and what it sets
set -euo pipefail
. "$(dirname "$0")/notify.sh" "$1"

echo "what a key is 12345" >secret
cat >config <<END
notify:
  - channel: stdout
  - channel: exec
    command: [sh, -c, 'cat >>got; echo printed; [ "\$1" = "a b; touch y" ]', name, "a b; touch y"]
  - {channel: exec, name: fails, command: ["false"]}
  - {channel: exec, name: nowhere, command: [./no-such-program]}
  - {channel: exec, name: careless, command: ["true"]}
  - channel: webhook
    url: $URL/signed
    secret_file: secret
    headers: ["X-Kind: a kind", "Authorization: Bearer xyz"]
  - channel: webhook
    name: template
    url: $URL/template
    body: '{"text":"{callsign} {event} {airspace} at {entry.time}: {operator}","ft":{entry.alt_baro_ft},"gap":{gap},"none":"{no.such}","all":{line},"watch":"{watch}","css":"a { b }"}'
  - channel: webhook
    name: text
    url: $URL/text
    text: true
    body: "{callsign} {entry.alt_baro_ft} {operator}|{watch}"
  - {channel: webhook, name: moved, url: $URL/moved}
  - {channel: webhook, name: gone, url: $URL/status-410}
  - channel: ntfy
    url: $URL/
    topic: my-topic
    token_file: secret
    priority: 4
    tags: [airplane, warning]
allow_hosts: [127.0.0.1]
delivery_log: deliveries
END
told=$(echo "entered f10031 my watch $entered" | sed 's/my watch/my-watch/' | tell config)
rest='"event":"entered","icao24":"f10031","watch":"my-watch","id":"00ff"}'
same "stdout, counts and log" "$told" "$entered
done: sent 7, failed 4, dropped 0
$(sort <<END
{"type":"delivery","channel":"stdout","status":"sent","tries":1,$rest
{"type":"delivery","channel":"exec","status":"sent","tries":1,$rest
{"type":"delivery","channel":"fails","status":"not_sent","reason":"failed","why":"exit status 1","tries":1,$rest
{"type":"delivery","channel":"nowhere","status":"not_sent","reason":"failed","why":"cannot be started: No such file or directory","tries":1,$rest
{"type":"delivery","channel":"careless","status":"sent","tries":1,$rest
{"type":"delivery","channel":"webhook","status":"sent","tries":1,$rest
{"type":"delivery","channel":"template","status":"sent","tries":1,$rest
{"type":"delivery","channel":"text","status":"sent","tries":1,$rest
{"type":"delivery","channel":"moved","status":"not_sent","reason":"failed","why":"the server answers 302: redirects are not followed","tries":1,$rest
{"type":"delivery","channel":"gone","status":"not_sent","reason":"failed","why":"the server answers 410","tries":1,$rest
{"type":"delivery","channel":"ntfy","status":"sent","tries":1,$rest
END
)"
same "what the program got" "$(cat got)" "$entered"
same "what it printed" "$(cat talk)" "printed"
[[ ! -e x && ! -e y ]] || same "a shell has read it" yes no

# Python's hmac is the judge of the signature, its json of the templates.
same "the signed webhook" "$(requests /signed '(h["x-overflight-signature"] ==
    "sha256=" + hmac.new(b"what a key is 12345", r["body"].encode(), hashlib.sha256).hexdigest(),
    j["callsign"], h["content-type"], h["x-kind"], h["authorization"])')" \
    "(True, 'SIM152', 'application/json', 'a kind', 'Bearer xyz')"
same "a JSON template" "$(requests /template '[j[k] for k in ("ft", "gap", "none", "watch", "css", "text")], j["all"]["id"]')" \
    "([34000, True, '', 'my-watch', 'a { b }', 'SIM152 entered IQ at 2025-07-01T10:12:33.412Z: \"\$(touch x)\" \\\\ ; é\\n'], '00ff')"
same "a text template" "$(requests /text 'r["body"], h["content-type"]')" \
    "('SIM152 34000 \"\$(touch x)\" \\\\ ; é\\n|my-watch', 'text/plain; charset=utf-8')"
same "ntfy" "$(requests / 'sorted(j.items()), h["authorization"]')" \
    "([('click', 'https://example.org/?icao=f10031&showTrace=2025-07-01'), ('message', 'f10031  '), ('priority', 4), ('tags', ['airplane', 'warning']), ('title', 'SIM152 entered IQ'), ('topic', 'my-topic')], 'Bearer what a key is 12345')"
same "redirects" "$(requests /ok 'r')" ""

# A loopback address that is not listed is not spoken to, whatever it is called.
cat >config <<END
notify:
  - {channel: webhook, url: "$URL/ok"}
  - {channel: webhook, name: by-name, url: "${URL/127.0.0.1/localhost}/ok"}
  - {channel: webhook, name: ipv6, url: "http://[::ffff:127.0.0.1]:$port/ok"}
delivery_log: deliveries
END
told=$(echo 'entered f10031 w {}' | tell config)
why='"status":"not_sent","reason":"failed","why":"the host has a private address and is not in allow_hosts","tries":1,"event":"entered","icao24":"f10031","watch":"w"}'
same "private addresses" "$told" 'done: sent 0, failed 3, dropped 0
{"type":"delivery","channel":"by-name",'"$why"'
{"type":"delivery","channel":"ipv6",'"$why"'
{"type":"delivery","channel":"webhook",'"$why"
same "nothing arrived" "$(cat requests)" ""

# Who wants what, and how soon again; corrections are told always.
cat >config <<END
notify:
  - {channel: stdout, name: all}
  - {channel: exec, command: [tee, -a, of-a], events: [entered, retracted], watches: [a]}
delivery_log: deliveries
cooldown_aircraft_s: 60
cooldown_watch_s: 0
END
told=$(printf '%s\n' 'entered f10031 a {"n":1}' 'left f10031 a {"n":2}' 'entered f10031 b {"n":3}' 'entered f10032 b {"n":4}' \
    'corrected f10031 a {"n":5}' 'retracted f10031 a {"n":6}' 'left f10031 a {"n":7}' | tell config | grep -v '"sent"')
same "cool-down of an aircraft" "$told" '{"n":1}
{"n":2}
{"n":4}
{"n":5}
{"n":6}
done: sent 7, failed 0, dropped 0
{"type":"delivery","status":"not_sent","reason":"cooldown_aircraft","event":"entered","icao24":"f10031","watch":"b"}
{"type":"delivery","status":"not_sent","reason":"cooldown_aircraft","event":"left","icao24":"f10031","watch":"a"}'
same "events and watches" "$(cat of-a)" '{"n":1}
{"n":6}'
sed -i 's/cooldown_aircraft_s: 60/cooldown_aircraft_s: 0/; s/cooldown_watch_s: 0/cooldown_watch_s: 60/' config
told=$(printf '%s\n' 'entered f10031 a {"n":1}' 'entered f10032 a {"n":2}' 'entered f10032 b {"n":3}' | tell config | grep -v '"sent"')
same "cool-down of a watch" "$told" '{"n":1}
{"n":3}
done: sent 3, failed 0, dropped 0
{"type":"delivery","status":"not_sent","reason":"cooldown_watch","event":"entered","icao24":"f10032","watch":"a"}'

# A test goes to all, and says what came of it.
cat >config <<END
notify:
  - {channel: stdout, events: [left]}
  - {channel: webhook, url: "$URL/ok", watches: [none]}
  - {channel: exec, command: ["false"]}
allow_hosts: ["127.0.0.1"]
END
told=$(echo test | tell config)
same "a test" "$(tail -n 2 <<<"$told")" "test: not all told
done: sent 2, failed 1, dropped 0"
same "what it says" "$(sort talk)" "exec: not sent: exit status 1
stdout: sent
webhook: sent"
same "the alert of a test is invented" "$(requests /ok 'j["simulated"]')" True

# What is wrong in a configuration is said with its place, and a file that is not there with its name.
wrong() { # CONFIG WANT
    printf '%b\n' "$1" >config
    echo | tell config && same "status" 0 1
    same "$1" "$(cat talk)" "$2"
}
wrong 'notify: [{channel: webhook}]' 'config: line 1, column 10: the channel webhook needs url'
wrong 'notify: [{channel: stdout, url: "http://x"}]' 'config: line 1, column 10: url is not for the channel stdout'
wrong 'notify: [{channel: webhook, url: "http://u:p@x/"}]' \
    "config: line 1, column 10: url: http:// or https:// and a host is due, without a user's name"
wrong 'notify: [{channel: webhook, url: "http://x/"}]\nallow_hosts: [y]' 'config: line 1, column 10: url: x is not in allow_hosts'
wrong 'notify: [{channel: webhook, url: "http://x/", secret_file: none}]' 'config: webhook: none: No such file or directory'
wrong 'notify: [{channel: stdout}]\ndelivery_log: no/where' 'config: no/where: No such file or directory'
