#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What NDJSON says of crossings and gaps; of the way round the wall, how it stands to the closed form."""
import json
import math
import sys


def arc(a, b):
    (la, lo), (lb, lp) = (map(math.radians, p) for p in (a, b))
    return math.acos(
        math.sin(la) * math.sin(lb) + math.cos(la) * math.cos(lb) * math.cos(lo - lp)
    )


def round_the_wall_kt(earth_m):
    """Less the disc and the position's 926 m, in 3,000 s and two seconds of each clock. The receiver's height: argument."""
    receiver_m = float(sys.argv[1]) if len(sys.argv) > 1 else 500
    way = arc((0.05, 0), (5, 3)) + arc((5, 3), (5, 4)) + arc((5, 4), (0, 8))
    disc_m = 1.2 * 4120 * (math.sqrt(600) + math.sqrt(receiver_m))
    return (way * earth_m - disc_m - 926) / 3004 * 3600 / 1852


for line in map(json.loads, sys.stdin):
    if line["type"] == "crossing":
        print(line["airspace"], line["class"], *(d["within_km"] for d in line.get("heard", [])),
              *(f"n_hearings={line['n_hearings']}" for _ in range("n_hearings" in line)))
        if line["class"] == "necessary":
            kt = line["avoidance_speed_kt"]
            print("no more than the way round, and not 2 % less:",
                  0.98 * round_the_wall_kt(6356752) < kt < round_the_wall_kt(6378137))
        if "least_distance_m" in line:
            print("NM kept:", line["least_distance_m"] // 1852)
    elif line["type"] == "gap":
        print("gap", line["kind"], line["cause"], line.get("words", ""))
