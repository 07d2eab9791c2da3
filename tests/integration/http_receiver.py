#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Takes POSTs on loopback:  http_receiver.py LOG [CERTIFICATE KEY], with these over TLS
A path says what is answered: /busy-N 503 the first N times, /wait-N 429 once and Retry-After: N, /status-N that
status, /moved a redirect to /ok, /slow nothing, /cut a connection that ends the first time, anything else 200. LOG gets a line of JSON
a request. Prints its port, and ends when standard input does."""

import http.server
import json
import socketserver
import ssl
import sys
import threading

log = open(sys.argv[1], "a", buffering=1)
lock = threading.Lock()
seen = {}
over = threading.Event()


class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def answer(self, status, *headers):
        self.send_response(status)
        self.send_header("Content-Length", "0")
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        with lock:
            n = seen[self.path] = seen.get(self.path, 0) + 1
            log.write(json.dumps({
                "path": self.path, "body": body,
                "headers": {k.lower(): v for k, v in self.headers.items()}}) + "\n")
        kind, _, number = self.path.strip("/").partition("-")
        if kind == "busy" and n <= int(number):
            return self.answer(503)
        if kind == "wait" and n == 1:
            return self.answer(429, ("Retry-After", number))
        if kind == "status":
            return self.answer(int(number))
        if kind == "moved":
            return self.answer(302, ("Location", "/ok"))
        if kind == "slow":
            over.wait(30)
            return None
        if kind == "cut" and n == 1:
            return None
        return self.answer(200)


class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        pass  # a client that goes away is what is tested


server = Server(("127.0.0.1", 0), Handler)
if len(sys.argv) > 2:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(sys.argv[2], sys.argv[3])
    server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_address[1], flush=True)
sys.stdin.read()
over.set()
