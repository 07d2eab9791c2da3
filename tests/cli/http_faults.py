#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""An HTTP server on loopback that misbehaves as it is told:  http_faults.py FOLDER FAULTS [LOG [CERTIFICATE]]

FOLDER holds what is served. FAULTS has a line for each reply that is to be bad, in the order in which a
path is asked for, and may be written anew at any time:  PATH-ENDING FAULT [ARGUMENT]
    cut N          send N bytes of the body and close
    stall N        send N bytes of the body, then nothing
    trickle        a byte a tenth of a second
    status S [NAME:VALUE]   that status and header, no body
    short N        announce N bytes fewer than there are, and send as many
    long N         announce N more
    chunked-long N, chunked-short N   the same without a length
    ignore-range   200 and all of it
    wrong-range    206 from a byte that was not asked for
    moved-range    another entity tag from now on, and 206 of it whatever If-Range says
    moved          another entity tag from now on
    cut-bare N     as cut, without an entity tag
    redirect URL   302
    garbage        no HTTP
With a CERTIFICATE (and its key in the same file) it speaks HTTPS. When all of a path's faults are over it is served well. LOG gets a line a request: path, range, status.
Prints the port that it listens on, and ends when its standard input does."""

import http.server
import os
import pathlib
import socketserver
import ssl
import sys
import threading

folder, faults_file = pathlib.Path(sys.argv[1]), sys.argv[2]
log = open(sys.argv[3] if len(sys.argv) > 3 else os.devnull, "a", buffering=1)
lock = threading.Lock()
etags = {}
over = threading.Event()


def next_fault(path):
    with lock:
        lines = pathlib.Path(faults_file).read_text().splitlines()
        for line in lines:
            ending, *fault = line.split() or [None]
            if ending is not None and path.endswith(ending):
                lines.remove(line)
                pathlib.Path(faults_file).write_text("\n".join(lines))
                return fault
    return ["none"]


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def note(self, status):
        log.write(f"{self.path} {self.headers.get('Range', '-')} {status}\n")

    def head(self, status, length, extra=()):
        self.note(status)
        self.send_response(status)
        if ("bare", "") not in extra:
            self.send_header("ETag", f'"{etags.get(self.path, "first")}"')
        if length is not None:
            self.send_header("Content-Length", str(length))
        for name, value in extra:
            self.send_header(name, value)
        self.end_headers()

    def chunked(self, body):
        self.head(200, None, [("Transfer-Encoding", "chunked")])
        self.wfile.write(b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body))

    def range_of(self, kind):
        asked = self.headers.get("Range")
        if asked is not None and kind == "moved-range":
            return int(asked.removeprefix("bytes=").rstrip("-"))
        if asked is None or self.headers.get("If-Range") != f'"{etags.get(self.path, "first")}"':
            return None
        return int(asked.removeprefix("bytes=").rstrip("-"))

    def do_GET(self):
        kind, *argument = next_fault(self.path)
        n = int(argument[0]) if argument and argument[0].isdigit() else 0
        path = folder / self.path.lstrip("/")
        if kind in ("moved", "moved-range"):
            etags[self.path] = etags.get(self.path, "first") + "+"
        if kind == "status":
            return self.head(n, 0, [tuple(a.split(":", 1)) for a in argument[1:]])
        if kind == "redirect":
            return self.head(302, 0, [("Location", argument[0])])
        if kind == "garbage":
            self.note("garbage")
            self.wfile.write(b"\x1a\x00 no HTTP at all\r\n\r\n")
            self.close_connection = True
            return None
        if not path.is_file():
            return self.head(404, 0)
        body = path.read_bytes()
        if kind == "chunked-long":
            return self.chunked(body + b"x" * n)
        if kind == "chunked-short":
            return self.chunked(body[:-n])
        first = None if kind == "ignore-range" else self.range_of(kind)
        if first is not None and first >= len(body):
            return self.head(416, 0, [("Content-Range", f"bytes */{len(body)}")])
        if kind == "wrong-range":
            first = (first or 0) + 1
        rest = body[first or 0 :]
        extra = [] if first is None else [
            ("Content-Range", f"bytes {first}-{len(body) - 1}/{len(body)}")]
        if kind == "cut-bare":
            extra.append(("bare", ""))
        length = len(rest) + {"long": n, "short": -n}.get(kind, 0)
        self.head(200 if first is None else 206, length, extra)
        self.send_body(kind, n, rest)
        return None

    def send_body(self, kind, n, rest):
        if kind == "trickle":
            for i in range(len(rest)):
                self.wfile.write(rest[i : i + 1])
                if over.wait(0.1):
                    break
        else:
            self.wfile.write(rest[:n] if kind in ("cut", "cut-bare", "stall") else rest)
        if kind == "stall":
            self.wfile.flush()
            over.wait(20)
        if kind != "none":
            self.close_connection = True


class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        pass  # a client that goes away is what is tested


server = Server(("127.0.0.1", 0), Handler)
if len(sys.argv) > 4:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[4])
    server.socket = context.wrap_socket(server.socket, server_side=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_address[1], flush=True)
sys.stdin.read()
over.set()
