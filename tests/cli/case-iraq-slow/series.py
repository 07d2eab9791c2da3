#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The series that a report shows is the one that was judged: its days and segments say what the findings say."""

import json
import re
import sys


def main():
    text = open(sys.argv[1], encoding="utf-8").read()
    series = json.loads(re.search(r'id="doc-series">(.*?)</script>', text)[1])["series"][0]
    findings = [f for f in map(json.loads, open(sys.argv[2])) if f["rule"] == "series/1"]
    by_verdict = {f["verdict"]: f for f in findings if f.get("against") != "state"}
    counted, halt, resumption = (by_verdict[v] for v in ("counted", "halt", "resumption"))
    days = series["days"]
    print("journeys:", sum(d["count"] or 0 for d in days) == counted["n_journeys"])
    print("days with data:", sum(d["count"] is not None for d in days) == counted["n_days_with_data"])
    print("days that tell:", sum("exposure" in d for d in days) == counted["n_days_that_tell"])
    means = [s["mean"] for s in series["segments"]]
    print("rates:", means == [halt["rate_before"], halt["rate_after"], resumption["rate_after"]])
    shown = series["halts"][0]
    print("halt:", (shown["from"], shown["finding"]) == (halt["day"], halt["id"]),
          shown["resumption"] == resumption["id"])
    print("no data:", [d["day"] for d in days if d["count"] is None] == [n["from"] for n in series["no_data"]])


if __name__ == "__main__":
    main()
