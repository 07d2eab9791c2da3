#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""compare_stores.py [--exact] STORE OTHER...: whether other stores hold the rows of the first.

Every row of every table of features, and of those that they are made anew of, is compared, by all columns
but fid, which is SQLite's own, and first_seen and supersedes, which tell when something was said and what
before it: history, not what is known. Geometry is compared byte for byte. Rows of traffic are compared by the id of their input.

--exact: first_seen, supersedes and the revisions too, of a store and its copy.

Prints a line for each store that differs in a table, with some of the differences, then the number of rows
of each table of features; exit status 1 when any differs.
"""
import sqlite3
import sys

TABLES = ("inputs", "flights", "journeys", "crossings", "gaps", "findings", "airspaces", "completeness", "traffic", "detections", "sinks", "altitude_shared", "interference")
KEPT = tuple("overflight_" + name for name in ("heard", "minutes", "jumps", "altitudes", "past"))
HISTORY = ("first_seen", "supersedes")
NAMING = ("icao24", "airspace", "role", "flight_start", "flight_end", "entry_time", "journey_start", "id")
N_SHOWN = 3


def rows_of(path, table, exact):
    """The rows of a table, as tuples of (column, value) by column, and in an order of their own."""
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    names = [row[1] for row in db.execute(f'pragma table_info("{table}")')]
    names = [n for n in names if n != "fid" and (exact or n not in HISTORY)]
    wanted = [
        f'(select i.id from inputs i where i.fid="{table}".input_fid)' if n == "input_fid" else f'"{n}"'
        for n in names
    ]
    rows = [tuple(zip(names, row)) for row in db.execute(f'select {",".join(wanted)} from "{table}"')]
    db.close()
    return sorted(rows, key=repr)


def show(row):
    row = dict(row)
    return " ".join(f"{n}={row[n]}" for n in NAMING if row.get(n) is not None)


def show_differences(rows, others):
    """What only one of the two has; of rows with the same id, the columns that differ."""
    only = sorted(set(rows) - set(others), key=repr)
    by_id = {dict(row).get("id"): dict(row) for row in set(others) - set(rows)}
    for row in only[:N_SHOWN]:
        other = by_id.pop(dict(row).get("id"), None)
        if other is None:
            print("  only in the first:", show(row))
        else:
            print("  differs:", show(row), [(n, v, other[n]) for n, v in row if other[n] != v and n not in ("json", "aircraft")][:6])
    known = {dict(row).get("id") for row in only}
    for row in [row for i, row in by_id.items() if i not in known][:N_SHOWN]:
        print("  only in the other:", show(row.items()))


def main(arguments):
    exact = arguments[:1] == ["--exact"]
    first, *others = arguments[1 if exact else 0 :]
    tables = TABLES + KEPT + (("revisions",) if exact else ())
    want = {table: rows_of(first, table, exact) for table in tables}
    differs = False
    for path in others:
        for table in tables:
            got = rows_of(path, table, exact)
            if got != want[table]:
                differs = True
                print(f"DIFFERENT: {path}: {table}: {len(got)} rows, not {len(want[table])}")
                show_differences(want[table], got)
    if not differs:
        print(f"same, {len(others)} times:", ", ".join(f"{len(want[t])} {t}" for t in tables if t not in KEPT))
    return 1 if differs else 0


sys.exit(main(sys.argv[1:]))
