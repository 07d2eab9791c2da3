# SPDX-License-Identifier: Apache-2.0
"""causes.py FILE: the gaps of a scan beside what the scenario says of them, each combination once.

With an end on the ground nobody knows how long it flew.
"""
import json
import sys

WHO_AND_WHEN = (
    ("silence of nobody else, day", ("f10009", "f10016"), "2025-07-01T15:52", "2025-07-01T16:22"),
    ("silence of nobody else, midnight", ("f10003", "f10008"), "2025-07-01T23:45", "2025-07-02T00:15"),
    ("silence of nobody else, after midnight", ("f10001",), "2025-07-02T00:02", "2025-07-02T00:16"),
    ("silence of all", None, "2025-07-01T12:00", "2025-07-01T12:20"),
)


def in_hole(end):
    """It is 1 degree high and 1.2 wide to each side; 30 s of flight are 0.08."""
    return abs(end["lat_deg"] - 34.1) < 1.1 and abs(end["lon_deg"] - 44.4) < 1.3


def scenario_says(gap):
    start, end = gap["from"]["time"], gap["to"]["time"]
    for name, who, begin, until in WHO_AND_WHEN:
        if (who is None or gap["icao24"] in who) and start < until and end > begin:
            return name
    return "hole" if in_hole(gap["from"]) and in_hole(gap["to"]) else "nothing"


def main(path):
    with open(path, encoding="utf-8") as lines:
        gaps = [line for line in map(json.loads, lines) if line["type"] == "gap"]
    told = set()
    for gap in gaps:
        on_ground = ", an end on the ground" if gap["kind"] == "ground" else ""
        words = " ".join("N" if word.isdigit() else word for word in gap.get("words", "-").split())
        told.add(f'{scenario_says(gap)}{on_ground}: {gap["cause"]}: {words}')
        if gap["cause"] == "unexplained":
            assert gap["expected_reports"] >= 20 and gap["others_heard"] >= 3
            assert len(gap["witnesses"]) == min(10, gap["others_heard"])
            assert gap["icao24"] not in gap["witnesses"]
    print("\n".join(sorted(told)))


main(sys.argv[1])
