# SPDX-License-Identifier: Apache-2.0
"""compare_alerts.py SCAN WATCH [KEY...]: whether the alerts "settled" are the crossings that the scan printed, but for
these keys."""
import json
import sys


def bare(crossing):
    """Without what names the input: a feed has no digest."""
    said = {k: v for k, v in crossing.items() if k not in ("id", "rev", "inputs", *sys.argv[3:])}
    for end in ("entry", "exit"):
        if end in said:
            said[end] = {k: v for k, v in said[end].items() if k != "records"}
    said["detections"] = [
        {k: v for k, v in d.items() if k != "records"} for d in said.get("detections", [])
    ]
    return said


scanned = {}
with open(sys.argv[1]) as lines:
    for line in map(json.loads, lines):
        if line["type"] == "crossing":
            scanned[line["id"]] = bare(line)
settled = {}
with open(sys.argv[2]) as lines:
    for line in map(json.loads, lines):
        if line["event"] == "settled":
            assert line["id"] == line["crossing"]["id"]
            settled[line.get("computed_id", line["id"])] = bare(line["crossing"])
if scanned == settled:
    print("the same")
else:
    differ = [i for i in scanned.keys() & settled.keys() if scanned[i] != settled[i]]
    print("only scanned", sorted(scanned.keys() - settled.keys())[:5])
    print("only settled", sorted(settled.keys() - scanned.keys())[:5])
    print("differ", differ[:5])
