# SPDX-License-Identifier: Apache-2.0
"""What must hold of a report: read by Python's HTML parser, which knows nothing of how it was written."""

import base64
import hashlib
import html.parser
import json
import math
import re
import sqlite3
import sys


class Page(html.parser.HTMLParser):
    """Elements, ids, links, documents, and the text of paragraphs with the links in them."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.tags, self.ids, self.links, self.documents, self.styles = {}, set(), [], {}, []
        self.policy = None
        self.open = None
        self.paragraphs, self.section, self.paragraph = [], None, None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.tags[tag] = self.tags.get(tag, 0) + 1
        if "id" in attrs:
            assert attrs["id"] not in self.ids, f"{attrs['id']} twice"
            self.ids.add(attrs["id"])
        if tag == "meta" and attrs.get("http-equiv") == "Content-Security-Policy":
            self.policy = attrs["content"]
        if any(name.startswith("on") for name in attrs):
            print("handler:", tag, attrs)
        if tag == "a":
            self.links.append(attrs["href"])
            if self.paragraph is not None:
                self.paragraph[1].append(attrs)
        if tag == "section":
            self.section = attrs["id"]
        if tag == "p":
            self.paragraph = ["", []]
        if tag in ("script", "style"):
            self.open = (tag, attrs.get("id"), attrs.get("type"), [])

    def handle_endtag(self, tag):
        if tag == "section":
            self.section = None
        if tag == "p" and self.paragraph:
            self.paragraphs.append((self.section, *self.paragraph))
            self.paragraph = None
        if self.open and tag == self.open[0]:
            text = "".join(self.open[3])
            if self.open[2] == "application/json":
                self.documents[self.open[1]] = text
            elif self.open[2] != "text/plain":
                self.styles.append(text)
            self.open = None

    def handle_data(self, data):
        if self.open:
            self.open[3].append(data)
        elif self.paragraph is not None:
            self.paragraph[0] += data


def check_policy(page):
    hashes = {base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in page.styles}
    for digest in hashes:
        if f"'sha256-{digest}'" not in page.policy:
            print("not admitted:", digest)
    print("policy:", re.sub(r"'sha256-[^']*'", "HASH", page.policy))


GENERAL = ("Between two believed positions", "Who was not heard", "Withheld from publication")


def check_sentences(page, documents, store):
    """Every sentence names the findings or the sources that it was made of, in the text as in the document."""
    ids = {row[0] for row in store.execute("select id from findings")}
    numbers = {row["id"]: row["n"] for row in documents.get("findings", {"rows": []})["rows"]}
    sources = {row["n"] for row in documents["case"]["sources"]}
    n = []
    for section in ("answer", "method", "limits"):
        sentences = documents["case"][section]
        said = [p for p in page.paragraphs if p[0] == section]
        for (_, text, links), sentence in zip(said, sentences, strict=True):
            cited = sentence.get("sources", [])
            if not set(sentence["findings"]) <= ids or not set(cited) <= sources:
                print("cites what is not there:", sentence)
            if not sentence["findings"] and not cited and not text.startswith(GENERAL):
                print("sentence without a basis:", sentence)
            if not text.startswith(sentence["text"]):
                print("differs:", text, sentence["text"])
            wanted = [(f"#finding-{numbers[i]}", i) for i in sentence["findings"]]
            wanted += [(f"#source-{i}", None) for i in cited]
            if [(a["href"], a.get("title")) for a in links] != wanted:
                print("links:", links)
        n.append(len(said))
    print("sentences:", *n)


def check_claims(page, documents):
    """Rows of what the case says, each with the findings that are about it."""
    findings = {row["id"]: row for row in documents["findings"]["rows"]}
    for row in documents["claims"]["rows"]:
        about = [i for i, finding in findings.items() if finding["about"] == {row["kind"]: row["name"]}]
        if row["findings"] != about or sum(row["verdicts"].values()) != len(about):
            print("claim:", row)
        if f"entry-{row['n']}" not in page.ids or row["source"] not in {s["name"] for s in documents["case"]["sources"]}:
            print("no row or source:", row["n"])
    print("claims:", *(row["kind"] for row in documents["claims"]["rows"]))
    numbers = {row["id"]: row["n"] for row in documents["crossings"]["rows"]}
    for finding in findings.values():
        if "crossing" in finding["about"] and finding["crossing"] != numbers[finding["about"]["crossing"]]:
            print("crossing of a finding:", finding)
    print("sources:", *(s["kind"] for s in documents["case"]["sources"] if "digest" in s and "name" in s))


def check_rows(page, documents, store):
    rows = documents["crossings"]["rows"]
    stored = dict(store.execute("select id, json from crossings"))
    for n, row in enumerate(rows, 1):
        if row["n"] != n or {k: v for k, v in row.items() if k != "n"} != json.loads(stored.pop(row["id"])):
            print("row differs:", n)
        if f"crossing-{n}" not in page.ids:
            print("no row:", n)
    for kind, anchor in (("permits", "permit"), ("lists", "listing")):
        if not {f"{anchor}-{row['n']}" for row in documents[kind]["rows"] if "n" in row} <= page.ids:
            print("no row of", kind)
    print("crossings:", len(rows), "left:", len(stored))
    listed = {r["callsign"] for r in rows if documents["crossing"]["crossings"][r["id"]]["listings"]}
    print("lists:", len(documents["lists"]["rows"]), *listed)
    permits = documents["permits"]["rows"]
    days = [row for row in permits if row["type"] == "permit_day"]
    counted = sum(sum(row["verdicts"].values()) for row in days)
    print("permits counted by day:", counted == len(permits) - len(days) == documents["permits"]["total"])
    print("details:", sorted(documents["crossing"]["crossings"]) == sorted(r["id"] for r in rows))


def check_ends(text, documents):
    """The printed table says of ends what the documents do: those in gaps by what could be flown, too."""
    table = re.search(r'<section id="crossings">.*?</section>', text, re.S).group(0)
    heads = re.findall(r'<th scope="col"[^>]*>(.*?)</th>', table)
    said = 0
    for row in documents["crossings"]["rows"]:
        line = re.search(rf'<tr id="crossing-{row["n"]}">(.*?)</tr>', table).group(1)
        cells = dict(zip(heads, re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line.replace("<wbr>", ""))))
        for name in ("entry", "exit"):
            end = row.get(name, {})
            between = [end[key][:19] + "Z" for key in ("earliest", "latest") if key in end]
            want = end["time"][:19] + "Z" if "time" in end else " to ".join(between)
            want += ", may have stayed inside" if end.get("perhaps_stayed") else ""
            said += "earliest" in end
            if cells.get(name, "") != want:
                print("end:", row["n"], name, cells, want)
    print("ends in gaps:", said)


def mercator(lat_deg, lon_deg, from_deg):
    """East and north of a place on the map, in radians of the equator; longitudes within half a turn of from_deg."""
    lon_deg = from_deg + (lon_deg - from_deg + 180) % 360 - 180
    return math.radians(lon_deg), math.atanh(math.sin(math.radians(lat_deg)))


def check_map(text, documents):
    """Each entry and exit has its mark, where Web Mercator puts it: but for two of them, which tell scale and origin."""
    rows = documents["crossings"]["rows"]
    ends = [row[end] for row in rows for end in ("entry", "exit") if "lat_deg" in row.get(end, {})]
    want = sorted(mercator(end["lat_deg"], end["lon_deg"], ends[0]["lon_deg"]) for end in ends)
    figure = re.search(r'<section id="report-map">.*?</section>', text, re.S).group(0)
    marks = re.findall(r"M(\d+) (\d+)l35 (-?)60h-?70z", figure)
    got = sorted((int(x), int(y) + (-35 if down else 35)) for x, y, down in marks)
    scale = (got[-1][0] - got[0][0]) / (want[-1][0] - want[0][0])
    north = min(y for _, y in want)
    off = [max(abs(x - got[0][0] - (east - want[0][0]) * scale), abs(max(g[1] for g in got) - y - (up - north) * scale))
           for (x, y), (east, up) in zip(got, want)]
    print("marks:", len(got) == len(want), max(off) < 3)
    numbered = {int(n) for n in re.findall(r'<a href="#crossing-(\d+)" aria-label="crossing \d+"><text', figure)}
    print("numbers on the map:", *sorted(numbered))
    paths = re.findall(r'<path ([^>]*) d="([^"]*)"', figure)
    # Letters of common fonts are 0.6 of their size wide at the most, on average.
    key = [(int(y), int(x) - 320, int(x) + 72 * len(name))
           for x, y, name in re.findall(r'<text x="(\d+)" y="(\d+)">(zone:[^<]*|[A-Z]{2})</text>', figure)]
    width = int(re.search(r'viewBox="0 0 (\d+)', figure).group(1))
    print("names of the key:", len(key), all(end <= width for _, _, end in key) and
          all(y != y2 or end <= begin for (y, _, end), (y2, begin, _) in zip(key, key[1:])))
    print("ways:", sorted({how.split('"')[1] for how, _ in paths if "stroke-width=\"13\"" in how}), sum("dasharray" in how for how, _ in paths))


def check_timeline(text, documents):
    figure = re.search(r'<section id="report-timeline">.*?</section>', text, re.S).group(0)
    days = documents["series"]["series"][0]["days"]
    bars = re.search(r'<path fill="#0072b2" d="([^"]*)"', figure).group(1)
    print("bars:", bars.count("M") == sum((day["count"] or 0) > 0 for day in days))


def longitudes(segment):
    total, out = 0, []
    for difference in segment["lon"]:
        total += difference
        out.append(total * 1e-5)
    return out


def check_times(flight, segment):
    """All flew 0.05 degrees in 30 s and at 35,000 ft. Times are rounded to the second, places to 1e-5 degree."""
    if segment["kind"] != "flown":
        if "s" in segment or "alt" in segment:
            print("a gap with times:", flight)
        return
    times = [sum(segment["s"][: i + 1]) for i in range(len(segment["s"]))]
    lons = longitudes(segment)
    if len(times) != len(lons) or abs(times[0] - segment["t"][0]) > 0.5 or abs(times[-1] - segment["t"][1]) > 0.5:
        print("times:", flight, times, segment["t"])
    if any(abs((lon - lons[0]) - (t - times[0]) * 0.05 / 30) > 0.05 / 30 + 2e-5 for t, lon in zip(times, lons)):
        print("not there then:", flight)
    if [sum(segment["alt"][: i + 1]) for i in range(len(lons))] != [1400] * len(lons):
        print("altitudes:", flight, segment["alt"])


def check_tracks(documents):
    for flight in documents["tracks"]["flights"]:
        last = None
        parts = []
        for s in flight["segments"]:
            lons = longitudes(s)
            lats = [sum(s["lat"][: i + 1]) * 1e-5 for i in range(len(s["lat"]))]
            if last and (abs(last[0] - lats[0]) > 2e-5 or abs(last[1] - lons[0]) > 2e-5):
                print("not joined:", flight["callsign"], last, lats[0], lons[0])
            if s["z"][0] != 0 or s["z"][-1] != 0 or len(s["z"]) != len(lons):
                print("levels:", flight["callsign"], s["z"])
            if any(abs(b - a) > 180 for a, b in zip(lons, lons[1:])):
                print("jumps:", flight["callsign"])
            check_times(flight["callsign"], s)
            last = (lats[-1], lons[-1])
            name = s["kind"] + (":" + s["airspace"] if "airspace" in s else "")
            parts.append(f"{name}[{lons[0]:.1f}..{lons[-1]:.1f}]")
        print(flight["callsign"], *parts)


def check_accuracy(documents):
    """A boundary is as accurate in the list of airspaces as in the crossings that were judged by it."""
    drawn = {f["properties"]["airspace"]: f["properties"]["boundary_accuracy_m"] for f in documents["airspaces"]["airspaces"]["features"]}
    for row in documents["crossings"]["rows"]:
        if drawn[row["airspace"]] != row["boundary_accuracy_m"]:
            print("accuracy:", row["airspace"], drawn[row["airspace"]], row["boundary_accuracy_m"])


def check_boundaries(documents):
    """Borders stand once; a ring closes; no line jumps over 180 degrees."""
    features = documents["airspaces"].get("boundaries", {"features": []})["features"]
    owners = [f["properties"]["airspace"] for f in features]
    lines = [line for f in features for line in f["geometry"]["coordinates"]]
    # Antarctica's is the whole parallel of 60 S.
    jumps = sum(abs(a[0] - b[0]) > 180 and a[1] != b[1] for line in lines for a, b in zip(line, line[1:]))
    if features:
        print("boundaries:", "IQ,IR" in owners, len(owners) == len(set(owners)), jumps)


def main():
    text = open(sys.argv[1], encoding="utf-8").read()
    page = Page()
    page.feed(text)
    documents = {k.removeprefix("doc-"): json.loads(v) for k, v in page.documents.items()}
    store = sqlite3.connect(sys.argv[2])
    print("documents:", *documents)
    print("index lists them:", ["index", *documents["index"]["documents"]] == list(documents))
    print("tags:", *sorted(page.tags))
    check_policy(page)
    for link in page.links:
        if not link.startswith("#") or link[1:] not in page.ids:
            print("link:", link)
    bad = [c for c in ("\u2028", "<!--") if any(c in d for d in page.documents.values())]
    print("separators in documents:", bad)
    print("title:", documents["index"]["title"] == documents["case"]["title"], ascii(documents["case"]["title"]))
    check_sentences(page, documents, store)
    if "claims" not in documents:
        return
    check_claims(page, documents)
    check_rows(page, documents, store)
    check_ends(text, documents)
    check_map(text, documents)
    check_timeline(text, documents)
    check_tracks(documents)
    check_accuracy(documents)
    check_boundaries(documents)


main()
