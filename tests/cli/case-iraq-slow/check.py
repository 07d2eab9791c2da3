#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What the findings say of the example: reported days are the scenario's, 21 March and 26 July."""

import datetime
import json
import sys


def near(day, truth):
    off = datetime.date.fromisoformat(day) - datetime.date.fromisoformat(truth)
    return abs(off.days) <= 2


def name(finding):
    """Whom it is about, by its name in the case."""
    return next(iter(finding["about"].values()))


def main():
    findings = [json.loads(line) for line in open(sys.argv[1])]
    of = {}
    for f in findings:
        of.setdefault(f["rule"], []).append(f)
    by_name = {name(f): f for f in of["request/1"]}
    halt = next(f for f in of["series/1"] if f["verdict"] == "halt")
    asked = by_name["iraq-march"]["date"]
    print("the halt's days begin", "before the request" if halt["earliest_day"] < asked else "with it or later")
    for f in of["series/1"]:
        if f["verdict"] == "halt":
            print("halt within 2 days:", near(f["day"], "2012-03-21"))
        elif f["verdict"] == "resumption":
            print("resumption within 2 days:", near(f["day"], "2012-07-26"))
        elif f["verdict"] == "no_data":
            print("no data:", f["from_day"], "to", f["to_day"])
        elif f.get("against") == "state":
            print("on", f["day"] + ":", f["verdict"])
        elif f["verdict"] != "counted":
            print("also:", f["verdict"], f.get("day", f.get("from_day")))
    for rule in ("order/1", "inspection/1", "request/1", "claim/1"):
        for f in of[rule]:
            if "journey" not in f["about"] and "watch" not in f["about"]:
                print(name(f) + ":", rule, f["verdict"])
    print("all say that they are simulated:", all(f.get("simulated") for f in findings))


if __name__ == "__main__":
    main()
