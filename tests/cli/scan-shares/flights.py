# SPDX-License-Identifier: Apache-2.0
"""flights.py DAY | middle: a day's flights at 440 kt between Mashhad (OIMM) and Isfahan (OIFM), 430 NM, as a table: along a great
circle through a place beside the middle of the way, down and up at 3 degrees; of some a part is not heard.

The zone of the case is a circle of 20 NM around the middle.
"""
import math
import sys

MASHHAD, ISFAHAN = (36.2352, 59.6410), (32.7508, 51.8613)
FIELD_FT = {MASHHAD: 3263, ISFAHAN: 5059}
NMI = math.pi / 180 / 60
KT, FL350, FT_PER_NMI, STEP_S = 440, 35000, 318, 30
DAYS = {"2025-07-01": 1751328000, "2025-07-02": 1751414400}
# address, callsign, day, hour, how far beside the middle in NM, whether half an hour around it is not heard
FLIGHTS = [
    (0xF10001, "SIM101", "2025-07-01", 4, 0, False),
    (0xF10002, "SIM102", "2025-07-01", 5, 0, False),
    (0xF10003, "SIM103", "2025-07-02", 4, 0, False),
    (0xF10004, "SIM104", "2025-07-02", 5, 60, False),
    (0xF10005, "SIM105", "2025-07-01", 6, 0, True),
    (0xF10006, "SIN106", "2025-07-02", 6, 0, True),
    (0xF10007, "SIO107", "2025-07-01", 7, 60, False),
    (0xF10008, "SIM108", "2025-07-01", 8, 0, True),  # the other way: nobody else flies it
]


def unit(place):
    lat, lon = (math.radians(x) for x in place)
    return (math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat))


def place(v):
    return math.degrees(math.atan2(v[2], math.hypot(v[0], v[1]))), math.degrees(math.atan2(v[1], v[0]))


def between(a, b, share):
    """On the great circle, at this share of the way; and its length in NM."""
    angle = math.acos(sum(x * y for x, y in zip(unit(a), unit(b))))
    p, q = math.sin((1 - share) * angle) / math.sin(angle), math.sin(share * angle) / math.sin(angle)
    return place([p * x + q * y for x, y in zip(unit(a), unit(b))]), angle / NMI


def rows(address, callsign, day, hour, beside_nmi, is_silent):
    a, b = (ISFAHAN, MASHHAD) if callsign == "SIM108" else (MASHHAD, ISFAHAN)
    middle = between(a, b, 0.5)[0]
    way = (middle[0] + beside_nmi / 60, middle[1])
    first, second = between(a, way, 0)[1], between(way, b, 0)[1]
    flown, t = 0.0, DAYS[day] + hour * 3600
    while flown < first + second:
        at = between(a, way, flown / first)[0] if flown < first else between(way, b, (flown - first) / second)[0]
        if not is_silent or abs(flown - first) > KT / 4:  # half an hour
            alt = min(FL350, FIELD_FT[a] + flown * FT_PER_NMI, FIELD_FT[b] + (first + second - flown) * FT_PER_NMI)
            yield f"{t},{address:06x},{callsign},{at[0]:.6f},{at[1]:.6f},{alt:.0f}"
        flown, t = flown + KT * STEP_S / 3600, t + STEP_S


if sys.argv[1] == "middle":
    print("%.4f,%.4f" % between(MASHHAD, ISFAHAN, 0.5)[0])
    sys.exit()
print("time,icao24,callsign,lat_deg,lon_deg,alt_baro_ft")
for flight in FLIGHTS:
    if flight[2] == sys.argv[1]:
        print("\n".join(rows(*flight)))
