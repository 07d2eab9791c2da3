# SPDX-License-Identifier: Apache-2.0
"""check.py write: archives by the specification of PMTiles 3. check.py ask|token|none PORT [TOKEN]: asks for one."""
import json
import os
import struct
import sys

sys.path.insert(0, os.path.join(os.environ["OVF_SOURCE"], "tests/cli"))
from serve_client import ask, document, raw  # noqa: E402

TILE = bytes(range(256)) * 1200  # larger than a socket takes at once; what it shows is the page's business
PATH = "/tiles.pmtiles"


def archive(version=3, packed=1, tile_type=2):
    directory = bytes([1, 0, 1, 0x80, 0xE0, 0x12, 1])  # one entry: id 0, once, 307,200 bytes, from 0 on
    metadata = b"{}"
    at = [127, 127 + len(directory), 127 + len(directory) + len(metadata)]
    header = b"PMTiles" + bytes([version]) + struct.pack(
        "<11Q", at[0], len(directory), at[1], len(metadata), at[2], 0, at[2], len(TILE), 1, 1, 1)
    header += bytes([1, packed, 1, tile_type, 0, 0]) + struct.pack("<4i", -1800000000, -850000000, 1800000000, 850000000)
    return header + bytes(9) + directory + metadata + TILE


def write():
    whole = archive()
    for name, data in {"world": whole, "vector": archive(tile_type=6), "old": archive(version=2),
                       "brotli": archive(packed=3), "cut": whole[:-1], "text": b"no archive\n" * 99, "empty": b""}.items():
        with open(name + ".pmtiles", "wb") as out:
            out.write(data)


def part(port, text, method="GET", **more):
    return ask(port, PATH, method, {"Range": text} if text else {}, **more)


def tell(what, answer, expected=None):
    status, headers, body = answer
    print(what, status, headers["Content-Range"] or "", headers["Content-Length"])
    if expected is not None and body != expected:
        print("NOT these bytes:", what)
    if "default-src 'none'" not in headers["Content-Security-Policy"] or headers["X-Content-Type-Options"] != "nosniff":
        print("NOT secure:", what)


def ask_all(port):
    whole, n = archive(), len(archive())
    tell("the whole", part(port, None), whole)
    for text, expected in (("bytes=0-126", whole[:127]), ("bytes=7-7", whole[7:8]), ("bytes=100-", whole[100:]),
                           ("bytes=-10", whole[-10:]), (f"bytes={n - 1}-{n + 5}", whole[-1:]), ("bytes=0-16383", whole[:16384]),
                           (f"bytes={n}-", b""), ("bytes=-0", b""), ("bytes=0-1,5-6", whole), ("bytes=9-2", whole),
                           ("pages=1-2", whole)):
        tell(text, part(port, text), expected)
    tell("head", part(port, "bytes=0-9", "HEAD"), b"")
    _, headers, _ = part(port, "bytes=0-9")
    print(headers["Accept-Ranges"], headers["Cache-Control"], headers["Content-Type"])
    tag = headers["ETag"]
    print("the tag is strong and the same", not tag.startswith("W/"), tag == part(port, None)[1]["ETag"])
    print("known", ask(port, PATH, headers={"If-None-Match": tag, "Range": "bytes=0-9"})[0])
    print("if it is that one", ask(port, PATH, headers={"If-Range": tag, "Range": "bytes=0-9"})[0])
    print("if it is another", ask(port, PATH, headers={"If-Range": '"other"', "Range": "bytes=0-9"})[0])
    for what, answer in (("post", ask(port, PATH, "POST")), ("a query", ask(port, PATH + "?x=1")),
                         ("another host", ask(port, PATH, headers={"Host": "evil.example"})),
                         ("below it", ask(port, PATH + "/0/0/0"))):
        print(what, answer[0], json.loads(answer[2])["error"]["code"])
    print("index", document(port, "index")[1]["tiles"])
    keep_alive = b"".join(b"GET " + PATH.encode() + b" HTTP/1.1\r\nHost: localhost\r\nRange: bytes=" + f"{i}-{i}".encode()
                          + b"\r\n" + (b"Connection: close\r\n" if i == 199 else b"") + b"\r\n" for i in range(200))
    print("200 parts at once", raw(port, keep_alive).count(b"HTTP/1.1 206"))
    with open("world.pmtiles", "ab") as out:
        out.write(b"more")
    print("another tag once it was written to", part(port, "bytes=0-9")[1]["ETag"] != tag)
    os.truncate("world.pmtiles", 100)
    tell("what is gone", part(port, "bytes=127-"))
    write()


def ask_with_token(port, token):
    print("without", part(port, "bytes=0-9")[0])
    print("with", ask(port, PATH, headers={"Range": "bytes=0-9", "Authorization": "Bearer " + token})[0])


def ask_for_none(port):
    status, headers, body = part(port, "bytes=0-9")
    print(status, json.loads(body)["error"]["code"])
    print(headers["Content-Security-Policy"].split("img-src ")[1].split("; base-uri")[0])
    print("index", document(port, "index")[1]["tiles"])


if sys.argv[1] == "write":
    write()
elif sys.argv[1] == "ask":
    ask_all(int(sys.argv[2]))
elif sys.argv[1] == "token":
    ask_with_token(int(sys.argv[2]), sys.argv[3])
else:
    ask_for_none(int(sys.argv[2]))
