# SPDX-License-Identifier: Apache-2.0
"""check.py PORT before|inside|left|ended"""
import os
import sys
import time

sys.path.insert(0, os.path.join(os.environ["OVF_SOURCE"], "tests/cli"))
from serve_client import document, events  # noqa: E402

PORT = int(sys.argv[1])


def live(is_due):
    """The document when it is as it is due: it is made once a second."""
    until = time.monotonic() + 20
    while True:
        status, got = document(PORT, "live")
        if (status == 200 and is_due(got)) or time.monotonic() > until:
            return got
        time.sleep(0.1)


def tell(alerts):
    for _, alert in alerts:
        print(alert["event"], alert["icao24"], alert["airspace"])


def before():
    _, index = document(PORT, "index")
    print(index["mode"], index["title"], *index["documents"])
    print(document(PORT, "crossings")[1])
    got = live(lambda _: True)
    print(got["aircraft"], [feed["name"] for feed in got["feeds"]])


def inside():
    tell(events(PORT, 1))
    got = live(lambda doc: doc["aircraft"])
    print({**got["aircraft"][0], "seen_s": 0}, got["feeds"][0]["reports_used"])


def left():
    alerts = events(PORT, 2)
    tell(alerts)
    first, second = alerts
    print("after the first:", end=" ")
    tell(events(PORT, 1, f"Last-Event-ID: {first[0]}\r\n"))
    print("one id:", first[1]["id"] == second[1]["id"], first[0].split(":")[0] == first[1]["id"])


def ended():
    got = live(lambda doc: doc["feeds"][0]["ended"])
    print("ended:", got["feeds"][0]["ended"])
    tell(events(PORT, 2))


globals()[sys.argv[2]]()
