# SPDX-License-Identifier: Apache-2.0
"""check.py PORT: asks for what is to be refused. check.py PORT token TOKEN: of a server that asks for one."""
import json
import os
import sys

sys.path.insert(0, os.path.join(os.environ["OVF_SOURCE"], "tests/cli"))
from serve_client import ask, document, raw  # noqa: E402

PORT = int(sys.argv[1])
LIMIT = 4096
CLOSING = "Host: localhost\r\nConnection: close\r\n"


def tell(what, answer):
    status, headers, body = answer
    code = json.loads(body)["error"]["code"] if status >= 400 else ""
    if status >= 400 and ("default-src 'none'" not in headers["Content-Security-Policy"] or headers["ETag"]):
        print("NOT secure:", what)
    if b"<" in body and status >= 400:
        print("NOT: it repeats", what)
    print(what, status, code)


def hosts():
    for host in ("localhost", f"127.0.0.1:{PORT}", "[::1]", "map.example", "MAP.EXAMPLE:443", "evil.example",
                 "localhost.evil.example", f"127.0.0.1.evil.example:{PORT}", "192.0.2.1"):
        tell("host " + host.replace(str(PORT), "PORT"), ask(PORT, "/api/v1/index", headers={"Host": host}))


def methods():
    tell("post", ask(PORT, "/api/v1/index", "POST"))
    for origin in ("http://evil.example", "null", "http://localhost.evil.example", "http://localhost"):
        tell(f"post from {origin}", ask(PORT, "/api/v1/index", "POST", {"Origin": origin, "Content-Type": "text/plain"}))
    for method in ("PUT", "DELETE", "OPTIONS", "TRACE", "BREW"):
        tell(method.lower(), ask(PORT, "/", method))
    tell("a body", ask(PORT, "/", headers={"Content-Length": "5"}))


def paths():
    for path in ("/../../etc/passwd", "/..%2f..%2fetc/passwd", "/%2e%2e/", "/page.js%00.html", "/%c0%ae%c0%ae/",
                 "//etc/passwd", "/page.css/..", "/api/v1/crossings/%3Cscript%3E", "/api/v1/crossings/1'--",
                 "/api/v1/crossings/..%2findex", "/<script>alert(1)</script>"):
        tell(path, ask(PORT, path))


def queries():
    for value in ("'", '"', "1;DROP TABLE crossings", "' OR '1'='1", "%25", "\\", "(((((a+)+)+)+)+)$", "<script>"):
        for name in ("watch", "airspace", "class", "icao24", "callsign", "registration", "role", "from", "after"):
            escaped = "".join(f"%{byte:02x}" for byte in value.encode())
            status, answer = document(PORT, f"crossings?{name}={escaped}")
            if name not in ("from", "after") and (status, answer["total"]) != (200, 0):
                print("NOT nothing:", name, value, status)
            if name in ("from", "after") and (status != 400 or "<" in answer["error"]["message"]):
                print("NOT refused:", name, value, status)
    print("total", document(PORT, "crossings")[1]["total"])


def sizes():
    """Limits: an address of 4,096 bytes, 64 headers, 16 KiB of them (with ": " and the line's end, Host among them)."""
    for n in (LIMIT - 1, LIMIT, LIMIT + 1):
        tell(f"an address of {n}", ask(PORT, "/?" + "x" * (n - 2)))
    for n in (63, 64, 65):
        lines = "".join(f"X-{i}: 1\r\n" for i in range(n - 2))
        got = raw(PORT, f"GET /api/v1/index HTTP/1.1\r\n{lines}{CLOSING}\r\n".encode())
        print(n, "headers", got[9:12].decode())
    for n in (16383, 16384, 16385):
        rest = n - len(CLOSING) - len("X: \r\n")
        got = raw(PORT, f"GET /api/v1/index HTTP/1.1\r\nX: {'y' * rest}\r\n{CLOSING}\r\n".encode())
        print(n, "bytes of headers", got[9:12].decode())


def bytes_as_they_stand():
    host = CLOSING.encode()
    get = b"GET /api/v1/index HTTP/1.1\r\n" + host
    inputs = {
        "a line of 1 MiB": b"GET /" + b"x" * (1 << 20) + b" HTTP/1.1\r\n" + host + b"\r\n",
        "a header of 1 MiB": get + b"X: " + b"x" * (1 << 20) + b"\r\n\r\n",
        "a negative length": get + b"Content-Length: -1\r\n\r\n",
        "two lengths": get + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        "a length and chunks": get + b"Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "a chunk that is too large": get + b"Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\nx",
        "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "TLS": bytes.fromhex("16030100c8010000c40303") + bytes(200),
        "no host": b"GET / HTTP/1.1\r\n\r\n",
        "two hosts": get + b"Host: evil.example\r\n\r\n",
        "NULs": b"\0" * 1000 + b"\r\n\r\n",
        "many ranges": get + b"Range: bytes=" + b"0-1," * 3000 + b"2-3\r\n\r\n",
    }
    for what, data in inputs.items():
        got = raw(PORT, data, wait_s=0.5)
        statuses = {part[:3].decode() for part in got.split(b"HTTP/1.1 ")[1:]}
        print(what, *(sorted(statuses) or ["closed"]))
    one = b"GET /api/v1/index HTTP/1.1\r\nHost: localhost\r\n\r\n"
    got = raw(PORT, one * 9999 + get + b"\r\n")
    print("pipelined 10,000 answers", got.count(b"HTTP/1.1 200"))


def with_token(token):
    for what, headers in (("no token", {}), ("a wrong one", {"Authorization": "Bearer " + "0" * 32}),
                          ("of another scheme", {"Authorization": "Basic " + token}),
                          ("its cookie's name alone", {"Cookie": "overflight=" + token}),
                          ("the token", {"Authorization": "Bearer " + token})):
        tell(what, ask(PORT, "/api/v1/index", headers=headers))
    tell("the page", ask(PORT, "/page.js"))
    tell("a wrong link", ask(PORT, "/?token=" + "0" * 32))
    tell("post without it", ask(PORT, "/", "POST"))
    status, headers, _ = ask(PORT, "/?icao=a1b2c3&token=" + token)
    cookie = headers["Set-Cookie"].split(";")
    print("the link", status, headers["Location"], *cookie[1:])
    if token in cookie[0]:
        print("NOT: the cookie is the token")
    tell("the cookie", ask(PORT, "/", headers={"Cookie": cookie[0]}))


if len(sys.argv) > 2:
    with_token(sys.argv[3])
else:
    for step in (hosts, methods, paths, queries, sizes, bytes_as_they_stand):
        print("==", step.__name__)
        step()
    print("and it answers still:", document(PORT, "index")[0])
