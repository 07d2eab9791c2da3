# SPDX-License-Identifier: Apache-2.0
"""told.py FILE: the cells that a scan says are disturbed, and the silent gaps that it says are interference, beside
where and when the scenario disturbs positions.

A cell is 0.4 degrees wide and may be touched at its corner, 17 NM from its middle. What is not believed a minute
around a jump, and the last report before it, is up to 90 s of flight at 440 kt outside: 11 NM.
"""
import collections
import json
import math
import sys

BEIRUT = ("Beirut", 33.8209, 35.4884)  # OLBA, OurAirports
JAM, SINK = ("jam", 34.1, 44.0, 60), ("sink", 33.9, 40.5, 50)


def distance_nmi(lat_deg, lon_deg, circle):
    """In the plane: the circles are small."""
    east = (lon_deg - circle[2]) * math.cos(math.radians(circle[1]))
    return 60 * math.hypot(lat_deg - circle[1], east)


def where(lat_deg, lon_deg, margin_nmi):
    names = [c[0] for c in (JAM, SINK) if distance_nmi(lat_deg, lon_deg, c) < c[3] + margin_nmi]
    return "/".join(names) or "elsewhere"


def nearby(all_lines):
    """Each is of a printed crossing and an hour of it, where and when the scenario disturbs positions."""
    crossings = {line["id"]: line for line in all_lines if line["type"] == "crossing"}
    named = set()
    places = set()
    for line in (line for line in all_lines if line["type"] == "interference_nearby"):
        crossing = crossings[line["crossing_id"]]
        assert line["crossing_id"] not in named
        named.add(line["crossing_id"])
        begins, ends = (crossing[end]["time"][:13] if end in crossing and "time" in crossing[end] else None
                        for end in ("entry", "exit"))
        assert (begins is None or begins <= line["hour"][:13]) and (ends is None or line["hour"][:13] <= ends)
        place = where(line["lat_deg"], line["lon_deg"], 17 + 11)
        places.add(place)
        assert place != "jam" or "2025-07-01T06" <= line["hour"][:13] < "2025-07-01T20"
        assert line["others_disturbed"] >= 3 and (line["others_disturbed"] - 1) * 10 >= line["others"]
        assert ("holds_with_wider_radius" in line) == (crossing["class"] == "observed")
    print("interference nearby:", *sorted(places))


def main(path):
    with open(path, encoding="utf-8") as lines:
        all_lines = [json.loads(line) for line in lines]
    cells = collections.Counter()
    for cell in (line for line in all_lines if line["type"] == "interference_cell"):
        share = (cell["aircraft_disturbed"] - 1) / cell["aircraft"]
        assert abs(share - cell["bad_share"]) < 1e-4 and 1 < cell["aircraft_disturbed"] <= cell["aircraft"]
        assert cell["level"] == ("high" if share >= 0.1 else "medium")
        if cell["day"] == "2025-07-01":
            cells[f'{cell["level"]} cell: {where(cell["lat_deg"], cell["lon_deg"], 17 + 11)}'] += 1
    print("\n".join(sorted(cells)))
    for sink in (line for line in all_lines if line["type"] == "sink"):
        assert len(sink["addresses"]) == min(10, sink["aircraft"]) and sink["aircraft"] >= 3
        assert sink["first"] < sink["last"] and sink["last"].startswith(sink["day"])
        away_nmi = distance_nmi(sink["lat_deg"], sink["lon_deg"], BEIRUT)
        print(f'sink of {sink["day"]}:', "Beirut" if away_nmi < 2.7 else "elsewhere", "named", sink.get("airport"))
    nearby(all_lines)
    told = collections.Counter()
    for gap in (line for line in all_lines if line["type"] == "gap" and line["kind"] == "silent"):
        middle = [(gap["from"][key] + gap["to"][key]) / 2 for key in ("lat_deg", "lon_deg")]
        told[(where(*middle, 0), gap["cause"])] += 1
        if gap["cause"] == "interference":
            assert "T05" < gap["from"]["time"][10:] < "T20" and 2 * gap["disturbed_s"] >= gap["duration_s"] - 1
            assert gap["flights_disturbed"] >= 3
    most = told[("jam", "interference")] / sum(n for (place, _), n in told.items() if place == "jam")
    print("silent in the jam: mostly interference" if most > 0.6 else f"of these interference: {most}")
    print("silent elsewhere:", *sorted({cause for (place, cause) in told if place == "elsewhere"}))


main(sys.argv[1])
