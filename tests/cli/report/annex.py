# SPDX-License-Identifier: Apache-2.0
"""annex.py REPORT CSV...: the report's tables say what its annexes do, but for columns that are empty and for what is
said at length as in a row above, which they name. Read by Python's HTML parser and its csv."""
import csv
import html.parser
import re
import sys


class Tables(html.parser.HTMLParser):
    """Of each section with a table: heads, and the cells of each row by its id."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.tables, self.section, self.row, self.cell = {}, None, None, None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "section":
            self.section = attrs["id"]
        elif tag == "table":
            self.tables[self.section] = ([], {})
        elif tag == "tr" and "id" in attrs:
            self.row = self.tables[self.section][1].setdefault(attrs["id"], [])
        elif tag in ("th", "td"):
            self.cell = ""
            if "data-column" in attrs:
                self.tables[self.section][0].append(attrs["data-column"])

    def handle_data(self, data):
        if self.cell is not None:
            self.cell += data

    def handle_endtag(self, tag):
        if tag in ("th", "td"):
            if self.row is not None:
                self.row.append(self.cell)
            self.cell = None
        elif tag == "tr":
            self.row = None


def said(rows, cell, column):
    """What a cell says, where it names another row; whether it does."""
    named = re.fullmatch(r"as ([a-z]+) (\d+)", cell)
    return (rows[f"{named[1]}-{named[2]}"][column], 1) if named else (cell, 0)


tables = Tables()
tables.feed(open(sys.argv[1], encoding="utf-8").read())
for name in sys.argv[2:]:
    heads, rows = tables.tables[name[2:-4]]
    want = list(csv.DictReader(open(name, encoding="utf-8", newline="")))
    n_named, n_long = 0, 0
    for got, row in zip(rows.values(), want, strict=True):
        for i, head in enumerate(heads):
            text, named = said(rows, got[i], i)
            n_named += named
            n_long += named and len(text) >= 100
            if text != re.sub(r"^'(?=[=+@-])", "", row[head]):
                print("differs:", name, row["n"], head, text, row[head])
    # Of the crossings what is behind the verdicts is in the annex alone.
    columns = list(want[0])
    on_paper = columns[: columns.index("verdicts") + 1] if "verdicts" in columns else columns
    left_out = set(on_paper) - set(heads)
    if any(row[head] for row in want for head in left_out):
        print("left out:", name, left_out)
    print(name, len(want), "named:", n_named, n_named == n_long)
