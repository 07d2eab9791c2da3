#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""world.py DIRECTORY SEED DAYS EACH [turned]: readsb traces of invented aircraft over the head of the Gulf, of which
nothing is wrong on the first day; on the second something begins that contradicts it. Turned: in time, so that the
first days are the wrong ones. EACH 3: each third of the aircraft; 1: all.

Some are never silent for half an hour, so that all of them is one spell (src/track/spell.h): ferries with short stays,
silent or not, helicopters, circuits, one that stands for hours and one that never lands. Others land, are lost in the
air or found there, and are silent for hours. Each flies once for each thing that goes wrong.
"""
import json
import math
import os
import random
import sys

DAY_S = 86400
T0_S = 1743206400  # 2025-03-29
BASRA = (30.55, 47.66)
SEA = (29.60, 48.90)
BAGHDAD = (33.26, 44.23)


def between(a, b, share):
    return tuple(p + (q - p) * share for p, q in zip(a, b))


def distance_nmi(a, b):
    return 60 * math.hypot(b[0] - a[0], (b[1] - a[1]) * math.cos(math.radians((a[0] + b[0]) / 2)))


class Way:
    """Rows of [time, lat, lon, feet or None on the ground], from a few hours before the first day to the end."""

    def __init__(self, rng, end_s):
        self.rng, self.end_s = rng, end_s
        self.t_s = -rng.uniform(0, 2 * 3600)
        self.rows = []

    def goes_on(self):
        return self.t_s < self.end_s

    def hear(self, until_s, step_s, place):
        """Rows up to a time; place: (lat, lon, feet) of the seconds that are left."""
        while self.t_s < until_s:
            self.rows.append([self.t_s, *place(until_s - self.t_s)])
            self.t_s += step_s * self.rng.uniform(0.8, 1.2)
        self.t_s = until_s

    def fly(self, a, b, kt, top_ft, floor_ft=0):
        """From one place to the other; not heard on the way up or down below the floor."""
        way_s = distance_nmi(a, b) / kt * 3600
        first = len(self.rows)

        def place(left_s):
            alt_ft = min(top_ft, (way_s - left_s) * 25 + 200, left_s * 20 + 200)
            return *between(b, a, left_s / way_s), alt_ft

        self.hear(self.t_s + way_s, 60, place)
        self.rows[first:] = [row for row in self.rows[first:] if row[3] >= floor_ft]

    def stand(self, at, least_s, most_s, step_s):
        self.hear(self.t_s + self.rng.uniform(least_s, most_s), step_s, lambda _: (*at, None))

    def wait(self, least_s, most_s):
        self.t_s += self.rng.uniform(least_s, most_s)


def ferry(way, a, b):
    way.fly(a, b, 250, 12000)
    way.stand(b, 600, 1500, 150)


def ferry_silent_on_the_stand(way, a, b):
    way.fly(a, b, 250, 12000)
    way.stand(b, 900, 1700, 1100)


def helicopter(way, a, b):
    way.fly(a, b, 120, 1500)
    way.stand(b, 120, 600, 60)


def circuit(way, a, _):
    """Touches and goes."""
    corners = [a, (a[0] + 0.05, a[1] + 0.02), (a[0] + 0.07, a[1] + 0.08), (a[0], a[1] + 0.05)]
    for k in range(4):
        way.fly(corners[k], corners[(k + 1) % 4], 100, 1200)
    way.stand(a, 0, 1, 30)


def never_lands(way, a, b):
    way.fly(a, b, 400, 31000, -1000)
    for row in way.rows:
        row[3] = 31000


def stands_for_hours(way, a, b):
    way.fly(a, b, 250, 12000)
    way.stand(b, 2 * 3600, 8 * 3600, 120)


def hop(way, a, b):
    way.fly(a, b, 250, 12000)
    way.stand(b, 300, 600, 60)
    way.wait(2000, 9000)


def hop_lost_low(way, a, b):
    way.fly(a, b, 300, 20000, 500)
    way.wait(2000, 9000)


def hop_lost_high(way, a, b):
    way.fly(a, b, 300, 20000, 6000)
    way.wait(2000, 9000)


def hop_found_high(way, a, b):
    """Heard to land, not to take off."""
    first, begun_s = len(way.rows), way.t_s
    way.fly(a, b, 300, 20000)
    way.rows[first:] = [row for row in way.rows[first:] if row[3] >= 6000 or row[0] > begun_s + 700]
    way.stand(b, 300, 600, 60)
    way.wait(2000, 9000)


# how it goes from one place to the next, and how far these are from each other, in degrees
ONE_SPELL = [
    (ferry, 1),
    (ferry_silent_on_the_stand, 1),
    (helicopter, 0.3),
    (circuit, 0),
    (never_lands, 1.5),
    (stands_for_hours, 1),
]
MANY = [(hop, 1), (hop_lost_low, 1.5), (hop_lost_high, 2), (hop_found_high, 1.6)]


def fly_all(rng, go, apart, end_s):
    """Rows with the speed and track that were flown."""
    a = (BASRA[0] + rng.uniform(-0.2, 0.2), BASRA[1] + rng.uniform(-0.2, 0.2))
    b = between(a, (SEA[0] + rng.uniform(-0.3, 0.3), SEA[1] + rng.uniform(-0.3, 0.3)), apart)
    way = Way(rng, end_s)
    while way.goes_on():
        go(way, a, b)
        a, b = b, a
    for row, after in zip(way.rows, way.rows[1:] + way.rows[-1:]):
        east = (after[2] - row[2]) * math.cos(math.radians(row[1]))
        kt = distance_nmi(row[1:3], after[1:3]) / max(after[0] - row[0], 1) * 3600
        row += [kt, math.degrees(math.atan2(east, after[1] - row[1])) % 360]
    return way.rows


# what goes wrong, of rows from the second day on: others take their place
def nothing(_rng, rows, _t_s):
    return rows


def another_aircraft(rng, rows, t_s):
    """With the same address, far away."""
    until_s = t_s + rng.uniform(0.3, 20) * 3600
    return rows + [
        [t + 6, lat + 12, lon - 30, 9000 if alt is None else alt + 7000, kt, track, "SIMX"]
        for t, lat, lon, alt, kt, track in rows
        if t_s <= t < until_s
    ]


def put(rows, where, when):
    """The rows at which when(t, feet) at where(lat, lon), speed and track as they are."""
    return [[t, *(where(lat, lon) if when(t, alt) else (lat, lon)), alt, *more] for t, lat, lon, alt, *more in rows]


def at_baghdad(_lat, _lon):
    return BAGHDAD


def far_off(lat, lon):
    return lat + 9, lon - 14


def at_one_place(rng, rows, t_s):
    """Positions in the air, for a while."""
    until_s = t_s + rng.uniform(600, 5400)
    return put(rows, at_baghdad, lambda t, alt: t_s <= t < until_s and alt is not None)


def at_one_place_again_and_again(_rng, rows, t_s):
    return put(rows, at_baghdad, lambda t, _: t >= t_s and t % 7200 < 2400)


def elsewhere(_rng, rows, _t_s):
    """All of it, from midnight on."""
    return put(rows, far_off, lambda t, _: t >= DAY_S)


def elsewhere_for_hours(rng, rows, _t_s):
    until_s = DAY_S + rng.uniform(0.2, 10) * 3600
    return put(rows, far_off, lambda t, _: DAY_S <= t < until_s)


def still_for_hours(rng, rows, _t_s):
    """High up, also what stands on the ground."""
    until_s = DAY_S + rng.uniform(1, 20) * 3600
    wrong = put(rows, at_baghdad, lambda t, _: DAY_S <= t < until_s)
    return [[t, lat, lon, 30000 if DAY_S <= t < until_s else alt, *more] for t, lat, lon, alt, *more in wrong]


WRONG = [
    nothing,
    another_aircraft,
    at_one_place,
    at_one_place_again_and_again,
    elsewhere,
    elsewhere_for_hours,
    still_for_hours,
]


def turn(rows, end_s):
    return [[end_s - t, lat, lon, alt, kt, (track + 180) % 360, *more] for t, lat, lon, alt, kt, track, *more in rows]


def write(root, icao24, day, rows):
    folder = f"{root}/2025/03/{29 + day}/traces/{icao24[-2:]}"
    trace = []
    for t, lat, lon, alt, kt, track, *callsign in rows:
        time_s = math.floor(100 * (t - day * DAY_S)) / 100  # never that of the next day
        height = "ground" if alt is None else 25 * round(alt / 25)
        flight = {"flight": callsign[0] if callsign else "SIM1"}
        moving = [round(kt, 1), round(track, 1), 0, 0]
        trace.append([time_s, round(lat, 6), round(lon, 6), height, *moving, flight, "adsb_icao"])
    os.makedirs(folder, exist_ok=True)
    with open(f"{folder}/trace_full_{icao24}.json", "w") as file:
        json.dump({"icao": icao24, "timestamp": T0_S + day * DAY_S, "trace": trace}, file)


def main(root, seed, n_days, each, turned=None):
    rng = random.Random(int(seed))
    end_s = int(n_days) * DAY_S
    aircraft = [(go, apart, wrong) for go, apart in ONE_SPELL + MANY for wrong in WRONG]
    for k, (go, apart, wrong) in enumerate(aircraft):
        if k % int(each) != 0:
            continue
        rows = fly_all(rng, go, apart, end_s)
        rows = wrong(rng, rows, DAY_S + rng.uniform(0, 3 * 3600))
        rows = sorted(turn(rows, end_s) if turned else rows, key=lambda row: row[0])
        for day in range(int(n_days)):
            of_day = [row for row in rows if day * DAY_S <= row[0] < (day + 1) * DAY_S]
            write(root, f"f1{k:04x}", day, of_day)


main(*sys.argv[1:])
