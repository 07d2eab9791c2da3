# SPDX-License-Identifier: Apache-2.0
"""ends.py SCAN: what is said of each crossing's ends: solved, in a gap (its own times, or narrower), perhaps none."""
import json
import sys


def word(end):
    if end is None:
        return "inside"
    if "time" in end:
        return "solved"
    own = (end["time_min"], end["time_max"]) == (end["earliest"], end["latest"])
    return ("perhaps stayed, " if end.get("perhaps_stayed") else "") + ("its gap's" if own else "narrowed")


with open(sys.argv[1], encoding="utf-8") as lines:
    crossings = [line for line in map(json.loads, lines) if line["type"] == "crossing"]
for c in sorted(crossings, key=lambda c: (c["callsign"], c["flight"]["start"])):
    print(c["callsign"], c["airspace"], c["role"], c["class"], *(f"{end}: {word(c.get(end))};" for end in ("entry", "exit")),
          len(c.get("gaps", [])), "gaps")
print("ids:", len({c["id"] for c in crossings}) == len(crossings))
