# SPDX-License-Identifier: Apache-2.0
"""check.py PORT REPORT.html API.md; or PORT total, PORT title, PORT tag; or STORE lose: a crossing goes;
STORE shorten: all but one go."""
import gzip
import json
import os
import re
import shlex
import sqlite3
import sys
from urllib.parse import urlsplit

sys.path.insert(0, os.path.join(os.environ["OVF_SOURCE"], "tests/cli"))
from serve_client import ask, document  # noqa: E402

PORT = int(sys.argv[1]) if sys.argv[1].isdigit() else 0
PATHS = ["/", "/page.css", "/page.js", "/worker.js"]
SECURITY = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self' "
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='; img-src 'self' data: blob:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
    "trusted-types default",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=()",
}


def expect(condition, what):
    if not condition:
        print("NOT:", what)


def is_secure(headers, what):
    for name, value in SECURITY.items():
        expect(headers[name] == value, f"{name} of {what}: {headers[name]}")


def check_bytes(target, kept):
    """Plain, gzipped, by tag and with HEAD."""
    status, headers, body = ask(PORT, target)
    expect(status == 200, f"{target}: {status}")
    is_secure(headers, target)
    expect(headers["Cache-Control"] == kept, f"{target}: {headers['Cache-Control']}")
    status, packed, squeezed = ask(PORT, target, headers={"Accept-Encoding": "gzip"})
    if packed["Content-Encoding"] == "gzip":
        expect(gzip.decompress(squeezed) == body, f"{target}: the same bytes in gzip")
        expect(len(squeezed) < len(body), f"{target}: gzip is smaller")
    for tag in (headers["ETag"], packed["ETag"], "W/" + headers["ETag"], '"x", ' + headers["ETag"], "*"):
        status, unchanged, nothing = ask(PORT, target, headers={"If-None-Match": tag})
        expect((status, nothing) == (304, b""), f"{target}: {status} of a known tag")
        is_secure(unchanged, target)
    expect(ask(PORT, target, headers={"If-None-Match": '"x"'})[0] == 200, f"{target}: an unknown tag")
    status, head, nothing = ask(PORT, target, "HEAD")
    expect((status, nothing, head["ETag"]) == (200, b"", headers["ETag"]), f"{target}: HEAD")
    return body


def check_pages(rows):
    """Pages of two rows are all rows."""
    got, target = [], "crossings?limit=2"
    while target:
        _, page = document(PORT, target)
        got += page["rows"]
        target = "next" in page and f"crossings?limit=2&after={page['next']}"
    expect(got == rows, "pages of two are all rows")


def check_example(line):
    """A line of curl's in docs/api.md."""
    words = shlex.split(line)
    url = urlsplit(words[-1])
    expect(url.netloc == "127.0.0.1:8790", f"{line}: the default place")
    target = url.path + (f"?{url.query}" if url.query else "")
    status, headers, body = ask(PORT, target, headers={"Accept-Encoding": "gzip"} if "--compressed" in words else {})
    if url.path.endswith("/events"):
        expect(status == 404 and json.loads(body)["error"]["code"] == "not_live", "events of a server that is not live")
        return
    body = gzip.decompress(body) if headers["Content-Encoding"] == "gzip" else body
    expect(status == 200 and json.loads(body)["type"] in url.path, f"{line}: {status}")


def main():
    with open(sys.argv[2], encoding="utf-8") as file:
        held = {name: json.loads(text) for name, text in
                re.findall(r'<script type="application/json" id="doc-([a-z]+)">(.*?)</script>', file.read(), re.S)}
    index = json.loads(check_bytes("/api/v1/index", "no-store"))
    expect(index["mode"] == "serve" and not index["public"], "mode")
    print("documents:", *index["documents"])
    for name in index["documents"]:
        got = json.loads(check_bytes(f"/api/v1/{name}", "no-store"))
        expect(got["type"] == name, name)
        # A report has no empty tables of what a case would hold against crossings.
        expect(got == held[name] if name in held else got["rows"] == [], f"{name} is that of the report")
    for path in PATHS:
        check_bytes(path, "no-cache")
    rows = held["crossings"]["rows"]
    check_pages(rows)
    for row in rows:
        got = json.loads(check_bytes(f"/api/v1/crossings/{row['id']}", "no-store"))
        expect(got["crossing"] == row, "a crossing's row")
        of_report = held["crossing"]["crossings"][row["id"]]
        expect({key: got[key] for key in of_report} == of_report, "what is said of a crossing")
    _, one = document(PORT, f"crossings?callsign={rows[0]['callsign']}")
    expect([row["callsign"] for row in one["rows"]] == [rows[0]["callsign"]], "a filter")
    with open(sys.argv[3], encoding="utf-8") as file:
        examples = re.findall(r"^ {4}(curl .*)$", file.read(), re.M)
    for line in examples:
        check_example(line)
    print("examples of docs/api.md:", len(examples))
    print("checked")


if sys.argv[2] == "total":
    print(document(PORT, "crossings")[1]["total"], "crossings")
elif sys.argv[2] == "tag":
    print(ask(PORT, "/api/v1/crossings")[1]["ETag"])
elif sys.argv[2] == "lose":
    with sqlite3.connect(sys.argv[1]) as db:
        db.execute("DELETE FROM crossings WHERE fid=(SELECT max(fid) FROM crossings)")
elif sys.argv[2] == "shorten":
    with sqlite3.connect(sys.argv[1]) as db:
        db.execute("DELETE FROM crossings WHERE fid<>(SELECT min(fid) FROM crossings)")
elif sys.argv[2] == "title":
    print(document(PORT, "index")[1]["title"])
else:
    main()
