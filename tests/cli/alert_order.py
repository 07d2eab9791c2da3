# SPDX-License-Identifier: Apache-2.0
"""alert_order.py FILE: whether what is told of each crossing makes sense in the order in which it is told, and
nothing is told before it can have happened."""
import json
import sys

# what may follow what; None: nothing was told before
FOLLOWS = {
    None: {"entered", "left", "settled"},
    "entered": {"left", "corrected", "retracted", "settled"},
    "left": {"corrected", "retracted", "settled"},
    "corrected": {"left", "corrected", "retracted", "settled"},
    "retracted": {"entered", "left", "settled"},
    "settled": set(),
}
last = {}
clock = ""
with open(sys.argv[1]) as lines:
    for line in map(json.loads, lines):
        before = last.get(line["id"])
        if line["event"] not in FOLLOWS[before]:
            print(f'{line["id"]}: {line["event"]} after {before}')
        if line["event"] == "entered" and "entry" not in line["crossing"]:
            print(f'{line["id"]}: entered, and no entry is known')
        if line["event"] == "left" and "exit" not in line["crossing"]:
            print(f'{line["id"]}: left, and no exit is known')
        if "at" in line and line["told"] < line["at"]["time_max"]:
            print(f'{line["id"]}: told at {line["told"]}')
        if line["told"] < clock:
            print(f'{line["id"]}: told at {line["told"]} after {clock}')
        clock = line["told"]
        last[line["id"]] = line["event"]
