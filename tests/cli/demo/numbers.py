# SPDX-License-Identifier: Apache-2.0
#
# What the summary of the 2012 example tells, against the simulator's truth:  numbers.py FOLDER
# The truth of a passage (on the path as flown) comes from the simulator, which does not know the crossing
# engine. A flight counts when its path begins in Iran, passes Iraq and ends in Syria; a landing, when one
# ends in Iraq and the next of the same aircraft, within 24 h, begins there and ends in Syria.
import calendar
import collections
import datetime
import json
import re
import sys

folder = sys.argv[1]
flights = collections.defaultdict(dict)  # (aircraft, start, end, callsign) -> airspace -> [passages]
with open(f"{folder}/simulated/truth.ndjson", encoding="utf-8") as lines:
    for line in lines:
        truth = json.loads(line)
        key = (truth["icao24"], truth["flight"]["start"], truth["flight"]["end"], truth["callsign"])
        if truth["truth"] == "path":
            flights[key].setdefault(truth["airspace"], []).append(truth)


def begins_in(passages, airspace):
    return any("entry" not in p for p in passages.get(airspace, []))


def ends_in(passages, airspace):
    return any("exit" not in p for p in passages.get(airspace, []))


def instant(text):
    return datetime.datetime.fromisoformat(text[:19])


journeys = []  # (entry into Iraq, way or "landed", description)
waiting = {}  # aircraft -> a flight from Iran that landed in Iraq
for key in sorted(flights):
    passages = flights[key]
    icao24, start, end, callsign = key
    entered = min((p["entry"]["time"] for p in passages.get("IQ", []) if "entry" in p), default=None)
    if begins_in(passages, "IR") and entered and ends_in(passages, "SY"):
        journeys.append((entered, callsign))
    elif begins_in(passages, "IR") and entered and ends_in(passages, "IQ"):
        waiting[icao24] = (entered, start, end)
        continue
    elif icao24 in waiting and begins_in(passages, "IQ") and ends_in(passages, "SY"):
        came = waiting[icao24]
        if instant(start) - instant(came[2]) <= datetime.timedelta(hours=24):
            journeys.append((came[0], "landed"))
    waiting.pop(icao24, None)
journeys.sort()
ways = list(dict.fromkeys(way for _, way in journeys if way != "landed"))

with open(f"{folder}/summary.txt", encoding="utf-8") as lines:
    text = lines.read()
wrong = 0


def compare(what, told, truth):
    global wrong
    if told != truth:
        wrong += 1
        print(f"DIFFERENT: {what}: told {told}, true {truth}")


rows = re.findall(rf"^(\d{{4}}-\d\d) +(\d+) of (\d+) +(\d+)((?: +\d+){{{len(ways) + 2}}})", text, re.M)
for month, _, n_days, n_others, counts in rows:
    year, number = map(int, month.split("-"))
    compare(f"{month}: days", int(n_days), calendar.monthrange(year, number)[1])
    of_month = [way for entered, way in journeys if entered[:7] == month]
    compare(month, [int(n) for n in counts.split()],
            [len(of_month)] + [of_month.count(way) for way in ways] + [of_month.count("landed")])
    if not int(n_others):
        print(f"{month}: nobody else?")
compare("months", sorted({entered[:7] for entered, _ in journeys} - {row[0] for row in rows}), [])
compare("in all", re.findall(r"^(\d+) flights? in all", text, re.M), [str(len(journeys))])
dates = [datetime.date.fromisoformat(entered[:10]) for entered, _ in journeys]
pauses = [(b - a, str(a), str(b)) for a, b in zip(dates, dates[1:])]
halt = [p[1:] for p in pauses if p[0].days > 14]
compare("halt", re.findall(r"none between (\S+) and (\S+)\.", text), halt[:1])
print(f"{len(rows)} months, {len(ways)} ways, {len(journeys)} flights, {sum(w == 'landed' for _, w in journeys)} landed,"
      f" {len(halt)} halt: {'as is true' if not wrong else f'{wrong} wrong'}")
