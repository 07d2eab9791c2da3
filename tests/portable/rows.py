#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Prints every row of a GeoPackage, without what depends on the clock:  rows.py FILE

One line a row, tables by name, rows by fid as they were put, or by their key. Left out are the columns that hold when
a row was put (first_seen, at, last_change, update_time). Numbers are printed with all their digits, geometry as
its SHA-256."""

import hashlib
import sqlite3
import sys

CLOCK = {"first_seen", "at", "last_change", "update_time"}


def text(value):
    if isinstance(value, bytes):
        return "sha256:" + hashlib.sha256(value).hexdigest()
    return repr(value)


def main(path):
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    tables = [name for (name,) in db.execute("select name from sqlite_master where type = 'table' order by name")]
    for table in tables:
        if table.startswith("sqlite_"):
            continue
        columns = [row[1] for row in db.execute(f'pragma table_info("{table}")') if row[1] not in CLOCK]
        names = ", ".join(f'"{name}"' for name in columns)
        print(table, names)
        # An R-tree is a virtual table: its own shadow tables say what is in it.
        if table.startswith("rtree_") and table.endswith("_geom"):
            continue
        # Without an order of ours: by rowid, or by the primary key of a table that has no rowid.
        for row in db.execute(f'select {names} from "{table}"'):
            print(table, *map(text, row))


if __name__ == "__main__":
    main(sys.argv[1])
