# SPDX-License-Identifier: Apache-2.0
"""check.py PORT MODE"""
import os
import sys
import time

sys.path.insert(0, os.path.join(os.environ["OVF_SOURCE"], "tests/cli"))
from serve_client import document, events  # noqa: E402

PORT = int(sys.argv[1])
until = time.monotonic() + 20
while True:
    status, live = document(PORT, "live")
    if (status == 200 and live["feeds"][0]["ended"]) or time.monotonic() > until:
        break
    time.sleep(0.1)
print("withheld", live["withheld"])
print("public", document(PORT, "index")[1]["public"])
print("of", live["feeds"][0]["name"])
told = [alert for _, alert in events(PORT, 99, limit_s=1)]
for name in sorted({record["feed"] for alert in told for record in alert.get("crossing", {}).get("entry", {}).get("records", [])}):
    print("by", name)
print("told of", *sorted({alert["icao24"] for alert in told}))
kinds = sorted({alert["event"] for alert in told})
if "retracted" in kinds:
    print("and how:", *kinds)
